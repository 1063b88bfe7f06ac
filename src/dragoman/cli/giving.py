"""The commands that give the record out: export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.arguments import between, open_there, write_out
from dragoman.cli.options import READ, Record, Since, Until


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="events, agreements, …, claims, documents or relations.")],
    format: Annotated[str, typer.Option(help="jsonl, csv or parquet.")] = "jsonl",  # noqa: A002
    out: Annotated[str, typer.Option(metavar="FILE", help="Write it there; needed for parquet.")] = "",
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the sentences out; ids and offsets stay.")] = False,
    since: Since = "",
    until: Until = "",
    record: Record = "",
) -> int:
    """Print what the record holds, with its evidence."""
    first, last = between(since, until)
    if format == "parquet" and not out:
        raise typer.BadParameter("--format parquet: no text; say with --out where to write it")
    from dragoman.show.export import export as exported  # noqa: PLC0415

    with open_there(record) as store:
        pieces = exported(store, kind, format=format, text=not no_text, since=first, until=last)
        if out:
            write_out(Path(out), pieces)
        else:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
    return READ
