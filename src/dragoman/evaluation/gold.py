"""Gold in: rows of JSON lines with their texts, coded by the coder, each row beside what was found in it."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from dragoman.errors import InputError
from dragoman.model import Coded, Document, Event

Row = dict[str, Any]


class Codes(Protocol):
    """Anything that codes documents."""

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """One Coded for each document, in order."""


class Answer(NamedTuple):
    """A row of gold and the event claims that rest on words of its passage."""

    row: Row
    claims: tuple[Event, ...]


def rows(files: Iterable[Path], *, blind: str = "without", batches: Sequence[str] = ()) -> list[Row]:
    """Rows that list their `events`; second codings are left out, rows set aside as `blind` says (without, only, both).

    Each row knows the `gold` (stem of its file) that it comes from. Raises InputError for a line that is no JSON.
    """
    found: list[Row] = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{file}:{number}: {error}") from error
            if "events" in row and not row.get("second"):
                found.append({**row, "gold": file.stem})
    if batches:
        found = [row for row in found if str(row.get("batch", "")).startswith(tuple(batches))]
    return [row for row in found if blind == "both" or aside(row) == (blind == "only")]


def aside(row: Row) -> bool:
    """Whether a row is set aside, to be looked at only at the end."""
    return bool(row.get("blind")) or str(row.get("batch", "")).startswith("blind")


def with_texts(wanted: list[Row], corpora: Path, *, near: int = 0) -> list[Row]:
    """The rows that have a text: their own, or that of their document in the corpora at their offsets.

    `whole` is the document; with `near`, only so many characters before the passage and a few after it, for speed.
    """
    missing: dict[str, list[Row]] = defaultdict(list)
    for row in wanted:
        if "text" not in row and "file" in row:
            missing[row["file"]].append(row)
    for name, mine in missing.items():
        if not (corpora / name).is_file():
            continue
        documents = _documents(corpora / name, {row["document"] for row in mine})
        for row in mine:
            if row["document"] in documents:
                _fill(row, documents[row["document"]], near)
    return [row for row in wanted if row.get("text")]


def _documents(path: Path, ids: set[str]) -> dict[str, str]:
    opener = gzip.open if path.suffix == ".gz" else open
    found: dict[str, str] = {}
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in ids:
                found[row["id"]] = row["text"]
    return found


def _fill(row: Row, whole: str, near: int) -> None:
    start, end = row["start"], row["end"]
    if near and len(whole) > near:
        # From the beginning of a line, so that no sentence is cut in two.
        first = whole.find("\n", max(0, start - near), start) + 1 if start > near else 0
        stop = whole.find("\n", end)
        whole = whole[first : stop if stop >= 0 else len(whole)]
        start, end = start - first, end - first
        row["document"] = f"{row['document']}:{row['start']}"
    row.update(whole=whole, text=whole[start:end], start=start, end=end)


def answers(coder: Codes, wanted: list[Row]) -> list[Answer]:
    """Each row with what the coder finds in it; a passage of a corpus is coded within its document, as for a user."""
    from dragoman.read import from_text  # noqa: PLC0415

    documents = {
        _name(row): from_text(row.get("whole") or row["text"], id=_name(row), date=row.get("date") or "")
        for row in wanted
    }
    found = {coded.document.id: coded for coded in coder.code(documents.values())}
    return [Answer(row, _within(found[_name(row)], row)) for row in wanted]


def _name(row: Row) -> str:
    return str(row["document"]) if "whole" in row else f"{row.get('gold', '')}:{row['id']}"


def _within(coded: Coded, row: Row) -> tuple[Event, ...]:
    start, end = row.get("start", 0), row.get("end", len(row["text"]))
    events = (claim for claim in coded.claims if isinstance(claim, Event))
    return tuple(event for event in events if event.trigger is not None and start <= event.trigger.start < end)


def decode(path: Path) -> list[Row]:
    """All rows of a file that have a text, as they stand."""
    found = [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]
    return [row for row in found if row.get("text")]
