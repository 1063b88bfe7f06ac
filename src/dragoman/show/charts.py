"""Draws the temperature of a relation: one Vega-Lite definition, the SVG made from it, and the table behind it."""

from __future__ import annotations

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.model import Event
from dragoman.show import words

#: Colours that carry 3:1 against white and against the dark page alike; the pages' style sheet may replace them.
INK, WARM, COLD, FAINT = "#444444", "#1a7f5a", "#b3403a", "#8a8a8a"


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of a relation: `month` as 2018-03, the mean score from -10 to 10, and how many events made it."""

    month: str
    temperature: float
    events: int


def monthly(events: Iterable[Event], *, today: str = "9999-12-31") -> list[Month]:
    """The months in which something happened, in order; events without a day within one month are left out."""
    scores: dict[str, list[float]] = defaultdict(list)
    for event in events:
        span = event.date
        if event.status == "actual" and span and span.start[:7] == (span.end or span.start)[:7] and span.start <= today:
            scores[span.start[:7]].append(event.score)
    return [
        Month(month=month, temperature=round(sum(values) / len(values), 2), events=len(values))
        for month, values in sorted(scores.items())
    ]


def chart(months: Sequence[Month], *, title: str = "", width: int = 720) -> dict[str, Any]:
    """The Vega-Lite definition of the temperature over its volume; the same for page, notebook and picture."""
    import altair  # noqa: PLC0415  # slow to load, and not every command draws

    rows = [
        {
            "month": f"{one.month}-15",
            "temperature": one.temperature,
            "events": one.events,
            "tone": "conflict" if one.temperature < 0 else "cooperation",
        }
        for one in months
    ]
    data = altair.Data(values=rows)
    time = altair.X("month:T", title=None, axis=altair.Axis(format="%b %Y", labelOverlap=True, tickCount=8, grid=False))
    tone = altair.Color(
        "tone:N", legend=None, scale=altair.Scale(domain=["cooperation", "conflict"], range=[WARM, COLD])
    )
    base = altair.Chart(data).encode(x=time)
    zero = altair.Chart(altair.Data(values=[{"zero": 0}])).mark_rule(color=FAINT).encode(y="zero:Q")
    line = base.mark_line(color=FAINT, strokeWidth=1.2, interpolate="linear").encode(y=altair.Y("temperature:Q"))
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        y=altair.Y(
            "temperature:Q",
            title="conflict  ←  score  →  cooperation",
            scale=altair.Scale(domain=[-10, 10]),
            axis=altair.Axis(values=[-10, -5, 0, 5, 10]),
        ),
        color=tone,
        shape=altair.Shape(
            "tone:N", legend=None, scale=altair.Scale(domain=["cooperation", "conflict"], range=["circle", "diamond"])
        ),
    )
    volume = base.mark_bar(size=5, color=FAINT).encode(
        y=altair.Y("events:Q", title="events", axis=altair.Axis(tickMinStep=1, tickCount=3))
    )
    whole = altair.vconcat(
        altair.layer(zero, line, points).properties(width=width, height=220),
        volume.properties(width=width, height=60),
        spacing=12,
    ).resolve_scale(x="shared")
    if title:
        whole = whole.properties(title=title)
    spec: dict[str, Any] = (
        whole.configure(background="transparent", font="sans-serif")
        .configure_axis(labelColor=INK, titleColor=INK, gridColor="#cccccc", domainColor=FAINT, tickColor=FAINT)
        .configure_title(color=INK, anchor="start")
        .configure_view(stroke=None)
        .to_dict()
    )
    return spec


def svg(spec: dict[str, Any]) -> str:
    """The picture of a chart definition as SVG, made without a browser and without any request."""
    return _svg(json.dumps(spec, sort_keys=True))


@functools.lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    import vl_convert  # noqa: PLC0415  # starts a JavaScript engine; only who draws pays for it

    picture = str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    return re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', r'<svg \1data-width="\2"', picture, count=1)


def table(months: Sequence[Month]) -> list[dict[str, str | float | int]]:
    """The numbers behind the chart, one row a month, newest first."""
    return [
        {
            "month": one.month,
            "in words": words.month(one.month),
            "score": one.temperature,
            "temperature": words.temperature(one.temperature),
            "events": one.events,
        }
        for one in reversed(months)
    ]


def sparkline(months: Sequence[Month], *, last: int = 24) -> str:
    """The last months as the points of an SVG polyline in a box of 120 by 30; empty with fewer than two months."""
    shown = list(months)[-last:]
    if len(shown) < 2:
        return ""
    first = _ordinal(shown[0].month)
    wide = max(_ordinal(shown[-1].month) - first, 1)
    return " ".join(
        f"{(_ordinal(one.month) - first) / wide * 116 + 2:.1f},{15 - one.temperature * 1.3:.1f}" for one in shown
    )


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])
