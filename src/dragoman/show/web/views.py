"""What each page shows, as plain values: templates write it as HTML, the JSON twins as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from dragoman.errors import UsageError
from dragoman.knowledge import load
from dragoman.measure import Month
from dragoman.model import AnyClaim, DateSpan, Entity, Event, Item, parties
from dragoman.record import DocumentLine, Explanation, Hit, Relation, Store
from dragoman.show import charts, sentences, words
from dragoman.show.brief import FEW, YEAR, compose, state_words
from dragoman.show.look import Look, Told, day_of, look

#: Rows of a table on one page; the CSV has them all.
PAGE = 100
#: Relations on the first page.
MOST_RELATIONS = 60

_CODE = re.compile(r"[A-Z]{3}")


def relation_path(a: str, b: str, *, way: bool = False) -> str:
    """The address of a relation, or with `way` of what `a` does to `b`."""
    if _CODE.fullmatch(a) and _CODE.fullmatch(b):
        return f"/{a}-to-{b}" if way else f"/{min(a, b)}-{max(a, b)}"
    return f"/relation?{urlencode({'a': a, 'b': b} | ({'way': '1'} if way else {}))}"


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

    def query(self, **changed: object) -> str:
        """The filters as the query of an address, with some changed."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | changed
        kept = {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}
        return f"?{urlencode(kept)}" if kept else ""

    def keeps(self, told: Told[Event]) -> bool:
        """Whether an event is asked for."""
        event = told.claim
        return (
            self.type in ("", event.event_type)
            and self.status in ("", event.status)
            and (not self.deeds or (self.deeds == "deeds") == (event.quad_class in (2, 4)))
            and (not self.told or self.told in told.item.sides)
        )


@dataclass(frozen=True, kw_only=True)
class RelationLine:
    """A relation on the first page."""

    relation: Relation
    path: str
    title: str
    temperature: str
    sparkline: str
    last: Told[Event] | None
    disputes: int


@dataclass(frozen=True, kw_only=True)
class RelationPage:
    """One relation, or one direction of it."""

    seen: Look
    filters: Filters
    way: bool
    path: str
    title: str
    headline: str
    months: list[Month]
    timeline: list[Told[Event]]
    shown: int
    pages: int
    facets: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)


def home(store: Store, *, of: str = "", today: str) -> list[RelationLine]:
    """The relations with the latest events first."""
    known = [one for one in store.relations(of=of) if one.events]
    known.sort(key=lambda one: (one.last, one.events), reverse=True)
    return [_relation_line(store, one, today) for one in known[:MOST_RELATIONS]]


def _relation_line(store: Store, one: Relation, today: str) -> RelationLine:
    events = [Told(item=item, claim=item.claim) for item in store.events(one.a, one.b) if isinstance(item.claim, Event)]
    happened = [told for told in events if told.claim.status == "actual" and day_of(told.claim.date) <= today]
    disputes = [item for item in store.items("dispute", one.a, one.b) if getattr(item.claim, "status", "") == "open"]
    seen = Look(a=one.a, b=one.b, since="", until="", today=today, events=events)
    months = seen.months()
    return RelationLine(
        relation=one,
        path=relation_path(one.a, one.b),
        title=f"{words.side(one.a)} and {words.side(one.b)}",
        temperature=warmth(months),
        sparkline=charts.sparkline(months),
        last=happened[-1] if happened else (events[-1] if events else None),
        disputes=len(disputes),
    )


def warmth(months: Sequence[Month]) -> str:
    """The temperature in words, or that the events of the last twelve months of the series are too few to tell."""
    if sum(one.events for one in months[-12:]) < FEW:
        return "too few events to call it warm or cool"
    return state_words(months)


def relation(store: Store, a: str, b: str, filters: Filters, *, way: bool = False) -> RelationPage:
    """One relation with its timeline, newest first, as the filters ask; with `way` only what `a` does to `b`."""
    seen = look(store, a, b, since=filters.since, until=filters.until)
    if way:
        directed = {item.id for item in store.events(a, b, directed=True, since=filters.since, until=filters.until)}
        seen = _narrowed(seen, [told for told in seen.events if told.item.id in directed])
    chosen = [told for told in reversed(seen.events) if filters.keeps(told)]
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(filters.page, 1), pages)
    arrow = " towards " if way else " and "
    return RelationPage(
        seen=seen,
        filters=filters,
        way=way,
        path=relation_path(a, b, way=way),
        title=f"{words.side(a)}{arrow}{words.side(b)}",
        headline=headline(seen),
        months=seen.months(),
        timeline=chosen[(page - 1) * PAGE : page * PAGE],
        shown=len(chosen),
        pages=pages,
        facets=_facets(seen.events),
    )


def _narrowed(seen: Look, events: list[Told[Event]]) -> Look:
    kept = {name: getattr(seen, name) for name in seen.__dataclass_fields__}
    return Look(**kept | {"events": events, "statements": seen.said_by(seen.a)[::-1]})


def headline(seen: Look) -> str:
    """The relation in one line: "Tense, worse than a year before. 14 events this year; the last 12 days ago"."""
    happened = [told for told in seen.happened if told.claim.status == "actual"]
    if not happened:
        return "No event between the two has been recorded yet."
    year = [told for told in happened if day_of(told.claim.date)[:4] == seen.today[:4]]
    months = seen.months()
    said = [words.capital(warmth(months))]
    if months and (words.days_between(f"{months[-1].month}-28", seen.today) or 0) > YEAR:
        said[0] += f", when last heard of in {words.month(months[-1].month)}"
    count = f"{words.counted(len(year), 'event')} this year" if year else "No event this year"
    last = words.ago(day_of(happened[-1].claim.date), seen.today)
    said.append(f"{count}; {words.counted(len(happened), 'event')} in all{f', the last {last}' if last else ''}")
    if seen.met and (past := words.ago(day_of(seen.met[-1].claim.date), seen.today)):
        said.append(f"The two last met or talked {past}")
    return ". ".join(said) + "."


def _facets(events: Sequence[Told[Event]]) -> dict[str, list[tuple[str, str, int]]]:
    """Values of each filter with their plain words and how often they occur."""
    types = Counter(told.claim.event_type for told in events)
    statuses = Counter(told.claim.status for told in events)
    sides = Counter(side for told in events for side in told.item.sides if side)
    return {
        "type": sorted(
            ((key, words.capital(words.type_label(key)), n) for key, n in types.items()), key=lambda one: one[1]
        ),
        "status": [(key, words.status(key), n) for key, n in statuses.most_common()],
        "told": [(key, words.side(key), n) for key, n in sides.most_common()],
    }


def built(shape: Any) -> Any:  # noqa: ANN401  # any shape of the model
    """A shape as JSON-ready values."""
    return msgspec.to_builtins(shape)


def relation_json(page: RelationPage) -> dict[str, Any]:
    """The JSON twin of a relation's page."""
    seen = page.seen
    return {
        "a": seen.a,
        "b": seen.b,
        "direction": page.way,
        "title": page.title,
        "headline": page.headline,
        "today": seen.today,
        "months": [built(one) for one in page.months],
        "events_found": page.shown,
        "page": page.filters.page,
        "pages": page.pages,
        "events": [_told(told) for told in page.timeline],
        **{
            name: [_told(told) for told in getattr(seen, name)]
            for name in ("statements", "agreements", "mechanisms", "disputes", "figures", "intervals", "commitments")
        },
        "documents": [built(line) for line in seen.documents.values()],
    }


def _told(told: Told[Any]) -> dict[str, Any]:
    return {"text": sentence(told.claim), **built(told.item)}


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


def brief_page(store: Store, a: str, b: str, *, since: str = "", until: str = "") -> Any:  # noqa: ANN401
    """The composed brief of a relation."""
    return compose(store, look(store, a, b, since=since, until=until))


def method(store: Store) -> dict[str, Any]:
    """How it works, in figures: what the record holds, the types of events with their scores, the temperature words."""
    ontology = load().tree("ontology/plover.yaml")
    documents = store.documents()
    claims = store.claims()
    kinds = Counter(type(claim).__name__.lower() for claim in claims)
    items = Counter(item.kind for item in store.items())
    return {
        "documents": len(documents),
        "skipped": len(store.skipped()),
        "claims": dict(sorted(kinds.items())),
        "items": dict(sorted(items.items())),
        "coders": sorted({claim.coder for claim in claims if claim.coder}),
        "knowledge": sorted({claim.knowledge for claim in claims if claim.knowledge}),
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
        "parts": _parts(claim),
    }


def _parts(claim: AnyClaim) -> list[tuple[str, str]]:
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
    if isinstance(value, tuple):
        return ", ".join(part for part in map(_said, value) if part)
    if isinstance(value, float):
        return words.number(value)
    return "" if value is None else str(value)


def found(hits: Sequence[Hit]) -> list[tuple[Hit, list[Hit]]]:
    """Hits in their order, those on one sentence of a document together: the first of them, and all."""
    together: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        together.setdefault((hit.document, hit.snippet), []).append(hit)
    return [(group[0], group) for group in together.values()]
