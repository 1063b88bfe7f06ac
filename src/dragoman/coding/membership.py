"""Who sits in a standing channel, and what it is called."""

from __future__ import annotations

import re

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.standing import words_for
from dragoman.model import Entity


def seated(states: tuple[tuple[str, str], ...], told: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The parties of a known format: as the sentence names them, else by its name alone."""
    named = {party.country: party for party in told}
    return tuple(
        named.get(code) or Entity(text=name, start=None, end=None, name=name, country=code, how="formats")
        for code, name in states
    )


def founders(sentence: Sentence, start: int) -> tuple[Entity, ...]:
    """The parties named before a channel in its clause: those who set it up, hold it or sit in it."""
    low, _ = phrases.clause_bounds(sentence.document.text, sentence.passage.start, sentence.passage.end, start)
    return phrases.named_between(sentence, low, start)


def front_of(text: str, low: int, start: int) -> int:
    """Where the phrase begins whose head is at `start`: its adjectives, names and number before it."""
    before = re.compile(r"(?:[\w’'.+–—/-]+\s+){0,7}$").search(text, max(low, start - 90), start)
    if before is None:
        return start
    at = start
    for word in reversed(list(re.compile(r"\S+").finditer(text, before.start(), start))):
        if (
            re.fullmatch(
                r"(?:the|a|an|of|in|at|on|for|to|is|are|was|were|has|have|by|with|and|that|this|as|our|their|its|also|under|from|between|or|such|first|next|last|new|latest|these|those|which|who|within|held|during|\w+ed|\w+ly)",
                word.group(),
                re.IGNORECASE,
            )
            and not word.group()[0].isdigit()
        ):
            break
        at = word.start()
    # "Mexico's and Guatemala's group": the owner before "and" belongs to it
    owner = re.compile(r"[A-Z][\w-]+[’']s?\s+and\s+$").search(text, max(low, at - 40), at)
    return owner.start() if owner and re.match(r"[A-Z][\w-]+[’']s?\s", text[at:start]) else at


def name_of(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The stretch of a channel's capital name around its word, else the word alone."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    for match in words_for().name.finditer(text, low, high):
        if match.start() <= start and end <= match.end() and match.start() < start:
            name_start, name_end = match.start(), match.end()
            first = re.compile(
                r"(?:The|This|That|A|An|In|Under|Our|Their|Its|Recent|Both|Today|At|On|And|But|Within|Last|Next|As)\s+"
            ).match(text, name_start)
            if first and first.end() <= start:
                name_start = first.end()
            cut = re.compile(r",?\s+(?:between|with|in)\s").search(text, end, name_end)
            if cut:
                name_end = cut.start()
            return phrases.trim_name(sentence, (name_start, name_end), (start, end))
        if match.start() == start and end <= match.end() and match.end() > end:
            return phrases.trim_name(sentence, match.span(), (start, end))
    before = re.compile(r"(?!(?:This|The|That|These|Our|Its|A|An)\b)(?:[A-Z][\w’'–—/-]*\s+)+$").search(
        text, max(low, start - 60), start
    )
    if before:  # "the Normandy format"
        return phrases.trim_name(sentence, (before.start(), end), (start, end))
    return start, end


def members(sentence: Sentence, front: int, end: int, name_end: int) -> tuple[bool, tuple[Entity, ...]]:
    """The parties that stand with the mechanism, and whether they are said to be its parties ("between X and Y")."""
    text, high = sentence.document.text, sentence.passage.end
    tail = re.compile(r"[^;.]{0,90}?\b(?:between|among)\s+").match(text, end, high)
    if tail:
        stop = re.compile(
            r"[;.](?:\s|$)|,\s+(?:which|who|as|but)\b|\s(?:was|were|is|are|has|have|will|play|plays|operate|take|took)\s"
        ).search(text, tail.end(), high)
        found = phrases.named_between(sentence, tail.end(), stop.start() if stop else high)
        if len(found) > 1:
            return True, found
        if found:
            return False, found
    found = phrases.named_between(sentence, front, max(end, name_end), places=True)
    owners = re.compile(r"\s+of\s+(?:[a-z]+\s+){1,3}from\s+[A-Z][\w-]+\s+and\s+(?:from\s+)?[A-Z][\w-]+").match(
        text, end, high
    ) or re.compile(
        r"\s+of\s+(?:the\s+)?[A-Z][\w’' -]{1,60}?(?:,\s+(?:the\s+)?[A-Z][\w’' -]{1,40}?)*"
        r",?\s+(?:and|with)\s+(?:the\s+|with\s+)?"
        r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:\s+and\s+with\s+[A-Z][\w’'-]+)?"
    ).match(text, end, high)
    if len(found) < 2 and owners:
        found = phrases.distinct((*found, *phrases.named_between(sentence, owners.start(), owners.end())))
    if len(found) < 2:
        more = re.compile(r"[^;,.]{0,60}?\bwith\s+").match(text, end, high)
        extra: tuple[Entity, ...] = ()
        if more:
            stop = re.compile(r"[;,.](?:\s|$)|\s(?:on|to|in|that|which|for|over)\s").search(text, more.end(), high)
            extra = phrases.named_between(sentence, more.end(), stop.start() if stop else high)
        found = phrases.distinct((*found, *extra))
    return False, found
