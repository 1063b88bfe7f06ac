"""How a standing channel meets: how often, how many times, at which level, under whom, within what."""

from __future__ import annotations

import re

from dragoman.coding import phrases
from dragoman.coding.standing import Kind, words_for


def first_level(stretch: str, kind: Kind) -> str:
    """The level that a stretch names first, where it is one of the kind's; "prime ministers" are no ministers."""
    hits = [(form.search(stretch), level) for level, form in words_for().levels]
    placed = sorted((match.start(), -len(match.group()), level) for match, level in hits if match)
    return placed[0][2] if placed and placed[0][2] in kind.levels else ""


def count_of(text: str, low: int, start: int) -> int | None:
    """How many channels or sessions are meant, by the number before the word."""
    match = words_for().counts.search(text, max(low, start - 60), start)
    if match is None:
        return None
    value = phrases.number_of(match.group(1))
    if value is None or value != int(value) or not 1 < value < 1000 or match.group(1).lower() in {"a", "an", "one"}:
        return None
    return int(value)


#: Rhythms that have a name of their own.
_CALLED = {"4": "quarterly", "12": "monthly"}
_FURTHER = re.compile(r";\s+(?:it|they|these)\s")


def frequency_of(text: str, low: int, high: int, at: int) -> tuple[str, str]:
    """How often, as a short phrase, with the words that say so; both empty when nothing does."""
    begin, end = phrases.clause_bounds(text, low, high, at)
    # "…, dormant for a decade; it is to sit four times a year"
    further = _FURTHER.match(text, end, high)
    low, high = begin, phrases.clause_bounds(text, low, high, further.end())[1] if further else end
    match = words_for().per_year.search(text, low, high)
    if match:
        said = [phrases.number_of(part) for part in match.groups() if part]
        values = [str(int(value)) for value in said if value is not None]
        if values and values != ["1"]:
            return _CALLED.get(values[0], f"{values[0]} per year") if len(values) == 1 else (
                f"{'-'.join(values)} per year"
            ), match.group()
    for name, form in words_for().frequency:
        match = form.search(text, low, high)
        if match:
            return name, match.group()
    return "", ""


def level_of(text: str, bounds: tuple[int, int], head: tuple[int, int], phrase: tuple[int, int], kind: Kind) -> str:
    """The level: by the words of the phrase itself, then those behind it, then those before it in its clause."""
    (low, high), (start, end) = bounds, head
    behind = phrases.clause_bounds(text, low, high, start)[1]
    tail = re.compile(
        r"\s*,?\s*(?:(?:is|are|was|met)\s+)?(?:[\w\s]{0,40}\bwith|of|between|among|at|by|co|chaired|led|headed|involving)\b[^;.]{0,110}"
    ).match(text, end, behind)
    before = text[max(low, start - 90) : start].rsplit(",", 1)[-1]
    session = re.compile(r"[^;.]{0,200}\b(?:session|meeting|round)s?\s+(?:of|within)\b[^;.,]{0,60}$").search(
        text, max(low, start - 260), start
    )
    for stretch in (
        text[phrase[0] : max(end, phrase[1])],
        tail.group() if tail else "",
        before,
        session.group() if session else "",
    ):
        hits = [(form.search(stretch), level) for level, form in words_for().levels]
        placed = sorted((match.start(), -len(match.group()), level) for match, level in hits if match)
        if placed and (not kind.levels or any(level in kind.levels for _, _, level in placed)):
            return next((level for _, _, level in placed if not kind.levels or level in kind.levels), "")
    return "heads of state" if kind.kind == "summit" and kind.need == "standing" else ""


def chairs_of(text: str, end: int, high: int) -> str:
    """Those who chair a channel, as the words behind it say."""
    match = words_for().chairs.search(text, end, min(high, end + 120))
    return phrases.squeeze(match.group(1)) if match else ""


def parent_of(text: str, end: int, high: int) -> str:
    """What a channel is part of, as the words behind it say."""
    match = words_for().parents.search(text, end, min(high, end + 140))
    return phrases.squeeze(match.group(1)) if match else ""
