"""The commands that ask the record and the knowledge: actor, timeline, search, explain, relations."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dragoman.arguments import (
    Told,
    a_date,
    between,
    binary,
    knowledge_of,
    one_of,
    open_there,
    say,
    show,
    state_of,
)
from dragoman.cli.options import PASSED_OVER, READ, KnowledgeDirs, Record, Side, Since, Until


def actor(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="A name or phrase; - with --input jsonl.")],
    date: Annotated[str, typer.Option(help="The day at which it is meant.")] = "",
    context: Annotated[str, typer.Option(help="The text around it.")] = "",
    input: Annotated[str, typer.Option(help="text, or jsonl for a line each.")] = "text",  # noqa: A002
    knowledge: KnowledgeDirs = None,
) -> int:
    """Say who a name or phrase stands for at a date."""
    one_of("--input", input, ("text", "jsonl"))
    a_date(date)
    known = knowledge_of(knowledge)
    from dragoman.lines import actor_lines, one_actor  # noqa: PLC0415

    if input == "text":
        sys.stdout.buffer.write(one_actor(phrase, date=date, context=context, knowledge=known))
        return READ
    told = Told()
    with binary(phrase) as stream:
        for line in actor_lines(
            stream, where="standard input" if phrase == "-" else phrase, told=told, knowledge=known
        ):
            sys.stdout.buffer.write(line)
    return PASSED_OVER if told.count else READ


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


def search(
    query: Annotated[str, typer.Argument(help='Words that must all be there; "a phrase"; a beginning*.')],
    party: Annotated[list[str] | None, typer.Option(help="A state that takes part; may be repeated.")] = None,
    kind: Annotated[str, typer.Option(help="document, event, statement, agreement, …")] = "",
    type: Annotated[str, typer.Option(help="One PLOVER type, such as CONSULT.")] = "",  # noqa: A002
    status: Annotated[str, typer.Option(help="actual, future, hypothetical, negated or historical.")] = "",
    source: Annotated[str, typer.Option(help="Who published it, as the record names it.")] = "",
    side: Annotated[str, typer.Option(help="The state whose account it is.")] = "",
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

    _is_known(type.upper(), status)
    from dragoman.record import Filters  # noqa: PLC0415

    filters = Filters(
        parties=tuple(state_of(one) for one in party or ()),
        kind=kind or ("event" if type or status else ""),
        event_type=type.upper(),
        status=status,
        since=first,
        until=last,
        source=source,
        side=state_of(side) if side else "",
    )
    with open_there(record) as store:
        hits = store.search(query, filters=filters, limit=limit)
    for line in hit_lines(hits, format=format):
        show(line)
    if not hits:
        say(f"nothing in the record holds all of {query}; fewer words, or a beginning with *, find more")
    return READ


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
            lines = explain_stored(store, store.whole_id(what.strip()))
    else:
        from dragoman import keep  # noqa: PLC0415

        maker = keep.coder(knowledge or ())
        lines = explain_coded(keep.code(what, date=date, with_coder=maker))
    for line in lines:
        show(line)
    return READ


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
