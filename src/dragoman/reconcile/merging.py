"""Merges the claims of one happening into one item that has the best of their fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from dragoman.model import (
    Agreement,
    AnyClaim,
    DateSpan,
    Dispute,
    Entity,
    Event,
    Interval,
    Item,
    Known,
    Link,
    Mechanism,
    Place,
    Statement,
    content_id,
)
from dragoman.reconcile.others import Verdict
from dragoman.reconcile.scoring import score

#: What happened beats what was told as background, that beats what was to happen; see the model on status.
_STATUS = {"actual": 0, "historical": 1, "future": 2, "hypothetical": 3, "negated": 4}
_PRECISION = {"day": 0, "range": 1, "month": 2, "year": 3}
_HOW = {"stated": 0, "relative": 1, "metadata": 2, "office": 3, "inferred": 4, "document": 5}


def best_first(known: Known) -> tuple[object, ...]:
    """The order in which claims are asked for a field: fullest and surest first, earliest known, then by id."""
    claim = known.claim
    status = _STATUS.get(claim.status, 0) if isinstance(claim, Event) else 0
    named = 0
    if isinstance(claim, Event):
        named = sum(bool(one.name) + bool(one.office) for one in (*claim.actors, *claim.recipients))
        named += bool(claim.place) + bool(claim.mode)
    # An unknown day of publication sorts last.
    return status, -named, -claim.confidence, known.published or "9999", claim.id


def merge(cluster: Sequence[Known], verdict: Callable[[Known, Known], Verdict] = score) -> Item:
    """The item that the claims of one happening tell; needs at least one claim. `verdict` says how alike two are."""
    ordered = sorted(cluster, key=best_first)
    best = ordered[0]
    # The reasons stay with the claims; an item that is a mixture of several would tell them wrongly.
    claim = replace(_filled(ordered), why=())
    kind = str(claim.__struct_config__.tag)
    return Item(
        id=content_id("item", kind, min(one.claim.id for one in cluster)),
        kind=kind,
        claim=claim,
        links=tuple(_link(one, best, ordered, verdict) for one in ordered),
        # Documents of no known source count each for itself.
        sources=tuple(sorted({one.source or one.claim.evidence.document for one in cluster})),
        sides=tuple(sorted({one.side for one in cluster if one.side})),
        first_known=min((one.published for one in cluster if one.published), default=""),
        stories=len({one.story or one.claim.evidence.document for one in cluster}),
    )


def _link(one: Known, best: Known, ordered: Sequence[Known], verdict: Callable[[Known, Known], Verdict]) -> Link:
    document = one.claim.evidence.document
    if one is best:
        reason = "The only account." if len(ordered) == 1 else "The fullest account, to which the others are compared."
        return Link(claim=one.claim.id, document=document, score=1.0, reason=reason)
    others = [(*verdict(one, other), other.claim.id) for other in ordered if other is not one]
    value, reason, nearest = max(others, key=lambda found: (found[0], found[2] == best.claim.id, found[2]))
    if nearest != best.claim.id:
        reason = f"{reason} Compared with {nearest}."
    return Link(claim=one.claim.id, document=document, score=value, reason=reason)


def _filled(ordered: Sequence[Known]) -> AnyClaim:
    best = ordered[0].claim
    claims = [one.claim for one in ordered]
    match best:
        case Event():
            return _event(best, [one for one in claims if isinstance(one, Event)])
        case Statement():
            quotes = [one.quote for one in claims if isinstance(one, Statement) and one.quote]
            dates = [one.date for one in claims if isinstance(one, Statement)]
            return replace(best, quote=best.quote or max(quotes, key=len, default=""), date=_date(dates))
        case Agreement():
            same = [one for one in claims if isinstance(one, Agreement)]
            return replace(
                best,
                name=max((one.name for one in same), key=lambda name: (len(name), name)),
                date=_date([one.date for one in same]),
                place=_place([one.place for one in same]),
                status=_latest([known for known in ordered if isinstance(known.claim, Agreement)]),
                subject=max((one.subject for one in same), key=lambda text: (len(text), text)),
            )
        case Mechanism():
            channels = [one for one in claims if isinstance(one, Mechanism)]
            sessions = {span.start: span for one in channels for span in one.sessions}
            return replace(
                best,
                level=_first([one.level for one in channels]),
                frequency=_first([one.frequency for one in channels]),
                parent=_first([one.parent for one in channels]),
                count=max((one.count for one in channels if one.count is not None), default=None),
                sessions=tuple(sessions[day] for day in sorted(sessions)),
                since=_earliest([one.since for one in channels]),
                held=max((one.held for one in channels if one.held is not None), default=None),
            )
        case Dispute():
            matters = [one for one in claims if isinstance(one, Dispute)]
            return replace(
                best,
                since=_earliest([one.since for one in matters]),
                unanswered_since=_earliest([one.unanswered_since for one in matters]),
            )
        case Interval():
            return replace(best, since=_date([one.since for one in claims if isinstance(one, Interval)]))
    return best


def _event(best: Event, claims: list[Event]) -> Event:
    # Dates and places of a plan do not overrule those of the deed.
    same = [one for one in claims if one.status == best.status]
    # Within one account the man of that state is another than the state: "Russia refused to hand over X".
    entities = [entity for one in claims if one is not best for entity in (*one.actors, *one.recipients)]
    mode = best.mode or _first([one.mode for one in same if one.event_type == best.event_type])
    scored = next((one for one in same if one.mode == mode and one.event_type == best.event_type), best)
    return replace(
        best,
        mode=mode,
        score=scored.score,
        cameo=_finest([one.cameo for one in same if one.event_type == best.event_type]) or best.cameo,
        contexts=tuple(sorted({context for one in same for context in one.contexts})),
        actors=tuple(_named(one, entities) for one in best.actors),
        recipients=tuple(_named(one, entities) for one in best.recipients),
        date=_date([one.date for one in same]),
        due=best.due or _date([one.due for one in same]),
        place=_place([one.place for one in same]),
    )


def _named(entity: Entity, others: list[Entity]) -> Entity:
    """The entity, with name and office from another account where this one tells only the state."""
    if entity.office or not entity.country:
        return entity
    offices = {(one.name, one.office, one.sectors) for one in others if one.country == entity.country and one.office}
    # Two persons of one state in other accounts: which of them is meant cannot be told.
    if len({name for name, _, _ in offices}) != 1:
        return entity
    name, office, sectors = min(offices)
    return replace(entity, name=name, office=office, sectors=sectors)


def _date(dates: Sequence[DateSpan | None]) -> DateSpan | None:
    """The most specific date: the finest, then the best known, then the earliest."""
    known = [date for date in dates if date]
    return min(
        known,
        key=lambda one: (_HOW[one.how] == 5, _PRECISION[one.precision], _HOW[one.how], one.start, one.text),
        default=None,
    )


def _earliest(dates: Sequence[DateSpan | None]) -> DateSpan | None:
    return min((date for date in dates if date), key=lambda one: (one.start, one.end, one.text), default=None)


def _place(places: Sequence[Place | None]) -> Place | None:
    known = [one for one in places if one]
    return max(
        known,
        key=lambda one: (one.lat is not None, bool(one.name), bool(one.country), one.text),
        default=None,
    )


def _first(texts: Sequence[str]) -> str:
    return next((text for text in texts if text), "")


def _finest(codes: Sequence[str]) -> str:
    return max(codes, key=lambda code: (len(code), code), default="")


#: The life of an instrument, from first word to end.
_LIFE = (
    "",
    "announced",
    "not yet in force",
    "signed",
    "adopted",
    "ratified",
    "in force",
    "suspended",
    "ended",
)


def _latest(told: Sequence[Known]) -> str:
    """The status told for the latest day (its own, else that of publication), the furthest where days are equal."""
    states: list[tuple[str, int, str]] = []
    for known in told:
        claim = known.claim
        if isinstance(claim, Agreement) and claim.status:
            day = claim.date.start if claim.date and claim.date.how != "document" else known.published
            states.append((day, _LIFE.index(claim.status) if claim.status in _LIFE else 0, claim.status))
    return max(states)[2] if states else ""
