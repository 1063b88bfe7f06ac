"""What words bring to a claim besides frames: how sayings stand, what makes a deed future, what a deed is about."""

from __future__ import annotations

import functools
from typing import Any

from dragoman.knowledge import Knowledge


class Cues:
    """`speech.yaml`, `light.yaml`, `status.yaml`, `deeds.yaml`, `contexts.yaml`, `implied.yaml` and `quiet.yaml`."""

    def __init__(self, knowledge: Knowledge) -> None:
        folder = "patterns/en/"
        speech = knowledge.tree(folder + "speech.yaml")
        self.says: frozenset[str] = frozenset(
            word for row in speech["verbs"] if row.get("operator") == "say" for word in row["lemmas"]
        )
        self.source_phrases: tuple[str, ...] = tuple(speech.get("phrases", ()))
        self.press: frozenset[str] = frozenset(speech.get("press", ()))
        self.light: dict[str, list[str]] = {}
        for role, verbs in knowledge.tree(folder + "light.yaml").items():
            for verb in verbs:
                self.light.setdefault(str(verb), []).append(role)
        status = knowledge.tree(folder + "status.yaml")
        self.future_adjectives = frozenset(status["future"]["adjectives"])
        self.future_verbs = frozenset(status["future"]["verbs"])
        self.future_phrases: tuple[str, ...] = tuple(p for p in status["future"]["phrases"] if p.startswith("be "))
        self.future_words = frozenset(status["future"]["words"])
        self.hypothetical_verbs = frozenset(status["hypothetical"]["verbs"])
        self.hypothetical_nouns = frozenset(status["hypothetical"]["nouns"])
        self.hypothetical_adjectives = frozenset(status["hypothetical"]["adjectives"])
        self.hypothetical_markers = frozenset(status["hypothetical"]["markers"])
        self.negating_verbs = frozenset(status["negated"]["verbs"])
        self.negating_adjectives = frozenset(status["negated"]["adjectives"])
        self.negating_nouns = frozenset(status["negated"]["nouns"])
        self.negating_phrases: tuple[str, ...] = tuple(status["negated"]["phrases"])
        self.historical_periods: tuple[str, ...] = tuple(p.lower() for p in status["historical"]["periods"])
        self.historical_adjectives = frozenset(status["historical"]["adjectives"])
        self.historical_words = frozenset(status["historical"]["words"])
        self.attempts = frozenset(status["hypothetical"]["attempts"])
        self.answers = frozenset(status["historical"]["answers"])
        self.stretches = frozenset(knowledge.tree(folder + "classes.yaml")["stretches"])
        self.anniversaries = frozenset(status["historical"]["anniversaries"])
        deeds = knowledge.tree(folder + "deeds.yaml")
        self.hostile_words = frozenset(map(str, deeds["hostile"]))
        self.friendly_words = frozenset(map(str, deeds["friendly"]))
        self.deed_modes: dict[str, dict[str, frozenset[str]]] = {
            event_type: {mode: frozenset(map(str, words)) for mode, words in deeds[key].items()}
            for event_type, key in (("REQUEST", "request"), ("REJECT", "reject"), ("THREATEN", "threaten"))
        }
        self.contexts: dict[str, tuple[str, ...]] = {}
        for context, words in knowledge.tree(folder + "contexts.yaml").items():
            for word in words:
                self.contexts[str(word)] = (*self.contexts.get(str(word), ()), str(context))
        self.stand_for: frozenset[str] = frozenset(
            word for words in knowledge.tree(folder + "stand_for.yaml").values() for word in words
        )
        self.weapons = frozenset(knowledge.tree(folder + "stand_for.yaml")["weapons"])
        self.violence = frozenset(knowledge.tree(folder + "accidents.yaml")["violence"])
        self.accidents = frozenset(knowledge.tree(folder + "accidents.yaml")["words"])
        self._read_implied(knowledge.tree(folder + "implied.yaml"))
        self.quiet: dict[str, Any] = knowledge.tree(folder + "quiet.yaml")

    def _read_implied(self, implied: dict[str, Any]) -> None:
        """What the words around a party or a deed say of it."""
        self.strangers = frozenset(map(str, implied["strangers"]))
        self.about = frozenset(map(str, implied["about"]))
        self.envoys = frozenset(map(str, implied["envoys"]))
        self.waters = frozenset(map(str, implied["waters"]))
        self.pressure = frozenset(map(str, implied["pressure"]))
        self.sympathy = frozenset(map(str, implied["sympathy"]))
        self.first_persons = frozenset(map(str, implied["first_persons"]))
        self.talking = frozenset(map(str, implied["talking"]))
        self.judged = frozenset(map(str, implied["judged"]))
        self.weighed = frozenset(map(str, implied["weighed"]))
        self.reciprocal: tuple[str, ...] = tuple(map(str, implied["reciprocal"]))
        self.standing = frozenset(map(str, implied["standing"]))
        self.answering = frozenset(map(str, implied["answering"]))
        self.referring: dict[str, tuple[str, ...]] = {str(k): tuple(v) for k, v in implied["referring"].items()}

    def deed_mode(self, event_type: str, lemmas: list[str]) -> str:
        """The mode that the words of a complement give to REQUEST, REJECT or THREATEN.

        The first word that has one mode alone decides, else the first that has several ("return", "resume").
        """
        table = self.deed_modes.get(event_type)
        if table is None:
            return ""
        named = [found for word in lemmas if (found := [mode for mode, words in table.items() if word in words])]
        return next((found[0] for found in (*(f for f in named if len(f) == 1), *named)), "")


@functools.lru_cache(maxsize=4)
def cues(knowledge: Knowledge) -> Cues:
    """The cues of a knowledge, read once."""
    return Cues(knowledge)
