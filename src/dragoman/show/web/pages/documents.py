"""Documents with their claims in place, single items, and the search over everything."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Query
from fastapi.responses import Response

from dragoman.model import Dispute
from dragoman.record import Filters
from dragoman.show import judging, words
from dragoman.show.positions import Column, columns
from dragoman.show.web import answers, views
from dragoman.show.web.answers import MissingError, as_csv, as_json
from dragoman.show.web.desk import Desk, a_side
from dragoman.show.web.marking import paragraphs
from dragoman.show.web.pages.tabs import kept
from dragoman.show.web.relations import told_json

#: Documents on one page of the list.
PAGE = 200


def routes(desk: Desk) -> APIRouter:
    """The list of documents, a document, an item, and the search."""
    router = APIRouter()

    @router.get("/documents")
    def documents(before: str = "", id: str = "") -> Response:  # noqa: A002  # the name in the address
        """All documents, newest first, page by page."""
        lines = desk.glance.newest(limit=PAGE + 1, before=(before, id))
        after = lines[PAGE - 1] if len(lines) > PAGE else None
        return desk.page(
            "documents.html",
            documents=lines[:PAGE],
            count=desk.glance.count("documents"),
            older=f"/documents?before={after.published.start if after.published else ''}&id={after.id}"
            if after
            else "",
            twin="/documents.json",
            table_twin="/documents.csv",
        )

    @router.get("/documents.json")
    def documents_json(limit: int = Query(1000, ge=1, le=10_000)) -> Response:
        """The JSON twin of the list of documents: the newest of them."""
        return as_json({"documents": [views.built(one) for one in desk.glance.newest(limit=limit)]})

    @router.get("/documents.csv")
    def documents_csv() -> Response:
        """The list of documents as a table."""
        return as_csv([views.document_row(one) for one in desk.store.documents()], "documents")

    @router.get("/document/{name}")
    def document(name: str) -> Response:
        """One document with its claims marked in place."""
        document_id, form = answers.formed(name)
        coded = desk.store.document(document_id)
        if coded is None:
            raise MissingError(f"document {document_id}")
        if form == ".csv":
            return as_csv([views.claim_row(claim) for claim in coded.claims], f"claims-{document_id}")
        if form == ".json":
            return as_json(views.built(coded))
        items = desk.glance.items_of(claim.id for claim in coded.claims)
        log = judging.standing(desk.store.judgements(claims=tuple(claim.id for claim in coded.claims)))
        return desk.page(
            "document.html",
            document=coded.document,
            claims=coded.claims,
            items=items,
            judged=log,
            paragraphs=paragraphs(coded.document, coded.claims),
            kind_of=views.kind_of,
            parts_of=views.parts_of,
            counts=Counter(map(views.kind_of, coded.claims)).most_common(),
            types=views.event_types(),
            twin=f"/document/{document_id}.json",
            table_twin=f"/document/{document_id}.csv",
        )

    @router.get("/item/{name}")
    def item(name: str) -> Response:
        """One event (or agreement, dispute, …): what it is, and every sentence that tells it."""
        some_id, form = answers.formed(name)
        found = desk.store.explain(some_id)
        if found is None or form == ".csv":
            raise MissingError(f"item {some_id}")
        values = views.item(found)
        sides = sides_of(desk, values)
        if form == ".json":
            both = [{"side": one.side, "statements": [told_json(told) for told in one.said]} for one in sides]
            return as_json(views.built(found) | ({"positions": both} if sides else {}))
        return desk.page(
            "item.html", **values, columns=sides, actors=views.actors_of(values["claim"]), twin=f"/item/{some_id}.json"
        )

    @router.get("/search")
    def search(q: str = "", kind: str = "", since: str = "", until: str = "", side: str = "") -> Response:
        """Documents and claims that hold the words."""
        asked = _asked(kind, since, until, side)
        hits = desk.store.search(q[:500], filters=asked, limit=views.PAGE) if q.strip() else []
        names = [code for code, name in words.state_names().items() if q.strip().casefold() == name.casefold()]
        return desk.page(
            "search.html",
            q=q,
            kind=kind,
            since=since,
            until=until,
            side=side,
            hits=views.found(hits),
            more=len(hits) >= views.PAGE,
            is_title=views.is_title,
            actors=[*names, *([q.strip()] if q.strip() and desk.glance.sides_named(q.strip()) else [])],
            kinds=["document", *words.phrases()["kinds"]],
            twin=views.address("/search.json", q=q, kind=kind, since=since, until=until, side=side),
        )

    @router.get("/search.json")
    def search_json(
        q: str = "",
        kind: str = "",
        since: str = "",
        until: str = "",
        side: str = "",
        limit: int = Query(views.PAGE, ge=1, le=1000),
    ) -> Response:
        """The JSON twin of a search."""
        asked = _asked(kind, since, until, side)
        hits = desk.store.search(q[:500], filters=asked, limit=limit)
        return as_json({"query": q, "hits": [views.built(one) for one in hits]})

    return router


def _asked(kind: str, since: str, until: str, side: str) -> Filters:
    """What the form of a search narrows it to; raises UsageError for a day that is none."""
    parties = (a_side(side),) if side.strip() else ()
    return Filters(parties=parties, kind=kind, since=answers.a_day(since), until=answers.a_day(until))


def sides_of(desk: Desk, values: dict) -> list[Column]:  # type: ignore[type-arg]
    """What each side says on a dispute; nothing for other items or for more than two sides."""
    if not isinstance(values["claim"], Dispute) or len(values["relations"]) != 1:
        return []
    a, b = values["relations"][0]
    one = desk.seen(a, b)
    return columns(one.look, values["claim"].name, known=kept(desk, one, "matters"))
