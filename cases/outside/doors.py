"""What the product asks of those outside, and what they may answer.

Pure: standard library only. Every answer names what it is about, and is held against what was asked: a receipt of
something else is no receipt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Outside(Exception):
    """Something went wrong outside. Nobody knows whether it was received."""


class Unreachable(Outside):
    """No answer, or half of one: down, slow, cut off."""


class Garbled(Outside):
    """An answer about something else, or one that cannot be understood."""


class Refused(Exception):
    """They said no, and will say so again."""


class Progress(StrEnum):
    """How far it has come with them."""

    UNKNOWN = "unknown"
    ON_ITS_WAY = "on_its_way"
    DELIVERED = "delivered"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One letter to one person's digital mailbox. `key` is ours, the same at every attempt; no address goes with it."""

    key: str
    title: str
    name: str
    national_id: str = field(repr=False)
    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """One letter for the archive: its arkivmelding and its file."""

    key: str
    xml: bytes = field(repr=False)
    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Archived:
    """What the archive says of a deposit, with its own numbers when it has any."""

    progress: Progress
    case_id: str = ""
    record_id: str = ""


class PostDoor(Protocol):
    """Takes letters to digital mailboxes. A number is reserved first, so that no attempt can become a second letter."""

    def reserve(self) -> str:
        """A number for one letter to come. One never used does no harm.

        :raises Outside: when none came
        """

    def send(self, number: str, parcel: Parcel) -> None:
        """Hand over the letter under its number; handed over before, it is not taken again.

        :raises Outside: when nobody knows whether it was taken
        :raises Refused: when it never will be
        """

    def progress(self, number: str) -> Progress:
        """How far the letter has come; UNKNOWN when nothing was handed over under the number.

        :raises Outside: when there is no answer, or one about another number
        """


class ArchiveDoor(Protocol):
    """Takes copies to the archive, each under our own key: the same key is the same copy."""

    def deposit(self, deposit: Deposit) -> None:
        """:raises Outside: when nobody knows whether it was taken
        :raises Refused: when it never will be
        """

    def receipt(self, key: str) -> Archived:
        """What became of it; UNKNOWN when nothing came under the key.

        :raises Outside: when there is no answer, or one about another key
        """
