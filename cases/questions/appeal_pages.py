"""What the pages of notices and appeals show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.law import Body
from cases.models import (
    FINAL,
    GIVEN,
    Appeal,
    AppealStatus,
    Decision,
    Notice,
    ReasonsRequest,
    Suspension,
)
from cases.questions.appeals import due_of, standing_suspension
from cases.questions.notices import PartyTime, must_have_it, times_of
from people.access import persons_named_after_leaving
from people.models import Employee, Household, Person

#: What each body is called on pages.
BODIES: dict[str, Promise] = {
    Body.STATSFORVALTEREN: _("The county governor"),
    Body.KLAGENEMND: _("The municipality's own appeals board"),
}

#: What stands instead of the name of somebody who left and is withheld.
SOMEBODY_WHO_LEFT = _("Somebody who has left")


@dataclass(frozen=True, kw_only=True)
class ToldRow:
    """Somebody who must have the notice, and how it reached them; `notice` None: not yet."""

    key: str
    name: str
    notice: Notice | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """Notice and appeal of one decision, for its page."""

    body: Promise
    is_written: bool
    is_given: bool
    rows: list[ToldRow]
    times: list[PartyTime]
    struck: list[Notice]
    reasons: list[ReasonsRequest]
    suspensions: list[Suspension]
    waits: Suspension | None
    appeals: list[Appeal]


def named_in(household: Household, employee: Employee, *, at: datetime) -> set[int]:
    """The household's people that may be named to the employee, also after they left."""
    people = Person.objects.filter(memberships__household=household)
    return set(persons_named_after_leaving(people, employee, at=at).values_list("pk", flat=True))


def told_of(decision: Decision, *, on: date, named: Collection[int]) -> Told | None:
    """None while the decision is given to nobody.

    :param named: the ids of those who may be named; the others are told as somebody who has left
    """
    if decision.status not in (*GIVEN, *FINAL):
        return None
    notices = list(decision.notices.of_decision().select_related("registered_by", "struck_by").order_by("pk"))
    standing = {(one.person_id, one.key): one for one in notices if one.struck_at is None}
    must = must_have_it(decision)
    rows = [
        ToldRow(
            key=one.key,
            name=one.name if one.person_id in named else str(SOMEBODY_WHO_LEFT),
            notice=standing.pop((one.person_id, one.key), None),
        )
        for one in must
    ]
    for one in standing.values():
        name = one.representative or one.person if one.person_id in named else SOMEBODY_WHO_LEFT
        rows.append(ToldRow(key=one.key, name=str(name), notice=one))
    return Told(
        body=body_in_words(decision),
        is_written=decision.status in FINAL,
        is_given=decision.status in GIVEN,
        rows=rows,
        times=[
            one if one.person_id in named else replace(one, name=str(SOMEBODY_WHO_LEFT)) for one in times_of(decision)
        ],
        struck=[one for one in notices if one.struck_at is not None],
        reasons=list(decision.reasons_requests.select_related("person").order_by("asked_on", "pk")),
        suspensions=list(decision.suspensions.select_related("decided_by").order_by("asked_on", "pk")),
        waits=standing_suspension(decision, on=on),
        appeals=list(decision.appeals.order_by("received_on", "pk")),
    )


def body_in_words(decision: Decision) -> Promise:
    return BODIES[Appeal(decision=decision).body]


@dataclass(frozen=True, kw_only=True)
class AppealRow:
    """One appeal of a household, as its list shows it."""

    appeal: Appeal
    body: Promise
    due_on: date | None
    is_late: bool


def appeals_of(household: Household, *, on: date) -> list[AppealRow]:
    """Every appeal, those that wait first."""
    found = household.appeals.select_related("decision", "person").order_by("-received_on", "-pk")
    rows = [row_of(one, on=on) for one in found]
    return sorted(rows, key=lambda row: not row.appeal.is_open)


def row_of(appeal: Appeal, *, on: date) -> AppealRow:
    due_on = due_of(appeal)
    return AppealRow(appeal=appeal, body=BODIES[appeal.body], due_on=due_on, is_late=due_on is not None and due_on < on)


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that can be done to an appeal as it stands: the route, its words, and whether it is the main one."""

    name: str
    label: str | Promise
    is_main: bool = False


_STEPS: dict[str, Sequence[Step]] = {
    AppealStatus.RECEIVED: (
        Step(name="take_up_appeal", label=_("Take the appeal up"), is_main=True),
        Step(name="dismiss_appeal", label=_("Dismiss the appeal")),
        Step(name="withdraw_appeal", label=_("It is withdrawn")),
    ),
    AppealStatus.RECONSIDERING: (
        Step(name="assess_appeal", label=_("Write our assessment"), is_main=True),
        Step(name="change_on_appeal", label=_("Change the decision")),
        Step(name="change_in_part", label=_("Change a part of it")),
        Step(name="forward_appeal", label=_("Forward the appeal")),
        Step(name="dismiss_appeal", label=_("Dismiss the appeal")),
        Step(name="withdraw_appeal", label=_("It is withdrawn")),
    ),
    AppealStatus.CHANGED: (Step(name="carry_out_appeal", label=_("The new decision is issued"), is_main=True),),
    AppealStatus.FORWARDED: (
        Step(name="answer_appeal", label=_("Register the answer"), is_main=True),
        Step(name="withdraw_appeal", label=_("It is withdrawn")),
    ),
    AppealStatus.ANSWERED: (Step(name="carry_out_appeal", label=_("Carry it out"), is_main=True),),
}


@dataclass(frozen=True, kw_only=True)
class Steps:
    main: list[Step] = field(default_factory=list)
    others: list[Step] = field(default_factory=list)


def steps_of(appeal: Appeal) -> Steps:
    """What can be done now: when the assessment is written, forwarding comes first."""
    steps = list(_STEPS.get(AppealStatus(appeal.status), ()))
    if appeal.status == AppealStatus.RECONSIDERING and is_assessed(appeal):
        steps.sort(key=lambda one: one.name != "forward_appeal")
        return Steps(main=steps[:1], others=[one for one in steps[1:] if _fits(one, appeal)])
    fit = [one for one in steps if _fits(one, appeal)]
    return Steps(main=[one for one in fit if one.is_main], others=[one for one in fit if not one.is_main])


def is_assessed(appeal: Appeal) -> bool:
    """Whether the unit's own assessment is whole."""
    grounds = [one.assessment for one in appeal.grounds.all()]
    return bool(appeal.facts and appeal.conclusion and all(grounds))


def _fits(step: Step, appeal: Appeal) -> bool:
    if step.name in ("take_up_appeal", "assess_appeal") and appeal.is_barred:
        return False
    if step.name == "forward_appeal" or step.name == "change_on_appeal":
        return is_assessed(appeal)
    return not (step.name == "change_in_part" and appeal.new_decision_id)
