"""Series of figures drawn from several documents, with what different accounts say of one period side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dragoman.model import Figure, Item, Shape, parties

#: Accounts of one amount that lie closer together than this are one rounded differently.
ROUNDED = 0.02


class Point(Shape, frozen=True, kw_only=True):
    """What is told of one period: each different number with the items that tell it; `disagree` when they differ."""

    period: str
    numbers: tuple[float, ...]
    items: tuple[str, ...]
    disagree: bool


class Amounts(Shape, frozen=True, kw_only=True):
    """One series: what, between whom, in which unit; `change` says that the numbers are changes, not levels."""

    measure: str
    unit: str
    change: bool
    parties: tuple[str, ...]
    points: tuple[Point, ...]


def amounts(figures: Iterable[Item]) -> list[Amounts]:
    """The series of figure items by measure, parties and unit; without a period, under the year it was told."""
    told: dict[tuple[str, tuple[str, ...], str, bool], dict[str, list[tuple[float, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for item in figures:
        claim = item.claim
        if not isinstance(claim, Figure):
            continue
        change = claim.value is None
        number = claim.change if change else claim.value
        if number is None:
            continue
        period = claim.period or (f"told {item.first_known[:4]}" if item.first_known else "")
        told[claim.measure, parties(claim)[0], claim.unit, change][period].append((number, item.id))
    made = [
        Amounts(
            measure=measure,
            unit=unit,
            change=change,
            parties=sides,
            points=tuple(_point(period, points[period]) for period in sorted(points)),
        )
        for (measure, sides, unit, change), points in told.items()
    ]
    return sorted(made, key=lambda one: (one.parties, one.measure, one.unit, one.change))


def _point(period: str, told: list[tuple[float, str]]) -> Point:
    numbers = sorted({number for number, _ in told})
    most = max(abs(number) for number in numbers)
    return Point(
        period=period,
        numbers=tuple(numbers),
        items=tuple(sorted(item for _, item in told)),
        disagree=most > 0 and (numbers[-1] - numbers[0]) / most > ROUNDED,
    )
