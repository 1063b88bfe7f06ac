"""The commands that read documents: add, code, remove, demo."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.arguments import (
    Told,
    binary,
    counted,
    hints_of,
    one_of,
    open_there,
    passed_over,
    progress,
    show,
    source_of,
    state_of,
)
from dragoman.cli.options import LEAST_ID, PASSED_OVER, READ, Jobs, KnowledgeDirs, Record

if TYPE_CHECKING:
    from dragoman.keep import Added
    from dragoman.model import Skipped
    from dragoman.record import Store


def add(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files or folders; - is standard input.")],
    date: Annotated[str, typer.Option(help="When it was published, where the text does not say.")] = "",
    source: Annotated[str, typer.Option(help="Who published it: a name or an address.")] = "",
    side: Annotated[str, typer.Option(help="The state whose account it gives.")] = "",
    language: Annotated[str, typer.Option(help="Its language, two letters.")] = "",
    input: Annotated[str, typer.Option(help="auto, text, html or jsonl.")] = "auto",  # noqa: A002
    jobs: Jobs = 1,
    record: Record = "",
    knowledge: KnowledgeDirs = None,
) -> int:
    """Read documents, code them and keep them in the record."""
    from dragoman import keep  # noqa: PLC0415

    hints = hints_of(date, source, state_of(side) if side else "", language, input)
    with keep.open_record(record) as store:
        coder = keep.coder(knowledge or (), jobs)
        every = (keep.add(store, source_of(path), hints=hints, with_coder=coder) for path in paths)
        return _added(store, progress(chain.from_iterable(every), "document"))


def demo(record: Record = "") -> int:
    """Add the sample documents that ship with Dragoman to a record."""
    from dragoman import keep  # noqa: PLC0415

    with keep.open_record(record) as store:
        return _added(store, keep.add_samples(store))


def _added(store: Store, results: Iterable[Added | Skipped]) -> int:
    from dragoman.model import Skipped  # noqa: PLC0415

    new = there = claims = passed = 0
    for one in results:
        if isinstance(one, Skipped):
            passed_over(one)
            passed += 1
        else:
            new += one[1].added
            there += not one[1].added
            claims += one[1].claims
    added = f"{counted(new, 'document')} added with {counted(claims, 'claim')}"
    show(f"{added}, {there} there already, {passed} passed over: {store.path}")
    return PASSED_OVER if passed else READ


def import_(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, zip archives or folders of them.")],
    form: Annotated[
        str,
        typer.Option("--as", metavar="FORMAT", help="gdelt1, gdelt2, icews, polecat, phoenix, plover; else told."),
    ] = "",
    record: Record = "",
) -> int:
    """Bring the events of another data set into the record, each with its row."""
    from pathlib import Path  # noqa: PLC0415

    from dragoman import keep  # noqa: PLC0415
    from dragoman.exchange import Tally  # noqa: PLC0415
    from dragoman.exchange.incoming import FORMATS  # noqa: PLC0415

    if form:
        one_of("--as", form, FORMATS)
    tally = Tally()
    with keep.open_record(record) as store:
        every = (keep.bring(store, Path(path), form=form, tally=tally) for path in paths)
        status = _added(store, progress(chain.from_iterable(every), "row"))
    without = f", {tally.without_type} have a code that PLOVER has no type for" if tally.without_type else ""
    show(f"{counted(tally.rows, 'row')} read, {counted(tally.events, 'event')}{without}")
    if tally.mentions or tally.mentions_of_nothing or tally.articles:
        show(
            f"{counted(tally.mentions, 'further article')} by its mentions, {tally.mentions_of_nothing} mentions of"
            f" events not read or of their own article, themes of {counted(tally.articles, 'article')}"
        )
    return status


def remove(
    document: Annotated[str, typer.Argument(metavar="ID", help="The document's id, or how it begins.")],
    why: Annotated[str, typer.Option(help="Why; kept with the line that stays.")] = "",
    record: Record = "",
) -> int:
    """Take a document out again with all that rests on it alone; a line that it was there stays."""
    with open_there(record, write=True) as store:
        found = store.find_document(document)
        # "a" may be the id that somebody gave, and it may begin another; nobody means that one.
        if found.id != document and len(document) < LEAST_ID:
            raise typer.BadParameter(f"{document} is too short to name {found.id}; give at least {LEAST_ID} characters")
        claims = store.remove(found.id, why=why)
        show(f"removed {found.id} ({found.title or 'no title'}) with {counted(claims, 'claim')}")
    return READ


def code(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    input: Annotated[str, typer.Option(help="auto, text, html, or jsonl for one document a line.")] = "auto",  # noqa: A002
    format: Annotated[str, typer.Option(help="jsonl: a line a document. json: one object.")] = "jsonl",  # noqa: A002
    date: Annotated[str, typer.Option(help="When it was published, where the text does not say.")] = "",
    language: Annotated[str, typer.Option(help="Its language, two letters.")] = "",
    jobs: Jobs = 1,
    knowledge: KnowledgeDirs = None,
) -> int:
    """Print the claims of documents and store nothing."""
    one_of("--format", format, ("json", "jsonl"))
    from dragoman.keep import coder  # noqa: PLC0415

    hints = hints_of(date, "", "", language, input)
    told = Told()
    if input == "jsonl" and format == "jsonl":
        from dragoman.lines import code_lines  # noqa: PLC0415

        maker = coder(knowledge or (), jobs)
        with binary(file) as stream:
            lines = code_lines(maker, stream, where="standard input" if file == "-" else file, told=told, hints=hints)
            for line in progress(lines, "line"):
                sys.stdout.buffer.write(line)
                if told.flush:
                    sys.stdout.buffer.flush()
    else:
        from dragoman.lines import code_source  # noqa: PLC0415

        for line in code_source(
            coder(knowledge or (), jobs), source_of(file), hints=hints, whole=format == "json", told=told
        ):
            sys.stdout.buffer.write(line)
    return PASSED_OVER if told.count else READ
