"""Draws the temperature of a relation: one Vega-Lite definition, its picture, and the table behind it."""

from __future__ import annotations

import copy
import functools
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from dragoman.measure import Month, Turn
from dragoman.show import words

#: Each stands out 3:1 from a white page; the style sheet replaces them on a dark one.
INK, WARM, COLD, FAINT = "#444444", "#1a7f5a", "#b3403a", "#8a8a8a"
#: The same on a dark page, for a picture that stands alone.
DARK = {INK: "#e8ebee", WARM: "#5fd3a3", COLD: "#ff9a8f", "#cccccc": "#39424d"}

#: A band wider than this (of a scale of 20) says nothing: fewer than about three recent events. The line is thin there.
SURE = 10.0

#: Where the events of a month are to be read, as the address of a page.
Leads = Callable[[str], str]


def chart(
    months: Sequence[Month],
    *,
    title: str = "",
    width: int = 720,
    turns: Sequence[Turn] = (),
    leads: Leads | None = None,
) -> dict[str, Any]:
    """The Vega-Lite definition of the temperature over its volume, for page, notebook and picture alike.

    `turns` are marked with a line; with `leads` each mark is a link to the events of its month.
    """
    bar = max(1, min(8, round(0.8 * width / max(1, len(months)))))
    spec = copy.deepcopy(_definition(width, leads is not None))
    spec["vconcat"][1]["mark"]["size"] = bar
    most = max((one.events for one in months), default=1)
    spec["vconcat"][1]["encoding"]["y"]["axis"]["values"] = sorted({0, most // 2, most})
    spec["datasets"] = {
        "months": [_row(one) | ({"href": leads(one.month)} if leads else {}) for one in months],
        "zero": [{"zero": 0}],
        "turns": [{"month": f"{one.day[:7]}-01", "change": _change(one)} for one in turns],
    }
    if not turns:
        # A layer without data has no extent, of which Vega warns.
        layers = spec["vconcat"][0]["layer"]
        spec["vconcat"][0]["layer"] = [one for one in layers if one.get("data") != {"name": "turns"}]
    if title:
        spec["title"] = title
    return spec


@functools.lru_cache(maxsize=32)
def _definition(width: int, links: bool) -> dict[str, Any]:
    """The chart without its numbers; made once, because Altair takes a tenth of a second."""
    import altair  # noqa: PLC0415  # slow to load, and not every command draws

    time = altair.X("month:T", title=None, axis=altair.Axis(format="%b %Y", labelOverlap=True, tickCount=8, grid=False))
    base = altair.Chart(altair.NamedData(name="months")).encode(x=time)
    happened = base.transform_filter("datum.events > 0")
    height = altair.Y(
        "temperature:Q",
        title="conflict  ←  score  →  cooperation",
        scale=altair.Scale(domain=[-10, 10]),
        axis=altair.Axis(values=[-10, -5, 0, 5, 10]),
    )
    tones = ["cooperation", "conflict"]
    hint = [
        altair.Tooltip("month:T", title="month", format="%B %Y"),
        altair.Tooltip("events:Q", title="events"),
        altair.Tooltip("mean:Q", title="mean score", format="+.1f"),
        altair.Tooltip("temperature:Q", title="temperature", format="+.1f"),
    ]
    lead = {"href": altair.Href("href:N")} if links else {}
    marks = happened.mark_point(filled=True, size=45, opacity=1).encode(
        y=altair.Y("mean:Q"),
        color=altair.Color("tone:N", legend=None, scale=altair.Scale(domain=tones, range=[WARM, COLD])),
        shape=altair.Shape("tone:N", legend=None, scale=altair.Scale(domain=tones, range=["circle", "diamond"])),
        tooltip=hint,
        **lead,
    )
    zero = altair.Chart(altair.NamedData(name="zero")).mark_rule(color=FAINT).encode(y="zero:Q")
    turned = (
        altair.Chart(altair.NamedData(name="turns"))
        .mark_rule(color=INK, strokeDash=[4, 3])
        .encode(x=altair.X("month:T"), tooltip=[altair.Tooltip("change:N", title="turn")])
    )
    band = base.mark_area(color=FAINT, opacity=0.22).encode(y=altair.Y("high:Q"), y2="low:Q")
    # Thin where too few events stand behind it; broken where none do, because a null breaks a line.
    thin = base.mark_line(color=FAINT, strokeWidth=1).encode(y=height)
    line = base.mark_line(color=INK, strokeWidth=2).encode(y=altair.Y("sure:Q"))
    volume = happened.mark_bar(size=1, color=FAINT).encode(
        y=altair.Y("events:Q", title="events", axis=altair.Axis(values=[0, 1], format="d")), tooltip=hint, **lead
    )
    axis = {"labelColor": INK, "titleColor": INK, "gridColor": "#cccccc", "domainColor": FAINT, "tickColor": FAINT}
    spec: dict[str, Any] = (
        altair.vconcat(
            altair.layer(band, zero, turned, thin, line, marks).properties(width=width, height=180),
            volume.properties(width=width, height=40),
            spacing=12,
        )
        .resolve_scale(x="shared")
        .configure(background="transparent", font="sans-serif")
        .configure_axis(**axis)
        .configure_title(color=INK, anchor="start")
        .configure_view(stroke=None)
        .to_dict()
    )
    return spec


def _row(one: Month) -> dict[str, Any]:
    sure = one.high is not None and one.low is not None and one.high - one.low <= SURE
    return {
        "month": f"{one.month}-15",
        "temperature": one.temperature,
        "sure": one.temperature if sure else None,
        "low": one.low if sure else None,
        "high": one.high if sure else None,
        "mean": one.mean,
        "events": one.events,
        "tone": "conflict" if (one.mean or 0) < 0 else "cooperation",
    }


def _change(one: Turn) -> str:
    return f"{words.signed(round(one.before, 1))} to {words.signed(round(one.after, 1))}"


def svg(spec: dict[str, Any]) -> str:
    """The picture of a chart definition as SVG that fits its place, made without a browser and without any request."""
    import vl_convert  # noqa: PLC0415  # starts a JavaScript engine; only who draws pays for it

    picture = str(vl_convert.vegalite_to_svg(json.dumps(spec, sort_keys=True), allowed_base_urls=[]))
    return re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', r'<svg \1data-width="\2"', picture, count=1)


def png(spec: dict[str, Any], *, scale: float = 2.0) -> bytes:
    """The picture of a chart definition as PNG on white, for documents and for saving."""
    import vl_convert  # noqa: PLC0415  # as above

    white = spec | {"config": spec.get("config", {}) | {"background": "white"}}
    return bytes(vl_convert.vegalite_to_png(json.dumps(white, sort_keys=True), scale=scale, allowed_base_urls=[]))


def alone(picture: str) -> str:
    """A picture as a file of its own: with its size, and with the colours of a dark page where the reader has one."""
    rules = "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in DARK.items()
    )
    style = f"<style>@media (prefers-color-scheme: dark){{{rules}}}</style>"
    return re.sub(r"(<svg [^>]*>)", lambda found: found[1] + style, picture, count=1)


@functools.lru_cache(maxsize=256)
def picture(months: tuple[Month, ...], turns: tuple[Turn, ...] = ()) -> str:
    """The chart of these months as SVG, kept because drawing takes half a second; empty for no months."""
    return svg(chart(months, turns=turns)) if months else ""


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
