"""Keeps what took long to work out, so that a page is answered at once while documents come in.

Invariant: what is given is right for the record as it stands, or for how it stood a few seconds ago where working it
out again takes long; then it is worked out in the background, once, and the next reader has it.
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
#: So many values are kept; the one not asked for longest goes first.
MOST = 400


@dataclass
class _Kept:
    version: Hashable
    value: Any
    took: float
    at: float
    busy: bool = False


class Memory:
    """Values by key, each for a version of the record."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._work = threading.Semaphore(1)

    def get(self, key: Hashable, version: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key for a version, made when there is none; see the head of this file for when it is late."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                if kept.version == version:
                    return kept.value  # type: ignore[no-any-return]  # what `make` of this key gave
                if kept.took > QUICK:
                    if not kept.busy and time.monotonic() - kept.at > REST:
                        kept.busy = True
                        threading.Thread(target=self._again, args=(key, version, make), daemon=True).start()
                    return kept.value  # type: ignore[no-any-return]
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            # Whoever waited here finds what the first one made.
            with self._lock:
                kept = self._kept.get(key)
            if kept is not None and kept.version == version:
                return kept.value  # type: ignore[no-any-return]
            return self._make(key, version, make)

    def _again(self, key: Hashable, version: Hashable, make: Callable[[], Value]) -> None:
        try:
            with self._work:
                self._make(key, version, make)
        finally:
            with self._lock:
                if (kept := self._kept.get(key)) is not None:
                    kept.busy = False

    def _make(self, key: Hashable, version: Hashable, make: Callable[[], Value]) -> Value:
        start = time.perf_counter()
        value = make()
        took = time.perf_counter() - start
        with self._lock:
            self._kept[key] = _Kept(version=version, value=value, took=took, at=time.monotonic())
            self._kept.move_to_end(key)
            self._locks.pop(key, None)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return value
