"""Where a household stands, from dated facts about tonight (tilstand). Pure: standard library only."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from housing.states import HOMELESS_KINDS, Kind


class Standing(StrEnum):
    """The states of a case, by the codes it stores."""

    REGISTERED = "registered"
    HOMELESS = "homeless"
    AT_RISK = "at_risk"
    UNSUITABLE = "unsuitable"
    TEMPORARY = "temporary"
    SETTLED = "settled"
    ELSEWHERE = "elsewhere"
    CLOSED = "closed"


#: Needs in the order in which they decide.
_NEEDS = (Standing.AT_RISK, Standing.UNSUITABLE)


def state_of(
    *, is_closed: bool, tonight: str | None, is_permanent: bool, needs: Collection[str], has_lived: bool
) -> Standing:
    """The first that holds of a case's states.

    :param tonight: the kind of the residence whose night of the day this is; None when none is known
    :param is_permanent: whether that residence is a permanent home
    :param needs: the kinds of need open that day
    :param has_lived: whether the household has had a residence that began before the day
    """
    if is_closed:
        return Standing.CLOSED
    if tonight == Kind.TEMPORARY:
        return Standing.TEMPORARY
    if tonight in HOMELESS_KINDS:
        return Standing.HOMELESS
    for need in _NEEDS:
        if need in needs:
            return need
    if tonight is not None and is_permanent:
        return Standing.SETTLED
    return Standing.ELSEWHERE if tonight is not None or has_lived else Standing.REGISTERED
