"""Compares the words of two claims."""

from __future__ import annotations

import functools
import re

from dragoman.knowledge import load

_WORD = re.compile(r"\w+")

#: Shorter words are mostly grammar; numbers count at any length.
SHORTEST_WORD = 4
#: Of telling words three letters are enough (jet, gas, tax), since grammar is taken out by name.
SHORTEST_TELLING = 3
STEM = 6


@functools.lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry content: lower case, four letters or more, or numbers; cut to a stem of six.

    Six letters join "visit" with "visited" and "sanctions" with "sanctioned" without a stemmer for each language.
    """
    words = _WORD.findall(text.casefold())
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST_WORD or word.isdigit())


@functools.cache
def _plain() -> frozenset[str]:
    """The stems of words that do not tell one happening from another: see `words/en.yaml`, and names of states."""
    knowledge = load()
    words = str(knowledge.tree("words/en.yaml")["plain"])
    for file in ("actors/states.csv", "actors/demonyms.csv", "actors/capitals.csv"):
        for row in knowledge.rows(file):
            words += " " + " ".join(value for name, value in row.items() if name in _NAMING)
    return frozenset(map(_stem, _WORD.findall(words.casefold())))


#: The columns that hold names.
_NAMING = frozenset({"name", "aliases", "demonym", "capital", "word", "text", "noun", "adjective"})
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ed|e?s)$")


def _stem(word: str) -> str:
    """A word without its ending, cut to six letters: "shelled", "shells" and "shelling" are one."""
    return _ENDING.sub("", word)[:STEM]


@functools.lru_cache(maxsize=65536)
def telling_words(text: str) -> frozenset[str]:
    """The stems of the words that may tell the happening of a report from others; numbers stand by themselves."""
    words = _WORD.findall(text.casefold())
    stems = {_stem(word) for word in words if len(word) >= SHORTEST_TELLING and not word.isdigit()}
    return frozenset(stems - _plain())


@functools.cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(load().tree("words/en.yaml")[name]).split())


@functools.lru_cache(maxsize=65536)
def has_word(text: str, name: str) -> bool:
    """Whether a text has one of the words of a list of `words/en.yaml`."""
    return not _listed(name).isdisjoint(_WORD.findall(text.casefold()))


@functools.cache
def _of_states() -> frozenset[str]:
    """The stems of the names of states and of their people."""
    rows = (row for file in ("actors/states.csv", "actors/demonyms.csv") for row in load().rows(file))
    words = " ".join(value for row in rows for name, value in row.items() if name in _NAMING)
    return frozenset(map(_stem, _WORD.findall(words.casefold()))) - {_stem("union")}


@functools.lru_cache(maxsize=16384)
def own_words(text: str, beside: str) -> frozenset[str]:
    """The stems of the words of a name, but names of states and the words of a list of `words/en.yaml`."""
    plain = text.casefold().replace("inter-", "inter")  # "inter-governmental" is "intergovernmental"
    words = [word for word in _WORD.findall(plain) if len(word) >= SHORTEST_TELLING or word.isdigit()]
    return frozenset(_stem(word) for word in words if word not in _listed(beside)) - _of_states() - _GRAMMAR


_GRAMMAR = frozenset({"the", "and", "for", "with", "between"})


@functools.cache
def _states() -> frozenset[str]:
    """The names of states in small letters."""
    return frozenset(str(row.get("name", "")).casefold() for row in load().rows("actors/states.csv"))


def is_state(name: str) -> bool:
    """Whether a place is a whole state."""
    return name.casefold() in _states()


_CAPITAL = re.compile(r"(?<=[\w,;)’'\-–—] )[A-Z][\w’-]*|(?<=[“\"(])[A-Z][\w’-]*")


@functools.lru_cache(maxsize=65536)
def proper_names(text: str) -> frozenset[str]:
    """The telling words that stand with a capital within a sentence: places, names of people, firms, ships."""
    return telling_words(" ".join(_CAPITAL.findall(text)))


def name_words(text: str) -> frozenset[str]:
    """The words of a name that begin with a capital or a figure, but those that say only what it is or whence."""
    words = (word for word in _WORD.findall(text) if word[0].isupper() or word[0].isdigit())
    return frozenset(small for small in map(str.casefold, words) if len(small) > 1 and _stem(small) not in _plain())


_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {
    word: 10 * number for number, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty"), 2)
}
_FIGURE = re.compile(r"\b\d{1,3}(?:[,.]\d{3})+\b|\b\d+(?:\.\d+)?\b|\b[a-z]+\b")
#: "One of", "the two sides": small numbers are grammar.
LARGEST_PLAIN = 2
#: Years are no counts.
_YEARS = range(1800, 2101)


@functools.lru_cache(maxsize=65536)
def counts(text: str) -> frozenset[float]:
    """The numbers that a report gives, in figures or words, but years, one and two."""
    found: set[float] = set()
    for word in _FIGURE.findall(text.casefold()):
        if word[0].isdigit():
            value = float(word.replace(",", "") if not re.fullmatch(r"\d+\.\d+", word) else word)
        else:
            value = float(_NUMBERS.get(word, 0))
        if value > LARGEST_PLAIN and value not in _YEARS:
            found.add(value)
    return frozenset(found)


_ORDINALS = {
    word: number
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 2
    )
}
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b(?! century| anniversary)|\b(second|third|[a-z]+th)\b(?! anniversary)")


@functools.lru_cache(maxsize=65536)
def ordinals(text: str) -> frozenset[int]:
    """The place in a row that a report gives: the second round, the 19th session."""
    found = (int(digits) if digits else _ORDINALS.get(word, 0) for digits, word in _ORDINAL.findall(text.casefold()))
    return frozenset(found) - {0}


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """The share of the smaller set that both have (0 to 1): a short report of a long one is still alike."""
    smaller = min(len(one), len(two))
    return len(one & two) / smaller if smaller else 0.0


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """The Jaccard index of two sets (0 to 1; two empty sets are not alike)."""
    union = len(one | two)
    return len(one & two) / union if union else 0.0
