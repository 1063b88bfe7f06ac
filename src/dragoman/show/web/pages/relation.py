"""A relation, one direction of it, and its tabs: positions, architecture, agreements, disputes, figures, documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.errors import DragomanError
from dragoman.show import charts
from dragoman.show.web import answers, relations, views
from dragoman.show.web.answers import MissingError, as_csv, as_json
from dragoman.show.web.desk import Desk, a_side
from dragoman.show.web.pages import tabs
from dragoman.show.web.relations import Seen
from dragoman.show.web.views import relation_path

#: The tabs with their names on the page.
TABS = {
    "": "Events",
    "positions": "Positions",
    "agreements": "Agreements",
    "architecture": "Channels",
    "disputes": "Disputes",
    "figures": "Figures",
    "documents": "Documents",
}
#: How many documents are shown on the tab that has no pages; the CSV has them all.
MOST = 1000

Tab = Callable[[Desk, Seen, Request, str], Response]


def routes(desk: Desk) -> APIRouter:
    """The pages of relations; to be added last, because their addresses begin with any three letters."""
    router = APIRouter()

    def relation(request: Request, a: str, b: str, way: bool, form: str) -> Response:
        filters = answers.filters(request.query_params)
        one = desk.seen(a, b, since=filters.since, until=filters.until, way=way)
        if form == ".csv":
            kind = request.query_params.get("kind", "event")
            if kind == "months":
                return as_csv(charts.table(one.months), f"{a}-{b}-months")
            rows = [views.item_row(item) for item in views.items(desk.store, kind, a, b, filters, way=way)]
            return as_csv(rows, f"{a}-{b}-{kind}")
        shown = relations.timeline(one.look.events, filters)
        if form == ".json":
            return as_json(relations.relation_json(one, shown))
        return desk.page(
            "relation.html",
            **_common(one, ""),
            filters=filters,
            timeline=shown,
            table=charts.table(one.months),
            twin=relation_path(a, b, way=way, form=".json", **filters.values()),
            table_twin=relation_path(a, b, way=way, form=".csv", **filters.values(page=1)),
            status=200 if one.look.documents or shown.shown else 404,
        )

    for form in ("", ".json", ".csv"):

        @router.get(f"/relation{form}")
        def any_relation(request: Request, a: str = "", b: str = "", way: str = "") -> Response:
            """A relation whose sides are named in the query: by code, by name, or organisations without a code."""
            pair = tuple(_typed(desk, one) for one in (a, b))
            if pair != (a, b) and all(pair) and pair[0] != pair[1]:
                there = relation_path(*pair, way=bool(way), form=request.url.path.removeprefix("/relation"))
                return RedirectResponse(there, status_code=303)
            return relation(request, a, b, bool(way), request.url.path.removeprefix("/relation"))

    @router.get("/relation/{tab}")
    def any_tab(tab: str, request: Request, a: str = "", b: str = "", way: str = "") -> Response:
        """A tab of a relation whose sides are named in the query."""
        return tab_of(desk, request, (a, b, bool(way)), tab)

    @router.get("/{name}")
    def by_name(name: str, request: Request) -> Response:
        """`/GBR-RUS`, `/GBR-to-RUS`, and their `.json` and `.csv`."""
        pair = answers.pair(name)
        if pair is None:
            raise MissingError(f"page /{name}")
        return relation(request, pair.a, pair.b, pair.way, pair.form)

    @router.get("/{name}/{tab}")
    def tab_by_name(name: str, tab: str, request: Request) -> Response:
        """`/GBR-RUS/positions` and the like."""
        pair = answers.pair(name)
        if pair is None or pair.form:
            raise MissingError(f"page /{name}/{tab}")
        return tab_of(desk, request, (pair.a, pair.b, pair.way), tab)

    return router


def _typed(desk: Desk, name: str) -> str:
    """The side that a person typed, by its code where it has one; as it is where the record knows it so."""
    typed = " ".join(name.split())
    if not typed or desk.glance.knows_side(typed):
        return typed
    try:
        return a_side(typed)
    except DragomanError:
        return typed


def _common(one: Seen, tab: str) -> dict[str, Any]:
    held = one.look
    counts = {
        "": len(held.events),
        "positions": len(held.statements),
        "agreements": len(held.agreements) + len(held.commitments),
        "architecture": len(held.mechanisms),
        "disputes": len(held.named),
        "figures": len(held.figures),
        "documents": len(held.documents),
    }
    tabs = [(name, title, counts[name], one.path(tab=name)) for name, title in TABS.items()]
    return {"one": one, "seen": held, "tabs": tabs, "tab": tab}


def tab_of(desk: Desk, request: Request, sides: tuple[str, str, bool], name: str) -> Response:
    """A tab of a relation, by its name with its form: `positions`, `positions.json`, `chart.svg`."""
    which, form = answers.formed(name)
    if name in ("chart.svg", "chart.png"):
        which, form = "chart", name.removeprefix("chart")
    made = _TABS.get(which)
    if made is None:
        raise MissingError(f"tab {name} of a relation")
    query = request.query_params
    a, b, way = sides
    one = desk.seen(a, b, since=query.get("since", ""), until=query.get("until", ""), way=way)
    return made(desk, one, request, form)


def _chart(desk: Desk, one: Seen, request: Request, form: str) -> Response:  # noqa: ARG001  # all tabs are called alike
    title = f"{one.title}: temperature"
    if form == ".json":

        def leads(month: str) -> str:
            return one.path(since=f"{month}-01", until=_last_day(month)) + "#timeline"

        return as_json(charts.chart(one.months, turns=one.turns, leads=leads))
    if form == ".png":
        return answers.attached(
            charts.png(charts.chart(one.months, turns=one.turns, title=title)), "image/png", f"{title}.png"
        )
    if form == ".svg":
        found = charts.alone(charts.picture(one.months, one.turns))
        # The picture brings its own style for dark pages; it holds no script, and may load nothing.
        policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return Response(found, media_type="image/svg+xml", headers=policy)
    raise MissingError("chart of that form")


def _last_day(month: str) -> str:
    import calendar  # noqa: PLC0415

    return f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:7]))[1]:02d}"


def _documents(desk: Desk, one: Seen, request: Request, form: str) -> Response:  # noqa: ARG001
    lines = list(one.look.documents.values())[::-1]
    if form == ".json":
        return as_json({"documents": [views.built(line) for line in lines]})
    if form == ".csv":
        return as_csv([views.document_row(line) for line in lines], f"{one.look.a}-{one.look.b}-documents")
    return desk.page(
        "relation_documents.html",
        **_common(one, "documents"),
        documents=lines,
        most=MOST,
        twin=one.path(tab="documents", form=".json"),
        table_twin=one.path(tab="documents", form=".csv"),
    )


def _brief(desk: Desk, one: Seen, request: Request, form: str) -> Response:
    from dragoman.show.files import MEDIA, written  # noqa: PLC0415
    from dragoman.show.web.views import built as plain  # noqa: PLC0415

    if one.way:
        raise MissingError("brief of one direction")
    asked = request.query_params.get("form", "")
    made = desk.brief(one)
    if form == ".json":
        return as_json(plain_brief(made, plain))
    if asked in MEDIA:
        return answers.attached(written(made, asked), MEDIA[asked], f"brief-{one.look.a}-{one.look.b}.{asked}")
    if form or asked:
        raise MissingError(f"brief as {form or asked}")
    return desk.page(
        "brief.html",
        brief=made,
        one=one,
        table=charts.table(made.months),
        since=one.look.since,
        until=one.look.until,
        twin=one.path(tab="brief", form=".json", since=one.look.since, until=one.look.until),
    )


def plain_brief(made: Any, plain: Callable[[Any], Any]) -> dict[str, Any]:  # noqa: ANN401
    """The JSON twin of a brief: its lines with the numbers of their sources, and the sources."""
    return {
        "title": made.title,
        "span": made.span,
        "state": [vars(line) for line in made.state],
        "sections": [vars(section) | {"lines": [vars(line) for line in section.lines]} for section in made.sections],
        "annex": [vars(section) | {"lines": [vars(line) for line in section.lines]} for section in made.annex],
        "months": [plain(month) for month in made.months],
        "notes": [vars(note) for note in made.notes],
    }


def _of(made: Callable[[Desk, Seen, Request, str, tabs.Common], Response]) -> Tab:
    return lambda desk, one, request, form: made(desk, one, request, form, _common)


_TABS: dict[str, Tab] = {
    "chart": _chart,
    "positions": _of(tabs.positions),
    "architecture": _of(tabs.channels),
    "agreements": _of(tabs.agreements),
    "disputes": _of(tabs.disputes),
    "figures": _of(tabs.figures),
    "documents": _documents,
    "brief": _brief,
}
