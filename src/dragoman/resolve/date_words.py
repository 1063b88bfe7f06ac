"""The words of dates as patterns: what `patterns/en/dates.yaml` lists, compiled once for each knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge

FILE = "patterns/en/dates.yaml"


def either(words: Iterable[str]) -> str:
    """A pattern of one of the words, longest first; a space stands for any blank."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def capital(words: Iterable[str]) -> str:
    """A pattern of one of the words, written with a capital or in capitals."""
    return either(form for word in words for form in (word.capitalize(), word.upper()))


def _abbreviated(words: Iterable[str]) -> str:
    """The same, with a dot where the word is a short form of another ("Sept." but "May")."""
    names = list(words)
    short = [w for w in names if any(other != w and other.startswith(w) for other in names)]
    return f"(?:{capital(w for w in names if w not in short)}\\b|{capital(short)}\\b\\.?)"


class DateWords:
    """The tables of the file as Python needs them, and the pieces that the rules are built of."""

    def __init__(self, knowledge: Knowledge) -> None:
        tree: dict[str, Any] = knowledge.tree(FILE)
        try:
            self.month = {name: number for number, names in tree["months"].items() for name in names}
            self.weekday = {name: number for number, names in tree["weekdays"].items() for name in names}
            self.unit = {name: unit for unit, names in tree["units"].items() for name in names}
            self.number: dict[str, int] = tree["numbers"]
            self.vague = {words: (low, high) for words, (low, high) in tree["vague_numbers"].items()}
            self.ordinal: dict[str, int] = tree["ordinals"]
            self.season = {name: (first, last) for name, (first, last) in tree["seasons"].items()}
            self.day: dict[str, int] = tree["days"]
            self.holiday: dict[str, Any] = tree["holidays"]
            self.decade: dict[str, int] = tree["decade_words"]
            self.century: dict[str, int] = tree["century_words"]
            self.part = {words: (low, high) for words, (low, high) in tree["parts"].items()}
            self.fiscal: dict[str, list[int]] = tree["fiscal"]
            self.southern = frozenset(tree["southern"])
            self.month_first = frozenset(tree["month_first"])
            self.ambiguous = frozenset(self.month[name] for name in tree["ambiguous_months"] if len(name) > 3)
            self.sets = {key: frozenset(map(str, words)) for key, words in tree.items() if isinstance(words, list)}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise KnowledgeError(
                f"{FILE}: {error!r}: a table is missing or of another shape; see the file as shipped"
            ) from error
        self._pieces()
        self._cues()

    def _pieces(self) -> None:
        self.months = _abbreviated(self.month)
        self.weekdays = _abbreviated(self.weekday)
        self.full_weekdays = capital(name for name in self.weekday if name.endswith("day"))
        self.units = either(self.unit)
        numbers = list(self.number) + [
            f"{ten}-{one}"
            for ten, size in self.number.items()
            if size >= 20
            for one, unit in self.number.items()
            if 0 < unit < 10 and len(one) > 2
        ]
        self.numbers = f"(?:{either(self.vague)}|\\d{{1,3}}|{either(numbers)})"
        self.parts = f"(?:(?:{either(self.part)}|the\\s+{either(self.part)}))"
        self.seasons = either(self.season)
        self.ordinals = either(self.ordinal)
        words = either({*self.unit, *self.season, *self.decade, "eve", "fiscal", "financial", "FY", "weekend"})
        days = either({word.split()[-1] for word in self.day} | {word.split()[0] for word in self.holiday})
        # The gate sorts a passage: which rules can find anything in it at all.
        self.gate = re.compile(
            rf"(?P<digit>\d)|\b(?:(?P<month>{self.months})|(?P<weekday>{self.weekdays})|(?i:(?P<unit>{words})|(?P<day>{days}))\b)"
        )

    def _cues(self) -> None:
        future, past = self.sets["future_cues"], self.sets["past_cues"]
        self.perfect = re.compile(rf"(?i)\b{either(self.sets['perfect'])}\b")
        self.lead = re.compile(rf"(?i)\b{either(self.sets['future_before'])}\s+$")
        self.cue = re.compile(
            rf"(?i)(?P<future>(?:\b|(?=['’])){either(future)}\b)|(?P<past>\b(?:{either(past)}|(?-i:[a-z]{{2,}}ed))\b)"
        )

    def count(self, words: str) -> tuple[int, int]:
        """What a number in words or digits says, from and to.

        Raises `KeyError` where it is no number.
        """
        words = " ".join(words.lower().split())
        if words.isdigit():
            return int(words), int(words)
        if words in self.vague:
            return self.vague[words]
        ten, _, unit = words.partition("-")
        value = self.number[ten] + (self.number[unit] if unit else 0)
        return value, value

    def share(self, words: str) -> tuple[int, int]:
        """The twelfths that "early", "the end of" and so on stand for."""
        words = " ".join(words.lower().replace("-", " ").split())
        return self.part[words] if words in self.part else self.part[words.removeprefix("the ")]
