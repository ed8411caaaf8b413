"""The seal of a report: the bytes that it is, and whether they still are what was locked. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What is locked: contents of JSON's own kinds, and the references behind each figure by its key."""

    content: dict[str, Any]
    lists: Mapping[str, list[str]] = field(default_factory=dict)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The same bytes for the same contents: keys in order, nothing between, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    return sha256(canonical(content)).hexdigest()


def digest_of_list(refs: Iterable[str]) -> str:
    """Of the references by code point, one a line."""
    return sha256("".join(f"{ref}\n" for ref in sorted(refs)).encode()).hexdigest()


def with_digests(sealed: Sealed) -> dict[str, Any]:
    """The contents with the digest of every list: nobody can change a list and leave the contents' digest."""
    return {**sealed.content, "lists": {key: digest_of_list(refs) for key, refs in sorted(sealed.lists.items())}}


def is_intact(content: Mapping[str, Any], digest: str, lists: Mapping[str, list[str]]) -> bool:
    """Whether contents and lists are those that the digest was made of."""
    told = {key: digest_of_list(refs) for key, refs in lists.items()}
    return digest_of(content) == digest and content.get("lists", {}) == told
