"""The commands of the desk: brief, which writes a relation down, and serve, which opens the pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.arguments import between, one_of, open_there, say, state_of, write_out

Record = Annotated[
    str,
    typer.Option(
        "--record", metavar="FILE|URL", help="The record: a file (default: dragoman.sqlite) or postgresql://…"
    ),
]
Side = Annotated[str, typer.Argument(metavar="STATE", help="An ISO code (GBR) or a name (Britain).")]
Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help="Nothing before that day (2018-01-01, 2018-01, 2018).")
]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Nothing after that day.")]

#: What a terminal can show; the others are for files.
TEXTS = ("md", "html")


def brief(
    a: Side,
    b: Side,
    since: Since = "",
    until: Until = "",
    format: Annotated[str, typer.Option(help="md, html, docx or pdf; else what --out ends in.")] = "",  # noqa: A002
    out: Annotated[str, typer.Option(metavar="FILE", help="Write it there; needed for docx and pdf.")] = "",
    record: Record = "",
) -> int:
    """Write the brief of a relation: one page, then the annex with its chart and sources."""
    chosen = format or (Path(out).suffix.removeprefix(".") if out else "md")
    one_of("--format", chosen, (*TEXTS, "docx", "pdf"))
    if chosen not in TEXTS and not out:
        raise typer.BadParameter(f"--format {chosen}: no text; say with --out where to write it")
    first, last = between(since, until)
    from dragoman.show.brief import write_brief  # noqa: PLC0415

    with open_there(record) as store:
        content = write_brief(store, state_of(a), state_of(b), since=first, until=last, format=chosen)
    if out:
        write_out(Path(out), content)
    else:
        sys.stdout.buffer.write(content + b"\n")
    return 0


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port (default: 8000, or what the settings say).")
    ] = 0,
    host: Annotated[
        str, typer.Option(help="The address to listen at; other than this machine only with --token.")
    ] = "",
    token: Annotated[
        str, typer.Option(envvar="DRAGOMAN_TOKEN", help="Who has it may read and write; `new` makes one.")
    ] = "",
    record: Record = "",
) -> int:
    """Open the desk: pages over the record, on this machine."""
    import secrets  # noqa: PLC0415

    from dragoman.settings import settings  # noqa: PLC0415
    from dragoman.show.web import serve as run  # noqa: PLC0415

    known = settings()
    if token == "new":  # noqa: S105  # a word that asks for one
        token = secrets.token_urlsafe(24)
        say(f"the token: {token}")
    with open_there(record, write=True) as store:
        run(store, host=host or known.host, port=port or known.port, token=token, told=say)
    return 0
