"""JSON lines into Documents: one object a line, each line for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from dragoman.errors import BrokenLine, InputError
from dragoman.model import Document, Skipped
from dragoman.read.decode import decode_line
from dragoman.read.hints import Hints
from dragoman.read.texts import LARGEST, from_text

_HINTED = ("side", "language")


def from_lines(stream: BinaryIO, where: str, hints: Hints) -> Iterator[Document | Skipped]:
    """The documents of a stream of JSON lines in order; a line that cannot be read comes out as Skipped."""
    number = 0
    while raw := stream.readline(LARGEST):
        number += 1
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        place = f"{where}:{number}"
        if not raw.endswith(b"\n") and len(raw) >= LARGEST:
            while rest := stream.readline(LARGEST):
                if rest.endswith(b"\n"):
                    break
            yield Skipped(id="", where=place, why="the line is larger than 100 MB; cut it into documents")
            continue
        if raw.strip():
            yield one(raw, place, hints)


def one(raw: bytes, where: str, hints: Hints) -> Document | Skipped:
    """The document of one line, or why there is none; the `id` is kept in both where the line has one."""
    name = ""
    try:
        record = _object(raw)
        name = _text(record, "id")
        return from_record(record, hints)
    except InputError as error:
        return Skipped(id=name, where=where, why=error.reason)


def from_record(record: dict[str, Any], hints: Hints) -> Document:
    """A Document from one JSON object (`text`, and perhaps id, date or published, source, title, url, side, language).

    Raises InputError where a field has the wrong shape.
    """
    text = record.get("text")
    if not isinstance(text, str):
        said = "has no text" if text is None else "has a text that is no string"
        raise BrokenLine(f'{said}; give {{"id": …, "text": "…"}}')
    fields = {key: _text(record, key) for key in ("id", "source", "title", "url")}
    own = {key: value for key in _HINTED if (value := _text(record, key))}
    return from_text(
        text,
        **fields,
        date=_text(record, "date") or _text(record, "published"),
        hints=msgspec.structs.replace(hints, **own) if own else hints,
    )


def _object(raw: bytes) -> dict[str, Any]:
    text = decode_line(raw)
    try:
        record = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise BrokenLine(f"not JSON: {_reason(error)}") from error
    if not isinstance(record, dict):
        raise BrokenLine(f'holds {_called(record)}, not an object; give {{"id": …, "text": "…"}}')
    return record


def _reason(error: Exception) -> str:
    said = str(error)
    if isinstance(error, RecursionError):
        return "nested too deeply"
    said = re.sub(r"^JSON is malformed: ", "", said)
    return re.sub(r"\(byte (\d+)\)", lambda byte: f"(column {int(byte[1]) + 1})", said)


def _called(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and key == "source":  # a Source as Dragoman itself writes it
        return str(value.get("name") or value.get("url") or "")
    if isinstance(value, dict) and key in {"date", "published"}:
        return str(value.get("start") or "")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise BrokenLine(f"its {key} is {_called(value)}, not a string")
