"""A municipality's own texts: the fields that they may use, and filling them in. Nothing of a text is ever run.

No Django: a field is looked up in a closed list and replaced by its value, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cases.letters import wording

_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True)
class Faults:
    """What is wrong with a text: fields that are not known, and braces that belong to no field."""

    unknown: tuple[str, ...]
    has_stray_braces: bool

    def __bool__(self) -> bool:
        return bool(self.unknown) or self.has_stray_braces


def field_names(language: str) -> dict[str, str]:
    """What each field is called in a text of that language, with the code of what it stands for."""
    return dict(wording.texts(language, "fields")["fields"])


def faults_of(text: str, language: str) -> Faults:
    known = field_names(language)
    used = [name.strip() for name in _FIELD.findall(text)]
    unknown = tuple(dict.fromkeys(name for name in used if name not in known))
    return Faults(unknown=unknown, has_stray_braces=bool(_LEFT_OVER.search(_FIELD.sub("", text))))


def filled(text: str, language: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; a value's own braces stay as they are. An unknown field stays too."""
    known = field_names(language)

    def value_of(found: re.Match[str]) -> str:
        code = known.get(found[1].strip())
        return found[0] if code is None else values.get(code, "")

    return _FIELD.sub(value_of, text)
