"""Everything kept on a person in one household, by the manifest, with what is others' left out.

The person is given what touches their time as a member. What they are not given is not mentioned row by row: that there
is something could tell as much as what it says. The letter says in general what is left out, and by which law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Field, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases.manifest import MANIFEST, Entry, Given
from cases.manifest import Field as Kept
from cases.manifest.shapes import LABELS
from cases.models import (
    SPECIAL_AREAS,
    ClosingReason,
    LostHomeReason,
    MappedArea,
    NeedReason,
    Note,
    NoteClass,
    NoteCorrection,
    ReceivedPaper,
)
from cases.questions.others_in_text import Redactor
from cases.timeline import TELLING_OF_PLACES
from housing.masking import SPECIAL_KINDS
from housing.models import OPEN, Absence, Ban, Residence, SpellState
from people import wording
from people.journal import Act
from people.models import GrantKind, Household, Member, MemberRole, Person, Reading, Role, SpecialNote, Unit
from people.models.reading import PURPOSES

READINGS = "people.Reading"
#: Codes that may tell of one member only: who did not live there alone is given none.
_SPECIAL = {
    *SPECIAL_KINDS,
    SpellState.INSTITUTION,
    LostHomeReason.VIOLENCE,
    LostHomeReason.BREAK_UP,
    LostHomeReason.RELEASE,
    NeedReason.VIOLENCE,
    NeedReason.BREAK_UP,
    ClosingReason.DECEASED,
}
#: Acts of the journal that are about one member, or about who parted from whom.
_ABOUT_A_MEMBER = ("member", "person", "household", "seal", "disqualification", "alert", "representative")
_DATES = (date, datetime)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One value. `plain` is for machines, `words` for people; `text_id` names a free text that can be taken out."""

    name: str
    label: str
    plain: str | int | bool | None
    words: str
    text_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    model: str
    title: str
    rows: list[list[Cell]]


@dataclass(frozen=True, kw_only=True)
class ReadBy:
    """Readings of a day by one role at one unit, for one purpose; nobody is named."""

    day: date
    role: str
    unit: str
    what: str
    purpose: str
    times: int


@dataclass(frozen=True, kw_only=True)
class Package:
    person: Person
    sections: list[Section]
    read_by: list[ReadBy]

    @property
    def texts(self) -> Iterator[tuple[Section, Cell]]:
        """The free texts, which whoever answers reads through."""
        for section in self.sections:
            for row in section.rows:
                yield from ((section, cell) for cell in row if cell.text_id)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Whose data is asked for, and what follows from when they were a member and with whom."""

    person: Person
    household: Household
    #: half-open; None while it lasts
    periods: list[tuple[date, date | None]]
    is_alone: bool
    tells_places: bool
    redact: Redactor
    withheld: frozenset[str] = field(default_factory=frozenset)

    def has_left_by(self, day: date) -> bool:
        return all(ends_on is not None and ends_on <= day for _starts_on, ends_on in self.periods)


def package_of(
    person: Person, households: Sequence[Household], *, tells_places: bool, withheld: frozenset[str] = frozenset()
) -> Package:
    """What the person is given of these households, in the language that is active.

    :param tells_places: False where the address is masked for whoever makes it: then the package names no place
    :param withheld: the ids of texts that whoever answers has taken out
    """
    asked = [_asked(person, household, tells_places=tells_places, withheld=withheld) for household in households]
    sections = [_section(entry, asked) for entry in MANIFEST if entry.model != READINGS and entry.shown]
    return Package(
        person=person,
        sections=[section for section in sections if section.rows],
        read_by=[line for one in asked for line in _read_by(one)],
    )


def _asked(person: Person, household: Household, **rest: Any) -> _Asked:
    members = list(Member.objects.filter(household=household).select_related("person").order_by("starts_on", "pk"))
    own = [(member.starts_on, member.ends_on) for member in members if member.person_id == person.pk]
    others = [member for member in members if member.person_id != person.pk]
    touching = [member for member in others if any(_overlap((member.starts_on, member.ends_on), one) for one in own)]
    return _Asked(
        person=person,
        household=household,
        periods=own,
        is_alone=not touching,
        redact=Redactor(
            _names(others, household, person),
            whole=_staff(household),
            own=person.name,
            own_number=person.national_id,
            a_number=_("a number"),
        ),
        **rest,
    )


def _names(others: list[Member], household: Household, person: Person) -> dict[str, str]:
    """Names that must not stand in a text: of all whom the person has lived with or been parted from."""
    names = {member.person.name: str(MemberRole(member.role).label).lower() for member in others}
    known = Q(household__members__person=person) | Q(household__split_from=household) | Q(household__parts=household)
    for name in Member.objects.filter(known).values_list("person__name", flat=True).distinct():
        names.setdefault(name, _("another person"))
    return {name: role for name, role in names.items() if name and name != person.name}


def _staff(household: Household) -> dict[str, str]:
    units = Unit.objects.filter(pk__in=household.responsibilities.values("unit"))
    names = units.values_list("role_grants__employee__name", flat=True).distinct()
    return dict.fromkeys((name for name in names if name), _("an employee"))


def _section(entry: Entry, asked: list[_Asked]) -> Section:
    of_each = asked if entry.household else asked[:1]
    rows = [_row(entry, row, one) for one in of_each for row in _rows(entry, one)]
    return Section(model=entry.model, title=str(entry.title), rows=[row for row in rows if row])


def _rows(entry: Entry, asked: _Asked) -> QuerySet[Any]:
    model: Any = apps.get_model(entry.model)
    wanted = Q()
    if entry.person:
        wanted &= Q(**{entry.person: asked.person.pk}) | _of_the_household(entry, asked)
    if entry.household:
        wanted &= Q(**{entry.household: asked.household.pk}) | (_unplaced(entry) if entry.person else Q(pk__in=[]))
    rows: QuerySet[Any] = model._default_manager.filter(wanted, _within(entry, asked), ~_kept_back(model, asked))
    related = [f.name for f in model._meta.concrete_fields if f.is_relation and _is_shown(entry, f.name)]
    return rows.select_related(*related).order_by(*entry.period[:1], "pk")


def _of_the_household(entry: Entry, asked: _Asked) -> Q:
    """Rows that name nobody are about the household; those of a special class are given to who lived there alone."""
    model: Any = apps.get_model(entry.model)
    *steps, last = entry.person.split("__")
    owner = model
    for step in steps:
        owner = owner._meta.get_field(step).related_model
    names = {field.name for field in owner._meta.concrete_fields if field.null}
    if last not in names or not entry.household or (model is SpecialNote and not asked.is_alone):
        return Q(pk__in=[])
    special = Q(area__in=SPECIAL_AREAS) if model is MappedArea and not asked.is_alone else Q(pk__in=[])
    return Q(**{f"{entry.person}__isnull": True, entry.household: asked.household.pk}) & ~special


def _kept_back(model: type[Model], asked: _Asked) -> Q:
    """Notes that the person is not given, with what hangs on them: forvaltningsloven sections 18 a and 19.

    Working documents of the office's own; those about another member; special ones about all, but to who lived alone.
    """
    ways = {Note: "pk", NoteCorrection: "note", ReceivedPaper: "note"}
    if model not in ways:
        return Q(pk__in=[])
    of_another = Q(person__isnull=False) & ~Q(person=asked.person.pk)
    special_of_all = Q(class_now=NoteClass.SPECIAL, person__isnull=True) if not asked.is_alone else Q(pk__in=[])
    notes = Note.objects.classed().filter(household=asked.household)
    kept = notes.filter(Q(class_now=NoteClass.INTERNAL) | of_another | special_of_all)
    return Q(**{f"{ways[model]}__in": kept.values("pk")})


def _unplaced(entry: Entry) -> Q:
    """Rows on the person that name no household."""
    if "__" in entry.household:
        return Q(pk__in=[])
    named = apps.get_model(entry.model)._meta.get_field(entry.household)
    return Q(**{f"{entry.household}__isnull": True}) if named.null else Q(pk__in=[])


def _is_shown(entry: Entry, name: str) -> bool:
    return any(field.name == name for field in entry.shown)


def _within(entry: Entry, asked: _Asked) -> Q:
    """Rows that touch the person's time as a member."""
    if not entry.period:
        return Q()
    found = Q(pk__in=[])
    for starts_on, ends_on in asked.periods:
        found |= _touches(entry, starts_on, ends_on)
    return found


def _touches(entry: Entry, starts_on: date, ends_on: date | None) -> Q:
    begins, day = entry.period[0], "" if _is_date(entry) else "__date"
    before = Q(**{f"{begins}{day}__lt": ends_on}) if ends_on else Q()
    if len(entry.period) == 1:
        return before & Q(**{f"{begins}{day}__gte": starts_on})
    until = entry.period[1]
    return before & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": starts_on}))


def _is_date(entry: Entry) -> bool:
    model: Any = apps.get_model(entry.model)
    *path, last = entry.period[0].split("__")
    for step in path:
        model = model._meta.get_field(step).related_model
    return bool(model._meta.get_field(last).get_internal_type() == "DateField")


def _row(entry: Entry, row: Any, asked: _Asked) -> list[Cell]:
    is_special = _is_special(entry, row, asked)
    cells = (_cell(entry, kept, row, asked, is_special=is_special) for kept in entry.shown)
    return [cell for cell in cells if cell is not None]


def _is_special(entry: Entry, row: Any, asked: _Asked) -> bool:
    """Whether a code of the row may tell of another member."""
    codes = (getattr(row, kept.name) for kept in entry.shown if kept.given is Given.SPECIAL_IF_ALONE)
    return not asked.is_alone and any(code in _SPECIAL for code in codes)


def _cell(entry: Entry, kept: Kept, row: Any, asked: _Asked, *, is_special: bool) -> Cell | None:
    value = getattr(row, kept.name)
    text_id = f"{entry.model}.{kept.name}:{row.pk}" if kept.given is Given.TEXT else ""
    if value in (None, "", OPEN) or _is_left_out(kept, row, asked, is_special=is_special) or text_id in asked.withheld:
        return None
    model_field = row._meta.get_field(kept.name)
    label = capfirst(str(LABELS.get(kept.name) or model_field.verbose_name))
    if text_id:
        text = asked.redact(str(value))
        return Cell(name=kept.name, label=label, plain=text, words=text, text_id=text_id)
    if is_special and kept.given is Given.SPECIAL_IF_ALONE:
        return Cell(name=kept.name, label=label, plain="other", words=_("other"))
    return Cell(name=kept.name, label=label, plain=_plain(value), words=_words(row, model_field, value))


def _is_left_out(kept: Kept, row: Any, asked: _Asked, *, is_special: bool) -> bool:
    if not asked.tells_places and _may_name_a_place(kept, row):
        return True
    match kept.given:
        case Given.PLACE:
            return is_special
        case Given.IF_ALONE:
            return not asked.is_alone
        case Given.TO_THE_DAY_LEFT:
            day = getattr(row, kept.name)
            return isinstance(day, date) and _is_after(day, asked)
        case Given.TEXT:
            return not asked.is_alone and getattr(row, "subject_kind", "") in _ABOUT_A_MEMBER
    return False


def _may_name_a_place(kept: Kept, row: Any) -> bool:
    """Whether it is a place, or somebody's words of something that is about one."""
    is_in_words = kept.given is Given.TEXT or (kept.given is Given.IF_ALONE and isinstance(row, Absence | Ban))
    of = row.note if isinstance(row, NoteCorrection) else row
    is_of_place = getattr(of, "tells_place", False) or isinstance(row, Absence | Ban | Residence)
    is_of_move = str(getattr(row, "act", "")).startswith(TELLING_OF_PLACES)
    return kept.given is Given.PLACE or (is_in_words and (is_of_place or is_of_move))


def _is_after(day: date, asked: _Asked) -> bool:
    """Whether a day or moment is one after the person left for good."""
    on = localdate(day) if isinstance(day, datetime) else day
    last = max((ends_on or date.max for _starts_on, ends_on in asked.periods), default=date.max)
    return on > last


def _plain(value: Any) -> str | int | bool | None:
    """Dates in ISO form, codes as they are stored, rows by their name."""
    if isinstance(value, bool | int | None):
        return value
    return value.isoformat() if isinstance(value, _DATES) else str(value)


def _words(row: Any, model_field: Field[Any, Any], value: Any) -> str:
    if model_field.name == "permission":
        return str(GrantKind(value.codename).label)
    if model_field.name == "act":
        return str(Act(value).label) if value in Act.values else str(value)
    if model_field.choices:
        return str(row._get_FIELD_display(model_field))
    return _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return wording.moment(value)
    return wording.day(value) if isinstance(value, date) else str(value)


def _read_by(asked: _Asked) -> list[ReadBy]:
    """Who has seen the household while the person was in it, or the person by name; refusals showed nothing."""
    [entry] = [entry for entry in MANIFEST if entry.model == READINGS]
    about = (Q(household_id=asked.household.pk) & _within(entry, asked)) | Q(person_id=asked.person.pk)
    lines = (
        Reading.objects.filter(about, is_refused=False)
        .values("at__date", "role", "unit_id", "what", "purpose")
        .annotate(times=Count("pk"))
        .order_by("at__date", "role", "unit_id", "what", "purpose")
    )
    units = dict(Unit.objects.values_list("pk", "name")) if asked.tells_places else {}
    whats = dict(Reading._meta.get_field("what").flatchoices)
    labels: dict[str, str | Promise] = {purpose.value: label for purpose, label in PURPOSES.items()}
    return [
        ReadBy(
            day=line["at__date"],
            role=str(Role(line["role"]).label) if line["role"] in Role.values else "",
            unit=units.get(line["unit_id"] or 0, ""),
            what=str(whats.get(line["what"], line["what"])),
            purpose=str(labels.get(line["purpose"], line["purpose"])),
            times=line["times"],
        )
        for line in lines
    ]


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return one[0] < (other[1] or date.max) and other[0] < (one[1] or date.max)
