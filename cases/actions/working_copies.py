"""Saying what a sentence of a decision's reason rests on, and printing the working copy, which is never sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.documents import reference_of
from cases.letters import LETTER_LANGUAGES, CopiedPart, CopiedSentence, Letterhead, WorkingCopy
from cases.models import Decision, ReasonSource
from cases.questions.working_copy import facts_of, parts_of, working_copy
from cases.reasons import fingerprint, sentences
from people.access import locked_household
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotTrace(Refusal):
    """The sentence is not there any more, or the source is none of the case's."""


@act
def set_sources(
    *,
    decision_id: int,
    part: str,
    number: int,
    keys: Collection[str],
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> list[ReasonSource]:
    """Say what the sentence with that number, from 0, of a part rests on; what was said before gives way.

    Also of an issued decision: the text is untouched. The journal does not tell of it; the row's history does.

    :param keys: `kind:ref` of facts of the case
    :raises CannotTrace: when the sentence is not there, or a key is none of the case's facts
    """
    found = Decision.objects.filter(pk=decision_id).first()
    if found is None:
        raise Http404
    household = locked_household(
        by, Permission.CHANGE_HOUSEHOLD, household_id=found.household_id, at=at, version=version
    )
    found.household = household
    text = {name: told for name, _label, told in parts_of(found)}.get(part, "")
    told = sentences(text)
    if not 0 <= number < len(told):
        raise CannotTrace(_("The text has changed since: open the working copy again."))
    known = {fact.key: fact for fact in facts_of(found, on=localdate(at))}
    if set(keys) - set(known):
        raise CannotTrace(_("Choose among the facts of the case."), field="sources")
    mark = fingerprint(told[number])
    rows = ReasonSource.objects.filter(decision=found, part=part, sentence=mark)
    rows.delete()
    return [
        ReasonSource.objects.create(
            decision=found, part=part, sentence=mark, kind=known[key].kind, ref=known[key].ref, by=by, at=at
        )
        for key in dict.fromkeys(keys)
    ]


def printed_copy(decision: Decision, *, language: str, by: Employee, at: datetime) -> WorkingCopy:
    """The working copy to be printed, in the language of whoever asks. Nothing is kept."""
    unit = decision.unit
    return WorkingCopy(
        language=language if language in LETTER_LANGUAGES else LETTER_LANGUAGES[0],
        reference=reference_of(decision),
        sender=Letterhead(unit=unit.name, municipality=unit.municipality.name),
        issued_on=localdate(at),
        recipient=by.name,
        kind=decision.kind,
        is_draft=True,
        parts=tuple(
            CopiedPart(
                part.label,
                part.paragraph,
                tuple(
                    CopiedSentence(each.text, tuple(fact.label for fact in each.facts), each.is_chosen)
                    for each in part.sentences
                ),
            )
            for part in working_copy(decision, on=localdate(at))
        ),
    )
