"""Says where a claim has to be looked for: its blocks, and the days on which the same happening may be told.

Two claims are compared only when they share a block and their days meet, so a block must hold everything that must
agree for two claims to be of one happening. An event of several sides stands in a block for each pair of them.
"""

from __future__ import annotations

import datetime
from itertools import combinations

from dragoman.model import (
    Agreement,
    AnyClaim,
    Commitment,
    DateSpan,
    Dispute,
    Event,
    Figure,
    Interval,
    Mechanism,
    Statement,
    content_id,
    parties,
    party,
)
from dragoman.reconcile.sides import all_sides, other_names
from dragoman.reconcile.words import content_words, has_word

#: Days by which two accounts of one happening may differ, by PLOVER type. Talk is dated by the day of the report as
#: often as by its own, and a meeting may last; an attack is one of many, and the next day brings another.
WINDOWS: dict[str, int] = {
    "CONSULT": 2,
    "AGREE": 3,
    "SUPPORT": 3,
    "CONCEDE": 3,
    "COOPERATE": 5,
    "AID": 5,
    "RETREAT": 3,
    "REQUEST": 2,
    "ACCUSE": 2,
    "REJECT": 2,
    "THREATEN": 2,
    "PROTEST": 2,
    "SANCTION": 3,
    "MOBILIZE": 3,
    "COERCE": 2,
    "ASSAULT": 1,
}
DEFAULT_WINDOW = 2
#: A visit lasts, and every day of it is reported.
VISIT_WINDOW = 4
AGREEMENT_WINDOW = 30
STATEMENT_WINDOW = 7

#: Days of claims that carry no date, or whose date does not tell them apart.
ANY_DAY = (0, 4_000_000)

Place = tuple[tuple[str, ...], int, int]

#: Of so many sides each pair has a block of its own; beyond, only gatherings of the very same sides are compared.
MOST_SIDES = 5


def ordinal(day: str) -> int | None:
    """The number of an ISO day, or none when it is no day."""
    try:
        return datetime.date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def days(span: DateSpan | None) -> tuple[int, int] | None:
    """First and last day of a span as numbers, or none."""
    if span is None:
        return None
    first, last = ordinal(span.start), ordinal(span.end)
    if first is None or last is None:
        return None
    return min(first, last), max(first, last)


def told_type(event: Event) -> str:
    """The type of the happening that an event tells of: for a bare schedule, the deed that is due."""
    return event.of.event_type if event.status == "future" and event.of else event.event_type


def window(event_type: str, mode: str = "") -> int:
    """The days by which two accounts of an event of that type may differ."""
    return VISIT_WINDOW if mode == "visit" else WINDOWS.get(event_type, DEFAULT_WINDOW)


def place(claim: AnyClaim, published: str = "") -> Place:
    """The blocks of a claim, and the first and last day on which it may be told; `published` dates the undated."""
    match claim:
        case Event():
            return _event(claim)
        case Statement():
            return _statement(claim, published)
        case Agreement():
            if claim.status not in MADE:
                return (_block(claim),), *ANY_DAY  # the day of a ratification or an end is not that of the instrument
            return (_block(claim),), *_reach(days(claim.date), AGREEMENT_WINDOW)
        case Figure():
            amount = f"{claim.value}|{claim.change}|{claim.unit}|{claim.period}"
            return (f"{_block(claim)}|{claim.measure}|{amount}",), *ANY_DAY
        case Interval():
            return (f"{_block(claim)}|{claim.count}|{claim.unit}",), *_reach(days(claim.since), 3)
        case Mechanism() | Dispute() | Commitment():
            return (_block(claim),), *ANY_DAY
    return (claim.id,), *ANY_DAY


#: The statuses whose day is that of the instrument itself.
MADE = frozenset({"", "announced", "signed", "adopted"})


def _reach(span: tuple[int, int] | None, slack: int) -> tuple[int, int]:
    # Half to each side: two claims meet when their days are at most `slack` apart.
    return (span[0] - (slack // 2), span[1] + slack - slack // 2) if span else ANY_DAY


def _block(claim: AnyClaim) -> str:
    first, second = parties(claim)
    kind = str(claim.__struct_config__.tag)
    if not first and not second:
        return f"{kind}|alone|{claim.id}"
    return f"{kind}|{','.join(first)}>{','.join(second)}"


def lasting(event: Event) -> str:
    """The word for what goes on for months and is one ("invasion"), with the year; empty where it is nothing such."""
    word = event.trigger.text.casefold() if event.trigger else ""
    if " " in word or not word or event.date is None or not has_word(word, "lasting"):
        return ""
    return f"{word} of {event.date.start[:4]}"


def _event(event: Event) -> Place:
    sides = sorted(all_sides(event))
    if not sides:
        return (f"event|alone|{event.id}",), *ANY_DAY
    # What did not happen, or only might, is never the same as what did.
    group = event.status if event.status in ("negated", "hypothetical") else "real"
    pairs = [",".join(sides)]
    if 2 < len(sides) <= MOST_SIDES:
        pairs += [",".join(pair) for pair in combinations(sides, 2)]
    if group == "real" and (word := lasting(event)):
        return tuple(f"event|{told_type(event)}|{word}|{pair}" for pair in pairs), *ANY_DAY
    pairs += [",".join(sorted(other)) for other in other_names(event)]
    span = days(event.due if event.status == "future" and event.due else event.date)
    end = "" if span else "|undated"
    wanted = tuple(f"event|{told_type(event)}|{group}|{pair}{end}" for pair in pairs)
    if span is None:
        return wanted, *ANY_DAY
    mode = event.of.mode if event.status == "future" and event.of else event.mode
    return wanted, *_reach(span, window(told_type(event), mode or ""))


def _statement(claim: Statement, published: str) -> Place:
    speaker = party(claim.speaker) if claim.speaker else ""
    words = sorted(content_words(claim.quote or claim.content))
    if not words:
        return (f"statement|alone|{claim.id}",), *ANY_DAY
    # The least of the hashes of the words is the same for two texts as often as they share words (MinHash with one
    # hash): copies of a sentence always meet, a speaker's other sentences seldom do.
    least = min(content_id(word) for word in words)
    span = days(claim.date)
    day = ordinal(published)
    if span is None and day is not None:
        span = (day, day)
    return (f"statement|{speaker}|{least}",), *_reach(span, STATEMENT_WINDOW)
