"""What a phrase is read into: its words with their offsets, and who it names."""

from __future__ import annotations

import re

import msgspec

_TOKEN = re.compile(r"\w+(?:['’]\w+|[.&]\w+)*\.?|[,;()–—/&-]|['’]s?(?=\s|$)")
_POSSESSIVE = re.compile(r"(?:['’]s|['’´ʼ`]s?)$")
#: Kinds of names that say a state.
PLACES = frozenset({"state", "adjective", "capital", "region", "metonym", "people"})
FORMER_SECTORS = frozenset({"GOV", "LEG", "MIL", "SPY", "JUD", "COP", "PTY"})


class Word(msgspec.Struct, frozen=True):
    """A word of the phrase with its offsets in it; `owner` says that it ends in a possessive."""

    text: str
    start: int
    end: int
    owner: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase names: who, of which state, in which sectors; `kind` says what the head is."""

    name: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    office: str = ""
    how: tuple[str, ...] = ()
    kind: str = ""
    plural: bool = False
    generic: bool = False


NOTHING = Reading()


def words_of(text: str) -> list[Word]:
    """The words and dividing marks of a phrase."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word in {"'s", "’s", "'", "’"}:
            if found:
                found[-1] = msgspec.structs.replace(found[-1], owner=True)
            continue
        owner = bool(_POSSESSIVE.search(word)) or text[end : end + 2] in {"' ", "’ "} or text[end : end + 1] == "ʼ"
        if owner:
            stripped = _POSSESSIVE.sub("", word)
            end = start + len(stripped)
            word = stripped
        if word.endswith(".") and not re.fullmatch(r"(?:\w\.)+|[A-Z]\w{0,4}\.", word):
            word, end = word[:-1], end - 1
        found.append(Word(word, start, end, owner))
    return found
