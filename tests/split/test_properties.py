"""What holds for every text: offsets, order, nothing lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.model import CODED_BLOCKS, Document
from dragoman.read import from_text
from dragoman.split import split

# fmt: off
BITS = st.sampled_from([
    "Mr. ", "U.S. ", "No. 5 ", "e.g. ", "Berg", ". ", ".", "?” ", "!\" ", "…", "...", "\n", "\n\n", "\t", "• ",
    "“", "\"", ":", "Anna Berg: ", "Q ", "2009", "12 May 2010", "12.05.2010 - ", "By ", "Share", "Comments",
    "(photo: X)", "685 days since ", "met the minister", "Oslo", "\u00a0", "      ", "é", "Да", "\x00",
    "\u2028", ", ", ";", "\r\n", "—",
])
# fmt: on
TEXTS = st.one_of(st.text(max_size=400), st.lists(BITS, max_size=60).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_passages_slice_back_and_lose_nothing(text: str) -> None:
    document = Document(id="x", text=text)
    found = split(document)
    end = 0
    kept = []
    for number, passage in enumerate(found):
        assert passage.start >= end
        assert passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert passage.index == number
        assert text[end : passage.start].strip() == ""
        end = passage.end
        kept.append(passage.text)
    assert text[end:].strip() == ""
    assert "".join("".join(kept).split()) == "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_blocks_of_any_text_are_in_order_and_cover_it(text: str) -> None:
    document = Document(id="x", text="A first sentence stands here.\n" + text)
    try:
        document = from_text(document.text)
    except InputError:
        return
    end = 0
    for block in document.blocks:
        assert document.text[end : block.start].strip() == ""
        assert block.start <= block.end <= len(document.text)
        end = block.end
    assert document.text[end:].strip() == ""
    inside = [b for b in document.blocks if b.kind in CODED_BLOCKS]
    coded = "".join("".join(document.text[b.start : b.end].split()) for b in inside)
    assert "".join("".join(p.text.split()) for p in split(document)) == coded
    for part in document.parts:
        assert 0 <= part.start <= part.end <= len(document.text)
