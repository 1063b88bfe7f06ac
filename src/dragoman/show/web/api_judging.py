"""The part of the API by which people judge: verdicts, items joined and split, claims added by hand, answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from dragoman.errors import RecordError, UsageError
from dragoman.model import AnyClaim, Item
from dragoman.show import disputing, judging
from dragoman.show.web import views
from dragoman.show.web.answers import MissingError, as_json
from dragoman.show.web.described import ANY, Name, answers, page, ref
from dragoman.show.web.desk import READER, Desk
from dragoman.show.web.paging import Cursor, Limit, sliced

_ID = "0f3c9a5be1d24c77"
_JUDGEMENTS = {"type": "object", "properties": {"items": {"type": "array", "items": ref("Judgement")}}}


class Said(BaseModel):
    """Who says it; alone: who takes the last word back."""

    by: str = Field(READER, min_length=1, max_length=60, examples=["A. Reader"])


class Reasoned(Said):
    """Who says it, and why."""

    why: str = Field("", max_length=500)


class Judged(Reasoned):
    """What a person says of a claim, or of two."""

    claim: str = Field(max_length=100, examples=[_ID])
    verdict: Literal["right", "wrong", "corrected", "same", "not same"] = Field(examples=["right"])
    other: str = Field("", max_length=100, description="The other claim, for `same` and `not same`.")
    fields: dict[str, Any] = Field(default_factory=dict, description="What a corrected claim should say.")


class Joined(Reasoned):
    """Two items that are one happening."""

    one: str = Field(max_length=100, examples=[_ID])
    other: str = Field(max_length=100, examples=[_ID])


class Split(Reasoned):
    """Claims of an item that tell of another happening than the rest."""

    item: str = Field(max_length=100, examples=[_ID])
    claims: list[str] = Field(min_length=1, max_length=1000)


class Disputed(Reasoned):
    """What a person says of a dispute, named or only suggested."""

    which: str = Field(min_length=1, max_length=200, description="The id or the name of a dispute or a suggestion.")
    word: Literal["confirm", "rename", "dismiss"] = Field(examples=["confirm"])
    name: str = Field("", max_length=200, description="The name that it shall have.")
    a: str = Field("", max_length=100, description="Look only between this side and the other.", examples=["GBR"])
    b: str = Field("", max_length=100, examples=["RUS"])


class Read(Reasoned):
    """A claim that a person read, in the shape of the Python library; its words stand in its document as it says."""

    claim: dict[str, Any]


class Answered(Reasoned):
    """Whether the claim that waits takes the place of the judged one."""

    take: bool


def add_to(desk: Desk, router: APIRouter) -> None:
    """Puts the addresses of judging into the API."""
    _of_claims(desk, router)
    _of_items(desk, router)
    _of_disputes(desk, router)


def _of_claims(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    @router.post("/judgements", status_code=201, responses=answers(ref("Judgement"), status=201, errors=(404,)))
    def judge(said: Judged) -> Response:
        """Keeps what a person says of a claim, and derives what it touches anew."""
        for one in filter(None, (said.claim, said.other)):
            if store.claim(one) is None:
                raise MissingError(f"claim {one}")
        if said.other:
            kept = store.judge(
                said.claim, said.verdict, by=said.by, why=said.why, other=said.other, fields=said.fields or None
            )
        else:
            kept = judging.judge(store, said.claim, said.verdict, by=said.by, why=said.why, fields=said.fields or None)
        return as_json(views.built(kept), status=201)

    @router.post("/judgements/undo", status_code=201, responses=answers(ref("Judgement"), status=201, errors=(404,)))
    def undo(said: Said) -> Response:
        """Takes the last judgement of a person back, by a further one."""
        kept = judging.undo(store, by=said.by)
        if kept is None:
            raise MissingError(f"judgement of {said.by} that could be taken back")
        return as_json(views.built(kept), status=201)

    @router.post("/claims", status_code=201, responses=answers(ref("Judgement"), status=201, errors=(404,)))
    def read(said: Read) -> Response:
        """Keeps a claim that a person read and the coder did not."""
        try:
            claim = msgspec.convert(said.claim, AnyClaim)
        except msgspec.ValidationError as error:
            raise UsageError(f"that is no claim: {error}; GET /claims?shape=record shows how they look") from error
        if not store.holds(claim.evidence.document):
            raise MissingError(f"document {claim.evidence.document}")
        return as_json(views.built(judging.add(store, claim, by=said.by, why=said.why)), status=201)

    @router.get("/asked", responses=page(ANY))
    def asked(limit: Limit = 100, cursor_: Cursor = "") -> Response:
        """Claims that wait for an answer: coding again would put `new` in the place of `old`, which a person judged."""
        return as_json(sliced(store.asked(), cursor_, limit, views.built))

    @router.post("/asked/{name}", status_code=201, responses=answers(ANY, status=201, errors=(404,)))
    def answer(name: Name, said: Answered) -> Response:
        """Says whether the claim that waits is taken; both stay in the record."""
        if store.claim(name) is None:
            raise MissingError(f"claim {name}")
        store.answer(name, take=said.take, by=said.by, why=said.why)
        return as_json({"claim": name, "taken": said.take}, status=201)


def _of_items(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    def there(name: str) -> Item:
        found = store.item(name)
        if found is None:
            raise MissingError(f"item {name}")
        return found

    @router.post("/judgements/join", status_code=201, responses=answers(_JUDGEMENTS, status=201, errors=(404,)))
    def join(said: Joined) -> Response:
        """Says that two items are one happening: a judgement for each two of their claims."""
        kept = judging.merge(store, there(said.one), there(said.other), by=said.by, why=said.why)
        return as_json({"items": [views.built(one) for one in kept]}, status=201)

    @router.post("/judgements/split", status_code=201, responses=answers(_JUDGEMENTS, status=201, errors=(404,)))
    def split(said: Split) -> Response:
        """Says that some claims of an item tell of another happening than the rest."""
        kept = judging.split(store, there(said.item), said.claims, by=said.by, why=said.why)
        return as_json({"items": [views.built(one) for one in kept]}, status=201)

    @router.get("/items/{name}/beside", responses=page(ref("Item")))
    def beside(
        name: Name,
        slack: Annotated[int, Query(ge=0, le=366, description="Days before and after.")] = 1,
        limit: Limit = 100,
        cursor_: Cursor = "",
    ) -> Response:
        """The events that share a side and, give or take some days, the days of an event."""
        return as_json(sliced(store.beside(there(name), slack=slack), cursor_, limit, views.built))


def _of_disputes(desk: Desk, router: APIRouter) -> None:
    store = desk.store

    @router.post("/judgements/dispute", status_code=201, responses=answers(_JUDGEMENTS, status=201, errors=(404,)))
    def dispute(said: Disputed) -> Response:
        """Says that a suggested dispute is one, names it, or dismisses it; `/judgements/undo` takes it back."""
        sides = {"a": said.a, "b": said.b}
        try:
            disputing.found(store, said.which, **sides)
        except RecordError as error:
            raise MissingError(f"dispute {said.which}: {error}") from error
        kept = disputing.say(store, said.word, said.which, **sides, name=said.name, by=said.by, why=said.why)
        return as_json({"items": [views.built(one) for one in kept]}, status=201)
