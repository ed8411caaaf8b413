"""Opening a household that is not one's own: with a coded reason in the unit, or through the emergency door."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people import journal, readings
from people.access import household_for, live_grant, require, sight_of, units_with
from people.actions.alerts import tell
from people.decision import Purpose, Sight
from people.emergencies import SHORTEST_REASON, Emergency, written
from people.identification import NotIdentified, identify
from people.journal import Act
from people.models import (
    CODED_REASONS,
    AlertKind,
    Employee,
    Grant,
    GrantKind,
    Household,
    Member,
    MemberRole,
    Person,
    Responsibility,
)
from people.models.grant import permission_of
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

EMERGENCY_LASTS = timedelta(hours=1)


class CannotOpen(Refusal):
    """The household cannot be opened so."""


class NotThroughHere(CannotOpen):
    """Nobody of that number can be opened through the door: shielded, a case of one's own, or not known at all.

    One sentence for all of them: which of them it is, is not told.
    """

    def __init__(self) -> None:
        super().__init__(_("The emergency door does not open this case. Ring the duty contact."), field="number")


@act
def open_with_reason(*, key: UUID, kind: GrantKind, by: Employee, at: datetime) -> Household:
    """Open a household of one's own unit until midnight, saying why in one of the coded reasons.

    Does nothing when it is open already. The household's version stays: nobody's form grows stale by it.

    :raises Http404: when the employee does not see it at all
    :raises CannotOpen: when the reason is none of the coded ones, or no reason opens this household
    """
    household = household_for(by, Permission.VIEW_SUMMARY, key=key, at=at)
    if kind not in CODED_REASONS:
        raise CannotOpen(_("Choose one of the reasons."), field="kind")
    if household.sight.purpose in (Purpose.OWN_CASE, Purpose.REASON):
        return household
    until = midnight_after(at)
    grant = give(household_id=household.pk, user=by, kind=kind, reason=kind.value, until=until, by=by, at=at)
    household.sight = sight_of(by, household, at=at)
    if household.sight.purpose is not Purpose.REASON:
        raise CannotOpen(_("A reason does not open this case. The leader puts on the case whoever is to deal with it."))
    details = {"kind": kind.value, "until": until.isoformat()}
    _record(Act.OPENED_WITH_REASON, grant, by=by, at=at, reason="", details=details)
    return household


@act
def open_in_emergency(*, number: str, emergency: Emergency, reason: str, by: Employee, at: datetime) -> Household:
    """Open another unit's household for an hour, to read, and tell its leaders; sent again it lasts an hour from then.

    :param number: a case number or a national id, as typed
    :returns: the household; one that the employee sees without the door comes back as it was, and nobody is told
    :raises PermissionDenied: when the employee's role has no such door
    :raises CannotOpen: when the reason is too short
    :raises NotThroughHere: for whatever the door does not open, and for numbers of nobody
    """
    require(by, Permission.USE_EMERGENCY_DOOR, at=at)
    told = " ".join(reason.split())
    if len(told) < SHORTEST_REASON:
        raise CannotOpen(_("Say why in at least %(n)s characters.") % {"n": SHORTEST_REASON}, field="reason")
    household = _of_number(number, at=at)
    here = units_with(by, Permission.USE_EMERGENCY_DOOR, at=at).values("municipality")
    if household is None or not here.filter(municipality=household.municipality_id).exists():
        readings.note_nobody()
        raise NotThroughHere
    before = sight_of(by, household, at=at)
    if before and before.purpose is not Purpose.GRANT:
        return household
    grant = _let_in(household, before, written(emergency, told), by=by, at=at)
    answers = Responsibility.objects.on(localdate(at)).filter(household=household).select_related("unit").first()
    if grant is None or answers is None:
        readings.note(household, Purpose.REFUSED)
        raise NotThroughHere
    details = {"emergency": emergency.value, "until": grant.expires_at.isoformat()}
    _record(Act.OPENED_IN_EMERGENCY, grant, by=by, at=at, reason=told, details=details)
    tell(answers.unit, AlertKind.EMERGENCY_DOOR, household=household, reason=grant.reason, by=by, at=at)
    return household


def give(
    *, household_id: int, user: Employee, kind: GrantKind, reason: str, until: datetime, by: Employee, at: datetime
) -> Grant:
    """Give somebody leave, inside the act that has the right to: an agenda's, a plan's, an inspection's.

    :raises IntegrityError: `grant_one_of_a_kind_is_live` when the employee has such leave already
    """
    return Grant.objects.create(
        user=user,
        permission=permission_of(kind),
        content_object_id=household_id,
        reason=reason,
        granted_by=by,
        granted_at=at,
        expires_at=until,
    )


def give_or_extend(
    *, household_id: int, user: Employee, kind: GrantKind, reason: str, until: datetime, by: Employee, at: datetime
) -> None:
    """As `give`, to somebody who may have such leave already: it then lasts until the later of the two."""
    live = Grant.objects.live(at).of(kind).filter(content_object=household_id, user=user).first()
    if live is None:
        give(household_id=household_id, user=user, kind=kind, reason=reason, until=until, by=by, at=at)
    elif live.expires_at < until:
        live.expires_at = until
        live.save(update_fields=["expires_at"])


def take_back(*, household_id: int, user: Employee, kind: GrantKind, at: datetime) -> None:
    """End leave that was given, inside the act that takes it back. What lasted no moment yet lasts one."""
    live = Grant.objects.live(at).of(kind).filter(content_object=household_id, user=user).first()
    if live is not None:
        live.expires_at = max(at, live.granted_at + timedelta(microseconds=1))
        live.save(update_fields=["expires_at"])


def midnight_after(at: datetime) -> datetime:
    """The next midnight of the municipality."""
    tomorrow = localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def _let_in(household: Household, before: Sight, reason: str, *, by: Employee, at: datetime) -> Grant | None:
    """Give leave for an hour. None when it opens nothing: the decision alone knows to whom the door is shut."""
    earlier = live_grant(by, household, at=at) if before else None
    if earlier is not None and earlier.granted_at < at:
        earlier.expires_at = at
        earlier.save(update_fields=["expires_at"])
    until = at + EMERGENCY_LASTS
    grant = give(household_id=household.pk, user=by, kind=GrantKind.EMERGENCY, reason=reason, until=until, by=by, at=at)
    return grant if sight_of(by, household, at=at) else None


def _record(what: Act, grant: Grant, *, by: Employee, at: datetime, reason: str, details: dict[str, str]) -> None:
    journal.record(
        what, household_id=grant.content_object_id, subject=grant, by=by, at=at, reason=reason, details=details
    )


def _of_number(number: str, *, at: datetime) -> Household | None:
    """The household of a case number, or the one where somebody with that national id lives, or lived last."""
    text = "".join(number.split())
    by_ref = Household.objects.filter(ref=text).first()
    try:
        person = Person.objects.with_number(identify(text).number).first()
    except NotIdentified:
        return by_ref
    return by_ref or (_home_of(person, at=at) if person else None)


def _home_of(person: Person, *, at: datetime) -> Household | None:
    """Where somebody lives; of a child's two homes the one lived in longest; else where somebody lived last."""
    lived = Member.objects.filter(person=person).exclude(role=MemberRole.CHILD_VISIT).select_related("household")
    member = lived.on(localdate(at)).order_by("starts_on", "pk").first() or lived.order_by("-starts_on", "-pk").first()
    return member.household if member else None
