"""Words for standing channels between states: their kinds, levels, rhythm, and what is none, from the patterns."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

from dragoman.coding import phrases

RULES = "patterns/en/mechanisms.yaml"


class Kind(NamedTuple):
    """A kind of channel with its words and what must stand with them."""

    kind: str
    need: str
    levels: tuple[str, ...]
    form: re.Pattern[str]
    rule: str
    strict: bool = False


class Words(NamedTuple):
    """The patterns of channels."""

    kinds: tuple[Kind, ...]
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
    not_rhythm: re.Pattern[str]
    meeting: tuple[str, ...]
    founding: re.Pattern[str]
    not_names: tuple[str, ...]
    formats: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@functools.lru_cache(maxsize=1)
def words_for() -> Words:
    """The words for channels, as patterns."""
    file = phrases.pattern_file("mechanisms")

    def form(words: list[str], *, plural: bool = False) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){phrases.either(words, plural=plural)}(?!\w)", re.IGNORECASE)

    rows: list[dict[str, Any]] = file["kinds"]
    ordered = sorted(enumerate(rows, 1), key=lambda row: -max(len(word) for word in row[1]["words"]))
    kinds = tuple(
        Kind(
            row["kind"],
            row["need"],
            tuple(row.get("levels", ())),
            form(row["words"], plural=True),
            f"kinds[{number}]",
            bool(row.get("strict")),
        )
        for number, row in ordered
    )
    number = phrases.number_form()
    links = r"(?:of|on|for|and|the|in|between|with|de)"
    capital = r"[A-Z0-9][\w’'.&+-]*(?:[–—/][A-Z][\w’'.-]*)?"
    return Words(
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
        meeting=tuple(map(str, file["meeting"])),
        not_yet=form(file["not_yet"]),
        not_rhythm=re.compile(rf"\s+(?:[\w-]+\s+)?{phrases.either(file['not_rhythm'])}\b", re.IGNORECASE),
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
    return words_for().gate.search(text) is not None
