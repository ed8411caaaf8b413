"""Agreements about landlords' dwellings: making and changing them, and holding to their share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from housing.actions.dwellings import require_keeper
from housing.agreements import has_room
from housing.models import Agreement, Dwelling
from people.models import Employee, Municipality
from people.refusals import Refusal
from people.transactions import act


class CannotAgree(Refusal):
    """The agreement cannot be as told."""


class OverShare(Refusal):
    """One more household would take the agreement over its share, or it does not run then."""


@act
def make_agreement(*, municipality: Municipality, by: Employee, at: datetime, **facts: Any) -> Agreement:
    """A new agreement; `facts` are the fields of `Agreement`, with the rules it is made under.

    :raises CannotAgree: when a fact does not go with another, or another agreement has the name
    """
    require_keeper(by, municipality.pk, at)
    _refuse_facts(municipality.pk, None, facts)
    return Agreement.objects.create(municipality=municipality, **facts)


@act
def change_agreement(*, agreement_id: int, by: Employee, at: datetime, **facts: Any) -> Agreement:
    """:raises CannotAgree: when a fact does not go with another, or its kind changes under dwellings"""
    agreement: Agreement = get_object_or_404(Agreement.objects.select_for_update(no_key=True), pk=agreement_id)
    require_keeper(by, agreement.municipality_id, at)
    _refuse_facts(agreement.municipality_id, agreement.pk, facts)
    if facts.get("kind", agreement.kind) != agreement.kind and agreement.dwellings.exists():
        raise CannotAgree(_("Dwellings stand under it: the kind cannot change."), field="kind")
    for name, value in facts.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(facts))
    return agreement


def refuse_over_share(dwelling: Dwelling, starts_on: date, ends_on: date | None = None) -> None:
    """Inside an act that has locked the dwelling: hold the agreement too, so that two dwellings of it wait in turn.

    :raises OverShare: when its agreement lets no more, or does not run that day
    """
    if dwelling.agreement_id is None:
        return
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=dwelling.agreement_id)
    dwelling.agreement = agreement
    if not agreement.starts_on <= starts_on < agreement.ends_on:
        raise OverShare(
            _("The agreement about this dwelling (%(name)s) does not run that day.") % {"name": agreement.name},
            field="dwelling",
        )
    if not has_room(dwelling, starts_on, ends_on):
        raise OverShare(
            _("The agreement %(name)s lets %(most)s of its %(all)s dwellings at a time, and that many are let.")
            % {"name": agreement.name, "most": agreement.most_let, "all": agreement.dwelling_total},
            field="dwelling",
        )


def _refuse_facts(municipality_id: str, agreement_id: int | None, facts: dict[str, Any]) -> None:
    others = Agreement.objects.filter(municipality=municipality_id).exclude(pk=agreement_id or 0)
    if others.filter(name=facts.get("name")).exists():
        raise CannotAgree(_("There is already an agreement with that name."), field="name")
    if facts.get("dwelling_total", 1) < 1:
        raise CannotAgree(_("An agreement is of one dwelling or more."), field="dwelling_total")
    if not 1 <= facts.get("share_percent", 1) <= 100:
        raise CannotAgree(_("The share is between 1 and 100 percent."), field="share_percent")
    if "starts_on" in facts and facts["ends_on"] <= facts["starts_on"]:
        raise CannotAgree(_("The end must come after the start."), field="ends_on")
