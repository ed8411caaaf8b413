"""The sentences of who comes first, what suits whom, and what is proposed (ordlyd)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.allotment import WAITED, Line, Priority
from cases.matching import Reason, Weight, Why
from cases.models import SPECIAL_CRITERIA, Criterion
from cases.proposal import Because, Said
from people.decision import Sight

_WHY: dict[Why, str | Promise] = {
    Why.TOO_FEW_ROOMS: gettext_lazy("Has %(has)s rooms; %(needed)s are needed."),
    Why.TOO_SMALL: gettext_lazy("Is %(has)s square metres; %(needed)s are needed."),
    Why.NOT_ACCESSIBLE: gettext_lazy("Is not accessible by wheelchair."),
    Why.TOO_HIGH: gettext_lazy("Is on floor %(has)s without a lift; floor %(needed)s is the highest."),
    Why.NOT_FOR_CHILDREN: gettext_lazy("Is not approved for children."),
    Why.NO_PETS: gettext_lazy("Does not allow pets."),
    Why.TOO_LITTLE_STAFF: gettext_lazy("Has less staff than is needed."),
    Why.NOT_A_SMALL_HOUSE: gettext_lazy("Is no small house."),
    Why.COLOCATED: gettext_lazy("Lies together with others in the same situation."),
    Why.TOO_DEAR: gettext_lazy("Costs %(has)s kroner a month; %(needed)s is the most they can pay."),
    Why.LARGER_THAN_NEEDED: gettext_lazy("Has %(has)s rooms, more than needed."),
    Why.FOR_OTHERS: gettext_lazy("Is meant for another group."),
    Why.ELSEWHERE: gettext_lazy("Is not where they wish to live."),
    Why.UNKNOWN_ROOMS: gettext_lazy("How many rooms it has is not registered."),
    Why.UNKNOWN_ACCESS: gettext_lazy("Whether it is accessible is not registered."),
    Why.UNKNOWN_FLOOR: gettext_lazy("Which floor it is on is not registered."),
    Why.UNKNOWN_RENT: gettext_lazy("What it costs is not registered."),
    Why.TAKES_AN_ACCESSIBLE_ONE: gettext_lazy("Is accessible, which they do not need and others do."),
    Why.ROOMS_ENOUGH: gettext_lazy("Has %(has)s rooms; %(needed)s are needed."),
    Why.ACCESSIBLE: gettext_lazy("Is accessible by wheelchair."),
    Why.STAFFED: gettext_lazy("Has the staff that is needed."),
    Why.MEANT_FOR: gettext_lazy("Is meant for their group."),
    Why.AS_WISHED: gettext_lazy("Is where they wish to live."),
    Why.RENT_WITHIN: gettext_lazy("Costs %(has)s kroner a month, within what they can pay."),
    Why.SMALL_HOUSE: gettext_lazy("Is a small house."),
    Why.APPROVED_FOR_CHILDREN: gettext_lazy("Is approved for children."),
}
#: What would have made a stop none.
_CHANGE: dict[Why, str | Promise] = {
    Why.TOO_FEW_ROOMS: gettext_lazy("A need of %(has)s rooms, or a dwelling with %(needed)s."),
    Why.TOO_SMALL: gettext_lazy("A need of %(has)s square metres, or a dwelling with %(needed)s."),
    Why.NOT_ACCESSIBLE: gettext_lazy("A dwelling that is accessible, or adapted to be."),
    Why.TOO_HIGH: gettext_lazy("A lift, or a dwelling on floor %(needed)s at the highest."),
    Why.NOT_FOR_CHILDREN: gettext_lazy("That the dwelling is approved for children."),
    Why.NO_PETS: gettext_lazy("A dwelling that allows pets, or no pets."),
    Why.TOO_LITTLE_STAFF: gettext_lazy("A dwelling with more staff, or a need of less."),
    Why.NOT_A_SMALL_HOUSE: gettext_lazy("A small house, or no need of one."),
    Why.COLOCATED: gettext_lazy("A dwelling that stands by itself, or that living together is no hindrance."),
}
_SAID: dict[Because, str | Promise] = {
    Because.FIRST_ON_LIST: gettext_lazy("First on the waiting list."),
    Because.NOBODY_BEFORE: gettext_lazy("It suits nobody before them on the list."),
    Because.DECIDED: gettext_lazy("You have chosen this."),
    Because.NOTHING_SUITS: gettext_lazy("No vacant dwelling suits."),
}


def reason_in_words(reason: Reason) -> str:
    """What speaks for or against a dwelling."""
    return str(_WHY[reason.why]) % _numbers(reason)


def change_in_words(reason: Reason) -> str:
    """What would have made a stop none."""
    return str(_CHANGE[reason.why]) % _numbers(reason)


def grouped_in_words(reasons: Iterable[Reason]) -> dict[str, list[str]]:
    """Sentences by what they do: `stops`, `against` and `for`."""
    found: dict[str, list[str]] = {"stops": [], "against": [], "for_it": []}
    keys = {Weight.STOPS: "stops", Weight.AGAINST: "against", Weight.FOR: "for_it"}
    for reason in reasons:
        found[keys[reason.weight]].append(reason_in_words(reason))
    return found


def priority_in_words(priority: Priority, *, has_rules: bool = True) -> str:
    """Points, group, or that the date alone decides."""
    if not has_rules:
        return _("By date")
    if not priority.by_groups:
        return ngettext("%(n)s point", "%(n)s points", priority.value) % {"n": priority.value}
    return _("Group %(n)s") % {"n": priority.value} if priority.has_group else _("No group")


def lines_in_words(priority: Priority, sight: Sight) -> list[tuple[str, str]]:
    """Each criterion that counts and what it gives; what only those on the case may know is not named."""
    return [(_criterion(line, sight), _gives(line, by_groups=priority.by_groups)) for line in priority.lines]


def said_in_words(said: Said, names: dict[int, str]) -> str:
    """One reason of a proposal's line; `names` of those who wait by their number."""
    if said.because in _SAID:
        return str(_SAID[said.because])
    other = names.get(said.other or 0, "")
    words = {"n": said.number, "name": other}
    if said.because is Because.FREES_A_HOME:
        return _("Frees a dwelling for %(name)s.") % words if other else _("Frees a dwelling.")
    return _counted(said, words)


def _counted(said: Said, words: dict[str, object]) -> str:
    sentences = {
        Because.SAVES_NIGHTS: ngettext(
            "Saves %(n)s night over three months.", "Saves %(n)s nights over three months.", said.number
        ),
        Because.STAYS_WITHIN: ngettext(
            "Ends the stay with no more nights over three months: saves %(n)s.",
            "Ends the stay with no more nights over three months: saves %(n)s.",
            said.number,
        ),
        Because.MORE_AT_STAKE: ngettext(
            "Passes %(n)s before them on the list who gets nothing: more nights are at stake here.",
            "Passes %(n)s before them on the list who get nothing: more nights are at stake here.",
            said.number,
        ),
        Because.OTHERS_ELSEWHERE: ngettext(
            "%(n)s before them whom it would suit gets another dwelling.",
            "%(n)s before them whom it would suit get other dwellings.",
            said.number,
        ),
        Because.MORE_GET_HOMES: ngettext(
            "Passes %(n)s before them on the list, so that more in all get a home, or homes fit better.",
            "Passes %(n)s before them on the list, so that more in all get a home, or homes fit better.",
            said.number,
        ),
        Because.OTHERS_GET_HOMES: ngettext(
            "The %(n)s that would suit goes to others, so that more in all get a home, or homes fit better.",
            "The %(n)s that would suit go to others, so that more in all get a home, or homes fit better.",
            said.number,
        ),
        Because.FREED_BY: _("Becomes free when %(name)s moves."),
        Because.LESS_AT_STAKE: ngettext(
            "The %(n)s that would suit goes where more nights over three months are at stake.",
            "The %(n)s that would suit go where more nights over three months are at stake.",
            said.number,
        ),
        Because.FURTHER_DOWN: ngettext(
            "The %(n)s that would suit goes to somebody further up the list.",
            "The %(n)s that would suit go to others further up the list.",
            said.number,
        ),
    }
    return sentences[said.because] % words


def _criterion(line: Line, sight: Sight) -> str:
    code = Criterion(line.code)
    if code in SPECIAL_CRITERIA and not sight.special:
        return _("A criterion that those on the case see")
    if code == WAITED:
        return ngettext("%(n)s month waited", "%(n)s months waited", line.times) % {"n": line.times}
    return str(code.label)


def _gives(line: Line, *, by_groups: bool) -> str:
    if by_groups:
        return _("Group %(n)s") % {"n": line.number}
    if line.times > 1:
        return f"{line.times} × {line.number} = {line.total}"  # noqa: RUF001
    return str(line.total)


def _numbers(reason: Reason) -> dict[str, object]:
    return {"needed": reason.needed, "has": reason.has}
