"""What the coders of all kinds of claims ask of a sentence's parse: its tree, who fills it, verbs, subjects, tokens."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from dragoman.coding.context import Sentence
from dragoman.coding.cues import cues
from dragoman.coding.frames import lexicon
from dragoman.coding.lemmas import lemma
from dragoman.coding.repairs import repair
from dragoman.coding.roles import Roles
from dragoman.coding.tree import Tree
from dragoman.knowledge import load


def tree_of(sentence: Sentence) -> Tree | None:
    """The parse as a tree with document offsets (made once), none where the sentence was not parsed."""
    if sentence.parse is None or len(sentence.parse) == 0:
        return None
    kept: dict[str, Any] = sentence.parse.user_data
    key = f"tree@{sentence.passage.start}"
    if key not in kept:
        made = Tree(sentence.parse, sentence.passage.start)
        repair(made, lexicon(load()))
        kept[key] = made
    found: Tree = kept[key]
    return found


def roles_of(sentence: Sentence, tree: Tree) -> Roles:
    """Who fills the places of a tree."""
    return Roles(tree, sentence.actors, cues(load()).stand_for)


def verb_of(tree: Tree, token: int, known: Container[str]) -> str:
    """The dictionary form of a verb: the one that some words know, when its tag hides it ("said" tagged as present)."""
    base = tree.lemmas[token]
    if base in known or not tree.is_verb(token):
        return base
    forms = (lemma(tree.words[token], tag) for tag in ("VBD", "VBZ", "VBG"))
    return next((form for form in forms if form in known), base)


def subject_of(tree: Tree, verb: int) -> int | None:
    """The grammatical subject of a verb; a name that the parser took for a form of address before it counts as one."""
    found = tree.grammatical_subject(verb)
    if found is not None and tree.deps[found] == "csubj" and tree.tags[found] == "VBG":
        # "Speaking in Brussels, X called …": the name right before the verb, behind the comma
        near = next(
            (
                kid
                for kid in range(verb - 1, found, -1)
                if tree.tags[kid][:2] not in {"RB", "MD"} and tree.deps[kid] != "aux"
            ),
            None,
        )
        return near if near is not None and tree.tags[near].startswith("N") and "," in tree.words[found:near] else None
    if found is not None:
        return found
    for kid in tree.kids[verb]:
        # "X, having met Y, said …": the parse gives the subject to the participle
        if kid < verb and tree.deps[kid] == "advcl" and tree.tags[kid] in {"VBG", "VBN"}:
            shared = tree.child(kid, "nsubj", "nsubj:pass")
            if shared is not None and shared < kid and "," in tree.words[shared:kid]:
                return shared
    return next((kid for kid in tree.kids[verb] if tree.deps[kid] in {"vocative", "dislocated"} and kid < verb), None)


def token_at(tree: Tree, offset: int) -> int | None:
    """The token that holds an offset of the document."""
    for index in range(tree.n):
        if tree.starts[index] <= offset < tree.ends[index]:
            return index
    return None


def span_of(tree: Tree, tokens: Iterable[int]) -> tuple[int, int]:
    """First and last offset of some tokens."""
    listed = sorted(tokens)
    return tree.starts[listed[0]], tree.ends[listed[-1]]
