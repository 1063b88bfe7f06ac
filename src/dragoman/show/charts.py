"""Draws the temperature of a relation: one Vega-Lite definition, its picture, and the table behind it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from typing import Any

from dragoman.measure import Month
from dragoman.show import words

#: Each stands out 3:1 from a white page; the style sheet replaces them on a dark one.
INK, WARM, COLD, FAINT = "#444444", "#1a7f5a", "#b3403a", "#8a8a8a"


def chart(months: Sequence[Month], *, title: str = "", width: int = 720) -> dict[str, Any]:
    """The Vega-Lite definition of the temperature over its volume, for page, notebook and picture alike."""
    import altair  # noqa: PLC0415  # slow to load, and not every command draws

    data = altair.InlineData(values=[_row(one) for one in months])
    time = altair.X("month:T", title=None, axis=altair.Axis(format="%b %Y", labelOverlap=True, tickCount=8, grid=False))
    base = altair.Chart(data).encode(x=time)
    told = base.transform_filter("isValid(datum.temperature)")
    happened = base.transform_filter("datum.events > 0")
    height = altair.Y(
        "temperature:Q",
        title="conflict  ←  score  →  cooperation",
        scale=altair.Scale(domain=[-10, 10]),
        axis=altair.Axis(values=[-10, -5, 0, 5, 10]),
    )
    tones = ["cooperation", "conflict"]
    most = max((one.events for one in months), default=1)
    marks = happened.mark_point(filled=True, size=60, opacity=1).encode(
        y=altair.Y("mean:Q"),
        color=altair.Color("tone:N", legend=None, scale=altair.Scale(domain=tones, range=[WARM, COLD])),
        shape=altair.Shape("tone:N", legend=None, scale=altair.Scale(domain=tones, range=["circle", "diamond"])),
    )
    zero = altair.Chart(altair.InlineData(values=[{"zero": 0}])).mark_rule(color=FAINT).encode(y="zero:Q")
    band = (
        told.mark_area(color=FAINT, opacity=0.22)
        .encode(y=height, y2="floor:Q")
        .transform_calculate(temperature="datum.high", floor="datum.low")
    )
    line = told.mark_line(color=INK, strokeWidth=2).encode(y=altair.Y("temperature:Q"))
    volume = happened.mark_bar(size=5, color=FAINT).encode(
        y=altair.Y("events:Q", title="events", axis=altair.Axis(values=sorted({0, most // 2, most}), format="d"))
    )
    whole = altair.vconcat(
        altair.layer(band, zero, line, marks).properties(width=width, height=220),
        volume.properties(width=width, height=60),
        spacing=12,
    ).resolve_scale(x="shared")
    if title:
        whole = whole.properties(title=title)
    axis = {"labelColor": INK, "titleColor": INK, "gridColor": "#cccccc", "domainColor": FAINT, "tickColor": FAINT}
    spec: dict[str, Any] = (
        whole.configure(background="transparent", font="sans-serif")
        .configure_axis(**axis)
        .configure_title(color=INK, anchor="start")
        .configure_view(stroke=None)
        .to_dict()
    )
    return spec


def _row(one: Month) -> dict[str, Any]:
    return {
        "month": f"{one.month}-15",
        "temperature": one.temperature,
        "low": one.low,
        "high": one.high,
        "mean": one.mean,
        "events": one.events,
        "tone": "conflict" if (one.mean or 0) < 0 else "cooperation",
    }


def svg(spec: dict[str, Any]) -> str:
    """The picture of a chart definition as SVG that fits its place, made without a browser and without any request."""
    import vl_convert  # noqa: PLC0415  # starts a JavaScript engine; only who draws pays for it

    picture = str(vl_convert.vegalite_to_svg(json.dumps(spec, sort_keys=True), allowed_base_urls=[]))
    return re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', r'<svg \1data-width="\2"', picture, count=1)


@functools.lru_cache(maxsize=256)
def picture(months: tuple[Month, ...]) -> str:
    """The chart of these months as SVG, kept because drawing takes half a second; empty for no months."""
    return svg(chart(months)) if months else ""


def table(months: Sequence[Month]) -> list[dict[str, str | float | int]]:
    """The numbers behind the chart, one row for each month in which something happened, newest first."""
    return [
        {
            "month": one.month,
            "in words": words.month(one.month),
            "mean": round(one.mean or 0, 1),
            "temperature": round(one.temperature or 0, 1),
            "low": round(one.low or 0, 1),
            "high": round(one.high or 0, 1),
            "warmth": words.temperature(one.temperature or 0),
            "events": one.events,
        }
        for one in reversed(months)
        if one.events
    ]


def sparkline(months: Sequence[Month], *, last: int = 60) -> str:
    """The temperature of the last months as the points of an SVG polyline in a box of 120 by 30; empty for one."""
    shown = [one for one in list(months)[-last:] if one.temperature is not None]
    if len(shown) < 2:
        return ""
    step = 116 / (len(shown) - 1)
    return " ".join(f"{at * step + 2:.1f},{15 - (one.temperature or 0) * 1.3:.1f}" for at, one in enumerate(shown))
