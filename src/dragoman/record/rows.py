"""Turns the shapes of the model into rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any, TypeVar

import msgspec

from dragoman.errors import RecordError
from dragoman.model import (
    Agreement,
    AnyClaim,
    Commitment,
    DateSpan,
    Dispute,
    Document,
    Entity,
    Event,
    Figure,
    Interval,
    Item,
    Judgement,
    Known,
    Mechanism,
    Statement,
    parties,
    party,
)
from dragoman.record import marks

#: Beyond so many sides a gathering tells nothing of any pair of them (a summit of the G20 would give 190 pairs).
MOST_SIDES = 20

Held = TypeVar("Held")

_encoder = msgspec.json.Encoder()
_claims: msgspec.json.Decoder[AnyClaim] = msgspec.json.Decoder(AnyClaim)
_documents = msgspec.json.Decoder(Document)
_items = msgspec.json.Decoder(Item)
_judgements = msgspec.json.Decoder(Judgement)


def encode(shape: Any) -> bytes:  # noqa: ANN401  # any shape of the model
    """A shape as JSON; the same shape gives the same bytes."""
    return _encoder.encode(shape)


def plain(claim: AnyClaim) -> dict[str, Any]:
    """A claim as plain values, lists and dictionaries."""
    found: dict[str, Any] = msgspec.to_builtins(claim)
    return found


def claim_from(payload: bytes) -> AnyClaim:
    """The claim that a payload holds. This and those below raise RecordError when it is damaged."""
    return _read(_claims, payload, "claim")


def item_from(payload: bytes) -> Item:
    """The item that a payload holds."""
    return _read(_items, payload, "item")


def judgement_from(payload: bytes) -> Judgement:
    """The judgement that a payload holds."""
    return _read(_judgements, payload, "judgement")


def document_from(payload: bytes, text: str) -> Document:
    """The document of a payload, with its text put back."""
    return msgspec.structs.replace(_read(_documents, payload, "document"), text=text)


def _read(decoder: msgspec.json.Decoder[Held], payload: bytes, what: str) -> Held:
    try:
        return decoder.decode(payload)
    except ValueError as error:
        raise RecordError(
            f"the record is damaged: it holds a {what} that cannot be read ({error});"
            " `dragoman check` names it, restore the record from a copy"
        ) from error


def kind_of(claim: AnyClaim) -> str:
    """The tag of a claim, such as event or statement."""
    return str(claim.__struct_config__.tag)


def date_of(claim: AnyClaim) -> DateSpan | None:
    """The date that orders a claim among others."""
    match claim:
        case Event() | Statement() | Agreement():
            return claim.date
        case Mechanism() | Dispute() | Interval():
            return claim.since
        case Commitment():
            return claim.due
    return None


def type_of(claim: AnyClaim) -> tuple[str, str, str]:
    """Type, mode and status as columns: what the kinds have in their place."""
    match claim:
        case Event():
            return claim.event_type, claim.mode, claim.status
        case Statement():
            return claim.stance, "", ""
        case Agreement():
            return claim.agreement_kind, "", claim.status
        case Mechanism():
            return claim.mechanism_kind, claim.level, ""
        case Dispute():
            return "", "", claim.status
        case Figure():
            return claim.measure, claim.unit, ""
        case Interval():
            return claim.unit, "", ""
        case Commitment():
            return "", "", claim.state
    return "", "", ""


def document_row(document: Document, known: Sequence[Known]) -> tuple[Any, ...]:
    """The columns of `documents` but `n` and those of copies; `known` are its claims."""
    published = document.published
    return (
        document.id,
        document.title,
        document.text,
        document.url,
        document.language,
        published.start if published else None,
        published.end if published else None,
        published.how if published else None,
        document.source.name,
        document.source.side,
        encode(msgspec.structs.replace(document, text="")),
        len(known),
        document_marks(
            (document.source.name, document.source.side),
            {side for one in known for _, _, _, side, _, _ in actor_rows(one.claim)},
            published.start if published else None,
            published.end if published else None,
        ),
    )


def document_marks(publisher: tuple[str, str], sides: Iterable[str], start: str | None, end: str | None) -> str:
    """What a document can be found by besides its words: who published it, whose account, the sides of its claims."""
    source, side = publisher
    return marks.marked([("o", source), ("a", side), *(("p", one) for one in sides)], start, end)


def claim_row(known: Known) -> tuple[Any, ...]:
    """The columns of `claims` but `n`, those that say where it is looked for, and its state."""
    claim = known.claim
    date = date_of(claim)
    kind, (type_, mode, status) = kind_of(claim), type_of(claim)
    start, end = (date.start, date.end) if date else (None, None)
    found_by = [("k", kind), ("t", type_), ("s", status), ("o", known.source), ("a", known.side)]
    found_by += [("p", side) for _, _, _, side, _, _ in actor_rows(claim)]
    return (
        claim.id,
        claim.evidence.document,
        *(kind, type_, mode, status),
        *(start, end),
        claim.evidence.text,
        encode(claim),
        marks.marked(found_by, start, end),
        claim.confidence,
        float(getattr(claim, "score", 0.0)),
    )


def actor_rows(claim: AnyClaim) -> list[tuple[Any, ...]]:
    """The columns of `claim_actors`, one row an entity."""
    named: list[tuple[str, tuple[Entity | None, ...]]]
    match claim:
        case Event():
            named = [("actor", claim.actors), ("recipient", claim.recipients), ("speaker", (claim.speaker,))]
        case Statement():
            named = [("speaker", (claim.speaker,)), ("addressee", (claim.addressee,))]
        case Commitment():
            named = [("who", claim.who), ("to whom", claim.to_whom)]
        case _:
            named = [("party", claim.parties)]
    return [
        (claim.id, role, position, party(entity), entity.country, entity.name)
        for role, entities in named
        for position, entity in enumerate(entities)
        if entity
    ]


def item_row(item: Item) -> tuple[Any, ...]:
    """The columns of `items`."""
    date = date_of(item.claim)
    return (
        item.id,
        item.kind,
        *type_of(item.claim),
        date.start if date else None,
        date.end if date else None,
        len({link.document for link in item.links}),
        encode(item),
    )


def sort_date(item: Item) -> str:
    """The day under which an item stands in lists: its own, else the day since which it is known, else none."""
    date = date_of(item.claim)
    return date.start if date else item.first_known


def pair_rows(item: Item) -> list[tuple[Any, ...]]:
    """The columns of `item_pairs`: who stands with whom, in alphabetical order, and which way it goes."""
    first, second = parties(item.claim)
    status = type_of(item.claim)[2]
    if len(first) + len(second) > MOST_SIDES:
        return []
    ways: dict[tuple[str, str], str] = {}
    if second:
        for one, two in product(first, second):
            if one != two:
                pair, way = ((one, two), "ab") if one < two else ((two, one), "ba")
                ways[pair] = way if ways.get(pair, way) == way else "both"
    else:
        ways = dict.fromkeys(combinations(first, 2), "both")
    return [(a, b, item.kind, sort_date(item), item.id, way, status) for (a, b), way in ways.items()]


def party_rows(item: Item) -> list[tuple[Any, ...]]:
    """The columns of `item_parties`."""
    first, second = parties(item.claim)
    date = sort_date(item)
    rows = [(one, item.kind, date, item.id, "first") for one in first]
    return rows + [(two, item.kind, date, item.id, "second") for two in second]


def line_date(row: Mapping[str, Any]) -> DateSpan | None:
    """The published date of a document's row."""
    if row["published_start"] is None:
        return None
    same = row["published_start"] == row["published_end"]
    return DateSpan(
        start=row["published_start"],
        end=row["published_end"],
        precision="day" if same else "range",
        how=row["published_how"],
    )
