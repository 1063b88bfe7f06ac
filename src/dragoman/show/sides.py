"""Both sides side by side: what each side's own sources tell of a topic, what only one tells, where they contradict.

A side's account is what documents with that `side` say; `measure/contrasts.py` says when two of them contradict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from dragoman.measure.contrasts import Told, contrasts
from dragoman.measure.likeness import stems
from dragoman.model import AnyClaim, DateSpan, Item, Shape
from dragoman.record import Store
from dragoman.show.ledger import lines_of

_KINDS = ("event", "statement", "agreement", "figure", "commitment")


class Account(Shape, frozen=True, kw_only=True):
    """One thing told by the sources of one side or of both."""

    item: str
    kind: str
    day: str
    words: str
    sides: tuple[str, ...]


class Contradiction(Shape, frozen=True, kw_only=True):
    """Where two accounts differ: `what` is day, number, whether (it was so) or blame; each side with its words."""

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
    days = {name: line.published.start for name, line in known.items() if line.published}
    told: list[Told] = []
    accounts: list[Account] = []
    for item in items:
        here = [
            Told(item=item.id, claim=claim, side=side_of.get(link.document, ""), published=days.get(link.document, ""))
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


def _contradictions(told: list[Told], a: str, b: str) -> Iterator[Contradiction]:
    found = contrasts([one for one in told if one.side == a], [one for one in told if one.side == b])
    for what, one, other in found:
        yield Contradiction(
            what=what,
            a_says=" ".join(one.claim.evidence.text.split()),
            b_says=" ".join(other.claim.evidence.text.split()),
            items=tuple(sorted({one.item, other.item})),
        )


def _day(claim: AnyClaim) -> str:
    date = getattr(claim, "date", None)
    return date.start if isinstance(date, DateSpan) else ""


def side_lines(found: BothSides, *, format: str = "text") -> Iterator[str]:  # noqa: A002
    """The two accounts as lines: contradictions first, then what both tell, then what one tells alone."""
    if format == "jsonl":
        yield msgspec.json.encode(found).decode()
        return
    for one in found.contradictions:
        yield f"they differ in {'whether it was so' if one.what == 'whether' else f'the {one.what}'}:"
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
