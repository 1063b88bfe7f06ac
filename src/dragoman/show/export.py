"""Writes what the record holds as lines, tables and Parquet, with its sentences or without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.keep import parts
from dragoman.model import AnyClaim, Coded, Entity, Event, Item
from dragoman.record import Explanation, Glance, Hit, Relation, Store
from dragoman.show import tables
from dragoman.show.ledger import more
from dragoman.show.words import counted
from dragoman.wire import claim_shape, head_shape, item_shape, without_text

#: What can be exported: kinds of items by their plural, and what else the record holds.
ITEMS = {
    "events": "event",
    "statements": "statement",
    "agreements": "agreement",
    "mechanisms": "mechanism",
    "disputes": "dispute",
    "figures": "figure",
    "intervals": "interval",
    "commitments": "commitment",
}
KINDS = (*ITEMS, "claims", "documents", "relations", "judgements", "removals", "skipped")
FORMATS = ("jsonl", "csv", "parquet")

_encoder = msgspec.json.Encoder()


def export(
    store: Store,
    kind: str,
    *,
    format: str = "jsonl",  # noqa: A002
    text: bool = True,
    since: str = "",
    until: str = "",
) -> Iterator[bytes]:
    """What the record holds of a kind (`KINDS`), in pieces to be written one after another; `text` off drops sentences.

    In CSV and Parquet nested values become columns (`actors.country`, lists joined by `;`), and what is a list of
    objects beside that (`claims`) is JSON. Raises UsageError for another kind or format.
    """
    chosen = kind if kind in KINDS else f"{kind}s"
    if chosen not in KINDS:
        raise UsageError(f"{kind}: cannot be exported; give one of {', '.join(KINDS)}")
    if format not in FORMATS:
        others = "; events also icews, polecat, phoenix, plover, gdelt" if kind in ("event", "events") else ""
        raise UsageError(f"--format {format}: give one of {', '.join(FORMATS)}{others}")
    return encoded(lambda: shapes(store, chosen, text=text, since=since, until=until), format)


def encoded(found: Callable[[], Iterable[dict[str, Any]]], form: str) -> Iterator[bytes]:
    """Shapes as JSON lines, CSV or Parquet, in pieces to be written one after another.

    Tables go through them twice, first for the columns: never are all rows in memory.
    """
    if form == "jsonl":
        return (_encoder.encode(shape) + b"\n" for shape in found())
    return tables.written(lambda: map(flat, found()), form)


def shapes(store: Store, kind: str, *, text: bool = True, since: str = "", until: str = "") -> Iterator[dict[str, Any]]:
    """The same as plain dictionaries, one at a time."""
    if kind in ITEMS:
        known = more(store, ITEMS[kind])
        for item in Glance(store).every_item(ITEMS[kind], since=since, until=until):
            shape = item_shape(item, text=text)
            also = known.get(item.id, {})
            yield shape | (also if text else {name: value for name, value in also.items() if not _holds_text(value)})
    elif kind == "claims":
        for claim in Glance(store).every_claim(since=since, until=until):
            yield claim_shape(claim) if text else without_text(claim_shape(claim))
    elif kind == "documents":
        for line in Glance(store).every_line(since=since, until=until):
            coded = store.document(line.id)
            if coded is not None:
                document = coded.document
                source = msgspec.to_builtins(document.source)
                shape = {
                    "id": line.id,
                    "url": line.url,
                    "source": source,
                    **head_shape(document),
                    "claims": line.claims,
                }
                yield {**shape, "text": document.text} if text else shape
    elif kind == "skipped":
        for name, where, why in store.skipped():
            yield {"id": name, "where": where, "why": why}
    else:
        lines: dict[str, Any] = {
            "relations": store.relations,
            "judgements": store.judgements,
            "removals": store.removals,
        }
        for line in lines[kind]():
            yield msgspec.to_builtins(line)


def _holds_text(value: Any) -> bool:  # noqa: ANN401  # a plain value
    """Whether a value holds sentences of documents, or reasons that quote them."""
    return isinstance(value, list | tuple | str) and ("words" in str(value) or "“" in str(value))


def flat(shape: dict[str, Any]) -> dict[str, Any]:
    """One level of columns: `evidence.text`, `actors.country` ("GBR;USA"); deeper lists as JSON."""
    row: dict[str, Any] = {}
    for name, value in shape.items():
        if isinstance(value, dict):
            row.update({f"{name}.{inner}": _cell(deep) for inner, deep in value.items()})
        elif (
            isinstance(value, list | tuple)
            and value
            and all(isinstance(one, dict) and "country" in one for one in value)
        ):
            for inner in value[0]:
                row[f"{name}.{inner}"] = ";".join(_text(one.get(inner)) for one in value)
        else:
            row[name] = _cell(value)
    return row


def _text(value: Any) -> str:  # noqa: ANN401  # a plain value
    if value is None:
        return ""
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _cell(value: Any) -> Any:  # noqa: ANN401  # a plain value
    if isinstance(value, list | tuple):
        if all(isinstance(one, str) for one in value):
            return ";".join(value)
        return _encoder.encode(value).decode()
    return _encoder.encode(value).decode() if isinstance(value, dict) else value


# Lines for a terminal


def event_lines(items: Iterable[Item], *, format: str = "text") -> Iterator[str]:  # noqa: A002
    """Events one a line: day, type, who and whom, status, sources; the sentence below."""
    for item in items:
        if format == "jsonl":
            yield _encoder.encode(item_shape(item)).decode()
            continue
        event = item.claim
        if not isinstance(event, Event):
            continue
        date = event.due if event.status == "future" and event.due else event.date
        day = "undated   " if date is None else date.start if date.start == date.end else f"{date.start}/{date.end}"
        kind = f"{event.event_type} {event.mode}".strip()
        status = "" if event.status == "actual" else f" ({event.status})"
        told = len({link.document for link in item.links})
        many = f" [{told} documents]" if told > 1 else ""
        yield f"{day}  {kind}{status}: {_who(event.actors)}{_to(event.recipients)}{many}"
        yield f"            “{_one_line(event.evidence.text)}” {item.id}"


def _who(entities: Iterable[Entity]) -> str:
    return ", ".join(
        f"{one.name or one.text} ({one.country})" if one.country else one.name or one.text for one in entities
    )


def _to(entities: tuple[Entity, ...]) -> str:
    return f" > {_who(entities)}" if entities else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def hit_lines(hits: Iterable[Hit], *, format: str = "text") -> Iterator[str]:  # noqa: A002
    """What a search found, one a line."""
    for hit in hits:
        if format == "jsonl":
            yield _encoder.encode(hit).decode()
        else:
            yield f"{hit.date or 'undated   '}  {hit.kind} {hit.id}  {_one_line(hit.title)}"
            yield f"            {_one_line(hit.snippet)}"


def relation_lines(found: Iterable[Relation], *, format: str = "text") -> Iterator[str]:  # noqa: A002
    """Relations, one a line."""
    for one in found:
        if format == "jsonl":
            yield _encoder.encode(one).decode()
        else:
            last = f", last {one.last}" if one.last else ""
            others = counted(one.items - one.events, "other item")
            yield f"{one.a} {one.b}: {counted(one.events, 'event')}, {others}{last}"


# Explaining


def explain_stored(store: Store, some_id: str) -> Iterator[str]:
    """What an item rests on and why each claim came out as it did.

    Raises RecordError when the record holds no such id.
    """
    found = store.explain(some_id)
    if found is None:
        raise RecordError(f"{store.path}: holds no claim or item {some_id}; `dragoman search` and `timeline` show ids")
    return chain(_explained(found), _more_lines(store, found), _part_lines(store, found))


def _part_lines(store: Store, found: Explanation) -> Iterator[str]:
    """The parts of an event, or what it is a part of."""
    for what, other, reason in parts(store, found.item) if found.item else ():
        claim = other.claim
        kind = claim.event_type if isinstance(claim, Event) else other.kind
        yield ""
        yield f"{'has as a part' if what == 'part' else 'is a part of'} {kind} {other.id}: {reason}"
        yield f"  “{_one_line(claim.evidence.text)}”"


def _more_lines(store: Store, found: Explanation) -> Iterator[str]:
    """What the record makes of an item today: kept or late, last met, unanswered since, and the like."""
    if found.item is None:
        return
    for name, value in more(store, found.item.kind).get(found.item.id, {}).items():
        if value not in (None, "", [], (), {}):
            yield f"today {name}: {_told(value)}"


def _explained(found: Explanation) -> Iterator[str]:
    titles = {document.id: document.title or document.url or document.id for document in found.documents}
    if found.item:
        item = found.item
        sides = f", of the sides {', '.join(item.sides)}" if item.sides else ""
        told = f"{counted(len(item.links), 'claim')} from {counted(len(item.sources), 'source')}"
        yield f"{item.kind} {item.id}: {told}{sides}"
        if item.first_known:
            yield f"known since {item.first_known}"
    else:
        yield f"claim {found.id}: counts for no item (judged wrong)"
    links = {link.claim: link for link in found.item.links} if found.item else {}
    for claim in found.claims:
        link = links.get(claim.id)
        yield ""
        yield f"claim {claim.id} in “{titles.get(claim.evidence.document, claim.evidence.document)}”"
        if link:
            yield f"  belongs to it by {link.score:.2f}: {link.reason}"
        yield from _claim_lines(claim)
        for judgement in found.judgements:
            if claim.id in (judgement.claim, judgement.other):
                why = f": {judgement.why}" if judgement.why else ""
                yield f"  judged {judgement.verdict} by {judgement.by}, {judgement.at}{why}"


def explain_coded(coded: Coded) -> Iterator[str]:
    """Why each claim of a text came out as it did; one line when there is none."""
    if not coded.claims:
        yield "no claim: nothing in it sets one off; see `dragoman code` for longer texts"
    for number, claim in enumerate(coded.claims):
        if number:
            yield ""
        yield from _claim_lines(claim)


def told_claim(claim: AnyClaim) -> Iterator[str]:
    """A claim as lines for somebody who is to judge it, without how it came out."""
    shape = claim_shape(claim)
    yield f"“{_one_line(claim.evidence.text)}”"
    for name, value in shape.items():
        if name not in (*_FIXED, "evidence", "trigger", "confidence") and value not in (None, "", [], (), {}):
            yield f"  {name}: {_told(value)}"


#: What is no statement about the world.
_FIXED = ("id", "coder", "knowledge")


def _claim_lines(claim: AnyClaim) -> Iterator[str]:
    shape = claim_shape(claim)
    yield f"  {shape.pop('kind')}: “{_one_line(claim.evidence.text)}”"
    for name, value in shape.items():
        if name not in ("id", "evidence", "coder", "knowledge") and value not in (None, "", [], (), {}):
            yield f"    {name}: {_told(value)}"
    evidence = claim.evidence
    yield f"    at {evidence.start}-{evidence.end}, {claim.coder or 'coder unknown'}, knowledge {claim.knowledge}"
    for reason in claim.why:
        detail = f": {reason.detail}" if reason.detail else ""
        yield f"    because {reason.step} {reason.rule}{detail}"


def _told(value: Any) -> str:  # noqa: ANN401  # a plain value
    if isinstance(value, list | tuple):
        return "; ".join(_told(one) for one in value)
    if isinstance(value, dict):
        kept = {
            name: one
            for name, one in value.items()
            if one not in (None, "", [], (), {}) and name not in ("start", "end")
        }
        if value.get("precision"):
            kept = {"days": f"{value['start']} to {value['end']}", **kept}
        return ", ".join(f"{name} {_told(one)}" for name, one in kept.items())
    return str(value)
