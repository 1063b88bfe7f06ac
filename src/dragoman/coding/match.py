"""Which frame a word opens in its sentence: the conditions of the lines of knowledge, tested in their order."""

from __future__ import annotations

from dragoman.coding.frames import Frame, Lexicon
from dragoman.coding.lemmas import lemma
from dragoman.coding.roles import Roles
from dragoman.coding.tree import Tree

_GOVERNMENT = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_PERSON_TAGS = frozenset({"PRP", "NNP"})


class Matcher:
    """Finds frames for the tokens of one sentence."""

    def __init__(self, tree: Tree, lexicon: Lexicon, roles: Roles) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.roles = roles

    def frames(self, token: int) -> list[Frame]:
        """The lines that knowledge has for a token, by its part of speech, special ones first."""
        tree, tag, word = self.tree, self.tree.tags[token], self.tree.lemmas[token]
        if tag.startswith("V"):
            found = self.lexicon.verbs.get(word, []) or self._other_form(token, self.lexicon.verbs)
            if not found and tree.deps[token] in {"obj", "obl", "nsubj", "nmod"}:
                found = self.lexicon.nouns.get(word, [])
            return found
        if tag.startswith("N"):
            found = self.lexicon.nouns.get(word, [])
            if found:
                return found
            lower = tree.lower[token]
            return self.lexicon.nouns.get(lower, []) or (self._verb_read_as_noun(token) if tag in {"NN", "NNS"} else [])
        if tag.startswith("JJ"):
            return self.lexicon.adjectives.get(word, []) or self.lexicon.adjectives.get(tree.lower[token], [])
        return []

    def _other_form(self, token: int, table: dict[str, list[Frame]]) -> list[Frame]:
        """The frames of a verb whose tag hid its form ("overran" tagged as a base form)."""
        for tag in ("VBD", "VBZ", "VBG"):
            base = lemma(self.tree.words[token], tag)
            if base in table:
                self.tree.lemmas[token] = base
                return table[base]
        return []

    def _verb_read_as_noun(self, token: int) -> list[Frame]:
        """A verb that the tagger took for a noun still has a subject or is the root with an object."""
        tree = self.tree
        if tree.deps[token] in {"ROOT", "root"} and (
            tree.child(token, "nsubj") is not None or tree.child(token, "obj") is not None
        ):
            word = tree.lower[token]
            return self.lexicon.verbs.get(word.removesuffix("s"), []) or self.lexicon.verbs.get(word, [])
        return []

    def match(self, token: int) -> Frame | None:
        """The first frame whose conditions hold."""
        for frame in self.frames(token):
            if self.holds(frame, token):
                return frame
        return None

    def holds(self, frame: Frame, token: int) -> bool:
        """Whether the conditions of one frame hold for a token."""
        tree = self.tree
        if frame.before and not self._preceded(token, frame.before):
            return False
        particles = tree.particle(token)
        if (
            frame.particle
            and frame.particle not in particles
            and not any(
                tree.lower[kid] == frame.particle and tree.deps[kid] in {"advmod", "case", "compound:prt"}
                for kid in tree.kids[token]
            )
        ):
            return False
        if frame.passive is not None and tree.passive(token) != frame.passive:
            return False
        if frame.clause and not self._clause(frame.clause, token):
            return False
        if frame.prep_not and any(tree.with_prep(token, p) for p in frame.prep_not):
            return False
        for preposition, words in frame.prep:
            if not self._preposition(token, preposition, words):
                return False
        if frame.part == "verb":
            held = tree.object(token)
            if frame.object is not None and not self._in(held, frame.object):
                return False
            if frame.object_not and held is not None and self._in(held, frame.object_not):
                return False
        elif frame.object is not None and not any(self._in(kid, frame.object) for kid in tree.with_prep(token, "of")):
            return False
        if frame.subject is not None or frame.subject_not:
            doer = tree.subject(token)
            if frame.subject is not None and not self._in(doer, frame.subject):
                return False
            if frame.subject_not and doer is not None and self._in(doer, frame.subject_not):
                return False
        return True

    def _preceded(self, token: int, words: tuple[str, ...]) -> bool:
        tree = self.tree
        at = token - 1
        for word in reversed(words):
            while at >= 0 and tree.lower[at] in {"-", "'s", "the"}:
                at -= 1
            if at < 0 or word not in {tree.lower[at], tree.lemmas[at]}:
                return False
            at -= 1
        return True

    def _clause(self, wanted: str, token: int) -> bool:
        forms = {form for _, form in self.tree.clauses(token)}
        if wanted == "question":
            tree = self.tree
            return any(
                tree.deps[k] == "mark" and tree.lower[k] in {"if", "whether"}
                for clause in tree.children(token, "ccomp", "advcl", "xcomp")
                for k in tree.kids[clause]
            )
        if wanted == "any":
            return bool(forms)
        if wanted == "none":
            return not forms
        return wanted in forms

    def _preposition(self, token: int, preposition: str, words: frozenset[str]) -> bool:
        tree = self.tree
        found = tree.with_prep(token, preposition)
        if tree.is_verb(token):
            held = tree.object(token)
            if held is not None and held != token:
                found = found + tree.with_prep(held, preposition)
            # "calls on Moscow to stop": the preposition may have been read as a particle or adverb
            if not found and "*" in words:
                return any(
                    tree.lower[kid] == preposition and tree.deps[kid] in {"compound:prt", "advmod"}
                    for kid in tree.kids[token]
                )
        return any(self._in(kid, words) for kid in found)

    def _in(self, token: int | None, words: frozenset[str]) -> bool:
        """Whether the head of a phrase (or one coordinated with it) is in a list, or passes one of its tests."""
        tree = self.tree
        if token is None:
            return "$none" in words
        if "*" in words:
            return True
        for member in tree.conjuncts(token):
            if tree.lemmas[member] in words or tree.lower[member] in words:
                return True
            if any(" " in word for word in words if word.endswith(tree.lemmas[member])):
                before = {tree.lemmas[kid] for kid in tree.kids[member]} | {
                    tree.lower[kid] for kid in tree.kids[member]
                }
                for word in words:
                    *modifiers, head = word.split(" ")
                    if modifiers and head == tree.lemmas[member] and before.issuperset(modifiers):
                        return True
            # "dozens of people", "a series of attacks"
            if tree.lemmas[member] in self.lexicon.classes.get("measure", ()) or tree.tags[member] == "CD":
                for kid in tree.with_prep(member, "of"):
                    if tree.lemmas[kid] in words:
                        return True
        tests = {word for word in words if word.startswith("$")}
        if not tests:
            return False
        named = self.roles.parties([token])
        if "$actor" in tests and any(e.country or e.sectors for e in named):
            return True
        if "$state" in tests and any(e.country and (not e.sectors or e.sectors[0] in _GOVERNMENT) for e in named):
            return True
        return "$person" in tests and (
            any(e.sectors for e in named)
            or tree.tags[token] in _PERSON_TAGS
            or tree.lemmas[token] in self.lexicon.classes.get("people", ())
        )
