"""Closing a household's data to everybody, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from people import journal
from people.access import locked_household, sealed_households
from people.journal import Act
from people.models import Employee, Seal, SealBasis
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotSeal(Refusal):
    """The basis or the reason is missing."""


@act
def seal(
    *, household_id: int, basis: SealBasis, reason: str, by: Employee, at: datetime, version: int | None = None
) -> Seal:
    """Close the household to everybody, whoever seals it too. Figures count it as before.

    Source: personvernforordningen articles 17 and 18; arkivlova § 13 keeps what may not be destroyed.

    :raises CannotSeal: without a reason
    """
    household = locked_household(by, Permission.ANSWER_RIGHTS, household_id=household_id, at=at, version=version)
    if not reason.strip():
        raise CannotSeal(_("Say why the data is sealed."), field="reason")
    made = Seal.objects.create(household=household, basis=basis, reason=reason.strip(), sealed_by=by, sealed_at=at)
    journal.record(
        Act.SEALED, household_id=household.pk, subject=made, by=by, at=at, reason=made.reason, details={"basis": basis}
    )
    return made


@act
def lift_seal(*, seal_id: int, reason: str, by: Employee, at: datetime) -> Seal:
    """Open a sealed household again for those who saw it before. For who leads the unit and may unmask.

    :raises Http404: when there is no such seal for this employee to lift
    :raises CannotSeal: without a reason
    """
    household = sealed_households(by, at=at).select_for_update(no_key=True).filter(seals=seal_id).first()
    lifted = Seal.objects.live().filter(pk=seal_id, household=household).first() if household else None
    if household is None or lifted is None:
        raise Http404
    if not reason.strip():
        raise CannotSeal(_("Say why the seal is lifted."), field="reason")
    lifted.lifted_by, lifted.lifted_at, lifted.lifted_because = by, at, reason.strip()
    lifted.save(update_fields=["lifted_by", "lifted_at", "lifted_because"])
    journal.record(
        Act.SEAL_LIFTED, household_id=household.pk, subject=lifted, by=by, at=at, reason=lifted.lifted_because
    )
    return lifted
