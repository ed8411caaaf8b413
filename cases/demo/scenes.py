"""The ways that are seldom: one of each, so that every page of the demo has something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cases.actions.households import Situation
from cases.actions.registration import NewNeed
from cases.demo.clock import Story
from cases.demo.coming import coming, plan_for
from cases.demo.guarded import guarded_homes
from cases.demo.life import WOMEN_ONLY, Life
from cases.demo.stage import CRISIS_CENTRE, FRIENDS, MUNICIPAL, PRIVATE, ROUGH, STILL, Stage, family, in_need, single
from cases.demo.stories import Stay, go_out, stay, through_temporary, with_a_gap
from cases.models import ClosingReason, LostHomeReason, NeedKind, NeedReason, Outcome
from housing.models import Lease, ResidenceKind
from people.models import MemberRole, Protection


def scenes(stage: Stage) -> list[Story]:
    """All of them, those that change households first."""
    return [
        _flees(stage),
        _breaks_up(stage),
        _moves_together(stage),
        *_child_of_two_homes(stage),
        _unanswered(stage),
        _undone(stage),
        _corrected(stage),
        _below_standard(stage),
        _unwritten(stage, days_before=6),
        _unwritten(stage, days_before=1),
        _gap(stage, nights=6),
        _gap(stage, nights=25),
        _alone_at_17(stage),
        _birth(stage),
        _away(stage, "hospital", days_before=26),
        _away(stage, "custody", days_before=40),
        _key_on_its_way(stage),
        *_shielded(stage),
        *guarded_homes(stage),
        *_answers(stage),
        *_kept_apart(stage),
        _lease_ends(stage),
        _loses_it_again(stage),
        *_unassigned(stage),
        *_homeless_tonight(stage),
        *_awaits_release(stage),
        *coming(stage),
    ]


def _flees(stage: Stage) -> Story:
    """A couple with children in a rented home; one flees with the children, to the crisis centre and on."""
    life = stage.life()
    yield life.begin(64)
    members = life.cast.family(life.today, children=2, is_couple=True)
    need = NewNeed(NeedKind.AT_RISK, NeedReason.PETITION)
    life.register(members, situation=PRIVATE.kind, since=700, need=need, asks=False)
    yield life.wait(16)
    roles = {MemberRole.APPLICANT: MemberRole.APPLICANT, MemberRole.CHILD: MemberRole.CHILD}
    fled = life.split(roles=roles, reason="violence", situation=Situation(CRISIS_CENTRE))
    yield fled.wait(19)
    fled.ask()
    yield from stay(fled, Stay(nights=STILL, grants=(60,), provider=WOMEN_ONLY))


def _breaks_up(stage: Stage) -> Story:
    """A couple in temporary accommodation parts; both stay, one of them first without a decision."""
    life = stage.life()
    yield life.begin(58)
    life.register(life.cast.couple(life.today), reason=LostHomeReason.LEASE_ENDED, situation=FRIENDS, since=12)
    life.place(45)
    yield life.wait(9)
    life.plan()
    yield life.wait(13)
    offer = life.offer()
    if offer is None:
        return
    until = life.today + timedelta(days=44)
    place = Situation(ResidenceKind.TEMPORARY, offer.room.provider_id, offer.room.pk, planned_end=until)
    other = life.split(roles={MemberRole.PARTNER: MemberRole.APPLICANT}, reason="break_up", situation=place)
    yield other.wait(4)
    other.decide_afterwards()
    yield life.until(life.today + timedelta(days=22))
    life.grant_until(life.today + timedelta(days=26))


def _moves_together(stage: Stage) -> Story:
    """Two who met at the hostel become one household and get a home."""
    life, other = stage.life(owner="saksbehandler"), stage.life(owner="saksbehandler")
    yield life.begin(120)
    single()(life)
    life.place(42)
    other.until(life.today)
    single(FRIENDS, LostHomeReason.BREAK_UP, since=30, lacks_place=False)(other)
    yield life.wait(12)
    life.plan()
    yield life.wait(18)
    other.until(life.today)
    life.join(other)
    yield life.wait(8)
    go_out(life, MUNICIPAL)
    yield life.wait(40)
    life.close(ClosingReason.PERMANENT_HOME)


def _child_of_two_homes(stage: Stage) -> list[Story]:
    """Parents who live apart, each with a case: one child lives with both, another visits."""
    first, second = stage.life(owner="saksbehandler2"), stage.life(owner="saksbehandler2")

    def told() -> Story:
        yield first.begin(75)
        members = stage.cast.family(first.today, children=2)
        first.register(members, reason=LostHomeReason.BREAK_UP, situation=FRIENDS, since=3)
        children = first.household.members.filter(role=MemberRole.CHILD).order_by("pk")
        shared = [replace(members[1], person_id=children[0].person_id, national_id="")]
        visiting = [replace(members[2], person_id=children[1].person_id, role=MemberRole.CHILD_VISIT, national_id="")]
        how = Stay(nights=STILL, grants=(40, 50))
        second.until(first.today)
        adult = stage.cast.single(second.today)
        second.register(
            [*adult, *shared, *visiting], reason=LostHomeReason.BREAK_UP, situation=FRIENDS, since=3, asks=False
        )
        yield from stay(first, how)

    def followed() -> Story:
        yield second.begin(60)
        second.ask()
        yield from stay(second, Stay(nights=35, grants=(35,)))
        go_out(second, PRIVATE)

    return [told(), followed()]


def _unanswered(stage: Stage) -> Story:
    """Came today; nobody has said yet what comes of it."""
    life = stage.life(owner="saksbehandler")
    yield life.begin(0)
    single(ROUGH, LostHomeReason.BREAK_UP)(life)


def _undone(stage: Stage) -> Story:
    """A move home registered on the wrong household, taken back at once."""
    life = stage.life()

    def slip() -> None:
        life.move_home(life.home(ResidenceKind.PRIVATE_RENTAL, on=life.today), signs=False)
        life.undo()

    how = Stay(nights=STILL, grants=(42, 45), events=((20, slip),))
    yield from through_temporary(life, 50, how, MUNICIPAL, arrive=single(since=0))


def _corrected(stage: Stage) -> Story:
    """First night and move-out were told wrong, and put right."""
    life = stage.life()
    how = Stay(nights=33, grants=(40,), events=((3, lambda: life.correct(days=1)),))
    yield life.begin(90)
    single(FRIENDS, since=20)(life)
    yield from stay(life, how)
    go_out(life, PRIVATE, late=2)
    yield life.wait(20)
    life.close(ClosingReason.PERMANENT_HOME)


def _below_standard(stage: Stage) -> Story:
    """Placed last night where there is no agreement on quality, and to be moved."""
    how = Stay(nights=STILL, grants=(10,), plan_on=None, provider="Furumo camping")
    return through_temporary(stage.life(), 1, how, MUNICIPAL, arrive=single())


def _unwritten(stage: Stage, *, days_before: int) -> Story:
    """Placed by word of mouth, still to be written down."""
    how = Stay(nights=STILL, grants=(21,), is_oral=True, is_written_down=False, plan_on=None)
    return through_temporary(stage.life(owner="saksbehandler"), days_before, how, MUNICIPAL, arrive=single())


def _gap(stage: Stage, *, nights: int) -> Story:
    """Out to friends and back: up to fourteen nights away it is one stay."""
    life = stage.life()
    stays = (Stay(nights=31, grants=(35,)), Stay(nights=STILL, grants=(40, 30), plan_on=None))
    days_before = 31 + nights + 38
    yield from with_a_gap(life, days_before, stays, nights, MUNICIPAL, arrive=single())


def _alone_at_17(stage: Stage) -> Story:
    arrive = single(FRIENDS, LostHomeReason.FAMILY_THROWN_OUT, ages=(17, 17), since=2)
    how = Stay(nights=STILL, grants=(28,), plan_on=3)
    return through_temporary(stage.life(owner="saksbehandler3"), 8, how, MUNICIPAL, arrive=arrive)


def _birth(stage: Stage) -> Story:
    """A couple becomes a family where it is, and the place has to suit a child then."""
    life = stage.life()

    def born() -> None:
        life.bear()

    def arrive(one: Life) -> None:
        one.register(one.cast.couple(one.today), reason=LostHomeReason.NEW_ARRIVAL, situation=FRIENDS, since=9)

    how = Stay(nights=STILL, grants=(45, 45), events=((52, born),))
    yield from through_temporary(life, 71, how, MUNICIPAL, arrive=arrive)


def _away(stage: Stage, where: str, *, days_before: int) -> Story:
    """In hospital tonight with the room held; in custody a week and back."""
    life = stage.life()
    days = 7 if where == "custody" else None
    night = days_before - 4 if days is None else 20
    how = Stay(nights=STILL, grants=(45, 14), events=((night, lambda: life.be_away(where, days=days, ago=1)),))
    yield from through_temporary(life, days_before, how, MUNICIPAL, arrive=single())


def _key_on_its_way(stage: Stage) -> Story:
    """The contract is signed; the household moves in three days."""
    life = stage.life(owner="saksbehandler")
    how = Stay(nights=STILL, grants=(60,), events=((49, lambda: go_out(life, MUNICIPAL, ahead=4)),))
    yield from through_temporary(life, 50, how, MUNICIPAL, arrive=single())


def _shielded(stage: Stage) -> list[Story]:
    """Addresses that only those on the case know of, and one household that only the special unit knows of."""
    strictly, confidential = Protection.STRICTLY_CONFIDENTIAL, Protection.CONFIDENTIAL
    violence = LostHomeReason.VIOLENCE
    there = Stay(nights=STILL, grants=(45, 40), provider=WOMEN_ONLY, is_reviewed=False)
    over = Stay(nights=48, grants=(60,), provider=WOMEN_ONLY, is_reviewed=False)
    mother = family(CRISIS_CENTRE, violence, children=1, since=5, protection=strictly)
    alone = single(CRISIS_CENTRE, violence, since=4, protection=confidential)

    def at_the_crisis_centre() -> Story:
        life = stage.life(owner="saksbehandler2")
        yield life.begin(9)
        single(CRISIS_CENTRE, violence, protection=confidential)(life)
        life.answer(Outcome.OFFER)

    return [
        through_temporary(stage.shielded_life(), 44, there, MUNICIPAL, arrive=mother),
        through_temporary(stage.life(owner="saksbehandler3"), 210, over, PRIVATE, arrive=alone),
        at_the_crisis_centre(),
    ]


def _answers(stage: Stage) -> list[Story]:
    """What else can come of a request, the unlawful too."""

    def asks(days_before: int, outcome: Outcome, *, then: Stay | None = None) -> Story:
        life = stage.life()
        yield life.begin(days_before)
        single(FRIENDS if then is None else ROUGH)(life)
        life.answer(outcome, note=life.pick("requests", outcome.value))
        if then is not None:
            yield life.wait(1)
            life.ask()
            yield from stay(life, then)
            go_out(life, PRIVATE)
            return
        yield life.wait(20)
        if outcome in (Outcome.PASSED_ON, Outcome.REFUSED):
            life.go(ResidenceKind.MOVED_AWAY)
            life.close(ClosingReason.MOVED_AWAY)
        else:
            life.close(ClosingReason.WITHDRAWN)

    return [
        asks(85, Outcome.REFUSED),
        asks(33, Outcome.NO_PLACE, then=Stay(nights=19, grants=(21,))),
        asks(140, Outcome.STEERED, then=Stay(nights=25, grants=(28,))),
        asks(61, Outcome.WITHDRAWN),
        asks(12, Outcome.PASSED_ON),
    ]


def _kept_apart(stage: Stage) -> list[Story]:
    """Two who may not live at the same place, one of them banned from where it was."""
    one, other = stage.life(owner="saksbehandler"), stage.life(owner="saksbehandler")

    def leaves() -> None:
        one.be_banned(days=90)
        one.keep_apart_from(other)
        one.move()

    def goes() -> Story:
        how = Stay(nights=STILL, grants=(30, 45), events=((15, leaves),))
        return through_temporary(one, 48, how, MUNICIPAL, arrive=single())

    how = Stay(nights=STILL, grants=(40, 30))
    return [goes(), through_temporary(other, 52, how, MUNICIPAL, arrive=single())]


def _lease_ends(stage: Stage) -> Story:
    """Rents for a year; the year ends tomorrow."""
    life = stage.housing_life()
    yield life.begin(400)
    single(FRIENDS, LostHomeReason.LEASE_ENDED, since=60, lacks_place=False)(life)
    until = life.town.edge_day + timedelta(days=1)
    yield life.wait(36)
    home = life.home(ResidenceKind.MUNICIPAL_RENTAL, on=life.today, months=12, lease=Lease.SECTION_11_1)
    life.move_home(replace(home, lease_ends_on=until))


def _loses_it_again(stage: Stage) -> Story:
    """Had a home and a closed case; without a home again tonight."""
    life = stage.life(owner="saksbehandler")
    how = Stay(nights=38, grants=(45,))
    again = (250, Stay(nights=STILL, grants=(30, 30)), MUNICIPAL)
    return through_temporary(life, 360, how, PRIVATE, arrive=single(), after=25, again=again)


def _unassigned(stage: Stage) -> list[Story]:
    """Handed over from one unit to the other, and nobody there has taken them yet."""

    def from_housing_office(days_before: int) -> Story:
        life = stage.housing_life()
        yield life.begin(days_before + 10)
        single(FRIENDS, LostHomeReason.LEASE_ENDED, since=15)(life)
        life.place(30)
        yield life.until(life.town.edge_day - timedelta(days=days_before))
        life.hand_over(life.town.nav, life.owner)

    def from_nav(days_before: int) -> Story:
        life = stage.life()
        yield life.begin(days_before + 40)
        in_need(NeedKind.UNSUITABLE, NeedReason.TOO_SMALL, children=3)(life)
        yield life.until(life.town.edge_day - timedelta(days=days_before))
        life.hand_over(life.town.housing_office, life.owner)

    return [from_housing_office(2), from_housing_office(4), from_nav(5), from_nav(1)]


def _homeless_tonight(stage: Stage) -> list[Story]:
    """Without a home and not placed: at the shelter, with friends, without a roof."""

    def sleeps(days_before: int, situation: ResidenceKind, outcome: Outcome, *, nights: int = 0) -> Story:
        life = stage.life()
        yield life.begin(days_before)
        single(situation, since=life.rng.randint(0, 40) if situation == FRIENDS else 0)(life)
        if nights:
            life.shelter(nights)
        else:
            life.answer(outcome)

    return [
        sleeps(3, ROUGH, Outcome.BELOW_STANDARD, nights=7),
        sleeps(16, ROUGH, Outcome.BELOW_STANDARD, nights=21),
        sleeps(5, ROUGH, Outcome.WITHDRAWN),
        sleeps(22, FRIENDS, Outcome.WITHDRAWN),
        sleeps(35, FRIENDS, Outcome.WITHDRAWN),
        sleeps(49, FRIENDS, Outcome.REFUSED),
        sleeps(12, CRISIS_CENTRE, Outcome.OFFER),
        sleeps(29, CRISIS_CENTRE, Outcome.OFFER),
    ]


def _awaits_release(stage: Stage) -> list[Story]:
    """In prison and in an institution, with no home waiting outside."""

    def inside(days_before: int, kind: ResidenceKind, days_left: int) -> Story:
        life = stage.life()
        yield life.begin(days_before)
        single(ROUGH, LostHomeReason.RELEASE)(life)
        life.place(30)
        yield life.wait(21)
        life.go(kind, planned_end=life.town.edge_day + timedelta(days=days_left), home_waits=False)
        plan_for(life, kind, days_left)

    return [inside(120, ResidenceKind.PRISON, 35), inside(75, ResidenceKind.INSTITUTION, 18)]
