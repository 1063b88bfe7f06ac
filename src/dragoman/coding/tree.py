"""One parsed sentence as plain lists, with the questions that frames ask of it: voice, subjects, objects, prepositions.

Relations are those of Universal Dependencies with subtypes; tags are those of the Penn Treebank. Indices count tokens
of the sentence; `start` and `end` give characters of the document.
"""

from __future__ import annotations

from typing import Any

from dragoman.coding.lemmas import irregular, lemma

PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT"})
_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP", "WDT", "$"})
_OUTSIDE_PHRASE = frozenset(
    {
        "acl:relcl",
        "acl",
        "appos",
        "conj",
        "cc",
        "parataxis",
        "advcl",
        "advcl:relcl",
        "list",
        "dep",
        "discourse",
        "cop",
        "nsubj",
        "nsubj:pass",
        "aux",
        "mark",
        "ccomp",
        "obl",
        "advmod",
    }
)
#: A chain of governors longer than this is a loop or a monster; nothing that it says can be trusted.
_FAR = 12


#: Past forms that are base forms too.
_BOTH = frozenset({"found", "fell", "saw", "lay", "bound", "wound", "left", "felt", "ground", "rent", "bore", "fed"})


def _base(word: str, tag: str) -> str:
    """The lemma of a token; a past form tagged as a base form ("said" as VBP) is told by the irregular verbs."""
    base = lemma(word, tag)
    if tag in {"VB", "VBP"} and base not in _BOTH:
        return irregular().get((base, "V"), base)
    return base


class Tree:
    """A dependency tree; cheap to make, read-only afterwards."""

    __slots__ = ("deps", "ends", "heads", "kids", "lemmas", "lower", "n", "starts", "tags", "words")

    def __init__(self, parse: Any, offset: int = 0) -> None:  # noqa: ANN401  # a spaCy Doc, imported nowhere here
        self.words: list[str] = []
        self.tags: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for token in parse:
            text = token.text
            self.words.append(text)
            self.tags.append(token.tag_)
            self.deps.append(token.dep_)
            self.heads.append(token.head.i)
            self.starts.append(offset + token.idx)
            self.ends.append(offset + token.idx + len(text))
        self.n = len(self.words)
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        self.lemmas = [_base(word, tag) for word, tag in zip(self.words, self.tags, strict=True)]
        self._index()

    def _index(self) -> None:
        self.kids: list[list[int]] = [[] for _ in range(self.n)]
        for index, head in enumerate(self.heads):
            if head != index:
                self.kids[head].append(index)

    def move(self, index: int, head: int, dep: str) -> None:
        """Hangs a token elsewhere (a repair after the parse); the caller sees to it that no loop comes about."""
        old = self.heads[index]
        if old != index and index in self.kids[old]:
            self.kids[old].remove(index)
        self.heads[index] = head
        self.deps[index] = dep
        if head != index:
            self.kids[head].append(index)
            self.kids[head].sort()

    # -- words -------------------------------------------------------------------------------------------------

    def child(self, index: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        for kid in self.kids[index]:
            if self.deps[kid] in deps:
                return kid
        return None

    def children(self, index: int, *deps: str) -> list[int]:
        """All children with one of these relations, in order."""
        return [kid for kid in self.kids[index] if self.deps[kid] in deps]

    def is_verb(self, index: int) -> bool:
        """Whether the token is tagged as a verb (modals are not)."""
        return self.tags[index].startswith("V")

    def is_noun(self, index: int) -> bool:
        """Whether the token is tagged as a noun or name."""
        return self.tags[index].startswith("N")

    def is_nominal(self, index: int) -> bool:
        """Whether the token can head a phrase that names someone or something."""
        return self.tags[index] in _NOMINAL or (
            self.tags[index].startswith("JJ")
            and self.deps[index] in {"nsubj", "obj", "obl", "nmod", "nsubj:pass", "iobj", "conj", "nmod:poss"}
        )

    def prep(self, index: int) -> str:
        """The preposition that introduces a phrase ("because of" with its words joined), or nothing."""
        for kid in self.kids[index]:
            if self.deps[kid] == "case" and self.tags[kid] != "POS":
                fixed = "".join(f" {self.lower[k]}" for k in self.kids[kid] if self.deps[k] == "fixed")
                return self.lower[kid] + fixed
        return ""

    def conjuncts(self, index: int) -> list[int]:
        """A token with all that is coordinated with it, in order."""
        found = [index]
        for member in found:
            found.extend(kid for kid in self.kids[member] if self.deps[kid] == "conj" and kid not in found)
            if len(found) > 40:
                break
        return sorted(found)

    def subtree(self, index: int) -> list[int]:
        """All tokens below and including one."""
        found, todo = [], [index]
        while todo:
            here = todo.pop()
            found.append(here)
            todo.extend(self.kids[here])
        return sorted(found)

    def path_up(self, index: int) -> list[int]:
        """The governors of a token, nearest first."""
        path: list[int] = []
        here = index
        while self.heads[here] != here and len(path) < _FAR:
            here = self.heads[here]
            path.append(here)
        return path

    def phrase(self, index: int) -> tuple[int, int]:
        """First and last token of the phrase that a noun heads, without clauses, appositions and other conjuncts."""
        low = high = index
        for kid in self.kids[index]:
            if self.deps[kid] in _OUTSIDE_PHRASE or self.tags[kid] in {".", ",", ":", "-LRB-", "-RRB-", "``", "''"}:
                continue
            if self.deps[kid] == "punct" and self.lower[kid] not in {"-", "–", "/"}:
                continue
            if self.deps[kid] == "case" and self.tags[kid] != "POS":
                continue
            if self.deps[kid] == "nmod":
                span = self.subtree(kid)
                if self.prep(kid) not in {"of", "for", "to", "in", "from", "at"} or len(span) > 8:
                    continue
                low, high = min(low, span[0]), max(high, span[-1])
                continue
            span = self.subtree(kid)
            low, high = min(low, span[0]), max(high, span[-1])
        while low < index and (self.tags[low] in {"IN", ",", ":", "CC", "``", "''"}):
            low += 1
        return low, high

    # -- clauses -----------------------------------------------------------------------------------------------

    def passive(self, index: int) -> bool:
        """Whether a verb stands in the passive, reduced relatives ("sanctions imposed by") included."""
        if self.tags[index] not in {"VBN", "VBD"}:
            return False
        for kid in self.kids[index]:
            if self.deps[kid] in {"aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"}:
                return True
            if self.deps[kid] == "aux" and self.lemmas[kid] == "have":
                return False
            if self.deps[kid] in {"nsubj", "obj"}:
                return False
        if self.deps[index] == "conj":
            head = self.heads[index]
            return (
                self.is_verb(head)
                and self.passive(head)
                and (self.tags[index] == "VBN" or self.tags[head] == self.tags[index])
            )
        return self.tags[index] == "VBN" and self.deps[index] in {"acl", "advcl", "amod", "xcomp", "root", "ROOT"}

    def grammatical_subject(self, index: int, depth: int = 0) -> int | None:
        """The subject of a verb or predicate, found through relatives, control and coordination."""
        own = self.child(index, "nsubj", "nsubj:pass", "csubj", "nsubj:outer")
        if own is not None:
            if self.tags[own] in {"WDT", "WP"} or (self.lower[own] == "that" and self.deps[index] == "acl:relcl"):
                if self.deps[index] in {"acl:relcl", "acl"}:
                    return self.heads[index]
                return own
            return own
        if depth > 6:
            return None
        dep, head = self.deps[index], self.heads[index]
        if dep == "conj":
            return self.grammatical_subject(head, depth + 1)
        if dep == "acl":
            # "the decision to withdraw": whoever decides, not the decision, withdraws
            if any(self.deps[kid] == "mark" and self.lower[kid] == "to" for kid in self.kids[index]):
                owner = self.child(head, "nmod:poss")
                if owner is not None:
                    return owner
                return self.grammatical_subject(self.heads[head], depth + 1) if head != self.heads[head] else None
            return head
        if dep == "acl:relcl":
            return head
        if dep == "xcomp":
            held = self.child(head, "obj", "iobj")
            if held is not None and held < index and not self.passive(head):
                return held
            return self.grammatical_subject(head, depth + 1)
        if dep in {"advcl", "ccomp", "parataxis"} and (self.tags[index] in {"VBG", "VBN", "VB"}):
            if dep == "advcl":
                held = self.child(head, "obj")
                to = any(self.deps[kid] == "mark" and self.lower[kid] == "to" for kid in self.kids[index])
                call = next(
                    (
                        k
                        for k in self.kids[head]
                        if self.deps[k] == "obl" and self.prep(k) in {"on", "upon"} and k < index
                    ),
                    None,
                )
                if to and call is not None:
                    return call
                if to and held is not None and held < index and self.lower[held] != "itself":
                    pass
            return self.grammatical_subject(head, depth + 1)
        return None

    def subject(self, index: int) -> int | None:
        """Who does it: the grammatical subject, in a passive the agent."""
        if self.passive(index):
            return self.agent(index)
        return self.grammatical_subject(index)

    def agent(self, index: int) -> int | None:
        """The "by" phrase of a passive."""
        found = self.child(index, "obl:agent")
        if found is not None:
            return found
        for kid in self.kids[index]:
            if self.deps[kid] in {"obl", "nmod"} and self.prep(kid) == "by" and self.is_nominal(kid):
                return kid
        # "seized off the coast of Egypt by American forces": the agent was hung on the noun before it
        for below in self.subtree(index):
            if below > index and self.deps[below] == "nmod" and self.prep(below) == "by" and self.is_nominal(below):
                return below
        return None

    def object(self, index: int) -> int | None:
        """What it is done to: the direct object, in a passive the grammatical subject."""
        if self.passive(index):
            own = self.child(index, "obj")
            return own if own is not None else self.grammatical_subject(index)
        own = self.child(index, "obj")
        if own is not None:
            if self.tags[own] in {"WDT", "WP"} and self.deps[index] == "acl:relcl":
                return self.heads[index]
            return own
        if self.deps[index] == "acl:relcl" and self.child(index, "nsubj") is not None:
            subject = self.child(index, "nsubj")
            if subject is not None and self.tags[subject] not in {"WDT", "WP"} and self.lower[subject] != "that":
                return self.heads[index]
        for kid in self.kids[index]:  # "condemned and rejected the plan"
            if self.deps[kid] == "conj" and self.is_verb(kid) and self.child(kid, "nsubj") is None:
                shared = self.child(kid, "obj")
                if shared is not None and not any(
                    k > index and k < kid and self.deps[k] in {"obl", "ccomp", "xcomp"} for k in self.kids[index]
                ):
                    return shared
        if self.deps[index] == "conj" and self.is_verb(self.heads[index]):
            shared = self.child(self.heads[index], "obj")
            if shared is not None and shared > index:
                return shared
        return None

    def with_prep(self, index: int, preposition: str) -> list[int]:
        """The phrases that hang on a token by a preposition."""
        found = []
        for kid in self.kids[index]:
            if self.deps[kid] in {"obl", "nmod", "obl:agent", "advcl", "acl", "nmod:poss", "obl:unmarked"}:
                prep = self.prep(kid)
                if not prep:
                    continue
                if prep == preposition or prep.split(" ", 1)[0] == preposition:
                    found.append(kid)
        return found

    def clauses(self, index: int) -> list[tuple[int, str]]:
        """The complement clauses of a word with their form: `inf`, `that`, `gerund`."""
        found = []
        for kid in self.kids[index]:
            dep = self.deps[kid]
            if dep not in {"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"}:
                continue
            marks = {self.lower[k] for k in self.kids[kid] if self.deps[k] == "mark"}
            if "to" in marks and self.tags[kid] in {"VB", "JJ", "NN", "VBN", "VBP"}:
                if dep == "advcl" and "order" in marks:
                    continue
                found.append((kid, "inf"))
            elif (
                dep in {"xcomp", "ccomp", "advcl", "acl"}
                and self.tags[kid] == "VBG"
                and (dep in {"xcomp", "ccomp"} or any(self.tags[k] == "IN" for k in self.kids[kid]))
            ):
                found.append((kid, "gerund"))
            elif dep == "ccomp" or (dep == "acl" and "that" in marks):
                found.append((kid, "that"))
            elif dep == "xcomp" and self.is_verb(kid):
                found.append((kid, "inf"))
        return found

    def particle(self, index: int) -> set[str]:
        """Particles of a phrasal verb."""
        return {
            self.lower[kid] for kid in self.kids[index] if self.deps[kid] == "compound:prt" or (self.tags[kid] == "RP")
        }

    def aux(self, index: int) -> list[str]:
        """The lemmas of the auxiliaries of a verb or predicate."""
        return [self.lemmas[kid] for kid in self.kids[index] if self.deps[kid] in {"aux", "aux:pass", "cop"}]

    def negated(self, index: int) -> bool:
        """Whether "not", "never", "no longer" or the like stands with the word itself."""
        for kid in self.kids[index]:
            if self.lower[kid] in {"not", "n't", "never", "nor", "neither", "'t", "cannot"} and self.deps[kid] in {
                "advmod",
                "neg",
                "cc",
                "advmod:neg",
                "cc:preconj",
                "det",
                "aux",
            }:
                return True
        return False
