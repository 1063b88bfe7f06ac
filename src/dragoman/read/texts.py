"""One text with what is known about it, into a Document."""

from __future__ import annotations

import re

from dragoman.errors import BinaryInput, EmptyInput, InputError
from dragoman.model import DateSpan, Document, content_id
from dragoman.read.dates import given
from dragoman.read.hints import NONE, Hints
from dragoman.read.language import language_of
from dragoman.read.page import structure
from dragoman.read.publishers import publisher

#: No document is longer; a book is under two million characters.
LARGEST = 100 * 1024 * 1024
_HALVES = re.compile(r"[\ud800-\udfff]")


def from_text(
    text: str,
    *,
    id: str = "",  # noqa: A002  # the field is called so in every input and output
    date: str = "",
    source: str = "",
    title: str = "",
    url: str = "",
    hints: Hints = NONE,
) -> Document:
    """A Document whose text is exactly `text`, with its blocks, parts, publisher, date and language.

    Halves of a surrogate pair, which are no characters, become U+FFFD each, so that all offsets stay.
    `date` is that of the document and goes before what the text states; `hints.date` only fills in.
    Raises EmptyInput, BinaryInput, UnknownLanguage, or InputError for a date that is none.
    """
    text = _HALVES.sub("\ufffd", text)
    if not text.strip():
        raise EmptyInput("its text is empty; leave it out or give it some text")
    if len(text) > LARGEST:
        raise InputError("its text is longer than 100 million characters; cut it into documents")
    if text.count("\x00") > len(text) // 50:
        raise BinaryInput("its text is binary (zero characters); give plain text")
    language = language_of(text, given=hints.language)
    page = structure(text, title=title, language=language)
    return Document(
        id=id or content_id(text, title, url),
        text=text,
        title=page.title,
        url=url,
        published=day(date) or page.published or day(hints.date, hint=True),
        language=language,
        source=publisher(source or hints.source, url, side=hints.side),
        blocks=page.blocks,
        parts=page.parts,
    )


def day(value: str, *, hint: bool = False) -> DateSpan | None:
    """A date that was given, or none for an empty text; raises InputError for a text that is no date."""
    if not value.strip():
        return None
    span = given(value, how="stated" if hint else "metadata")
    if span is None:
        raise InputError(f"{value[:60]!r} is no date; write it as 2009-11-02")
    return span
