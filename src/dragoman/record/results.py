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


def _takes_part(claim: str, number: int) -> str:
    # An expression instead of the bare column, so that the few actors of a claim are looked at and not the many claims
    # of a party: at a million claims that is a millisecond instead of half a second.
    return (
        f" AND EXISTS (SELECT 1 FROM claim_actors AS y WHERE y.claim = {claim}.id"  # noqa: S608  # a number
        f" AND y.party || '' = :party{number})"
    )


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

    def values(self) -> dict[str, str]:
        """The values that the conditions below name."""
        named = {
            name: getattr(self, name) for name in ("kind", "event_type", "status", "since", "until", "source", "side")
        }
        return named | {f"party{number}": one for number, one in enumerate(self.parties)}

    def of_document(self) -> str:
        """The conditions on a document `d`, to be put after another one."""
        return self._given("since", "d.published_end >= :since", "until", "d.published_start <= :until") + "".join(
            f" AND EXISTS (SELECT 1 FROM claims AS x WHERE x.document = d.id{_takes_part('x', number)})"  # noqa: S608
            for number in range(len(self.parties))
        )

    def of_claim(self) -> str:
        """The conditions on a claim `c` of a document `d`, to be put after another one."""
        return self._given(
            *("kind", "c.kind = :kind", "event_type", "c.type = :event_type", "status", "c.status = :status"),
            *("since", "c.date_end >= :since", "until", "c.date_start <= :until"),
        ) + "".join(_takes_part("c", number) for number in range(len(self.parties)))

    def _given(self, *named: str) -> str:
        pairs = [
            *zip(named[::2], named[1::2], strict=True),
            ("source", "d.source = :source"),
            ("side", "d.side = :side"),
        ]
        return "".join(f" AND {condition}" for name, condition in pairs if getattr(self, name))


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
