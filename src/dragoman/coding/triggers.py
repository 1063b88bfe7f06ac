"""Which words of a sentence open frames, and which of those belong to the complement of another."""

from __future__ import annotations

from dragoman.coding.carriers import STANDING, carrier
from dragoman.coding.frames import TRANSPARENT
from dragoman.coding.reading import Found, Reader
from dragoman.model import Reason

VERBAL_CONFLICT = 3


class Triggers(Reader):
    """Every word opens at most one frame; nouns are carried by light verbs; complements hold deeds, not events."""

    def find(self) -> dict[int, Found]:
        """The words that open frames, and which of them verbs carry; a light verb opens none of its own."""
        tree = self.tree
        found: dict[int, Found] = {}
        for token in range(tree.n):
            if tree.tags[token][:2] not in {"VB", "NN", "JJ"}:
                continue
            if tree.tags[token].startswith("JJ") and not self._predicative(token):
                continue
            frame = self.matcher.match(token)
            if frame is not None and frame.operator not in TRANSPARENT:
                found[token] = Found(token=token, frame=frame)
        for item in list(found.values()):
            if item.frame.part != "noun" or item.token not in found:
                continue
            held = carrier(tree, self.cues, item.token)
            item.carrier = held
            if held is None:
                continue
            verb = found.get(held.verb)
            carried = tree.lemmas[held.verb] in item.frame.light or bool(STANDING.intersection(held.roles))
            if verb is not None and held.place == "object":
                if carried and verb.frame.object is None and not verb.frame.operator:
                    del found[held.verb]
                    item.why.append(
                        Reason(
                            step="light verb",
                            rule="light.yaml",
                            detail=f"{tree.words[held.verb]} carries {tree.words[item.token]}",
                        )
                    )
                else:
                    item.inside = held.verb
            if carried and verb is None:
                item.why.append(
                    Reason(
                        step="light verb",
                        rule="light.yaml",
                        detail=f"{tree.words[held.verb]} carries {tree.words[item.token]}",
                    )
                )
        return found

    def _predicative(self, token: int) -> bool:
        tree = self.tree
        return (
            tree.child(token, "cop") is not None
            or tree.deps[token] in {"xcomp", "ROOT", "root", "acl", "ccomp", "advcl", "acl:relcl"}
            or bool(tree.clauses(token))
        )

    def contain(self, found: dict[int, Found]) -> None:
        """Marks what belongs to the complement of another trigger."""
        tree = self.tree
        for item in found.values():
            if item.inside is not None:
                continue
            frame = item.frame
            verbal = frame.event_type and self.ontology.quad(frame.event_type) in {1, VERBAL_CONFLICT}
            if frame.event_type == "CONSULT" or (not frame.operator and not verbal and frame.event_type != "PROTEST"):
                continue
            if frame.event_type == "PROTEST":
                carried = item.carrier.verb if item.carrier is not None else item.token
                for kid in tree.children(carried, "advcl", "xcomp", "acl"):
                    for below in tree.subtree(kid):
                        if (
                            below in found
                            and below != item.token
                            and found[below].inside is None
                            and found[below].frame.event_type in {"REQUEST", "ACCUSE", "REJECT"}
                        ):
                            found[below].inside = item.token
            for kid, form in tree.clauses(item.token):
                if frame.operator or form in {"inf", "gerund", "that"}:
                    for below in tree.subtree(kid):
                        if below in found and below != item.token and found[below].inside is None:
                            found[below].inside = item.token
            held = tree.object(item.token) if tree.is_verb(item.token) else None
            nouns = [held] if held is not None and held != item.token else []
            for preposition in ("for", "of", "to", "against", "over", "at", "on", "upon", "about", "in"):
                if preposition in frame.actor or (preposition in frame.recipient and not frame.operator):
                    continue
                nouns += tree.with_prep(item.token, preposition)
            for noun in nouns:
                for below in tree.subtree(noun):
                    other = found.get(below)
                    if other is None or other.inside is not None or below == item.token:
                        continue
                    if (other.frame.part == "noun" or below != noun) and not self._told_apart(below, noun):
                        other.inside = item.token

    def _told_apart(self, below: int, noun: int) -> bool:
        """Whether a word stands in a relative clause or participle of a noun: told of it, not demanded with it."""
        tree = self.tree
        for here in (below, *tree.path_up(below)):
            if here == noun:
                return False
            if tree.deps[here] == "acl:relcl" or (tree.deps[here] == "acl" and tree.tags[here] == "VBN"):
                return True
        return False
