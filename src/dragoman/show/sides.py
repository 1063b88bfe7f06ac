"""Both sides side by side: what each side's own sources tell of a topic, what only one tells, where they contradict.

A side's account is what documents with that `side` say. Two accounts of one happening contradict in its day when
neither day lies in the other; two figures of one thing when they differ by more than rounding; and each side blames
the other when both accuse on the topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from dragoman.measure.amounts import ROUNDED
from dragoman.measure.likeness import likeness, stems
from dragoman.model import AnyClaim, DateSpan, Event, Figure, Item, Shape, Statement, parties, party
from dragoman.record import Store
from dragoman.show.ledger import lines_of

#: Two accounts are of one happening when their days lie so near, in days, and their words are so alike.
_NEAR, _ALIKE = 10, 0.34
_KINDS = ("event", "statement", "agreement", "figure", "commitment")


class Account(Shape, frozen=True, kw_only=True):
    """One thing told by the sources of one side or of both."""

    item: str
    kind: str
    day: str
    words: str
    sides: tuple[str, ...]


class Contradiction(Shape, frozen=True, kw_only=True):
    """Where two accounts differ: `what` is the day, the number or the blame; each side with its words."""

    what: str
    a_says: str
    b_says: str
    items: tuple[str, ...]


class BothSides(Shape, frozen=True, kw_only=True):
    """The two accounts of a topic: told by both, by the sources of one side alone, and where they contradict."""

    a: str
    b: str
    about: str
    both: tuple[Account, ...]
    only_a: tuple[Account, ...]
    only_b: tuple[Account, ...]
    contradictions: tuple[Contradiction, ...]


class _Told:
    """A claim with the side of its document."""

    def __init__(self, item: Item, claim: AnyClaim, side: str) -> None:
        self.item, self.claim, self.side = item, claim, side


def both_sides(store: Store, a: str, b: str, *, about: str = "", since: str = "", until: str = "") -> BothSides:
    """The accounts of sides `a` and `b` of what lies between them; `about` keeps what speaks of its words."""
    items = [
        one
        for kind in _KINDS
        for one in store.items(kind, a, b, since=since, until=until)
        if not about or _about(one, about)
    ]
    known = lines_of(store, (link.document for item in items for link in item.links))
    side_of = {name: line.side for name, line in known.items()}
    told: list[_Told] = []
    accounts: list[Account] = []
    for item in items:
        here = [
            _Told(item, claim, side_of.get(link.document, ""))
            for link in item.links
            if side_of.get(link.document, "") in {a, b} and (claim := store.claim(link.claim))
        ]
        here = [one for one in here if one.side in {a, b}]
        told.extend(here)
        sides = tuple(sorted({one.side for one in here}))
        if sides:
            accounts.append(
                Account(
                    item=item.id,
                    kind=item.kind,
                    day=_day(item.claim),
                    words=" ".join(item.claim.evidence.text.split()),
                    sides=sides,
                )
            )
    accounts.sort(key=lambda one: (one.day, one.kind, one.item))
    return BothSides(
        a=a, b=b, about=about,
        both=tuple(one for one in accounts if len(one.sides) > 1),
        only_a=tuple(one for one in accounts if one.sides == (a,)),
        only_b=tuple(one for one in accounts if one.sides == (b,)),
        contradictions=tuple(_contradictions(told, a, b)),
    )  # fmt: skip


def _about(item: Item, about: str) -> bool:
    wanted = stems(about)
    return (
        bool(wanted & stems(item.claim.evidence.text)) if wanted else about.lower() in item.claim.evidence.text.lower()
    )


def _contradictions(told: list[_Told], a: str, b: str) -> Iterator[Contradiction]:
    first = [one for one in told if one.side == a]
    second = [one for one in told if one.side == b]
    for one in first:
        for other in second:
            if (what := _differ(one, other)) is not None:
                yield _between(what, one, other)
    blames = [[one for one in mine if _blames(one, to)] for mine, to in ((first, b), (second, a))]
    if blames[0] and blames[1]:
        yield _between("blame", blames[0][-1], blames[1][-1])


def _between(what: str, one: _Told, other: _Told) -> Contradiction:
    return Contradiction(
        what=what,
        a_says=" ".join(one.claim.evidence.text.split()),
        b_says=" ".join(other.claim.evidence.text.split()),
        items=tuple(sorted({one.item.id, other.item.id})),
    )


def _differ(one: _Told, other: _Told) -> str | None:
    match one.claim, other.claim:
        case Event() as mine, Event() as theirs:
            same = (mine.event_type, mine.mode, parties(mine)) == (theirs.event_type, theirs.mode, parties(theirs))
            if not same or mine.status != theirs.status or mine.date is None or theirs.date is None:
                return None
            alike = one.item.id == other.item.id or likeness(mine.evidence.text, theirs.evidence.text) >= _ALIKE
            return "day" if alike and _apart(mine.date, theirs.date) else None
        case Figure() as mine, Figure() as theirs:
            if (mine.measure, mine.unit, mine.period, parties(mine)) != (
                theirs.measure,
                theirs.unit,
                theirs.period,
                parties(theirs),
            ):
                return None
            numbers = [x if x is not None else y for x, y in ((mine.value, mine.change), (theirs.value, theirs.change))]
            if numbers[0] is None or numbers[1] is None:
                return None
            most = max(abs(numbers[0]), abs(numbers[1]))
            return "number" if most and abs(numbers[0] - numbers[1]) / most > ROUNDED else None
    return None


def _apart(one: DateSpan, other: DateSpan) -> bool:
    """Whether two stated days differ and still lie so near that one happening is meant."""
    from datetime import date  # noqa: PLC0415

    if one.how == "document" or other.how == "document" or one.precision != "day" or other.precision != "day":
        return False
    return 0 < abs((date.fromisoformat(one.start) - date.fromisoformat(other.start)).days) <= _NEAR


def _blames(one: _Told, whom: str) -> bool:
    claim = one.claim
    if isinstance(claim, Event):
        return claim.event_type == "ACCUSE" and any(party(entity) == whom for entity in claim.recipients)
    return isinstance(claim, Statement) and claim.stance in {"accuses", "condemns"} and party_of(claim) == one.side


def party_of(claim: Statement) -> str:
    """The side of a statement's speaker, empty where nobody is known."""
    return party(claim.speaker) if claim.speaker else ""


def _day(claim: AnyClaim) -> str:
    date = getattr(claim, "date", None)
    return date.start if isinstance(date, DateSpan) else ""


def side_lines(found: BothSides, *, format: str = "text") -> Iterator[str]:  # noqa: A002
    """The two accounts as lines: contradictions first, then what both tell, then what one tells alone."""
    if format == "jsonl":
        yield msgspec.json.encode(found).decode()
        return
    for one in found.contradictions:
        yield f"they differ in the {one.what}:"
        yield f"  {found.a}: “{one.a_says}”"
        yield f"  {found.b}: “{one.b_says}”"
    for head, accounts in (
        ("told by both", found.both),
        (f"told by {found.a} alone", found.only_a),
        (f"told by {found.b} alone", found.only_b),
    ):
        if accounts:
            yield f"{head}:"
            yield from _accounts(accounts)


def _accounts(accounts: Iterable[Account]) -> Iterator[str]:
    for one in accounts:
        yield f"  {one.day or 'undated':10}  {one.kind}: “{one.words}” {one.item}"
