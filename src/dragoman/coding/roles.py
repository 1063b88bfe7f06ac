"""Grammatical places to parties: which tokens fill the place that a frame names, and whom they name."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.coding.naming import Naming
from dragoman.model import Entity

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
_DEEP = 3


class Roles(Naming):
    """Fills places for the triggers of one sentence."""

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
