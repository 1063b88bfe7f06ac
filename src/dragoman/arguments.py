"""What people type on the command line and what they are told: days, states, files, and lines on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import typer

if TYPE_CHECKING:
    from dragoman.model import Skipped
    from dragoman.record import Store


_Any = TypeVar("_Any")


class Told:
    """Says what was passed over, and counts it."""

    def __init__(self) -> None:
        self.count = 0
        self.flush = not sys.stdin.isatty()

    def __call__(self, skipped: Skipped) -> None:
        """Tells of one."""
        self.count += 1
        passed_over(skipped)


def passed_over(skipped: Skipped) -> None:
    """Says on standard error what was passed over, where and why."""
    say(f"passed over: {skipped.where}: {skipped.why}")


def say(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"dragoman: {text}\n")


#: Seconds between two words of progress: on a terminal, and in a log.
_OFTEN, _SELDOM = 1.0, 60.0


def progress(items: Iterable[_Any], what: str) -> Iterator[_Any]:
    """The same items; says on standard error how many have passed and how fast, once it takes long enough to wonder."""
    import time  # noqa: PLC0415

    live = sys.stderr.isatty()
    every = _OFTEN if live else _SELDOM
    began = said = time.monotonic()
    for count, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - said >= every:
            said = now
            line = f"{counted(count, what)}, {count / (now - began):.0f} a second"
            sys.stderr.write(f"\rdragoman: {line}\x1b[K" if live else f"dragoman: {line}\n")
            sys.stderr.flush()
    if said > began and live:
        sys.stderr.write("\r\x1b[K")


def show(text: str) -> None:
    """One line on standard output."""
    # Bytes, so that a terminal or pipe in another encoding cannot stop a run.
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuses a value that is not allowed, as a wrong call."""
    if value not in allowed:
        raise typer.BadParameter(f"{option} {value}: give {' or '.join(allowed)}")


def hints_of(date: str, source: str, side: str, language: str, kind: str) -> Any:  # noqa: ANN401  # loaded late
    """What the options say of a text; refuses a format, a date or a language that is none, before anything is read."""
    one_of("--input", kind, ("auto", "text", "html", "jsonl"))
    a_date(date)
    from dragoman.errors import UnknownLanguage  # noqa: PLC0415
    from dragoman.read import Hints  # noqa: PLC0415
    from dragoman.read.language import language_of  # noqa: PLC0415

    if language:
        try:
            language_of("", given=language)
        except UnknownLanguage as error:
            raise typer.BadParameter(f"--language: {error}") from error
    return Hints(date=date, source=source, side=side, language=language, input=kind)  # type: ignore[arg-type]


def a_date(text: str) -> None:
    """Refuses what is no date in any usual form, as a wrong call."""
    if not text:
        return
    from dragoman.read.dates import given  # noqa: PLC0415

    if given(text) is None:
        raise typer.BadParameter(f"--date {text}: no date; write it as 2018-03-04")


def knowledge_of(folders: list[str] | None) -> Any:  # noqa: ANN401  # loaded late
    """The knowledge in force with the folders given, else those of the settings. Raises KnowledgeError."""
    from dragoman.knowledge import load  # noqa: PLC0415
    from dragoman.settings import settings  # noqa: PLC0415

    return load(tuple(Path(one) for one in folders or ()) or settings().knowledge)


def counted(number: int, one: str) -> str:
    """A number with its noun: "1 claim", "2 claims"."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def source_of(path: str) -> str | Path:
    """A path, or `-` for standard input."""
    return path if path == "-" else Path(path)


@contextmanager
def binary(path: str) -> Iterator[BinaryIO]:
    """A file or standard input, as bytes. Raises MissingPath."""
    if path == "-":
        yield sys.stdin.buffer
        return
    from dragoman.errors import EmptyInput, MissingPath  # noqa: PLC0415

    if not Path(path).is_file():
        raise MissingPath("there is no such file; give one that is there, or - for standard input", where=path)
    if not Path(path).stat().st_size:
        raise EmptyInput("there is no line in it; give a file that holds some", where=path)
    with Path(path).open("rb") as stream:
        yield stream


def open_there(record: str, *, write: bool = False) -> Store:
    """The record that was named or is set. Raises RecordError when it is not there."""
    from dragoman.errors import RecordError  # noqa: PLC0415
    from dragoman.keep import open_record  # noqa: PLC0415
    from dragoman.settings import settings  # noqa: PLC0415

    path = record or settings().record
    if "://" not in path and not Path(path).is_file():
        raise RecordError(f"{path}: there is no such record; `dragoman add FILE` makes one, --record names another")
    return open_record(path, write=write)


def by_whom(by: str) -> str:
    """Who judges: as given, else who is logged in."""
    import getpass  # noqa: PLC0415

    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise typer.BadParameter("--by: who judges? nobody is logged in here") from error


def state_of(text: str) -> str:
    """The side that a person means by an ISO code or a name. Raises UsageError."""
    if len(text) == 3:
        from dragoman.knowledge import load  # noqa: PLC0415

        # Not every three letters are a code: UAE and DRC are names.
        files = ("actors/states.csv", "actors/organisations.csv")
        if text.upper() in {row["code"] for file in files for row in load().rows(file)}:
            return text.upper()
    from dragoman.lines import side  # noqa: PLC0415

    return side(text)


def first_day(day: str) -> str:
    """The first day of a day, month or year."""
    return _day(day, lambda year, month: f"{year:04}-{month or 1:02}-01")


def last_day(day: str) -> str:
    """The last day of a day, month or year."""
    import calendar  # noqa: PLC0415

    return _day(day, lambda year, month: f"{year:04}-{month or 12:02}-{calendar.monthrange(year, month or 12)[1]:02}")


def between(since: str, until: str) -> tuple[str, str]:
    """The first and the last day of a stretch of time; refuses one that ends before it begins."""
    first, last = first_day(since), last_day(until)
    if first and last and last < first:
        raise typer.BadParameter(f"--until {until} is before --since {since}; nothing can lie between")
    return first, last


def _day(text: str, fill: Callable[[int, int], str]) -> str:
    import datetime  # noqa: PLC0415

    if not text:
        return ""
    parts = text.split("-")
    try:
        if len(parts) == 3:
            return datetime.date.fromisoformat(text).isoformat()
        year, month = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
        datetime.date(year, month or 1, 1)
        return fill(year, month) if len(parts) <= 2 else ""
    except ValueError as error:
        raise typer.BadParameter(f"{text}: no day; write it as 2018-03-04, 2018-03 or 2018") from error


def write_out(path: Path, content: bytes | Iterator[bytes]) -> None:
    """Writes a file and says so. Raises UsageError when its folder is not there or nothing can be written to it."""
    from dragoman.errors import UsageError  # noqa: PLC0415

    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}; make it first")
    try:
        with path.open("wb") as file:
            for piece in [content] if isinstance(content, bytes) else content:
                file.write(piece)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written whole ({error.strerror}); make room or name another file"
        ) from error
    say(f"written: {path}")
