"""Words that tell where somebody lives, found in a text. Pure: standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: shorter names are common words of a text
_SHORTEST = 4
#: what a street's name ends in, before the number
_NUMBER_OF_A_HOUSE = re.compile(r"\s+\d+\s*[A-Za-z]?$")


def locating(texts: Iterable[str], words: Iterable[str]) -> list[str]:
    """Those of the words that stand whole in any of the texts, in the order given, upper case or lower.

    An address is found by its street too, without the number and what follows a comma.
    """
    said = "\n".join(texts).casefold()
    return [word for word in dict.fromkeys(words) if any(_stands(form, said) for form in _forms(word))]


def _forms(word: str) -> set[str]:
    first, _comma, _rest = word.partition(",")
    forms = {word.strip(), first.strip(), _NUMBER_OF_A_HOUSE.sub("", first.strip())}
    return {form.casefold() for form in forms if len(form) >= _SHORTEST}


def _stands(form: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}s?(?!\w)", said) is not None
