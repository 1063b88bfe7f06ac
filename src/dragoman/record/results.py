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


class Filters(Shape, frozen=True, kw_only=True):
    """What a search is narrowed to; empty fields narrow nothing, all that are given must hold.

    `parties` all take part in a claim (or in claims of a document); `kind` is `document` or a kind of claim; `status`
    and `event_type` are an event's; `source` is the name of who published, `side` whose account it is.
    """

    parties: tuple[str, ...] = ()
    kind: str = ""
    event_type: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    side: str = ""

    @property
    def documents(self) -> bool:
        """Whether documents may be found at all: they have neither type nor status."""
        return self.kind in ("", "document") and not self.event_type and not self.status

    @property
    def claims(self) -> bool:
        """Whether claims may be found at all."""
        return self.kind != "document"

    def days(self, table: str, start: str, end: str) -> str:
        """The conditions on the days of a row, to be put after another one; all else is found by marks (`marks.py`)."""
        since = f" AND {table}.{end} >= :since" if self.since else ""
        return since + (f" AND {table}.{start} <= :until" if self.until else "")


class Touched(Shape, frozen=True, kw_only=True):
    """What changes of a record touched: the pairs of sides, the sides, and the documents of the items before and after.

    `everything` where it was too much to name, as after a rebuild.
    """

    everything: bool = False
    pairs: frozenset[tuple[str, str]] = frozenset()
    parties: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


class Removal(Shape, frozen=True, kw_only=True):
    """The line that a document leaves when it is taken out."""

    document: str
    title: str
    url: str
    claims: int
    at: str
    why: str


class Recoded(Shape, frozen=True, kw_only=True):
    """What coding a document again changed.

    `same` claims came out as before; `changed` are pairs of what was said and is said of the same words; `asked` are
    such pairs where a person judged the first, so that one has to say which stands; `carried` judgements hold for a new
    claim that says what they said; `waiting` were asked before.
    """

    document: str
    same: int
    new: tuple[AnyClaim, ...]
    gone: tuple[AnyClaim, ...]
    changed: tuple[tuple[AnyClaim, AnyClaim], ...]
    asked: tuple[tuple[AnyClaim, AnyClaim], ...]
    carried: int
    waiting: int


class Asked(Shape, frozen=True, kw_only=True):
    """A judged claim, and the one that a newer coder gives for its words."""

    old: AnyClaim
    new: AnyClaim


class Explanation(Shape, frozen=True, kw_only=True):
    """All that stands behind a claim or an item: the item with its links, claims, documents, judgements."""

    id: str
    item: Item | None
    claims: tuple[AnyClaim, ...]
    documents: tuple[Document, ...]
    judgements: tuple[Judgement, ...]
