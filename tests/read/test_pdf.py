"""PDF files: their text in paragraphs, their day, and that a hostile one ends itself and is told."""

from __future__ import annotations

import random
import time
import zlib

import pytest

from dragoman.errors import BinaryInput, EmptyInput
from dragoman.model import Document, Skipped
from dragoman.read import Hints, read
from dragoman.read.pdf import flowing, is_pdf, pdf_text

pytest.importorskip("pypdf", reason="pypdf is not installed")

PAGE = """
#set page(width: 12cm, height: 9cm, header: [Ministry of Foreign Affairs – Bulletin], numbering: "1 of 1")
#set document(title: "Joint communiqué on the talks in Oslo", date: datetime(year: 2021, month: 3, day: 4))
= Joint communiqué on the talks in Oslo
#for i in range(9) [
The Foreign Minister of Norway met the Foreign Minister of Sweden in Oslo and discussed the long-term cooperation of
both countries. Norway condemned the shelling of civilian infrastructure.

“We shall continue,” the Swedish minister said.

]
"""


@pytest.fixture(scope="module")
def made() -> bytes:
    import typst  # noqa: PLC0415

    return typst.compile(PAGE.encode())


def pages(*contents: bytes, more: bytes = b"", filter_: bytes = b"") -> bytes:
    """A PDF with these content streams, one a page; without a table of contents, as damaged ones are."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * at) for at in range(len(contents)))
    parts = [
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[%s]/Count %d>>\nendobj\n" % (kids, len(contents)),
        b"3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n",
    ]
    for at, content in enumerate(contents):
        parts.append(
            b"%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>\nendobj\n" % (10 + 2 * at, 11 + 2 * at)
        )
        parts.append(
            b"%d 0 obj\n<</Length %d%s>>\nstream\n%s\nendstream\nendobj\n"
            % (11 + 2 * at, len(content), filter_, content)
        )
    return b"".join([*parts, more, b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"])


def said(text: str) -> bytes:
    return b"BT /F 12 Tf 20 200 Td (%s) Tj ET" % text.encode()


def test_a_pdf_becomes_a_document(made):
    (one,) = read((made, "bulletin.pdf"))
    assert isinstance(one, Document)
    assert one.title == "Joint communiqué on the talks in Oslo"
    assert "Bulletin" not in one.text, "the head of each page is not its text"
    assert " of 4" not in one.text, "nor is its number"
    assert one.text.count("discussed the long-term cooperation of both countries. Norway condemned") == 9
    assert "\n\n“We shall continue,” the Swedish minister said." in one.text
    assert one.published is not None
    assert (one.published.start, one.published.how) == ("2021-03-04", "metadata")


def test_what_the_caller_says_of_its_day_goes_before_the_day_of_the_file(made):
    (one,) = read((made, "bulletin.pdf"), hints=Hints(date="2021-03-01"))
    assert isinstance(one, Document)
    assert one.published is not None
    assert one.published.start == "2021-03-01"


def test_lines_become_paragraphs():
    page = "Talks go on\nMinisters of both states met for the diplo-\nmatic consultations that were agreed.\nThey go."
    assert flowing([page]).split("\n\n") == [
        "Talks go on",
        "Ministers of both states met for the diplomatic consultations that were agreed. They go.",
    ]
    assert "long-term" in flowing(
        ["We want a treaty that is a long-\nterm one; we want a long-term one and no other at all."]
    )


def test_a_file_that_is_none_is_told():
    assert is_pdf(b"\n%PDF-1.7")
    assert not is_pdf(b"<html>%PDF-1.7")
    for raw, why in (
        (b"%PDF-1.4\n", "damaged"),
        (pages(), "no pages"),
        (pages(b"0 0 10 10 re f"), "pictures, without text"),
        (pages(said("0011 2233 4455 ..")), "does not say which letters"),
    ):
        (one,) = read((raw, "a.pdf"))
        assert isinstance(one, Skipped), raw[:80]
        assert why in one.why


def test_pages_without_end_are_refused():
    with pytest.raises(BinaryInput, match="1001 pages"):
        pdf_text(pages(*[b""] * 1001))


def test_pages_that_hold_one_another_end():
    raw = pages(said("Norway met Sweden in Oslo.")).replace(b"/Kids[10 0 R]", b"/Kids[2 0 R 10 0 R 2 0 R]")
    start = time.monotonic()
    (one,) = read((raw, "round.pdf"))
    assert isinstance(one, Document | Skipped)
    assert time.monotonic() - start < 25


def test_a_bomb_ends_itself():
    content = zlib.compress(b"BT " * 100_000_000, 1)
    start = time.monotonic()
    with pytest.raises((BinaryInput, EmptyInput)):
        pdf_text(pages(content, filter_=b"/Filter/FlateDecode"), seconds=15)
    assert time.monotonic() - start < 25


def test_work_without_end_is_ended():
    # A form that draws itself twice, which draws itself twice, …
    form = b"".join(
        b"%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length 12>>\n"
        b"stream\n/X Do /X Do \nendstream\nendobj\n" % (at, at + 1)
        for at in range(100, 160)
    )
    raw = pages(b"/X Do", more=form).replace(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R>>/XObject<</X 100 0 R>>")
    start = time.monotonic()
    with pytest.raises((BinaryInput, EmptyInput)):
        pdf_text(raw, seconds=3)
    assert time.monotonic() - start < 10


def test_damaged_files_never_break_the_reading(made):
    chance = random.Random(7)
    for _ in range(3):
        raw = bytearray(made)
        for _ in range(60):
            raw[chance.randrange(20, len(raw))] = chance.randrange(256)
        for one in read((bytes(raw), "a.pdf")):
            assert isinstance(one, Document | Skipped)
