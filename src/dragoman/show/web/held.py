"""A record as one relation asks it: what was looked at once is not read and decoded again for each list."""

from __future__ import annotations

from typing import Any, cast

from dragoman.model import Item
from dragoman.record import Store
from dragoman.show.look import Look

#: The list of a look that has the items of a kind.
_LISTS = {
    "event": "events",
    "statement": "statements",
    "agreement": "agreements",
    "mechanism": "mechanisms",
    "dispute": "disputes",
    "figure": "figures",
    "interval": "intervals",
    "commitment": "commitments",
}


def held(store: Store, look: Look) -> Store:
    """The record, with the items between the two sides of a look taken from it; a look at some days alone is none."""
    return store if look.since or look.until else cast(Store, _Held(store, look))


class _Held:
    def __init__(self, store: Store, look: Look) -> None:
        self._store = store
        self._look = look

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever the record has
        return getattr(self._store, name)

    def items(self, kind: str = "", a: str = "", b: str = "", **more: Any) -> list[Item]:  # noqa: ANN401
        """Items as the record gives them."""
        if kind in _LISTS and {a, b} == {self._look.a, self._look.b} and not any(more.values()):
            return [told.item for told in getattr(self._look, _LISTS[kind])]
        return self._store.items(kind, a, b, **more)

    def events(self, a: str, b: str = "", **more: Any) -> list[Item]:  # noqa: ANN401
        """Events as the record gives them."""
        if {a, b} == {self._look.a, self._look.b} and not any(more.values()):
            return [told.item for told in self._look.events]
        return self._store.events(a, b, **more)
