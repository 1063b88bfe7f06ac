"""The API: what the pages show and do, for programs; versioned, described by OpenAPI, errors of one shape.

Lists come page by page: `next` is a cursor for the same question, or null at the end. `shape=record` gives items,
claims and documents as Python has them; without it they have the shapes of the command line. `docs/api.md` is the page
for people.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, Response

from dragoman import __version__
from dragoman.measure import Month, Turn
from dragoman.model import Coded, Item, Judgement
from dragoman.record import DocumentLine, Explanation, Hit, Removal
from dragoman.record import Relation as Pair
from dragoman.show.web import (
    api_adding,
    api_giving,
    api_judging,
    api_lists,
    api_relations,
    api_single,
)
from dragoman.show.web.answers import as_json
from dragoman.show.web.described import ERROR
from dragoman.show.web.desk import Desk
from dragoman.show.web.paging import cursor, opened

DESCRIPTION = "A sourced record of the relations between states: every answer leads to the sentences that it rests on."
VERSION = "v1"
#: An answer for each address, from the record that `dragoman demo` makes; `tools/api_examples.py` writes them.
EXAMPLES = Path(__file__).parent / "api_examples.json"

#: Shapes of the model that answers refer to; msgspec writes their schemas.
_SHAPES = (Item, Coded, Judgement, DocumentLine, Explanation, Hit, Pair, Removal, Month, Turn)


def routes(desk: Desk, app: FastAPI) -> APIRouter:
    """The addresses below /api/v1, and the description."""
    router = APIRouter(prefix=f"/api/{VERSION}")
    for part in (api_lists, api_relations, api_single, api_giving, api_adding, api_judging):
        part.add_to(desk, router)

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
    """The description of the API with the shapes of the model and an example of each answer in it; made once."""
    if not app.openapi_schema:
        made = get_openapi(title="Dragoman", version=f"{__version__}", description=DESCRIPTION, routes=app.routes)
        _, components = msgspec.json.schema_components(
            _SHAPES, schema_hook=lambda _: {"description": "any value"}, ref_template="#/components/schemas/{name}"
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(components)
        schemas["Error"] = ERROR
        for name, one in json.loads(EXAMPLES.read_text(encoding="utf-8")).items():
            method, _, path = name.partition(" ")
            told = made["paths"].get(path, {}).get(method.lower())
            if told is not None:
                _put(told, one)
        app.openapi_schema = made
    return app.openapi_schema


def _put(told: dict[str, Any], example: dict[str, Any]) -> None:
    """Puts an example into the description of an address: what is sent, and what is answered."""
    for code, answer in told["responses"].items():
        content = answer.get("content", {}).get(example["media"])
        if code.startswith("2") and content is not None:
            content["example"] = example["answer"]
    body = told.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None and "body" in example:
        body["example"] = example["body"]


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


__all__ = ["DESCRIPTION", "cursor", "openapi", "opened", "routes"]
