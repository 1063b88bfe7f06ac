"""Reads what an address asks for, and writes JSON, CSV, files and errors, each of one shape."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dragoman.errors import DragomanError, InputError
from dragoman.show import words
from dragoman.show.web.views import Filters

_PAIR = re.compile(r"([A-Z]{3})-(to-)?([A-Z]{3})(\.json|\.csv)?")
_FORM = re.compile(r"(.*?)(\.json|\.csv)?", re.DOTALL)


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
    """A name without its form, and the form: empty, `.json` or `.csv`."""
    found = _FORM.fullmatch(name)
    return (found[1], found[2] or "") if found else (name, "")


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
        page=int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1,
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


def attached(content: str | bytes, media_type: str, name: str) -> Response:
    """A file to keep; its name has letters, digits and hyphens only."""
    safe = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII)
    kind = f"{media_type}; charset=utf-8" if isinstance(content, str) else media_type
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{safe}"'})


def a_day(text: str) -> str:
    """An ISO day, or nothing; raises DragomanError for anything else."""
    from dragoman.errors import UsageError  # noqa: PLC0415

    if text and (len(text) != 10 or words.as_date(text) is None):
        raise UsageError(f"{text!r} is no day: write it as 2018-03-14")
    return text


def told(error: Exception) -> tuple[int, str, str]:
    """An error as a status, what is wrong, and what to do next."""
    if isinstance(error, MissingError):
        return 404, f"There is no {error} here.", "Go back to the relations, or search."
    if isinstance(error, InputError):
        return 422, str(error), "Give another text, file or address."
    if isinstance(error, DragomanError):
        return 400, str(error), "Change the request and ask again."
    if isinstance(error, RequestValidationError):
        first = error.errors()[0] if error.errors() else {}
        where = ".".join(str(part) for part in first.get("loc", ())[1:])
        return 422, f"{where}: {first.get('msg', 'not understood')}", "See /api/v1/openapi.json for what is wanted."
    if isinstance(error, HTTPException):
        what = {404: "There is no such page.", 405: "That cannot be done with this address."}
        return error.status_code, what.get(error.status_code, str(error.detail)), "Go back to the relations, or search."
    return 500, "The desk could not do that.", "Ask again; if it stays so, `dragoman serve` says more where it runs."
