from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cases.letters.contents.frame import Letter


@dataclass(frozen=True)
class CopiedSentence:
    """A sentence with what it rests on; `is_chosen` when somebody has said so, else it is proposed."""

    text: str
    sources: tuple[str, ...]
    is_chosen: bool


@dataclass(frozen=True)
class CopiedPart:
    title: str
    paragraph: str
    sentences: tuple[CopiedSentence, ...]


@dataclass(frozen=True, kw_only=True)
class WorkingCopy(Letter):
    """The reason of a decision for the caseworker's own use (arbeidskopi). Every page says that it is not sent."""

    template: ClassVar[str] = "working_copy.html"
    draft_word: ClassVar[str] = "working_copy"

    kind: str
    parts: tuple[CopiedPart, ...]
