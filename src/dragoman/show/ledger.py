"""What stands between sides on a day, from the record: promises, channels, instruments, disputes, figures, counters."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from dragoman.measure.amounts import Amounts, amounts
from dragoman.measure.channels import Channel, channels
from dragoman.measure.counters import Counter
from dragoman.measure.elapsed import Checked, checked, running
from dragoman.measure.lives import Stage, life
from dragoman.measure.matters import Matter, matters, suggested
from dragoman.measure.promises import Promise, promises
from dragoman.model import Agreement, AnyClaim, Dispute, Item, Judgement, Shape, parties
from dragoman.record import DocumentLine, Glance, Store
from dragoman.show.judging import TAKEN_BACK, standing


class Instrument(Shape, frozen=True, kw_only=True):
    """An agreement with its status over time, as all documents of the record tell it."""

    item: str
    name: str
    agreement_kind: str
    parties: tuple[str, ...]
    status: str
    date: str
    subject: str
    stages: tuple[Stage, ...]


def today() -> str:
    """The day on which counters count when no other is named, in UTC."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def due(store: Store, a: str = "", b: str = "", *, on: str = "") -> list[Promise]:
    """Commitments (of everybody, of a side, between two) with what became of them by a day; those due first."""
    return promises(store.items("commitment", a, b), store.items("event", a, b), today=on or today())


def kept_channels(store: Store, a: str = "", b: str = "", *, on: str = "") -> list[Channel]:
    """Mechanisms with their sessions, when they last met and are due."""
    return channels(store.items("mechanism", a, b), store.items("event", a, b), today=on or today())


def instruments(store: Store, a: str = "", b: str = "") -> list[Instrument]:
    """Agreements with their status over time; the latest stage is the status."""
    items = store.items("agreement", a, b)
    known = lines_of(store, (link.document for item in items for link in item.links))
    published = {name: line.published.start if line.published else "" for name, line in known.items()}
    return [_instrument(store, item, published) for item in items]


def lines_of(store: Store, documents: Iterable[str]) -> dict[str, DocumentLine]:
    """The lines of some documents by their ids; a record over the network, which has no glances, is asked for all."""
    wanted = set(documents)
    if hasattr(store, "engine"):
        return Glance(store).lines(wanted)
    return {line.id: line for line in store.documents() if line.id in wanted}


def _instrument(store: Store, item: Item, published: dict[str, str]) -> Instrument:
    claim = item.claim
    if not isinstance(claim, Agreement):
        raise TypeError(f"{item.id} is a {item.kind}, no agreement")
    told: list[tuple[AnyClaim, str]] = []
    for link in item.links:
        one = store.claim(link.claim)
        if one is not None:
            told.append((one, published.get(link.document, "")))
    stages = life(told)
    return Instrument(
        item=item.id, name=claim.name, agreement_kind=claim.agreement_kind, parties=parties(claim)[0],
        status=stages[-1].status if stages else claim.status, date=claim.date.start if claim.date else "",
        subject=claim.subject, stages=tuple(stages),
    )  # fmt: skip


def open_matters(store: Store, a: str = "", b: str = "", *, on: str = "", suggesting: bool = False) -> list[Matter]:
    """Disputes with both sides' latest words and the days unanswered, and who confirmed them.

    Suggested ones too between two sides, or when `suggesting`; not those that a person dismissed.
    """
    events = store.items("event", a, b)
    day = on or today()
    items = store.items("dispute", a, b)
    log = store.judgements() if items else []
    found = [
        _confirmed(one, items, log) for one in matters(items, [*store.items("statement", a, b), *events], today=day)
    ]
    if not ((a and b) or suggesting):
        return found
    told = frozenset((one.claim.evidence.document, one.claim.evidence.start) for one in items)
    return [*found, *suggested(events, found, today=day, dismissed=_dismissed(store, items), told=told)]


def _confirmed(matter: Matter, items: Iterable[Item], log: Iterable[Judgement]) -> Matter:
    """A dispute with the last person who said that it is one."""
    item = next(one for one in items if one.id == matter.item)
    claims = {link.claim for link in item.links}
    last = standing([one for one in log if one.claim in claims])
    said = [one.by for one in log if last.get(one.claim) == one and one.by != "recode"]
    said = said or [by for by in [item.claim.coder.removeprefix("by hand: ")] if by != item.claim.coder]
    return msgspec.structs.replace(matter, confirmed_by=said[-1]) if said else matter


def _dismissed(store: Store, items: Iterable[Item]) -> list[tuple[str, tuple[str, ...]]]:
    """Names and sides of disputes that a person dismissed."""
    found = [item.claim for item in items if isinstance(item.claim, Dispute) and item.claim.status == "dismissed"]
    for name, last in standing(store.judgements()).items():
        claim = store.claim(name) if last.verdict == "wrong" and not last.why.startswith(TAKEN_BACK) else None
        if isinstance(claim, Dispute):
            found.append(claim)
    return [(one.name, parties(one)[0]) for one in found]


def figure_series(store: Store, a: str = "", b: str = "") -> list[Amounts]:
    """Series of figures with what accounts disagree on."""
    return amounts(store.items("figure", a, b))


def counters(store: Store, a: str, b: str, *, on: str = "") -> list[Counter]:
    """The running counters of a relation on a day."""
    day = on or today()
    kinds = ("event", "agreement", "statement")
    return running((item for kind in kinds for item in store.items(kind, a, b, until=day)), today=day)


def intervals(store: Store, a: str = "", b: str = "") -> list[Checked]:
    """Claims of elapsed time with whether the record bears them out."""
    return checked(store.items("interval", a, b), store.items("event", a, b))


#: Kinds of items whose exports and explanations hold more than the claim: what the record makes of them today.
_MORE: dict[str, Callable[[Store], Iterable[Any]]] = {
    "commitment": due,
    "mechanism": kept_channels,
    "agreement": instruments,
    "dispute": open_matters,
    "interval": intervals,
}
_ALSO = {
    "commitment": ("state", "reason", "event", "days"),
    "mechanism": ("sessions", "held", "last_met", "next_due", "overdue"),
    "agreement": ("status", "stages"),
    "dispute": ("since", "positions", "waiting", "unanswered", "confirmed_by"),
    "interval": ("verdict", "reason", "event"),
}


def more(store: Store, kind: str) -> dict[str, dict[str, Any]]:
    """What the record makes of each item of a kind, by the item's id; nothing for kinds that have no more."""
    if kind not in _MORE:
        return {}
    plain = (msgspec.to_builtins(one) for one in _MORE[kind](store))
    return {one["item"]: {name: one[name] for name in _ALSO[kind]} for one in plain}


# -- lines for a terminal


def lines(found: Iterable[Shape], *, format: str = "text") -> Iterator[str]:  # noqa: A002
    """Anything of the above, one object a line as JSON, or in words."""
    for one in found:
        if format == "jsonl":
            yield msgspec.json.encode(one).decode()
        else:
            yield from _words(one)


def _words(one: Shape) -> Iterator[str]:
    match one:
        case Promise():
            when = one.due or "no day named"
            to = f" to {', '.join(one.to_whom)}" if one.to_whom else ""
            yield f"{when:12}  {one.state}: {', '.join(one.who)}{to}: {one.what}  {one.item}"
            yield f"              {one.reason}"
        case Channel():
            kind = _joined(one.mechanism_kind, one.level, one.frequency)
            yield f"{' '.join(one.parties)}  {one.name} ({kind})  {one.item}"
            met = f"last met {one.last_met}" if one.last_met else "never met in the record"
            following = f", next due {one.next_due}" if one.next_due else ""
            overdue = f", {one.overdue} days overdue" if one.overdue else ""
            yield f"    {met}{following}{overdue}; {_sessions(one)}"
        case Instrument():
            yield f"{' '.join(one.parties)}  {one.name} ({_joined(one.agreement_kind, one.status)})  {one.item}"
            for stage in one.stages:
                yield f"    {stage.day or 'undated':10}  {stage.status}: “{_short(stage.words)}”"
        case Matter():
            since = f", since {one.since} ({one.days} days)" if one.since else ""
            sure = f", confirmed by {one.confirmed_by}" if one.confirmed_by else ""
            yield f"{one.name}: {', '.join(one.parties)}, {one.status}{sure}{since}  {one.item or one.suggestion}"
            for position in one.positions:
                yield f"    {position.day}  {position.side} {position.stance or 'says'}: “{_short(position.words)}”"
            if one.waiting:
                yield f"    {one.waiting} has waited {one.unanswered} days for an answer"
        case Amounts():
            yield f"{' '.join(one.parties)}  {one.measure}, {one.unit}{', change' if one.change else ''}"
            for point in one.points:
                numbers = " / ".join(f"{number:,.10g}" for number in point.numbers)
                yield f"    {point.period or 'no period':10}  {numbers}{'  accounts differ' if point.disagree else ''}"
        case Counter():
            yield f"{one.days:6}  days since {one.of}, {one.since.start}  {one.item}"
        case Checked():
            yield f"{one.since}  {one.verdict}: “{_short(one.said)}”  {one.item}"
            yield f"            {one.reason}"


def _sessions(channel: Channel) -> str:
    known = f"{len(channel.sessions)} session{'' if len(channel.sessions) == 1 else 's'} in the record"
    return f"{known}, {channel.held} by its own count" if channel.held else known


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) < 160 else words[:157].rsplit(" ", 1)[0] + " …"  # a line
