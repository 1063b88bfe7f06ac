"""Keeps what took long to work out, so that a page is answered at once while documents come in.

Invariant: what is given is right for the record as it stands, or was right at most `LATE` seconds ago where working it
out again takes long; then that is done in the background, once, and the next reader has it. What a reader was given is
never followed by something older. What is kept is bounded, by number and by weight.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

Value = TypeVar("Value")

#: What takes less than this (seconds) is worked out anew while the reader waits.
QUICK = 0.08
#: In the background nothing is worked out again before this many seconds have passed.
REST = 5.0
#: What has been out of date for longer is not shown any more: the reader waits.
LATE = 60.0
#: So many values are kept, and so many rows (items, documents) in all of them; the one not asked for longest goes first.
MOST = 400
MOST_ROWS = 100_000


@dataclass
class _Kept:
    version: Hashable
    value: Any
    took: float
    #: When it began to be worked out, as a number that only grows: what began later knows more.
    number: int
    #: When it was made, and when it was last known to be right.
    at: float
    right: float
    rows: int
    busy: bool = False


class _Turn:
    """Whose turn it is to work a value out, and how many wait for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting = 0


class Memory:
    """Values by key, each for a version of the record."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._turns: dict[Hashable, _Turn] = {}
        self._work = threading.Semaphore(1)
        self._clock = clock
        self._number = 0
        self._rows = 0

    def get(
        self,
        key: Hashable,
        version: Hashable,
        make: Callable[[], Value],
        *,
        rows: Callable[[Value], int] = lambda _: 1,
    ) -> Value:
        """The value of a key for a version, made when there is none; see the head of this file for when it is late.

        `rows` counts what a value holds, so that a few large ones do not fill the memory of the machine.
        """
        with self._lock:
            now = self._clock()
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                if kept.version == version:
                    kept.right = now
                    return kept.value  # type: ignore[no-any-return]  # what `make` of this key gave
                if kept.took > QUICK and now - kept.right <= LATE:
                    if not kept.busy and now - kept.at > REST:
                        kept.busy = True
                        threading.Thread(target=self._again, args=(key, version, make, rows), daemon=True).start()
                    return kept.value  # type: ignore[no-any-return]
            turn = self._turns.setdefault(key, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                # Whoever waited here finds what the first one made.
                with self._lock:
                    kept = self._kept.get(key)
                if kept is not None and kept.version == version:
                    return kept.value  # type: ignore[no-any-return]
                return self._make(key, version, make, rows)
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    self._turns.pop(key, None)

    def size(self) -> tuple[int, int]:
        """How many values are kept, and how many rows they hold."""
        with self._lock:
            return len(self._kept), self._rows

    def _again(
        self, key: Hashable, version: Hashable, make: Callable[[], Value], rows: Callable[[Value], int]
    ) -> None:
        try:
            with self._work:
                self._make(key, version, make, rows)
        finally:
            with self._lock:
                if (kept := self._kept.get(key)) is not None:
                    kept.busy = False

    def _make(
        self, key: Hashable, version: Hashable, make: Callable[[], Value], rows: Callable[[Value], int]
    ) -> Value:
        with self._lock:
            self._number += 1
            number, began = self._number, self._clock()
        start = time.perf_counter()
        value = make()
        took = time.perf_counter() - start
        one = _Kept(
            version=version, value=value, took=took, number=number, at=self._clock(), right=began, rows=rows(value)
        )
        with self._lock:
            before = self._kept.get(key)
            if before is not None and before.number > number:
                return value  # another reader began later and was faster: that one stays
            if before is not None:
                self._rows -= before.rows
            self._kept[key] = one
            self._kept.move_to_end(key)
            self._rows += one.rows
            while len(self._kept) > MOST or (self._rows > MOST_ROWS and len(self._kept) > 1):
                _, gone = self._kept.popitem(last=False)
                self._rows -= gone.rows
        return value
