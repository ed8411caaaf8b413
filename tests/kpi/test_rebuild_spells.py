from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from housing.models import Residence, Spell
from people.models import Household


@pytest.fixture
def underived(db: None) -> Household:
    """A residence written past the acts, so that no spell tells of it."""
    household = Household.objects.create(ref="h1", municipality_id="0301")
    Residence.objects.create(
        household=household, municipality_id="0301", kind="rough", starts_on=date(2026, 1, 1), ends_on=None
    )
    return household


def test_verifying_names_what_differs_and_changes_nothing(underived: Household) -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rebuild_spells", "--verify", stderr=said)
    assert said.getvalue() == f"missing: household {underived.pk} homeless 2026-01-01\n"
    assert not Spell.objects.exists()


def test_rebuilding_derives_what_was_missing_and_then_all_agrees(underived: Household) -> None:
    said = StringIO()
    call_command("rebuild_spells", stdout=said)
    call_command("rebuild_spells", "--verify", stdout=said)
    assert said.getvalue() == "1 spells written\nstored spells equal the derivation\n"
    assert Spell.objects.get().household == underived
