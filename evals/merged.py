"""Draws by chance, from a record, pairs of event claims that were merged and pairs that nearly were, for reading.

A merged pair: an event that several passages tell, and two of them by chance; each such event is as likely as another.
A nearly merged pair: two claims that were compared and are no event together though their score lies less than
`NEARLY` under the threshold, or reaches it, or one thing alone keeps apart what shares half of its telling words.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from itertools import combinations

from dragoman import open_record
from dragoman.model import Event, Known
from dragoman.reconcile.blocks import days, place
from dragoman.reconcile.others import NOT_THE_SAME
from dragoman.reconcile.scoring import THRESHOLD, score
from dragoman.reconcile.words import overlap, telling_words
from dragoman.record import Store

NEARLY = 0.15
#: So many telling words must two passages have in common before one contradiction alone is what keeps them apart.
ALIKE, FEWEST = 0.5, 2

Pair = tuple[Known, Known]


def known(store: Store) -> tuple[dict[str, Known], dict[str, str]]:
    """The event claims by id with where they come from, and the item of each."""
    lines = {line.id: line for line in store.documents()}
    claims = {
        one.id: Known(claim=one, source=lines[one.evidence.document].source, published=_day(lines, one))
        for one in store.claims(kind="event")
        if isinstance(one, Event)
    }
    return claims, {link.claim: item.id for item in store.items("event") for link in item.links}


def _day(lines: dict, one: Event) -> str:  # type: ignore[type-arg]  # id to DocumentLine
    published = lines[one.evidence.document].published
    return published.start if published else ""


def merged(claims: dict[str, Known], item: dict[str, str], chance: random.Random) -> list[Pair]:
    """A pair of different passages of each event that has one."""
    groups: dict[str, list[Known]] = {}
    for name, one in sorted(claims.items()):
        if name in item:
            groups.setdefault(item[name], []).append(one)
    found = []
    for _, group in sorted(groups.items()):
        pairs = [pair for pair in combinations(group, 2) if pair[0].claim.evidence != pair[1].claim.evidence]
        if pairs:
            found.append(chance.choice(pairs))
    return found


def nearly(claims: dict[str, Known], item: dict[str, str]) -> Iterator[Pair]:
    """The pairs that were compared, are not merged, and came near to it."""
    by_block: dict[str, list[tuple[int, int, Known]]] = {}
    for name, one in sorted(claims.items()):
        if name in item:
            wanted, first, last = place(one.claim, one.published)
            for block in wanted:
                by_block.setdefault(block, []).append((first, last, one))
    seen: set[tuple[str, str]] = set()
    for _, group in sorted(by_block.items()):
        for (first, last, one), (start, end, other) in combinations(group, 2):
            pair = (one.claim.id, other.claim.id)
            apart = first > end or start > last or item[pair[0]] == item[pair[1]] or pair in seen
            if apart or one.claim.evidence == other.claim.evidence:
                continue
            seen.add(pair)
            value = score(one, other)[0]
            if value >= THRESHOLD - NEARLY or (value == NOT_THE_SAME and _alike(one, other)):
                yield one, other


def _alike(one: Known, other: Known) -> bool:
    ours, theirs = (telling_words(each.claim.evidence.text) for each in (one, other))
    first, second = (days(each.claim.date) for each in (one, other) if isinstance(each.claim, Event))
    return first == second and len(ours & theirs) >= FEWEST and overlap(ours, theirs) >= ALIKE


def shown(number: int, pair: Pair) -> str:
    """A pair as it is read: what was coded, the words, and what the score says."""
    value, reason = score(*pair)
    lines = [f"{number}. {value:.2f} {reason}"]
    for one in pair:
        claim = one.claim
        if isinstance(claim, Event):
            sides = " > ".join(
                "+".join(f"{who.country or '?'}:{who.name or who.text}" for who in side)
                for side in (claim.actors, claim.recipients)
            )
            on = f"{claim.date.start}..{claim.date.end}" if claim.date else "no day"
            what = f"{claim.event_type}/{claim.mode} {claim.status} {on} {sides}"
            where = f" at {claim.place.name}" if claim.place else ""
            trigger = claim.trigger.text if claim.trigger else ""
            lines.append(f"   [{one.published}] {what}{where} <{trigger}>")
        lines.append(f"   {' '.join(claim.evidence.text.split())}")
    return "\n".join(lines)


def main() -> int:
    """The command line: prints the pairs, merged ones first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", help="a record: a file or a URL")
    parser.add_argument("--count", type=int, default=100, help="pairs of either kind (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other pairs")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  # a draw that can be repeated, no secret
    with open_record(options.record, write=False) as store:
        claims, item = known(store)
    for name, pairs in (("merged", merged(claims, item, chance)), ("nearly merged", list(nearly(claims, item)))):
        drawn = chance.sample(pairs, min(options.count, len(pairs)))
        print(f"== {name}: {len(drawn)} of {len(pairs)}")
        for number, pair in enumerate(drawn, 1):
            print(shown(number, pair))
    return 0


if __name__ == "__main__":
    sys.exit(main())
