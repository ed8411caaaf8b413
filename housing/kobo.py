"""A dwelling as Husbanken's Kobo tells it, and back (docs/kobo.md). Pure: standard library only.

Field names and codes stand in kobo.toml, so that a municipality can put them right without us.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_TOLD = tomllib.loads((Path(__file__).parent / "kobo.toml").read_text(encoding="utf-8"))
FIELDS: dict[str, str] = _TOLD["fields"]
EARLIER: dict[str, str] = _TOLD["earlier"]
INSIDE: dict[str, str] = _TOLD["inside"]
CODES: dict[str, dict[str, str]] = _TOLD["codes"]
#: Fields of who lives there: neither read nor written.
LEFT_ALONE = frozenset(_TOLD["left_alone"]["names"])

SHARED = "shared_house_room"
_WHOLE_NUMBERS = ("area_m2", "bedrooms", "floor", "rent_a_month")
_TEXTS = ("kobo_ref", "property_ref", "number", "address")


class CannotReadKobo(ValueError):
    """What Kobo says of a dwelling cannot be read; the message names the field and what is allowed."""


def to_kobo(facts: Mapping[str, Any]) -> dict[str, Any]:
    """A dwelling as Kobo takes it: `facts` by our names, what is empty or not known left out."""
    known = {name: value for name, value in facts.items() if name in FIELDS and value not in (None, "", [])}
    if known.get("type"):
        known["is_shared"] = known["type"] == SHARED
    return {FIELDS[name]: _told(name, value) for name, value in known.items()}


def from_kobo(message: Mapping[str, Any]) -> dict[str, Any]:
    """What Kobo says of a dwelling, by our names: only the fields that it tells.

    :raises CannotReadKobo: for a code that we do not know, or a value of another kind
    """
    return dict(_facts(message))


def _facts(message: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, field in FIELDS.items():
        told = field if field in message else EARLIER.get(name, field)
        if message.get(told) is None or name == "is_shared":
            continue
        yield name, _read(name, told, message[told])
    if message.get(FIELDS["is_shared"]) is True and FIELDS["type"] not in message:
        yield "type", SHARED


def _told(name: str, value: Any) -> Any:
    if name in INSIDE:
        return {INSIDE[name]: value}
    codes = CODES.get(name)
    if codes is None:
        return value
    return [codes[one] for one in value] if isinstance(value, list) else codes[value]


def _read(name: str, field: str, value: Any) -> Any:
    if name in INSIDE:
        if not isinstance(value, Mapping) or value.get(INSIDE[name]) is None:
            raise CannotReadKobo(f"{field}: {INSIDE[name]} is missing")
        value = value[INSIDE[name]]
    if name in CODES:
        many = isinstance(value, list)
        read = [_code(name, field, one) for one in (value if many else [value])]
        return read if many else read[0]
    if name in _WHOLE_NUMBERS:
        return _whole(field, value)
    if name in _TEXTS:
        return str(value).strip()
    if not isinstance(value, bool):
        raise CannotReadKobo(f"{field}: is neither true nor false")
    return value


def _code(name: str, field: str, value: object) -> str:
    ours = {theirs: code for code, theirs in CODES[name].items()}
    if value not in ours:
        raise CannotReadKobo(f"{field}: unknown code {value} (known: {', '.join(ours)})")
    return ours[str(value)]


def _whole(field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CannotReadKobo(f"{field}: is no number")
    return round(value)
