"""Counts claims that must be found and kinds of claims that must not, in texts that list them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from dragoman.evaluation.gold import Codes, decode
from dragoman.model import Document
from dragoman.wire import claim_shape


def told(coder: Codes, file: Path, *, limit: int = 0) -> dict[str, float]:
    """Figures for lines `{"id", "text", "date", "claims", "none"}`; lines without text are left out.

    `claims` lists claims that must be found, by the fields that are told; `none` the kinds of which there must be no
    claim: the share found by kind, and the share of such texts with an alarm.
    """
    from dragoman.read import from_text  # noqa: PLC0415

    rows = [row for row in decode(file) if "claims" in row or "none" in row][: limit or None]
    documents: list[Document] = [from_text(row["text"], id=str(row["id"]), date=row.get("date") or "") for row in rows]
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    kept_out = alarms = 0
    for row, coded in zip(rows, coder.code(documents), strict=True):
        shapes = [claim_shape(claim) for claim in coded.claims]
        for one in row.get("claims", []):
            wanted[one["kind"]] += 1
            found[one["kind"]] += any(_holds(shape, one) for shape in shapes)
        if none := row.get("none", []):
            kept_out += 1
            alarms += any(shape["kind"] in none for shape in shapes)
    figures: dict[str, float] = {"rows": len(rows)} if rows else {}
    figures |= {kind: round(found[kind] / wanted[kind], 4) for kind in sorted(wanted)}
    if kept_out:
        figures["alarms"] = round(alarms / kept_out, 4)
    return figures


def _holds(shape: dict[str, Any], told: dict[str, Any]) -> bool:
    """Whether a claim has what is told of it: codes are among its sides, dates begin so, words stand in its words."""
    return all(_agrees(shape.get(name), value) for name, value in told.items())


def _agrees(got: Any, told: Any) -> bool:  # noqa: ANN401  # plain values
    if isinstance(told, list):
        return set(told) <= {one.get("country") for one in got or () if isinstance(one, dict)}
    if isinstance(got, dict):
        if "precision" in got:
            return str(got["start"]).startswith(str(told))
        return told in (got.get("country"), got.get("text"), got.get("name"))
    if isinstance(told, str) and isinstance(got, str):
        return told.casefold() in got.casefold()
    return bool(got == told)
