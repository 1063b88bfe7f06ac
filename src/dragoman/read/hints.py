"""What the caller knows of a text that the text does not say."""

from __future__ import annotations

from typing import Literal

from dragoman.model import Shape

InputKind = Literal["auto", "text", "html", "jsonl"]


class Hints(Shape, frozen=True, kw_only=True):
    """Date (as ISO or as on pages), publisher (name or address), side, language; `input` settles the format."""

    date: str = ""
    source: str = ""
    side: str = ""
    language: str = ""
    input: InputKind = "auto"


NONE = Hints()
