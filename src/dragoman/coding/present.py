"""Which word in -s after a party is the verb of a report told in the present, and its past form.

"France expels two envoys" is a verb; in "France backs talks" the first -s is one, the second is not: where the word can
also be a plural noun ("talks", "strikes"), what follows must begin an object or a clause.
"""

from __future__ import annotations

from dragoman.coding.frames import Lexicon
from dragoman.coding.lemmas import irregular, lemma

#: Words that begin an object, a complement or a place; after a plural noun none of them is usual inside a name.
_OPENERS = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "that",
        "to",
        "new",
        "more",
        "another",
        "all",
        "any",
        "no",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "several",
        "dozens",
        "hundreds",
        "thousands",
        "some",
        "what",
        "how",
        "as",
        "up",
        "out",
        "off",
        "down",
        "over",
        "it",
        "him",
        "them",
        "itself",
        "himself",
        "against",
        "with",
        "on",
        "into",
    ]
)
_NO_PLURAL = frozenset(["is", "was", "has", "as", "this", "its", "does", "us"])
_NOUN_FOLLOWERS = frozenset(["on", "with", "against", "over", "into", "as", "up", "out", "off", "down"])
_VOWELS = frozenset("aeiou")


class Present:
    """Tells the verbs of the frames and of saying from nouns that look alike."""

    def __init__(self, lexicon: Lexicon, says: frozenset[str]) -> None:
        self._verbs = frozenset(lexicon.verbs) | frozenset(word for word in says if " " not in word)
        self._nouns = frozenset(lexicon.nouns) | lexicon.classes.get("plural_nouns", frozenset())
        self._doubled = lexicon.classes.get("doubled", frozenset())
        self._past: dict[str, str] = {}
        self._past_forms = frozenset(form for (form, kind), base in irregular().items() if kind == "V" and form != base)
        for (form, kind), base in irregular().items():
            if (
                kind == "V"
                and form.isalpha()
                and not form.endswith("ing")
                and (base not in self._past or self._past[base].endswith("n"))
            ):
                self._past[base] = form

    def __call__(self, word: str, after: str, stands: str) -> str:
        """The past form of a word that is a verb here, or nothing.

        `after` is the next word, "*" for a name; `stands` is "one" after one party, "many" after several, "either"
        where both are possible, "loose" after a comma, a bracket or "and"; with "past", "base" and "gerund" it
        is only told whether the word is such a form of such a verb.
        """
        if stands in {"base", "gerund"}:
            return word if (word if stands == "base" else lemma(word, "VBG")) in self._verbs else ""
        if stands == "past":
            return word if lemma(word, "VBD") in self._verbs else ""
        base = lemma(word, "VBZ")
        plural = base == word
        if (
            base not in self._verbs
            or (plural and stands not in {"many", "either"})
            or (not plural and stands == "many")
        ):
            return ""
        if (
            stands == "loose"
            and (base in self._nouns or word in self._nouns)
            and not (after == "*" or after in _OPENERS - _NOUN_FOLLOWERS)
        ):
            return ""
        if plural and word in self._past_forms:
            return ""
        if base in self._nouns or word in self._nouns:
            opens = after == "*" or after in _OPENERS or (after.endswith("s") and after not in _NO_PLURAL)
            if not opens or (after in _NOUN_FOLLOWERS):
                return ""
        elif after == "of":
            return ""
        return self.past(base)

    def past(self, base: str) -> str:
        """The past form of a verb."""
        known = self._past.get(base)
        if known is None:
            if base.endswith("e"):
                known = base + "d"
            elif base.endswith("y") and base[-2:-1] not in _VOWELS:
                known = base[:-1] + "ied"
            elif base in self._doubled or (
                len(base) in {3, 4} and base[-1] not in "aeiouwxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS
            ):
                known = base + base[-1] + "ed"
            else:
                known = base + "ed"
            self._past[base] = known
        return known
