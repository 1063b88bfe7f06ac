"""Words for instruments between states: their kinds, what is done with them, and what is none, from the patterns."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from dragoman.coding import phrases

RULES = "patterns/en/agreements.yaml"
#: So far behind an instrument stands what became of it, or its date.
AFTER = 70


class Kind(NamedTuple):
    """A kind of instrument with its words and what must stand with them."""

    kind: str
    need: str
    named: bool
    form: re.Pattern[str]
    rule: str


class _Status(NamedTuple):
    status: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    rule: str


class Words(NamedTuple):
    """The patterns of instruments."""

    kinds: tuple[Kind, ...]
    statuses: tuple[_Status, ...]
    gate: re.Pattern[str]
    name: re.Pattern[str]
    subject: re.Pattern[str]
    front: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    not_names: tuple[str, ...]
    shy: frozenset[str]
    preliminary: re.Pattern[str]
    small: re.Pattern[str]
    known: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    made_by: re.Pattern[str]
    having: re.Pattern[str]
    not_made: re.Pattern[str]
    wished: re.Pattern[str]
    members_before: re.Pattern[str]
    members_after: re.Pattern[str]
    not_ended: re.Pattern[str]
    nobody: frozenset[str]


@functools.lru_cache(maxsize=1)
def words_for() -> Words:
    """The words for instruments, as patterns."""
    file = phrases.pattern_file("agreements")
    kinds = []
    for number, row in enumerate(file["kinds"], 1):
        form = phrases.either(row["words"], plural=not row.get("named"))
        kinds.append(
            Kind(
                row["kind"],
                row["need"],
                bool(row.get("named")),
                re.compile(rf"\b{form}\b", re.IGNORECASE),
                f"kinds[{number}]",
            )
        )
    statuses = [_status(number, row) for number, row in enumerate(file["status"], 1)]
    words = [word for row in file["kinds"] for word in row["words"]]
    links = phrases.either(file["name_links"])
    capital = r"(?:[A-ZÀ-Þ][\w’'.&-]*|\d{4}|[IVX]+\b)"
    name = rf"{capital}(?:(?:,?\s+(?:{links}\s+){{0,3}}|-){capital}){{0,24}}"
    return Words(
        kinds=tuple(kinds),
        statuses=tuple(statuses),
        gate=re.compile(rf"\b{phrases.either(words, plural=True)}\b", re.IGNORECASE),
        name=re.compile(name),
        subject=re.compile(
            rf"\s*(?:,\s*)?(?:{phrases.either(file['subject_links'])})\s+([^,;.()”\"]{{3,140}})", re.IGNORECASE
        ),
        front=re.compile(rf"(?:[A-Z][\w’'.]*(?:[-–—/][A-Z][\w’'.]*)*\s+|{phrases.either(file['adjectives'])}\s+)+$"),
        not_before=re.compile(rf"\b{phrases.either(file['not_before'])}[\s-]+$", re.IGNORECASE),
        not_after=re.compile(rf"\s*{phrases.either(file['not_after'])}\b", re.IGNORECASE),
        not_names=tuple(file["not_names"]),
        shy=frozenset(file["shy"]),
        preliminary=re.compile(rf"\b{phrases.either(file['preliminary'])}\b", re.IGNORECASE),
        nobody=frozenset(map(str, file["nobody"])),
        not_ended=re.compile(rf"\b{phrases.either(file['not_ended'])}\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE),
        known=tuple(
            (name, tuple((code, state) for code, state in row["states"]))
            for row in file["known"]
            for name in row["names"]
        ),
        small=re.compile(rf"\s+{phrases.either(file['small'])}\b", re.IGNORECASE),
        having=re.compile(rf"\b{phrases.either(file['having'])}\s+(?:an?\s+)?(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE),
        not_made=re.compile(rf"\b{phrases.either(file['not_made'])}\s+(?:the\s+|an?\s+)?$", re.IGNORECASE),
        wished=re.compile(rf"\b{phrases.either(file['wished'])}\s+(?:the\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE),
        members_before=re.compile(rf"\b{phrases.either(file['members_before'])}\s+(?:the\s+)?$", re.IGNORECASE),
        members_after=re.compile(rf"(?:[’']s?)?\s+{phrases.either(file['members_after'])}\b", re.IGNORECASE),
        made_by=re.compile(rf"[^.;]{{0,140}}?\b{phrases.either(file['made_by'])}\s+", re.IGNORECASE),
    )


def _status(number: int, row: dict[str, list[str]]) -> _Status:
    before = re.compile(rf"\b{phrases.either(row['before'])}\b", re.IGNORECASE) if row["before"] else None
    after = (
        re.compile(
            # what a further verb of the same subject says may stand farther off: "recalls … and was adopted"
            rf"^(?:[^.;]{{0,{AFTER}}}?|[^.;]{{0,{2 * AFTER}}}\band\s+)\b{phrases.either(row['after'])}\b",
            re.IGNORECASE,
        )
        if row["after"]
        else None
    )
    return _Status(str(row["status"]), before, after, f"status[{number}]")


def gate(text: str) -> bool:
    """Whether a text holds a word for an instrument at all."""
    return words_for().gate.search(text) is not None
