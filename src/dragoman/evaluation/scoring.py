"""Scores events against gold: figures with intervals, by type, mode and status, and what is confused with what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from dragoman.evaluation.gold import Answer, Row
from dragoman.model import Event

#: Codes of parties that are no state.
NO_STATE = frozenset({"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC", ""})
#: Types whose parties are all on one side when no recipient is named, so that their order says nothing.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
NOTHING = "nothing"


class Key(NamedTuple):
    """What of an event is scored: codes of states only."""

    event_type: str
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    mode: str


#: The events of a row in gold, and those that were coded.
Pair = tuple[list[Key], list[Key]]


def gold_keys(row: Row) -> list[Key]:
    """The events of a gold row."""
    return [
        Key(
            e["event_type"],
            e.get("status", "actual"),
            _states(e.get("actors")),
            _states(e.get("recipients")),
            e.get("mode") or "",
        )
        for e in row["events"]
    ]


def claim_key(claim: Event) -> Key:
    """The same of a claim."""
    actors, recipients = ([party.country for party in side] for side in (claim.actors, claim.recipients))
    return Key(claim.event_type, claim.status, _states(actors), _states(recipients), claim.mode)


def pair(answer: Answer) -> Pair:
    """Gold and coded events of a row."""
    return gold_keys(answer.row), [claim_key(claim) for claim in answer.claims]


def _states(parties: Iterable[Any] | None) -> frozenset[str]:
    codes = (party.get("country", "") if isinstance(party, dict) else str(party) for party in parties or ())
    return frozenset(codes) - NO_STATE


def all_three(key: Key) -> tuple[object, ...]:
    """Type, actor states, recipient states; both sides together where the type is mutual and no recipient is told."""
    if not key.recipients and key.event_type in MUTUAL:
        return key.event_type, key.actors
    return key.event_type, key.actors, key.recipients


VIEWS: dict[str, Callable[[Key], object]] = {
    "type": lambda k: k.event_type,
    "type and states": lambda k: (k.event_type, k.actors | k.recipients),
    "all three": all_three,
    "all and status": lambda k: (*all_three(k), k.status),
    "all and mode": lambda k: (*all_three(k), k.mode),
}


class Figure(NamedTuple):
    """A share with the middle 95 per cent of its bootstrap, and of how many things it is."""

    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]" if self.of else "–"


def common(gold: Iterable[object], coded: Iterable[object]) -> Counter[Any]:
    """What both hold, as often as both hold it."""
    return Counter(gold) & Counter(coded)


def hits(one: Pair, view: Callable[[Key], object]) -> int:
    """How many events of a row are right in a view."""
    return common(map(view, one[0]), map(view, one[1])).total()


def counts(pairs: Sequence[Pair]) -> dict[str, tuple[int, int, int]]:
    """Hits, coded and gold by view."""
    gold, coded = sum(len(g) for g, _ in pairs), sum(len(p) for _, p in pairs)
    return {name: (sum(hits(one, view) for one in pairs), coded, gold) for name, view in VIEWS.items()}


def f1(right: int, coded: int, gold: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (coded + gold) if coded + gold else 0.0


def found(one: Pair) -> list[tuple[Key, Key]]:
    """Gold and coded events of a row that are the same by type and parties, each taken once."""
    left = list(one[1])
    both: list[tuple[Key, Key]] = []
    for key in one[0]:
        same = [other for other in left if all_three(other) == all_three(key)]
        if same:
            best = min(same, key=lambda other: other.status != key.status)
            left.remove(best)
            both.append((key, best))
    return both


def figures(pairs: Sequence[Pair]) -> dict[str, Figure]:
    """The figures that are told: type, all three, status (of the events found), kept silent (rows without an event)."""
    return {
        "type": _share([(2 * hits(one, VIEWS["type"]), len(one[0]) + len(one[1])) for one in pairs]),
        "all three": _share([(2 * hits(one, all_three), len(one[0]) + len(one[1])) for one in pairs]),
        "status": _share([(sum(a.status == b.status for a, b in found(one)), len(found(one))) for one in pairs]),
        "kept silent": _share([(not any(k.status == "actual" for k in p), 1) for g, p in pairs if not g]),
    }


def interval(pairs: Sequence[Pair], name: str, rounds: int = 200) -> tuple[float, float]:
    """The middle 95 per cent of the F1 of a view over resampled rows."""
    view = VIEWS[name]
    figure = _share([(2 * hits(one, view), len(one[0]) + len(one[1])) for one in pairs], rounds)
    return figure.low, figure.high


def _share(parts: Sequence[tuple[float, float]], rounds: int = 200) -> Figure:
    """Sum over sum, with the percentile bootstrap over rows (Efron 1979)."""
    right, of = sum(p[0] for p in parts), sum(p[1] for p in parts)
    if not of:
        return Figure(0.0, 0.0, 0.0, 0)
    chance = random.Random(1)  # noqa: S311  # the same rows, the same interval
    drawn: list[float] = []
    for _ in range(rounds):
        sample = chance.choices(parts, k=len(parts))
        under = sum(p[1] for p in sample)
        drawn.append(sum(p[0] for p in sample) / under if under else 0.0)
    drawn.sort()
    return Figure(right / of, drawn[int(rounds * 0.025)], drawn[int(rounds * 0.975)], int(of))


class Line(NamedTuple):
    """How often something is in gold, was coded, and is right; `full` also with the parties right."""

    name: str
    gold: int
    coded: int
    right: int
    full: int


def by(pairs: Sequence[Pair], kind: Callable[[Key], str]) -> list[Line]:
    """One line for each kind (a type, a type with its mode, a status), the most frequent first; "" is left out."""
    gold = Counter(kind(k) for g, _ in pairs for k in g)
    coded = Counter(kind(k) for _, p in pairs for k in p)
    right, full = (
        Counter(name for g, p in pairs for _, name in common(map(view, g), map(view, p)).elements())
        for view in (lambda k: (k.event_type, kind(k)), lambda k: (all_three(k), kind(k)))
    )
    return [
        Line(name, gold[name], coded[name], right[name], full[name]) for name, _ in (gold | coded).most_common() if name
    ]


def with_mode(key: Key) -> str:
    """The type with its mode, or nothing where there is none."""
    return f"{key.event_type}/{key.mode}" if key.mode else ""


def confused(answers: Iterable[Answer]) -> Counter[tuple[str, str]]:
    """How often a type in gold came out as another, or as nothing, and what was coded where nothing is.

    Events of the same type in a row are one another; of the rest those that share their word, then those that share a
    state; what is left stands alone.
    """
    told: Counter[tuple[str, str]] = Counter()
    for answer in answers:
        gold = list(zip(gold_keys(answer.row), (e.get("trigger") or "" for e in answer.row["events"]), strict=True))
        coded = [(claim_key(c), c.trigger.text if c.trigger else "") for c in answer.claims]
        for same in (_same_type, _same_word, _same_state):
            for one in list(gold):
                other = next((c for c in coded if same(one, c)), None)
                if other:
                    gold.remove(one)
                    coded.remove(other)
                    if one[0].event_type != other[0].event_type:
                        told[one[0].event_type, other[0].event_type] += 1
        told.update((one[0].event_type, NOTHING) for one in gold)
        told.update((NOTHING, one[0].event_type) for one in coded)
    return told


def confused_status(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """How often an event that was found has a status in gold (first) and came out with another."""
    return Counter((a.status, b.status) for one in pairs for a, b in found(one) if a.status != b.status)


_Seen = tuple[Key, str]


def _same_type(one: _Seen, other: _Seen) -> bool:
    return one[0].event_type == other[0].event_type


def _same_word(one: _Seen, other: _Seen) -> bool:
    mine, theirs = one[1].casefold(), other[1].casefold()
    return bool(mine and theirs) and (mine in theirs or theirs in mine)


def _same_state(one: _Seen, other: _Seen) -> bool:
    return bool((one[0].actors | one[0].recipients) & (other[0].actors | other[0].recipients))


def wrong(one: Pair) -> bool:
    """Whether a row has any event too few, too many, or with another type or party."""
    return Counter(map(all_three, one[0])) != Counter(map(all_three, one[1]))
