"""Sets side by side what each of two sides says on a matter, newest first, and since when a demand has no answer.

The matters are those of the ledger (`ledger.open_matters`): page, command and API tell the same numbers of them. Beside
them stand topics on which both sides speak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.measure.matters import Matter, speaks_of
from dragoman.model import Statement, party
from dragoman.show import words
from dragoman.show.look import Look, Told

#: Fewer statements than this on a topic are no topic of a relation; the search finds them.
LEAST = 3
#: Topics beside the matters; the rest are found by the form.
MOST_TOPICS = 12


@dataclass(frozen=True, kw_only=True)
class Column:
    """What one side says, newest first; `silent_since` is the ISO day of the demand that it has not answered."""

    side: str
    said: list[Told[Statement]]
    silent_since: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What both sides speak of, and how many statements belong to it."""

    name: str
    count: int


def about(statements: Iterable[Told[Statement]], name: str) -> list[Told[Statement]]:
    """The statements on a matter or topic: their sentence speaks of it, or it is their topic."""
    if not name.strip():
        return list(statements)
    return [
        told
        for told in statements
        if told.claim.topic.casefold() == name.casefold() or speaks_of(told.claim.evidence.text, name)
    ]


def topics(seen: Look, known: Sequence[Matter] = ()) -> list[Topic]:
    """What both sides speak of by name, most statements first, without the two themselves and the matters known."""
    own = own_words(seen)
    taken = {one.name.casefold() for one in known}
    found: Counter[str] = Counter()
    sides: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for told in seen.statements:
        topic = " ".join(told.claim.topic.split())
        if not telling(topic, own):
            continue
        key = topic.casefold()
        found[key] += 1
        names.setdefault(key, topic)
        sides.setdefault(key, set()).add(party(told.claim.speaker) if told.claim.speaker else "")
    both = {seen.a, seen.b}
    kept = [key for key, number in found.items() if number >= LEAST and both <= sides[key] and key not in taken]
    kept.sort(key=lambda key: (-found[key], key))
    return [Topic(name=names[key], count=found[key]) for key in kept[:MOST_TOPICS]]


def telling(topic: str, own: set[str]) -> frozenset[str]:
    """The words, in small letters, that tell a matter from others; none for a noun alone ("hope", "the need").

    A name tells, and so do two words together.
    """
    left = [word for word in topic.split() if word.casefold().replace(".", "") not in own]
    names = [word for word in left if word.isupper() or (word[:1].isupper() and len(word) > 2)]
    long = [word for word in left if len(word) > 3]
    return frozenset(word.casefold() for word in (names or (long if len(long) > 1 else ())))


def own_words(seen: Look) -> set[str]:
    """The words, in small letters, by which the two sides themselves are called, with those that tell no matter."""
    called = {word for side in (seen.a, seen.b) for word in (side, words.side(side), *words.demonyms().get(side, ()))}
    for told in seen.events:
        for one in (*told.claim.actors, *told.claim.recipients):
            if party(one) in (seen.a, seen.b) and words.is_state(one):
                called.add(one.text)
    common = words.phrases()["matter_words"]
    return {word for name in (*called, *common) for word in name.casefold().replace(".", "").split()} | {"the"}


def named(known: Sequence[Matter], name: str) -> Matter | None:
    """The matter of that name, if there is one."""
    return next((one for one in known if one.name.casefold() == name.casefold()), None)


def columns(seen: Look, name: str = "", *, sides: Sequence[str] = (), known: Sequence[Matter] = ()) -> list[Column]:
    """Both sides' statements on a matter (or on anything), each newest first."""
    both = sides or (seen.a, seen.b)
    matter = named(known, name)
    asked = next((one.day for one in matter.positions if one.side == matter.waiting), "") if matter else ""
    return [
        Column(
            side=side,
            said=about(seen.said_by(side), name),
            silent_since=asked if matter and matter.waiting and side != matter.waiting else "",
        )
        for side in both
    ]
