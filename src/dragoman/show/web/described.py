"""How the API's answers are described: the schemas, examples and errors of an address."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path as InPath
from fastapi import Query

Day = Annotated[str, Query(max_length=10, description="An ISO day, such as 2018-03-14.", examples=["2018-03-14"])]
Side = Annotated[
    str, Query(max_length=200, description="A code (GBR), or the name of an organisation.", examples=["GBR"])
]
Shape = Annotated[Literal["wire", "record"], Query(description="`record` gives the shapes of the Python library.")]
#: The name or id in an address.
Name = Annotated[str, InPath(max_length=200)]

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "what", "next"],
            "properties": {"status": {"type": "integer"}, "what": {"type": "string"}, "next": {"type": "string"}},
        }
    },
    "example": {
        "error": {"status": 404, "what": "There is no item x here.", "next": "Go back to the relations, or search."}
    },
}


def answers(
    schema: dict[str, Any],
    example: Any = None,  # noqa: ANN401  # any JSON
    *,
    status: int = 200,
    errors: tuple[int, ...] = (),
) -> dict[int | str, Any]:
    """An answer of that schema, and the errors that any address gives, with those of its own."""
    content: dict[str, Any] = {"schema": schema}
    if example is not None:
        content["example"] = example
    found: dict[int | str, Any] = {status: {"description": "The answer.", "content": {"application/json": content}}}
    for code in (400, 403, 422, 429, *errors):
        found[code] = {
            "description": "Why not, and what next.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
    return found


def page(schema: dict[str, Any], example: Any = None) -> dict[int | str, Any]:  # noqa: ANN401
    """A list that comes page by page."""
    shape = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {"items": {"type": "array", "items": schema}, "next": {"type": ["string", "null"]}},
    }
    return answers(shape, None if example is None else {"items": [example], "next": None})


ANY: dict[str, Any] = {"type": "object"}


def ref(name: str) -> dict[str, Any]:
    """The schema of a shape of the model, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def files(what: str, kinds: dict[str, bool]) -> dict[int | str, Any]:
    """An answer that is a file, of one of some media types; those that are true are no text."""
    content = {
        kind: {"schema": {"type": "string", "format": "binary"} if binary else {"type": ["string", "object"]}}
        for kind, binary in kinds.items()
    }
    return answers(ANY, errors=(404,)) | {200: {"description": what, "content": content}}
