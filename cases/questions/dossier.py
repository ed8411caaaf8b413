"""One case as an inspection reads it: what was asked, decided, given and planned, point by point. For reading only.

What the sight masks is left out where it is read: places and letters of a shielded address, nights of a special class
and special notes outside the scope, ages of a strictly confidential case. A constant number of statements.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cases.models import (
    FINAL,
    GRANTING,
    BreachReview,
    Decision,
    DecisionKind,
    DocumentKind,
    HousingPlan,
    Note,
    Point,
    Request,
)
from cases.questions.dossier_rows import (
    AskedRow,
    DecidedRow,
    Dossier,
    LetterRow,
    LivedWithRow,
    NotedRow,
    PlacedRow,
    PlannedRow,
    ReviewedRow,
    StepRow,
    WrittenRow,
)
from cases.questions.journal import journal_lines, notes_of, text_now
from cases.questions.places import place_in_words, place_of
from cases.timeline import stays_of
from cases.wording import day_in_words
from housing.masking import masked
from housing.models import AT_A_PROVIDER, QualityAgreement, Residence, ResidenceKind
from people.decision import Sight
from people.journal import Act
from people.models import Household, JournalEntry, Member, SpecialNote

#: The parts of a decision by what they are called in the dossier, in the order of the letter.
PARTS = ("facts", "considerations", "start_reason", "child_interest", "user_view")
#: Those that only some kinds of decision have.
MORE_PARTS = ("main_content", "rooms", "size", "length_months", "expected_wait", "amount", "conditions", "next_time")


def dossier_of(household: Household, *, day: date) -> Dossier:
    """The case of a household that was opened through a door: its `sight` says what is masked."""
    sight = household.sight
    return Dossier(
        case_number=household.ref,
        is_masked=not sight.whereabouts,
        members=[_member(one, sight, day) for one in _members(household)],
        requests=_requests(household),
        decisions=_decisions(household, sight),
        placements=_placements(household, sight),
        stays=list(reversed(stays_of(household, day=day))),
        reviews=_reviews(household),
        plans=_plans(household),
        journal=_journal(household),
        special_notes=_special_notes(household) if sight.special else [],
    )


def what_stands(dossier: Dossier) -> dict[Point, str]:
    """What the system can say by itself about each point. The assessment is the inspector's."""
    given, children = dossier.decisions, [d for d in dossier.decisions if d.has_children]
    steps = [step for plan in dossier.plans for step in plan.steps]
    letters = [letter for d in given for letter in d.letters if letter.is_decision]
    reasoned = [d for d in given if all(d.parts[part] for part in ("facts", "considerations", "start_reason"))]
    return {
        Point.SAME_DAY: _of(_("Requests with an answer the same day"), [r.is_same_day for r in dossier.requests]),
        Point.WRITTEN: _of(_("Decisions given in writing"), [d.is_written for d in given]),
        Point.REASONED: _of(
            _("Decisions with facts, considerations and a reason for the start date"), [d in reasoned for d in given]
        ),
        Point.USER_VIEW: _of(_("Decisions that say what the user thinks"), [bool(d.parts["user_view"]) for d in given]),
        Point.APPEAL: _("Letters are not shown.")
        if dossier.is_masked
        else _("Decision letters, each with how and where to appeal: %(n)s.") % {"n": len(letters)},
        Point.QUALITY: _("Places are not shown.")
        if dossier.is_masked
        else _of(
            _("Placements with an agreement on quality the first night"),
            [p.has_agreement for p in dossier.placements if p.has_agreement is not None],
        ),
        Point.CHILDREN: _of(
            _("Decisions for families that state the child's best interest"),
            [bool(d.parts["child_interest"]) for d in children],
        ),
        Point.ONWARD: _of(_("Steps of housing plans that are done"), [step.done_on is not None for step in steps]),
        Point.JOURNAL: _last(dossier.journal),
    }


def _of(words: str, met: list[bool]) -> str:
    if not met:
        return _("%(what)s: there are none.") % {"what": words}
    return _("%(what)s: %(met)s of %(all)s.") % {"what": words, "met": sum(met), "all": len(met)}


def _last(journal: list[WrittenRow]) -> str:
    if not journal:
        return _("Nothing stands in the journal.")
    return _("Lines in the journal: %(n)s, the last on %(day)s.") % {
        "n": len(journal),
        "day": day_in_words(journal[0].on),
    }


def _members(household: Household) -> list[Member]:
    return list(household.members.select_related("person").order_by("starts_on", "pk"))


def _member(member: Member, sight: Sight, day: date) -> LivedWithRow:
    """Of somebody who has left, the days alone: whoever reads the one case is not led to the next."""
    has_left = member.ends_on is not None and member.ends_on <= day
    return LivedWithRow(
        role=_("Left the household") if has_left else member.get_role_display(),
        name="" if has_left else member.person.name,
        age=_age(member, day) if sight.ages and not has_left else None,
        starts_on=member.starts_on,
        ends_on=member.ends_on,
    )


def _age(member: Member, day: date) -> int:
    born_on = member.person.born_on
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _requests(household: Household) -> list[AskedRow]:
    return [_asked(one) for one in household.requests.select_related("received_by").order_by("asked_at", "pk")]


def _asked(request: Request) -> AskedRow:
    return AskedRow(
        asked_at=request.asked_at,
        channel=request.get_channel_display(),
        lacks_place=request.lacks_place_tonight,
        about=request.about,
        outcome=request.get_outcome_display() if request.outcome else "",
        outcome_at=request.outcome_at,
        note=request.outcome_note,
        received_by=request.received_by.name,
    )


def _decisions(household: Household, sight: Sight) -> list[DecidedRow]:
    """Those given; a draft is no decision yet. A letter prints the place: it goes where the place goes."""
    given = household.decisions.given().select_related("provider", "room", "drafted_by", "issued_by")
    given = given.prefetch_related("child_interests__person")
    letters: dict[int | None, list[LetterRow]] = {}
    if sight.whereabouts:
        of_decisions = household.documents.filter(decision__isnull=False)
        for document in of_decisions.defer("content").order_by("made_at", "pk"):
            letters.setdefault(document.decision_id, []).append(
                LetterRow(
                    document_id=document.pk,
                    kind=document.get_kind_display(),
                    is_decision=document.kind == DocumentKind.DECISION,
                    language=document.get_language_display(),
                    made_at=document.made_at,
                    sha256=document.sha256,
                )
            )
    return [_decided(one, sight, letters.get(one.pk, [])) for one in given.order_by("starts_on", "pk")]


def _decided(decision: Decision, sight: Sight, letters: list[LetterRow]) -> DecidedRow:
    provider, room = (place.name if place else "" for place in (decision.provider, decision.room))
    weighed = decision.child_interests.all()
    texts = {part: getattr(decision, part) for part in PARTS if part != "child_interest"}
    texts["child_interest"] = "\n".join(f"{one.person}: {one.text}" for one in weighed if one.text)
    return DecidedRow(
        kind=decision.get_kind_display(),
        result=decision.get_result_display(),
        status=decision.get_status_display(),
        is_written=decision.status in FINAL,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        place=place_of(ResidenceKind.TEMPORARY, sight, provider=provider, room=room)
        if decision.kind == DecisionKind.TEMPORARY and decision.result in GRANTING
        else "",
        told_at=decision.told_at,
        issued_at=decision.issued_at,
        drafted_by=decision.drafted_by.name,
        issued_by=decision.issued_by.name if decision.issued_by else "",
        has_children=decision.has_children,
        parts=texts,
        more=[
            (Decision._meta.get_field(part).verbose_name, str(getattr(decision, part)))
            for part in MORE_PARTS
            if getattr(decision, part)
        ],
        letters=letters,
    )


def _placements(household: Household, sight: Sight) -> list[PlacedRow]:
    in_force = QualityAgreement.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("starts_on")),
        provider=OuterRef("provider"),
        starts_on__lte=OuterRef("starts_on"),
    )
    nights = household.residences.filter(kind__in=AT_A_PROVIDER).annotate(has_agreement=Exists(in_force))
    return [_placed(one, sight) for one in nights.select_related("provider", "room", "dwelling").order_by("starts_on")]


def _placed(residence: Residence, sight: Sight) -> PlacedRow:
    """The quality of a place that is masked is masked too: few places are of each."""
    shown = masked(residence, sight)
    provider = shown.provider
    return PlacedRow(
        kind=ResidenceKind(shown.kind).label,
        place=place_in_words(residence, sight),
        starts_on=shown.starts_on,
        ends_on=shown.ends_on,
        planned_end=shown.planned_end,
        has_agreement=vars(residence)["has_agreement"] if provider else None,
        suits_children=provider.suits_children if provider else None,
        below_standard=shown.get_below_standard_display() if shown.below_standard else "",
        price_a_night=shown.price_a_night,
    )


def _reviews(household: Household) -> list[ReviewedRow]:
    reviews = BreachReview.objects.filter(household=household).select_related("by").order_by("reviewed_on", "pk")
    return [
        ReviewedRow(
            first_night=review.first_night,
            reviewed_on=review.reviewed_on,
            reason=review.get_reason_display(),
            measure=review.measure,
            deadline=review.deadline,
            by=review.by.name,
        )
        for review in reviews
    ]


def _plans(household: Household) -> list[PlannedRow]:
    return [_planned(plan) for plan in household.plans.prefetch_related("steps").order_by("made_on", "pk")]


def _planned(plan: HousingPlan) -> PlannedRow:
    steps = sorted(plan.steps.all(), key=lambda step: (step.due_on, step.pk))
    return PlannedRow(
        made_on=plan.made_on,
        talk_on=plan.talk_on,
        aim=plan.get_aim_display(),
        user_wants=plan.user_wants,
        ended_on=plan.ended_on,
        steps=[StepRow(what=s.what, who=s.who, due_on=s.due_on, done_on=s.done_on) for s in steps],
    )


def _journal(household: Household) -> list[WrittenRow]:
    """Every line that the sight has; a note with what it says now."""
    entries = journal_lines(household).select_related("by")
    said = {note.pk: note for note in notes_of(household)}
    return [
        WrittenRow(
            on=entry.on,
            at=entry.at,
            act=Act(entry.act).label if entry.act in Act.values else entry.act,
            reason=entry.reason or _said(entry, said, household.sight),
            by=entry.by.name,
        )
        for entry in entries
    ]


def _said(entry: JournalEntry, notes: dict[int, Note], sight: Sight) -> str:
    note = notes.get(entry.subject_id) if entry.subject_kind == "note" and entry.act == Act.NOTE_WRITTEN else None
    if note is None or (note.tells_place and not sight.whereabouts):
        return ""
    return f"{note.get_kind_display()}: {text_now(note)}"


def _special_notes(household: Household) -> list[NotedRow]:
    notes = SpecialNote.objects.filter(household=household).select_related("by").order_by("at", "pk")
    return [NotedRow(note_class=n.get_note_class_display(), text=n.text, by=n.by.name, at=n.at) for n in notes]
