"""The part of the API that gives one thing: an item, a claim, a document, an actor, a map, a job, the method."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from dragoman.show.web import views
from dragoman.show.web.answers import MissingError, as_json
from dragoman.show.web.described import ANY, Name, answers, ref
from dragoman.show.web.desk import Desk
from dragoman.show.web.pages import documents, home
from dragoman.show.web.pages.adding import job_json
from dragoman.show.web.pages.people import actor_json, series_values, world_values
from dragoman.show.web.relations import told_json


def add_to(desk: Desk, router: APIRouter) -> None:
    """Puts the addresses of single things into the API."""
    _of_the_record(desk, router)
    _of_the_desk(desk, router)


def _of_the_record(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    @router.get("/items/{name}", responses=answers(ref("Explanation"), errors=(404,)))
    def item(name: Name) -> Response:
        """All that stands behind an item or a claim: links with reasons, claims, documents, judgements."""
        found = store.explain(name)
        if found is None:
            raise MissingError(f"item {name}")
        return as_json(views.built(found))

    @router.get("/items/{name}/positions", responses=answers(ANY, errors=(404,)))
    def positions(name: Name) -> Response:
        """What each side says on a dispute; no sides for other items, or where there are more than two."""
        found = store.explain(name)
        if found is None:
            raise MissingError(f"item {name}")
        sides = documents.sides_of(desk, views.item(found))
        return as_json(
            {"sides": [{"side": one.side, "statements": [told_json(told) for told in one.said]} for one in sides]}
        )

    @router.get("/ids/{name}", responses=answers(ANY))
    def whole(name: Name) -> Response:
        """The whole id of the one claim or item that begins so, from four characters on; else what was given."""
        return as_json({"id": store.whole_id(name)})

    @router.get("/item/{name}", responses=answers(ref("Item"), errors=(404,)))
    def item_alone(name: Name) -> Response:
        """One item by its id, without what stands behind it."""
        found = store.item(name)
        if found is None:
            raise MissingError(f"item {name}")
        return as_json(views.built(found))

    @router.get("/claims/{name}", responses=answers(ANY, errors=(404,)))
    def claim(name: Name) -> Response:
        """One claim, with the reasons why it was read so."""
        found = store.claim(name)
        if found is None:
            raise MissingError(f"claim {name}")
        return as_json(views.built(found))

    @router.get("/documents/{name}", responses=answers(ref("Coded"), errors=(404,)))
    def document(name: Name) -> Response:
        """One document with its text and its claims."""
        found = store.document(name)
        if found is None:
            raise MissingError(f"document {name}")
        return as_json(views.built(found))

    @router.get("/actors/{name}", responses=answers(ANY, errors=(404,)))
    def actor(name: Name) -> Response:
        """A state, organisation or person: offices, relations, events, statements, documents."""
        found = desk.actor(name)
        if found is None:
            raise MissingError(f"actor {name}")
        return as_json(actor_json(found))


def _of_the_desk(desk: Desk, router: APIRouter) -> None:
    @router.get("/map/{of}", responses=answers(ANY))
    def world(of: Name, month: Annotated[str, Query(max_length=7, examples=["2018-03"])] = "") -> Response:
        """How the relations of a side stand in a month."""
        return as_json(world_values(desk, of, month))

    @router.get("/map/{of}/series", responses=answers(ANY))
    def world_series(of: Name) -> Response:
        """The relations of a side month by month, with the keys of the shapes of the atlas."""
        return as_json(series_values(desk, of))

    @router.get("/method", responses=answers(ANY))
    def method() -> Response:
        """What it counts and how, in words and figures."""
        told = home.method(desk)
        return as_json(told | {"precision": [vars(one) for one in told["precision"]]})

    @router.get("/jobs/{name}", responses=answers(ANY, errors=(404,)))
    def job(name: Name) -> Response:
        """What became of each document of a job, so far."""
        found = desk.adder.job(name)
        if found is None:
            raise MissingError(f"job {name}")
        return as_json(job_json(found))
