"""What a session holds, encrypted in its table: drafts of forms carry names, numbers and what was told."""

from __future__ import annotations

from typing import Any

from django.core.signing import JSONSerializer

from people.encrypted_fields import keyring

_PLACE = "django_session.session_data"


class EncryptedJson:
    """The session's serializer. One that cannot be read, such as under a key gone since, counts as empty."""

    def dumps(self, obj: Any) -> bytes:
        return keyring().encrypt(JSONSerializer().dumps(obj).decode(), place=_PLACE).encode()

    def loads(self, data: bytes) -> Any:
        """:raises CannotDecrypt: which the session's store answers with an empty session"""
        return JSONSerializer().loads(keyring().decrypt(data.decode(), place=_PLACE).encode())
