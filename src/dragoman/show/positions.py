"""Sets side by side what each of two sides says on a matter, newest first, and since when a side has not answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Dispute, Statement
from dragoman.show import words
from dragoman.show.look import Look, Told, day_of

#: A word of fewer letters tells no matter from another.
LEAST_LETTERS = 4
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


@dataclass(frozen=True, kw_only=True)
class Column:
    """What one side says, newest first; `silent_since` is the ISO day of the other's words that it has not answered."""

    side: str
    said: list[Told[Statement]]
    silent_since: str


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A matter on which the sides speak: a dispute's name or a topic, and how many statements belong to it."""

    name: str
    count: int


def keywords(name: str) -> set[str]:
    """The words of a name that tell it from other matters, in small letters."""
    common = set(words.phrases()["matter_words"])
    found = {word.casefold().removesuffix("’s").removesuffix("'s") for word in _WORD.findall(name)}
    return {word for word in found if len(word) >= LEAST_LETTERS and word not in common}


def about(statements: Iterable[Told[Statement]], matter: str) -> list[Told[Statement]]:
    """The statements that speak of a matter: all its telling words stand in the sentence, or it is their topic."""
    wanted = keywords(matter)
    if not wanted:
        return list(statements)
    kept = []
    for told in statements:
        text = told.claim.evidence.text.casefold()
        if told.claim.topic.casefold() == matter.casefold() or all(word[:7] in text for word in wanted):
            kept.append(told)
    return kept


def matters(seen: Look) -> list[Matter]:
    """The matters on which the two sides speak, those with most statements first; disputes among them in any case."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for dispute in seen.disputes:
        names.setdefault(dispute.claim.name.casefold(), dispute.claim.name)
        counts[dispute.claim.name.casefold()] += len(about(seen.statements, dispute.claim.name))
    topics = Counter(told.claim.topic for told in seen.statements if told.claim.topic)
    for topic, number in topics.items():
        names.setdefault(topic.casefold(), topic)
        counts[topic.casefold()] = max(counts[topic.casefold()], number)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [Matter(name=names[key], count=number) for key, number in ordered]


def columns(seen: Look, matter: str = "", *, sides: Sequence[str] = ()) -> list[Column]:
    """Both sides' statements on a matter (or on anything), each newest first."""
    both = sides or (seen.a, seen.b)
    said = {side: about(seen.said_by(side), matter) if matter else seen.said_by(side) for side in both}
    return [
        Column(side=side, said=said[side], silent_since=_silent(said[side], _others(said, side), seen.today))
        for side in both
    ]


def _others(said: dict[str, list[Told[Statement]]], side: str) -> list[Told[Statement]]:
    return [told for other, some in said.items() if other != side for told in some]


def _silent(own: Sequence[Told[Statement]], others: Sequence[Told[Statement]], today: str) -> str:
    """The first day after a side's last words on which the other spoke, up to today; empty where it spoke last."""
    last = max((day_of(told.claim.date) for told in own if told.claim.date), default="")
    after = [day for told in others if (day := day_of(told.claim.date)) and last < day <= today]
    return min(after, default="")


def of_dispute(seen: Look, dispute: Dispute) -> list[Column]:
    """Both sides' statements on a dispute."""
    return columns(seen, dispute.name)
