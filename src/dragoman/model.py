"""Every data type of Dragoman, frozen, in the order in which they come to exist.

Offsets count characters of `Document.text`. Dates are ISO days as text. A claim never stands without its words:
`evidence` names document and offsets, and whatever is derived from claims can be built again.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

DatePrecision = Literal["day", "month", "year", "range"]
DateHow = Literal["stated", "relative", "document", "office", "metadata", "inferred"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
BlockKind = Literal[
    "headline", "body", "caption", "quote", "banner", "byline", "heading", "comment", "furniture", "part"
]

#: Blocks that may hold claims; the others are kept and never coded. A `part` is dated by itself.
CODED_BLOCKS: frozenset[str] = frozenset({"headline", "body", "caption", "quote", "banner", "heading", "part"})


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """The base of all shapes: frozen, keyword-only, the same in Python, in the record and as JSON."""


class DateSpan(Shape, frozen=True, kw_only=True):
    """Full days from `start` to `end`; `precision` is that of the words, `how` says how the date came about."""

    start: str
    end: str
    precision: DatePrecision = "day"
    text: str = ""
    how: DateHow = "stated"


class Source(Shape, frozen=True, kw_only=True):
    """Who published; `side` is the state whose account it gives, or empty."""

    name: str = ""
    url: str = ""
    country: str = ""
    kind: str = ""
    side: str = ""


class Block(Shape, frozen=True, kw_only=True):
    """A stretch of a document of one kind; `part` is the index into `Document.parts` for kind `part`."""

    kind: BlockKind
    start: int
    end: int
    part: int | None = None


class Part(Shape, frozen=True, kw_only=True):
    """A further dated document that a page lists or holds."""

    kind: str
    title: str
    published: DateSpan | None
    start: int
    end: int


class Document(Shape, frozen=True, kw_only=True):
    """One published text as it came in; never altered afterwards. `id` is a hash of its content."""

    id: str
    text: str
    title: str = ""
    url: str = ""
    published: DateSpan | None = None
    language: str = "en"
    source: Source = Source()
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


class Passage(Shape, frozen=True, kw_only=True):
    """One sentence of a document; `kind` is that of its block, `part` the part that it belongs to.

    `speaker_label` is who speaks in a transcript, as its label says ("Vladimir Putin"); the label itself stands
    only in the first passage of a turn.
    """

    start: int
    end: int
    text: str
    kind: BlockKind = "body"
    part: int | None = None
    index: int = 0
    paragraph: int = 0
    speaker_label: str = ""


class NameHit(Shape, frozen=True, kw_only=True):
    """A name that knowledge knows, found in the text; `entries` are the keys of what it may mean."""

    start: int
    end: int
    text: str
    kinds: frozenset[str]
    entries: tuple[str, ...]
    codes: frozenset[str] = frozenset()


class Mention(Shape, frozen=True, kw_only=True):
    """A phrase of the text that may stand for an actor; the head is its grammatical centre.

    `appositions` are further phrases that name the same one ("Tseng, Taiwan's deputy foreign minister").
    """

    start: int
    end: int
    head_start: int
    head_end: int
    appositions: tuple[Mention, ...] = ()


class Entity(Shape, frozen=True, kw_only=True):
    """An actor as a claim names it: its words and offsets, and who that is at the date of the passage."""

    text: str
    start: int | None
    end: int | None
    name: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    office: str = ""
    how: str = ""


class Place(Shape, frozen=True, kw_only=True):
    """Where something happened; coordinates in degrees."""

    text: str
    name: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None


class Trigger(Shape, frozen=True, kw_only=True):
    """The words that set off a claim."""

    text: str
    start: int
    end: int


class Evidence(Shape, frozen=True, kw_only=True):
    """The passage on which a claim rests."""

    document: str
    start: int
    end: int
    text: str


class Reason(Shape, frozen=True, kw_only=True):
    """One step of how a claim came out as it did: the stage, the rule with its knowledge line, what it saw."""

    step: str
    rule: str
    detail: str = ""


class Deed(Shape, frozen=True, kw_only=True):
    """The deed that an undertaking, a demand or a threat is about."""

    event_type: str
    mode: str = ""


class Claim(Shape, frozen=True, kw_only=True, tag_field="kind"):
    """What one passage says; the kinds below. `id` is a hash of document, offsets and content."""

    evidence: Evidence
    trigger: Trigger | None = None
    id: str = ""
    coder: str = ""
    knowledge: str = ""
    confidence: float = 1.0
    why: tuple[Reason, ...] = ()


class Event(Claim, frozen=True, kw_only=True, tag="event"):
    """Who did what to whom, in PLOVER terms."""

    event_type: str
    mode: str = ""
    contexts: tuple[str, ...] = ()
    status: Status = "actual"
    actors: tuple[Entity, ...] = ()
    recipients: tuple[Entity, ...] = ()
    date: DateSpan | None = None
    place: Place | None = None
    quad_class: int = 0
    score: float = 0.0
    cameo: str = ""
    goldstein: float | None = None
    speaker: Entity | None = None
    of: Deed | None = None
    due: DateSpan | None = None


class Statement(Claim, frozen=True, kw_only=True, tag="statement"):
    """What an actor said: the exact words (`quote`) or the reported clause (`content`)."""

    speaker: Entity | None
    addressee: Entity | None = None
    quote: str = ""
    content: str = ""
    stance: str = ""
    topic: str = ""
    date: DateSpan | None = None


class Agreement(Claim, frozen=True, kw_only=True, tag="agreement"):
    """An instrument between parties."""

    name: str
    agreement_kind: str
    parties: tuple[Entity, ...] = ()
    date: DateSpan | None = None
    place: Place | None = None
    status: str = ""
    subject: str = ""


class Mechanism(Claim, frozen=True, kw_only=True, tag="mechanism"):
    """A standing channel between parties."""

    name: str
    mechanism_kind: str
    level: str = ""
    parties: tuple[Entity, ...] = ()
    co_chairs: str = msgspec.field(default="", name="co-chairs")
    frequency: str = ""
    parent: str = ""
    count: int | None = None
    sessions: tuple[DateSpan, ...] = ()
    since: DateSpan | None = None
    held: int | None = None  # so many sessions it has had, as the words say


class Dispute(Claim, frozen=True, kw_only=True, tag="dispute"):
    """A named matter on which the sides differ."""

    name: str
    parties: tuple[Entity, ...] = ()
    since: DateSpan | None = None
    status: str = "open"
    unanswered_since: DateSpan | None = None


class Figure(Claim, frozen=True, kw_only=True, tag="figure"):
    """An amount or a change: `value` in base units of `unit`, `change` in percent or points."""

    measure: str
    value: float | None = None
    change: float | None = None
    unit: str = ""
    period: str = ""
    parties: tuple[Entity, ...] = ()


class Interval(Claim, frozen=True, kw_only=True, tag="interval"):
    """A claim of elapsed time, and the date that it implies."""

    count: int | None = None
    unit: str = ""
    since: DateSpan | None = None
    of: str = ""
    parties: tuple[Entity, ...] = ()
    bears_out: bool | None = None


class Commitment(Claim, frozen=True, kw_only=True, tag="commitment"):
    """What an actor undertook to do."""

    who: tuple[Entity, ...] = ()
    what: str
    to_whom: tuple[Entity, ...] = ()
    due: DateSpan | None = None
    state: str = "open"


AnyClaim = Event | Statement | Agreement | Mechanism | Dispute | Figure | Interval | Commitment


class Skipped(Shape, frozen=True, kw_only=True):
    """A document or line that was passed over, and why; never silence."""

    id: str
    where: str
    why: str


class Coded(Shape, frozen=True, kw_only=True):
    """A document with all claims that it holds."""

    document: Document
    claims: tuple[AnyClaim, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class Known(Shape, frozen=True, kw_only=True):
    """A claim with what reconciling asks of its document.

    That is: who published it, for which side, when (ISO day or empty), and which group of near copies it belongs to.
    """

    claim: AnyClaim
    source: str = ""
    side: str = ""
    published: str = ""
    story: str = ""


class Link(Shape, frozen=True, kw_only=True):
    """Why a claim belongs to an item: how alike (0 to 1) and one sentence of reason."""

    claim: str
    document: str
    score: float
    reason: str


class Item(Shape, frozen=True, kw_only=True):
    """What several claims tell together: one event, agreement, mechanism, …; derived, never edited.

    `claim` has the best fields that any of the claims gives, and the evidence of the fullest of them.
    """

    id: str
    kind: str
    claim: AnyClaim
    links: tuple[Link, ...]
    sources: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    first_known: str = ""
    stories: int = 1  # texts of their own: near copies count once


Verdict = Literal["right", "wrong", "corrected", "same", "not same", "added"]


class Judgement(Shape, frozen=True, kw_only=True):
    """What a person said of a claim, or of two (`other`).

    `fields` holds what a corrected claim should say; of one that was `added` by hand, the whole claim.
    """

    id: str
    claim: str
    verdict: Verdict
    by: str
    at: str
    why: str = ""
    other: str = ""
    fields: dict[str, object] = {}  # msgspec copies an empty default


#: Codes that stand where a country code stands but name a kind of body; the body's own name tells them apart.
BODY_CODES: frozenset[str] = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC"})


def party(entity: Entity) -> str:
    """The side that an entity belongs to: its country, or the name of an organisation; empty when unknown."""
    if entity.country in BODY_CODES:
        return entity.name or entity.country
    return entity.country


def parties(claim: AnyClaim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sides that act and the sides that receive, sorted; kinds with `parties` have them all on the first side."""
    first: tuple[Entity | None, ...]
    second: tuple[Entity | None, ...] = ()
    match claim:
        case Event():
            first, second = claim.actors, claim.recipients
        case Statement():
            first, second = (claim.speaker,), (claim.addressee,)
        case Commitment():
            first, second = claim.who, claim.to_whom
        case _:
            first = claim.parties
    one = {party(entity) for entity in first if entity} - {""}
    two = {party(entity) for entity in second if entity} - {""}
    return tuple(sorted(one)), tuple(sorted(two))


def content_id(*parts: str) -> str:
    """The id of some content: the first 16 hexadecimal digits of a BLAKE2 hash of its parts in order."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return digest.hexdigest()
