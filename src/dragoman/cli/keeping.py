"""The commands that keep a record sound: rebuild, recode, check, backup."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from dragoman.arguments import counted, one_of, open_there, passed_over, progress, say, show
from dragoman.cli.options import PASSED_OVER, READ, Jobs, KnowledgeDirs, Record


def rebuild(record: Record = "") -> int:
    """Derive all events and other items anew from documents, claims and judgements."""
    with open_there(record, write=True) as store:
        show(f"{counted(store.rebuild(), 'item')} derived anew: {store.path}")
    return READ


def recode(
    document: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this document; may be repeated.")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    format: Annotated[str, typer.Option(help="text: counts. jsonl: a line for each change.")] = "text",  # noqa: A002
    jobs: Jobs = 1,
    record: Record = "",
    knowledge: KnowledgeDirs = None,
) -> int:
    """Code the documents of the record again with the coder and knowledge of today; every judgement stays."""
    one_of("--format", format, ("text", "jsonl"))
    from dragoman import keep  # noqa: PLC0415
    from dragoman.show.changes import change_lines, counts  # noqa: PLC0415

    total: Counter[str] = Counter()
    skipped = 0
    with open_there(record, write=True) as store:
        wanted = [store.find_document(one).id for one in document or ()]
        found = keep.recode(store, wanted, keep=not dry, with_coder=keep.coder(knowledge or (), jobs))
        for told, passed in progress(found, "document"):
            total.update(counts(told))
            for one in passed:
                passed_over(one)
                skipped += 1
            if format == "jsonl":
                for line in change_lines(told):
                    sys.stdout.buffer.write(line)
        waiting = len(store.asked())
    if format == "text":
        show(", ".join(f"{number} {name}" for name, number in total.items()) or "no documents")
        if dry:
            show("nothing was kept (--dry-run)")
    if waiting:
        say(f"{counted(waiting, 'claim')} judged by people came out otherwise: `dragoman review --asked`")
    return PASSED_OVER if skipped else READ


def check(
    quick: Annotated[bool, typer.Option("--quick", help="Do not derive everything again to compare.")] = False,
    record: Record = "",
) -> int:
    """Find what is damaged in a record or does not fit together, and say what."""
    with open_there(record, write=True) as store:
        faults = 0
        for fault in store.check(derive=not quick):
            show(fault)
            faults += 1
        show(f"{store.path}: {counted(faults, 'fault') if faults else 'sound'}")
    return PASSED_OVER if faults else READ


def backup(
    target: Annotated[str, typer.Argument(metavar="FILE", help="A new file, or the URL of an empty database.")],
    record: Record = "",
) -> int:
    """Copy a record while it is in use, to a file or to PostgreSQL."""
    with open_there(record) as store:
        size = store.backup(target)
        show(f"{store.path} copied to {target}: {size / 1e6:.1f} MB")
    return READ
