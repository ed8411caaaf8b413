"""What is taken in of the files that people bring, and what is refused in a sentence that tells what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from people.uploads import LARGEST, CannotTakeIn, InMemory, MediaType, TakenIn, take_in
from tests import files


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def brought(content: bytes, name: str = "scan.pdf") -> TakenIn:
    return take_in(SimpleUploadedFile(name, content))


def test_a_scan_is_kept_byte_for_byte() -> None:
    content = files.pdf()

    taken = brought(content)

    assert (taken.content, taken.media_type, taken.sha256) == (content, MediaType.PDF, sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [("JPEG", "a.jpg", MediaType.JPEG), ("JPEG", "A.JPEG", MediaType.JPEG), ("PNG", "a.png", MediaType.PNG)],
)
def test_a_picture_is_taken_in(kind: str, name: str, media_type: MediaType) -> None:
    taken = brought(files.picture(kind), name)

    assert taken.media_type is media_type
    assert Image.open(BytesIO(taken.content)).format == kind


def test_a_photo_stands_upright_and_no_longer_tells_where_it_was_taken() -> None:
    content = files.photo_with_its_place()
    assert b"Kanarifugl" in content

    taken = brought(content, "photo.jpg")

    image = Image.open(BytesIO(taken.content))
    assert image.size == (30, 40)
    assert not image.getexif()
    assert b"Kanarifugl" not in taken.content


def test_what_hangs_behind_a_picture_is_left_behind() -> None:
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png")):
        taken = brought(files.picture(kind) + b"PK\x03\x04" + files.SCRIPT + b"PK\x05\x06" + bytes(18), name)

        assert b"PK" not in taken.content
        assert files.SCRIPT not in taken.content


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_a_picture_of_any_kind_of_colour_can_be_painted_anew(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")

    assert Image.open(BytesIO(brought(out.getvalue(), "a.png").content)).size == (8, 8)


@pytest.mark.parametrize(
    "content",
    [
        files.EICAR,
        b"MZ" + bytes(200),
        b"<html>" + files.SCRIPT,
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"PK\x03\x04" + bytes(200),
        b"GIF89a" + bytes(50),
        b"x" + files.pdf(),
        files.SCRIPT + files.pdf(),
        files.picture(),
    ],
    ids=["eicar", "program", "html", "svg", "zip", "gif", "pdf after a byte", "html before a pdf", "picture"],
)
def test_what_is_not_the_pdf_it_says_is_refused(content: bytes) -> None:
    with pytest.raises(CannotTakeIn, match="not what its name says"):
        brought(content)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: files.pdf() + b"PK\x05\x06" + bytes(18), "holds another file"),
        (lambda: files.pdf() + files.SCRIPT, "holds another file"),
        (lambda: files.pdf().replace(b"\n", b"\n%<html>" + files.SCRIPT + b"\n", 1), "holds another file"),
        (lambda: files.pdf().replace(b"%%EOF", b""), "holds another file"),
        (files.pdf_with_a_script, "runs a script"),
        (files.pdf_that_starts_a_program, "runs a script"),
        (files.pdf_with_a_file_inside, "carries other files"),
        (files.locked_pdf, "opens with a password"),
        (files.pdf_bomb, "unpacks to far more"),
        (lambda: b"%PDF-1.7\n%%EOF\n", "is damaged"),
        (lambda: files.pdf().replace(b"%%EOF", files.EICAR + b"\n%%EOF"), "taken for a virus"),
    ],
    ids=[
        "zip behind",
        "script behind",
        "html in front",
        "cut off",
        "script inside",
        "starts a program",
        "file inside",
        "locked",
        "bomb",
        "nothing inside",
        "eicar inside",
    ],
)
def test_a_pdf_that_does_more_than_show_pages_is_refused(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(CannotTakeIn, match=sentence) as refused:
        brought(make())

    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (files.png_bomb(), "a.png", "40 million dots"),
        (files.picture()[:200], "a.jpg", "is damaged"),
        (files.picture("PNG")[:60], "a.png", "is damaged"),
        (files.picture("PNG"), "a.jpg", "not what its name says"),
    ],
)
def test_a_picture_that_is_damaged_or_a_bomb_is_refused(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(CannotTakeIn, match=sentence):
        brought(content, name)


@pytest.mark.parametrize(
    "name",
    ["a.exe", "a.pdf.exe", "a.docx", "a.svg", "pdf", "a.pdf ", "a.pdf\x00.exe", "a\u202efdp.exe", "passwd", "a.pdf/b"],
)
def test_a_name_with_another_suffix_is_refused(name: str) -> None:
    with pytest.raises(CannotTakeIn, match="Only PDF and pictures"):
        brought(files.pdf(), name)


def test_a_file_without_content_is_refused() -> None:
    with pytest.raises(CannotTakeIn, match="empty"):
        brought(b"")


def test_of_a_file_that_is_too_large_no_more_is_kept_than_shows_that_it_is() -> None:
    handler = InMemory()
    handler.new_file("file", "big.pdf", "application/pdf", None)
    for _ in range(LARGEST // 65_536 + 20):
        handler.receive_data_chunk(bytes(65_536), 0)
    file = handler.file_complete(LARGEST * 3)

    assert file.size == LARGEST + 1
    with pytest.raises(CannotTakeIn, match="larger than 10 MB"):
        take_in(file)
