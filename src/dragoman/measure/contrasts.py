"""Where two sides' accounts of one thing contradict each other: day, number, whether it happened, who is to blame.

Two claims are of one thing when they are one item, or of one kind, type and parties, days apart and of like words.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Sequence

from dragoman.knowledge import load
from dragoman.measure.amounts import ROUNDED
from dragoman.measure.likeness import stems
from dragoman.model import AnyClaim, DateSpan, Entity, Event, Figure, Shape, Statement, parties, party

#: Two accounts are of one happening when their days lie so near and their words are so alike.
NEAR, ALIKE = 10, 0.34
#: Blame is exchanged within so many days, over what so much of the words speaks of; shots are returned within so many.
ANSWERED, OVER, RETURNED = 45, 0.2, 3
_VIOLENT = 4
_DENIALS = frozenset({"denies", "rejects"})
_BLAMES = frozenset({"accuses", "condemns"})
_TOLD = frozenset({"actual", "historical"})


class Told(Shape, frozen=True, kw_only=True):
    """A claim with its item, the side of its document, and the day on which that was published."""

    item: str
    claim: AnyClaim
    side: str
    published: str = ""


def contrasts(ours: Sequence[Told], theirs: Sequence[Told]) -> Iterator[tuple[str, Told, Told]]:
    """What each two accounts of two sides contradict each other in (`day`, `number`, `whether`, `blame`)."""
    seen: set[tuple[str, str, str]] = set()
    pairs = ((what, one, other) for one in ours for other in theirs for what in _of_one_thing(one, other))
    for what, one, other in (*pairs, *_blames(ours, theirs)):
        # an event and a statement of one sentence say it once
        key = (what, one.claim.evidence.text, other.claim.evidence.text)
        if key not in seen:
            seen.add(key)
            yield what, one, other


def _of_one_thing(one: Told, other: Told) -> tuple[str, ...]:
    match one.claim, other.claim:
        case Event() as mine, Event() as others:
            return _events(one, mine, other, others)
        case Figure() as mine, Figure() as others:
            return ("number",) if _figures(mine, others) else ()
        case (Event() as mine, Statement() as said):
            return ("whether",) if _denied(one, mine, other, said) else ()
        case (Statement() as said, Event() as mine):
            return ("whether",) if _denied(other, mine, one, said) else ()
    return ()


def _events(one: Told, mine: Event, other: Told, theirs: Event) -> tuple[str, ...]:
    sides = {*parties(mine)[0], *parties(mine)[1]} == {*parties(theirs)[0], *parties(theirs)[1]}
    mutual = mine.event_type == "CONSULT"
    if mine.event_type != theirs.event_type or not (parties(mine) == parties(theirs) or (mutual and sides)):
        return ()
    if mine.mode != theirs.mode and mine.mode and theirs.mode:
        return ()
    alike = one.item == other.item or _alike(mine, theirs) >= ALIKE
    if not alike or not _near(_day(one), _day(other), NEAR):
        return ()
    told, denied = {mine.status, theirs.status} & _TOLD, "negated" in {mine.status, theirs.status}
    if told and denied:
        return ("whether",)
    if mine.status != theirs.status and not {mine.status, theirs.status} <= _TOLD:
        return ()
    day = mine.date is not None and theirs.date is not None and _apart(mine.date, theirs.date)
    number = _counted_otherwise(mine.evidence.text, theirs.evidence.text)
    return ("day",) * day + ("number",) * number


def _apart(one: DateSpan, other: DateSpan) -> bool:
    """Whether two stated days differ and still lie so near that one happening is meant."""
    if one.how == "document" or other.how == "document" or one.precision != "day" or other.precision != "day":
        return False
    apart = abs((datetime.date.fromisoformat(one.start) - datetime.date.fromisoformat(other.start)).days)
    # a visit of several days is told under any of them
    return 0 < apart <= NEAR and not (one.start <= other.end and other.start <= one.end)


def _figures(mine: Figure, theirs: Figure) -> bool:
    same = (mine.measure, mine.unit, mine.period, parties(mine)) == (
        theirs.measure,
        theirs.unit,
        theirs.period,
        parties(theirs),
    )
    numbers = [x if x is not None else y for x, y in ((mine.value, mine.change), (theirs.value, theirs.change))]
    if not same or numbers[0] is None or numbers[1] is None:
        return False
    most = max(abs(numbers[0]), abs(numbers[1]))
    return bool(most) and abs(numbers[0] - numbers[1]) / most > ROUNDED


def _denied(told: Told, event: Event, said: Told, denial: Statement) -> bool:
    """Whether one side denies a deed of its own that the other tells."""
    if event.status not in _TOLD or denial.stance not in _DENIALS or said.side not in parties(event)[0]:
        return False
    if denial.speaker is None or party(denial.speaker) != said.side or told.side == said.side:
        return False
    return _alike(event, denial) >= ALIKE and _near(_day(told), _day(said), ANSWERED)


# -- blame


def _blames(ours: Sequence[Told], theirs: Sequence[Told]) -> Iterator[tuple[str, Told, Told]]:
    """Accusations that answer each other: of like words, or of one fight that each says the other began."""
    used: set[str] = set()
    for one in ours:
        found: list[tuple[float, Told]] = []
        for other in theirs:
            if other.item in used or other.item == one.item:
                continue
            if _began(one, other):
                found.append((1.0, other))
            elif _blamed(one, other.side) and _blamed(other, one.side) and _near(_day(one), _day(other), ANSWERED):
                alike = max(_alike(one.claim, other.claim), _alike(other.claim, one.claim))
                if alike >= OVER:
                    found.append((alike, other))
        if found:
            best = max(found, key=lambda pair: (pair[0], pair[1].item))[1]
            used.add(best.item)
            yield "blame", one, best


def _blamed(one: Told, whom: str) -> bool:
    """Whether a claim lays blame on a side: an accusation, or a deed of violence told of it by the other."""
    claim = one.claim
    if isinstance(claim, Event):
        accuses = claim.event_type == "ACCUSE" and whom in parties(claim)[1]
        return claim.status in _TOLD and (accuses or (claim.quad_class == _VIOLENT and parties(claim)[0] == (whom,)))
    if not isinstance(claim, Statement) or claim.stance not in _BLAMES or claim.speaker is None:
        return False
    return party(claim.speaker) == one.side and (claim.addressee is None or party(claim.addressee) in {whom, ""})


def _began(one: Told, other: Told) -> bool:
    """Whether each side tells of one fight as a deed of the other."""
    mine, theirs = one.claim, other.claim
    if not isinstance(mine, Event) or not isinstance(theirs, Event):
        return False
    violent = mine.quad_class == theirs.quad_class == _VIOLENT and {mine.status, theirs.status} <= _TOLD
    crossed = parties(mine) == ((other.side,), (one.side,)) and parties(theirs) == ((one.side,), (other.side,))
    return violent and crossed and mine.event_type == theirs.event_type and _near(_day(one), _day(other), RETURNED)


# -- what is compared


def _day(one: Told) -> str:
    date = getattr(one.claim, "date", None)
    return date.start if isinstance(date, DateSpan) else one.published


def _near(one: str, other: str, days: int) -> bool:
    if not one or not other:
        return False
    return abs((datetime.date.fromisoformat(one) - datetime.date.fromisoformat(other)).days) <= days


def _alike(one: AnyClaim, other: AnyClaim) -> float:
    """The share of the words of the shorter of two texts that the other has too, names of those who act left out."""
    named = _names(one) | _names(other)
    mine, theirs = stems(one.evidence.text) - named, stems(other.evidence.text) - named
    least = min(len(mine), len(theirs))
    return len(mine & theirs) / least if least else 0.0


def _names(claim: AnyClaim) -> frozenset[str]:
    entities: list[Entity] = []
    for name in ("actors", "recipients", "parties"):
        entities.extend(getattr(claim, name, ()))
    entities.extend(one for name in ("speaker", "addressee") if (one := getattr(claim, name, None)) is not None)
    return frozenset(stem for one in entities for stem in stems(f"{one.name} {one.text}"))


@functools.lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    words = [word for word in load().tree("patterns/en/quantities.yaml")["numbers"] if word.isalpha() and len(word) > 2]
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+|{either})\s+(?P<what>(?:[\w’'-]+\s+){{0,2}}[a-z][\w’'-]*)",
        re.IGNORECASE,
    )


def counts(text: str) -> dict[str, set[float]]:
    """What a text counts, by the beginnings of the words behind each number; years, days and shares are no counts."""
    numbers = load().tree("patterns/en/quantities.yaml")["numbers"]
    found: dict[str, set[float]] = {}
    for match in _number().finditer(text):
        word = match["number"].lower()
        value = float(numbers[word]) if word in numbers else float(word.replace(",", ""))
        if _YEAR.fullmatch(word) or _NO_COUNT.match(match["what"]) or word in {"the", "an"}:
            continue
        behind = re.split(
            r"\s+(?:of|in|on|from|to|at|for|and|who|that|were|was|had|have|has|by|over)\b", match["what"]
        )[0]
        for stem in stems(behind):
            found.setdefault(stem, set()).add(value)
    return found


_ENDS = re.compile(r"\s+(?:of|in|on|from|to|at|for|and|who|that|were|was|had|have|has|by|over)\b")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NO_COUNT = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|per\s*cent|years?|days?"
    r"|months?|weeks?|hours?|minutes?|o[’']clock|times|in|of|and|or|to|on|at)\b",
    re.IGNORECASE,
)


def _counted_otherwise(one: str, other: str) -> bool:
    """Whether two texts count one thing and have no number of it in common."""
    mine, theirs = counts(one), counts(other)
    shared = mine.keys() & theirs.keys()
    return bool(shared) and all(not mine[stem] & theirs[stem] for stem in shared)
