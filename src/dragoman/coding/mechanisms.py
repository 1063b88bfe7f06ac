"""Mechanisms: the standing channels between parties that a sentence names, with their level, rhythm and number."""

from __future__ import annotations

import re

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.membership import founders, front_of, members, name_of, seated
from dragoman.coding.rhythm import chairs_of, count_of, first_level, frequency_of, level_of, parent_of
from dragoman.coding.standing import RULES, Kind, gate, words_for
from dragoman.model import Entity, Mechanism

__all__ = ["claims", "gate"]


#: No honest sentence names more channels; a hostile one must not cost a minute.
_MOST = 24
_JOINED_REACH = 110
#: "the Quartet on the Middle East": what follows the word belongs to the name of a known format.
_TAIL = 30
#: Verbs by which parties meet; no name ends in one.
#: "The Volga-Yangtze format": a name of two parts is between those who speak of it.
_WITHIN = re.compile(r"\s+(?:in|within|at)\s+(?:the|a|an|their)\s+(?:[A-Z][\w-]*\s+){1,6}")
_TWO = re.compile(r"[A-Z]\w+[-–—][A-Z]\w+")
_HOLD = re.compile(r"[^.;]{0,110}\b(?:hold|held|holds|have|had|conduct|conducted)\s+(?:[a-z]+\s+){0,2}$")
_JOINED = re.compile(
    r"(?:,[^,;.]{0,70})?\s*,?\s*(?:and|or|as\s+well\s+as)?\s+(?:a\s+number\s+of\s+)?(?:[a-z-]+\s+(?:[a-z-]+\s+and\s+)?)?"
)


def claims(sentence: Sentence) -> list[Mechanism]:
    """The mechanisms that one sentence tells of; works with and without a parse."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if not gate(text[low:high]):
        return []
    found: list[Mechanism] = []
    taken: list[tuple[int, int]] = []
    marks = [
        (match.start(), -match.end(), number)
        for number, kind in enumerate(words_for().kinds)
        for match in kind.form.finditer(text, low, high)
    ]
    for start, end, number in sorted(marks)[:_MOST]:
        if phrases.overlapping(taken, start, -end):
            continue
        made = _claim(sentence, words_for().kinds[number], start, -end, taken)
        if made is not None:
            found.append(made)
    return found


def _claim(  # noqa: PLR0915  # one condition after another, each may say that it is no channel
    sentence: Sentence, kind: Kind, start: int, end: int, taken: list[tuple[int, int]]
) -> Mechanism | None:
    text, low, high, words = sentence.document.text, sentence.passage.start, sentence.passage.end, words_for()
    verb = kind.need == "level" and text[start:end].lower() in words.meeting
    name_start, name_end = (start, end) if verb else name_of(sentence, start, end)
    whole = text[name_start:name_end]
    named = " " in whole.strip() or "-" in whole
    named = named and text[name_start].isupper()
    if named and any(other in whole for other in words.not_names):
        taken.append((name_start, name_end))
        return None
    if phrases.is_body(sentence, start, end) or text[end : end + 1] == "-":
        return None
    known = next(
        (states for name, states in words.formats if name in text[name_start : max(end, name_end) + _TAIL]), None
    )
    if known is not None and not known:
        return None
    front = front_of(text, low, start)
    stretch = text[min(front, name_start) : max(end, name_end)]
    interstate = words.interstate.search(stretch) is not None
    between, parties = members(sentence, min(front, name_start), end, name_end)
    own = parties
    count = count_of(text, low, start)
    frequency, rule = frequency_of(text, low, high, start)
    level = level_of(text, (low, high), (start, end), (front, name_end), kind)
    if verb:
        who = re.split(r"[,;]\s", text[max(low, start - 110) : start])[-1]
        at = re.compile(r"\s+at\s+[^,;.]{0,60}?\blevel\b").match(text, end, high)
        who += at.group() if at else ""
        level = first_level(who, kind)
    group = phrases.group_form().search(text, start, min(high, end + 60)) is not None
    group = (
        group or re.compile(r"[^;,.]{0,40}\b(?:between|of)\s+(?:their|its|our)\b").match(text, end, high) is not None
    )
    joined = any(_JOINED.fullmatch(text[b:start]) for _, b in taken if 0 <= start - b < _JOINED_REACH)
    tied = between or len(parties) > 1 or interstate or group or joined
    if not tied and words.founding.search(text, max(low, start - 70), start):
        parties = phrases.distinct((*founders(sentence, start), *parties))
        tied = len(parties) > 1
    if verb and _WITHIN.match(text, end, high):
        return None  # "they confer in the Border Committee"
    if words.not_yet.search(text, max(low, start - 90), start):
        return None
    if (
        kind.need == "level"
        and taken
        and text[start:end].lower().startswith("meet")
        and not text[start:end].lower().startswith("meeting")
    ):
        return None  # "the commission of X and Y meets every year"
    if kind.need == "level" and (
        level not in kind.levels or not frequency or not _of_level(text, front, end, high, kind)
    ):
        return None
    if kind.need == "standing" and (not frequency or (frequency in _LOOSE and not _near(text, rule, start, end))):
        return None
    if kind.strict and known is None and not (between or _TWO.search(whole)):
        return None  # "the peace process", "the Senate process"
    owners = _OWNERS.match(text, end, high)
    if owners and known is None and len(phrases.named_between(sentence, owners.start(), owners.end())) == 1:
        return None  # "a commission of X and a region": the page's pair does not sit in it
    if kind.kind in {"dialogue", "forum"} and kind.need == "name" and not text[start].isupper():
        return None
    if kind.need == "name" and not (named or (kind.kind == "dialogue series" and words.series.search(text, low, high))):
        return None
    pair = phrases.with_pair(sentence, parties) if parties or tied or kind.need != "name" else parties
    if len(pair) < 2 and (tied or kind.kind in {"hotline", "format"} or kind.need in {"level", "standing"}):
        wide = founders(sentence, start) if kind.need == "pair" else ()
        wide = wide if len(wide) > 1 else phrases.named_between(sentence, low, high)
        pair = phrases.with_pair(sentence, wide) if len(wide) < 5 else pair
        tied = tied or len(pair) > 1
    if len(pair) < 2 and named and kind.kind in {"dialogue", "dialogue series", "forum", "format"}:
        pair = phrases.named_between(sentence, low, high) if kind.kind != "forum" else pair
    if not (
        tied
        or (kind.need in {"level", "standing"} and len(pair) > 1)
        or (named and kind.need == "name" and len(pair) > 1 and _meant(kind, whole))
        or known
    ):
        return None
    if (
        kind.kind == "format"
        and kind.need == "name"
        and known is None
        and not (tied or len(own) > 1 or _TWO.search(whole))
    ):
        return None  # "the … process": whoever speaks of it need not sit in it
    pair = seated(known, pair) if known else pair
    if known is None and not between and _of_a_body(pair, name_start, name_end):
        return None
    if len(pair) < 2 or all(party.country in _ORGANISED for party in pair):
        return None
    taken.append((min(front, name_start) if named else start, max(end, name_end)))
    steps = [("coding", f"{RULES} frequency", rule)] if rule else []
    return Mechanism(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, start, end),
        id=phrases.claim_id(sentence, "mechanism", start, end, kind.kind),
        name=_without_count(phrases.squeeze(whole if named else text[front:end])),
        mechanism_kind=kind.kind,
        level=level,
        parties=pair,
        co_chairs=chairs_of(text, end, high),
        frequency=frequency,
        parent=parent_of(text, end, high),
        count=None if frequency[:1].isdigit() else count,
        confidence=0.9 if named or between else 0.75,
        why=phrases.why(f"{RULES} {kind.rule}", text[start:end], *steps),
    )


_OWNERS = re.compile(
    r"\s+of\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\s+and\s+(?:the\s+)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?"
)


#: Rhythms that many nouns bear.
_LOOSE = frozenset({"regular", "permanent"})


def _near(text: str, rhythm: str, start: int, end: int) -> bool:
    """Whether a word of rhythm stands by the channel's word: "regular exchanges, regardless of the summit" does not."""
    return not rhythm or rhythm.lower() in text[max(0, start - 40) : end + 60].lower()


def _of_a_body(pair: tuple[Entity, ...], start: int, end: int) -> bool:
    """Whether a name holds an organisation and none of the states: "the Council of the CIS Heads of State"."""
    inside = [one for one in pair if one.start is not None and start <= one.start < end]
    return bool(inside) and len(inside) < len(pair) and all(one.country in _ORGANISED for one in inside)


#: A council of organisations alone is one of their own bodies.
_ORGANISED = frozenset({"IGO", "UNO", "NGO"})


def _without_count(name: str) -> str:
    """A name without the number and the word of frequency before it."""
    return re.sub(rf"^(?:{phrases.number_form()}|regular|annual)\s+(?=\S)", "", name, flags=re.IGNORECASE)


def _meant(kind: Kind, name: str) -> bool:
    """Whether a capital name alone says that it is a channel: a format, or more than the bare word."""
    return kind.kind in {"format", "dialogue", "dialogue series"} and len(name.split()) > 1


def _of_level(text: str, front: int, end: int, high: int, kind: Kind) -> bool:
    """Whether "meetings" are those of the level itself: "between heads of state", "ministerial meetings"."""
    behind = re.compile(r"\s+(?:between|of|among|by|at)\s+[^,;.]{0,80}").match(text, end, high)
    near = text[front:end] + (behind.group() if behind else "")
    if text[front:end].lower().endswith(words_for().meeting):
        at = re.compile(r"\s+at\s+[^,;.]{0,60}?\blevel\b").match(text, end, high)  # "meet at ministers' level"
        near = text[max(0, front - 110) : end].rsplit(". ", 1)[-1] + (
            at.group() if at else ""
        )  # "the foreign ministers of X and Y meet every year"
    holders = _HOLD.search(text, max(0, front - 130), front)  # "the ministers of X and Y hold regular meetings"
    near += holders.group() if holders else ""
    return any(form.search(near) for level, form in words_for().levels if level in kind.levels)
