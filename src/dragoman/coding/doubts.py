"""What the words around a word say against what the network or a frame sees in it."""

from __future__ import annotations

from dragoman.coding.reading import Reader, states_of
from dragoman.coding.sightings import Sighting
from dragoman.model import Entity, Event

_TWO = 2
#: So many words lie between a verb and its doer at most.
_NEAR = 3
#: Modes of meeting in which a state may stand against those who meet: the host, the mediator.
_GUEST = frozenset({"visit", "third-party"})
_OWNER = ("'s", "’s")

Side = tuple[Entity, ...]


def takes_two(rule: Event) -> bool:
    """Whether a frame tells a deed that its parties do together."""
    return rule.event_type == "CONSULT" or (
        rule.event_type in {"AGREE", "SUPPORT", "COOPERATE"} and len(states_of(rule.actors)) >= _TWO
    )


def from_elsewhere(party: Entity, actors: Side, recipients: Side, event_type: str, mode: str) -> bool:
    """Whether a recipient is none: place of a meeting, owner of what is demanded, other state of a phrase."""
    states = states_of(actors)
    if event_type == "CONSULT" and mode not in _GUEST and len(states) > 1 and not party.sectors and not party.office:
        return True
    if party.country not in states or not party.country:
        return False
    if event_type == "REQUEST" and party.text.endswith(_OWNER):
        return True
    return any(
        (r.start, r.end) == (party.start, party.end) and r.country and r.country not in states for r in recipients
    )


class Doubts(Reader):
    """Weighs the words of one sentence against a sighting."""

    def wondered(self, token: int) -> bool:
        """Whether a word stands below "whether": nothing is told there, it is asked."""
        tree = self.tree
        up = {token, *tree.path_up(token)}
        # "whether, if talks failed, it would be ready": the word may have been hung on the condition
        return any(
            tree.lower[t] == "whether" and up.intersection((tree.heads[t], tree.heads[tree.heads[t]]))
            for t in range(token)
        )

    def no_deed(self, seen: Sighting) -> bool:
        """Whether the words of what the network sees alone tell no deed.

        Who asks whether demands nothing, who "will not block" refuses nothing, what is "taken as" something is judged,
        regions that meet hold no talks.
        """
        tree, token = self.tree, seen.token
        word = tree.lemmas[token]
        frame = self.matcher.match(token)
        if frame is not None and frame.clause == "question":
            return True
        if seen.event_type == "SUPPORT" and self.nobody_knows_who(token):
            return True
        if seen.event_type == "REJECT" and tree.negated(token) and "prevent" in self.cues.light.get(word, ()):
            return True
        if tree.is_verb(token) and word in self.cues.judged and tree.passive(token) and tree.with_prep(token, "as"):
            return True
        if seen.event_type == "CONSULT" and tree.is_noun(token):
            return self.what_meetings_are(token)
        if seen.event_type == "CONSULT" and tree.is_verb(token):
            doer = tree.child(token, "nsubj")
            return (
                doer is not None
                and tree.tags[doer].startswith("NNP")
                and token - doer <= _NEAR  # a day far before the verb is no doer, whatever the parse
                and not any(e.country or e.sectors for e in self.roles.parties([doer], subject=True))
                and not any(h.start < tree.ends[doer] and h.end > tree.starts[doer] for h in self.sentence.hits)
            )
        return False

    def in_sympathy(self, party: Entity) -> bool:
        """Whether people show themselves for a party ("in solidarity with"), not against it."""
        if party.start is None:
            return False
        tree = self.tree
        before = [t for t in range(tree.n) if tree.ends[t] <= party.start][-4:]
        words = {tree.lemmas[t] for t in before} | {tree.lower[t] for t in before}
        return bool(self.cues.sympathy & words) and not words & {"against"}

    def clash(self, seen: Sighting) -> bool:
        """Whether a word tells that both sides do the same to one another."""
        frames = [f for f in self.matcher.frames(seen.token) if f.event_type == seen.event_type]
        return bool(frames) and all(f.mutual for f in frames)

    def topic(self, seen: Sighting, party: Entity) -> bool:
        """Whether a party is only what is talked of ("discussed Syria and North Korea")."""
        tree = self.tree
        if seen.event_type != "CONSULT" or tree.lemmas[seen.token] not in self.cues.about or party.start is None:
            return False
        held = [k for k in tree.kids[seen.token] if tree.deps[k] == "obj" and k > seen.token]
        return any(tree.starts[t] == party.start for one in held for t in tree.conjuncts(one))
