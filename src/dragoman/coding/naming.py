"""Tokens to parties: whom the phrase that a token heads names, dealt out where it names several."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import msgspec

from dragoman.coding.context import ActorResolver
from dragoman.coding.tree import Tree
from dragoman.model import Entity, Mention, NameHit

#: What stands between two states that one head belongs to: "Russian-Israeli", "two Russian and two Chinese bombers".
_JOINT = re.compile(r"(?:(?:-|–|,|and|/) )+(?:[\w.]+ )?")
_OF_STATE = frozenset({"state", "adjective", "people", "demonym"})
#: So many states it takes to deal a phrase out.
_TWO = 2
_POSSESSIVE = frozenset({"his", "her", "its", "their", "our", "my", "whose", "your"})


class Naming:
    """Says whom the tokens of one sentence name; remembers what each named."""

    def __init__(
        self, tree: Tree, actors: ActorResolver, stand_for: frozenset[str], hits: tuple[NameHit, ...] = ()
    ) -> None:
        self.tree = tree
        self.hits = hits
        self.stand_for = stand_for
        self.actors = actors
        self._named: dict[tuple[int, bool], tuple[Entity, ...]] = {}
        self._mentions: dict[int, Mention] = {}

    def mention(self, token: int) -> Mention:
        """The phrase that a token heads, with its appositions."""
        known = self._mentions.get(token)
        if known is not None:
            return known
        tree = self.tree
        low, high = tree.phrase(token)
        appositions = []
        for kid in tree.children(token, "appos"):
            a, b = tree.phrase(kid)
            appositions.append(
                Mention(start=tree.starts[a], end=tree.ends[b], head_start=tree.starts[kid], head_end=tree.ends[kid])
            )
        made = Mention(
            start=tree.starts[low],
            end=tree.ends[high],
            head_start=tree.starts[token],
            head_end=tree.ends[token],
            appositions=tuple(appositions),
        )
        self._mentions[token] = made
        return made

    def named(self, token: int, *, subject: bool = False) -> tuple[Entity, ...]:
        """Whom the phrase of one token names (coordination not followed)."""
        key = (token, subject)
        if key not in self._named:
            self._named[key] = self._name(token, subject=subject)
        return self._named[key]

    def _name(self, token: int, *, subject: bool) -> tuple[Entity, ...]:
        tree = self.tree
        if tree.tags[token] == "PRP$" or tree.lower[token] in _POSSESSIVE:
            owner = self._owner(token)
            if owner is not None and owner != token:
                return self.named(owner, subject=True)
        if not tree.is_nominal(token) and not tree.tags[token].startswith(("JJ", "PRP")):
            return ()
        mention = self.mention(token)
        if "$" in tree.words[token]:
            return ()
        self._full_name_before(token)
        several = self._several(token) or self._joined(token, mention)
        if several:
            return several
        split = self._split(token, mention)
        if split is not None:
            return tuple(dict.fromkeys(e for part in split for e in self.actors.entities(part, subject=subject)))
        return self.actors.entities(mention, subject=subject)

    def _full_name_before(self, token: int) -> None:
        """Lets the resolver see the longer name of which a word is part where the sentence told it first."""
        tree = self.tree
        word = tree.words[token]
        if tree.tags[token] != "NNP" or not word[:1].isupper() or any(tree.deps[k] == "flat" for k in tree.kids[token]):
            return
        for earlier in range(token):
            above = tree.heads[earlier]
            if tree.words[earlier] == word and tree.deps[earlier] == "flat" and above < earlier:
                self.named(above)
                return

    def _several(self, token: int) -> tuple[Entity, ...]:
        """Reads "the foreign ministers of China and Japan", "soldiers of both countries" as one of each state."""
        tree = self.tree
        if tree.tags[token] not in {"NNS", "NNPS"}:
            return ()
        for owner in (t for place in ("of", "from", "in") for t in tree.with_prep(token, place)):
            members = [member for member in tree.conjuncts(owner) if tree.is_noun(member)]
            states = {e.country: e for member in members for e in self.named(member) if e.country}
            if len(states) < _TWO:  # one state needs no dealing out
                continue
            held = self.actors.entities(self.mention(token))
            # "British embassies in Oman and Qatar" are of neither.
            if held and held[0].sectors not in {(), ("UNK",)} and (held[0].country or next(iter(states))) in states:
                return tuple(
                    Entity(
                        text=e.text,
                        start=e.start,
                        end=e.end,
                        name=e.name,
                        country=e.country,
                        sectors=held[0].sectors,
                        office="",
                        how=f"{held[0].how} of {e.how}",
                    )
                    for e in states.values()
                )
        return ()

    def _joined(self, token: int, mention: Mention) -> tuple[Entity, ...]:
        """Reads "Philippine and U.S. troops", "the Russian-Israeli commission" as one of each state."""
        tree = self.tree
        if not tree.is_noun(token):
            return ()
        states = [
            hit
            for hit in self.hits
            if hit.start >= mention.start
            and hit.end <= mention.head_start
            and len(hit.codes) == 1
            and hit.kinds & _OF_STATE
        ]
        for first, second in itertools.pairwise(states):
            between = "".join(
                tree.lower[t] + " "
                for t in range(tree.n)
                if first.end <= tree.starts[t] and tree.ends[t] <= second.start
            )
            if _JOINT.fullmatch(between) is None and between:
                return ()
        codes = list(dict.fromkeys(code for hit in states for code in hit.codes))
        held = self.actors.entities(mention) if len(codes) > 1 else ()
        if not held or (not held[0].sectors and len(codes) != len(states)):
            return ()
        how = " and ".join(f"'{hit.text}'" for hit in states)
        return tuple(
            msgspec.structs.replace(held[0], country=code, name="", how=f"{held[0].how}: {how}") for code in codes
        )

    def _split(self, token: int, mention: Mention) -> list[Mention] | None:
        """The two halves of a phrase that holds "and" but was read as one name ("President X and Chancellor Y")."""
        tree = self.tree
        inside = [t for t in range(tree.n) if mention.start <= tree.starts[t] and tree.ends[t] <= mention.end]
        for at in inside[1:-1]:
            if tree.lower[at] != "and" or not (
                tree.tags[at - 1].startswith("NNP") and tree.words[at + 1][:1].isupper()
            ):
                continue
            if any(tree.deps[t] == "conj" and inside[0] <= tree.heads[t] <= inside[-1] for t in inside):
                return None
            low, high = inside[0], inside[-1]
            head = token if token > at else high
            return [
                Mention(
                    start=tree.starts[low],
                    end=tree.ends[at - 1],
                    head_start=tree.starts[at - 1],
                    head_end=tree.ends[at - 1],
                ),
                Mention(
                    start=tree.starts[at + 1],
                    end=tree.ends[high],
                    head_start=tree.starts[head],
                    head_end=tree.ends[head],
                ),
            ]
        return None

    def _owner(self, token: int) -> int | None:
        """Whom a possessive pronoun means: the subject of the clause in which it stands, unless it stands in that."""
        tree = self.tree
        for up in tree.path_up(token):
            if tree.is_verb(up) or tree.child(up, "nsubj", "nsubj:pass") is not None:
                subject = tree.grammatical_subject(up)
                if (
                    subject is not None
                    and token not in tree.subtree(subject)
                    and tree.tags[subject] not in {"WP", "WDT"}
                ):
                    return subject if tree.tags[subject] != "PRP" else None
        return None

    def parties(self, tokens: Iterable[int], *, subject: bool = False) -> tuple[Entity, ...]:
        """All parties that some tokens and what is coordinated with them name."""
        found: list[Entity] = []
        for token in tokens:
            for member in self.tree.conjuncts(token):
                if member != token and self.tree.is_verb(member):
                    continue
                for entity in self.named(member, subject=subject):
                    if entity not in found:
                        found.append(entity)
        return tuple(found)

    def _of_states(self, tokens: Iterable[int]) -> tuple[Entity, ...]:
        """The parties that some tokens name, those of no known country left out."""
        return tuple(entity for entity in self.parties(tokens) if entity.country)
