# mypy: disable-error-code="no-untyped-call"
"""How each rule about access is broken, by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from people.models import Alert, AlertKind, DutyContact, Municipality, SpecialNote
from tests.factories.people import (
    AT,
    DAY,
    KONGSBERG,
    ClearanceFactory,
    CoResponsibilityFactory,
    DisqualificationFactory,
    EmployeeFactory,
    GrantFactory,
    HouseholdFactory,
    PersonFactory,
    RoleGrantFactory,
    SharingPracticeFactory,
    UnitFactory,
)

REVERSED = {"starts_on": DAY, "ends_on": DAY}


def _duty(**told: object) -> DutyContact:
    entered = {"hours": "day", "name": "On duty", "phone": "00 00 00 01", "starts_on": DAY, **told}
    return DutyContact.objects.create(municipality=Municipality.objects.get(number=KONGSBERG), **entered)


def _two_on_duty() -> None:
    for _ in range(2):
        _duty()


def _alert(**told: object) -> Alert:
    entered = {"unit": UnitFactory.create(), "kind": AlertKind.EMERGENCY_DOOR, "by": EmployeeFactory.create(), **told}
    return Alert.objects.create(at=AT, **entered)


def _note(**told: object) -> SpecialNote:
    entered = {"note_class": "health", "text": "Needs peace", **told}
    return SpecialNote.objects.create(
        household=HouseholdFactory.create(), by=EmployeeFactory.create(), at=AT, **entered
    )


def _cleared_twice() -> None:
    employee, unit = EmployeeFactory.create(), UnitFactory.create()
    for _ in range(2):
        ClearanceFactory.create(employee=employee, unit=unit)


def _kept_twice() -> None:
    employee, person = EmployeeFactory.create(), PersonFactory.create()
    for _ in range(2):
        DisqualificationFactory.create(employee=employee, person=person)


def _two_selves() -> None:
    employee = EmployeeFactory.create()
    for _ in range(2):
        DisqualificationFactory.create(employee=employee, relation="self")


def _shared_twice() -> None:
    household, unit = HouseholdFactory.create(), UnitFactory.create()
    for _ in range(2):
        CoResponsibilityFactory.create(household=household, unit=unit)


def _practised_twice() -> None:
    unit, with_unit = UnitFactory.create(), UnitFactory.create()
    for _ in range(2):
        SharingPracticeFactory.create(unit=unit, with_unit=with_unit)


def _practised_alone() -> None:
    unit = UnitFactory.create()
    SharingPracticeFactory.create(unit=unit, with_unit=unit)


def _open_twice() -> None:
    user, household = EmployeeFactory.create(), HouseholdFactory.create()
    for minutes in (0, 30):
        GrantFactory.create(user=user, content_object=household, granted_at=AT + timedelta(minutes=minutes))


OF_ACCESS: dict[str, Callable[[], object]] = {
    "role_grant_confirmed_after_it_starts": lambda: RoleGrantFactory.create(confirmed_on=date(2019, 1, 1)),
    "person_is_unmasked_by_somebody_with_a_reason": lambda: PersonFactory.create(unmasked_at=AT),
    "duty_contact_ends_after_it_starts": lambda: _duty(ends_on=DAY),
    "duty_contact_hours_are_known": lambda: _duty(hours="noon"),
    "duty_contact_can_be_rung": lambda: _duty(phone=""),
    "duty_contact_one_at_a_time": _two_on_duty,
    "alert_kind_is_known": lambda: _alert(kind="rumour"),
    "alert_is_handled_by_somebody_at_a_time": lambda: _alert(handled_at=AT),
    "clearance_ends_after_it_starts": lambda: ClearanceFactory.create(**REVERSED),
    "clearance_has_a_reason": lambda: ClearanceFactory.create(reason=""),
    "clearance_once_at_a_unit_a_day": _cleared_twice,
    "disqualification_ends_after_it_starts": lambda: DisqualificationFactory.create(**REVERSED),
    "disqualification_relation_is_known": lambda: DisqualificationFactory.create(relation="rumour"),
    "disqualification_once_a_person_a_day": _kept_twice,
    "disqualification_one_person_is_oneself": _two_selves,
    "grant_expires_after_it_is_given": lambda: GrantFactory.create(expires_at=AT),
    "grant_has_a_reason": lambda: GrantFactory.create(reason=""),
    "grant_one_of_a_kind_is_live": _open_twice,
    "co_responsibility_ends_after_it_starts": lambda: CoResponsibilityFactory.create(**REVERSED),
    "co_responsibility_basis_is_known": lambda: CoResponsibilityFactory.create(basis="habit"),
    "co_responsibility_has_a_reason": lambda: CoResponsibilityFactory.create(reason=""),
    "co_responsibility_once_a_unit_a_day": _shared_twice,
    "sharing_practice_does_not_end_before_it_starts": lambda: SharingPracticeFactory.create(ends_on=date(2019, 1, 1)),
    "sharing_practice_basis_is_known": lambda: SharingPracticeFactory.create(basis="habit"),
    "sharing_practice_has_a_reason": lambda: SharingPracticeFactory.create(reason=""),
    "sharing_practice_is_with_another_unit": _practised_alone,
    "sharing_practice_once_a_pair_a_day": _practised_twice,
    "special_note_class_is_known": lambda: _note(note_class="gossip"),
    "special_note_says_something": lambda: _note(text=""),
}
