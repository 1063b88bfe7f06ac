"""The pages of the desk: each address answers with HTML, and with JSON where it ends in `.json`."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException

from dragoman import __version__, keep
from dragoman.errors import DragomanError
from dragoman.record import Store
from dragoman.show import charts, sentences, words
from dragoman.show.brief import FEW
from dragoman.show.pages import HERE, brief_html, brief_markdown, environment
from dragoman.show.web import answers, views
from dragoman.show.web.adding import Adder
from dragoman.show.web.answers import MissingError, as_csv, as_json
from dragoman.show.web.marking import paragraphs
from dragoman.show.web.safety import guard


def create_app(record: Store | str | Path) -> FastAPI:
    """The desk over a record (open, or the path of its file, made when there is none)."""
    store = record if isinstance(record, Store) else keep.open_record(record)
    app = FastAPI(title="Dragoman", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    desk = Desk(store)

    app.add_exception_handler(DragomanError, desk.wrong)
    app.add_exception_handler(HTTPException, desk.wrong)
    app.add_exception_handler(MissingError, desk.wrong)
    app.get("/")(desk.home)
    app.get("/index.json")(desk.home_json)
    app.get("/add")(desk.add_form)
    app.post("/add")(desk.add)
    app.get("/search")(desk.search)
    app.get("/search.json")(desk.search_json)
    app.get("/method")(desk.method)
    app.get("/method.json")(desk.method_json)
    app.get("/documents")(desk.documents)
    app.get("/documents.json")(desk.documents_json)
    app.get("/documents.csv")(desk.documents_csv)
    app.get("/document/{name}")(desk.document)
    app.get("/item/{name}")(desk.item)
    for form in ("", ".json", ".csv"):
        app.get(f"/relation{form}")(desk.any_relation)
    app.get("/{name}/brief")(desk.brief)
    app.get("/{name}")(desk.relation)
    return app


def today() -> str:
    """The ISO day of today."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


class Desk:
    """The answers to each address, over one record."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.adder = Adder(store)

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401
        """A page from its template."""
        common = {
            "path_of": views.relation_path,
            "document_path": views.document_path,
            "marked": _snippet,
            "today": today(),
            "version": __version__,
        }
        return HTMLResponse(environment().get_template(template).render(common | values), status_code=status)

    def home(self, of: str = "") -> Response:
        """Relations, those with the latest news first, and the form to add a document."""
        lines = views.home(self.store, of=of, today=today())
        return self.page(
            "home.html",
            main=[one for one in lines if one.relation.events >= FEW],
            rest=[one for one in lines if one.relation.events < FEW],
            of=of,
            documents=len(self.store.documents(limit=1)),
        )

    def home_json(self, of: str = "") -> Response:
        """The JSON twin of the first page."""
        lines = views.home(self.store, of=of, today=today())
        return as_json(
            {
                "relations": [
                    views.built(one.relation)
                    | {
                        "title": one.title,
                        "path": one.path,
                        "temperature": one.temperature,
                        "open_disputes": one.disputes,
                        "last_event": sentences.plain(one.last.claim) if one.last else None,
                    }
                    for one in lines
                ]
            }
        )

    # Relations

    def any_relation(self, request: Request, a: str = "", b: str = "", way: str = "") -> Response:
        """A relation whose sides are named in the query, for organisations without a code."""
        return self._relation(a, b, bool(way), request.url.path.removeprefix("/relation"), request)

    def relation(self, name: str, request: Request) -> Response:
        """`/GBR-RUS`, `/GBR-to-RUS`, and their `.json` and `.csv`."""
        pair = answers.pair(name)
        if pair is None:
            raise MissingError(f"/{name}")
        return self._relation(pair.a, pair.b, pair.way, pair.form, request)

    def _relation(self, a: str, b: str, way: bool, form: str, request: Request) -> Response:
        filters = answers.filters(request.query_params)
        if form == ".csv":
            kind = request.query_params.get("kind", "event")
            if kind == "months":
                return as_csv(
                    charts.table(views.relation(self.store, a, b, filters, way=way).months), f"{a}-{b}-months"
                )
            rows = [views.item_row(item) for item in views.items(self.store, kind, a, b, filters, way=way)]
            return as_csv(rows, f"{a}-{b}-{kind}")
        page = views.relation(self.store, a, b, filters, way=way)
        if form == ".json":
            return as_json(views.relation_json(page))
        drawing = charts.picture(tuple(page.months))
        return self.page(
            "relation.html",
            page=page,
            seen=page.seen,
            filters=filters,
            picture=Markup(drawing),  # noqa: S704  # made by vl-convert from numbers and our own words
            table=charts.table(page.months),
            status=200 if page.seen.documents or page.shown else 404,
        )

    def brief(self, name: str, form: str = "html", since: str = "", until: str = "") -> Response:
        """`/GBR-RUS/brief`, to read or to take away as one file."""
        pair = answers.pair(name)
        if pair is None or pair.form:
            raise MissingError(f"/{name}/brief")
        made = views.brief_page(self.store, pair.a, pair.b, since=since, until=until)
        filename = f"brief-{pair.a}-{pair.b}"
        if form == "md":
            return answers.attached(brief_markdown(made), "text/markdown", f"{filename}.md")
        if form == "file":
            return answers.attached(brief_html(made), "text/html", f"{filename}.html")
        return self.page(
            "brief.html",
            brief=made,
            picture=Markup(charts.picture(made.months)),  # noqa: S704  # as above
            table=charts.table(made.months),
            path=views.relation_path(pair.a, pair.b),
        )

    # Documents and items

    def documents(self) -> Response:
        """All documents, newest first."""
        return self.page("documents.html", documents=self.store.documents()[::-1])

    def documents_json(self) -> Response:
        """The JSON twin of the list of documents."""
        return as_json({"documents": [views.built(one) for one in self.store.documents()]})

    def documents_csv(self) -> Response:
        """The list of documents as a table."""
        return as_csv([views.document_row(one) for one in self.store.documents()], "documents")

    def document(self, name: str) -> Response:
        """One document with its claims marked in place."""
        document_id, form = answers.formed(name)
        coded = self.store.document(document_id)
        if coded is None:
            raise MissingError(f"document {document_id}")
        if form == ".json":
            return as_json(views.built(coded))
        return self.page(
            "document.html",
            document=coded.document,
            claims=coded.claims,
            paragraphs=paragraphs(coded.document, coded.claims),
            kind_of=views.kind_of,
            counts=Counter(map(views.kind_of, coded.claims)).most_common(),
            json=f"/document/{document_id}.json",
        )

    def item(self, name: str) -> Response:
        """One event (or agreement, dispute, …): what it is, and every sentence that tells it."""
        some_id, form = answers.formed(name)
        found = self.store.explain(some_id)
        if found is None:
            raise MissingError(f"item {some_id}")
        if form == ".json":
            return as_json(views.built(found))
        return self.page("item.html", **views.item(found), json=f"/item/{some_id}.json")

    # Finding and adding

    def search(self, q: str = "", kind: str = "") -> Response:
        """Documents and claims that hold the words."""
        hits = views.found(self.store.search(q, kind=kind, limit=views.PAGE)) if q.strip() else []
        return self.page("search.html", q=q, kind=kind, hits=hits, kinds=["document", *words.phrases()["kinds"]])

    def search_json(self, q: str = "", kind: str = "", limit: int = Query(views.PAGE, ge=1, le=1000)) -> Response:
        """The JSON twin of a search."""
        return as_json({"query": q, "hits": [views.built(one) for one in self.store.search(q, kind=kind, limit=limit)]})

    def add_form(self) -> Response:
        """The form to add a document by paste."""
        return self.page("add.html", why="", given={"text": "", "date": "", "source": "", "side": ""})

    def add(
        self,
        text: str = Form(""),
        date: str = Form(""),
        source: str = Form(""),
        side: str = Form(""),
    ) -> Response:
        """Adds what was pasted and shows it, or says why it could not be read."""
        given = {"text": text, "date": date, "source": source, "side": side}
        try:
            added = self.adder.add(text, date=date, source=source, side=side)
        except DragomanError as error:
            return self.page("add.html", why=str(error), given=given, status=422)
        return RedirectResponse(views.document_path(added), status_code=303)

    def method(self) -> Response:
        """What it counts and how, in words and figures."""
        return self.page("method.html", **views.method(self.store))

    def method_json(self) -> Response:
        """The JSON twin of the method page."""
        return as_json(views.method(self.store))

    def wrong(self, request: Request, error: Exception) -> Response:
        """An error as a page, or as JSON of one shape."""
        status, what, after = answers.told(error)
        if request.url.path.endswith(".json"):
            return as_json({"error": {"status": status, "what": what, "next": after}}, status=status)
        return self.page("error.html", what=what, after=after, status=status)


def _snippet(text: str) -> Markup:
    """A snippet whose found words stand in brackets, as marked text."""
    return Markup(str(escape(text)).replace("[", "<mark>").replace("]", "</mark>"))  # noqa: S704  # escaped first
