"""What the record answers with, besides the shapes of the model."""

from __future__ import annotations

from dragoman.model import AnyClaim, DateSpan, Document, Item, Judgement, Shape


class AddResult(Shape, frozen=True, kw_only=True):
    """What adding did: `added` is false when the document was there already and nothing changed."""

    document: str
    added: bool
    claims: int
    items: int


class DocumentLine(Shape, frozen=True, kw_only=True):
    """A document of the record without its text."""

    id: str
    title: str
    url: str
    published: DateSpan | None
    source: str
    side: str
    language: str
    claims: int


class Relation(Shape, frozen=True, kw_only=True):
    """A pair of sides (a before b) with what the record holds between them; days are ISO days or empty."""

    a: str
    b: str
    events: int
    items: int
    first: str
    last: str


class Hit(Shape, frozen=True, kw_only=True):
    """Something found: `kind` is `document` or that of a claim, `snippet` marks the words with `[` and `]`."""

    kind: str
    id: str
    document: str
    title: str
    date: str
    snippet: str
    rank: float


class Removal(Shape, frozen=True, kw_only=True):
    """The line that a document leaves when it is taken out."""

    document: str
    title: str
    url: str
    claims: int
    at: str
    why: str


class Explanation(Shape, frozen=True, kw_only=True):
    """All that stands behind a claim or an item: the item with its links, claims, documents, judgements."""

    id: str
    item: Item | None
    claims: tuple[AnyClaim, ...]
    documents: tuple[Document, ...]
    judgements: tuple[Judgement, ...]
