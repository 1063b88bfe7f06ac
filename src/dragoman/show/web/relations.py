"""What the first page and the pages of a relation show, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.measure import Month, Turn, turns
from dragoman.model import Event
from dragoman.record import Relation, Store
from dragoman.show import charts, words
from dragoman.show.brief import FEW, YEAR, state_words
from dragoman.show.look import Look, Told, day_of, look, order_of
from dragoman.show.web.views import PAGE, Filters, built, relation_path, sentence

#: Relations on the first page.
MOST_RELATIONS = 48


@dataclass(frozen=True, kw_only=True)
class RelationLine:
    """A relation on the first page; `lately` counts its events in the last weeks that the record tells of.

    `waiting` are the days for which its oldest open dispute has been open; `span` are its months in words.
    """

    relation: Relation
    path: str
    title: str
    temperature: str
    sparkline: str
    last: Told[Event] | None
    disputes: int
    waiting: int | None
    lately: int = 0
    span: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A relation or one direction of it, looked at once: what the record holds, its months and its turns."""

    look: Look
    way: bool
    months: tuple[Month, ...]
    turns: tuple[Turn, ...]
    headline: str

    @property
    def title(self) -> str:
        """The relation's name: "United Kingdom and Russia", or with "towards"."""
        return f"{words.side(self.look.a)}{' towards ' if self.way else ' and '}{words.side(self.look.b)}"

    def path(self, *, tab: str = "", form: str = "", **query: object) -> str:
        """The address of this relation or of a tab of it."""
        return relation_path(self.look.a, self.look.b, way=self.way, tab=tab, form=form, **query)


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """One page of the events that the filters ask for, newest first."""

    events: list[Told[Event]]
    shown: int
    page: int
    pages: int
    facets: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)


def home(
    known: Iterable[Relation],
    *,
    of: str = "",
    news: Mapping[tuple[str, str], int] | None = None,
    lately: Mapping[tuple[str, str], int] | None = None,
) -> list[Relation]:
    """The relations for the first page: those with most `news` first, then with most events `lately`, then of all."""
    told, late = news or {}, lately or {}
    found = [one for one in known if one.events and of in ("", one.a, one.b)]
    found.sort(key=lambda one: (told.get((one.a, one.b), 0), late.get((one.a, one.b), 0), one.events), reverse=True)
    return found[:MOST_RELATIONS]


def relation_line(store: Store, one: Relation, today: str) -> RelationLine:
    """The line of a relation on the first page."""
    events = [Told(item=item, claim=item.claim) for item in store.events(one.a, one.b) if isinstance(item.claim, Event)]
    seen = Look(a=one.a, b=one.b, since="", until="", today=today, events=events)
    happened = [told for told in seen.happened if told.claim.status == "actual"]
    disputes = [
        item.claim for item in store.items("dispute", one.a, one.b) if getattr(item.claim, "status", "") == "open"
    ]
    months = seen.months()
    days = [words.days_between(day_of(getattr(claim, "since", None)), today) for claim in disputes]
    return RelationLine(
        relation=one,
        path=relation_path(one.a, one.b),
        title=f"{words.side(one.a)} and {words.side(one.b)}",
        temperature=warmth(months),
        sparkline=charts.sparkline(months) if sum(month.events for month in months[-12:]) >= FEW else "",
        last=happened[-1] if happened else (events[-1] if events else None),
        disputes=len(disputes),
        waiting=max((day for day in days if day), default=None),
        span=words.stretch(f"{months[0].month}-01", f"{months[-1].month}-01") if months else "",
    )


def home_json(lines: Sequence[RelationLine], news: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """The JSON twin of the first page."""
    return {
        "relations": [
            built(one.relation)
            | {
                "title": one.title,
                "path": one.path,
                "temperature": one.temperature,
                "open_disputes": one.disputes,
                "days_open": one.waiting,
                "new": news.get((one.relation.a, one.relation.b), 0),
                "lately": one.lately,
                "last_event": sentence(one.last.claim) if one.last else None,
            }
            for one in lines
        ]
    }


_TOO_FEW = "too few events to say"


def warmth(months: Sequence[Month]) -> str:
    """The temperature in words, or that the events of the last twelve months of the series are too few to tell."""
    if sum(one.events for one in months[-12:]) < FEW:
        return _TOO_FEW
    return state_words(months)


def seen(store: Store, a: str, b: str, *, since: str = "", until: str = "", way: bool = False) -> Seen:
    """One relation looked at; with `way` only what `a` does and says towards `b`. Raises UsageError as `look` does."""
    found = look(store, a, b, since=since, until=until)
    if way:
        directed = {item.id for item in store.events(a, b, directed=True, since=since, until=until)}
        kept = {name: getattr(found, name) for name in found.__dataclass_fields__}
        events = [told for told in found.events if told.item.id in directed]
        found = Look(**kept | {"events": events, "statements": found.said_by(found.a)[::-1]})
    months = tuple(found.months())
    turned = tuple(turns(told.item for told in found.happened))
    return Seen(look=found, way=way, months=months, turns=turned, headline=headline(found, months, turned))


def headline(found: Look, months: Sequence[Month], turned: Sequence[Turn]) -> str:
    """The relation in one line: "Tense, colder since March 2018. 14 events this year; the last 12 days ago"."""
    happened = [told for told in found.happened if told.claim.status == "actual"]
    if not happened:
        return "No event between the two has been recorded yet."
    year = [told for told in happened if day_of(told.claim.date)[:4] == found.today[:4]]
    word, _, change = warmth(months).partition(", ")
    old = months and (words.days_between(f"{months[-1].month}-28", found.today) or 0) > YEAR
    few = word == _TOO_FEW
    heard = f" when last heard of in {words.month(months[-1].month)}" if old and not few else ""
    stood = [f"{words.capital(word)}{' how things stand' if few else ''}{heard}"]
    stood += [change] if change else []
    if turned:
        last = turned[-1]
        stood.append(f"{'warmer' if last.after > last.before else 'colder'} since {words.month(last.day)}")
    said = [", ".join(stood)]
    count = f"{words.counted(len(year), 'event')} this year" if year else "No event this year"
    ago = words.ago(day_of(happened[-1].claim.date), found.today)
    said.append(f"{count}; {words.counted(len(happened), 'event')} in all{f', the last {ago}' if ago else ''}")
    if found.met and (past := words.ago(day_of(found.met[-1].claim.date), found.today)):
        said.append(f"They last met or talked {past}")
    return ". ".join(said) + "."


def timeline(events: Sequence[Told[Event]], filters: Filters) -> Timeline:
    """One page of the events that the filters ask for, newest first, with what can be asked for."""
    chosen = sorted((told for told in events if filters.keeps(told)), key=order_of, reverse=True)
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(filters.page, 1), pages)
    return Timeline(
        events=chosen[(page - 1) * PAGE : page * PAGE],
        shown=len(chosen),
        page=page,
        pages=pages,
        facets=_facets(events),
    )


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


def relation_json(one: Seen, shown: Timeline) -> dict[str, Any]:
    """The JSON twin of a relation's page."""
    held = one.look
    return {
        "a": held.a,
        "b": held.b,
        "direction": one.way,
        "title": one.title,
        "headline": one.headline,
        "today": held.today,
        "months": [built(month) for month in one.months],
        "turns": [built(turn) for turn in one.turns],
        "events_found": shown.shown,
        "page": shown.page,
        "pages": shown.pages,
        "events": [told_json(told) for told in shown.events],
        **{
            name: [told_json(told) for told in getattr(held, name)]
            for name in ("statements", "agreements", "mechanisms", "disputes", "figures", "intervals", "commitments")
        },
        "documents": [built(line) for line in held.documents.values()],
    }


def told_json(told: Told[Any]) -> dict[str, Any]:
    """An item with its sentence in plain words."""
    return {"text": sentence(told.claim), **built(told.item)}
