"""How a deed stands in its sentence: told by whom, willed, doubted, demanded, denied or past.

The modal, the negation and the governing verbs are read from the deed upwards; what they mean for the status is
decided in `events`.
"""

from __future__ import annotations

import msgspec

from dragoman.coding.cues import Cues
from dragoman.coding.tree import Tree

_WILL = frozenset({"will", "shall", "'ll", "wo"})
_MAY = frozenset({"may", "might", "could", "can", "ca"})
_MUST = frozenset({"must", "should", "ought"})


class Circumstances(msgspec.Struct, kw_only=True):
    """What was read around one trigger; `why` keeps the words that said so."""

    modal: str = ""
    negated: bool = False
    conditional: bool = False
    hypothetical: bool = False
    future: bool = False
    attempted: bool = False
    historical: bool = False
    pluperfect: bool = False
    perfect: bool = False
    speech: int | None = None
    speaker: int | None = None
    why: list[str] = msgspec.field(default_factory=list)


def read(tree: Tree, cues: Cues, token: int) -> Circumstances:
    """The circumstances of a verb, noun or adjective, read upwards to the root."""
    found = Circumstances()
    _own(tree, cues, token, found)
    here = token
    for above in tree.path_up(token):
        _step(tree, cues, here, above, found)
        here = above
    _beside(tree, cues, here, found)
    if found.speech is not None:
        found.speaker = tree.subject(found.speech)
    return found


def _aux(tree: Tree, token: int) -> list[int]:
    """Auxiliaries of a predicate; a coordinated verb without its own shares those of the first."""
    own = tree.children(token, "aux", "aux:pass")
    if (
        not own
        and tree.deps[token] == "conj"
        and tree.tags[tree.heads[token]] == tree.tags[token]
        and tree.tags[token] in {"VB", "VBN"}
    ) and tree.child(token, "nsubj", "nsubj:pass") is None:
        return _aux(tree, tree.heads[token]) if tree.heads[token] != token else []
    return own


def _own(tree: Tree, cues: Cues, token: int, found: Circumstances) -> None:
    auxiliaries = _aux(tree, token)
    words = [tree.lemmas[k] for k in auxiliaries]
    for k, word in zip(auxiliaries, words, strict=True):
        if word in _WILL:
            found.modal = found.modal or "will"
        elif word in {"would", "'d"} and tree.tags[k] == "MD":
            found.modal = found.modal or "would"
        elif word in _MAY:
            found.modal = found.modal or "may"
        elif word in _MUST:
            found.modal = found.modal or "must"
        if word == "have":
            found.perfect = True
            if tree.lower[k] in {"had", "'d"}:
                found.pluperfect = True
    if found.modal:
        found.why.append(f"modal {found.modal}")
    if tree.negated(token) or (
        tree.deps[token] == "conj"
        and not tree.children(token, "aux")
        and auxiliaries
        and tree.negated(tree.heads[token])
    ):
        found.negated = True
        found.why.append("negation")
    for kid in tree.kids[token]:
        if tree.deps[kid] == "det" and tree.lower[kid] in {"no", "neither"}:
            found.negated = True
            found.why.append(f"determiner {tree.lower[kid]}")
        if tree.deps[kid] == "amod" and not tree.is_verb(token):
            if tree.lower[kid] in cues.future_adjectives:
                found.future = True
                found.why.append(f"adjective {tree.lower[kid]}")
            elif tree.lower[kid] in cues.hypothetical_adjectives:
                found.hypothetical = True
                found.why.append(f"adjective {tree.lower[kid]}")
        if (
            tree.deps[kid] == "mark"
            and tree.lower[kid] in cues.hypothetical_markers
            and tree.lower[kid] not in {"should", "until"}
        ):
            found.conditional = True
            found.why.append(f"clause with {tree.lower[kid]}")
    subject = tree.child(token, "nsubj", "nsubj:pass")
    if subject is not None and any(
        tree.deps[k] == "det" and tree.lower[k] in {"no", "neither"} for k in tree.kids[subject]
    ):
        found.negated = True
        found.why.append("subject with no")
    elif subject is not None and tree.lower[subject] in {"nobody", "none", "neither", "nothing"}:
        found.negated = True
        found.why.append(f"subject {tree.lower[subject]}")


def _step(tree: Tree, cues: Cues, here: int, above: int, found: Circumstances) -> None:
    """What a governor says of what hangs below it."""
    dep, word = tree.deps[here], tree.lemmas[above]
    if dep in {"xcomp", "ccomp", "csubj"} or (
        dep in {"acl", "advcl"} and any(tree.lower[k] == "to" and tree.deps[k] == "mark" for k in tree.kids[here])
    ):
        if dep in {"ccomp", "xcomp"} and word in cues.says and (dep == "ccomp" or tree.passive(above)):
            if found.speech is None:
                found.speech = above
            return
        form = f"be {tree.lower[above]} to"
        if (
            dep in {"xcomp", "advcl", "ccomp"}
            and form in cues.future_phrases
            and ("be" in tree.aux(above) or tree.tags[above] in {"VBN", "JJ", "VBG"})
        ):
            found.future = True
            found.why.append(form)
        elif (dep == "xcomp" and word == "have") or (dep == "xcomp" and word == "need"):
            found.modal = found.modal or "must"
            found.why.append(f"{word} to")
        elif word in cues.future_verbs and dep != "ccomp":
            found.future = True
            found.why.append(f"verb {word}")
        elif word in cues.hypothetical_verbs or word in cues.hypothetical_nouns:
            found.hypothetical = True
            found.attempted = found.attempted or word in cues.attempts
            found.why.append(f"below {word}")
        if (
            (word in cues.negating_verbs and tree.is_verb(above) and dep != "ccomp")
            or (word in cues.negating_adjectives)
            or (word in cues.negating_nouns and dep == "acl")
        ):
            found.negated = not found.negated
            found.why.append(f"below {word}")
        elif tree.negated(above) and not (tree.is_verb(above) and word in cues.says and dep == "ccomp"):
            found.negated = not found.negated
            found.why.append(f"negation of {word}")
        if dep == "xcomp":
            _governing_modal(tree, above, found)
    if dep in {"advcl", "acl"} and any(
        tree.deps[k] == "mark" and tree.lower[k] in {"if", "unless", "lest"} for k in tree.kids[here]
    ):
        found.conditional = True
    if (
        dep in {"nmod", "obj", "obl"}
        and not tree.is_verb(above)
        and word in cues.hypothetical_nouns
        and tree.prep(here) in {"of", "for"}
    ):
        found.hypothetical = True
        found.why.append(f"{word} of")
    if dep == "nmod" and not tree.is_verb(above) and word in cues.negating_nouns and tree.prep(here) in {"of", "in"}:
        found.negated = True
        found.why.append(f"{word} of")
    if dep in {"obj", "nsubj:pass"} and tree.is_verb(above) and not tree.is_verb(here):
        _governing_modal(tree, above, found)
        if tree.negated(above):
            found.negated = not found.negated
            found.why.append(f"negation of {word}")
    if dep == "nsubj" and not tree.is_verb(here):
        _governing_modal(tree, above, found)


def _governing_modal(tree: Tree, above: int, found: Circumstances) -> None:
    if found.modal:
        return
    for k in _aux(tree, above):
        word = tree.lemmas[k]
        if word in _WILL:
            found.modal = "will"
        elif word == "would":
            found.modal = "would"
        elif word in _MAY:
            found.modal = "may"
        elif word in _MUST:
            found.modal = "must"
    if found.modal:
        found.why.append(f"modal {found.modal} above")


def _beside(tree: Tree, cues: Cues, root: int, found: Circumstances) -> None:
    """A verb of saying that stands beside the clause: "…, the ministry said"."""
    if found.speech is not None:
        return
    for kid in tree.kids[root]:
        if (
            tree.deps[kid] in {"parataxis", "ccomp", "advcl"}
            and tree.lemmas[kid] in cues.says
            and tree.child(kid, "nsubj") is not None
        ) and (tree.deps[kid] == "parataxis" or kid > root):
            found.speech = kid
            return
