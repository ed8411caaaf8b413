"""A decision's reason sentence by sentence, with what each rests on: chosen by somebody, or proposed.

What the sight masks is no source: places of a shielded address, and what is of a special class outside the scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from cases import law
from cases.models import TEXT_PARTS, ChildInterest, Decision, NoteClass, SourceKind
from cases.questions.law import choices_of
from cases.reasons import Fact, fingerprint, proposed, sentences
from cases.wording import day_in_words, period_in_words
from housing.masking import SPECIAL_KINDS
from people.models import Household


@dataclass(frozen=True)
class Traced:
    """One sentence with its sources. `is_chosen`: somebody has said what it rests on; else they are proposed."""

    number: int
    text: str
    facts: tuple[Fact, ...]
    is_chosen: bool


@dataclass(frozen=True)
class TracedPart:
    """One part of the reason. `paragraph` is the rule that asks for it."""

    name: str
    label: str
    paragraph: str
    sentences: tuple[Traced, ...]


def working_copy(decision: Decision, *, on: date) -> list[TracedPart]:
    """Every part that says something, in the letter's order. The household carries the sight of whoever asks."""
    facts = {fact.key: fact for fact in facts_of(decision, on=on)}
    chosen: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in decision.reason_sources.order_by("pk"):
        fact = facts.get(f"{row.kind}:{row.ref}")
        if fact is not None:
            chosen[row.part, row.sentence].append(fact)
    rules = _rules(decision, on=on)
    return [
        TracedPart(
            name=name,
            label=label,
            paragraph=rules[asked].citation if (asked := name.split(":")[0]) in rules else "",
            sentences=tuple(_traced(name, text, facts, chosen)),
        )
        for name, label, text in parts_of(decision)
        if text.strip()
    ]


def parts_of(decision: Decision) -> list[tuple[str, str, str]]:
    """Name, label and text of each part; a child's assessment is named by the person."""
    told = [(name, str(Decision._meta.get_field(name).verbose_name), getattr(decision, name)) for name in TEXT_PARTS]
    label = str(ChildInterest._meta.get_field("text").verbose_name)
    weighed = decision.child_interests.select_related("person").order_by("pk")
    return [*told, *((f"child_interest:{one.person_id}", f"{label}: {one.person.name}", one.text) for one in weighed)]


def facts_of(decision: Decision, *, on: date) -> list[Fact]:
    """All that a sentence may rest on, as far as whoever asks may see it."""
    household = decision.household
    rules = [Fact(SourceKind.RULE, code, rule.citation) for code, rule in _rules(decision, on=on).items()]
    basis = law.basis(decision.basis)
    return [
        Fact(SourceKind.RULE, basis.code, basis.citation),
        *rules,
        *_residences(household),
        *_members(household, on=on),
        *_asked(household),
        *_written(household),
    ]


def _rules(decision: Decision, *, on: date) -> dict[str, law.Rule]:
    return law.part_rules(
        kind=decision.kind,
        move=decision.move,
        result=decision.result,
        has_children=decision.has_children,
        on=localdate(decision.issued_at) if decision.issued_at else on,
        choices=choices_of(decision.household.municipality_id),
    )


def _traced(
    name: str, text: str, facts: dict[str, Fact], chosen: dict[tuple[str, str], list[Fact]]
) -> Iterator[Traced]:
    for number, sentence in enumerate(sentences(text)):
        known = chosen.get((name, fingerprint(sentence)))
        found = known if known is not None else proposed(sentence, facts.values())
        yield Traced(number=number, text=sentence, facts=tuple(found), is_chosen=known is not None)


def _residences(household: Household) -> Iterator[Fact]:
    sight = household.sight
    for one in household.residences.select_related("provider").order_by("starts_on", "pk"):
        if one.kind in SPECIAL_KINDS and not sight.special:
            continue
        place = one.provider.name if one.provider and sight.whereabouts else ""
        told = [str(one.get_kind_display()), place, period_in_words(one.starts_on, one.ends_on)]
        days = tuple(day for day in (one.starts_on, one.ends_on) if day)
        words = (place,) if place else ()
        yield Fact(SourceKind.RESIDENCE, str(one.pk), ", ".join(part for part in told if part), days, words)


def _members(household: Household, *, on: date) -> Iterator[Fact]:
    for one in household.members.on(on).select_related("person").order_by("pk"):
        first = one.person.name.split(" ")[0]
        label = f"{one.person.name}, {one.get_role_display()}, {period_in_words(one.starts_on, one.ends_on)}"
        yield Fact(SourceKind.MEMBER, str(one.pk), label, (one.starts_on,), (first,))


def _asked(household: Household) -> Iterator[Fact]:
    for request in household.requests.order_by("asked_at", "pk"):
        day = localdate(request.asked_at)
        label = f"{request.get_kind_display()}, {day_in_words(day)}"
        yield Fact(SourceKind.REQUEST, str(request.pk), label, (day,))
    for need in household.needs.order_by("starts_on", "pk"):
        label = f"{need.get_kind_display()}, {period_in_words(need.starts_on, need.ends_on)}"
        yield Fact(SourceKind.NEED, str(need.pk), label, (need.starts_on,))


def _written(household: Household) -> Iterator[Fact]:
    sight = household.sight
    for note in household.notes.classed().order_by("happened_at", "pk"):
        if (note.class_now == NoteClass.SPECIAL and not sight.special) or (note.tells_place and not sight.whereabouts):
            continue
        day = localdate(note.happened_at)
        yield Fact(SourceKind.NOTE, str(note.pk), f"{note.get_kind_display()}, {day_in_words(day)}", (day,))
    for paper in household.received_papers.without_content().order_by("received_on", "pk"):
        if (paper.is_special and not sight.special) or (paper.tells_place and not sight.whereabouts):
            continue
        label = f"{paper.about}, {day_in_words(paper.received_on)}"
        yield Fact(SourceKind.PAPER, str(paper.pk), label, (paper.received_on,), (paper.about,))
