"""The panel that researchers want: each pair of states and month, counts and scores, zeros where nothing was told."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

from dragoman.exchange import codes
from dragoman.model import DateSpan, Event, Item, parties

_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


class _Told(NamedTuple):
    """What is counted of an event; the events of a whole record are not kept."""

    event_type: str
    quad_class: int
    score: float
    goldstein: float | None


def panel(
    items: Iterable[Item], *, since: str = "", until: str = "", only: tuple[str, ...] = (), zeros: bool = True
) -> Iterator[dict[str, Any]]:
    """One row for each pair of states (a before b) and month, from the first event to the last or as asked (ISO days).

    A pair has a row from the January of the year in which the younger of the two became a member of the state system.
    `only` keeps the pairs of which both are among these; without `zeros`, months without events are left out. An event
    counts once for each pair of those who take part, in the month in which it began; what did not happen never counts,
    nor what is only known to lie somewhere in more than a year.
    """
    counted: dict[tuple[str, str], dict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    states = {code: one for code, one in codes.numbers().items() if one.cow and (not only or code in only)}
    months: set[str] = set()
    for item in items:
        event = item.claim
        if not isinstance(event, Event) or event.status != "actual" or not event.date or _years(event.date):
            continue
        first, second = parties(event)
        sides = product(first, second) if second else combinations(first, 2)
        month = event.date.start[:7]
        if (since and month < since[:7]) or (until and month > until[:7]):
            continue
        months.add(month)
        told = _Told(event.event_type, event.quad_class, event.score, event.goldstein)
        for pair in {tuple(sorted(one)) for one in sides if one[0] != one[1]}:
            if pair[0] in states and pair[1] in states:
                counted[pair[0], pair[1]][month].append(told)
    if not months and not (since and until):
        return
    every = list(_between(since[:7] or min(months), until[:7] or max(months)))
    for a, b in combinations(sorted(states), 2):
        mine = counted.get((a, b), {})
        if not mine and not zeros:
            continue
        there = max(states[a].since, states[b].since)
        for month in every:
            events = mine.get(month, [])
            if (events or zeros) and (events or int(month[:4]) >= there):
                yield _row(a, b, month, events)


def _years(date: DateSpan) -> bool:
    """Whether days are more than a year apart, so that no month can be told."""
    return datetime.date.fromisoformat(date.end) - datetime.date.fromisoformat(date.start) > datetime.timedelta(366)


def _row(a: str, b: str, month: str, events: list[_Told]) -> dict[str, Any]:
    known = codes.known()
    numbers = codes.numbers()
    types = Counter(one.event_type for one in events)
    quads = Counter(one.quad_class for one in events)
    scores = [one.score for one in events]
    goldstein = [one.goldstein for one in events if one.goldstein is not None]
    row: dict[str, Any] = {
        "a": a,
        "b": b,
        "month": month,
        "a_cow": numbers[a].cow,
        "b_cow": numbers[b].cow,
        "a_gw": numbers[a].gw,
        "b_gw": numbers[b].gw,
        "events": len(events),
    }
    row |= {name: quads.get(number, 0) for number, name in enumerate(_QUADS, 1)}
    row |= {name.lower(): types.get(name, 0) for name in known.types}
    row["score_sum"] = round(sum(scores), 2)
    row["score_mean"] = round(sum(scores) / len(scores), 4) if scores else None
    row["goldstein_sum"] = round(sum(goldstein), 2)
    row["goldstein_mean"] = round(sum(goldstein) / len(goldstein), 4) if goldstein else None
    return row


def _between(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
