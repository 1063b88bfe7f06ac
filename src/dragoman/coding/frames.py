"""The frames of knowledge as objects: which words set off which event, on what terms, with whom in which place."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge

_VERB_RECIPIENT = ("object", "to", "on", "against", "with", "clause-subject", "content")
_NOUN_ACTOR = ("possessor", "by", "of", "modifier", "light-subject")
_NOUN_RECIPIENT = ("on", "against", "to", "with", "for", "into", "in", "light-to", "light-object")
_OPERATOR_TYPE = {
    "commit": "AGREE",
    "refuse": "REJECT",
    "threaten": "THREATEN",
    "demand": "REQUEST",
    "order": "REQUEST",
    "permit": "CONCEDE",
    "accuse": "ACCUSE",
    "deny": "REJECT",
    "cancel": "REJECT",
}
#: Operators through which the deed in the complement is itself what happened.
TRANSPARENT = frozenset({"say", "aspect", "attempt", "fail"})
_FIELDS = {
    "verb",
    "noun",
    "adjective",
    "particle",
    "object",
    "object_not",
    "subject",
    "subject_not",
    "prep",
    "prep_not",
    "clause",
    "passive",
    "type",
    "mode",
    "contexts",
    "cameo",
    "actor",
    "recipient",
    "mutual",
    "light",
    "operator",
    "status",
    "need",
    "alone",
    "hostile",
    "confidence",
    "note",
}


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `verbs.yaml`, `nouns.yaml` or `adjectives.yaml`; the fields are told in the README beside them."""

    part: str
    lemmas: tuple[str, ...]
    where: str
    before: tuple[str, ...] = ()
    particle: str = ""
    object: frozenset[str] | None = None
    object_not: frozenset[str] = frozenset()
    subject: frozenset[str] | None = None
    subject_not: frozenset[str] = frozenset()
    prep: tuple[tuple[str, frozenset[str]], ...] = ()
    prep_not: frozenset[str] = frozenset()
    clause: str = ""
    passive: bool | None = None
    event_type: str = ""
    mode: str = ""
    contexts: tuple[str, ...] = ()
    cameo: str = ""
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ()
    mutual: tuple[str, ...] = ()
    light: frozenset[str] = frozenset()
    operator: str = ""
    status: str = ""
    need: str = ""
    alone: bool | None = None
    hostile: bool = False
    confidence: float = 1.0


class Lexicon:
    """All frames by the lemma that sets them off, the word classes, and the lists that stand beside them."""

    def __init__(self, knowledge: Knowledge) -> None:
        folder = "patterns/en/"
        self.classes: dict[str, frozenset[str]] = {
            name.lstrip("$"): frozenset(map(str, words or ()))
            for name, words in knowledge.tree(folder + "classes.yaml").items()
        }
        self.verbs: dict[str, list[Frame]] = {}
        self.nouns: dict[str, list[Frame]] = {}
        self.adjectives: dict[str, list[Frame]] = {}
        for name, part, table in (
            ("verbs", "verb", self.verbs),
            ("nouns", "noun", self.nouns),
            ("adjectives", "adjective", self.adjectives),
        ):
            for entry, where in _entries(knowledge, f"{folder}{name}.yaml"):
                for frame in self._frames(entry, part, where):
                    for word in frame.lemmas:
                        table.setdefault(word, []).append(frame)
        #: Nouns that want a partner ("talks with", "a treaty between").
        self.partners = frozenset(
            word for word, frames in self.nouns.items() if any(f.mutual for f in frames)
        ) | self.classes.get("partner_nouns", frozenset())
        #: Nouns whose content is told in a clause ("the claim that").
        self.clausal = frozenset(word for word, frames in self.nouns.items() if any(f.clause for f in frames)) | (
            self.classes.get("allegations", frozenset()) & frozenset(self.nouns)
        )
        self.light: dict[str, frozenset[str]] = {
            role: frozenset(verbs)
            for role, verbs in knowledge.tree(folder + "light.yaml").items()
            if isinstance(verbs, list)
        }

    def _frames(self, entry: dict[str, Any], part: str, where: str) -> Iterable[Frame]:
        unknown = set(entry) - _FIELDS
        if unknown:
            raise KnowledgeError(
                f"{where}: unknown field {', '.join(sorted(unknown))}; the README beside it names the fields"
            )
        groups: dict[tuple[str, ...], list[str]] = {}
        for word in _tuple(entry.get(part)):
            *before, last = word.split(" ")
            groups.setdefault(tuple(before), []).append(last)
        operator = str(entry.get("operator") or "")
        event_type = str(entry.get("type") or _OPERATOR_TYPE.get(operator, ""))
        if not event_type and operator not in TRANSPARENT:
            raise KnowledgeError(f"{where}: a frame needs a type or a transparent operator")
        verb = part != "noun"
        for before_words, words in groups.items():
            yield Frame(
                part=part,
                lemmas=tuple(words),
                where=where,
                before=before_words,
                particle=str(entry.get("particle") or ""),
                object=self._words(entry.get("object")),
                object_not=self._words(entry.get("object_not")) or frozenset(),
                subject=self._words(entry.get("subject")),
                subject_not=self._words(entry.get("subject_not")) or frozenset(),
                prep=tuple((str(p), self._words(w) or frozenset()) for p, w in (entry.get("prep") or {}).items()),
                prep_not=frozenset(_tuple(entry.get("prep_not"))),
                clause=str(entry.get("clause") or ""),
                passive=entry.get("passive"),
                event_type=event_type,
                mode=str(entry.get("mode") or ""),
                contexts=_tuple(entry.get("contexts")),
                cameo=str(entry.get("cameo") or ""),
                actor=_tuple(entry.get("actor")) or (("subject",) if verb else _NOUN_ACTOR),
                recipient=_tuple(entry["recipient"])
                if "recipient" in entry
                else (_VERB_RECIPIENT if verb else _NOUN_RECIPIENT),
                mutual=_tuple(entry.get("mutual")),
                light=self._words(entry.get("light")) or frozenset(),
                operator=operator,
                status=str(entry.get("status") or ""),
                need=str(entry.get("need") or ""),
                alone=entry.get("alone"),
                hostile=bool(entry.get("hostile")),
                confidence=float(entry.get("confidence", 1.0)),
            )

    def _words(self, value: object) -> frozenset[str] | None:
        """A list of words with classes spelled out; the tests `$actor` and the like stay as they are."""
        if value is None:
            return None
        words: set[str] = set()
        for item in _tuple(value):
            if item.startswith("$") and item[1:] in self.classes:
                words |= self.classes[item[1:]]
            else:
                words.add(item)
        return frozenset(words)


def _tuple(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    return (str(value),)


def _entries(knowledge: Knowledge, relative: str) -> Iterable[tuple[dict[str, Any], str]]:
    """The frames of a file with `file:line`; the user's files come before ours, so that theirs win."""
    for path in reversed(knowledge.files(relative)):
        lines = [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line.startswith("- ")]
        entries = Knowledge.yaml(path)
        if not isinstance(entries, list):
            raise KnowledgeError(f"{path}: a list of frames is wanted")
        for number, entry in enumerate(entries):
            where = f"{path.name}:{lines[number]}" if len(lines) == len(entries) else f"{path.name}#{number + 1}"
            if not isinstance(entry, dict):
                raise KnowledgeError(f"{where}: a frame is a mapping such as {{verb: …, type: …}}")
            yield entry, where


@functools.lru_cache(maxsize=4)
def lexicon(knowledge: Knowledge) -> Lexicon:
    """The frames of a knowledge, read once."""
    return Lexicon(knowledge)
