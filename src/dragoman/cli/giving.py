"""The commands that give the record out: export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.arguments import between, one_of, open_there, say, state_of, write_out
from dragoman.cli.options import READ, Record, Since, Until

if TYPE_CHECKING:
    from dragoman.record import Store

#: What is not exported as plain rows, with the formats that it has, the first by default.
OTHERS = {
    "panel": ("csv", "jsonl", "parquet"),
    "people": ("ftm",),
    "calendar": ("ics",),
    "package": ("folder",),
}
#: Formats of other event data sets.
EVENTS = ("icews", "polecat", "phoenix", "plover", "gdelt")


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="events, …, claims, documents, relations, panel, people, calendar, package."
        ),
    ],
    format: Annotated[  # noqa: A002
        str, typer.Option(help="jsonl, csv or parquet; of events also icews, polecat, phoenix, plover or gdelt.")
    ] = "",
    out: Annotated[
        str, typer.Option(metavar="FILE", help="Write it there; needed for parquet and, as a folder, for package.")
    ] = "",
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the sentences out; ids and offsets stay.")] = False,
    state: Annotated[list[str] | None, typer.Option(help="panel: only pairs of these states; may be repeated.")] = None,
    since: Since = "",
    until: Until = "",
    record: Record = "",
) -> int:
    """Print what the record holds, with its evidence, or write it in the shape of another tool."""
    first, last = between(since, until)
    if kind in OTHERS:
        format = format or OTHERS[kind][0]  # noqa: A001
        one_of("--format", format, OTHERS[kind])
    format = format or "jsonl"  # noqa: A001
    if format == "parquet" and not out:
        raise typer.BadParameter("--format parquet: no text; say with --out where to write it")
    if kind == "package" and not out:
        raise typer.BadParameter("package: say with --out which folder to make")
    with open_there(record) as store:
        if kind == "package":
            return _package(store, Path(out), text=not no_text, since=first, until=last)
        pieces = _pieces(
            store, kind, format, text=not no_text, days=(first, last), states=[state_of(one) for one in state or ()]
        )
        if out:
            write_out(Path(out), pieces)
        else:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
    return READ


def _pieces(
    store: Store, kind: str, form: str, *, text: bool, days: tuple[str, str], states: list[str]
) -> Iterator[bytes]:
    import datetime  # noqa: PLC0415

    from dragoman import exchange  # noqa: PLC0415
    from dragoman.show import export as shown  # noqa: PLC0415

    since, until = days
    if kind == "panel":
        items = store.items("event")
        return shown.encoded(exchange.panel(items, since=since, until=until, only=tuple(states)), form)
    if kind == "people":
        return shown.encoded(exchange.entities(store.claims(since=since, until=until)), "jsonl")
    if kind == "calendar":
        # Without --since: what is still to come.
        today = since or datetime.datetime.now(datetime.UTC).date().isoformat()
        return exchange.calendar(store.items("event"), text=text, today=today)
    if kind in ("event", "events") and form in EVENTS:
        addresses = {line.id: line.url for line in store.documents() if line.url} if form == "gdelt" else None
        items = store.items("event", since=since, until=until)
        return exchange.rows_of(items, form=form, text=text, addresses=addresses)
    return shown.export(store, kind, format=form, text=text, since=since, until=until)


def _package(store: Store, folder: Path, *, text: bool, since: str, until: str) -> int:
    from dragoman.exchange import write_package  # noqa: PLC0415
    from dragoman.show.export import KINDS, flat, shapes  # noqa: PLC0415

    def rows(kind: str) -> Iterator[dict[str, object]]:
        return map(flat, shapes(store, kind, text=text, since=since, until=until))

    title = f"Events and other items of the record {Path(store.path).stem}"
    for file in write_package(folder, rows, KINDS, name="dragoman-record", title=title):
        say(f"written: {folder / file}")
    return READ
