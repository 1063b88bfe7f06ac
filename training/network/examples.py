"""Gold rows to what the network learns: words with offsets, a trigger with type, mode and status, words of the parties."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

#: Words of a passage, split as the tokenizer of the encoder splits them.
WORD = re.compile(r"\w+|[^\w\s]")
_LIGHT = frozenset("have has had having not did do does is are was were be been being will would to the a an".split())


class Party(NamedTuple):
    """Words of which at least one stands for a party."""

    words: tuple[int, ...]


class State(NamedTuple):
    """Words of a party, the words of names that say of which state it is, and those of names of other states."""

    party: tuple[int, ...]
    yes: tuple[int, ...]
    no: tuple[int, ...]


class Told(NamedTuple):
    """An event as the network sees it; `open_*` says that some party of the side has no word of its own."""

    trigger: int
    event_type: str
    mode: str
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    open_actors: bool
    open_recipients: bool
    states: tuple[State, ...] = ()


class Example(NamedTuple):
    """A passage with its words and events; `sure` are the words whose part is known, None where all are."""

    text: str
    words: tuple[tuple[int, int], ...]
    events: tuple[Told, ...]
    sure: frozenset[int] | None
    weight: float
    name: str


def words(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each word."""
    return tuple(m.span() for m in WORD.finditer(text))


def _at(spans: tuple[tuple[int, int], ...], start: int, end: int) -> list[int]:
    return [i for i, (a, b) in enumerate(spans) if a < end and b > start]


def places(text: str, spans: tuple[tuple[int, int], ...], phrase: str) -> list[list[int]]:
    """The words of each occurrence of a phrase, whole words first."""
    if not phrase:
        return []
    low = text.lower()
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(phrase.lower())}(?!\w)", low)]
    found = found or [m.span() for m in re.finditer(re.escape(phrase.lower()), low)]
    return [_at(spans, a, b) for a, b in found]


def example(row: dict[str, Any], hits: Callable[[str], list[tuple[int, int, frozenset[str]]]]) -> Example | None:
    """One gold row with its text; None where a trigger is not in it. `hits` finds names with the codes they may mean."""
    text = row["text"]
    spans = words(text)
    if not spans or len(spans) > 220:
        return None
    named = [(w, codes) for a, b, codes in hits(text) if (w := _at(spans, a, b))]
    events: list[Told] = []
    exact = all("word" in p or "text" in p for e in row["events"] for side in ("actors", "recipients") for p in e[side])
    wordy = exact or any("word" in p for e in row["events"] for side in ("actors", "recipients") for p in e[side])
    for e in row["events"]:
        trigger = _trigger(text, spans, e.get("trigger") or "")
        if trigger is None:
            return None
        sides = []
        states: list[State] = []
        for side in ("actors", "recipients"):
            parties, loose = [], False
            for party in e[side]:
                phrase = party.get("word") or party.get("text") or ""
                where = [w for found in places(text, spans, phrase) for w in found]
                if not where and not phrase and not wordy and party["country"]:
                    where = [w for found, codes in named if party["country"] in codes for w in found]
                if where:
                    parties.append(Party(tuple(where)))
                    if phrase and party["country"]:
                        yes = [w for found, codes in named if party["country"] in codes for w in found]
                        no = [w for found, codes in named if party["country"] not in codes for w in found]
                        states.append(State(tuple(where), tuple(yes), tuple(no)))
                else:
                    loose = True
            sides.append((tuple(parties), loose))
        events.append(
            Told(
                trigger,
                e["event_type"],
                e.get("mode") or "",
                e.get("status", "actual"),
                sides[0][0],
                sides[1][0],
                sides[0][1],
                sides[1][1],
                tuple(states),
            )
        )
    sure = None if wordy or not events else frozenset(w for found, _ in named for w in found)
    return Example(text, spans, tuple(events), sure, 1.0, str(row.get("batch") or row.get("gold") or ""))


def _trigger(text: str, spans: tuple[tuple[int, int], ...], phrase: str) -> int | None:
    found = places(text, spans, phrase)
    if not found or not found[0]:
        return None
    best = [w for w in found[0] if text[slice(*spans[w])].lower() not in _LIGHT and text[spans[w][0]].isalpha()]
    return (best or found[0])[0]


def load(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """All rows of some files of JSON lines, each with the stem of its file."""
    return [
        {**json.loads(line), "gold": path.stem}
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
