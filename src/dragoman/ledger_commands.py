"""Commands on what stands between sides: due, both, channels, agreements, disputes, dispute, figures, counters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.arguments import a_date, between, by_whom, one_of, open_there, say, show, state_of

if TYPE_CHECKING:
    from dragoman.model import Shape
    from dragoman.record import Store

A = Annotated[str, typer.Argument(metavar="STATE", help="An ISO code (GBR) or a name (Britain); all when left out.")]
B = Annotated[str, typer.Argument(metavar="STATE", help="The other side; all of the first one's when left out.")]
Side = Annotated[str, typer.Argument(metavar="STATE", help="An ISO code (GBR) or a name (Britain).")]
On = Annotated[str, typer.Option("--on", metavar="DAY", help="As it stood on that day (default: today).")]
Format = Annotated[str, typer.Option("--format", help="text or jsonl.")]
Record = Annotated[str, typer.Option("--record", metavar="FILE", help="The record (default: dragoman.sqlite here).")]


def register(app: typer.Typer) -> None:
    """Adds these commands to the command line."""
    for command in (due, both, channels, agreements, disputes, dispute, figures, counters):
        app.command(command.__name__)(command)


def _print(find: Callable[[Store], Iterable[Shape]], record: str, form: str, nothing: str) -> int:
    one_of("--format", form, ("text", "jsonl"))
    from dragoman.show.ledger import lines  # noqa: PLC0415

    with open_there(record) as store:
        found = list(find(store))
    for line in lines(found, format=form):
        show(line)
    if not found:
        say(f"the record holds no {nothing}; `dragoman relations` shows what it holds")
    return 0


def _sides(a: str, b: str) -> tuple[str, str]:
    return (state_of(a) if a else "", state_of(b) if b else "")


def due(
    a: A = "",
    b: B = "",
    on: On = "",
    all: Annotated[bool, typer.Option("--all", help="Also what was kept, broken or has no day.")] = False,  # noqa: A002
    format: Format = "text",  # noqa: A002
    record: Record = "",
) -> int:
    """List what was promised and is coming or late, with what became of it."""
    a_date(on)
    from dragoman.show import ledger  # noqa: PLC0415

    def find(store: Store) -> Iterable[Shape]:
        found = ledger.due(store, *_sides(a, b), on=on)
        return found if all else [one for one in found if one.due and one.state in {"open", "late"}]

    return _print(find, record, format, "commitments with a day; --all shows those without")


def both(
    a: Side,
    b: Side,
    about: Annotated[str, typer.Option(help="Words of the topic or happening.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="Nothing before that day.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Nothing after that day.")] = "",
    format: Format = "text",  # noqa: A002
    record: Record = "",
) -> int:
    """Put both sides' accounts side by side, with what they contradict each other in."""
    one_of("--format", format, ("text", "jsonl"))
    first, last = between(since, until)
    from dragoman.show.sides import both_sides, side_lines  # noqa: PLC0415

    with open_there(record) as store:
        found = both_sides(store, *_sides(a, b), about=about, since=first, until=last)
    listed = list(side_lines(found, format=format))
    for line in listed:
        show(line)
    if not listed:
        say("no document of either side tells of it; `dragoman add --side` says whose account a document gives")
    return 0


def channels(a: A = "", b: B = "", on: On = "", format: Format = "text", record: Record = "") -> int:  # noqa: A002
    """List standing channels: how often, last met, next due, overdue."""
    a_date(on)
    from dragoman.show import ledger  # noqa: PLC0415

    return _print(lambda store: ledger.kept_channels(store, *_sides(a, b), on=on), record, format, "mechanisms")


def agreements(a: A = "", b: B = "", format: Format = "text", record: Record = "") -> int:  # noqa: A002
    """List agreements with their status over time."""
    from dragoman.show import ledger  # noqa: PLC0415

    return _print(lambda store: ledger.instruments(store, *_sides(a, b)), record, format, "agreements")


def disputes(a: A = "", b: B = "", on: On = "", format: Format = "text", record: Record = "") -> int:  # noqa: A002
    """List disputes with both sides' latest words and the days unanswered; between two, suggested ones too."""
    a_date(on)
    from dragoman.show import ledger  # noqa: PLC0415

    return _print(lambda store: ledger.open_matters(store, *_sides(a, b), on=on), record, format, "disputes")


def dispute(
    word: Annotated[str, typer.Argument(metavar="WORD", help="confirm, rename, dismiss or undo.")],
    which: Annotated[str, typer.Argument(metavar="ID", help="The id or the name that `dragoman disputes` shows.")] = "",
    a: Annotated[str, typer.Argument(metavar="STATE", help="Look only between this side …")] = "",
    b: Annotated[str, typer.Argument(metavar="STATE", help="… and this one.")] = "",
    name: Annotated[str, typer.Option("--name", help="confirm, rename: the name that it shall have.")] = "",
    by: Annotated[str, typer.Option(help="Who judges (default: who is logged in).")] = "",
    why: Annotated[str, typer.Option(help="Why; kept with the judgement.")] = "",
    record: Record = "",
) -> int:
    """Say that a suggested dispute is one, name it, or dismiss it; `undo` takes your last word back."""
    one_of("WORD", word, ("confirm", "rename", "dismiss", "undo"))
    if word != "undo" and not which:
        raise typer.BadParameter("ID: which dispute? `dragoman disputes STATE STATE` shows them")
    from dragoman.show import disputing, judging  # noqa: PLC0415

    who = by_whom(by)
    with open_there(record, write=True) as store:
        if word == "undo":
            back = judging.undo(store, by=who)
            if back is None:
                say(f"there is no judgement of {who} that could be taken back")
                return 0
            show(f"{back.why}: {back.claim}, said by {who} ({back.id})")
            return 0
        for one in disputing.say(store, word, which, a=state_of(a) if a else "", b=state_of(b) if b else "",
                                 name=name, by=who, why=why):  # fmt: skip
            show(f"{one.verdict}: {one.claim}, said by {one.by} ({one.id})")
    return 0


def figures(a: A = "", b: B = "", format: Format = "text", record: Record = "") -> int:  # noqa: A002
    """List figures as series, with where accounts differ."""
    from dragoman.show import ledger  # noqa: PLC0415

    return _print(lambda store: ledger.figure_series(store, *_sides(a, b)), record, format, "figures")


def counters(a: Side, b: Side, on: On = "", format: Format = "text", record: Record = "") -> int:  # noqa: A002
    """Count the days since the last meeting, visit, call, agreement, demand; check what texts say has passed."""
    a_date(on)
    from dragoman.show import ledger  # noqa: PLC0415

    def find(store: Store) -> Iterable[Shape]:
        sides = _sides(a, b)
        return [*ledger.counters(store, *sides, on=on), *ledger.intervals(store, *sides)]

    return _print(find, record, format, "dated meeting or claim of elapsed time between the two")
