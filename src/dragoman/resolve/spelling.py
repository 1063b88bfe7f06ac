"""Plurals of English nouns and compounds, by their spelling."""

from __future__ import annotations

_IRREGULAR = {
    "man": "men", "woman": "women", "person": "people", "child": "children", "thief": "thieves", "wife": "wives",
    "jihadi": "jihadis",
}  # fmt: skip


def plural(word: str) -> str:
    """The plural of an English noun or compound, by its spelling; the last word changes, or the head before "of"."""
    head, of, rest = word.partition(" of ")
    first, _, last = head.rpartition(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif last.endswith("man") and last not in {"human", "german", "roman"}:
        last = last[:-3] + "men"
    elif last.endswith("woman"):
        last = last[:-5] + "women"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        last += "es"
    elif last:
        last += "s"
    return f"{first} {last}".strip() + of + rest
