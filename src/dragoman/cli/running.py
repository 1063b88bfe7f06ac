"""The commands about the program itself: evaluate, version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.arguments import one_of, show
from dragoman.cli.options import CORPORA, READ, KnowledgeDirs


def evaluate(
    gold: Annotated[str, typer.Option(metavar="DIR", help="The project's own gold.")] = "evals/gold",
    corpora: Annotated[str, typer.Option(metavar="DIR", help="Where the texts of gold without text are.")] = CORPORA,
    shared: Annotated[str, typer.Option(metavar="DIR", help="A folder with tools/measure.py, to run it too.")] = "",
    part: Annotated[list[str] | None, typer.Option(help="Only these parts; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many rows a part.")] = 0,
    blind: Annotated[str, typer.Option(help="Rows set aside: without, only or both.")] = "without",
    errors: Annotated[str, typer.Option(metavar="FILE", help="Write the errors there, as a page.")] = "",
    knowledge: KnowledgeDirs = None,
) -> int:
    """Measure the coder on texts whose answer is known, and print the tables."""
    from dragoman.evaluation import evaluate as measured  # noqa: PLC0415

    one_of("--blind", blind, ("without", "only", "both"))
    for line in measured(
        Path(gold),
        corpora=Path(corpora),
        shared=Path(shared) if shared else None,
        parts=part or [],
        limit=limit,
        knowledge=knowledge or [],
        blind=blind,
        errors=Path(errors) if errors else None,
    ):
        show(line)
    return READ


def version() -> int:
    """Print the version of the program and the digest of its knowledge."""
    from dragoman import __version__  # noqa: PLC0415
    from dragoman.knowledge import load  # noqa: PLC0415

    show(f"dragoman {__version__}, knowledge {load().digest}")
    return READ
