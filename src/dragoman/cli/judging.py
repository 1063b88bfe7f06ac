"""The commands by which people say what is right: judge, claim, review, audit."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.arguments import by_whom, one_of, open_there, say, show, state_of
from dragoman.cli.options import READ, Record

if TYPE_CHECKING:
    from dragoman.model import AnyClaim, Item, Verdict
    from dragoman.record import Store

By = Annotated[str, typer.Option(help="Who judges (default: who is logged in).")]
Why = Annotated[str, typer.Option(help="Why; kept with the judgement.")]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="FIELD=VALUE", help="What it should say: mode=visit, actors=GBR,RUS, date=2018-03-04."
    ),
]
WORDS = ("accept", "reject", "correct", "merge", "split")
_SAYS: dict[str, Verdict] = {"y": "right", "n": "wrong"}
_KEYS = "y right, n wrong, c correct, s skip, q quit"


def judge(
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of a claim or an item.")],
    verdict: Annotated[str, typer.Argument(metavar="WORD", help="accept, reject, correct, merge or split.")],
    set_: Set = None,
    other: Annotated[str, typer.Option("--with", metavar="ID", help="merge: the other item or claim.")] = "",
    claim: Annotated[list[str] | None, typer.Option(help="split: a claim that goes; may be repeated.")] = None,
    by: By = "",
    why: Why = "",
    record: Record = "",
) -> int:
    """Say of a claim or event that it is right, wrong or otherwise, or that two are one or one is two."""
    one_of("WORD", verdict, WORDS)
    from dragoman.judge import VERDICTS, completed, fields_of  # noqa: PLC0415

    if verdict == "correct" and not set_:
        raise typer.BadParameter("--set: correct it to what? say FIELD=VALUE, as mode=visit; it may be repeated")
    who = by_whom(by)
    with open_there(record, write=True) as store:
        name, other = store.whole_id(name), store.whole_id(other)
        claim = [store.whole_id(one) for one in claim or ()]
        if verdict == "merge":
            said = store.join(_item(store, name), _item(store, other), by=who, why=why)
        elif verdict == "split":
            item = _item(store, name)
            going = tuple(claim or ((name,) if name != item.id else ()))
            said = store.split(item, going, by=who, why=why)
        else:
            claims = _claims(store, name)
            if verdict == "correct":
                claims = claims[:1]
            fields = completed(claims[0], fields_of(set_ or (), day=_day(claims[0]))) if verdict == "correct" else None
            said = [
                store.judge(one.id, VERDICTS[verdict], by=who, why=why, fields=fields)  # type: ignore[arg-type]
                for one in claims
            ]
    for one in said:
        pair = f" and {one.other}" if one.other else ""
        show(f"{one.verdict}: {one.claim}{pair}, said by {one.by} ({one.id})")
    return READ


def _item(store: Store, name: str) -> Item:
    """The item of that id, or the one that a claim of that id belongs to."""
    if not name:
        raise typer.BadParameter("--with: name the item or claim to merge it with")
    found = store.explain(name)
    if found is None or found.item is None:
        from dragoman.errors import RecordError  # noqa: PLC0415

        raise RecordError(f"{store.path}: holds no claim or item {name}; `dragoman timeline` and `explain` show ids")
    return found.item


def _claims(store: Store, name: str) -> list[AnyClaim]:
    """The claim of that id, or those of the item, the fullest first."""
    claim = store.claim(name)
    if claim is not None:
        return [claim]
    return [one for one in (store.claim(link.claim) for link in _item(store, name).links) if one]


def _day(claim: AnyClaim) -> str:
    date = getattr(claim, "date", None)
    return date.start if date else ""


def claim(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The exact words that say it.")],
    document: Annotated[str, typer.Option(metavar="ID", help="The document of the record that has them.")] = "",
    source: Annotated[str, typer.Option(help="Who published them, where the record has no such document.")] = "",
    url: Annotated[str, typer.Option(help="Where they stand.")] = "",
    published: Annotated[str, typer.Option(metavar="DAY", help="When they were published.")] = "",
    set_: Set = None,
    by: By = "",
    why: Why = "",
    record: Record = "",
) -> int:
    """Add by hand what a source says and the coder does not see."""
    if bool(document) == bool(source):
        raise typer.BadParameter("say where the words stand: --document ID, or --source NAME")
    from dragoman import keep  # noqa: PLC0415
    from dragoman.judge import by_hand, document_of, fields_of, span  # noqa: PLC0415
    from dragoman.model import Coded  # noqa: PLC0415

    who = by_whom(by)
    with keep.open_record(record) as store:
        if document:
            text = store.find_document(document)
        else:
            text = document_of(words, source=source, url=url, published=span(published).start if published else "")
        day = text.published.start if text.published else ""
        fields = fields_of(set_ or (), day=day)
        fields.setdefault("date", fields_of([f"date={day}"])["date"] if day else None)
        made = by_hand(text, words, fields)
        if not document:
            store.add(Coded(document=text))
        said = store.add_claim(made, by=who, why=why)
        show(f"added: claim {said.claim} in document {text.id}, said by {said.by}")
    return READ


def review(
    party: Annotated[list[str] | None, typer.Option(help="Only what this state takes part in.")] = None,
    kind: Annotated[str, typer.Option(help="event, statement, agreement, …")] = "event",
    asked: Annotated[bool, typer.Option("--asked", help="Only what coding again left to be answered.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    by: By = "",
    record: Record = "",
) -> int:
    """Go through claims that nobody has judged, one key each."""
    _a_kind(kind)
    from dragoman.judge import last_words  # noqa: PLC0415

    who = by_whom(by)
    with open_there(record, write=True) as store:
        if asked:
            return _answers(store, who, limit)
        judged = {name for name, _ in last_words(store.judgements())}
        states = [state_of(one) for one in party or ()]
        found = store.claims(kind=kind, party=states[0] if states else "")
        # The least sure first: there a word is worth most.
        open_ = sorted((one for one in found if one.id not in judged), key=lambda one: (one.confidence, one.id))
        done = _ask(store, open_[:limit], who, why="")
        say(f"{done} judged by {who}, {len(open_) - done} more that nobody has judged")
    return READ


def _answers(store: Store, who: str, limit: int) -> int:
    from dragoman.record import differences  # noqa: PLC0415

    every = store.asked()
    waiting, answered = every[:limit], 0
    for number, pair in enumerate(waiting, 1):
        show(f"\n{number}/{len(waiting)}  “{' '.join(pair.old.evidence.text.split())}”")
        for field, (old, new) in differences(pair.old, pair.new).items():
            show(f"  {field}: was {old}, is now {new}")
        key = _key("take the new (y), keep the judged (n), s skip, q quit", "ynsq")
        if key == "q":
            break
        if key in "yn":
            store.answer(pair.new.id, take=key == "y", by=who)
            answered += 1
    told = f"{answered} answered by {who}, {len(every) - answered} more that wait"
    say(told if every else "nothing waits for an answer")
    return READ


def _ask(store: Store, claims: list[AnyClaim], who: str, *, why: str) -> int:
    """Shows claims one after another and keeps what is said of each; gives how many were judged."""
    from dragoman.show.export import told_claim  # noqa: PLC0415

    done = 0
    for number, one in enumerate(claims, 1):
        show(f"\n{number}/{len(claims)}")
        for line in told_claim(one):
            show(line)
        key = _key(_KEYS, "yncsq")
        while key == "c" and not _corrected(store, one, who, why):
            key = _key(_KEYS, "yncsq")
        if key == "q":
            break
        if key in _SAYS:
            store.judge(one.id, _SAYS[key], by=who, why=why)
        done += key != "s"
    return done


def _corrected(store: Store, claim: AnyClaim, who: str, why: str) -> bool:
    """Asks what a claim should say and keeps it; false when nothing was typed, or nothing that can be kept."""
    from dragoman.errors import UsageError  # noqa: PLC0415
    from dragoman.judge import completed, fields_of  # noqa: PLC0415

    typed = [one for one in _line("field=value, several with ; > ").split(";") if one.strip()]
    if not typed:
        return False
    try:
        fields = completed(claim, fields_of(typed, day=_day(claim)))
        store.judge(claim.id, "corrected", by=who, why=why, fields=fields)
    except UsageError as error:
        say(f"{error}; not kept, say it again")
        return False
    return True


def _key(told: str, keys: str) -> str:
    """The first letter of what is typed, one of the keys; asks again for any other. Nothing typed skips."""
    while True:
        key = _line(f"[{told}] > ").lower()[:1] or "s"
        if key in keys:
            return key
        say(f"{key}: no key; {told}")


def _line(prompt: str) -> str:
    """A line of what is typed; the end of the input is as if somebody quit."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
    return line.strip() if line else "q"


def _a_kind(kind: str) -> None:
    from typing import get_args  # noqa: PLC0415

    from dragoman.model import AnyClaim  # noqa: PLC0415

    one_of("--kind", kind, tuple(one.__struct_config__.tag for one in get_args(AnyClaim)))


def audit(
    sample: Annotated[int, typer.Option(min=1, help="How many claims to draw.")] = 100,
    seed: Annotated[int, typer.Option(help="Another number draws other claims.")] = 1,
    kind: Annotated[str, typer.Option(help="event, statement, agreement, …")] = "event",
    party: Annotated[str, typer.Option(help="Only what this state takes part in.")] = "",
    report: Annotated[bool, typer.Option("--report", help="Ask nothing; count what was judged before.")] = False,
    by: By = "",
    record: Record = "",
) -> int:
    """Draw claims by chance, have them judged, and say how many are right, by type, and how far judges agree."""
    _a_kind(kind)
    from dragoman.judge import agreements, drawn, last_words, precision  # noqa: PLC0415

    with open_there(record, write=not report) as store:
        claims = drawn(store, sample, seed=seed, kind=kind, party=state_of(party) if party else "")
        if not claims:
            say(f"the record holds no {kind} to draw from")
            return READ
        if not report:
            who = by_whom(by)
            mine = {name for name, _ in last_words(store.judgements(), by=who)}
            _ask(store, [one for one in claims if one.id not in mine], who, why=f"audit, seed {seed}")
        judgements = store.judgements()
        lines = precision(claims, judgements, by=by)
        for text in _table(
            ("type", "judged", "right", "corrected", "wrong", "precision", "95 %"),
            (
                (one.name, one.judged, one.right, one.corrected, one.wrong, f"{one.precision:.2f}",
                 f"{one.interval[0]:.2f} to {one.interval[1]:.2f}")
                for one in lines
            ),
        ):  # fmt: skip
            show(text)
        left = len(claims) - (lines[0].judged if lines else 0)
        show(f"{left} of the {len(claims)} drawn are not judged" + (f" by {by}" if by else ""))
        names = {one.id for one in claims}
        both = agreements([one for one in judgements if one.claim in names])
        for text in _table(
            ("judges", "both judged", "agree", "kappa"),
            (
                (f"{one.one}, {one.two}", one.both, f"{one.same / one.both:.2f}",
                 "–" if one.kappa is None else f"{one.kappa:.2f}")
                for one in both
            ),
        ) if both else ():  # fmt: skip
            show(text)
    return READ


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterable[str]:
    cells = [heads, *[tuple(map(str, row)) for row in rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    for row in cells:
        yield "  ".join(
            text.ljust(width) if not at else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
