"""The part of the API on the relation of two sides: in whole, its parts, its series, its picture, its brief."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.show.files import MEDIA, written
from dragoman.show.web import relations, views
from dragoman.show.web.answers import a_day, as_json, attached
from dragoman.show.web.answers import filters as filters_of
from dragoman.show.web.described import ANY, Day, Name, answers, files
from dragoman.show.web.desk import Desk
from dragoman.show.web.pages import relation as pages

#: The parts of a relation, by the tabs of its page.
PARTS = {
    "positions": "positions",
    "channels": "architecture",
    "agreements": "agreements",
    "disputes": "disputes",
    "figures": "figures",
    "documents": "documents",
}
Part = Literal["positions", "channels", "agreements", "disputes", "figures", "documents"]
Way = Annotated[bool, Query(description="Only what `a` does and says towards `b`.")]

_SERIES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "months": {"type": "array", "items": {"$ref": "#/components/schemas/Month"}},
        "turns": {"type": "array", "items": {"$ref": "#/components/schemas/Turn"}},
    },
}


def add_to(desk: Desk, router: APIRouter) -> None:
    """Puts the addresses of relations into the API."""

    @router.get("/relations/{a}/{b}", responses=answers(ANY, errors=(404,)))
    def relation(
        request: Request,
        a: Name,
        b: Name,
        since: Day = "",
        until: Day = "",
        directed: Way = False,
        type: Annotated[str, Query(max_length=40, description="A type of event.")] = "",  # noqa: A002, ARG001
        status: Annotated[str, Query(max_length=20, description="actual, future, …")] = "",  # noqa: ARG001
        deeds: Annotated[Literal["", "deeds", "words"], Query(description="Only deeds, or only words.")] = "",  # noqa: ARG001
        told: Annotated[str, Query(max_length=200, description="Told by documents of this side.")] = "",  # noqa: ARG001
        page: Annotated[int, Query(ge=1, le=999_999, description="The page of the events.")] = 1,  # noqa: ARG001
    ) -> Response:
        """One relation: in a line, month by month, its turns, its events page by page, and all else between the two."""
        one = desk.seen(a, b, since=a_day(since), until=a_day(until), way=directed)
        shown = relations.timeline(one.look.events, filters_of(request.query_params))
        return as_json(relations.relation_json(one, shown))

    @router.get("/relations/{a}/{b}/{part}", responses=answers(ANY, errors=(404,)))
    def part_of(
        request: Request,
        a: Name,
        b: Name,
        part: Part,
        since: Day = "",
        until: Day = "",
        directed: Way = False,
        on: Annotated[str, Query(max_length=200, description="positions: on this matter alone.")] = "",  # noqa: ARG001
    ) -> Response:
        """A part of a relation: positions, channels, agreements with undertakings, disputes, figures, documents."""
        a_day(since), a_day(until)
        return pages.tab_of(desk, request, (a, b, directed), f"{PARTS[part]}.json")

    @router.get("/series/{a}/{b}", responses=answers(_SERIES))
    def series(a: Name, b: Name, since: Day = "", until: Day = "", directed: Way = False) -> Response:
        """The temperature of a relation month by month, and its turns."""
        one = desk.seen(a, b, since=a_day(since), until=a_day(until), way=directed)
        return as_json(
            {"months": [views.built(each) for each in one.months], "turns": [views.built(each) for each in one.turns]}
        )

    @router.get(
        "/chart/{a}/{b}",
        responses=files("The chart.", {"application/json": False, "image/svg+xml": False, "image/png": True}),
    )
    def chart(
        request: Request,
        a: Name,
        b: Name,
        format: Literal["json", "svg", "png"] = "json",  # noqa: A002
        since: Day = "",
        until: Day = "",
        directed: Way = False,
    ) -> Response:
        """The chart of a relation: its Vega-Lite definition, or a picture."""
        a_day(since), a_day(until)
        return pages.tab_of(desk, request, (a, b, directed), f"chart.{format}")

    @router.get(
        "/brief/{a}/{b}",
        responses=files(
            "The brief as a file; as JSON its lines with the numbers of their sources.",
            {
                "text/markdown": False,
                "text/html": False,
                "application/pdf": True,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": True,
                "application/json": False,
            },
        ),
    )
    def brief(
        a: Name,
        b: Name,
        format: Literal["md", "html", "docx", "pdf", "json"] = "md",  # noqa: A002
        since: Day = "",
        until: Day = "",
    ) -> Response:
        """The brief of a relation."""
        made = desk.brief(desk.seen(a, b, since=a_day(since), until=a_day(until)))
        if format == "json":
            return as_json(pages.plain_brief(made, views.built))
        return attached(written(made, format), MEDIA[format], f"brief-{a}-{b}.{format}")
