"""The page of an actor, and the map of one state's relations."""

from __future__ import annotations

from fastapi import APIRouter, Query
from fastapi.responses import Response

from dragoman.show import words
from dragoman.show.atlas import middles, numbers
from dragoman.show.people import MOST, Actor
from dragoman.show.web import answers, views
from dragoman.show.web.answers import MissingError, as_csv, as_json
from dragoman.show.web.desk import Desk, a_side, today
from dragoman.show.web.relations import told_json

#: Months of the map in motion.
MOST_MONTHS = 360


def routes(desk: Desk) -> APIRouter:
    """Actors and the map."""
    router = APIRouter()

    @router.get("/actor/{name:path}")
    def one_actor(name: str) -> Response:
        """A state, organisation or person: offices, events, statements, documents."""
        key, form = answers.formed(name)
        found = desk.actor(key)
        if found is None:
            raise MissingError(f"actor {key}")
        if form == ".json":
            return as_json(actor_json(found))
        if form == ".csv":
            return as_csv([views.item_row(told.item) for told in found.events + found.statements], f"actor-{key}")
        path = views.actor_path(key)
        return desk.page("actor.html", found=found, most=MOST, twin=f"{path}.json", table_twin=f"{path}.csv")

    @router.get("/map")
    def world(of: str = "", month: str = "") -> Response:
        """The states of the world, coloured by the temperature of one state's relations with them."""
        code = a_side(of) if of.strip() else _busiest(desk)
        drawn = desk.atlas(code) if code else None
        months = drawn.months() if drawn else []
        now = _month(month, months)
        return desk.page(
            "map.html",
            of=code,
            month=now,
            years=sorted({one[:4] for one in months}, reverse=True),
            months=months,
            points=drawn.at(now) if drawn and now else [],
            sides=sorted({side for one in desk.relations() for side in (one.a, one.b)}, key=words.side),
            twin=views.address("/map.json", of=code, month=now),
            table_twin=views.address("/map.csv", of=code, month=now),
        )

    @router.get("/map.json")
    def world_json(of: str = "", month: str = "") -> Response:
        """The JSON twin of the map: each relation in a month, and where the shapes of the atlas belong."""
        return as_json(world_values(desk, of, month))

    @router.get("/map-series.json")
    def series(of: str = Query(max_length=100)) -> Response:
        """What the map in motion needs: the temperature of each relation month by month, and the keys of the shapes."""
        return as_json(series_values(desk, of))

    @router.get("/map.csv")
    def world_csv(of: str = "", month: str = "") -> Response:
        """The map as a table."""
        code = a_side(of) if of.strip() else _busiest(desk)
        drawn = desk.atlas(code) if code else None
        now = _month(month, drawn.months() if drawn else [])
        return as_csv([vars(one) for one in (drawn.at(now) if drawn and now else [])], f"map-{code}-{now}")

    return router


def world_values(desk: Desk, of: str, month: str) -> dict:  # type: ignore[type-arg]
    """How the relations of a side (or of the busiest one) stand in a month, or in the latest one."""
    code = a_side(of) if of.strip() else _busiest(desk)
    drawn = desk.atlas(code) if code else None
    months = drawn.months() if drawn else []
    now = _month(month, months)
    points = [vars(one) | {"name": words.side(one.code)} for one in (drawn.at(now) if drawn and now else [])]
    return {
        "of": code,
        "month": now,
        "first": months[0] if months else "",
        "last": months[-1] if months else "",
        "points": points,
    }


def series_values(desk: Desk, of: str) -> dict:  # type: ignore[type-arg]
    """The relations of a side month by month, the last thirty years, and the keys of the shapes of the atlas."""
    drawn = desk.atlas(a_side(of))
    months = drawn.months()
    return {
        "of": drawn.of,
        "months": months,
        "points": {
            month: [(one.code, one.temperature, one.word, one.events) for one in points]
            for month, points in drawn.through(months[-MOST_MONTHS:])
        },
        "names": {code: words.side(code) for code in words.state_names()},
        "numbers": numbers(),
        "middles": middles(),
    }


def _busiest(desk: Desk) -> str:
    found = desk.relations()
    return found[0].a if found else ""


def _month(asked: str, months: list[str]) -> str:
    """The month that is asked for, or the latest that has passed; empty where there is none."""
    if asked in months:
        return asked
    past = [one for one in months if one <= (asked or today()[:7])]
    return past[-1] if past else (months[0] if months else "")


def actor_json(found: Actor) -> dict:  # type: ignore[type-arg]
    """An actor for programs."""
    return {
        "key": found.key,
        "title": found.title,
        "offices": [vars(one) for one in found.offices],
        "relations": [views.built(one) for one in found.relations],
        "people": [{"name": name, "claims": number} for name, number in found.people],
        "with": [{"side": side, "items": number} for side, number in found.partners],
        "events": [told_json(told) for told in found.events[: 10 * MOST]],
        "statements": [told_json(told) for told in found.statements[: 10 * MOST]],
        "documents": [views.built(one) for one in found.documents],
    }
