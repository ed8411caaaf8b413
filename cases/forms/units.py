"""Which unit a list is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import offer
from people.models import Unit


class UnitForm(forms.Form):
    """Choose one of the units whose lists one may see."""

    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [(unit.ref, unit.name) for unit in units])
