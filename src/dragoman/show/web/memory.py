"""Keeps what took long to work out, so that a page is answered at once while documents come in.

Invariant: what is given is right for the record as it stands, or was right at most `LATE` seconds ago where working it
out again takes long; then that is done in the background, once, and the next reader has it. What can be mended is
mended: a change of the record leaves most of what is kept as it is. What a reader was given is never followed by
something older, and who has changed something at the desk never sees it as it was before. What is kept is bounded, by
number and by weight.
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
#: In the background nothing is worked out again before this many seconds have passed, and so many times as long as it
#: takes: a twentieth of the time is spent on each at most, however fast documents come in.
REST, SHARE = 5.0, 20
#: What has been out of date for longer is not shown any more: the reader waits.
LATE = 60.0
#: So many values are kept, and so many rows (items, documents) in all of them; the one not asked for longest goes first.
MOST = 2_000
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
        self._changed = 0.0

    def get(
        self,
        key: Hashable,
        version: Hashable,
        make: Callable[[], Value],
        *,
        rows: Callable[[Value], int] = lambda _: 1,
        mend: Callable[[Any, Value], Value | None] = lambda *_: None,
    ) -> Value:
        """The value of a key for a version, made when there is none; see the head of this file for when it is late.

        `rows` counts what a value holds, so that a few large ones do not fill the memory of the machine. `mend` is
        given an older version and its value, and gives the value brought up to date (or as it is, where nothing that it
        rests on has changed), or none where it has to be made anew.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                if kept.version == version:
                    kept.right = self._clock()
                    return kept.value  # type: ignore[no-any-return]  # what `make` of this key gave
            turn = self._turns.setdefault(key, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                return self._in_turn(key, version, make, rows, mend)
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    self._turns.pop(key, None)

    def _in_turn(
        self,
        key: Hashable,
        version: Hashable,
        make: Callable[[], Value],
        rows: Callable[[Value], int],
        mend: Callable[[Any, Value], Value | None],
    ) -> Value:
        with self._lock:
            kept = self._kept.get(key)
            began = self._clock()
        if kept is None:
            return self._make(key, version, make, rows)
        if kept.version == version:
            return kept.value  # type: ignore[no-any-return]  # whoever waited finds what the first one made
        mended = mend(kept.version, kept.value)
        if mended is not None:
            self._put(key, _Kept(version, mended, kept.took, self._next(), kept.at, began, rows(mended), kept.busy))
            return mended
        if kept.took > QUICK and began - kept.right <= LATE and kept.right > self._changed:
            if not kept.busy and began - kept.at > max(REST, SHARE * kept.took):
                kept.busy = True
                threading.Thread(target=self._again, args=(key, version, make, rows), daemon=True).start()
            return kept.value  # type: ignore[no-any-return]
        return self._make(key, version, make, rows)

    def changed(self) -> None:
        """Somebody at the desk has changed the record, and is to see it: nothing older is given from now on."""
        self._changed = self._clock()

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
        number, began, start = self._next(), self._clock(), time.perf_counter()
        value = make()
        took = time.perf_counter() - start
        self._put(key, _Kept(version, value, took, number, self._clock(), began, rows(value)))
        return value

    def _next(self) -> int:
        with self._lock:
            self._number += 1
            return self._number

    def _put(self, key: Hashable, one: _Kept) -> None:
        with self._lock:
            before = self._kept.get(key)
            if before is not None and before.number > one.number:
                return  # another reader began later and was faster: that one stays
            if before is not None:
                self._rows -= before.rows
            self._kept[key] = one
            self._kept.move_to_end(key)
            self._rows += one.rows
            while len(self._kept) > MOST or (self._rows > MOST_ROWS and len(self._kept) > 1):
                _, gone = self._kept.popitem(last=False)
                self._rows -= gone.rows
