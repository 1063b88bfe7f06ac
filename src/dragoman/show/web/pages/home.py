"""The first page: relations with most news since the last visit, and what the method page tells."""

from __future__ import annotations

import datetime
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.show import judging, words
from dragoman.show.brief import FEW
from dragoman.show.web import relations, views
from dragoman.show.web.answers import as_json
from dragoman.show.web.desk import Desk, today

#: The number of the last document that a reader has had a chance to see, and that before this visit.
SEEN, BEFORE = "dragoman_seen", "dragoman_before"
YEAR = 365 * 24 * 3600
#: Days before the newest document in which events are news to who comes for the first time.
LATELY = 31


def routes(desk: Desk) -> APIRouter:
    """The first page, the method page, and their twins."""
    router = APIRouter()

    @router.get("/")
    def home(request: Request, of: str = "") -> Response:
        """Relations with news since the last visit first."""
        last = desk.glance.mark().documents
        before = _number(request.cookies.get(BEFORE, "")) or _number(request.cookies.get(SEEN, ""))
        told = news(desk, before)
        shown = lines(desk, of, before)
        answer = desk.page(
            "home.html",
            main=[one for one in shown if one.relation.events >= FEW],
            rest=[one for one in shown if one.relation.events < FEW],
            of=of,
            news=told,
            returning=before is not None,
            new_documents=last - before if before is not None else 0,
            documents=last,
            newest=desk.glance.newest_day(),
            states=words.state_names() if not of else {},
            reviewed=len(desk.store.judgements()) if last else 0,
            twin="/index.json",
        )
        # A session's cookie keeps what was new at its start; the lasting one is where the next visit starts.
        if before is not None and BEFORE not in request.cookies:
            answer.set_cookie(BEFORE, str(before), httponly=True, samesite="strict")
        answer.set_cookie(SEEN, str(last), max_age=YEAR, httponly=True, samesite="strict")
        return answer

    @router.get("/index.json")
    def home_json(of: str = "", after: int = 0) -> Response:
        """The JSON twin of the first page; `after` is the number of a document after which things are new."""
        before = after if 0 < after < 2**53 else None
        return as_json(relations.home_json(lines(desk, of, before), news(desk, before)))

    @router.get("/method")
    def method_page() -> Response:
        """What it counts and how, in words and figures."""
        return desk.page("method.html", **method(desk), twin="/method.json")

    @router.get("/method.json")
    def method_json() -> Response:
        """The JSON twin of the method page."""
        told = method(desk)
        return as_json(told | {"precision": [vars(one) for one in told["precision"]]})

    return router


def method(desk: Desk) -> dict:  # type: ignore[type-arg]
    """What the method page tells: counts, types of events, the measured precision."""
    told = desk.kept(("method",), lambda: views.method(desk.store))
    return told | {"precision": judging.precision(desk.store)}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def news(desk: Desk, before: int | None) -> dict[tuple[str, str], int]:
    """How many items of each relation came after the document of that number."""
    if before is None:
        return {}
    return desk.kept(("news", before), lambda: desk.glance.news(before))


def lines(desk: Desk, of: str, before: int | None) -> list[relations.RelationLine]:
    """The relations of the first page, in its order."""
    version = desk.version()
    late = desk.kept(("lately",), lambda: _late(desk), version=version)
    found = relations.home(desk.relations(version), of=of, news=news(desk, before), lately=late)
    return [replace(desk.line(one, version), lately=late.get((one.a, one.b), 0)) for one in found]


def _late(desk: Desk) -> dict[tuple[str, str], int]:
    """Events of the last weeks before the newest document, by relation."""
    last = words.as_date(min(desk.glance.newest_day(), today()))
    if last is None:
        return {}
    return desk.glance.lately((last - datetime.timedelta(days=LATELY)).isoformat(), last.isoformat())
