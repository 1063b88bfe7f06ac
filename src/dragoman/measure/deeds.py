"""Whether two verbs tell of one deed: the same verb in another form ("send", "sent"), or a near synonym ("delivered").

Forms come from the table of irregular ones; synonyms from `knowledge/words/deeds.yaml`.
"""

from __future__ import annotations

import functools
import re

from dragoman.knowledge import HERE, load

#: Regular forms of a verb share so many first letters ("deliver", "delivery").
_STEM = 5


@functools.lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Irregular forms of verbs to their dictionary form."""
    table: dict[str, str] = {}
    for line in (HERE / "models" / "en" / "lemmas.tsv").read_text(encoding="utf-8").splitlines():
        form, kind, base = ("#", "", "") if line.startswith("#") or not line else line.split("\t")
        if kind == "V":
            table.setdefault(form, base)
    return table


@functools.lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """A verb with all that may tell of the same deed."""
    found: dict[str, set[str]] = {}
    for row in load().tree("words/deeds.yaml")["same"]:
        for verb in row:
            found.setdefault(verb, set()).update(row)
    return {verb: frozenset(others) for verb, others in found.items()}


def bases(word: str) -> frozenset[str]:
    """What the dictionary form of a word may be, were it a verb."""
    word = word.lower()
    tries = {word, _irregular().get(word, word)}
    for ending, more in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
                         ("ing", "e")):  # fmt: skip
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            tries.add(stem + more)
            if len(stem) > 2 and stem[-1] == stem[-2]:  # "stopped"
                tries.add(stem[:-1])
    return frozenset(tries)


def told_of(verb: str, text: str) -> str:
    """The word of a text that tells of a verb's deed: the verb, a noun of it, or a near synonym; empty for none."""
    own = bases(verb)
    wanted = frozenset(other for base in own for other in _synonyms().get(base, frozenset({base})))
    words: list[str] = re.findall(r"[A-Za-z]+", text)
    for word in words:
        if bases(word) & own or (len(verb) >= _STEM and word[:_STEM].lower() == verb[:_STEM].lower()):
            return word
    return next((word for word in words if bases(word) & wanted and word.islower()), "")
