"""The part of the API by which the record changes: documents added and taken out, pages fetched, files sent."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from dragoman.errors import InputError, UsageError
from dragoman.model import Coded, Skipped
from dragoman.show import judging
from dragoman.show.web import views
from dragoman.show.web.adding import hints_of
from dragoman.show.web.answers import MissingError, as_json
from dragoman.show.web.described import ANY, Name, answers, files
from dragoman.show.web.desk import Desk
from dragoman.show.web.pages.adding import MOST_FILES, keep_files


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


class CodedGiven(BaseModel):
    """A document that was coded elsewhere, in the shape of the Python library (`Coded`)."""

    coded: dict[str, Any]
    again: bool = Field(False, description="It is there, and was coded again.")
    keep: bool = Field(True, description="With `again`: off only tells what would change.")


class Passed(BaseModel):
    """Something that was passed over."""

    id: str = Field("", max_length=200)
    where: str = Field(min_length=1, max_length=2000)
    why: str = Field(min_length=1, max_length=2000)


def add_to(desk: Desk, router: APIRouter) -> None:
    """Puts the addresses that change the record into the API."""
    _documents(desk, router)
    _sent(desk, router)
    _whole(desk, router)


def _documents(desk: Desk, router: APIRouter) -> None:
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

    @router.post("/coded", status_code=201, responses=answers(ANY, status=201, errors=(404,)))
    def coded(given: CodedGiven) -> Response:
        """Keeps a document with the claims that another coder found in it; or, with `again`, what it says now."""
        made = _coded(given.coded)
        if not given.again:
            return as_json(views.built(store.add(made)), status=201)
        if not store.holds(made.document.id):
            raise MissingError(f"document {made.document.id}")
        return as_json(views.built(store.recode(made, keep=given.keep)), status=201)

    @router.post("/skipped", status_code=201, responses=answers(ANY, status=201))
    def skip(passed: Passed) -> Response:
        """Keeps a line for something that was passed over."""
        store.skip(Skipped(id=passed.id, where=passed.where, why=passed.why))
        return as_json(passed.model_dump(), status=201)


def _coded(plain: dict[str, Any]) -> Coded:
    """A coded document, checked; raises UsageError where its claims do not stand in its text."""
    try:
        made = msgspec.convert(plain, Coded)
    except msgspec.ValidationError as error:
        raise UsageError(f"that is no coded document: {error}; GET /documents/ID shows how they look") from error
    if not made.document.id or not made.document.text:
        raise UsageError("a document needs an id and a text")
    for claim in made.claims:
        evidence = claim.evidence
        if not evidence.text.strip() or made.document.text[evidence.start : evidence.end] != evidence.text:
            raise UsageError(
                f"the document does not say “{evidence.text[:80]}” at {evidence.start}; give its exact words"
            )
        judging.dated(claim)
    return made


def _sent(desk: Desk, router: APIRouter) -> None:
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


def _whole(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    @router.post("/rebuild", status_code=201, responses=answers(ANY, status=201))
    def rebuild() -> Response:
        """Derives all items and groups of copies anew; others who write wait meanwhile."""
        return as_json({"items": store.rebuild()}, status=201)

    @router.get("/check", responses=answers(ANY))
    def check(
        derive: Annotated[bool, Query(description="Derive everything again and compare, which takes long.")] = False,
    ) -> Response:
        """What is damaged or does not fit together, one sentence each; nothing when the record is sound."""
        return as_json({"items": list(store.check(derive=derive)), "next": None})

    @router.get(
        "/backup",
        response_class=StreamingResponse,
        responses=files("A copy of the record as one SQLite file.", {"application/vnd.sqlite3": True}),
    )
    def backup() -> StreamingResponse:
        """The record as it is at this moment, as one file that `dragoman` opens."""
        place = tempfile.TemporaryDirectory(prefix="dragoman-")
        copy = Path(place.name) / "record.sqlite"
        store.backup(copy)

        def pieces() -> Any:  # noqa: ANN401  # an iterator of bytes
            with place, copy.open("rb") as file:
                while piece := file.read(1 << 20):
                    yield piece

        return StreamingResponse(
            pieces(),
            media_type="application/vnd.sqlite3",
            headers={"Content-Disposition": 'attachment; filename="record.sqlite"'},
        )
