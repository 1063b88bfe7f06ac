"""Reads what an address asks for, and writes JSON, CSV, files and errors, each of one shape."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dragoman.errors import DragomanError
from dragoman.show.web.views import Filters

_PAIR = re.compile(r"([A-Z]{3})-(to-)?([A-Z]{3})(\.json|\.csv)?")


class MissingError(DragomanError):
    """The record or the desk has nothing of that name."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two sides that an address names; `way` asks for one direction, `form` is empty, `.json` or `.csv`."""

    a: str
    b: str
    way: bool
    form: str


def pair(name: str) -> Pair | None:
    """The sides that `GBR-RUS.json` or `GBR-to-RUS` names; none for another name."""
    found = _PAIR.fullmatch(name)
    if found is None:
        return None
    return Pair(a=found[1], b=found[3], way=bool(found[2]), form=found[4] or "")


def formed(name: str) -> tuple[str, str]:
    """A name without its form, and the form: empty or `.json`."""
    return (name.removesuffix(".json"), ".json") if name.endswith(".json") else (name, "")


def filters(query: Mapping[str, str]) -> Filters:
    """The filters that a query gives; what is not understood asks for all."""
    number = query.get("page", "1")
    return Filters(
        type=query.get("type", ""),
        status=query.get("status", ""),
        deeds=query.get("deeds", "") if query.get("deeds", "") in ("deeds", "words") else "",
        told=query.get("told", ""),
        since=query.get("since", ""),
        until=query.get("until", ""),
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )


def as_json(values: Any, *, status: int = 200) -> Response:  # noqa: ANN401  # whatever msgspec can write
    """Values as JSON."""
    return Response(msgspec.json.encode(values), status_code=status, media_type="application/json")


def as_csv(rows: Sequence[Mapping[str, Any]], name: str) -> Response:
    """Rows as a CSV file; what a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows({key: _tame(value) for key, value in row.items()} for row in rows)
    return attached(out.getvalue(), "text/csv", f"{name}.csv")


def _tame(value: Any) -> Any:  # noqa: ANN401
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def attached(content: str, media_type: str, name: str) -> Response:
    """A file to keep; its name has letters, digits and hyphens only."""
    safe = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII)
    return Response(
        content,
        media_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{safe}"'},
    )


def told(error: Exception) -> tuple[int, str, str]:
    """An error as a status, what is wrong, and what to do next."""
    if isinstance(error, MissingError):
        return 404, f"There is no {error} here.", "Go back to the relations, or search."
    if isinstance(error, DragomanError):
        return 400, str(error), "Change the address and ask again."
    if isinstance(error, HTTPException):
        return (
            error.status_code,
            "There is no such page." if error.status_code == 404 else str(error.detail),
            "Go back to the relations, or search.",
        )
    return 500, "The desk could not do that.", "Ask again; if it stays so, `dragoman serve` says more where it runs."
