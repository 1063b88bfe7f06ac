"""The commands `dragoman knowledge …`: show what is known of a name, import a dictionary, list unknown names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.arguments import a_date, counted, knowledge_of, one_of, open_there, passed_over, say, show, source_of

if TYPE_CHECKING:
    from dragoman.model import Document

READ, PASSED_OVER = 0, 1
#: So many lines that were passed over are said one by one.
_SAID = 20

app = typer.Typer(
    help="Show, import and complete what is known of names.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Dirs = Annotated[
    list[str] | None,
    typer.Option("--knowledge", metavar="DIR", help="A folder of your own knowledge; may be repeated."),
]


@app.command("show")
def show_name(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an office or a word for people.")],
    date: Annotated[str, typer.Option(help="The day at which it is meant (2018-03-04, 2018-03 or 2018).")] = "",
    format: Annotated[str, typer.Option(help="text or json.")] = "text",  # noqa: A002
    knowledge: Dirs = None,
) -> int:
    """Show every line of knowledge that a name may mean, and who it is at a date.

    Each line has its file and line number, its dates and its note; `unverified` was written from general knowledge and
    dates no document.
    """
    one_of("--format", format, ("text", "json"))
    a_date(date)
    from dragoman.resolve.actors import day  # noqa: PLC0415
    from dragoman.show.names import shown, told  # noqa: PLC0415

    found = shown(name, date=day(date), knowledge=knowledge_of(knowledge))
    if format == "json":
        import msgspec  # noqa: PLC0415

        sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    else:
        for line in told(found):
            show(line)
    return READ


@app.command("import")
def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A PETRARCH, TABARI or Phoenix dictionary, or a CSV.")],
    out: Annotated[str, typer.Option(metavar="DIR", help="The knowledge folder to write; --knowledge takes it.")],
    every: Annotated[bool, typer.Option("--all", help="Also what is known already with the same code.")] = False,
) -> int:
    """Make a knowledge folder out of an actor or agent dictionary.

    Read are actor dictionaries (`NAME`, `+SYNONYM`, `[RUSGOV 991231-080507]`), agent dictionaries (`FARMER [~AGR]`),
    and CSV with the columns name, code, sector, from, to (and, if you like, kind, office, aliases). What cannot be read
    is said with its line; the rest is written. Then: dragoman code --knowledge DIR …
    """
    from dragoman.dictionaries import known_already, read_dictionary, write_folder  # noqa: PLC0415
    from dragoman.knowledge import load  # noqa: PLC0415
    from dragoman.model import Skipped  # noqa: PLC0415

    path = Path(file)
    known = load()
    imported = read_dictionary(path, known)
    old = [] if every else known_already(imported, known)
    there = {id(row) for row in old}
    fresh = imported._replace(rows=[row for row in imported.rows if id(row) not in there])
    written = write_folder(Path(out), fresh, path.name.removesuffix(path.suffix) or path.name, source=path.name)
    for number, why in imported.passed[:_SAID]:
        passed_over(Skipped(id="", where=f"{file}:{number}", why=why))
    more = len(imported.passed) - _SAID
    if more > 0:
        say(f"and {more} more passed over")
    kinds = "word" if fresh.folder == "agents" else "row"
    show(
        f"{counted(len(fresh.rows), kinds)} written to {written}, {len(old)} known already, "
        f"{len(imported.passed)} passed over"
    )
    return PASSED_OVER if imported.passed else READ


@app.command("suggest")
def suggest_names(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Documents; without any, those of the record.")
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="Names that stand so many times at least.")] = 3,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
    format: Annotated[str, typer.Option(help="text, or csv: a table for `import`.")] = "text",  # noqa: A002
    record: Annotated[
        str, typer.Option("--record", metavar="FILE", help="The record (default: dragoman.sqlite here).")
    ] = "",
    knowledge: Dirs = None,
) -> int:
    """List names that stand often in documents or in the record and that are not known, for a person to add."""
    one_of("--format", format, ("text", "csv"))
    from dragoman.suggesting import suggest  # noqa: PLC0415

    passed: list[str] = []
    found = suggest(_documents(paths or [], record, passed), knowledge_of(knowledge), least=least, limit=limit)
    if format == "csv":
        import csv  # noqa: PLC0415
        import io  # noqa: PLC0415

        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["name", "code", "sector", "from", "to", "documents", "times", "example"])
        writer.writerows([s.name, s.code, s.sector, "", "", s.documents, s.times, s.example] for s in found)
        sys.stdout.buffer.write(table.getvalue().encode())
    else:
        for s in found:
            guess = " ".join(filter(None, (s.code, s.sector)))
            name = f"{s.name} ({guess}?)" if guess else s.name
            show(f"{s.times:>5}  {name}, in {counted(s.documents, 'document')}: … {s.example} …")
    if not found:
        say(f"no unknown name stands {least} times or more; --least takes a lower number")
    return PASSED_OVER if passed else READ


def _documents(paths: Iterable[str], record: str, passed: list[str]) -> Iterator[Document]:
    """The documents of files and folders, or of the record; what cannot be read is said and noted."""
    from dragoman.model import Skipped  # noqa: PLC0415

    paths = list(paths)
    if paths:
        from dragoman.read import Hints, read  # noqa: PLC0415

        for path in paths:
            for one in read(source_of(path), hints=Hints()):
                if isinstance(one, Skipped):
                    passed_over(one)
                    passed.append(one.where)
                else:
                    yield one
        return
    with open_there(record) as store:
        for line in store.documents():
            coded = store.document(line.id)
            if coded is not None:
                yield coded.document
