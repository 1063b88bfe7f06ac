"""What each page shows, as plain values: templates write it as HTML, the JSON twins as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from dragoman.errors import UsageError
from dragoman.knowledge import load
from dragoman.model import AnyClaim, DateSpan, Entity, Event, Item, Place, parties, party
from dragoman.record import DocumentLine, Explanation, Glance, Hit, Store
from dragoman.show import sentences, words
from dragoman.show.look import Told, day_of

#: Rows of a table on one page; the CSV has them all.
PAGE = 100

_CODE = re.compile(r"[A-Z]{3}")


def relation_path(a: str, b: str, *, way: bool = False, tab: str = "", form: str = "", **query: object) -> str:
    """The address of a relation or a tab of it, or with `way` of what `a` does to `b`; `form` is `.json` or `.csv`."""
    after = f"/{tab}" if tab else ""
    kept = {name: value for name, value in query.items() if value and (name, value) != ("page", 1)}
    if _CODE.fullmatch(a) and _CODE.fullmatch(b):
        path = f"/{a}-to-{b}" if way else f"/{min(a, b)}-{max(a, b)}"
    else:
        path = "/relation"
        kept = {"a": a, "b": b} | ({"way": "1"} if way else {}) | kept
    return f"{path}{after}{form}{f'?{urlencode(kept)}' if kept else ''}"


def actor_path(key: str) -> str:
    """The address of an actor: a side's code or a name."""
    return f"/actor/{quote(key, safe='')}"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of a timeline is asked for; an empty field asks for all."""

    type: str = ""
    status: str = ""
    deeds: str = ""
    told: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    def values(self, **changed: object) -> dict[str, Any]:
        """The filters that are set, with some changed, for the query of an address."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | changed
        return {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}

    def keeps(self, told: Told[Event]) -> bool:
        """Whether an event is asked for."""
        event = told.claim
        return (
            self.type in ("", event.event_type)
            and self.status in ("", event.status)
            and (not self.deeds or (self.deeds == "deeds") == (event.quad_class in (2, 4)))
            and (not self.told or self.told in told.item.sides)
        )


def built(shape: Any) -> Any:  # noqa: ANN401  # any shape of the model
    """A shape as JSON-ready values."""
    return msgspec.to_builtins(shape)


def sentence(claim: AnyClaim) -> str:
    """A claim in plain words."""
    return sentences.plain(claim)


def item_row(item: Item) -> dict[str, Any]:
    """An item as one flat row."""
    claim = item.claim
    first, second = parties(claim)
    row: dict[str, Any] = {"id": item.id, "kind": item.kind, "text": sentence(claim)}
    if isinstance(claim, Event):
        row |= {
            "start": day_of(claim.date),
            "end": (claim.date.end if claim.date else ""),
            "event_type": claim.event_type,
            "mode": claim.mode,
            "status": claim.status,
            "quad_class": claim.quad_class,
            "score": claim.score,
            "cameo": claim.cameo,
        }
    return row | {
        "actors": ";".join(first),
        "recipients": ";".join(second),
        "documents": len({link.document for link in item.links}),
        "sides": ";".join(item.sides),
        "sentence": words.evidence_of(claim),
    }


def method(store: Store) -> dict[str, Any]:
    """How it works, in figures: what the record holds, the types of events with their scores, the temperature words."""
    ontology = load().tree("ontology/plover.yaml")
    glance = Glance(store)
    some = glance.claims(after=0, limit=200)
    return {
        "documents": glance.count("documents"),
        "skipped": glance.count("skipped"),
        "claims": glance.kinds("claims"),
        "items": glance.kinds("items"),
        "coders": sorted({claim.coder for _, claim in some if claim.coder}),
        "knowledge": sorted({claim.knowledge for _, claim in some if claim.knowledge}),
        "types": [
            {
                "type": name,
                "label": words.capital(words.type_label(name)),
                "quad": words.quad(entry["quad"]),
                "score": entry["score"],
                "modes": [
                    {"mode": mode, "label": words.capital(words.type_label(name, mode)), "score": score}
                    for mode, score in entry["modes"].items()
                ],
            }
            for name, entry in ontology["types"].items()
        ],
        "temperatures": words.phrases()["temperatures"],
    }


def document_path(document_id: str, start: int | None = None) -> str:
    """The address of a document, at an offset of its text where one is given."""
    return f"/document/{quote(document_id, safe='')}" + (f"#at-{start}" if start is not None else "")


def document_row(line: DocumentLine) -> dict[str, Any]:
    """A document as one flat row."""
    return {
        "id": line.id,
        "title": line.title,
        "published": day_of(line.published),
        "source": line.source,
        "side": line.side,
        "url": line.url,
        "claims": line.claims,
    }


def kind_of(claim: AnyClaim) -> str:
    """The tag of a claim, such as event or statement."""
    return str(claim.__struct_config__.tag)


def items(store: Store, kind: str, a: str, b: str, filters: Filters, *, way: bool = False) -> list[Item]:
    """All items of a kind between two sides as the filters ask, newest first; raises UsageError for no such kind."""
    if kind not in words.phrases()["kinds"]:
        raise UsageError(f"{kind!r} is no kind of item: choose one of {', '.join(words.phrases()['kinds'])}, or months")
    if kind != "event":
        return store.items(kind, a, b, since=filters.since, until=filters.until)[::-1]
    found = store.events(a, b, directed=way, since=filters.since, until=filters.until)[::-1]
    return [one for one in found if isinstance(one.claim, Event) and filters.keeps(Told(item=one, claim=one.claim))]


def item(found: Explanation) -> dict[str, Any]:
    """What the page of an item shows: its claim, and each document that tells it with its sentence and reasons."""
    documents = {one.id: one for one in found.documents}
    links = {link.claim: link for link in found.item.links} if found.item else {}
    claim = found.item.claim if found.item else found.claims[0]
    first, second = parties(claim)
    sides = list(dict.fromkeys((*first, *second)))
    return {
        "item": found.item,
        "claim": claim,
        "kind": kind_of(claim),
        "title": sentences.plain(claim),
        "tellings": [(one, documents.get(one.evidence.document), links.get(one.id)) for one in found.claims],
        "judgements": found.judgements,
        "relations": [tuple(sorted((a, b))) for at, a in enumerate(sides) for b in sides[at + 1 :]][:6],
        "parts": parts_of(claim),
    }


def parts_of(claim: AnyClaim) -> list[tuple[str, str]]:
    """The fields of a claim that say something, in plain words."""
    if isinstance(claim, Event):
        mode = f", {claim.mode}" if claim.mode else ""
        rows = [
            (
                "What",
                f"{words.capital(words.type_label(claim.event_type, claim.mode))} ({claim.event_type}{mode} in PLOVER)",
            ),
            ("Who", words.whom(claim.actors)),
            ("Towards whom", words.whom(claim.recipients)),
            ("When", f"{words.when(claim.date)} ({words.how(claim.date.how)})" if claim.date else ""),
            ("Due", words.when(claim.due) if claim.due else ""),
            ("Where", (claim.place.name or claim.place.text) if claim.place else ""),
            ("Did it happen?", words.capital(words.status(claim.status))),
            ("Said by", words.who(claim.speaker)),
            ("Weight", f"{words.signed(claim.score)} on a scale from −10 to +10: {words.quad(claim.quad_class)}"),
            ("Contexts", ", ".join(one.replace("_", " ") for one in claim.contexts)),
            ("Older codes", f"CAMEO {claim.cameo}" if claim.cameo else ""),
        ]
    else:
        rows = [
            (words.capital(name.replace("_", " ")), said)
            for name in claim.__struct_fields__
            if name not in _NOT_PARTS and (said := _said(getattr(claim, name)))
        ]
    return [(name, said) for name, said in rows if said]


_NOT_PARTS = frozenset({"evidence", "trigger", "id", "coder", "knowledge", "confidence", "why"})


def _said(value: Any) -> str:  # noqa: ANN401  # a field of any claim
    if isinstance(value, DateSpan):
        return words.when(value)
    if isinstance(value, Entity):
        return words.who(value)
    if isinstance(value, Place):
        return value.name or value.text
    if isinstance(value, tuple):
        return ", ".join(part for part in map(_said, value) if part)
    if isinstance(value, float):
        return words.number(value)
    return "" if value is None else str(value)


def found(hits: Sequence[Hit]) -> list[tuple[Hit, list[Hit]]]:
    """Hits in their order, those on one sentence of a document together: the first of them, and all.

    What was only found in a text is left out where a sentence of the same document was read as something.
    """
    read = {hit.document for hit in hits if hit.kind != "document"}
    together: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        if hit.kind != "document" or hit.document not in read:
            together.setdefault((hit.document, hit.snippet), []).append(hit)
    return [(group[0], group) for group in together.values()]


def is_title(hit: Hit) -> bool:
    """Whether the words that were found are the title, so that they need not be said twice."""
    plain = hit.snippet.replace("[", "").replace("]", "").strip(" .…")
    return bool(hit.title) and plain.startswith(hit.title.strip(" .…")[:60]) and len(plain) <= len(hit.title) + 20


def address(path: str, **query: str) -> str:
    """An address with what is not empty as its query."""
    kept = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def claim_row(claim: AnyClaim) -> dict[str, Any]:
    """A claim as one flat row."""
    first, second = parties(claim)
    return {
        "id": claim.id,
        "kind": kind_of(claim),
        "text": sentence(claim),
        "actors": ";".join(first),
        "recipients": ";".join(second),
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "confidence": claim.confidence,
        "sentence": words.evidence_of(claim),
    }


def item_sides(item: Item) -> list[str]:
    """The sides of an item, each once."""
    first, second = parties(item.claim)
    return list(dict.fromkeys((*first, *second)))


def event_types() -> list[tuple[str, str]]:
    """The types of events with their plain names."""
    types = load().tree("ontology/plover.yaml")["types"]
    return [(name, words.capital(words.type_label(name))) for name in types]


def claim_of(plain: dict[str, Any], kind: type[Event]) -> Event:
    """An event from its plain values."""
    return msgspec.convert(plain, kind)


def actors_of(claim: AnyClaim) -> list[tuple[str, str]]:
    """Who takes part in a claim, each once, with the address of its page."""
    found: dict[str, str] = {}
    for name in ("speaker", "addressee", "actors", "recipients", "parties", "who", "to_whom"):
        value = getattr(claim, name, None)
        for one in (value,) if isinstance(value, Entity) else value or ():
            for key in (party(one), one.name):
                if key:
                    found.setdefault(words.side(key), actor_path(key))
    return list(found.items())
