"""Files as people bring them, and as those make them who mean harm."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

#: What every virus scanner must find. It harms nobody; in two parts so that none finds it here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"


def pdf(**root: Any) -> bytes:
    """One empty page; `root` are further entries of the document's catalogue."""
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, value in root.items():
            made.Root[f"/{name}"] = made.make_indirect(value)
        made.save(out)
    return out.getvalue()


def pdf_with_a_script() -> bytes:
    return pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def pdf_that_starts_a_program() -> bytes:
    return pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))


def pdf_with_a_file_inside() -> bytes:
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["a.exe"] = b"MZ"
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def pdf_bomb() -> bytes:
    """Some hundred kilobytes that unpack to more than 200 MB."""
    packed = zlib.compress(bytes(210 * 1024 * 1024), 9)
    stream = b"9 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    before, end, after = pdf().partition(b"xref")
    return before + stream + end + after


def picture(kind: str = "JPEG", **told: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, kind, **told)
    return out.getvalue()


def photo_with_its_place() -> bytes:
    """As a telephone takes it: lying on its side, with camera and place written in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0110] = "Kanarifugl"
    exif.get_ifd(0x8825)[2] = (59.0, 40.0, 0.0)
    return picture(exif=exif, comment=b"Kanarifugl")


def png_bomb() -> bytes:
    """A PNG that says it is 50 000 dots each way."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
