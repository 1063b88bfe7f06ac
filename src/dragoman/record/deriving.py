"""What a record asks of whoever derives items from claims and judgements; `dragoman.reconcile` is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from dragoman.model import Item, Judgement, Known

#: Where a claim is looked for: its blocks, and the first and last day (ordinals, inclusive) that it may be told of.
Place = tuple[tuple[str, ...], int, int]
#: Claims of any of some blocks whose days meet a stretch of days.
Near = Callable[[tuple[str, ...], int, int], list[Known]]
#: Claims by their ids; those that the record does not hold are left out.
Named = Callable[[Iterable[str]], list[Known]]


#: The last word of people on each claim and pair, made from the log of judgements; what it is, the deriver knows.
Heeded = Any


class Deriver(Protocol):
    """How claims become items, and documents groups of copies."""

    def heed(self, judgements: Sequence[Judgement]) -> Heeded:
        """The log of judgements, ready to be asked."""
        ...

    def corrected(self, known: Known, heeded: Heeded) -> Known:
        """A claim as the last correction has it. Raises UsageError when that cannot be heeded."""
        ...

    def place(self, known: Known) -> Place:
        """The blocks of a claim, and the first and last day (ordinal) on which the same happening may be told."""
        ...

    def gather(self, seeds: Iterable[Known], near: Near, named: Named, heeded: Heeded) -> list[list[Known]]:
        """The groups of connected claims that the seeds belong to, corrected; the seeds touch nothing outside them."""
        ...

    def items(self, group: Sequence[Known], heeded: Heeded) -> list[Item]:
        """The items that a group of connected claims tells."""
        ...

    def sign(self, text: str) -> bytes:
        """What stands for a text when copies are looked for; empty where it is too short."""
        ...

    def bands(self, signature: bytes) -> list[int]:
        """The keys under which copies meet."""
        ...

    def alike(self, one: bytes, two: bytes) -> bool:
        """Whether two signatures are those of near copies."""
        ...
