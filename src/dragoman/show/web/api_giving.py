"""The part of the API that gives the record out, as a stream, in every format that `dragoman export` knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from fastapi.responses import StreamingResponse

from dragoman.arguments import state_of
from dragoman.show import giving
from dragoman.show.web.answers import a_day
from dragoman.show.web.described import Day, files
from dragoman.show.web.desk import Desk

#: Bytes that are sent at once: a line at a time would cost more than it carries.
PIECE = 65_536


def add_to(desk: Desk, router: APIRouter) -> None:
    """Puts the address of exports into the API."""

    @router.get(
        "/export/{kind}",
        response_class=StreamingResponse,
        responses=files(
            "The export, as it is read.",
            {kind.partition(";")[0]: kind.endswith(("zip", "parquet")) for kind, _ in giving.MEDIA.values()},
        ),
    )
    def exported(
        kind: Annotated[Literal[giving.ALL_KINDS], InPath(description="What to give out.")],  # type: ignore[valid-type]
        format: Annotated[  # noqa: A002
            Literal[("", *giving.ALL_FORMATS)],  # type: ignore[valid-type]
            Query(description="Empty for the usual one of the kind; icews, polecat, phoenix, plover, gdelt of events."),
        ] = "",
        text: Annotated[bool, Query(description="With the sentences, or only their places.")] = True,
        since: Day = "",
        until: Day = "",
        state: Annotated[
            list[str] | None, Query(max_length=300, description="panel: only pairs of these states.")
        ] = None,
    ) -> StreamingResponse:
        """Everything of a kind: as lines, as a table, or in the shape of another tool."""
        form = format or giving.formats_of(kind)[0]
        states = tuple(state_of(one[:100]) for one in state or ())
        pieces = giving.given(desk.store, kind, form, text=text, since=a_day(since), until=a_day(until), states=states)
        media, end = giving.MEDIA[form]
        return StreamingResponse(
            batched(pieces),
            media_type=media,
            headers={"Content-Disposition": f'attachment; filename="{kind}.{end}"'},
        )


def batched(pieces: Iterator[bytes], size: int = PIECE) -> Iterator[bytes]:
    """Pieces put together to larger ones, and large ones cut."""
    held = bytearray()
    for piece in chain(pieces, (b"",)):
        held += piece
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    yield bytes(held)
