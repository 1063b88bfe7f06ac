"""What the verb around a noun does to the deed that the noun names: carries it, begins it, cancels it, demands it."""

from __future__ import annotations

import msgspec

from dragoman.coding.cues import Cues
from dragoman.coding.tree import Tree

#: What leaves the deed standing as something that took place.
STANDING = frozenset({"carry", "undergo", "begin", "continue", "end", "host", "attend", "happen", "announce"})


class Carrier(msgspec.Struct, frozen=True):
    """The verb that governs a noun, how the noun hangs on it, and the roles that `light.yaml` gives to that verb."""

    verb: int
    place: str
    roles: tuple[str, ...]


def carrier(tree: Tree, cues: Cues, noun: int) -> Carrier | None:
    """The governing verb of a noun, looked for through coordination and "a round of …"."""
    here = noun
    for _ in range(4):
        dep, above = tree.deps[here], tree.heads[here]
        if above == here:
            return None
        if dep == "conj" and not tree.is_verb(above):
            here = above
            continue
        if dep == "nmod" and tree.prep(here) == "of" and tree.lemmas[above] in cues.stretches:
            here = above
            continue
        break
    dep, above = tree.deps[here], tree.heads[here]
    if dep in {"nsubj", "nsubj:pass"}:
        # "deliveries are set to begin": what is set is the beginning
        inner = tree.child(above, "xcomp")
        if inner is not None and tree.is_verb(inner) and (roles := _happen(tree, cues, inner)):
            return Carrier(inner, "subject", roles)
    if not tree.is_verb(above):
        return None
    if dep == "obj":
        return Carrier(above, "object", _roles(tree, cues, above, ""))
    if dep == "nsubj:pass":
        return Carrier(above, "object", _roles(tree, cues, above, "") or _happen(tree, cues, above))
    if dep == "nsubj":
        return Carrier(above, "subject", _happen(tree, cues, above))
    if dep == "obl":
        preposition = tree.prep(here)
        held = tree.child(above, "obj")
        longer = f"{tree.lemmas[above]} {tree.lower[held]} {preposition}" if held is not None else ""
        roles = tuple(cues.light.get(longer, ())) or tuple(cues.light.get(f"{tree.lemmas[above]} {preposition}", ()))
        return Carrier(above, preposition, roles)
    return None


def _roles(tree: Tree, cues: Cues, verb: int, extra: str) -> tuple[str, ...]:
    word = tree.lemmas[verb]
    for particle in tree.particle(verb):
        found = cues.light.get(f"{word} {particle}")
        if found:
            return tuple(found)
    del extra
    return tuple(role for role in cues.light.get(word, ()) if role != "happen")


def _happen(tree: Tree, cues: Cues, verb: int) -> tuple[str, ...]:
    word = tree.lemmas[verb]
    if "happen" in cues.light.get(word, ()):
        return ("happen",)
    if tree.passive(verb) and "happen" in cues.light.get(f"be {tree.lower[verb]}", ()):
        return ("happen",)
    for kid in tree.kids[verb]:
        if "happen" in cues.light.get(f"{word} {tree.lower[kid]}", ()):
            return ("happen",)
    return ()
