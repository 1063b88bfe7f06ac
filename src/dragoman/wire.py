"""The JSON shapes that tools outside build on: claims, documents, items as the command line and the API give them."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.model import AnyClaim, Coded, Document, Entity, Item, Reason

#: These stand last in every claim, whatever its kind, in this order; `why` only where it is asked for.
_LAST = ("trigger", "evidence", "id", "coder", "knowledge", "confidence")
_DROPPED = ("why", "kind", *_LAST)


def claim_shape(claim: AnyClaim, *, why: bool = False) -> dict[str, Any]:
    """A claim as a dictionary of plain values, `kind` first; with its reasons when asked for."""
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    shape = {"kind": plain["kind"]}
    shape.update((name, value) for name, value in plain.items() if name not in _DROPPED)
    shape.update((name, plain[name]) for name in _LAST)
    if why:
        shape["why"] = [reason_line(reason) for reason in claim.why]
    return shape


def reason_line(reason: Reason) -> dict[str, str]:
    """One step of why a claim came out as it did."""
    return {"step": reason.step, "rule": reason.rule, "detail": reason.detail}


def coded_shape(coded: Coded) -> dict[str, Any]:
    """A coded document as `dragoman code --format json` gives it; all claims of the page, without its text."""
    return {**head_shape(coded.document), "claims": [claim_shape(claim) for claim in coded.claims]}


def head_shape(document: Document) -> dict[str, Any]:
    """Title, published date, language and parts of a document."""
    return {
        "title": document.title,
        "published": msgspec.to_builtins(document.published),
        "language": document.language,
        "parts": [
            {
                "kind": part.kind,
                "title": part.title,
                "published": msgspec.to_builtins(part.published),
                "start": part.start,
                "end": part.end,
            }
            for part in document.parts
        ],
    }


def item_shape(item: Item, *, text: bool = True) -> dict[str, Any]:
    """An item as its best claim with the item's id and what it rests on; without the sentences when `text` is off."""
    shape = claim_shape(item.claim)
    if not text:
        shape = without_text(shape)
    shape["id"] = item.id
    shape["claims"] = [
        {"id": link.claim, "document": link.document, "score": link.score, "reason": link.reason} for link in item.links
    ]
    shape["documents"] = len({link.document for link in item.links})
    shape["sources"] = list(item.sources)
    shape["sides"] = list(item.sides)
    shape["first_known"] = item.first_known
    shape["stories"] = item.stories
    return shape


def without_text(shape: dict[str, Any]) -> dict[str, Any]:
    """A claim's shape without the words of its document: ids and offsets stay, since articles belong to others."""
    kept = {name: value for name, value in shape.items() if name not in ("quote", "content")}
    kept["evidence"] = {name: value for name, value in shape["evidence"].items() if name != "text"}
    if kept.get("trigger"):
        kept["trigger"] = {name: value for name, value in kept["trigger"].items() if name != "text"}
    return kept


def actor_shape(entity: Entity) -> dict[str, Any]:
    """Who a phrase names, as `dragoman actor` gives it."""
    return {
        "text": entity.text,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "name": entity.name,
        "office": entity.office,
    }
