"""That figures agree before they are fast: each with its list, with the plain algebra, and with what history tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from housing.models import Residence
from housing.spells import Membership, Stretch
from housing.states import Kind
from kpi.catalogue import STAYS
from kpi.declaring import Count, Distinct
from kpi.measurement import Behind, Figure, Period, Question, behind, contributions, measure
from people.models import Household, Member
from tests import oracle


def disagreements(municipality: str, period: Period, *, at: datetime) -> Iterator[str]:
    """Each figure of a municipality that does not agree. `at`: after all facts."""
    question = Question(municipality=municipality)
    figures = {figure.indicator.code: figure for figure in measure(question, [period])}
    lists = behind(question, period)
    for code in sorted(figures):
        if not _is_its_list(figures[code], lists.get((code, municipality), Behind())):
            yield f"{code} is not its list"
        if not _is_its_sum(figures[code], question, period):
            yield f"{code} is not what those in its list add up to"
    by_hand = oracle.measure(_households(municipality), period.starts_on, period.ends_on)
    yield from (f"{one.code} is not the algebra's" for one in STAYS if _numbers(figures[one.code]) != by_hand[one.code])
    known = measure(Question(municipality=municipality, known_at=at), [period])
    yield from (f"{one.indicator.code} is not as known" for one in known if one != figures[one.indicator.code])


def _is_its_list(figure: Figure, told: Behind) -> bool:
    """A list names each once; where a figure counts stays, children or loans, it is as long or longer."""
    one = figure.indicator
    if not isinstance(one.counted, Count) or figure.numerator is None:
        return True
    counts_each_once = one.unit.value in ("households", "dwellings")
    length = len(told.households)
    return length == figure.numerator if counts_each_once else (length > 0) == (figure.numerator > 0)


def _is_its_sum(figure: Figure, question: Question, period: Period) -> bool:
    """What each in the list adds sums to the figure, of a share to what it is a share of; a median is within them."""
    one = figure.indicator
    if one.value is not None:
        days = [each.amount for each in contributions(question, period, one)]
        return (figure.value is None) == (not days) and (figure.value is None or float(figure.value) <= max(days))
    sides = [(figure.numerator, False), (figure.denominator, True)]
    return all(_adds_up(number, figure, question, period, is_all) for number, is_all in sides if number is not None)


def _adds_up(number: int, figure: Figure, question: Question, period: Period, is_population: bool) -> bool:
    one = figure.indicator
    added = round(sum(each.amount for each in contributions(question, period, one, is_population=is_population)))
    _population, side = one.side(is_population=is_population)
    # different values: two in the list may have the same
    return number <= added and (number > 0) == (added > 0) if isinstance(side, Distinct) else number == added


def _numbers(figure: Figure) -> oracle.Figure:
    extra = None
    if figure.indicator.p90 is not None and figure.value is not None and figure.p90 is not None:
        extra = (float(figure.value), float(figure.p90))
    return figure.numerator, figure.denominator, extra


def _households(municipality: str) -> list[oracle.Household]:
    """Each with the one that it was split from, which is in the same municipality."""
    lives: dict[int, list[Stretch]] = {}
    for one in Residence.objects.filter(municipality=municipality):
        lives.setdefault(one.household_id, []).append(
            Stretch(Kind(one.kind), one.starts_on, one.ends_on, one.lease_ends_on)
        )
    members: dict[int, list[Membership]] = {}
    for member in Member.objects.filter(household__municipality=municipality).select_related("person"):
        members.setdefault(member.household_id, []).append(
            Membership(str(member.person_id), member.role, member.starts_on, member.ends_on, member.person.born_on)
        )
    told: dict[int | None, oracle.Household] = {}
    for known in Household.objects.filter(municipality=municipality).order_by(
        F("split_on").asc(nulls_first=True), "pk"
    ):
        told[known.pk] = oracle.Household(
            known.ref,
            tuple(lives.get(known.pk, ())),
            tuple(members.get(known.pk, ())),
            told.get(known.split_from_id),
            known.split_on,
        )
    return list(told.values())
