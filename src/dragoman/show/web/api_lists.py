"""The part of the API that gives lists: relations, items, claims, documents, what a search finds, the logs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from dragoman.errors import UsageError
from dragoman.model import Item
from dragoman.record import Filters, ItemsAsked
from dragoman.show import judging
from dragoman.show.web import relations, views
from dragoman.show.web.answers import a_day, as_json
from dragoman.show.web.described import ANY, Day, Shape, Side, answers, ref
from dragoman.show.web.described import page as paged
from dragoman.show.web.desk import Desk
from dragoman.show.web.pages import home
from dragoman.show.web.pages.adding import job_json
from dragoman.show.web.paging import Cursor, Limit, cursor, opened, sliced
from dragoman.wire import claim_shape, item_shape


def add_to(desk: Desk, router: APIRouter) -> None:
    """Puts the addresses of lists into the API."""
    _of_the_record(desk, router)
    _of_documents(desk, router)
    _of_people(desk, router)


def _item(shape: str) -> Callable[[Item], Any]:
    return views.built if shape == "record" else item_shape


def _of_the_record(desk: Desk, router: APIRouter) -> None:
    store, glance = desk.store, desk.glance

    @router.get("/relations", responses=paged(ref("Relation")))
    def relations_(of: Side = "", limit: Limit = 100, cursor_: Cursor = "") -> Response:
        """The pairs of sides that the record knows, most events first."""
        found = [one for one in desk.relations() if of in ("", one.a, one.b)]
        return as_json(sliced(found, cursor_, limit, views.built))

    @router.get("/home", responses=answers(ANY))
    def first(
        of: Side = "",
        after: Annotated[int, Query(ge=0, lt=2**53, description="The number of a document: news came after it.")] = 0,
    ) -> Response:
        """What the first page shows: relations with their temperature, open disputes, last event and news."""
        before = after or None
        lines = home.lines(desk, of, before)
        return as_json(relations.home_json(lines, home.news(desk, before)) | {"documents": glance.mark().documents})

    @router.get("/items", responses=paged(ANY))
    def items(
        kind: Annotated[str, Query(max_length=20, description="event, statement, agreement, …; empty for all.")] = "",
        a: Side = "",
        b: Side = "",
        directed: Annotated[bool, Query(description="Only what `a` does to `b`, and both together.")] = False,
        status: Annotated[str, Query(max_length=20, examples=["actual"])] = "",
        type_: Annotated[str, Query(alias="type", max_length=40, examples=["CONSULT"])] = "",
        since: Day = "",
        until: Day = "",
        limit: Limit = 100,
        cursor_: Cursor = "",
        related: Annotated[
            bool, Query(description="Between two: also what one says where the other is spoken of.")
        ] = False,
        shape: Shape = "wire",
    ) -> Response:
        """Events, statements, agreements and the like, by day and id: of all, of a side, or between two."""
        if b and not a:
            raise UsageError("b without a: name one side as `a`")
        after = opened(cursor_, (str, str)) or ("", "")
        if related and a and b and not directed and not status and not type_:
            every = store.items(kind, a, b, since=a_day(since), until=a_day(until))
            start = next((at + 1 for at, one in enumerate(every) if one.id == after[1]), 0) if after[1] else 0
            some = every[start : start + limit]
            more = cursor(glance.sort_day(some[-1]), some[-1].id) if len(every) > start + limit else None
            return as_json({"items": [_item(shape)(one) for one in some], "next": more})
        asked = ItemsAsked(
            kind=kind,
            a=a,
            b=b,
            directed=directed,
            status=status,
            type=type_,
            since=a_day(since),
            until=a_day(until),
            after=after,
            limit=limit + 1,
        )
        found = glance.items(asked)
        last = found[limit - 1] if len(found) > limit else None
        day = glance.sort_day if a else glance.own_day
        more = cursor(day(last), last.id) if last else None
        return as_json({"items": [_item(shape)(one) for one in found[:limit]], "next": more})

    @router.get("/claims", responses=paged(ANY))
    def claims(
        document: Annotated[str, Query(max_length=200)] = "",
        kind: Annotated[str, Query(max_length=20)] = "",
        party: Side = "",
        status: Annotated[str, Query(max_length=20, examples=["actual"])] = "",
        since: Day = "",
        until: Day = "",
        limit: Limit = 100,
        cursor_: Cursor = "",
        shape: Shape = "wire",
    ) -> Response:
        """What single sentences say, in the order in which their documents came in."""
        after = (opened(cursor_, (int,)) or (0,))[0]
        days = (a_day(since), a_day(until))
        found = glance.claims(
            after=after, limit=limit + 1, document=document, kind=kind, party=party, status=status, days=days
        )
        more = cursor(found[limit - 1][0]) if len(found) > limit else None
        write = views.built if shape == "record" else claim_shape
        return as_json({"items": [write(one) for _, one in found[:limit]], "next": more})


#: So far into what a search finds one can go.
MOST_FOUND = 10_000


def _of_documents(desk: Desk, router: APIRouter) -> None:
    store, glance = desk.store, desk.glance

    @router.get("/documents", responses=paged(ref("DocumentLine")))
    def documents(
        since: Day = "",
        until: Day = "",
        source: Annotated[str, Query(max_length=200)] = "",
        limit: Limit = 100,
        cursor_: Cursor = "",
    ) -> Response:
        """Documents, newest first, without their texts."""
        before = opened(cursor_, (str, str)) or ("", "")
        found = glance.newest(limit=limit + 1, before=before, since=a_day(since), until=a_day(until), source=source)
        last = found[limit - 1] if len(found) > limit else None
        more = cursor(last.published.start if last.published else "", last.id) if last else None
        return as_json({"items": [views.built(one) for one in found[:limit]], "next": more})

    @router.get(
        "/search",
        responses=paged(ref("Hit")),
    )
    def search(
        q: Annotated[
            str,
            Query(
                min_length=1, max_length=500, description='All words; "a phrase"; a beginning*.', examples=["diplomats"]
            ),
        ],
        kind: Annotated[str, Query(max_length=20)] = "",
        party: Annotated[list[str] | None, Query(max_length=5)] = None,
        type_: Annotated[str, Query(alias="type", max_length=40, examples=["CONSULT"])] = "",
        status: Annotated[str, Query(max_length=20, examples=["actual"])] = "",
        source: Annotated[str, Query(max_length=200, description="Who published it.")] = "",
        side: Annotated[str, Query(max_length=200, description="Whose account it is.")] = "",
        since: Day = "",
        until: Day = "",
        limit: Limit = 20,
        cursor_: Cursor = "",
    ) -> Response:
        """Documents and claims that hold the words, best first."""
        filters = Filters(
            parties=tuple(party or ()),
            kind=kind,
            event_type=type_,
            status=status,
            since=a_day(since),
            until=a_day(until),
            source=source,
            side=side,
        )
        start = max(0, (opened(cursor_, (int,)) or (0,))[0])
        if start > MOST_FOUND:
            raise UsageError(f"nobody reads more than {MOST_FOUND} finds; narrow the search")
        found = store.search(q, filters=filters, limit=start + limit + 1)
        return as_json(sliced(found, cursor_, limit, views.built))


def _of_people(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    @router.get("/judgements", responses=paged(ref("Judgement")))
    def judgements(
        claim: Annotated[list[str] | None, Query(max_length=500)] = None,
        limit: Limit = 100,
        cursor_: Cursor = "",
    ) -> Response:
        """The log of what people said, in its order."""
        return as_json(sliced(store.judgements(claims=tuple(claim or ())), cursor_, limit, views.built))

    @router.get("/skipped", responses=paged(ANY))
    def skipped(limit: Limit = 100, cursor_: Cursor = "") -> Response:
        """What was passed over, and why."""
        return as_json(
            sliced(store.skipped(), cursor_, limit, lambda one: {"id": one[0], "where": one[1], "why": one[2]})
        )

    @router.get("/removals", responses=paged(ref("Removal")))
    def removals(limit: Limit = 100, cursor_: Cursor = "") -> Response:
        """The lines of documents that were taken out."""
        return as_json(sliced(store.removals(), cursor_, limit, views.built))

    @router.get("/review", responses=paged(ANY))
    def review(
        kind: Annotated[str, Query(max_length=20)] = "",
        a: Side = "",
        b: Side = "",
        limit: Limit = 20,
        cursor_: Cursor = "",
    ) -> Response:
        """Claims that no person has judged, the least certain and most consequential first; the measured precision."""
        found = desk.queue(kind=kind, a=a, b=b)
        return as_json(
            {
                "waiting": len(found),
                **sliced(found, cursor_, limit, lambda one: views.built(one) | {"priority": judging.priority(one)}),
                "precision": [vars(one) for one in judging.precision(store)],
            }
        )

    @router.get("/jobs", responses=paged(ANY))
    def jobs(limit: Limit = 100, cursor_: Cursor = "") -> Response:
        """The jobs of this desk, newest first, without what became of each document."""
        return as_json(sliced(desk.adder.jobs(), cursor_, limit, lambda one: job_json(one) | {"outcomes": None}))
