"""Mends of the parse that diplomatic English needs and that can be told from the words alone.

Each mend is a construction that the parser, trained on everyday English, is known to read wrongly; it looks at tags,
lemmas and the verbs that knowledge has frames for, and rehangs as little as it can.
"""

from __future__ import annotations

from collections.abc import Container

from dragoman.coding.frames import Lexicon
from dragoman.coding.lemmas import lemma
from dragoman.coding.tree import Tree

_INFINITIVE_AFTER = ("VB", "JJ", "NN")
#: Whose it is, who does it, or by what way it goes: no goal hangs below these.
_OF_OR_BY_WAY = frozenset({"of", "by", "via", "through"})


def repair(tree: Tree, lexicon: Lexicon) -> None:
    """Applies all mends to a tree, in place.

    `lexicon` knows the lemmas that have verb frames, the nouns that want a partner ("talks with", "border with"), those
    that go somewhere ("a visit to") and those that are told in a clause ("the claim that").
    """
    verbs = lexicon.verbs
    _phrase_of_its_noun(tree, lexicon.partners)
    _goal_of_its_noun(tree, lexicon)
    _clause_of_its_noun(tree, lexicon.clausal)
    _charge_of_the_accused(tree)
    _infinitive_read_as_noun(tree, verbs)
    _gerund_read_as_noun(tree, verbs)
    _speech_clause(tree, verbs)
    _subject_of_its_clause(tree, lexicon)
    _name_behind_its_title(tree)
    _adjectives_of_one_noun(tree)


def _infinitive_read_as_noun(tree: Tree, verbs: Container[str]) -> None:
    """Mends "refused to deploy peacekeepers": a bare verb form after "to" that was read as (part of) a noun phrase."""
    for to in range(tree.n - 1):
        verb = to + 1
        if tree.lower[to] != "to" or not tree.tags[verb].startswith("NN") or tree.tags[verb] == "NNS":
            continue
        if tree.tags[verb].startswith("NNP") and tree.words[verb][0].isupper():
            continue
        word = tree.lower[verb]
        if word not in verbs or verb + 1 >= tree.n or lemma(word, "NN") != word:
            continue
        following = tree.tags[verb + 1]
        noun_phrase = following in {"DT", "PRP$", "PRP", "JJ", "NNP", "NNPS", "NNS", "CD", "NN"}
        if not noun_phrase or (following == "NN" and tree.tags[verb + 1 : verb + 3].count("NN") > 1):
            continue
        head = tree.heads[verb]
        top = head if tree.deps[verb] in {"compound", "amod"} and head > verb else verb
        governor = tree.heads[top]
        if governor == top or not tree.tags[governor].startswith(_INFINITIVE_AFTER):
            continue
        tree.tags[verb], tree.lemmas[verb] = "VB", word
        tree.move(verb, governor, "xcomp" if tree.is_verb(governor) or tree.tags[governor].startswith("JJ") else "acl")
        tree.move(to, verb, "mark")
        tree.tags[to] = "TO"
        if top != verb:
            tree.move(top, verb, "obj")
            for kid in list(tree.kids[top]):
                if kid < verb:
                    tree.move(kid, verb, tree.deps[kid])


def _gerund_read_as_noun(tree: Tree, verbs: Container[str]) -> None:
    """Mends "accused of supplying rebels": a gerund after a preposition that was read as a modifier of its object."""
    for gerund in range(1, tree.n - 1):
        if (
            not tree.lower[gerund].endswith("ing")
            or tree.tags[gerund] != "NN"
            or tree.deps[gerund] not in {"compound", "amod"}
        ):
            continue
        head = tree.heads[gerund]
        if head < gerund or tree.tags[gerund - 1] != "IN" or tree.heads[gerund - 1] != head:
            continue
        word = lemma(tree.words[gerund], "VBG")
        if word not in verbs or not tree.is_noun(head):
            continue
        governor = tree.heads[head]
        while not tree.is_verb(governor) and tree.heads[governor] != governor:
            governor = tree.heads[governor]
        if governor == head or not tree.is_verb(governor):
            continue
        tree.tags[gerund], tree.lemmas[gerund] = "VBG", word
        tree.move(gerund, governor, "advcl")
        tree.move(gerund - 1, gerund, "mark")
        tree.move(head, gerund, "obj")


def _phrase_of_its_noun(tree: Tree, partners: Container[str]) -> None:
    """Mends "moved tanks to the border with China": the phrase belongs to the noun right before it."""
    for token in range(2, tree.n):
        if tree.deps[token] != "obl" or tree.prep(token) not in {"with", "between"}:
            continue
        first = min(tree.subtree(token))
        noun = first - 1
        if noun >= 0 and tree.is_noun(noun) and tree.lemmas[noun] in partners and tree.heads[noun] == tree.heads[token]:
            tree.move(token, noun, "nmod")


def _goal_of_its_noun(tree: Tree, lexicon: Lexicon) -> None:
    """Mends "the visit of a minister to Chad", "supplies via Poti to Baku": the goal belongs to what goes there."""
    goes = lexicon.classes.get("goes_to", frozenset())
    posted = goes | lexicon.classes.get("posted_to", frozenset())
    for token in range(tree.n):
        between = tree.heads[token]
        noun = tree.heads[between]
        if (
            tree.deps[token] == tree.deps[between] == "nmod"
            and tree.prep(token) == "to"
            and tree.prep(between) in _OF_OR_BY_WAY
            and noun < between < token
            and tree.lemmas[noun] in goes
            and tree.lemmas[between] not in posted
        ):
            tree.move(token, noun, "nmod")


def _clause_of_its_noun(tree: Tree, clausal: Container[str]) -> None:
    """Mends "the claim made by X that …": a clause with "that" for which the parser found no place."""
    for token in range(tree.n):
        that = next((k for k in tree.kids[token] if tree.deps[k] == "mark" and tree.lower[k] == "that"), None)
        if that is None:
            continue
        owner = tree.heads[token]
        if (
            tree.deps[token] == "acl"
            and tree.deps[owner] == "nmod"
            and tree.prep(owner) in {"of", "by"}
            and tree.lemmas[tree.heads[owner]] in clausal
        ):
            tree.move(token, tree.heads[owner], "acl")  # "the claim of the minister that …"
        if tree.deps[token] != "dep":
            continue
        noun = next((t for t in range(that - 1, -1, -1) if tree.is_noun(t) and tree.lemmas[t] in clausal), None)
        if noun is not None and tree.heads[noun] == tree.heads[token]:
            tree.move(token, noun, "acl")


def _charge_of_the_accused(tree: Tree) -> None:
    """Mends "was accused by Bahrain of meddling": the charge belongs to the verb, not to whoever makes it."""
    for token in range(tree.n):
        agent = tree.heads[token]
        if (
            tree.deps[token] == "acl"
            and tree.tags[token] == "VBG"
            and tree.deps[agent] == "obl:agent"
            and any(tree.deps[k] == "mark" and tree.lower[k] == "of" for k in tree.kids[token])
        ):
            tree.move(token, tree.heads[agent], "advcl")


def _speech_clause(tree: Tree, verbs: Container[str]) -> None:
    """Mends "… must comply, the minister said": a finite clause with "that" read as the relative of a noun."""
    del verbs
    for token in range(tree.n):
        if tree.deps[token] != "acl:relcl" or not tree.is_verb(tree.heads[token]):
            continue
        if any(tree.deps[k] == "mark" and tree.lower[k] == "that" for k in tree.kids[token]):
            tree.deps[token] = "ccomp"


def _subject_of_its_clause(tree: Tree, lexicon: Lexicon) -> None:
    """Mends "insisted the demand for it would stand": a long subject without "that" before it, read as an object."""
    for verb in range(tree.n):
        above = tree.heads[verb]
        if (
            tree.deps[verb] not in {"parataxis", "ccomp", "conj"}
            or above >= verb
            or not tree.is_verb(above)
            or tree.child(verb, "nsubj", "nsubj:pass", "csubj", "mark", "cc") is not None
            or not any(tree.tags[k] == "MD" for k in tree.kids[verb])
            or not any(frame.clause in {"any", "that"} for frame in lexicon.verbs.get(tree.lemmas[above], ()))
        ):
            continue
        held = next((k for k in tree.kids[above] if tree.deps[k] == "obj" and above < k < verb), None)
        if held is None or any(tree.lower[t] in {",", ";", "and"} for t in range(held, verb)):
            continue
        for kid in list(tree.kids[above]):
            if held < kid < verb and tree.deps[kid] == "obl":
                tree.move(kid, held, "nmod")
        tree.move(held, verb, "nsubj")
        tree.deps[verb] = "ccomp"


def _name_behind_its_title(tree: Tree) -> None:
    """Mends "X and Chinese leader Y met": the name behind a title was read as more of the name before "and"."""
    for name in range(2, tree.n):
        first, title = tree.heads[name], name - 1
        if (
            tree.deps[name] == "flat"
            and tree.heads[title] == first
            and tree.deps[title] == "conj"
            and tree.is_noun(title)
            and tree.tags[name].startswith("NNP")
        ):
            tree.move(name, first, "conj")
            for kid in list(tree.kids[title]):
                tree.move(kid, name, tree.deps[kid])
            tree.move(title, name, "nmod:desc")


def _adjectives_of_one_noun(tree: Tree) -> None:
    """Mends "American and Korean officials agreed": the first adjective was read as a party of its own."""
    for first in range(tree.n - 3):
        if tree.tags[first] != "JJ" or tree.lower[first + 1] not in {"and", "or"} or not tree.words[first][0].isupper():
            continue
        noun = next((k for k in tree.kids[first] if tree.deps[k] == "conj" and k > first + 2), None)
        if noun is None or not tree.is_noun(noun) or tree.tags[first + 2] not in {"JJ", "NNP"}:
            continue
        if any(tree.deps[t] == "det" for t in range(first + 2, noun)):
            continue
        above, how = tree.heads[first], tree.deps[first]
        for kid in list(tree.kids[first]):
            if kid != noun and tree.deps[kid] != "cc":
                tree.move(kid, noun, tree.deps[kid])
        if above == first:
            continue
        tree.move(noun, above, how)
        tree.move(first, noun, "amod")
