"""What is undertaken, demanded, refused or threatened in the complement of a trigger."""

from __future__ import annotations

from dragoman.coding.reading import Found, Reader
from dragoman.model import Deed


class Deeds(Reader):
    """Reads the deed of a complement, and the words that decide its mode."""

    def content_lemmas(self, token: int) -> list[str]:
        """The lemmas of the complement's words, verbs and heads first."""
        tree = self.tree
        return [tree.lemmas[word] for word in self._content(token)]

    def mode_lemmas(self, token: int) -> list[str]:
        """The same, all verbs before all nouns: in "a request to pull back" the deed decides the mode."""
        tree = self.tree
        return [tree.lemmas[word] for word in sorted(self._content(token), key=lambda w: not tree.is_verb(w))]

    def _content(self, token: int) -> list[int]:
        tree = self.tree
        starts = [kid for kid, _ in tree.clauses(token)]
        held = tree.object(token) if tree.is_verb(token) else None
        if held is not None and held != token:
            starts.append(held)
        for preposition in ("for", "to", "of", "against", "with", "on", "from"):
            starts += tree.with_prep(token, preposition)
        below = [
            word
            for start in starts
            for word in tree.subtree(start)
            if tree.is_verb(word) or tree.tags[word].startswith("NN")
        ]
        return starts + below

    def deed(self, item: Found) -> Deed | None:
        """The first deed that the complement of a trigger names."""
        tree = self.tree
        starts = [kid for kid, _ in tree.clauses(item.token)]
        held = tree.object(item.token) if tree.is_verb(item.token) else None
        if held is not None and held != item.token:
            starts.append(held)
        for preposition in ("to", "for", "on", "of", "in"):
            starts += tree.with_prep(item.token, preposition)
        for start in starts:
            for member in (start, *tree.conjuncts(start)):
                deed = self.deed_at(member, None)
                if deed is not None:
                    return deed
        return None

    def deed_at(self, token: int, found: dict[int, Found] | None) -> Deed | None:
        """The deed that a word, or the noun that it governs, names."""
        frame = found[token].frame if found is not None and token in found else self.matcher.match(token)
        if frame is not None and frame.event_type:
            return Deed(event_type=frame.event_type, mode=frame.mode)
        held = self.tree.object(token) if self.tree.is_verb(token) else None
        if held is not None and held != token:
            frame = self.matcher.match(held)
            if frame is not None and frame.event_type and frame.part == "noun":
                return Deed(event_type=frame.event_type, mode=frame.mode)
        return None

    def tells_hostile(self, token: int) -> bool:
        """Whether a clause below a word tells of a hostile deed or state between others ("that X is at war with Y")."""
        for kid, _ in self.tree.clauses(token):
            for below in self.tree.subtree(kid):
                frame = self.matcher.match(below)
                if frame is not None and frame.event_type and self.ontology.hostile(frame.event_type):
                    return not self.tree.negated(kid)
        return False

    def hostile(self, deed: Deed | None, lemmas: list[str]) -> bool:
        """Whether what is undertaken would hurt."""
        if deed is not None:
            # Troops promised to a friend are no threat; what else is told of them decides.
            return self.ontology.hostile(deed.event_type) and (
                deed.event_type != "MOBILIZE" or any(word in self.cues.hostile_words for word in lemmas[1:])
            )
        first = lemmas[0] if lemmas else ""
        return first in self.cues.hostile_words and first not in self.cues.friendly_words
