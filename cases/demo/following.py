"""Help to live in a home, and housing allowance: one that goes well, one that loses contact, and what still waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cases.actions.allowances import Answer, answer_allowance, apply_for_allowance, check_allowance
from cases.actions.follow_up import HowOften, begin_service, decline_service, log_contact, offer_service
from cases.actions.home_evaluation import Evaluated, evaluate_home, handle_warning, see_warning
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.life import Life
from cases.demo.stage import FRIENDS, MUNICIPAL, PRIVATE, Stage, family, in_need, single
from cases.demo.stories import go_out
from cases.models import (
    AllowanceFinding,
    AllowanceOutcome,
    ContactKind,
    ContactOutcome,
    FidelityPoint,
    FollowUpKind,
    FollowUpService,
    HousingAllowance,
    HowItGoes,
    Intensity,
    LostHomeReason,
    NeedKind,
    NeedReason,
    WarningSign,
)
from housing.models import ResidenceKind

#: Days between two contacts of the one that goes well; one in five is missed.
_BETWEEN, _MISSED = 13, 5


def following(stage: Stage) -> list[Story]:
    """A few of each, so that every list of the unit's follow-up has somebody."""
    return [
        _housing_first(stage),
        _contact_lost(stage),
        _offered(stage),
        _family_that_owns(stage),
        _to_apply(stage, days_before=45),
        _to_apply(stage, days_before=12),
        _refused(stage),
    ]


def _housing_first(stage: Stage) -> Story:
    """Offered from the street on, given since the key; asked how it goes after three and six months."""
    life = stage.life(owner="saksbehandler")
    yield life.begin(216)
    single(FRIENDS, LostHomeReason.EVICTION, since=25, lacks_place=False)(life)
    yield life.wait(9)
    service = _offer(life, FollowUpKind.HOUSING_FIRST)
    yield life.wait(19)
    go_out(life, MUNICIPAL)
    moved_in_on = life.today
    _begin(life, service, Intensity.WEEKLY)
    _apply(life)
    yield life.wait(30)
    _answer(life, AllowanceOutcome.GRANTED)
    for number in range(1, (life.edge_day - life.today).days // _BETWEEN):
        yield life.wait(_BETWEEN)
        _meet(life, service, ContactOutcome.NOT_MET if number % _MISSED == 0 else ContactOutcome.MET)
        for months, days in ((3, 92), (6, 184)):
            if life.today - timedelta(days=_BETWEEN) < moved_in_on + timedelta(days=days) <= life.today:
                _evaluate(life, months)
    yield life.until(life.edge_day - timedelta(days=4))
    _meet(life, service, ContactOutcome.MET)


def _contact_lost(stage: Stage) -> Story:
    """A family whose rent is late: helped once, then not to be reached."""
    life = stage.life(owner="saksbehandler")
    yield life.begin(150)
    family(FRIENDS, LostHomeReason.LEASE_ENDED, children=2, since=20, lacks_place=False)(life)
    yield life.wait(24)
    go_out(life, PRIVATE)
    service = _offer(life, FollowUpKind.HOUSING_SUPPORT)
    _begin(life, service, Intensity.FORTNIGHTLY)
    for _number in range(3):
        yield life.wait(14)
        _meet(life, service, ContactOutcome.MET)
    warning = _warn(life, WarningSign.RENT_LATE)
    yield life.wait(4)
    handle_warning(warning_id=warning, on=life.today, how=_text("payment_plan"), **_by(life))
    yield life.until(life.edge_day - timedelta(days=11))
    _meet(life, service, ContactOutcome.NOT_MET)
    _warn(life, WarningSign.NO_CONTACT)


def _offered(stage: Stage) -> Story:
    """One service declined, one offered that does not begin."""
    life = stage.housing_life()
    yield life.begin(70)
    in_need(NeedKind.AT_RISK, NeedReason.NOTICE)(life)
    yield life.wait(6)
    declined = _offer(life, FollowUpKind.PEER_WORKER)
    decline_service(service_id=declined, on=life.today, because=_text("declined"), **_by(life))
    yield life.until(life.edge_day - timedelta(days=22))
    _offer(life, FollowUpKind.ECONOMIC_ADVICE)


def _family_that_owns(stage: Stage) -> Story:
    life = stage.housing_life()
    yield life.begin(130)
    in_need(NeedKind.AT_RISK, NeedReason.PETITION, children=2, home=ResidenceKind.OWNED)(life)
    yield life.wait(8)
    _apply(life)
    yield life.wait(26)
    _answer(life, AllowanceOutcome.GRANTED)


def _to_apply(stage: Stage, *, days_before: int) -> Story:
    """May be entitled, and has not applied yet."""
    life = stage.housing_life()
    yield life.begin(days_before)
    in_need(NeedKind.UNSUITABLE, NeedReason.TOO_SMALL, children=3)(life)
    yield life.wait(5)
    check_allowance(household_id=life.household.pk, finding=AllowanceFinding.MAY_BE_ENTITLED, **_by(life))


def _refused(stage: Stage) -> Story:
    life = stage.housing_life()
    yield life.begin(95)
    in_need(NeedKind.UNSUITABLE, NeedReason.UNHEALTHY)(life)
    yield life.wait(7)
    _apply(life)
    yield life.wait(25)
    _answer(life, AllowanceOutcome.REFUSED)


def _by(life: Life) -> dict[str, Any]:
    return {"by": life.owner, "at": life.sitting()}


def _text(name: str) -> str:
    return str(content("following")[name])


def _offer(life: Life, kind: FollowUpKind) -> int:
    given_by = _text(kind.value)
    told: dict[str, Any] = {"kind": kind, "offered_on": life.today, "given_by": given_by}
    return offer_service(household_id=life.household.pk, **told, **_by(life)).pk


def _begin(life: Life, service_id: int, intensity: Intensity) -> None:
    given_by = FollowUpService.objects.values_list("given_by", flat=True).get(pk=service_id)
    how = HowOften(intensity=intensity, given_by=given_by)
    begin_service(service_id=service_id, on=life.today, how=how, **_by(life))


def _meet(life: Life, service_id: int, outcome: ContactOutcome) -> None:
    kind = life.rng.choice([ContactKind.HOME_VISIT, ContactKind.OUTSIDE, ContactKind.PHONE])
    note = _text("met" if outcome == ContactOutcome.MET else "not_met")
    log_contact(service_id=service_id, on=life.today, kind=kind, outcome=outcome, note=note, **_by(life))


def _evaluate(life: Life, months: int) -> None:
    said = Evaluated(
        months=months,
        held_on=life.today,
        how=HowItGoes.NEEDS_MORE if months == 3 else HowItGoes.WELL,
        user_view=_text("user_view"),
        next_steps=_text("next_steps"),
        scores={point.value: life.rng.randint(3, 5) for point in FidelityPoint},
    )
    evaluate_home(household_id=life.household.pk, said=said, **_by(life))


def _warn(life: Life, sign: WarningSign) -> int:
    told: dict[str, Any] = {"sign": sign, "seen_on": life.today, "told_by": _text("told_by")}
    return see_warning(household_id=life.household.pk, **told, **_by(life)).pk


def _apply(life: Life) -> None:
    finding = AllowanceFinding.MAY_BE_ENTITLED
    check_allowance(household_id=life.household.pk, finding=finding, **_by(life))
    apply_for_allowance(household_id=life.household.pk, on=life.today, **_by(life))


def _answer(life: Life, outcome: AllowanceOutcome) -> None:
    allowance = HousingAllowance.objects.get(household=life.household)
    is_granted = outcome == AllowanceOutcome.GRANTED
    starts_on: date | None = allowance.applied_on.replace(day=1) if is_granted else None
    note = "" if is_granted else _text("refused")
    answer = Answer(outcome=outcome, decided_on=life.today, starts_on=starts_on, note=note)
    answer_allowance(allowance_id=allowance.pk, answer=answer, **_by(life))
