"""Who speaks at a place of a document and to whom: by the labels of a transcript, by what frames a quotation."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from dragoman.resolve.coreference import Memory, Named
from dragoman.resolve.reading import Reading

#: A label at the head of a line: an office, a state and a name at most, then a colon.
_LABEL = re.compile(r"^[ \t]*([A-Z][^:\n!?;“”\"]{2,110}?)\s?(?:\([^()\n]{1,60}\))?:(?=\s|[A-Z“])", re.MULTILINE)
_TURN_ENDS = re.compile(r"^\s*(?:\*\s*){3,}$|^\s*-{3,}\s*$|^<…>$", re.MULTILINE)
_MARKS = re.compile(r"[“”\"]")
_PERSONS = frozenset({"person", "agent"})
_SPEAKING = _PERSONS | {"body", "unknown name"}
#: So far from a quotation its speaker is named.
_NEAR = 110
#: A paragraph is looked at so far back for the marks of a quotation.
_QUOTED = 3000


class Speakers:
    """Who says what stands in one document."""

    def __init__(
        self,
        text: str,
        memory: Memory,
        read: Callable[[str], list[Reading]],
        turns: Sequence[tuple[int, str]] | None = None,
    ) -> None:
        self._text = text
        self._memory = memory
        self._read = read
        self._given = turns

    @functools.cached_property
    def turns(self) -> list[tuple[int, Named | None]]:
        """Where turns begin, and who speaks from there on; nobody where a transcript breaks off."""
        found: list[tuple[int, Named | None]] = []
        labels = self._given
        if labels is None:
            labels = [(match.start(1), match.group(1)) for match in _LABEL.finditer(self._text)]
        for start, label in labels:
            reading = next((r for r in self._read(label) if r.kind in _PERSONS and r.country), None)
            if reading is not None:
                found.append((start, Named(start, start + len(label), reading)))
        if found:
            found.extend((match.start(), None) for match in _TURN_ENDS.finditer(self._text))
        return sorted(found, key=lambda turn: turn[0])

    def speaker(self, offset: int) -> Named | None:
        """Who speaks at an offset; nobody where neither a label nor a quotation tells."""
        at = bisect_right(self.turns, offset, key=lambda turn: turn[0]) - 1
        if at >= 0:
            return self.turns[at][1]
        return self._quoted(offset)

    def addressee(self, offset: int) -> Named | None:
        """To whom the speaker at an offset speaks: the other side, where a transcript tells of one other only."""
        speaker = self.speaker(offset)
        if speaker is None or not self.turns:
            return None
        own = speaker.reading.country
        others = [named for _, named in self.turns if named is not None and named.reading.country != own]
        if not others:
            before = self._memory.before(self.turns[0][0] or offset) or self._memory.before(offset)
            others = [
                n for n in before if n.reading.kind == "person" and n.reading.office and n.reading.country != own
            ]  # fmt: skip
        counted = Counter(named.reading.country for named in others)
        if len(counted) != 1:
            return None
        return others[0]

    def _quoted(self, offset: int) -> Named | None:
        """Who is named right behind the quotation around an offset, else right before it."""
        start = max(self._text.rfind("\n", 0, offset) + 1, offset - _QUOTED)
        marks = [start + mark.start() for mark in _MARKS.finditer(self._text, start, offset)] if offset > start else []
        if len(marks) % 2 == 0:
            return None
        closing = _MARKS.search(self._text, offset, offset + _QUOTED)
        line = self._text.find("\n", offset)
        last = line if line >= 0 else len(self._text)
        if closing is not None and closing.end() < last:
            behind = self._memory.between(closing.end(), min(last, closing.end() + _NEAR))
            stop = _MARKS.search(self._text, closing.end(), last)
            spoken = [n for n in behind if n.reading.kind in _SPEAKING and (stop is None or n.end <= stop.start())]
            if spoken:
                return spoken[0]
        ahead = self._memory.between(max(start, marks[-1] - _NEAR), marks[-1])
        spoken = [n for n in ahead if n.reading.kind in _SPEAKING]
        return spoken[-1] if spoken else None


def side_of(named: Named, phrase: str) -> Reading:
    """The side of a speaker: "we", "our country"."""
    reading = named.reading
    how = (f"'{phrase}' is the side of whoever speaks, at {named.start}", *reading.how)
    sectors = reading.sectors[:1] if reading.sectors[:1] == ("GOV",) else reading.sectors
    return Reading(country=reading.country, sectors=sectors, how=how, kind="body", plural=True)


def person_of(named: Named, phrase: str) -> Reading:
    """The speaker or the one spoken to: "I", "you", "Mr President"."""
    how = (f"'{phrase}' is whoever speaks or is spoken to, at {named.start}", *named.reading.how)
    return msgspec.structs.replace(named.reading, how=how)
