"""Codes JSON lines as they come, in their order, and stores nothing.

Each line in gives one line out; what cannot be read gives a line that says why, and the run goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from dragoman.errors import InputError, UsageError
from dragoman.model import Coded, Document, Skipped, party
from dragoman.read import Hints, from_text, read
from dragoman.wire import actor_shape, claim_shape, coded_shape

#: Read at most so much before coding; a slow writer at the other end is answered line by line all the same.
CHUNK = 1 << 22

if TYPE_CHECKING:
    from dragoman.knowledge import Knowledge
    from dragoman.parallel import Codes

_json = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder()

#: Told of each line that was passed over.
Told = Callable[[Skipped], None]


def chunks(stream: BinaryIO) -> Iterator[list[bytes]]:
    """The lines of a stream, as many at a time as have come."""
    rest = b""
    read = getattr(stream, "read1", stream.read)
    while data := read(CHUNK):
        *lines, rest = (rest + data).split(b"\n")
        if lines:
            yield lines
    if rest:
        yield [rest]


def code_lines(
    coder: Codes, stream: BinaryIO, *, where: str, told: Told, hints: Hints | None = None
) -> Iterator[bytes]:
    """The answer to each line `{"id","text","date"?,"source"?,"side"?}`, encoded; `where` names the stream in messages.

    `told` is called for each line that is passed over and each passage that broke the coder.
    """
    number = 0
    for lines in chunks(stream):
        # Ids or refusals in the order of the lines, waiting for their documents to be coded.
        waiting: deque[tuple[Any, Skipped | None]] = deque()

        def documents(
            lines: list[bytes] = lines, waiting: deque[tuple[Any, Skipped | None]] = waiting
        ) -> Iterator[Document]:
            nonlocal number
            for line in lines:
                number += 1
                if not line.strip():
                    continue
                name, made = _document(line, f"{where}:{number}", hints or Hints())
                waiting.append((name, made if isinstance(made, Skipped) else None))
                if isinstance(made, Document):
                    yield made

        for coded in coder.code(documents()):
            yield from _refused(waiting, told)
            name, _ = waiting.popleft()
            for skipped in coded.skipped:
                told(skipped)
            yield answer(name, coded)
        yield from _refused(waiting, told)


def answer(name: object, coded: Coded) -> bytes:
    """One line: the id that the input gave, and the claims."""
    return _encoder.encode({"id": name, "claims": [claim_shape(claim) for claim in coded.claims]}) + b"\n"


def _refused(waiting: deque[tuple[Any, Skipped | None]], told: Told) -> Iterator[bytes]:
    while waiting and waiting[0][1] is not None:
        name, skipped = waiting.popleft()
        if skipped is not None:
            told(skipped)
            yield _encoder.encode({"id": name, "claims": [], "skipped": skipped.why}) + b"\n"


def _document(line: bytes, where: str, hints: Hints) -> tuple[object, Document | Skipped]:
    """The id that a line gives (or none) and its document, or why there is none."""
    name: object = None
    try:
        row = _row(line)
        if not isinstance(row, dict):
            return None, Skipped(id="", where=where, why=f"a JSON {type(row).__name__}; give one object with a text")
        name = row.get("id")
        text = row.get("text")
        if not isinstance(text, str):
            why = "no text in it" if text is None else f"its text is a {type(text).__name__}, not a string"
            return name, Skipped(id=_said(name), where=where, why=why)
        source = row.get("source")
        made = from_text(
            text,
            id=_said(name),
            date=_said(row.get("date")) or _day(row.get("published")),
            title=_said(row.get("title")),
            url=_said(row.get("url")),
            source=_said(source.get("name") if isinstance(source, dict) else source),
            hints=_hints(row, hints),
        )
    except msgspec.DecodeError as error:
        return None, Skipped(id="", where=where, why=f"not JSON: {error}")
    except UnicodeDecodeError as error:
        return None, Skipped(id="", where=where, why=f"not UTF-8: {error.reason} at byte {error.start + 1}")
    except InputError as error:
        return name, Skipped(id=_said(name), where=where, why=error.reason)
    except RecursionError:
        return name, Skipped(id=_said(name), where=where, why="nested too deep; give one flat object a line")
    except Exception as error:  # noqa: BLE001  # no line may stop a run; the reason is said
        return name, Skipped(id=_said(name), where=where, why=f"{type(error).__name__}: {error}")
    return (made.id if name is None else name), made


def _row(line: bytes) -> Any:  # noqa: ANN401  # whatever the line holds
    """The value of a line; half a surrogate pair, which is no character, becomes the replacement character."""
    try:
        return _json.decode(line)
    except msgspec.DecodeError:
        if b"\\u" not in line:
            raise
        import json  # noqa: PLC0415  # slower, and takes what many programs write

        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise
        return {name: _whole(value) if isinstance(value, str) else value for name, value in row.items()}


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: object) -> str:
    """A day in words, or that of a date as Dragoman itself writes it."""
    return _said(value.get("start") if isinstance(value, dict) else value)


def _hints(row: dict[str, Any], hints: Hints) -> Hints:
    """What is told of all lines, but whose account and which language a line itself says."""
    own = {key: said for key in ("side", "language") if isinstance(said := row.get(key), str) and said}
    return msgspec.structs.replace(hints, **own) if own else hints


def code_source(coder: Codes, source: str | Path, *, hints: Hints, whole: bool, told: Told) -> Iterator[bytes]:
    """The answer to each document of a file, encoded: `{"id", "claims"}`, or with `whole` the object of its page."""
    waiting: list[Skipped] = []

    def documents() -> Iterator[Document]:
        for one in read(source, hints=hints):
            if isinstance(one, Skipped):
                waiting.append(one)
            else:
                yield one

    def refused() -> Iterator[bytes]:
        while waiting:
            skipped = waiting.pop(0)
            told(skipped)
            empty: dict[str, Any] = {"title": "", "published": None, "language": "", "parts": []} if whole else {}
            empty |= {} if whole else {"id": skipped.id}
            yield _encoder.encode({**empty, "claims": [], "skipped": skipped.why}) + b"\n"

    for coded in coder.code(documents()):
        yield from refused()
        for skipped in coded.skipped:
            told(skipped)
        yield _encoder.encode(coded_shape(coded)) + b"\n" if whole else answer(coded.document.id, coded)
    yield from refused()


def one_actor(text: str, *, date: str = "", context: str = "", knowledge: Knowledge | None = None) -> bytes:
    """Who a phrase names at a date, encoded."""
    from dragoman.resolve import resolve_phrase  # noqa: PLC0415  # tables of names that `code` loads in its own way

    return _encoder.encode(actor_shape(resolve_phrase(text, date, context, knowledge=knowledge))) + b"\n"


def actor_lines(stream: BinaryIO, *, where: str, told: Told, knowledge: Knowledge | None = None) -> Iterator[bytes]:
    """Who each line `{"text","date"?,"context"?}` names, encoded; `told` is called for lines that cannot be read."""
    number = 0
    for lines in chunks(stream):
        for line in lines:
            number += 1
            if not line.strip():
                continue
            try:
                row = _row(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                row = error
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                why = f"not JSON: {row}" if isinstance(row, Exception) else "no object with a text"
                told(Skipped(id="", where=f"{where}:{number}", why=why))
                empty = {"text": "", "country": "", "sectors": [], "name": "", "office": "", "skipped": why}
                yield _encoder.encode(empty) + b"\n"
                continue
            date, context = _said(row.get("date")), _said(row.get("context"))
            yield one_actor(row["text"], date=date, context=context, knowledge=knowledge)


def side(text: str) -> str:
    """The side that a person means by an ISO code or a name; raises UsageError when nothing is known of that name."""
    from dragoman.resolve import resolve_phrase  # noqa: PLC0415

    spellings = dict.fromkeys((text, text.title(), text.upper()))
    found = next(filter(None, (party(resolve_phrase(one, "", "")) for one in spellings)), "")
    if not found:
        raise UsageError(f"{text}: no state or organisation of that name is known; give its ISO code, such as GBR")
    return found
