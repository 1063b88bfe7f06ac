"""Paths, standard input and bytes into Documents: what is there, in which format, and what is passed over."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from dragoman.errors import EmptyInput, InputError, MissingPath
from dragoman.model import Document, Skipped
from dragoman.read.bundles import articles
from dragoman.read.dates import given
from dragoman.read.decode import decode
from dragoman.read.hints import NONE, Hints, InputKind
from dragoman.read.html import from_html
from dragoman.read.jsonlines import from_lines, from_record
from dragoman.read.office import docx_text, is_docx, rtf_text
from dragoman.read.pdf import is_pdf, pdf_text
from dragoman.read.texts import LARGEST, from_text

_SUFFIXES: dict[str, InputKind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".php": "html", ".aspx": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl",
    ".txt": "text", ".text": "text", ".md": "text", ".docx": "text", ".rtf": "text",
}  # fmt: skip
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body|article|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
#: What is looked at to tell a format; standard input is never read further ahead.
PEEK = 4096

Input = str | Path | tuple[bytes, str]


def read(source: Input, *, hints: Hints = NONE) -> Iterator[Document | Skipped]:
    """The documents of a file, a folder with all below it, standard input ("-") or (bytes, name), in order.

    Whatever cannot be read comes out as Skipped with the file, the line and the reason, and the rest goes on.
    """
    if isinstance(source, tuple):
        yield from _stream(io.BufferedReader(cast(io.RawIOBase, io.BytesIO(source[0]))), source[1], hints)
    elif str(source) == "-":
        yield from _stream(cast(io.BufferedReader, sys.stdin.buffer), "standard input", hints)
    else:
        yield from _path(Path(source), hints)


def _path(path: Path, hints: Hints) -> Iterator[Document | Skipped]:
    try:
        if path.is_dir():
            yield from _folder(path, hints)
            return
        if not path.exists():
            raise MissingPath("no such file or folder; check the path")
        if not path.is_file():
            raise MissingPath("neither a file nor a folder; give one of these, or - for standard input")
        with path.open("rb") as stream:
            if path.suffix.lower() == ".gz":
                inner = cast(io.BufferedReader, gzip.GzipFile(fileobj=stream))
                yield from _stream(inner, str(path), hints, suffix=Path(path.stem).suffix)
            else:
                yield from _stream(stream, str(path), hints, suffix=path.suffix)
    except InputError as error:
        yield Skipped(id="", where=str(path), why=error.reason)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield Skipped(id="", where=str(path), why=f"it cannot be opened or read: {reason}")
    except ValueError as error:  # a zero byte in a path
        yield Skipped(id="", where=repr(str(path)), why=f"no such file or folder: {error}")


def _folder(path: Path, hints: Hints) -> Iterator[Document | Skipped]:
    files = [
        file
        for file in sorted(path.rglob("*"))
        if file.is_file() and not any(piece.startswith(".") for piece in file.relative_to(path).parts)
    ]
    if not files:
        raise EmptyInput("the folder holds no files; give one that does")
    for file in files:
        yield from _path(file, hints)


def _stream(stream: io.BufferedReader, where: str, hints: Hints, *, suffix: str = "") -> Iterator[Document | Skipped]:
    try:
        kind = hints.input if hints.input != "auto" else _kind(stream.peek(PEEK)[:PEEK], suffix or Path(where).suffix)
        if kind == "jsonl":
            yield from _lines(stream, where, hints)
            return
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            why = "it is larger than 100 MB; cut it into documents or give JSON lines"
            yield Skipped(id="", where=where, why=why)
        elif is_pdf(raw):
            yield _pdf(raw, hints)
        elif kind == "html":
            yield from_html(decode(raw, markup=True), hints=hints)
        else:
            yield from _text(raw, where, hints, suffix=suffix)
    except InputError as error:
        yield Skipped(id="", where=where, why=error.reason)


def _pdf(raw: bytes, hints: Hints) -> Document:
    """A PDF as one document; the day on which it was made counts where neither its text nor the caller has one."""
    found = pdf_text(raw)
    document = from_text(found.text, title=found.title, hints=hints)
    if document.published is None and given(found.created):
        return from_text(found.text, title=found.title, date=found.created, hints=hints)
    return document


def _lines(stream: BinaryIO, where: str, hints: Hints) -> Iterator[Document | Skipped]:
    items = from_lines(stream, where, hints)
    first = next(items, None)
    if first is None:
        raise EmptyInput("there is no line in it; give one JSON object a line")
    yield first
    yield from items


def _text(raw: bytes, where: str, hints: Hints, *, suffix: str) -> Iterator[Document | Skipped]:
    if is_docx(raw):
        text = docx_text(raw)
    elif raw.startswith(b"{\\rtf"):
        text = rtf_text(raw)
    else:
        text = decode(raw)
    bundled = False
    for number, one in enumerate(articles(text), 1):
        bundled = True
        try:
            date = one.date if given(one.date) else ""
            yield from_text(one.text, title=one.title, source=one.source, date=date, hints=hints)
        except InputError as error:
            yield Skipped(id="", where=f"{where}, article {number}", why=error.reason)
    if bundled:
        return
    if hints.input == "auto" and suffix.lower() == ".json":
        yield from _json(raw, where, hints)
        return
    yield from_text(text, hints=hints)


def _json(raw: bytes, where: str, hints: Hints) -> Iterator[Document | Skipped]:
    """A file that is one JSON object or one list of them."""
    try:
        content = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, ValueError):
        yield from from_lines(io.BytesIO(raw), where, hints)
        return
    for number, record in enumerate(content if isinstance(content, list) else [content], 1):
        try:
            if not isinstance(record, dict):
                raise InputError('not an object; give {"id": …, "text": "…"}')  # noqa: TRY301
            yield from_record(record, hints)
        except InputError as error:
            name = record.get("id", "") if isinstance(record, dict) else ""
            yield Skipped(id=str(name or ""), where=f"{where}:{number}", why=error.reason)


def _kind(head: bytes, suffix: str) -> InputKind:
    if (known := _SUFFIXES.get(suffix.lower())) is not None:
        return known
    if _OBJECT.match(head) and suffix.lower() != ".json":
        return "jsonl"
    return "html" if _MARKUP.match(head) else "text"
