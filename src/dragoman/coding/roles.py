"""Grammatical places to parties: which tokens fill the place that a frame names, and whom they name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import msgspec

from dragoman.coding.context import ActorResolver
from dragoman.coding.tree import Tree
from dragoman.model import Entity, Mention, NameHit

#: In this order a phrase that is no party itself is searched for the party that it is about.
DESCENT = (
    "possessor",
    "by",
    "from",
    "between",
    "of",
    "modifier",
    "against",
    "to",
    "toward",
    "towards",
    "on",
    "with",
    "over",
    "for",
    "among",
    "in",
    "at",
    "into",
)
#: What stands between two states that one head belongs to: "Russian-Israeli", "two Russian and two Chinese bombers".
_JOINT = re.compile(r"(?:(?:-|–|,|and|/) )+(?:[\w.]+ )?")
_OF_STATE = frozenset({"state", "adjective", "people", "demonym"})
#: So many states it takes to deal a phrase out.
_TWO = 2
_POSSESSIVE = frozenset({"his", "her", "its", "their", "our", "my", "whose", "your"})
_DEEP = 3


class Roles:
    """Fills places for the triggers of one sentence; remembers what each token named."""

    def __init__(
        self, tree: Tree, actors: ActorResolver, stand_for: frozenset[str], hits: tuple[NameHit, ...] = ()
    ) -> None:
        self.tree = tree
        self.hits = hits
        self.stand_for = stand_for
        self.actors = actors
        self._named: dict[tuple[int, bool], tuple[Entity, ...]] = {}
        self._mentions: dict[int, Mention] = {}

    # -- tokens to parties -------------------------------------------------------------------------------------

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

    # -- places ------------------------------------------------------------------------------------------------

    def partners(self, trigger: int, place: str, *, carrier: int | None = None) -> tuple[Entity, ...]:
        """The parties in a place of a mutual event: never where it takes place or what it is about."""
        if place in {"in", "at", "on"}:
            return ()
        if place == "content":
            return self.fill(trigger, "partners")
        if place.startswith("light-"):
            return self.partners(carrier, place[6:]) if carrier is not None else ()
        if place in {"with", "between", "among", "of", "to"}:
            tokens = self.tree.with_prep(trigger, place)
            held = self.tree.object(trigger) if self.tree.is_verb(trigger) else None
            if held is not None and held != trigger:
                tokens = tokens + self.tree.with_prep(held, place)
            found = self.parties(tokens)
            if found:
                return found
            return next((inner for token in tokens if (inner := self._partners(token))), ())
        return self.fill(trigger, place, carrier=carrier)

    def fill(self, trigger: int, place: str, *, carrier: int | None = None) -> tuple[Entity, ...]:
        """The parties in one place of a trigger; `carrier` is the light verb of a noun."""
        tree = self.tree
        noun = not tree.is_verb(trigger)
        if place.startswith("light-"):
            return self.fill(carrier, place[6:]) if carrier is not None else ()
        if place == "subject":
            token = tree.subject(trigger)
            if token is None and tree.is_verb(trigger) and tree.passive(trigger):
                return self.parties(tree.with_prep(trigger, "between"))
            if token is None or token == trigger:
                return ()
            if noun and carrier is None and tree.child(trigger, "nsubj") is None and tree.deps[trigger] != "conj":
                return ()
            return self._subject_parties(trigger, token)
        if place == "object":
            token = tree.object(trigger)
            return self.parties([token]) if token is not None and token != trigger else ()
        if place == "iobject":
            token = tree.child(trigger, "iobj")
            return self.parties([token]) if token is not None else ()
        if place == "possessor":
            return self.parties(tree.children(trigger, "nmod:poss"))
        if place == "modifier":
            return self._of_states(
                [
                    k
                    for k in tree.children(trigger, "amod", "compound", "nmod:unmarked", "nummod")
                    if tree.tags[k][:2] in {"JJ", "NN", "RB"}
                ]
            )
        if place == "content":
            return self._content(trigger)
        if place == "partners":
            held = tree.object(trigger) if not noun else trigger
            return self._partners(held) if held is not None else ()
        if place == "condition":
            return self._condition(trigger)
        if place in {"clause-subject", "clause-object"}:
            return self._clause(trigger, place)
        return self._preposition(trigger, place)

    def _subject_parties(self, trigger: int, token: int) -> tuple[Entity, ...]:
        tree = self.tree
        # "it will …" below a verb of saying is whoever says it, unless somebody else was named between
        if tree.tags[token] == "PRP":
            for up in tree.path_up(trigger):
                above = tree.grammatical_subject(up) if tree.is_verb(up) else None
                if above is not None and above != token and tree.tags[above] not in {"PRP", "WP", "WDT", "EX"}:
                    found = self.parties([above], subject=True)
                    if found and self._agrees(token, above, found):
                        return found
        found = self.parties([token], subject=True)
        if found or tree.tags[token] in {"PRP", "WP", "WDT"}:
            return found
        return self._stands_for(token)

    def _stands_for(self, token: int) -> tuple[Entity, ...]:
        """Who is behind a subject that is no party: "an Israeli air strike", "a statement by the ministry"."""
        tree = self.tree
        if tree.lemmas[token] not in self.stand_for:
            return ()
        for place in ("possessor", "by", "from", "modifier", "of"):
            if place == "possessor":
                tokens = tree.children(token, "nmod:poss")
            elif place == "modifier":
                tokens = [k for k in tree.children(token, "amod", "compound") if tree.tags[k][:2] in {"JJ", "NN"}]
            else:
                tokens = tree.with_prep(token, place)
            found = self.parties(tokens, subject=True)
            if found:
                return found
        return ()

    def _agrees(self, pronoun: int, above: int, found: tuple[Entity, ...]) -> bool:
        word = self.tree.lower[pronoun]
        plural = len(found) > 1 or self.tree.tags[above] in {"NNS", "NNPS"}
        if word in {"they", "we", "them", "us"}:
            return True
        if word == "it":
            return not plural
        return not plural and word in {"he", "she", "i", "him", "her"}

    def _preposition(self, trigger: int, preposition: str) -> tuple[Entity, ...]:
        tree = self.tree
        tokens = tree.with_prep(trigger, preposition)
        held = tree.object(trigger) if tree.is_verb(trigger) else None
        if held is not None and held != trigger:
            tokens += tree.with_prep(held, preposition)
        if not tokens and tree.deps[trigger] == "conj" and tree.is_verb(trigger):
            pass
        found = self.parties(tokens)
        if found or preposition == "by":
            return found
        return self._below(tokens)

    def _below(self, tokens: Iterable[int], depth: int = 0) -> tuple[Entity, ...]:
        """The nearest party inside some phrases that name none themselves."""
        for token in tokens:
            if token is None:
                continue
            for member in self.tree.conjuncts(token):
                found = self._descend(member, depth)
                if found:
                    return found
        return ()

    def _descend(self, token: int, depth: int) -> tuple[Entity, ...]:
        tree = self.tree
        if depth > _DEEP:
            return ()
        for place in DESCENT:
            if place == "possessor":
                tokens = tree.children(token, "nmod:poss")
            elif place == "modifier":
                tokens = [k for k in tree.children(token, "amod", "compound") if tree.tags[k][:2] in {"JJ", "NN"}]
            else:
                tokens = tree.with_prep(token, place)
            if not tokens:
                continue
            found = tuple(e for e in self.parties(tokens) if e.country)
            if found:
                return found
            if place != "modifier":
                found = self._below(tokens, depth + 1)
                if found:
                    return found
        for kid, _ in tree.clauses(token):
            found = self._from_clause(kid, depth + 1)
            if found:
                return found
        return ()

    def _content(self, trigger: int) -> tuple[Entity, ...]:
        tree = self.tree
        held = tree.object(trigger) if tree.is_verb(trigger) else None
        if held is not None and held != trigger:
            found = self._below([held])
            if found:
                return found
        for kid, _ in tree.clauses(trigger):
            found = self._from_clause(kid, 0)
            if found:
                return found
        if not tree.is_verb(trigger):
            return self._descend(trigger, 0)
        for kid in tree.kids[trigger]:
            if (
                tree.deps[kid] in {"obl", "advcl"}
                and kid > trigger
                and tree.prep(kid) not in {"by", "in", "at", "on", "after", "before", "during", "since", "amid", "with"}
            ):
                found = self.parties([kid]) if tree.is_nominal(kid) else self._from_clause(kid, 1)
                found = found or self._below([kid])
                if found:
                    return found
        return ()

    def _partners(self, token: int, depth: int = 0) -> tuple[Entity, ...]:
        """Who takes part in what a noun names: "a series of talks between X and Y", never where it took place."""
        tree = self.tree
        for place in ("with", "between", "among"):
            found = self._of_states(tree.with_prep(token, place))
            if found:
                return found
        if depth < _DEEP:
            for inner in (*tree.with_prep(token, "of"), *tree.with_prep(token, "on")):
                for member in tree.conjuncts(inner):
                    found = self._partners(member, depth + 1)
                    if found:
                        return found
        return ()

    def _condition(self, trigger: int) -> tuple[Entity, ...]:
        """The party of the clause that a threat or demand hangs on: "unless Israel withdraws"."""
        tree = self.tree
        for below in tree.subtree(trigger):
            if tree.deps[below] == "advcl" and any(
                tree.deps[k] == "mark" and tree.lower[k] in {"if", "unless", "until"} for k in tree.kids[below]
            ):
                subject = tree.grammatical_subject(below)
                if subject is not None:
                    return self.parties([subject], subject=True) or self._below([subject])
        return ()

    def _clause(self, trigger: int, place: str) -> tuple[Entity, ...]:
        for kid, _ in self.tree.clauses(trigger):
            if place == "clause-subject":
                subject = self.tree.grammatical_subject(kid)
                own = self.tree.subject(trigger) if self.tree.is_verb(trigger) else None
                if subject is not None and subject not in {trigger, own}:
                    found = self.parties([subject], subject=True) or self._below([subject])
                    if found:
                        return found
            else:
                found = self._from_clause(kid, 0)
                if found:
                    return found
        return ()

    def _from_clause(self, verb: int, depth: int) -> tuple[Entity, ...]:
        """The party that a clause is about: its object, then what hangs on it, then a deeper clause."""
        tree = self.tree
        if depth > _DEEP:
            return ()
        held = tree.object(verb)
        if held is not None and held != verb and not tree.passive(verb):
            found = self._of_states([held]) or self._below([held], depth)
            if found:
                return found
        for preposition in (
            "against",
            "to",
            "toward",
            "towards",
            "on",
            "with",
            "from",
            "of",
            "for",
            "over",
            "into",
            "in",
            "at",
        ):
            tokens = tree.with_prep(verb, preposition)
            if tokens:
                found = self._of_states(tokens) or self._below(tokens, depth + 1)
                if found:
                    return found
        for member in tree.conjuncts(verb):
            for kid, _ in tree.clauses(member):
                found = self._from_clause(kid, depth + 1)
                if found:
                    return found
            if member != verb and tree.is_verb(member):
                found = self._from_clause(member, depth + 2)
                if found:
                    return found
        if not tree.is_verb(verb):
            return self._descend(verb, depth + 1)
        return ()
