"""Text that only the keys' holder can read, and a keyed hash that knows equal texts again without reading them.

AES-256-GCM with a random nonce, and HMAC-SHA256. Every text names its key, so that several can be live while the oldest
goes out of use, and is bound to its place, the table and column it stands in: moved to another it cannot be read.
Pure: knows no setting and no database.
"""

from __future__ import annotations

import hmac
import os
import re
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_BYTES = 32
_NONCE = 12
_ID = re.compile(r"[a-z0-9]{1,16}")


class NotKeys(ValueError):
    """A list of keys that is none; the message says why and shows nothing of it."""


class CannotDecrypt(Exception):
    """The text was written under a key that is not here, was altered, or belongs to another place."""


@dataclass(frozen=True)
class Key:
    id: str
    secret: bytes = field(repr=False)


def fresh_keys(key_id: str) -> str:
    """A list of one new key, as `read_keys` reads it."""
    return f"{key_id}:{b64encode(os.urandom(_BYTES)).decode()}"


def read_keys(text: str) -> tuple[Key, ...]:
    """Keys written `id:base64`, parted by commas, the current one first.

    :raises NotKeys: for no key, an id that is not 1 to 16 small letters and digits or comes twice, or a key that is
        not 32 bytes
    """
    keys = tuple(_read_keys(text))
    if not keys:
        raise NotKeys("it names no key")
    if len({key.id for key in keys}) < len(keys):
        raise NotKeys("two keys have the same id")
    return keys


def _read_keys(text: str) -> Iterator[Key]:
    for written in filter(None, (part.strip() for part in text.split(","))):
        key_id, _colon, secret = written.partition(":")
        if not _ID.fullmatch(key_id):
            raise NotKeys("a key is written id:base64, the id with small letters and digits")
        try:
            decoded = b64decode(secret, validate=True)
        except ValueError:
            raise NotKeys(f"key {key_id} is not base64") from None
        if len(decoded) != _BYTES:
            raise NotKeys(f"key {key_id} has {len(decoded)} bytes, not {_BYTES}")
        yield Key(key_id, decoded)


@dataclass(frozen=True)
class Keyring:
    """The keys of one installation, current ones first: one list to encrypt with, one to hash with."""

    keys: tuple[Key, ...]
    hash_keys: tuple[Key, ...]

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {key.id: AESGCM(key.secret) for key in self.keys}

    def encrypt(self, plain: str, *, place: str, beside: str = "") -> str:
        """`key:payload` under the current key; `beside` is text that stands next to it and must not be exchanged."""
        key, nonce = self.keys[0].id, os.urandom(_NONCE)
        sealed = self._ciphers[key].encrypt(nonce, plain.encode(), _bound(place, beside))
        return f"{key}:{_written(nonce + sealed)}"

    def decrypt(self, text: str, *, place: str, beside: str = "") -> str:
        """:raises CannotDecrypt: naming the key or the place, never the text"""
        key, _colon, payload = text.partition(":")
        cipher = self._ciphers.get(key)
        if cipher is None:
            raise CannotDecrypt(f"A text of {place} was written under a key that is not here.")
        try:
            sealed = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(place, beside)).decode()
        except (InvalidTag, ValueError):
            raise CannotDecrypt(f"A text of {place} was altered, or moved here from another place.") from None

    def hashes(self, plain: str, *, place: str) -> list[str]:
        """`key:hash` under every hash key, the current one first: a text stored before has one of them."""
        return [
            f"{key.id}:{_written(hmac.digest(key.secret, _bound(place, plain), 'sha256'))}" for key in self.hash_keys
        ]


def _bound(place: str, text: str) -> bytes:
    return f"{place}\0{text}".encode()


def _written(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
