"""Decides in microseconds which passages can hold an event at all, so that only those are parsed."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

from dragoman.coding.cues import Cues, cues
from dragoman.coding.frames import Lexicon, lexicon
from dragoman.coding.lemmas import lemma
from dragoman.knowledge import Knowledge

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Gate:
    """A passage passes when a word in it can set off an event and it is not drowned in sport, culture or weather."""

    def __init__(self, frames: Lexicon, lists: Cues, weights: dict[str, float] | None = None) -> None:
        self._weights = dict(weights or {})
        self._bias = self._weights.pop("<bias>", 0.0) - self._weights.pop("<threshold>", 0.0)
        self._triggers = frozenset(frames.verbs) | frozenset(frames.nouns) | frozenset(frames.adjectives)
        self._modal = frozenset({"must", "should"})
        self._seen: dict[str, bool] = {}
        quiet = lists.quiet
        self._limit = float(quiet["limit"])
        self._quiet = _Phrases({str(k): float(v) for topic in quiet["topics"].values() for k, v in topic.items()})
        self._loud = _Phrases({str(k): float(v) for k, v in quiet["loud"].items()})
        self._reciprocal = _Phrases(dict.fromkeys(lists.reciprocal, 1.0))
        self._dead = _Phrases({str(p): 1.0 for p in quiet["phrases"]})

    def words(self, text: str) -> list[str]:
        """The words of a passage in lower case."""
        return [word.replace("’", "'") for word in _WORD.findall(text.lower())]

    def trigger(self, words: list[str]) -> bool:
        """Whether any word can set off an event."""
        seen = self._seen
        for word in words:
            known = seen.get(word)
            if known is None:
                base = word.removesuffix("'s")
                known = any(
                    form in self._triggers
                    for form in (base, lemma(base, "VBD"), lemma(base, "VBG"), lemma(base, "VBZ"), lemma(base, "NNS"))
                )
                known = known or word in self._modal
                if "-" in base and not known:
                    known = base.rsplit("-", 1)[1] in self._triggers
                if len(seen) < 500_000:  # a hostile text must not fill the memory
                    seen[word] = known
            if known:
                return True
        return False

    def quiet(self, words: list[str]) -> bool:
        """Whether the passage is about sport, culture, science, weather or accidents more than about politics."""
        weight = self._quiet.weight(words)
        return weight >= self._limit and weight > self._loud.weight(words)

    def likely(self, words: list[str]) -> bool:
        """Whether the words together speak for an event, as in passages coded by reading (training/gate.py)."""
        weights = self._weights
        return not weights or self._bias + sum(weights.get(word, 0.0) for word in set(words)) >= 0

    def dead(self, text: str) -> list[tuple[int, int]]:
        """The stretches of fixed phrases that are no event ("war on drugs"), as offsets into the text."""
        matches = list(_WORD.finditer(text))
        words = [m.group().lower().replace("’", "'") for m in matches]
        return [(matches[a].start(), matches[b - 1].end()) for a, b in self._dead.spans(words)]

    def reciprocal(self, words: list[str]) -> bool:
        """Whether a word tells that each side does something to the other: who they are may stand before."""
        return self._reciprocal.weight(words) > 0

    def passes(self, text: str) -> bool:
        """Whether a passage deserves the parser."""
        words = self.words(text)
        return self.trigger(words) and not self.quiet(words)

    def opens(self, words: list[str], *, between: bool) -> bool:
        """All that the gate asks of the words of a passage; one that names two states need not look likely."""
        return self.trigger(words) and (between or self.likely(words)) and not self.quiet(words)


class _Phrases:
    """Words and phrases with weights, found by their first word; each stretch counts once, the longest phrase first."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], float]]] = defaultdict(list)
        for phrase, weight in weights.items():
            parts = tuple(phrase.lower().split())
            self._by_first[parts[0]].append((parts, weight))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))

    def spans(self, words: list[str]) -> list[tuple[int, int]]:
        return [(a, b) for a, b, _ in self._find(words)]

    def weight(self, words: list[str]) -> float:
        return sum(w for _, _, w in self._find(words))

    def _find(self, words: list[str]) -> list[tuple[int, int, float]]:
        found: list[tuple[int, int, float]] = []
        at = 0
        while at < len(words):
            for parts, weight in self._by_first.get(words[at], ()):
                end = at + len(parts)
                if tuple(words[at:end]) == parts or (
                    len(parts) > 1 and tuple(_plain(w) for w in words[at:end]) == parts
                ):
                    found.append((at, end, weight))
                    at = end - 1
                    break
            at += 1
        return found


@functools.lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return lemma(word, "VBD")


@functools.lru_cache(maxsize=4)
def gate(knowledge: Knowledge) -> Gate:
    """The gate of a knowledge, built once."""
    return Gate(lexicon(knowledge), cues(knowledge), _weights(knowledge))


def _weights(knowledge: Knowledge) -> dict[str, float]:
    """The table of words that training made; none where a user's knowledge has none."""
    found: dict[str, float] = {}
    for path in knowledge.files("models/en/gate.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            word, tab, weight = line.partition("\t")
            if tab and not line.startswith("#"):
                found[word] = float(weight)
    return found
