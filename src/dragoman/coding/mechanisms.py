"""Mechanisms: the standing channels between parties that a sentence names, with their level, rhythm and number."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.model import Entity, Mechanism

_RULES = "patterns/en/mechanisms.yaml"
#: No honest sentence names more channels; a hostile one must not cost a minute.
_MOST = 24
_JOINED_REACH = 110
#: "the Quartet on the Middle East": what follows the word belongs to the name of a known format.
_TAIL = 30
#: Verbs by which parties meet; no name ends in one.
_MEETING = frozenset({"meet", "meets", "confer", "see each other", "see their"})
#: "The Volga-Yangtze format": a name of two parts is between those who speak of it.
_TWO = re.compile(r"[A-Z]\w+[-–—][A-Z]\w+")
_HOLD = re.compile(r"[^.;]{0,110}\b(?:hold|held|holds|have|had|conduct|conducted)\s+(?:[a-z]+\s+){0,2}$")
_JOINED = re.compile(
    r"(?:,[^,;.]{0,70})?\s*,?\s*(?:and|or|as\s+well\s+as)?\s+(?:a\s+number\s+of\s+)?(?:[a-z-]+\s+(?:[a-z-]+\s+and\s+)?)?"
)


class _Kind(NamedTuple):
    kind: str
    need: str
    levels: tuple[str, ...]
    form: re.Pattern[str]
    rule: str


class _Words(NamedTuple):
    kinds: tuple[_Kind, ...]
    gate: re.Pattern[str]
    interstate: re.Pattern[str]
    levels: tuple[tuple[str, re.Pattern[str]], ...]
    frequency: tuple[tuple[str, re.Pattern[str]], ...]
    chairs: re.Pattern[str]
    parents: re.Pattern[str]
    name: re.Pattern[str]
    counts: re.Pattern[str]
    per_year: re.Pattern[str]
    series: re.Pattern[str]
    not_yet: re.Pattern[str]
    founding: re.Pattern[str]
    not_names: tuple[str, ...]
    formats: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file = phrases.pattern_file("mechanisms")

    def form(words: list[str], *, plural: bool = False) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){phrases.either(words, plural=plural)}(?!\w)", re.IGNORECASE)

    rows: list[dict[str, Any]] = file["kinds"]
    ordered = sorted(enumerate(rows, 1), key=lambda row: -max(len(word) for word in row[1]["words"]))
    kinds = tuple(
        _Kind(
            row["kind"], row["need"], tuple(row.get("levels", ())), form(row["words"], plural=True), f"kinds[{number}]"
        )
        for number, row in ordered
    )
    number = phrases.number_form()
    links = r"(?:of|on|for|and|the|in|between|with|de)"
    capital = r"[A-Z0-9][\w’'.&+-]*(?:[–—/][A-Z][\w’'.-]*)?"
    return _Words(
        kinds=kinds,
        gate=form([word for row in rows for word in row["words"]], plural=True),
        interstate=form(file["interstate"]),
        levels=tuple((row["level"], form(row["words"])) for row in file["levels"]),
        frequency=tuple((name, form(words)) for name, words in file["frequency"].items()),
        chairs=re.compile(rf"\b{phrases.either(file['co_chairs'])}\s+(?:the\s+)?([^,;.()]{{3,90}})", re.IGNORECASE),
        parents=re.compile(
            rf"\b{phrases.either(file['parents'])}\s+(?:the\s+|its\s+|this\s+)?((?:[A-Z][\w’'-]*)(?:\s+(?:{links}\s+)?[A-Z][\w’'-]*){{0,8}})"
        ),
        name=re.compile(rf"{capital}(?:(?:,?\s+(?:{links}\s+){{0,3}}){capital}){{0,24}}"),
        counts=re.compile(rf"\b({number})\s+(?:[\w-]+\s+){{0,4}}$", re.IGNORECASE),
        per_year=re.compile(
            rf"(?:every|each)\s+year,?\s+(?:there\s+are\s+)?({number})(?:\s+(?:or|to)\s+|[-–])({number})\b"
            rf"|({number})(?:\s+(?:or|to)\s+|[-–])({number})\s+(?:times\s+)?(?:a|per|every|each)\s+year"
            rf"|(?:every|each)\s+year,?\s+({number})\s+(?!year)|({number})\s+times\s+(?:a|per|every|each)\s+year",
            re.IGNORECASE,
        ),
        series=form(file["series_words"]),
        not_yet=form(file["not_yet"]),
        founding=re.compile(
            rf"\b{phrases.either(file['founding'])}\s+(?:(?:a|an|the|their|its|our|up|new)\s+)*(?:[\w-]+\s+){{0,3}}$",
            re.IGNORECASE,
        ),
        not_names=tuple(file["not_names"]),
        formats=tuple(
            (name, tuple((code, state) for code, state in row["states"]))
            for row in file["formats"]
            for name in row["names"]
        ),
    )


def gate(text: str) -> bool:
    """Whether a text holds a word for a standing channel at all."""
    return _words().gate.search(text) is not None


def claims(sentence: Sentence) -> list[Mechanism]:
    """The mechanisms that one sentence tells of; works with and without a parse."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if not gate(text[low:high]):
        return []
    found: list[Mechanism] = []
    taken: list[tuple[int, int]] = []
    marks = [
        (match.start(), -match.end(), number)
        for number, kind in enumerate(_words().kinds)
        for match in kind.form.finditer(text, low, high)
    ]
    for start, end, number in sorted(marks)[:_MOST]:
        if phrases.overlapping(taken, start, -end):
            continue
        made = _claim(sentence, _words().kinds[number], start, -end, taken)
        if made is not None:
            found.append(made)
    return found


def _claim(  # noqa: PLR0915  # one condition after another, each may say that it is no channel
    sentence: Sentence, kind: _Kind, start: int, end: int, taken: list[tuple[int, int]]
) -> Mechanism | None:
    text, low, high, words = sentence.document.text, sentence.passage.start, sentence.passage.end, _words()
    verb = kind.need == "level" and text[start:end].lower() in _MEETING
    name_start, name_end = (start, end) if verb else _name(sentence, start, end)
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
    front = _front(text, low, start)
    stretch = text[min(front, name_start) : max(end, name_end)]
    interstate = words.interstate.search(stretch) is not None
    between, parties = _parties(sentence, min(front, name_start), end, name_end)
    own = parties
    count = _count(text, low, start)
    frequency, rule = _frequency(text, low, high, start)
    level = _level(text, (low, high), (start, end), (front, name_end), kind)
    if verb:
        who = re.split(r"[,;]\s", text[max(low, start - 110) : start])[-1]
        at = re.compile(r"\s+at\s+[^,;.]{0,60}?\blevel\b").match(text, end, high)
        who += at.group() if at else ""
        level = _first_level(who, kind)
    group = phrases.group_form().search(text, start, min(high, end + 60)) is not None
    group = group or re.compile(r"[^;,.]{0,40}\bbetween\s+(?:their|its|our)\b").match(text, end, high) is not None
    joined = any(_JOINED.fullmatch(text[b:start]) for _, b in taken if 0 <= start - b < _JOINED_REACH)
    tied = between or len(parties) > 1 or interstate or group or joined
    if not tied and words.founding.search(text, max(low, start - 70), start):
        parties = phrases.distinct((*_founders(sentence, start), *parties))
        tied = len(parties) > 1
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
    if kind.need == "standing" and not frequency:
        return None
    if kind.kind in {"dialogue", "forum"} and kind.need == "name" and not text[start].isupper():
        return None
    if kind.need == "name" and not (named or (kind.kind == "dialogue series" and words.series.search(text, low, high))):
        return None
    pair = phrases.with_pair(sentence, parties) if parties or tied or kind.need != "name" else parties
    if len(pair) < 2 and (tied or kind.kind in {"hotline", "format"} or kind.need in {"level", "standing"}):
        wide = _founders(sentence, start) if kind.need == "pair" else ()
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
    pair = _seated(known, pair) if known else pair
    if len(pair) < 2 or all(party.country in _ORGANISED for party in pair):
        return None
    taken.append((min(front, name_start) if named else start, max(end, name_end)))
    steps = [("coding", f"{_RULES} frequency", rule)] if rule else []
    return Mechanism(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, start, end),
        id=phrases.claim_id(sentence, "mechanism", start, end, kind.kind),
        name=_without_count(phrases.squeeze(whole if named else text[front:end])),
        mechanism_kind=kind.kind,
        level=level,
        parties=pair,
        co_chairs=_chairs(text, end, high),
        frequency=frequency,
        parent=_parent(text, end, high),
        count=None if frequency[:1].isdigit() else count,
        confidence=0.9 if named or between else 0.75,
        why=phrases.why(f"{_RULES} {kind.rule}", text[start:end], *steps),
    )


#: A council of organisations alone is one of their own bodies.
_ORGANISED = frozenset({"IGO", "UNO", "NGO"})


def _seated(states: tuple[tuple[str, str], ...], told: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The parties of a known format: as the sentence names them, else by its name alone."""
    named = {party.country: party for party in told}
    return tuple(
        named.get(code) or Entity(text=name, start=None, end=None, name=name, country=code, how="formats")
        for code, name in states
    )


def _first_level(stretch: str, kind: _Kind) -> str:
    """The level that a stretch names first, where it is one of the kind's; "prime ministers" are no ministers."""
    hits = [(form.search(stretch), level) for level, form in _words().levels]
    placed = sorted((match.start(), -len(match.group()), level) for match, level in hits if match)
    return placed[0][2] if placed and placed[0][2] in kind.levels else ""


def _founders(sentence: Sentence, start: int) -> tuple[Entity, ...]:
    """The parties named before a channel in its clause: those who set it up, hold it or sit in it."""
    low, _ = phrases.clause_bounds(sentence.document.text, sentence.passage.start, sentence.passage.end, start)
    return phrases.named_between(sentence, low, start)


def _without_count(name: str) -> str:
    """A name without the number and the word of frequency before it."""
    return re.sub(rf"^(?:{phrases.number_form()}|regular|annual)\s+(?=\S)", "", name, flags=re.IGNORECASE)


def _meant(kind: _Kind, name: str) -> bool:
    """Whether a capital name alone says that it is a channel: a format, or more than the bare word."""
    return kind.kind in {"format", "dialogue", "dialogue series"} and len(name.split()) > 1


def _of_level(text: str, front: int, end: int, high: int, kind: _Kind) -> bool:
    """Whether "meetings" are those of the level itself: "between heads of state", "ministerial meetings"."""
    behind = re.compile(r"\s+(?:between|of|among|by|at)\s+[^,;.]{0,80}").match(text, end, high)
    near = text[front:end] + (behind.group() if behind else "")
    if text[front:end].lower().endswith(tuple(_MEETING)):
        at = re.compile(r"\s+at\s+[^,;.]{0,60}?\blevel\b").match(text, end, high)  # "meet at ministers' level"
        near = text[max(0, front - 110) : end].rsplit(". ", 1)[-1] + (
            at.group() if at else ""
        )  # "the foreign ministers of X and Y meet every year"
    holders = _HOLD.search(text, max(0, front - 130), front)  # "the ministers of X and Y hold regular meetings"
    near += holders.group() if holders else ""
    return any(form.search(near) for level, form in _words().levels if level in kind.levels)


def _front(text: str, low: int, start: int) -> int:
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


def _name(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    for match in _words().name.finditer(text, low, high):
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


def _parties(sentence: Sentence, front: int, end: int, name_end: int) -> tuple[bool, tuple[Entity, ...]]:
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


def _count(text: str, low: int, start: int) -> int | None:
    match = _words().counts.search(text, max(low, start - 60), start)
    if match is None:
        return None
    value = phrases.number_of(match.group(1))
    if value is None or value != int(value) or not 1 < value < 1000 or match.group(1).lower() in {"a", "an", "one"}:
        return None
    return int(value)


def _frequency(text: str, low: int, high: int, at: int) -> tuple[str, str]:
    """How often, as a short phrase, with the words that say so; both empty when nothing does."""
    low, high = phrases.clause_bounds(text, low, high, at)
    match = _words().per_year.search(text, low, high)
    if match:
        said = [phrases.number_of(part) for part in match.groups() if part]
        values = [str(int(value)) for value in said if value is not None]
        if values and values != ["1"]:
            return f"{'-'.join(values)} per year", match.group()
    for name, form in _words().frequency:
        match = form.search(text, low, high)
        if match:
            return name, match.group()
    return "", ""


def _level(text: str, bounds: tuple[int, int], head: tuple[int, int], phrase: tuple[int, int], kind: _Kind) -> str:
    """The level: by the words of the phrase itself, then those behind it, then those before it in its clause."""
    (low, high), (start, end) = bounds, head
    behind = phrases.clause_bounds(text, low, high, start)[1]
    tail = re.compile(
        r"\s*,?\s*(?:(?:is|are|was|met)\s+)?(?:[\w\s]{0,40}\bwith|of|between|among|at|by|co|chaired|led|headed|involving)\b[^;.]{0,70}"
    ).match(text, end, behind)
    before = text[max(low, start - 60) : start].rsplit(",", 1)[-1]
    session = re.compile(r"[^;.]{0,200}\b(?:session|meeting|round)s?\s+(?:of|within)\b[^;.,]{0,60}$").search(
        text, max(low, start - 260), start
    )
    for stretch in (
        text[phrase[0] : max(end, phrase[1])],
        tail.group() if tail else "",
        before,
        session.group() if session else "",
    ):
        hits = [(form.search(stretch), level) for level, form in _words().levels]
        placed = sorted((match.start(), -len(match.group()), level) for match, level in hits if match)
        if placed and (not kind.levels or any(level in kind.levels for _, _, level in placed)):
            return next((level for _, _, level in placed if not kind.levels or level in kind.levels), "")
    return "heads of state" if kind.kind == "summit" and kind.need == "standing" else ""


def _chairs(text: str, end: int, high: int) -> str:
    match = _words().chairs.search(text, end, min(high, end + 120))
    return phrases.squeeze(match.group(1)) if match else ""


def _parent(text: str, end: int, high: int) -> str:
    match = _words().parents.search(text, end, min(high, end + 140))
    return phrases.squeeze(match.group(1)) if match else ""
