"""Who a letter goes to, as issuing and sending ask: those who must get it, or a refusal that says what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.models import Decision
from cases.questions.recipients import addressed_on, hindrance_in_words, must_get_it
from cases.recipients import Addressed, Recipient
from people.models import Household
from people.refusals import Refusal


class CannotAddress(Refusal):
    """The letter cannot leave: a party is dead, or somebody who must get it is missing."""


def recipients_of(household: Household, decision: Decision | None = None, *, on: date) -> list[Recipient]:
    """Everybody who must get a letter about the household, or about a decision, that leaves on a day.

    :raises CannotAddress: with a sentence for the first thing that stops it
    """
    found = addressed_on(household, on=on, kind=decision.kind if decision else "")
    for hindrance in found.hindrances:
        raise CannotAddress(hindrance_in_words(hindrance))
    return list(found.recipients)


def require_everybody(
    found: Addressed | Sequence[Recipient], *, given: Collection[str], confirmed: Collection[str] = ()
) -> None:
    """Stop a letter that would leave without somebody who must get it, or with somebody nobody has confirmed.

    :param given: the keys of those it goes to
    :param confirmed: the keys of those that somebody has confirmed for this letter, where the party is shielded
    :raises CannotAddress: naming the one left out
    """
    recipients = found.recipients if isinstance(found, Addressed) else found
    for one in recipients:
        if one.key not in given:
            raise CannotAddress(must_get_it(one.standing))
        if one.needs_confirmation and one.key not in confirmed:
            sentence = _("The address is protected: confirm that %(name)s may have this letter.")
            raise CannotAddress(sentence % {"name": one.name})
