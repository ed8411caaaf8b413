"""The boundary to what lies outside: who takes letters to people (SvarUt) and copies to the archive (Fiks Arkiv).

The product knows the two protocols of `doors` alone. Which adapter stands behind each, settings say.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from cases.outside.doors import ArchiveDoor, PostDoor

ADAPTERS = {
    ("post", "svarut"): "cases.outside.svarut.SvarUt",
    ("post", "folder"): "cases.outside.folder.PostFolder",
    ("archive", "fiks_arkiv"): "cases.outside.fiks_arkiv.FiksArkiv",
    ("archive", "folder"): "cases.outside.folder.ArchiveFolder",
}


def post() -> PostDoor | None:
    """Who takes letters to digital mailboxes; None where nobody does: then letters go on paper."""
    found: PostDoor | None = _chosen("post")
    return found


def archive() -> ArchiveDoor | None:
    """Who takes copies to the archive; None where nobody does yet: then they wait."""
    found: ArchiveDoor | None = _chosen("archive")
    return found


def _chosen(door: str) -> Any:
    told = dict(settings.VARIG_OUTSIDE.get(door) or {})
    adapter = ADAPTERS.get((door, told.pop("adapter", "")))
    return import_string(adapter)(**told) if adapter else None
