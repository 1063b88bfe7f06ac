"""What a brief is made of before it is written out: lines, parts, and the numbered sources that they cite."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dragoman.measure import Month, Turn
from dragoman.model import Evidence
from dragoman.record import Store
from dragoman.show import words
from dragoman.show.look import Look, Told

#: So many documents are cited for one line; the page of the item has the rest.
MOST_DOCUMENTS = 5


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing said: `when` in words, the sentence, the source's own words (or empty), the numbers of its sources."""

    text: str
    notes: tuple[int, ...]
    when: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the brief; `empty` is said where there are no lines, `more` after them."""

    title: str
    lines: tuple[Line, ...]
    empty: str = ""
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One source: its number, the exact sentence, the document that holds it, who published it and when.

    `quoted` says that a line has the sentence whole, so that the list of sources need not.
    """

    number: int
    sentence: str
    document: str
    title: str
    publisher: str
    date: str
    url: str
    start: int
    quoted: bool = False


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A brief before it is written out: one page (`state`, `sections`), then the `annex` with the rest."""

    title: str
    span: str
    state: tuple[Line, ...]
    sections: tuple[Section, ...]
    annex: tuple[Section, ...]
    months: tuple[Month, ...]
    turns: tuple[Turn, ...]
    notes: tuple[Note, ...]
    a: str
    b: str


@dataclass
class Notes:
    """Numbers the sentences in the order in which they are cited."""

    seen: Look
    store: Store
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    kept: list[Note] = field(default_factory=list)

    def of(self, evidence: Evidence) -> int:
        """The number of a sentence, a new one at its first citation."""
        key = (evidence.document, evidence.start, evidence.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            line = self.seen.documents.get(evidence.document)
            self.kept.append(
                Note(
                    number=self.numbers[key],
                    sentence=" ".join(evidence.text.split()),
                    document=evidence.document,
                    title=(line.title if line else "") or "Untitled document",
                    publisher=(line.source if line else "") or "publisher not known",
                    date=words.when(line.published) if line else "no date",
                    url=line.url if line else "",
                    start=evidence.start,
                )
            )
        return self.numbers[key]

    def all_of(self, told: Told[Any]) -> tuple[int, ...]:
        """The numbers of an item's fullest sentence and of one sentence from each further document, some at most."""
        numbers = [self.of(told.claim.evidence)]
        cited = {told.claim.evidence.document}
        for link in told.item.links:
            if len(numbers) < MOST_DOCUMENTS and link.document not in cited and (claim := self.store.claim(link.claim)):
                cited.add(link.document)
                numbers.append(self.of(claim.evidence))
        return tuple(sorted(set(numbers)))
