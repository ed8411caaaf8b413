"""Those outside as a folder on this machine, for development and the demo: everything that is handed over lies there.

They take each letter once, and what was handed over has reached its receiver the next time somebody asks.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

from cases.outside.doors import Archived, Deposit, Parcel, Progress, Refused

_NUMBER = re.compile(r"[0-9a-f-]{36}")


class PostFolder:
    def __init__(self, folder: str) -> None:
        self._folder = Path(folder, "post")

    def reserve(self) -> str:
        return str(uuid4())

    def send(self, number: str, parcel: Parcel) -> None:
        _put(self._folder, number, parcel.content, {"eksternReferanse": parcel.key, "tittel": parcel.title})

    def progress(self, number: str) -> Progress:
        return Progress.DELIVERED if _file(self._folder, number, "json").exists() else Progress.UNKNOWN


class ArchiveFolder:
    def __init__(self, folder: str) -> None:
        self._folder = Path(folder, "archive")

    def deposit(self, deposit: Deposit) -> None:
        taken = list(self._folder.glob("*.json"))
        _file(self._folder, deposit.key, "xml").write_bytes(deposit.xml)
        _put(self._folder, deposit.key, deposit.content, {"journalpost": f"{len(taken) + 1}"})

    def receipt(self, key: str) -> Archived:
        file = _file(self._folder, key, "json")
        if not file.exists():
            return Archived(progress=Progress.UNKNOWN)
        record = json.loads(file.read_text(encoding="utf-8"))["journalpost"]
        return Archived(progress=Progress.DELIVERED, case_id="1", record_id=record)


def _put(folder: Path, name: str, content: bytes, told: dict[str, str]) -> None:
    """The description last: what has one is whole. The first of several stays."""
    description = _file(folder, name, "json")
    if not description.exists():
        _file(folder, name, "pdf").write_bytes(content)
        draft = _file(folder, name, "draft")
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(description)


def _file(folder: Path, name: str, kind: str) -> Path:
    if not _NUMBER.fullmatch(name):
        raise Refused("no such number")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.{kind}"
