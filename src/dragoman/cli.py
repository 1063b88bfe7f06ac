"""The command line: arguments in, one call of the library, print. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dragoman import desk_commands
from dragoman.arguments import (
    Told,
    a_date,
    between,
    binary,
    counted,
    hints_of,
    one_of,
    open_there,
    passed_over,
    say,
    show,
    source_of,
    state_of,
    write_out,
)

if TYPE_CHECKING:
    from dragoman.keep import Added
    from dragoman.model import Skipped
    from dragoman.record import Store

#: Exit statuses, as the model says.
READ, PASSED_OVER, WRONG_CALL = 0, 1, 2
#: Where the texts of gold without text are looked for.
CORPORA = "../shared/corpora"
#: A fault of our own is none of these (EX_SOFTWARE of sysexits.h).
BROKEN = 70
#: A document may be named by the beginning of its id, if it is no shorter.
LEAST_ID = 4

app = typer.Typer(
    name="dragoman",
    help="Reads what states do and say to each other and keeps a sourced record of their relations.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Record = Annotated[str, typer.Option("--record", metavar="FILE", help="The record (default: dragoman.sqlite here).")]
KnowledgeDirs = Annotated[
    list[str] | None,
    typer.Option("--knowledge", metavar="DIR", help="A folder of your own knowledge; may be repeated."),
]
Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help="Nothing before that day (2018-01-01, 2018-01, 2018).")
]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Nothing after that day.")]
Side = Annotated[str, typer.Argument(metavar="STATE", help="An ISO code (GBR) or a name (Britain).")]


def main() -> NoReturn:
    """Runs the command line; errors made on purpose are one line on standard error."""
    import errno  # noqa: PLC0415
    import os  # noqa: PLC0415

    from dragoman.errors import DragomanError, InputError  # noqa: PLC0415

    status = READ
    try:
        status = app(standalone_mode=False) or READ
        sys.stdout.flush()
    except InputError as error:
        say(str(error))
        status = PASSED_OVER
    except DragomanError as error:
        say(str(error))
        status = WRONG_CALL
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except typer.Exit as leave:
        status = leave.exit_code
    except OSError as error:
        if error.errno != errno.EPIPE:
            say(str(error))
            status = WRONG_CALL
        else:
            # The reader has gone (`| head`); nothing may be written at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001  # told and given a status of its own
        if hasattr(error, "show") and hasattr(error, "exit_code"):
            error.show()
            status = int(error.exit_code)
        else:
            import traceback  # noqa: PLC0415

            traceback.print_exc()
            say("this is a fault of Dragoman's own; please report the lines above")
            status = BROKEN
    sys.exit(status)


@app.command(rich_help_panel=None)
def add(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files or folders; - is standard input.")],
    date: Annotated[str, typer.Option(help="When it was published, where the text does not say.")] = "",
    source: Annotated[str, typer.Option(help="Who published it: a name or an address.")] = "",
    side: Annotated[str, typer.Option(help="The state whose account it gives.")] = "",
    language: Annotated[str, typer.Option(help="Its language, two letters.")] = "",
    input: Annotated[str, typer.Option(help="auto, text, html or jsonl.")] = "auto",  # noqa: A002
    record: Record = "",
    knowledge: KnowledgeDirs = None,
) -> int:
    """Read documents, code them and keep them in the record."""
    from dragoman import keep  # noqa: PLC0415

    hints = hints_of(date, source, state_of(side) if side else "", language, input)
    with keep.open_record(record) as store:
        coder = keep.coder(knowledge or ())
        every = (keep.add(store, source_of(path), hints=hints, with_coder=coder) for path in paths)
        return _added(store, chain.from_iterable(every))


@app.command()
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


@app.command()
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


@app.command()
def code(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    input: Annotated[str, typer.Option(help="auto, text, html, or jsonl for one document a line.")] = "auto",  # noqa: A002
    format: Annotated[str, typer.Option(help="jsonl: a line a document. json: one object.")] = "jsonl",  # noqa: A002
    date: Annotated[str, typer.Option(help="When it was published, where the text does not say.")] = "",
    language: Annotated[str, typer.Option(help="Its language, two letters.")] = "",
    knowledge: KnowledgeDirs = None,
) -> int:
    """Print the claims of documents and store nothing."""
    one_of("--format", format, ("json", "jsonl"))
    from dragoman.keep import coder  # noqa: PLC0415

    hints = hints_of(date, "", "", language, input)
    told = Told()
    if input == "jsonl" and format == "jsonl":
        from dragoman.lines import code_lines  # noqa: PLC0415

        maker = coder(knowledge or ())
        with binary(file) as stream:
            for line in code_lines(
                maker, stream, where="standard input" if file == "-" else file, told=told, hints=hints
            ):
                sys.stdout.buffer.write(line)
                if told.flush:
                    sys.stdout.buffer.flush()
    else:
        from dragoman.lines import code_source  # noqa: PLC0415

        for line in code_source(
            coder(knowledge or ()), source_of(file), hints=hints, whole=format == "json", told=told
        ):
            sys.stdout.buffer.write(line)
    return PASSED_OVER if told.count else READ


@app.command()
def actor(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="A name or phrase; - with --input jsonl.")],
    date: Annotated[str, typer.Option(help="The day at which it is meant.")] = "",
    context: Annotated[str, typer.Option(help="The text around it.")] = "",
    input: Annotated[str, typer.Option(help="text, or jsonl for a line each.")] = "text",  # noqa: A002
) -> int:
    """Say who a name or phrase stands for at a date."""
    one_of("--input", input, ("text", "jsonl"))
    a_date(date)
    from dragoman.lines import actor_lines, one_actor  # noqa: PLC0415

    if input == "text":
        sys.stdout.buffer.write(one_actor(phrase, date=date, context=context))
        return READ
    told = Told()
    with binary(phrase) as stream:
        for line in actor_lines(stream, where="standard input" if phrase == "-" else phrase, told=told):
            sys.stdout.buffer.write(line)
    return PASSED_OVER if told.count else READ


app.command()(desk_commands.brief)


@app.command()
def timeline(
    a: Side,
    b: Side,
    since: Since = "",
    until: Until = "",
    status: Annotated[
        str, typer.Option(help="actual, future, hypothetical, negated or historical; all when left out.")
    ] = "",
    type: Annotated[str, typer.Option(help="One PLOVER type, such as CONSULT.")] = "",  # noqa: A002
    format: Annotated[str, typer.Option(help="text or jsonl.")] = "text",  # noqa: A002
    record: Record = "",
) -> int:
    """Print the events between two sides, by day."""
    one_of("--format", format, ("text", "jsonl"))
    first, last = between(since, until)
    _is_known(type.upper(), status)
    from dragoman.show.export import event_lines  # noqa: PLC0415

    with open_there(record) as store:
        found = store.events(
            state_of(a),
            state_of(b),
            since=first,
            until=last,
            status=status,
            event_type=type.upper(),
        )
        for line in event_lines(found, format=format):
            show(line)
    if not found:
        say(f"the record holds no such events between {a} and {b}; `dragoman relations` shows what it holds")
    return READ


def _is_known(event_type: str, status: str) -> None:
    """Refuses a type or status that no event can have."""
    from dragoman.knowledge import load  # noqa: PLC0415

    known = load().tree("ontology/plover.yaml")
    if event_type:
        one_of("--type", event_type, tuple(known["types"]))
    if status:
        one_of("--status", status, tuple(known["statuses"]))


@app.command()
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


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words that must all be there; "a phrase"; a beginning*.')],
    party: Annotated[list[str] | None, typer.Option(help="A state that takes part; may be repeated.")] = None,
    kind: Annotated[str, typer.Option(help="document, event, statement, agreement, …")] = "",
    since: Since = "",
    until: Until = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    format: Annotated[str, typer.Option(help="text or jsonl.")] = "text",  # noqa: A002
    record: Record = "",
) -> int:
    """Find documents and claims by their words."""
    one_of("--format", format, ("text", "jsonl"))
    first, last = between(since, until)
    from dragoman.show.export import hit_lines  # noqa: PLC0415

    parties = tuple(state_of(one) for one in party or ())
    with open_there(record) as store:
        hits = store.search(query, parties=parties, kind=kind, since=first, until=last, limit=limit)
    for line in hit_lines(hits, format=format):
        show(line)
    if not hits:
        say(f"nothing in the record holds all of {query}; fewer words, or a beginning with *, find more")
    return READ


@app.command()
def explain(
    what: Annotated[str, typer.Argument(metavar="ID|TEXT", help="The id of a claim or item, or a sentence to code.")],
    date: Annotated[str, typer.Option(help="The day of a sentence.")] = "",
    record: Record = "",
    knowledge: KnowledgeDirs = None,
) -> int:
    """Show why a claim came out as it did, and what an event rests on."""
    a_date(date)
    from dragoman.show.export import explain_coded, explain_stored  # noqa: PLC0415

    if " " not in what.strip():
        with open_there(record) as store:
            lines = explain_stored(store, what.strip())
    else:
        from dragoman import keep  # noqa: PLC0415

        maker = keep.coder(knowledge or ())
        lines = explain_coded(keep.code(what, date=date, with_coder=maker))
    for line in lines:
        show(line)
    return READ


@app.command()
def relations(
    of: Annotated[str, typer.Option("--of", metavar="STATE", help="Those of one state only.")] = "",
    format: Annotated[str, typer.Option(help="text or jsonl.")] = "text",  # noqa: A002
    record: Record = "",
) -> int:
    """List the relations that the record knows, most events first."""
    one_of("--format", format, ("text", "jsonl"))
    from dragoman.show.export import relation_lines  # noqa: PLC0415

    with open_there(record) as store:
        for line in relation_lines(store.relations(of=state_of(of) if of else ""), format=format):
            show(line)
    return READ


app.command()(desk_commands.serve)


@app.command()
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


@app.command()
def version() -> int:
    """Print the version of the program and the digest of its knowledge."""
    from dragoman import __version__  # noqa: PLC0415
    from dragoman.knowledge import load  # noqa: PLC0415

    show(f"dragoman {__version__}, knowledge {load().digest}")
    return READ


if __name__ == "__main__":
    main()
