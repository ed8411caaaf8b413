"""Many letters as one PDF, for the printer."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pikepdf


def one_pdf(letters: Iterable[bytes]) -> bytes:
    """The letters after each other, each beginning on a page of its own as it was printed."""
    joined = pikepdf.new()
    for letter in letters:
        with pikepdf.open(BytesIO(letter)) as one:
            joined.pages.extend(one.pages)
    written = BytesIO()
    joined.save(written)
    return written.getvalue()
