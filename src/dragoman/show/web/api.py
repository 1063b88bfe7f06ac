"""The API: what the pages show and do, for programs; versioned, described by OpenAPI, errors of one shape.

Lists come page by page: `next` is a cursor for the same question, or null at the end. `shape=record` gives items,
claims and documents as Python has them; without it they have the shapes of the command line.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, FastAPI, Query, Request
from fastapi import Path as InPath
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from dragoman import __version__
from dragoman.errors import InputError, UsageError
from dragoman.measure import Month, Turn
from dragoman.model import Coded, Item, Judgement
from dragoman.record import DocumentLine, Explanation, Filters, Hit, ItemsAsked, Removal
from dragoman.record import Relation as Pair
from dragoman.show import judging
from dragoman.show.export import FORMATS, KINDS, export
from dragoman.show.web import api_judging, relations, views
from dragoman.show.web.adding import hints_of
from dragoman.show.web.answers import MissingError, a_day, as_json, attached
from dragoman.show.web.described import ANY, ERROR, Name, answers, ref
from dragoman.show.web.described import page as paged
from dragoman.show.web.desk import Desk
from dragoman.show.web.pages.adding import MOST_FILES, job_json, keep_files
from dragoman.show.web.pages.people import world_values
from dragoman.wire import claim_shape, item_shape

DESCRIPTION = "A sourced record of the relations between states: every answer leads to the sentences that it rests on."
VERSION = "v1"
MOST = 1000
#: Examples are of the samples that ship, so that they can be tried after `dragoman demo`.
A, B = "GBR", "RUS"

Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many.")]
Day = Annotated[str, Query(max_length=10, description="An ISO day, such as 2018-03-14.", examples=["2018-03-14"])]
Side = Annotated[str, Query(max_length=200, description="A code (GBR), or the name of an organisation.", examples=[A])]
Shape = Annotated[Literal["wire", "record"], Query(description="`record` gives the shapes of the Python library.")]


class Given(BaseModel):
    """A document as text, plain or HTML."""

    text: str = Field(
        min_length=1, max_length=3_000_000, examples=["Britain expelled 23 Russian diplomats on 14 March 2018."]
    )
    date: str = Field("", max_length=40, examples=["2018-03-15"])
    source: str = Field("", max_length=200)
    side: str = Field("", max_length=3)


class Address(BaseModel):
    """The address of a public page."""

    url: str = Field(min_length=1, max_length=2000, examples=["https://www.example.org/news"])
    date: str = Field("", max_length=40)
    source: str = Field("", max_length=200)
    side: str = Field("", max_length=3)


#: Shapes of the model that answers refer to; msgspec writes their schemas.
_SHAPES = (Item, Coded, Judgement, DocumentLine, Explanation, Hit, Pair, Removal, Month, Turn)

_SERIES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "months": {"type": "array", "items": {"$ref": "#/components/schemas/Month"}},
        "turns": {"type": "array", "items": {"$ref": "#/components/schemas/Turn"}},
    },
}


def routes(desk: Desk, app: FastAPI) -> APIRouter:
    """The addresses below /api/v1, and the description."""
    router = APIRouter(prefix=f"/api/{VERSION}")
    _reading(desk, router)
    _single(desk, router)
    _changing(desk, router)
    api_judging.add_to(desk, router)

    whole = APIRouter()

    @whole.get(f"/api/{VERSION}/openapi.json", include_in_schema=False)
    def described() -> Response:
        """The description of the API, as OpenAPI 3.1."""
        return as_json(openapi(app))

    @whole.get("/api", include_in_schema=False)
    def page() -> HTMLResponse:
        """The same for people."""
        return desk.page("api.html", paths=_for_people(openapi(app)), twin=f"/api/{VERSION}/openapi.json")

    whole.include_router(router)
    return whole


def openapi(app: FastAPI) -> dict[str, Any]:
    """The description of the API with the shapes of the model in it; made once."""
    if not app.openapi_schema:
        made = get_openapi(title="Dragoman", version=f"{__version__}", description=DESCRIPTION, routes=app.routes)
        _, components = msgspec.json.schema_components(
            _SHAPES, schema_hook=lambda _: {"description": "any value"}, ref_template="#/components/schemas/{name}"
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(components)
        schemas["Error"] = ERROR
        app.openapi_schema = made
    return app.openapi_schema


def _for_people(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": path,
            "what": told.get("description", told.get("summary", "")),
            "parameters": [(one["name"], one.get("description", "")) for one in told.get("parameters", [])],
        }
        for path, methods in made["paths"].items()
        for method, told in methods.items()
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


def _item(shape: str) -> Callable[[Item], Any]:
    return views.built if shape == "record" else item_shape


def _reading(desk: Desk, router: APIRouter) -> None:  # noqa: PLR0915  # one function an address
    store, glance = desk.store, desk.glance

    @router.get("/relations", responses=paged(ref("Relation")))
    def relations_(
        of: Side = "", limit: Limit = 100, cursor_: Annotated[str, Query(alias="cursor", max_length=400)] = ""
    ) -> Response:
        """The pairs of sides that the record knows, most events first."""
        after = opened(cursor_, (int,)) or (0,)
        start = max(0, after[0])
        found = store.relations(of=of)
        more = cursor(start + limit) if len(found) > start + limit else None
        return as_json({"items": [views.built(one) for one in found[start : start + limit]], "next": more})

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
        cursor_: Annotated[str, Query(alias="cursor", max_length=400)] = "",
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
        cursor_: Annotated[str, Query(alias="cursor", max_length=400)] = "",
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

    @router.get("/documents", responses=paged(ref("DocumentLine")))
    def documents(
        since: Day = "",
        until: Day = "",
        source: Annotated[str, Query(max_length=200)] = "",
        limit: Limit = 100,
        cursor_: Annotated[str, Query(alias="cursor", max_length=400)] = "",
    ) -> Response:
        """Documents, newest first, without their texts."""
        before = opened(cursor_, (str, str)) or ("", "")
        found = glance.newest(limit=limit + 1, before=before, since=a_day(since), until=a_day(until), source=source)
        last = found[limit - 1] if len(found) > limit else None
        more = cursor(last.published.start if last.published else "", last.id) if last else None
        return as_json({"items": [views.built(one) for one in found[:limit]], "next": more})

    @router.get(
        "/search",
        responses=answers({"type": "object", "properties": {"items": {"type": "array", "items": ref("Hit")}}}),
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
        found = store.search(q, filters=filters, limit=limit)
        return as_json({"items": [views.built(one) for one in found], "next": None})

    @router.get("/judgements", responses=paged(ref("Judgement")))
    def judgements(
        claim: Annotated[list[str] | None, Query(max_length=500)] = None,
        limit: Limit = 100,
        cursor_: Annotated[str, Query(alias="cursor", max_length=400)] = "",
    ) -> Response:
        """The log of what people said, in its order."""
        start = max(0, (opened(cursor_, (int,)) or (0,))[0])
        found = store.judgements(claims=tuple(claim or ()))
        more = cursor(start + limit) if len(found) > start + limit else None
        return as_json({"items": [views.built(one) for one in found[start : start + limit]], "next": more})

    @router.get("/skipped", responses=paged(ANY))
    def skipped(limit: Limit = 100, cursor_: Annotated[str, Query(alias="cursor", max_length=400)] = "") -> Response:
        """What was passed over, and why."""
        start = max(0, (opened(cursor_, (int,)) or (0,))[0])
        found = store.skipped()
        shapes = [{"id": name, "where": where, "why": why} for name, where, why in found[start : start + limit]]
        return as_json({"items": shapes, "next": cursor(start + limit) if len(found) > start + limit else None})

    @router.get("/removals", responses=paged(ref("Removal")))
    def removals() -> Response:
        """The lines of documents that were taken out."""
        return as_json({"items": [views.built(one) for one in store.removals()], "next": None})

    @router.get("/review", responses=answers(ANY))
    def review(
        kind: Annotated[str, Query(max_length=20)] = "",
        a: Side = "",
        b: Side = "",
        limit: Limit = 20,
    ) -> Response:
        """Claims that no person has judged, the least certain and most consequential first; the measured precision."""
        found = desk.queue(kind=kind, a=a, b=b)
        return as_json(
            {
                "waiting": len(found),
                "items": [views.built(one) | {"priority": judging.priority(one)} for one in found[:limit]],
                "precision": [vars(one) for one in judging.precision(store)],
            }
        )

    @router.get(
        "/export/{kind}",
        response_class=StreamingResponse,
        responses={
            200: {
                "description": "The lines, as they are read.",
                "content": {
                    "application/x-ndjson": {"schema": {"type": "string"}},
                    "text/csv": {"schema": {"type": "string"}},
                    "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
                },
            },
            **{code: told for code, told in answers(ANY).items() if code != 200},
        },
    )
    def exported(
        kind: Annotated[Literal[KINDS], InPath(description="What to give out.")],  # type: ignore[valid-type]
        format: Annotated[Literal[FORMATS], Query()] = "jsonl",  # type: ignore[valid-type]  # noqa: A002
        text: Annotated[bool, Query(description="With the sentences, or only their places.")] = True,
        since: Day = "",
        until: Day = "",
    ) -> Response:
        """Everything of a kind, as a stream of lines, as CSV or as Parquet."""
        pieces = export(store, kind, format=format, text=text, since=a_day(since), until=a_day(until))
        media = {
            "jsonl": "application/x-ndjson",
            "csv": "text/csv; charset=utf-8",
            "parquet": "application/vnd.apache.parquet",
        }
        name = f"{kind}.{format}"
        return StreamingResponse(
            _batched(pieces),
            media_type=media[format],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def _batched(pieces: Iterator[bytes], size: int = 65_536) -> Iterator[bytes]:
    """Pieces put together to larger ones: a line at a time would cost more than it carries."""
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    yield b"".join(held)


def _single(desk: Desk, router: APIRouter) -> None:  # noqa: PLR0915  # one function an address
    store = desk.store

    @router.get("/relations/{a}/{b}", responses=answers(ANY, errors=(404,)))
    def relation(a: Name, b: Name, since: Day = "", until: Day = "", directed: bool = False) -> Response:
        """One relation: in a line, month by month, its turns, and all that is between the two."""
        one = desk.seen(a, b, since=a_day(since), until=a_day(until), way=directed)
        return as_json(relations.relation_json(one, relations.timeline(one.look.events, views.Filters())))

    @router.get("/series/{a}/{b}", responses=answers(_SERIES))
    def series(a: Name, b: Name, since: Day = "", until: Day = "", directed: bool = False) -> Response:
        """The temperature of a relation month by month, and its turns."""
        one = desk.seen(a, b, since=a_day(since), until=a_day(until), way=directed)
        return as_json(
            {"months": [views.built(each) for each in one.months], "turns": [views.built(each) for each in one.turns]}
        )

    @router.get(
        "/brief/{a}/{b}",
        responses={
            200: {
                "description": "The brief as a file.",
                "content": {
                    "text/markdown": {"schema": {"type": "string"}},
                    "text/html": {"schema": {"type": "string"}},
                    "application/pdf": {"schema": {"type": "string", "format": "binary"}},
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
                        "schema": {"type": "string", "format": "binary"}
                    },
                },
            },
            **{code: told for code, told in answers(ANY).items() if code != 200},
        },
    )
    def brief(
        a: Name,
        b: Name,
        format: Literal["md", "html", "docx", "pdf"] = "md",  # noqa: A002
        since: Day = "",
        until: Day = "",
    ) -> Response:
        """The brief of a relation."""
        from dragoman.show.brief import compose  # noqa: PLC0415
        from dragoman.show.files import MEDIA, written  # noqa: PLC0415

        one = desk.seen(a, b, since=a_day(since), until=a_day(until))
        content = written(compose(store, one.look), format)
        return attached(content, MEDIA[format], f"brief-{a}-{b}.{format}")

    @router.get("/items/{name}", responses=answers(ref("Explanation"), errors=(404,)))
    def item(name: Name) -> Response:
        """All that stands behind an item or a claim: links with reasons, claims, documents, judgements."""
        found = store.explain(name)
        if found is None:
            raise MissingError(f"item {name}")
        return as_json(views.built(found))

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
        from dragoman.show.people import actor as found_of  # noqa: PLC0415
        from dragoman.show.web.pages.people import actor_json  # noqa: PLC0415

        found = found_of(store, name)
        if found is None:
            raise MissingError(f"actor {name}")
        return as_json(actor_json(found))

    @router.get("/map/{of}", responses=answers(ANY))
    def world(of: Name, month: Annotated[str, Query(max_length=7, examples=["2018-03"])] = "") -> Response:
        """How the relations of a side stand in a month."""
        return as_json(world_values(desk, of, month))

    @router.get("/method", responses=answers(ANY))
    def method() -> Response:
        """What it counts and how, in words and figures."""
        told = desk.kept(("method",), lambda: views.method(store))
        return as_json(told | {"precision": [vars(one) for one in judging.precision(store)]})

    @router.get("/jobs/{name}", responses=answers(ANY, errors=(404,)))
    def job(name: Name) -> Response:
        """What became of each document of a job, so far."""
        found = desk.adder.job(name)
        if found is None:
            raise MissingError(f"job {name}")
        return as_json(job_json(found))


def _changing(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    @router.post("/documents", status_code=201, responses=answers(ANY, status=201))
    def add(given: Given) -> Response:
        """Adds a text, and says what became of it."""
        told = desk.adder.text(given.text, hints_of(date=given.date, source=given.source, side=given.side))
        if not any(one.document for one in told):
            raise InputError(told[0].why)
        return as_json({"outcomes": [vars(one) for one in told]}, status=201)

    @router.delete("/documents/{name}", responses=answers(ANY, errors=(404,)))
    def remove(name: Name, why: Annotated[str, Query(max_length=500)] = "") -> Response:
        """Takes a document out with all that rests on it alone; a line that it was there stays."""
        if not store.holds(name):
            raise MissingError(f"document {name}")
        return as_json({"claims": store.remove(name, why=why)})

    @router.post("/addresses", status_code=202, responses=answers(ANY, status=202))
    def address(given: Address) -> Response:
        """Fetches a public page and adds it, as a job."""
        job = desk.adder.address(given.url, hints_of(date=given.date, source=given.source, side=given.side))
        return as_json({"job": job.id}, status=202)

    @router.post(
        "/uploads",
        status_code=202,
        responses=answers(ANY, status=202),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "required": ["files"],
                            "properties": {
                                "files": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {"type": "string", "format": "binary"},
                                }
                            },
                        }
                    }
                },
            }
        },
    )
    async def uploads(request: Request) -> Response:
        """Takes files in and adds them, as a job."""
        async with request.form(max_files=MOST_FILES, max_fields=20) as form:
            sent = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
            if not sent:
                raise InputError("there is no file in it; send some as `files`")
            folder = Path(tempfile.mkdtemp(prefix="dragoman-"))
            names = await run_in_threadpool(keep_files, folder, sent)
            hints = hints_of(**{name: str(form.get(name, ""))[:200] for name in ("date", "source", "side")})
        return as_json({"job": desk.adder.files(folder, names, hints).id}, status=202)


__all__ = ["DESCRIPTION", "cursor", "openapi", "opened", "routes"]
