"""What the network sees in one sentence, laid on its tree: events by their words, and who the words of parties name."""

from __future__ import annotations

import msgspec

from dragoman.coding.network import Glance
from dragoman.coding.reading import NO_STATE, Reader, Reading
from dragoman.model import Entity

#: Below this the odds of a word are noise.
_SEEN = 0.15
#: Two words so near one another that tell the same type tell one event ("held talks").
_NEAR = 6
#: A word stands for a party, or for the state of one, from these odds on.
PARTY = 0.4
#: Where no word is, the likeliest stands for one from these odds on.
_BEST_PARTY = (0.25, 0.15)
#: A name is taken for the state of a party that has none by its own words from these odds on.
_SOME_STATE = 0.25
#: From these odds on the network's word for the state of a party stands against the resolver's.
_SURE_STATE = 0.8


#: Kinds of names that are of one state alone, and kinds that many bear.
_OF_ONE_STATE = frozenset({"state", "adjective", "people", "capital", "region", "group", "party", "company", "person"})
_NAMESAKES = frozenset({"surname"})
#: Where a word stands as a noun, whatever the tagger took it for ("the consulate" read as a verb).
_NOMINAL = frozenset({"obj", "nsubj", "nsubj:pass", "iobj", "obl", "nmod"})
#: How a name hangs below the noun that it belongs to.
_BELOW = frozenset({"nmod", "compound", "amod", "nmod:poss"})
#: A party of so many words is a bare name.
_SHORT = 2
#: Tags of words that name nobody.
_NEVER = frozenset({"RB", "IN", "TO", "MD", "CC", ".", ",", ":", "``", "''", "-LRB-", "-RRB-"})


class Sighting(msgspec.Struct, kw_only=True):
    """An event that the network sees: its word (own count), the tree token, type and odds, and its parties."""

    word: int
    token: int
    event_type: str
    odds: float
    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()


class Sightings(Reader):
    """What the network sees in one sentence, in tokens of its tree."""

    def __init__(self, reading: Reading, glance: Glance) -> None:
        super().__init__(reading)
        self.glance = glance
        offset = self.sentence.passage.start
        tree = self.tree
        tokens: list[int | None] = [None] * len(glance.spans)
        for token in range(tree.n):
            head = token
            while tree.deps[head] == "flat" and tree.heads[head] == head - 1:
                head = tree.heads[head]  # a family name is not another person than its given name
            for word in glance.words(tree.starts[token] - offset, tree.ends[token] - offset):
                tokens[word] = head
        self.token_of = tokens

    def words_of(self, entity: Entity) -> range:
        """The network's words of a party's phrase."""
        if entity.start is None or entity.end is None:
            return range(0)
        offset = self.sentence.passage.start
        return self.glance.words(entity.start - offset, entity.end - offset)

    def find(self) -> list[Sighting]:
        """All events that the network sees, the likeliest first; words of one event are told once."""
        glance = self.glance
        types = glance.labels.types
        order = sorted(
            (
                (float(glance.types[word, k]), word, types[k])
                for word in range(len(glance.spans))
                for k in [int(glance.types[word, 1:].argmax()) + 1]
                if glance.types[word, k] >= _SEEN and self.token_of[word] is not None
            ),
            key=lambda item: (-item[0], item[1]),
        )
        found: list[Sighting] = []
        for odds, word, event_type in order:
            actors, recipients = self._party_words(word, 0), self._party_words(word, 1)
            same = next(
                (
                    s
                    for s in found
                    if s.event_type == event_type
                    and abs(s.word - word) <= _NEAR
                    and (s.actors == actors or not set(s.actors) ^ set(actors) or odds + s.odds < 1.1)
                ),
                None,
            )
            if same is not None:
                same.odds = min(1.0, same.odds + odds)
                continue
            token = self.token_of[word]
            found.append(
                Sighting(
                    word=word, token=token or 0, event_type=event_type, odds=odds, actors=actors, recipients=recipients
                )
            )
        return sorted(found, key=lambda s: -s.odds)

    def _party_words(self, word: int, role: int) -> tuple[int, ...]:
        """The words that play a role in what a word tells; one that could play both plays the likelier."""
        row, other = self.glance.roles[role, word], self.glance.roles[1 - role, word]
        likelier = [w for w in range(len(row)) if row[w] >= other[w] and self.token_of[w] is not None]
        sure = tuple(w for w in likelier if row[w] >= PARTY)
        if sure or not likelier:
            return sure
        best = max(likelier, key=lambda w: (float(row[w]), -w))
        return (best,) if row[best] >= _BEST_PARTY[role] else ()

    def support(self, entity: Entity, word: int, role: int) -> float:
        """The odds that a party plays a role in what a word tells; 1 for a party that no word stands for."""
        words = self.words_of(entity)
        return max((float(self.glance.roles[role, word, w]) for w in words), default=1.0)

    def evidence(self, event_type: str) -> float:
        """The odds that the passage tells an event of a type at all, by its likeliest word or as a whole."""
        glance = self.glance
        at = glance.labels.types.index(event_type)
        return max(float(glance.types[:, at].max(initial=0.0)), float(glance.whole[at - 1]))

    def parties(self, words: tuple[int, ...], *, subject: bool) -> tuple[Entity, ...]:
        """Who some words name; a phrase of which several words are named counts once."""
        tokens: dict[int, int] = {}
        for word in words:
            token = self.token_of[word]
            if token is not None:
                tokens.setdefault(token, word)
        found: list[Entity] = []
        for token, word in tokens.items():
            for entity in self._named(token, word, subject=subject):
                inside = next((other for other in found if within(entity, other)), None)
                if inside is None:
                    found = [other for other in found if not within(other, entity)]
                    found.append(entity)
        return tuple(e for e in found if not any(self._modifies(e, other) for other in found))

    def _modifies(self, a: Entity, b: Entity) -> bool:
        """Whether a name only says of which state the party right behind it is ("Egyptian" and "court" read as two)."""
        if a is b or a.country != b.country or a.end is None or b.start is None:
            return False
        between = self.sentence.document.text[a.end : b.start]
        tag = next((self.tree.tags[t] for t in range(self.tree.n) if self.tree.ends[t] == a.end), "")
        return between in {" ", "-"} and tag.startswith("JJ") and bool(b.sectors)

    def _named(self, token: int, word: int, *, subject: bool) -> tuple[Entity, ...]:
        """Who one word names: the resolver says, the network points to a state where the resolver is at a loss."""
        if (
            (self.tree.is_verb(token) and self.tree.deps[token] not in _NOMINAL)
            or self.tree.tags[token] in _NEVER
            or (self._kind_of_thing(token) and not self._lends_its_state(token, word))
            or self._of_waters(word)
        ):
            return ()
        entities = self.roles.named(token, subject=subject)
        if len(entities) == 1:
            return self._of_states(entities[0], word)
        if entities or self.tree.lower[token] in self.cues.first_persons:
            return entities
        mention = self.roles.mention(token)
        text = self.sentence.document.text[mention.start : mention.end]
        return tuple(
            Entity(text=text, start=mention.start, end=mention.end, country=code, how=how)
            for code, odds, how in self._states_of(word)
            if odds >= PARTY
        )

    def _kind_of_thing(self, token: int) -> bool:
        """Whether a word only tells the kind of another that follows ("military operations"), and is no name."""
        tree = self.tree
        return (
            tree.deps[token] in {"compound", "amod"}
            and tree.heads[token] > token
            and not any(h.start < tree.ends[token] and h.end > tree.starts[token] for h in self.sentence.hits)
        )

    def _lends_its_state(self, token: int, word: int) -> bool:
        """Whether a modifier is somebody of a state that the network is sure of ("the oligarch owner")."""
        return any(odds >= _SURE_STATE for _, odds, _ in self._states_of(word)) and bool(self.roles.named(token))

    def _of_waters(self, word: int) -> bool:
        """Whether a name is part of that of a sea, and stands for no party."""
        tree, token = self.tree, self.token_of[word]
        return token is not None and tree.deps[token] in _BELOW and tree.lemmas[tree.heads[token]] in self.cues.waters

    def only_place(self, party: Entity) -> bool:
        """Whether a party is no more than part of the name of a sea."""
        words = self.words_of(party)
        return 0 < len(words) <= _SHORT and any(self._of_waters(word) for word in words)

    def with_state(self, entity: Entity, trigger: int, role: int) -> Entity:
        """A party with the state to which the network points, where the resolver knows none or the network is sure."""
        words = self.words_of(entity)
        if not words:
            return entity
        head = max(words, key=lambda w: float(self.glance.roles[role, trigger, w]))
        return self._of_states(entity, head)[0]

    def _of_states(self, entity: Entity, word: int) -> tuple[Entity, ...]:
        """A party of each of the states to which the network points for a word of it, or as it is."""
        token = self.token_of[word]
        if token is not None and self.tree.lower[token] in self.cues.first_persons:
            return (entity,)  # only the document can tell who speaks
        pointed = self._states_of(word)
        if not pointed or entity.country in {code for code, odds, _ in pointed if odds >= min(PARTY, pointed[0][1])}:
            return (entity,)
        enough = _SURE_STATE if self._says_its_state(entity) else PARTY
        sure = [one for one in pointed if one[1] >= enough]
        if entity.country and (not sure or self._own_name(entity, word)):
            return (entity,)
        taken = sure or [one for one in pointed if one[1] >= PARTY] or pointed[:1]
        return tuple(
            msgspec.structs.replace(entity, country=code, how=f"{entity.how} + {how}") for code, _, how in taken
        )

    def _says_its_state(self, entity: Entity) -> bool:
        """Whether a name within its words tells the state of a party, and not what stands around it."""
        return any(
            entity.start is not None and entity.end is not None and entity.start <= h.start and h.end <= entity.end
            for h in self.sentence.hits
            if entity.country in h.codes
        )

    def _own_name(self, entity: Entity, word: int) -> bool:
        """Whether the word itself is (part of) a name of one state alone; "Congress" and a family name are of many."""
        offset = self.sentence.passage.start
        start, end = self.glance.spans[word]
        return any(
            h.start < end + offset and h.end > start + offset and entity.country in h.codes and h.kinds & _OF_ONE_STATE
            for h in self.sentence.hits
        )

    def _states_of(self, word: int) -> list[tuple[str, float, str]]:
        """The states of a party by the names to which the network points, each with its odds, the likeliest first."""
        row = self.glance.roles[2, word]
        found: dict[str, tuple[str, float, str]] = {}
        for best in sorted((w for w in range(len(row)) if row[w] >= _SOME_STATE), key=lambda w: -row[w]):
            code, text = self._state_named(best)
            if code and code not in found:
                odds = float(row[best])
                found[code] = (code, odds, f"the network points to '{text}' ({odds:.2f})")
        return list(found.values())

    def _state_named(self, word: int) -> tuple[str, str]:
        """The state that a name or a place stands for, and the word; nothing where it is neither or may be several."""
        offset = self.sentence.passage.start
        start, end = self.glance.spans[word][0] + offset, self.glance.spans[word][1] + offset
        text = self.sentence.document.text[start:end]
        if self._of_waters(word):
            return "", text
        hit = next((h for h in self.sentence.hits if h.start < end and h.end > start), None)
        if hit is not None and (hit.kinds <= _NAMESAKES or not any(hit.codes)):
            return (
                "",
                text,
            )  # a continent is no state; a family name lends nobody a state: its bearer here may be another
        codes = set(hit.codes) - NO_STATE if hit is not None else set()
        token = self.token_of[word]
        if hit is not None and len(codes) != 1 and token is not None:
            codes = {e.country for e in self.roles.named(token)} - NO_STATE
        if hit is None and text[:1].isupper():
            place = self.sentence.places.place(start, end)
            codes = {place.country} - NO_STATE if place is not None else set()
        return (next(iter(codes)) if len(codes) == 1 else ""), text


def within(a: Entity, b: Entity) -> bool:
    """Whether one party's phrase lies within another's, so that both are one, unless the outer says less."""
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    if (a.start, a.end) == (b.start, b.end):
        return a.country == b.country  # "Philippine and U.S. troops" are two
    return a.start >= b.start and a.end <= b.end and (bool(b.country) or not a.country)
