"""The journal of a household: one timeline of all that was done, noted, received, decided and sent, newest first.

What a line is about is told as far as the household's sight reaches. A note of a special kind, and that there is one,
is for those who may read it: others' journal has no such line, and its count none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import (
    CaseState,
    CorrectionOutcome,
    CorrectionRequest,
    Note,
    NoteClass,
    NoteCorrection,
    ReceivedPaper,
    Request,
)
from cases.timeline import TELLING_OF_PLACES
from people import wording
from people.components import Fact, Link, Struck
from people.decision import Sight
from people.journal import Act
from people.models import Household, JournalEntry


class JournalKind(models.TextChoices):
    """What the journal can be narrowed to."""

    NOTES = "notes", gettext_lazy("Notes")
    PAPERS = "papers", gettext_lazy("Papers received")
    REQUESTS = "requests", gettext_lazy("Requests")
    DECISIONS = "decisions", gettext_lazy("Decisions and appeals")
    LETTERS = "letters", gettext_lazy("Letters")
    LIVED = "lived", gettext_lazy("Where they have lived")
    PLAN = "plan", gettext_lazy("Plan and tasks")
    PEOPLE = "people", gettext_lazy("Members and representatives")
    OTHER = "other", gettext_lazy("Everything else")


#: The beginnings of the acts of each kind; what begins otherwise is the rest.
_BEGINNINGS = {
    JournalKind.NOTES: ("note.", "special_note."),
    JournalKind.PAPERS: ("paper.", "authority_letter."),
    JournalKind.REQUESTS: ("request.", "need.", "dispute."),
    JournalKind.DECISIONS: ("decision.", "appeal.", "notice.", "reasons.", "suspension."),
    JournalKind.LETTERS: ("letter.", "information."),
    JournalKind.LIVED: ("residence.", "absence."),
    JournalKind.PLAN: ("plan.", "task.", "breach.", "followup.", "benefit.", "mapping.", "process.", "voice."),
    JournalKind.PEOPLE: ("member.", "person.", "representative."),
}
_NOTE, _PAPER, _REQUEST, _DECISION, _DOCUMENT = "note", "receivedpaper", "request", "decision", "document"
_COLORS = {"residence.started": "accent", "case.closed": "success", "act.undone": "warning", "note.written": "info"}


def journal_lines(household: Household, *, kind: str = "") -> QuerySet[JournalEntry]:
    """The lines that the household's sight has, newest first; `kind` keeps one kind."""
    lines = JournalEntry.objects.filter(household_id=household.pk)
    if not household.sight.special:
        hidden = Note.objects.filter(household=household).special().values("pk")
        lines = lines.exclude(subject_kind=_NOTE, subject_id__in=hidden).exclude(act=Act.SPECIAL_NOTE_WRITTEN)
    if kind in _BEGINNINGS:
        lines = lines.filter(_begins(_BEGINNINGS[JournalKind(kind)]))
    elif kind == JournalKind.OTHER:
        lines = lines.exclude(_begins(one for some in _BEGINNINGS.values() for one in some))
    return lines.order_by("-at", "-pk")


def journal_facts(household: Household, *, limit: int, offset: int = 0, kind: str = "") -> list[Fact]:
    """Lines of the journal with what each is about. A constant number of statements."""
    refused = CorrectionRequest.objects.filter(disputed=OuterRef("pk"), outcome=CorrectionOutcome.REFUSED)
    lines = journal_lines(household, kind=kind).select_related("by")
    chosen = list(
        lines.annotate(disputed=Subquery(refused.order_by("-pk").values("about")[:1]))[offset : offset + limit]
    )
    known = _known(household, chosen)
    return [_fact(entry, known) for entry in chosen]


@dataclass(frozen=True)
class _Known:
    """What the lines of a page are about, read once."""

    household: Household
    notes: dict[int, Note] = field(default_factory=dict)
    papers: dict[int, ReceivedPaper] = field(default_factory=dict)
    requests: dict[int, Request] = field(default_factory=dict)

    @property
    def sight(self) -> Sight:
        return self.household.sight

    def url(self, name: str, pk: int) -> str:
        return reverse(f"cases:{name}", args=[self.household.key, pk])


def _known(household: Household, lines: Iterable[JournalEntry]) -> _Known:
    ids: dict[str, set[int]] = {}
    for line in lines:
        ids.setdefault(line.subject_kind, set()).add(line.subject_id)
    notes, papers, requests = (ids.get(kind) for kind in (_NOTE, _PAPER, _REQUEST))
    known = _Known(household)
    if notes:
        known.notes.update((note.pk, note) for note in notes_of(household).filter(pk__in=notes))
    if papers:
        found = ReceivedPaper.objects.without_content().filter(pk__in=papers, household=household)
        known.papers.update((paper.pk, paper) for paper in found)
    if requests:
        known.requests.update((one.pk, one) for one in Request.objects.filter(pk__in=requests, household=household))
    return known


def one_note(household: Household, note_id: int) -> Note | None:
    """A note of the household, as `note_fact` asks for it."""
    return notes_of(household).filter(pk=note_id).first()


def special_note_facts(household: Household) -> list[Fact]:
    """The journal's notes of a special kind, newest first, for a household opened through their door."""
    notes = notes_of(household).order_by("-at", "-pk")
    return [note_fact(note, household) for note in notes if note.class_now == NoteClass.SPECIAL]


def notes_of(household: Household) -> QuerySet[Note]:
    """Notes with `class_now`, and with their corrections and files, those oldest first."""
    corrections = models.Prefetch(
        "corrections", queryset=NoteCorrection.objects.select_related("by").order_by("pk"), to_attr="corrected"
    )
    files = models.Prefetch("files", queryset=ReceivedPaper.objects.without_content().order_by("pk"), to_attr="papers")
    notes = Note.objects.classed().filter(household=household).select_related("by", "person")
    return notes.prefetch_related(corrections, files)


def _begins(beginnings: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for beginning in beginnings:
        found |= Q(act__startswith=beginning)
    return found


def _fact(entry: JournalEntry, known: _Known) -> Fact:
    if entry.act == Act.NOTE_WRITTEN and entry.subject_id in known.notes and entry.subject_kind == _NOTE:
        return note_fact(known.notes[entry.subject_id], known.household)
    title = str(Act(entry.act).label) if entry.act in Act.values else entry.act
    sight = known.sight
    is_told = (sight.whereabouts and sight.special) or not entry.act.startswith(TELLING_OF_PLACES)
    # `disputed` is annotated: what the person said of this line when its correction was refused
    disputed = getattr(entry, "disputed", None)
    beside = _("Disputed: %(words)s") % {"words": disputed} if disputed else ""
    body = " ".join(part for part in (_moved(entry), entry.reason if is_told else "", beside) if part)
    return Fact(
        on=entry.on,
        title=title,
        body=body,
        by=entry.by.name,
        at=entry.at,
        kind=_COLORS.get(entry.act, ""),
        url=_url(entry, known),
        text=_text(entry, known),
        links=_links(entry, known),
    )


def text_now(note: Note) -> str:
    """What a note of `notes_of` says after its corrections; empty when it is struck out."""
    corrections: list[NoteCorrection] = vars(note)["corrected"]
    return corrections[-1].text if corrections else note.text


def note_fact(note: Note, household: Household) -> Fact:
    """A note as the timeline shows it, with its corrections and files, which are read already (`_known`)."""
    corrections: list[NoteCorrection] = vars(note)["corrected"]
    is_told = household.sight.whereabouts or not note.tells_place
    said = [note.text, *(one.text for one in corrections)]
    told = said if is_told else [_("It tells where they live or stay, which is masked.")] * len(said)
    about = {"name": note.person} if note.person else {}
    title = note.get_kind_display()
    return Fact(
        on=localdate(note.happened_at),
        title=_("%(kind)s, about %(name)s") % {"kind": title, **about} if about else title,
        body=_("With %(who)s.") % {"who": note.participants} if note.participants else "",
        text=told[-1] or _("Struck out."),
        earlier=[Struck(text=old, why=_why(one)) for old, one in zip(told, corrections, strict=False)],
        by=note.by.name,
        at=note.at,
        kind=_COLORS["note.written"],
        url=reverse("cases:note", args=[household.key, note.pk]),
        links=[*_classes(note), *_subjects(note, household), *_files(note, household)],
    )


def _why(correction: NoteCorrection) -> str:
    told = {"by": correction.by.name, "at": wording.moment(correction.at), "why": correction.reason}
    return _("Corrected by %(by)s, %(at)s: %(why)s") % told


def _classes(note: Note) -> list[Link]:
    labels = {
        NoteClass.SPECIAL: (_("Special"), "warning"),
        NoteClass.INTERNAL: (_("Internal working document"), "info"),
    }
    label, color = labels.get(NoteClass(note.class_now), ("", ""))
    return [Link(label=label, color=color)] if label else []


def _subjects(note: Note, household: Household) -> list[Link]:
    """What the note belongs to, where it does."""
    links = []
    if note.decision_id:
        links.append(
            Link(label=_("The decision"), url=reverse("cases:decision", args=[household.key, note.decision_id]))
        )
    if note.task_id:
        links.append(Link(label=_("The task"), url=reverse("cases:task", args=[household.key, note.task_id])))
    return links


def _files(note: Note, household: Household) -> list[Link]:
    papers: list[ReceivedPaper] = vars(note)["papers"]
    return [_paper_link(paper, household, is_special=note.class_now == NoteClass.SPECIAL) for paper in papers]


def _paper_link(paper: ReceivedPaper, household: Household, *, is_special: bool = False) -> Link:
    sight = household.sight
    if paper.tells_place and not sight.whereabouts:
        return Link(label=_("A paper: shielded address"))
    if (is_special or paper.is_special) and not sight.special:
        return Link(label=_("A paper of a special kind"))
    return Link(label=paper.about, url=reverse("cases:received_paper", args=[household.key, paper.pk]))


def _links(entry: JournalEntry, known: _Known) -> list[Link]:
    paper = known.papers.get(entry.subject_id) if entry.subject_kind == _PAPER else None
    return [_paper_link(paper, known.household)] if paper is not None else []


def _text(entry: JournalEntry, known: _Known) -> str:
    """What was asked for, where that is what the line tells of."""
    request = known.requests.get(entry.subject_id) if entry.subject_kind == _REQUEST else None
    if request is None:
        return ""
    return request.about if entry.act == Act.REQUEST_OPENED else request.outcome_note


def _url(entry: JournalEntry, known: _Known) -> str:
    pages = {_DECISION: "decision", _NOTE: "note"}
    if entry.subject_kind == _DOCUMENT and known.sight.whereabouts:
        return known.url("document", entry.subject_id)
    name = pages.get(entry.subject_kind)
    return known.url(name, entry.subject_id) if name else ""


def _moved(entry: JournalEntry) -> str:
    """From which state to which, where that is what was done."""
    labels = dict(CaseState.choices)
    before, after = labels.get(entry.details.get("from")), labels.get(entry.details.get("to"))
    return f"{before} → {after}." if entry.act == Act.CASE_MOVED_ON and before and after else ""
