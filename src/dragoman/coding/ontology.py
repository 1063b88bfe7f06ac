"""PLOVER's types, modes, contexts and scores, and the CAMEO code and Goldstein value that go with them."""

from __future__ import annotations

import functools
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.model import Deed

_HOSTILE_FROM = 4


class Ontology:
    """What is known of each event type; the choices where the manual contradicts itself are in `plover.yaml`."""

    def __init__(self, knowledge: Knowledge, choices: dict[str, str] | None = None) -> None:
        tree = knowledge.tree("ontology/plover.yaml")
        self.types: dict[str, dict[str, Any]] = {name: dict(row) for name, row in tree["types"].items()}
        for name, setting in tree.get("settings", {}).items():
            chosen = setting[(choices or {}).get(name, setting["default"])]
            self.types[chosen["type"]][chosen["field"]] = chosen["value"]
        self.contexts: tuple[str, ...] = tuple(tree["contexts"])
        self.codes = knowledge.tree("ontology/cameo_default.yaml")
        self.goldstein: dict[str, float] = {
            row["code"]: float(row["goldstein"]) for row in knowledge.rows("ontology/cameo.csv") if row.get("goldstein")
        }

    def quad(self, event_type: str) -> int:
        """The quad class, 1 to 4."""
        return int(self.types[event_type]["quad"])

    def hostile(self, event_type: str) -> bool:
        """Whether the deed is material conflict: promising it is a threat."""
        return self.quad(event_type) >= _HOSTILE_FROM

    def score(self, event_type: str, mode: str) -> float:
        """PLOVER's score of the mode, or of the type where the mode has none."""
        row = self.types[event_type]
        return float(row["modes"].get(mode, row["score"]))

    def cameo(self, event_type: str, mode: str, contexts: tuple[str, ...], deed: Deed | None) -> str:
        """The CAMEO code as fine as type, mode, contexts and the deed bear."""
        codes = self.codes
        if deed is not None:
            by_deed = codes.get("by_deed", {}).get(event_type, {})
            for key in (f"{deed.event_type}/{deed.mode}", deed.event_type):
                if key in by_deed:
                    return str(by_deed[key])
        for key in (f"{event_type}/{mode}", event_type):
            finer = codes.get("by_context", {}).get(key, {})
            for context in contexts:
                if context in finer:
                    return str(finer[context])
        modes = codes["by_mode"].get(event_type, {})
        return str(modes.get(mode, modes.get("", "")))


@functools.lru_cache(maxsize=4)
def ontology(knowledge: Knowledge) -> Ontology:
    """The ontology of a knowledge, read once."""
    return Ontology(knowledge)
