"""What an entry of the manifest says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DataClass(StrEnum):
    """How confidential a field is, by who may see it (docs/privacy.md).

    K5 tells where somebody is: masked when an address is confidential, and K6 with it. K6 alone tells how old somebody
    is: masked when an address is strictly confidential.
    """

    K2 = "K2"
    K3 = "K3"
    K4 = "K4"
    K5 = "K5"
    K6 = "K6"


class Given(StrEnum):
    """What the person is given of a field, and why not where it is not."""

    AS_IT_IS = "as it is"
    TEXT = "with others' names as their roles; whoever answers can take it out"
    PLACE = "unless the address is masked for the person's safety"
    TO_THE_DAY_LEFT = "unless it is a day after the person left"
    SPECIAL_IF_ALONE = "special kinds only to who lived there alone, else as another place or reason"
    IF_ALONE = "only to who lived there alone: it may be about another member"
    STAFF = "no: who at the office did it is told as unit and role"
    OTHERS = "no: it is about somebody else"
    LINK = "no: it only leads from row to row"
    SYSTEM = "no: the system's own, or told by another field"


#: The treatments by which the person is given something.
SHOWN = frozenset(
    {Given.AS_IT_IS, Given.TEXT, Given.PLACE, Given.TO_THE_DAY_LEFT, Given.SPECIAL_IF_ALONE, Given.IF_ALONE}
)


class Purpose(StrEnum):
    """What something is kept for, with the law that it rests on."""

    HELP = (
        "to give a roof tonight and help to a home: sosialtjenesteloven §§ 17, 27 and 28, boligsosialloven §§ 6 and 7; "
        "personvernforordningen article 6 (1) e, for special kinds article 9 (2) b"
    )
    DECISION = "to decide, and to show what was decided and why: forvaltningsloven §§ 11 d, 23 to 27; arkivlova § 5"
    FOLLOW_UP = "to follow each household up and know who does: sosialtjenesteloven § 42; kommuneloven § 25-1"
    PROTECTION = (
        "to let only those see who need to, and to show who did: personvernforordningen articles 5, 25 and 32; "
        "sosialtjenesteloven § 44"
    )
    RIGHTS = "to meet the person's own rights: personvernforordningen articles 12 to 18; arkivlova § 13"
    OVERSIGHT = "to be inspected: sosialtjenesteloven § 9"


class Fate(StrEnum):
    """What becomes of a row when its household is destroyed."""

    DELETED = "deleted, with its history"
    BARE = "kept without what tells who it is, for the figures"
    OWN_TIME = "not touched, as a log with a time of its own that leads to nobody any more"


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    data_class: DataClass
    given: Given

    @property
    def is_shown(self) -> bool:
        return self.given in SHOWN


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One model. `person` and `household` are the paths to each, empty where there is none.

    :param period: the two fields of a half-open period, or the one that says the day or moment; empty when it holds
        for all time. A person is given the rows that touch their time in the household.
    :param cleared: what a row kept bare loses
    """

    model: str
    title: str | Promise
    purpose: Purpose
    fate: Fate
    fields: tuple[Field, ...]
    person: str = ""
    household: str = ""
    period: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @property
    def shown(self) -> list[Field]:
        return [field for field in self.fields if field.is_shown]


def fields(*groups: tuple[DataClass, Given, str]) -> tuple[Field, ...]:
    """Fields by class and treatment, names parted by spaces."""
    return tuple(
        Field(name=name, data_class=data_class, given=given)
        for data_class, given, names in groups
        for name in names.split()
    )


#: What the package calls a field, where the model's own words would not do.
LABELS: dict[str, str | Promise] = {
    "about": _("About"),
    "granted_on": _("On the waiting list from"),
    "refused_earlier": _("Refused earlier"),
    "answer": _("Answer of the body of appeal"),
    "consequence": _("What the appeal led to"),
    "dismissed_because": _("Why the appeal was dismissed"),
    "is_granted": _("Granted"),
    "is_presumed": _("The day is presumed"),
    "is_signed": _("Signed"),
    "last_day": _("Last day to appeal"),
    "title": _("Title"),
    "asked_on": _("Asked"),
    "until": _("Until"),
    "decided_on": _("Decided on"),
    "acknowledged_on": _("Acknowledged"),
    "changed_on": _("Changed on"),
    "forwarded_on": _("Forwarded"),
    "answered_on": _("Answered on"),
    "carried_out_on": _("Carried out"),
    "dismissed_on": _("Dismissed"),
    "reached_on": _("Reached them"),
    "excuse": _("Why it was taken all the same"),
    "dated": _("Dated"),
    "ended_because": _("Why it ended before its time"),
    "notified_on": _("Notice reached the party"),
    "part": _("Part"),
    "was": _("The text before"),
    "act": _("What was done"),
    "added_at": _("Added"),
    "number": _("Number"),
    "aim": _("Home aimed at"),
    "answered_at": _("Answered"),
    "archive_case": _("Case in the archive"),
    "archive_record": _("Record in the archive"),
    "at": _("When"),
    "basis": _("Basis"),
    "born_on": _("Born"),
    "closed_on": _("Closed"),
    "closing_reason": _("Why it was closed"),
    "deadline": _("Deadline"),
    "decided_at": _("Decided"),
    "delivered_at": _("Delivered"),
    "done_at": _("Done"),
    "done_on": _("Done"),
    "due_on": _("Due"),
    "dwelling": _("Dwelling"),
    "ended_on": _("Ended"),
    "ends_on": _("To"),
    "expires_at": _("Open until"),
    "first_night": _("First night of the stay"),
    "from_unit": _("From unit"),
    "granted_at": _("Opened"),
    "handled_at": _("Handled"),
    "has_children": _("With children"),
    "home_on": _("Home from"),
    "homeless_since": _("Homeless since"),
    "id_kind": _("Kind of national id"),
    "is_held": _("The place is held"),
    "issued_at": _("Issued"),
    "json_sha256": _("Fingerprint of the JSON"),
    "kind": _("Kind"),
    "language": _("Language"),
    "lifted_at": _("Lifted"),
    "lifted_because": _("Why it was lifted"),
    "limit_on": _("Three months pass"),
    "made_at": _("Made"),
    "measure": _("Measure"),
    "municipality": _("Municipality"),
    "note_class": _("About"),
    "on": _("Day"),
    "opened_on": _("Opened on"),
    "outcome": _("Outcome"),
    "outcome_at": _("Outcome given"),
    "pdf_sha256": _("Fingerprint of the PDF"),
    "permission": _("Why it was opened"),
    "point": _("Point"),
    "protection": _("Protected address"),
    "protection_from": _("Protected from"),
    "protection_to": _("Protected to"),
    "provider": _("Provider"),
    "purpose": _("What for"),
    "reason": _("Reason"),
    "refusal": _("Why it was not sent"),
    "received_at": _("Received"),
    "received_on": _("Received"),
    "ref": _("Number"),
    "reviewed_on": _("Reviewed"),
    "role": _("Role"),
    "room": _("Room"),
    "sealed_at": _("Sealed"),
    "sent_at": _("Sent"),
    "sha256": _("Fingerprint"),
    "starts_on": _("From"),
    "state": _("State"),
    "status": _("Status"),
    "talk_on": _("Talk held on"),
    "to_unit": _("To unit"),
    "told_at": _("Given by word of mouth"),
    "unit": _("Unit"),
    "unit_id": _("Unit"),
    "check_number": _("Check"),
    "since": _("Since"),
    "withdrawn_on": _("Taken back"),
    "proposed_dwelling": _("Dwelling proposed"),
    "put_at": _("Put on the agenda"),
    "verdict": _("Found"),
    "what": _("What"),
    "with_unit": _("With unit"),
}
