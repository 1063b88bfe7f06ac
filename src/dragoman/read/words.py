"""The words of page furniture, from `patterns/<language>/furniture.yaml`, as sets and as patterns ready to match."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from dragoman.knowledge import load

#: A pattern is only held against lines up to this long, so that no line can take long.
LONGEST = 160


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What tells furniture from text in one language; all in lower case."""

    lines: re.Pattern[str]
    contains: re.Pattern[str]
    words: frozenset[str]
    comments: re.Pattern[str]
    related: re.Pattern[str]
    credits: re.Pattern[str]
    caption_openers: tuple[str, ...]
    credited: re.Pattern[str]
    positions: re.Pattern[str]
    roles: frozenset[str]
    date_labels: frozenset[str]
    update_labels: re.Pattern[str]
    today_labels: re.Pattern[str]
    months: dict[str, int]
    weekdays: frozenset[str]
    counter: re.Pattern[str]
    common_words: frozenset[str]


@functools.lru_cache(maxsize=8)
def words(language: str = "en") -> Words:
    """The furniture of a language; for one without a file, that of English, the common language of page frames."""
    known = load()
    name = f"patterns/{language}/furniture.yaml"
    tree: dict[str, Any] = known.tree(name if known.files(name) else "patterns/en/furniture.yaml")
    units = _either(tree["counter_units"])
    return Words(
        lines=_whole(tree["lines"]),
        contains=re.compile(_either(tree["contains"])),
        words=frozenset(tree["words"]),
        comments=_whole(tree["comments"]),
        related=_whole(tree["related"]),
        credits=re.compile(rf"(?:^|(?<=[\s/,|(©]))(?:{_either(tree['credits'])}(?:(?<=/)|(?=$|[\s:/,.|)’'])))"),
        caption_openers=tuple(tree["caption_openers"]),
        credited=re.compile(rf"[\s|]{_either(tree['credits'])}:\s[^.]{{2,60}}$"),
        positions=re.compile(rf"\((?:[^()]{{0,20}}\s)?{_either(tree['positions'])}\)"),
        roles=frozenset(tree["roles"]),
        date_labels=frozenset(tree["date_labels"]),
        update_labels=re.compile(rf"\b{_either(tree['update_labels'])}\b"),
        today_labels=_whole(tree["today_labels"]),
        months=tree["months"],
        weekdays=frozenset(tree["weekdays"]),
        counter=re.compile(rf"(?:^|\s)\d{{1,3}}(?:[ ,]?\d{{3}})?\s{units}\s"),
        common_words=frozenset(tree["common_words"]),
    )


def plain(text: str) -> str:
    """A line as patterns are held against it: lower case, straight quotes, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


def _either(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase.lower()) for phrase in longest_first) + ")"


def _whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern out of many whole-line patterns; `*` is one to five words, `#` a number."""
    made = []
    for pattern in patterns:
        escaped = re.escape(pattern.lower()).replace(r"\ ", " ")
        made.append(escaped.replace(r"\*", r"\S+(?: \S+){0,4}").replace(r"\#", r"\d[\d.,]*"))
    return re.compile(r"[\W_]{0,4}(?:" + "|".join(made) + r")[\s.:!?…>»)\]]{0,4}")
