"""Fold text to plain lower-case ASCII of the same length, for comparing and finding names."""

from __future__ import annotations

import functools
import re
import unicodedata

_TABLE = bytes(
    (code + 32 if 65 <= code <= 90 else code) if chr(code).isalnum() or code == 127 else 32 for code in range(128)
) + bytes(range(128, 256))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SPECIAL = {
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "İ": "I", "ß": "s", "æ": "a", "Æ": "A",
    "œ": "o", "ð": "d", "þ": "t", "ə": "a", "Ə": "A",
}  # fmt: skip


@functools.lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    plain = _SPECIAL.get(char) or unicodedata.normalize("NFKD", char)[:1]
    if plain.isascii() and plain.isprintable():
        return plain
    # Letters of other scripts stay letters; marks and spaces part words.
    return "\x7f" if char.isalnum() or unicodedata.combining(char) else " "


def plain_letter(char: str) -> str:
    """A letter without its marks, its case kept; a letter of another script as it is."""
    plain = char if char.isascii() else _SPECIAL.get(char) or unicodedata.normalize("NFKD", char)[:1]
    return plain if plain.isascii() else char


def fold(text: str) -> str:
    """The text in plain lower-case ASCII, of the same length, with a space for all that is no letter or digit."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: _fold_char(found.group()), text)
    return text.encode("ascii").translate(_TABLE).decode("ascii")


@functools.lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """A name folded and its spaces single, for comparing."""
    return " ".join(fold(name).split())


def pattern(name: str) -> str:
    """A name as the automaton finds it: folded, between spaces."""
    return f" {fold(name).strip()} "
