"""Lists that come page by page: a cursor says where the next page of the same question begins."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Query

from dragoman.errors import UsageError

Kind = TypeVar("Kind")

#: The most that one page gives.
MOST = 1000

Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many.")]
Cursor = Annotated[
    str, Query(alias="cursor", max_length=400, description="The `next` of the answer before; empty for the first page.")
]


def cursor(*values: object) -> str:
    """A cursor that holds these values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def opened(text: str, kinds: tuple[type, ...]) -> tuple[Any, ...] | None:
    """The values of a cursor, or none for an empty one; raises UsageError for what is no cursor of ours."""
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, UnicodeError) as error:
        raise UsageError("this is no cursor: give the `next` of the answer before") from error
    if not isinstance(values, list) or [type(one) for one in values] != list(kinds):
        raise UsageError("this cursor is of another question: give the `next` of the answer before")
    if any(isinstance(one, int) and abs(one) > 2**62 for one in values):
        raise UsageError("this is no cursor: give the `next` of the answer before")
    return tuple(values)


def sliced(found: Sequence[Kind], after: str, limit: int, shape: Callable[[Kind], Any]) -> dict[str, Any]:
    """One page of a list that is at hand as a whole."""
    start = max(0, (opened(after, (int,)) or (0,))[0])
    more = cursor(start + limit) if len(found) > start + limit else None
    return {"items": [shape(one) for one in found[start : start + limit]], "next": more}
