"""What is seldom seen by many: notes, doors, sharing and oversight, done to households whose stories others tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from cases.actions.calendar import calendar
from cases.actions.disqualifications import declare_own, disqualify
from cases.actions.inspections import Finding, Scope, assess, name_case, open_inspection
from cases.actions.rights import register_access, register_correction
from cases.actions.special_notes import write_special_note
from cases.actions.standing_in import stand_in_for
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.moments import Moments
from cases.demo.stage import FRIENDS, STILL, Stage
from cases.demo.stories import Stay, stay
from cases.models import Case, Channel, LostHomeReason, Point, Theme, Verdict
from housing.models import Residence, ResidenceKind
from people import shown
from people.access import shielded_households, sight_of
from people.actions.alerts import handle_alert
from people.actions.counter import tell_of_blocked
from people.actions.grants import open_in_emergency, open_with_reason
from people.actions.protection import tell_of_ended_protection
from people.actions.seals import seal
from people.actions.sharing import begin_practice, share
from people.decision import Purpose
from people.emergencies import Emergency
from people.models import (
    Alert,
    AssignmentRole,
    Employee,
    GrantKind,
    Household,
    MemberRole,
    Protection,
    Relation,
    SealBasis,
    SharingBasis,
    SpecialClass,
)
from people.readings import Noted

#: How many pages of each employee the read log begins with.
READ_BY_EACH = 6
#: Where in the list of somebody's cases each of these finds its household.
SHARED, DISPUTED, ASKED = 0, 1, 2


def guarded_homes(stage: Stage) -> list[Story]:
    """Households of their own: a colleague's, and one whose protection has ended."""
    return [_own_employee(stage), _protection_over(stage)]


def guarded(stage: Stage) -> list[Story]:
    """What is done to households of other stories. Where there is none yet, nothing is done."""
    return [
        _units_share(stage),
        _notes(stage),
        _relative(stage),
        _away_next_week(stage),
        _emergency(stage, days_before=16, is_handled=True),
        _emergency(stage, days_before=1, is_handled=False),
        _inspected(stage),
        _rights(stage),
        _sealed(stage),
        _at_the_counter(stage),
        _opened(stage),
        _read(stage),
    ]


# households of their own


def _own_employee(stage: Stage) -> Story:
    """The plan coordinator has lost a home too: seen by those on the case, and named to nobody else."""
    life = stage.life(owner="saksbehandler3")
    yield life.begin(23)
    members = life.cast.single(life.today)
    while not members[0].national_id:
        members = life.cast.single(life.today)
    life.register(members, reason=LostHomeReason.BREAK_UP, situation=FRIENDS, since=2)
    told: dict[str, Any] = {"relation": Relation.SELF, "reason": life.pick("guarded", "own_employee")}
    coordinator = stage.town.employees["koordinator"].pk
    disqualify(
        employee_id=coordinator,
        national_id=members[0].national_id,
        by=stage.town.leader,
        at=life.sitting(),
        **told,
    )
    yield from stay(life, Stay(nights=STILL, grants=(40,), plan_on=6))


def _protection_over(stage: Stage) -> Story:
    """The protection ended three days ago; all stays masked until the leader has decided."""
    life = stage.life(owner="saksbehandler3")
    yield life.begin(55)
    [member] = life.cast.single(life.today, protection=Protection.CONFIDENTIAL)
    ends_on = life.edge_day - timedelta(days=3)
    member = replace(member, protection_from=life.today - timedelta(days=120), protection_to=ends_on)
    life.register([member], reason=LostHomeReason.VIOLENCE, situation=FRIENDS, since=6)
    yield from stay(life, Stay(nights=52, grants=(60,)))
    yield life.until(ends_on)
    tell_of_ended_protection(by=calendar(), at=life.at)


# households of others' stories


def _units_share(stage: Stage) -> Story:
    """The housing office shares every case with the NAV office; the NAV office one, with consent."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(40)
    units: dict[str, Any] = {"unit_id": town.housing_office.pk, "with_unit_id": town.nav.pk}
    reason = _text("practice")
    begin_practice(basis=SharingBasis.NECESSARY, reason=reason, by=town.leader, at=when.at, **units)
    yield when.begin(12)
    for household in cases_of("saksbehandler", when, stage)[SHARED:][:1]:
        told: dict[str, Any] = {"basis": SharingBasis.CONSENT, "reason": _text("consent"), "starts_on": when.today}
        by = town.employees["saksbehandler"]
        share(household_id=household.pk, unit_id=town.housing_office.pk, by=by, at=when.at, **told)


def _notes(stage: Stage) -> Story:
    """One note of each special class."""
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees["saksbehandler"]
    yield when.begin(6)
    notes: dict[str, str] = content("texts")["guarded"]["notes"]
    for household, (note_class, text) in zip(cases_of("saksbehandler", when, stage), notes.items(), strict=False):
        told: dict[str, Any] = {"note_class": SpecialClass(note_class), "text": text}
        write_special_note(household_id=household.pk, by=by, at=when.sitting(), **told)


def _relative(stage: Stage) -> Story:
    """A caseworker finds a relative among a colleague's cases, and says so."""
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees["saksbehandler2"]
    yield when.begin(9)
    for household in _seen(by, Purpose.UNIT, when, stage)[:1]:
        person = household.members.on(when.today).get(role=MemberRole.APPLICANT).person
        told: dict[str, Any] = {"relation": Relation.RELATIVE, "reason": _text("relative")}
        declare_own(key=household.key, person_id=person.pk, by=by, at=when.at, **told)


def _away_next_week(stage: Stage) -> Story:
    """Away for a week from tomorrow: a colleague stands in."""
    when, employees = Moments(stage.rng, edge=stage.town.edge), stage.town.employees
    yield when.begin(0)
    days: dict[str, Any] = {"starts_on": when.today + timedelta(days=1), "ends_on": when.today + timedelta(days=8)}
    by, substitute = employees["saksbehandler3"], employees["saksbehandler"]
    if cases_of("saksbehandler3", when, stage):
        stand_in_for(substitute_id=substitute.pk, reason=_text("away"), by=by, at=when.at, **days)


def _emergency(stage: Stage, *, days_before: int, is_handled: bool) -> Story:
    """The housing office opens a case of the NAV office's; its leader is told, and says what came of it."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(days_before)
    for household in cases_of("saksbehandler2", when, stage)[:1]:
        told: dict[str, Any] = {"emergency": Emergency.STANDS_HERE, "reason": _text("emergency")}
        open_in_emergency(number=household.ref, by=town.employees["bolig"], at=when.at, **told)
    yield when.wait(1)
    if is_handled:
        for alert in Alert.objects.filter(handled_at__isnull=True, unit=town.nav, at__lt=when.at).order_by("pk"):
            handle_alert(alert_id=alert.pk, outcome=_text("handled"), by=town.leader, at=when.sitting())


def _inspected(stage: Stage) -> Story:
    """The oversight authority reads the winter's cases, and has begun."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    inspector, today = town.employees["tilsyn"], when.edge_day - timedelta(days=8)
    yield when.until(today)
    scope = Scope(
        case_reference=_text("reference"),
        themes=[*Theme],
        starts_on=today - timedelta(days=182),
        ends_on=today,
        includes_special=False,
        sample_size=4,
        inspector_ids=[inspector.pk],
        last_day=today + timedelta(days=60),
    )
    seed = f"{Random(today.toordinal()).getrandbits(128):032x}"
    inspection = open_inspection(unit_id=town.nav.pk, scope=scope, seed=seed, by=town.leader, at=when.at)
    yield when.wait(3)
    for number, case in enumerate(inspection.sample.order_by("number")[:3]):
        findings = _findings(first=number == 0)
        assess(case_id=case.pk, findings=findings, newest=None, by=inspector, at=when.sitting())
    read = inspection.sample.values_list("household", flat=True)
    further = Household.objects.filter(responsibilities__unit=town.nav, cases__in=Case.objects.open())
    newest = further.exclude(pk__in=list(read)).order_by("-opened_on", "pk")[:10]
    for household in unshielded(list(newest), when)[:1]:
        told: dict[str, Any] = {"case_number": household.ref, "reason": _text("named")}
        name_case(inspection_id=inspection.pk, by=inspector, at=when.sitting(), **told)


def _findings(*, first: bool) -> list[Finding]:
    """What is told of a case: one has a fault."""
    met = [Finding(point=point, verdict=Verdict.MET) for point in (Point.SAME_DAY, Point.WRITTEN, Point.APPEAL)]
    if first:
        met += [
            Finding(point=Point.REASONED, verdict=Verdict.NOT_MET, note=_text("not_met")),
            Finding(point=Point.ONWARD, verdict=Verdict.NOT_DOCUMENTED, note=_text("not_documented")),
        ]
    return met


def _rights(stage: Stage) -> Story:
    """Somebody asks what is kept on them, and somebody says that it is wrong."""
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees["saksbehandler"]
    yield when.begin(12)
    cases = cases_of("saksbehandler", when, stage)
    told: dict[str, Any] = {"received_on": when.today, "by": by, "at": when.at}
    for household in cases[ASKED:][:1]:
        person = household.members.on(when.today).get(role=MemberRole.APPLICANT).person
        register_access(household_id=household.pk, person_id=person.pk, channel=Channel.WRITTEN, **told)
    for household in cases[DISPUTED:][:1]:
        person = household.members.on(when.today).get(role=MemberRole.APPLICANT).person
        asked: dict[str, Any] = {"household_id": household.pk, "person_id": person.pk, "about": _text("disputed")}
        register_correction(channel=Channel.PHONE, **asked, **told)


def _sealed(stage: Stage) -> Story:
    """Closed long ago, and the family asks to have it erased: closed to everybody instead."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(0)
    closed = Case.objects.filter(state="closed", household__responsibilities__unit=town.nav)
    closed = closed.exclude(household__in=Case.objects.open().values("household")).order_by("closed_on", "pk")
    for case in closed.select_related("household")[:1]:
        open_with_reason(key=case.household.key, kind=GrantKind.ON_DUTY, by=town.leader, at=when.at)
        told: dict[str, Any] = {"basis": SealBasis.ERASURE, "reason": _text("sealed")}
        seal(household_id=case.household_id, by=town.leader, at=when.sitting(), **told)


def _at_the_counter(stage: Stage) -> Story:
    """Somebody of the special unit's stands at the NAV office's counter: a neutral answer, and the unit is told."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(0)
    theirs = Household.objects.filter(responsibilities__unit=town.special_unit).order_by("pk")
    for household in theirs[:1]:
        person = household.members.on(when.today).get(role=MemberRole.APPLICANT).person
        tell_of_blocked(person_id=person.pk, by=town.employees["saksbehandler"], at=when.at)


def _opened(stage: Stage) -> Story:
    """A household rings while its caseworker is out; the leader prepares a meeting."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(0)
    ringing, met = town.employees["saksbehandler2"], town.leader
    for household in _seen(ringing, Purpose.UNIT, when, stage)[-1:]:
        open_with_reason(key=household.key, kind=GrantKind.PHONE, by=ringing, at=when.at)
    for household in _seen(met, Purpose.LEADER, when, stage)[:1]:
        open_with_reason(key=household.key, kind=GrantKind.MEETING, by=met, at=when.at)


def _read(stage: Stage) -> Story:
    """The first lines of the read log: what some employees had open, each on their own ground."""
    town, when = stage.town, Moments(stage.rng, edge=stage.town.edge)
    yield when.begin(0)
    when.sitting()
    for number, username in enumerate(("saksbehandler", "saksbehandler2", "leder", "tilsyn")):
        reader = town.employees[username]
        seen = [*cases_of("saksbehandler", when, stage), *cases_of("saksbehandler2", when, stage)]
        sights = {household.pk: sight_of(reader, household, at=when.at) for household in seen}
        opened = {pk: sight.purpose for pk, sight in sights.items() if sight}
        noted = Noted(opened=dict([*opened.items()][:READ_BY_EACH]))
        # what the log control asks about: somebody tried to open a relative's case
        noted.refused |= sights.keys() - opened.keys() if username == "saksbehandler2" else set()
        shown.write(noted, set(), by=reader, at=when.at, route="cases:household", request=f"demo-{number}")


# finding them


def cases_of(username: str, when: Moments, stage: Stage) -> list[Household]:
    """Whom somebody follows who is in temporary accommodation and not shielded; those that came first are first."""
    owner: Employee = stage.town.employees[username]
    here = Residence.objects.on(when.today).filter(kind=ResidenceKind.TEMPORARY).values("household")
    owned = owner.assignments.on(when.today).filter(role=AssignmentRole.OWNER).values_list("household", flat=True)
    found = Household.objects.filter(pk__in=list(owned)).filter(pk__in=here).filter(cases__in=Case.objects.open())
    return unshielded(list(found.order_by("opened_on", "pk")), when)


def unshielded(households: list[Household], when: Moments) -> list[Household]:
    asked = Household.objects.filter(pk__in=[one.pk for one in households])
    shielded = set(shielded_households(asked, on=when.today).values_list("pk", flat=True))
    return [one for one in households if one.pk not in shielded]


def _seen(employee: Employee, purpose: Purpose, when: Moments, stage: Stage) -> list[Household]:
    """Those of one caseworker's that another sees on that ground."""
    followed = cases_of("saksbehandler", when, stage)
    return [one for one in followed if sight_of(employee, one, at=when.at).purpose is purpose]


def _text(name: str) -> str:
    return str(content("texts")["guarded"][name])
