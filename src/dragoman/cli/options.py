"""Exit statuses and the options that many commands share."""

from __future__ import annotations

from typing import Annotated

import typer

#: Exit statuses, as the model says.
READ, PASSED_OVER, WRONG_CALL = 0, 1, 2
#: Where the texts of gold without text are looked for.
CORPORA = "../shared/corpora"
#: A fault of our own is none of these (EX_SOFTWARE of sysexits.h).
BROKEN = 70
#: A document may be named by the beginning of its id, if it is no shorter.
LEAST_ID = 4

Record = Annotated[
    str,
    typer.Option(
        "--record", metavar="FILE|URL", help="The record: a file (default: dragoman.sqlite) or postgresql://…"
    ),
]
KnowledgeDirs = Annotated[
    list[str] | None,
    typer.Option("--knowledge", metavar="DIR", help="A folder of your own knowledge; may be repeated."),
]
Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help="Nothing before that day (2018-01-01, 2018-01, 2018).")
]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Nothing after that day.")]
Side = Annotated[str, typer.Argument(metavar="STATE", help="An ISO code (GBR) or a name (Britain).")]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Code on so many processes; 0 is one for each core.")
]
