"""Files that somebody brings: taken in only when they are what they say, handed out so that no browser runs them.

A file's name is never kept and names no path; its suffix only has to agree with its content. A picture is painted anew,
which leaves behind whatever was hidden in it: where it was taken, other files, scripts. A PDF stays as it is, byte for
byte, and is refused when it does more than show pages.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
import puremagic
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from people.refusals import Refusal

#: bytes: a scan of ten pages in colour
LARGEST = 10 * 1024 * 1024
#: a sheet of A4 at 600 dots an inch, with room to spare
MOST_PIXELS = 40_000_000
#: bytes, of all that a PDF packs together
MOST_UNPACKED = 200 * 1024 * 1024
#: objects in a PDF: a long report has some thousands
MOST_OBJECTS = 50_000


class MediaType(models.TextChoices):
    """What may be taken in. The code is the suffix that it is handed out with."""

    PDF = "pdf", _("PDF")
    JPEG = "jpg", _("Picture (JPEG)")
    PNG = "png", _("Picture (PNG)")

    @property
    def mime(self) -> str:
        return _MIME[self]


_MIME = {MediaType.PDF: "application/pdf", MediaType.JPEG: "image/jpeg", MediaType.PNG: "image/png"}
_SUFFIXES = {"pdf": MediaType.PDF, "jpg": MediaType.JPEG, "jpeg": MediaType.JPEG, "png": MediaType.PNG}
#: what a file begins with, at its very first byte: a reader looks further, and then it is two files in one
_BEGINNINGS = {MediaType.PDF: b"%PDF-", MediaType.JPEG: b"\xff\xd8\xff", MediaType.PNG: b"\x89PNG\r\n\x1a\n"}
#: what a picture that is whole has: WeasyPrint tells Pillow to read, for everybody, what is cut off too
_ENDINGS = {MediaType.JPEG: b"\xff\xd9", MediaType.PNG: b"IEND\xaeB`\x82"}
#: the harmless file that every virus scanner must find, in two parts so that none finds it here
_TEST_VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
#: the end of a ZIP file, which unpackers look for in any file
_ZIP_END = b"PK\x05\x06"
_MARKUP = re.compile(rb"<(?:!doctype html|html|script|svg|iframe|body)\b", re.IGNORECASE)
_STREAM = re.compile(rb"stream\r?\n")
#: what makes a PDF do something, or carry other files
_ACTIVE = frozenset(
    {
        "/AA",
        "/EF",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/GoToE",
        "/ImportData",
        "/JS",
        "/JavaScript",
        "/Launch",
        "/Rendition",
        "/RichMedia",
        "/SubmitForm",
        "/XFA",
    }
)


_TOO_MUCH = _("The PDF unpacks to far more than it is. Print it to a new PDF and try again.")
_TOO_MANY_DOTS = _("The picture has more than 40 million dots. Make it smaller and try again.")
_DAMAGED = _("The picture is damaged. Take or scan it again.")


class CannotTakeIn(Refusal):
    """The file is of another kind, too large, damaged, or more than it says."""


@dataclass(frozen=True)
class TakenIn:
    """A file that may be kept. `sha256` is of `content`, in hexadecimal digits."""

    content: bytes
    media_type: MediaType
    sha256: str


class InMemory(FileUploadHandler):
    """Keeps what is sent in memory, so that no paper of anybody's lies in a folder for temporary files.

    One byte over the limit is all that is kept of a file that is too large: enough to say so.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.kept += raw_data[: LARGEST + 1 - len(self.kept)]

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        file, size = BytesIO(bytes(self.kept)), len(self.kept)
        return InMemoryUploadedFile(file, self.field_name, self.file_name, self.content_type, size, self.charset)


def take_in(file: UploadedFile[bytes], *, field: str = "file") -> TakenIn:
    """The file as it may be kept.

    :param field: the form's field that a refusal is about
    :raises CannotTakeIn: with a sentence that says what to do instead
    """
    try:
        return _taken_in(file)
    except CannotTakeIn as refusal:
        refusal.field = field
        raise


def attachment(content: bytes, *, mime: str, name: str) -> HttpResponse:
    """A file that a browser saves and does not show. `name` holds nothing about a person."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=mime, headers=headers)


def _taken_in(file: UploadedFile[bytes]) -> TakenIn:
    if not file.size:
        raise CannotTakeIn(_("The file is empty."))
    if file.size > LARGEST:
        raise CannotTakeIn(_("The file is larger than 10 MB. Scan it again with fewer dots an inch, or in parts."))
    content = file.read()
    media_type = _kind_of(content, name=file.name or "")
    if _TEST_VIRUS in content:
        raise CannotTakeIn(_("The file is taken for a virus. Nothing was saved."))
    if media_type is MediaType.PDF:
        _require_plain_pdf(content)
    else:
        content = _painted_anew(content, media_type)
    return TakenIn(content, media_type, sha256(content).hexdigest())


def _kind_of(content: bytes, *, name: str) -> MediaType:
    """What suffix, beginning and the catalogue of known files agree that it is."""
    _stem, dot, suffix = name.rpartition(".")
    media_type = _SUFFIXES.get(suffix.lower()) if dot else None
    if media_type is None:
        raise CannotTakeIn(_("Only PDF and pictures (JPEG, PNG) are taken in."))
    known = {match.mime_type for match in _matches(content)}
    if not content.startswith(_BEGINNINGS[media_type]) or media_type.mime not in known:
        raise CannotTakeIn(_("The file is not what its name says. Scan the paper, or save it as PDF, and try again."))
    return media_type


def _matches(content: bytes) -> list[Any]:
    try:
        return list(puremagic.magic_string(content))
    except puremagic.PureError:
        return []


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _require_plain_pdf(content: bytes) -> None:
    _before, end, rest = content.rpartition(b"%%EOF")
    if not end or rest.strip(b"\0 \t\r\n\f") or _ZIP_END in content or _MARKUP.search(content[:1024]):
        raise CannotTakeIn(_("The PDF holds another file too. Print it to a new PDF and try again."))
    _require_bounded(content)
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                raise CannotTakeIn(_TOO_MUCH)
            is_active = any(_is_active(thing) for thing in pdf.objects)
    except pikepdf.PasswordError as error:
        raise CannotTakeIn(_("The PDF opens with a password only. Print it to a new PDF and try again.")) from error
    except (pikepdf.PdfError, RecursionError) as error:
        raise CannotTakeIn(_("The PDF is damaged. Print it to a new PDF and try again.")) from error
    if is_active:
        raise CannotTakeIn(_("The PDF runs a script or carries other files. Print it to a new PDF and try again."))


def _require_bounded(content: bytes) -> None:
    """Stop what unpacks to far more than it is, before anything unpacks it."""
    left = MOST_UNPACKED
    for start in (match.end() for match in _STREAM.finditer(content)):
        unpacker = zlib.decompressobj()
        try:
            left -= len(unpacker.decompress(content[start:], left + 1))
        except zlib.error:
            continue  # not packed in this way
        if left < 0:
            raise CannotTakeIn(_TOO_MUCH)


def _is_active(thing: Any) -> bool:
    return any(name in _ACTIVE for name in _names_in(thing))


def _names_in(thing: Any) -> Iterator[str]:
    """Each name in an object and in those that lie inside it; what it points to is looked at by itself."""
    if isinstance(thing, pikepdf.Name):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:
            yield from _names_inside(inner)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for name, inner in thing.items():
            yield name
            yield from _names_inside(inner)


def _names_inside(thing: Any) -> Iterator[str]:
    if not getattr(thing, "is_indirect", False):
        yield from _names_in(thing)


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _painted_anew(content: bytes, media_type: MediaType) -> bytes:
    if _ENDINGS[media_type] not in content:
        raise CannotTakeIn(_DAMAGED)
    kind = media_type.name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=[kind]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise CannotTakeIn(_TOO_MANY_DOTS)
                upright = ImageOps.exif_transpose(opened)
    except Image.DecompressionBombError as error:
        raise CannotTakeIn(_TOO_MANY_DOTS) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise CannotTakeIn(_DAMAGED) from error
    painted = upright.convert(_mode(upright))
    painted.info.clear()
    out = BytesIO()
    painted.save(out, kind, quality=90) if media_type is MediaType.JPEG else painted.save(out, kind)
    return out.getvalue()


def _mode(image: Image.Image) -> str:
    if image.mode in {"1", "L", "RGB"}:
        return image.mode
    return "RGBA" if image.has_transparency_data else "RGB"
