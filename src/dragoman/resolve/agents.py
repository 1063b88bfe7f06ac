"""Words for what people and bodies are (soldiers, lawmakers, embassy) and the PLOVER sectors that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.knowledge import Knowledge
from dragoman.resolve.folding import normal
from dragoman.resolve.spelling import plural

_LONGEST = 5
_KINDS = frozenset({"person", "body", "thing"})


class Agent(msgspec.Struct, frozen=True):
    """A word or compound, what it is (`person`, `body`, `thing`), its sectors, and whether it carries another's."""

    word: str
    kind: str
    sectors: tuple[str, ...]
    where: str
    plural: bool = False
    role: bool = False


class AgentWords:
    """All agent words of the knowledge in force, singular and plural, and the small words that shape a phrase."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._agents: dict[str, Agent] = {}
        self._leads: dict[str, Agent] = {}
        self.small: dict[str, frozenset[str]] = {}
        self.joined: dict[str, str] = {}
        roles: set[str] = set()
        small: dict[str, set[str]] = {}
        for row in knowledge.rows("agents/*.csv"):
            if row["_where"].rpartition("/")[2].startswith("words.csv"):
                small.setdefault(row["kind"], set()).add(row["word"])
                if row["kind"] == "joined":
                    self.joined[row["word"]] = row["note"]
            elif row["kind"] == "lead":
                sectors = tuple(filter(None, row["sectors"].split(";")))
                self._leads[normal(row["word"])] = Agent(
                    word=row["word"], kind="body", sectors=sectors, where=row["_where"]
                )
            elif row["kind"] == "role":
                roles.update((normal(row["word"]), normal(plural(row["word"]))))
                self._add(row, role=True)
            elif row["kind"] in _KINDS:
                self._add(row, role=False)
        for word in roles:
            agent = self._agents.get(word)
            if agent is not None and not agent.role:
                self._agents[word] = msgspec.structs.replace(agent, role=True)
        self.small = {kind: frozenset(words) for kind, words in small.items()}

    def _add(self, row: dict[str, str], *, role: bool) -> None:
        sectors = tuple(filter(None, row["sectors"].split(";")))
        several = plural(row["word"])
        # "Persons" stands beside "people" in the language of officials.
        persons = f"{row['word']}s" if row["word"].endswith("person") else several
        for word, many in ((row["word"], False), (several, True), (persons, True)):
            key = normal(word)
            known = self._agents.get(key)
            # What a user's folder says of a word stands over what ours says.
            if known is None or ("/" in row["_where"] and not role) or (known.role and not known.sectors and not role):
                self._agents[key] = Agent(word=row["word"], kind="person" if role else row["kind"], sectors=sectors,
                                          where=row["_where"], plural=many, role=role)  # fmt: skip

    def get(self, word: str) -> Agent | None:
        """The agent that a word or compound names."""
        return self._agents.get(normal(word))

    def lead(self, word: str) -> Agent | None:
        """What a body is whose name begins with this word ("Air …", "Radio …")."""
        return self._leads.get(normal(word))

    def ending(self, words: Sequence[str]) -> tuple[int, Agent] | None:
        """The longest agent that these words end with: how many words it takes, and the agent."""
        for length in range(min(_LONGEST, len(words)), 0, -1):
            agent = self._agents.get(normal(" ".join(words[-length:])))
            if agent is not None:
                return length, agent
        return None

    def starting(self, words: Sequence[str]) -> tuple[int, Agent] | None:
        """The longest agent that these words begin with: how many words it takes, and the agent."""
        for length in range(min(_LONGEST, len(words)), 0, -1):
            agent = self._agents.get(normal(" ".join(words[:length])))
            if agent is not None:
                return length, agent
        return None

    def is_small(self, kind: str, word: str) -> bool:
        """Whether a word is one of the small words of that kind ("partitive", "former", "thing", …)."""
        return word in self.small.get(kind, frozenset())
