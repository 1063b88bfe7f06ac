"""Who speaks in a transcript, by the label at the head of a line ("Vladimir Putin: …", "MR. CARNEY: …", "Q …")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from dragoman.split.words import Words

#: The longest label seen in transcripts: an office, a state and a name.
LONGEST_LABEL = 120

_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n\r!?;“”\"]{0,118}?)\s?(?:\((?:[^()\n]{1,60})\)\s?)?:(?=\s|[A-Z“])")
# "Q Thanks", "QThanks" where a page lost the space, "Q -- and then"; "Qatar" is none.
_BARE = re.compile(r"(?P<label>[QA])(?:\.?[ \t\u00a0]+(?=[A-Z“\"(–—-])|(?=(?<=Q)[A-Z][a-z’']))")
# Words that names and offices hold in small letters, in any of the languages that names come from.
_SMALL = frozenset(
    {"of", "the", "and", "de", "del", "da", "di", "al", "el", "bin", "ibn", "van", "von", "der", "la", "le", "for"}
    | {"to", "in", "on", "at", "a", "ul", "ur"}
)
_QUOTED = ("“", '"', "«")
#: A label before a quotation is one of a transcript only when it recurs so often.
_RECURRING = 2
_WORD = re.compile(r"[^\s,]+")


class Labels:
    """The labels of one document: a name that stands once before a colon may be anything, a recurring one speaks."""

    def __init__(self, passages: Iterable[str], words: Words) -> None:
        self._words = words
        self._seen: Counter[str] = Counter()
        self._bare = 0
        count = 0
        for passage in passages:
            count += 1
            head = passage[: LONGEST_LABEL + 2]
            if _BARE.match(head):
                self._bare += 1
            elif found := _LABEL.match(head):
                self._seen[found["label"].strip().lower()] += 1
        #: A short text with one label is a headline or a topic ("Syrian civil war: …"), no transcript.
        self._transcript = count >= 5 or self._seen.total() + self._bare > 1

    def of(self, passage: str) -> str:
        """The label at the head of a passage, or an empty text."""
        head = passage[: LONGEST_LABEL + 2]
        if self._bare > 1 and (bare := _BARE.match(head)):
            return bare["label"]
        if (found := _LABEL.match(head)) is None:
            return ""
        label = found["label"].strip()
        if passage[found.end() :].lstrip()[:1] in _QUOTED and self._seen[label.lower()] < _RECURRING:
            return ""  # "Kerry: “Words …”": a quotation with its speaker, and the text goes on as it was
        lower = label.lower().rstrip(".")
        if lower in self._words.speakers:
            return label
        if not self._transcript:
            return ""
        pieces = _WORD.findall(label)
        named = [piece for piece in pieces if piece.lower() not in _SMALL]
        if len(pieces) > 16 or not named or not all(piece[0].isupper() or piece[0] in "(’'" for piece in named):
            return ""
        if len(named) == 1 and self._seen[label.lower()] < 2 and not label.isupper():
            return ""
        return label
