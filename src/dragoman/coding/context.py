"""What the coder asks of others, as protocols: the pipeline hands in resolvers, so that the stages stay apart."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from dragoman.coding.network import Glance
from dragoman.model import DateSpan, Document, Entity, Mention, NameHit, Passage, Place


class ActorResolver(Protocol):
    """Says who a phrase of one document names, at the date of that document; one resolver a document.

    It is asked in the order of the text and remembers what was named, so that "he", "the minister",
    "his Russian counterpart" and "both countries" can be answered.
    """

    def entities(self, mention: Mention, *, subject: bool = False) -> tuple[Entity, ...]:
        """The actors that a phrase names: one as a rule, several for "the two countries", none if it is no actor.

        `subject` says that the phrase stands where a party stands (and a capital means a government).
        """
        ...

    def is_actor(self, mention: Mention) -> bool:
        """Whether the phrase can stand for a political actor at all (cheap; nothing is remembered)."""
        ...

    def pair(self, offset: int) -> tuple[Entity, ...]:
        """The two states that the text before an offset speaks of together, as parties without words of their own."""
        ...

    def visitor(self, offset: int) -> Entity | None:
        """Who came where the sentence before an offset tells of, as a party without words of its own here."""
        ...


class DateResolver(Protocol):
    """Finds the date words of a stretch of one document and says which days they mean."""

    def dates(self, start: int, end: int) -> list[tuple[int, int, DateSpan]]:
        """All date phrases between two offsets: their start, end and meaning."""
        ...

    @property
    def fallback(self) -> DateSpan | None:
        """The date of the document (or part) itself, with `how` "document"."""
        ...


class PlaceResolver(Protocol):
    """Says where a phrase lies."""

    def place(self, start: int, end: int) -> Place | None:
        """The place that the words between two offsets name, or none."""
        ...

    def there(self, offset: int) -> Place | None:
        """The place that "there" at an offset points back to: the last one named in the few sentences before."""
        ...


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One passage ready for coding: its parse, the names found in it, and who to ask.

    `near` are the codes of the states named just before it. `parse` is a spaCy Doc of the passage alone: token offsets
    plus `passage.start` are offsets of the document. `glance` is what the network makes of the passage, where there is
    one.
    """

    document: Document
    passage: Passage
    parse: Any
    hits: tuple[NameHit, ...]
    near: frozenset[str] = frozenset()
    actors: ActorResolver
    dates: DateResolver
    places: PlaceResolver
    glance: Glance | None = None
