"""The commands that give the record out: export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.arguments import between, one_of, open_there, say, state_of, write_out
from dragoman.cli.options import READ, Record, Since, Until


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
    from dragoman.show import giving  # noqa: PLC0415  # slow to load

    first, last = between(since, until)
    if kind == "package":
        return _package(record, format, out, text=not no_text, days=(first, last))
    if kind in giving.OTHERS:
        format = format or giving.OTHERS[kind][0]  # noqa: A001
        one_of("--format", format, giving.OTHERS[kind])
    format = format or "jsonl"  # noqa: A001
    if format == "parquet" and not out:
        raise typer.BadParameter("--format parquet: no text; say with --out where to write it")
    with open_there(record) as store:
        states = tuple(state_of(one) for one in state or ())
        pieces = giving.given(store, kind, format, text=not no_text, since=first, until=last, states=states)
        if out:
            write_out(Path(out), pieces)
        else:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
    return READ


def _package(record: str, form: str, out: str, *, text: bool, days: tuple[str, str]) -> int:
    from dragoman.show import giving  # noqa: PLC0415

    one_of("--format", form or "folder", ("folder", "zip"))
    if not out:
        raise typer.BadParameter("package: say with --out which folder to make, or which file with --format zip")
    with open_there(record) as store:
        if form == "zip":
            write_out(Path(out), giving.given(store, "package", "zip", text=text, since=days[0], until=days[1]))
            return READ
        for file in giving.package(store, Path(out), text=text, since=days[0], until=days[1]):
            say(f"written: {Path(out) / file}")
    return READ
