"""Finds where the level of a relation changed: months of events in, turns out, each with the events that made it.

The scores of the events, in order, are cut into stretches of equal mean by optimal partitioning (Jackson et al. 2005,
"An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters 12) with the penalty of
Yao (1988, "Estimating the number of change-points via Schwarz' criterion", Statistics & Probability Letters 6): a cut
must lower the sum of squares by more than `PENALTY` * variance * log(number of events).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from dragoman.measure.series import middle
from dragoman.model import Event, Item, Shape

#: Yao's criterion counts two numbers for each cut, its place and its mean; a third keeps single months from counting.
PENALTY = 3.0
#: A stretch of fewer events is an incident, not a level.
LEAST_EVENTS = 5
#: Means that differ by less than this on the scale from -10 to 10 are no turn that a reader would see.
LEAST_CHANGE = 1.0
#: Beyond so many events they are taken month by month, or the time would grow with their square.
MOST_EVENTS = 300


class Turn(Shape, frozen=True, kw_only=True):
    """A change of level: the day of the first event after it, the mean scores before and after, and those events."""

    day: str
    before: float
    after: float
    events_before: int
    events_after: int
    ids: tuple[str, ...]


def turns(events: Iterable[Item]) -> list[Turn]:
    """The turns in the scores of actual event items, oldest first; none where the events are few or steady."""
    told = sorted(
        (day.isoformat(), item.id, item.claim.score)
        for item in events
        if isinstance(item.claim, Event) and item.claim.status == "actual" and (day := middle(item.claim))
    )
    points = _points(told)
    cuts = _cuts([(sum(scores), sum(one * one for one in scores), len(scores)) for _, _, scores in points])
    edges = [0, *cuts, len(points)]
    stretches = [points[left:right] for left, right in pairwise(edges)]
    found = []
    for earlier, later in pairwise(stretches):
        before, after = _mean(earlier), _mean(later)
        if abs(after - before) < LEAST_CHANGE:
            continue
        found.append(
            Turn(
                day=later[0][0],
                before=round(before, 2),
                after=round(after, 2),
                events_before=sum(len(scores) for _, _, scores in earlier),
                events_after=sum(len(scores) for _, _, scores in later),
                ids=tuple(one for _, ids, _ in later for one in ids)[:50],
            )
        )
    return found


Point = tuple[str, list[str], list[float]]


def _points(told: Sequence[tuple[str, str, float]]) -> list[Point]:
    """Events one by one, or by month where there are very many: the first day, the ids, the scores."""
    points: list[Point] = []
    by_month = len(told) > MOST_EVENTS
    for day, identity, score in told:
        if by_month and points and points[-1][0][:7] == day[:7]:
            points[-1][1].append(identity)
            points[-1][2].append(score)
        else:
            points.append((day, [identity], [score]))
    return points


def _mean(points: Sequence[Point]) -> float:
    scores = [score for _, _, some in points for score in some]
    return sum(scores) / len(scores)


def _cuts(points: Sequence[tuple[float, float, int]]) -> list[int]:
    """Where to cut: points are sums, sums of squares and counts; gives the numbers of the first points after a cut."""
    sums, squares, counts = [0.0], [0.0], [0]
    for total, square, count in points:
        sums.append(sums[-1] + total)
        squares.append(squares[-1] + square)
        counts.append(counts[-1] + count)
    number = counts[-1]
    if number < 2 * LEAST_EVENTS:
        return []
    variance = (squares[-1] - sums[-1] ** 2 / number) / number
    penalty = PENALTY * variance * math.log(number)
    if penalty <= 0:
        return []

    def cost(left: int, right: int) -> float:
        count = counts[right] - counts[left]
        total = sums[right] - sums[left]
        return squares[right] - squares[left] - total * total / count

    best = [0.0] + [math.inf] * len(points)
    back = [0] * (len(points) + 1)
    for right in range(1, len(points) + 1):
        for left in range(right):
            if counts[right] - counts[left] < LEAST_EVENTS or best[left] == math.inf:
                continue
            value = best[left] + cost(left, right) + (penalty if left else 0.0)
            if value < best[right]:
                best[right], back[right] = value, left
    cuts = []
    at = len(points)
    while at and back[at]:
        at = back[at]
        cuts.append(at)
    return cuts[::-1]
