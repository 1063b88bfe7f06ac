"""An answer ("Mali rejected the accusation") goes to whom only a sentence before names ("Ghana accused Mali").

An event whose object is a definite noun of saying ("the demand", "these charges"), or a pronoun below a verb that
answers, goes to whoever did the deed to which that noun points back: the last deed of its type in the few sentences
before, done to whoever answers. A meeting of a channel that the text named before ("the dialogue was held in March")
has the parties of that channel. What is filled in has a reason that names the words before.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.coding import mechanisms
from dragoman.coding.context import Sentence
from dragoman.coding.cues import Cues
from dragoman.coding.phrases import tree_of
from dragoman.coding.reading import states_of
from dragoman.coding.tree import Tree
from dragoman.model import AnyClaim, Entity, Event, Mechanism, Reason

#: A noun points back so many characters at most: a paragraph or two of news.
_REACH = 1200
#: A noun or pronoun points back over so many passages at most.
_PASSAGES = 4
#: What answers may be.
_ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE", "SUPPORT", "ACCUSE", "RETREAT"})
#: What says that a noun was told of before.
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both", "all"})
_POINTS_BACK = frozenset({"it", "this", "that", "them", "these"})
#: Kinds of channels that are no more than meetings: the noun points to none of them.
_MEETINGS = frozenset({"summit", "consultations"})
_TWO = 2


class Antecedents:
    """Completes the events of one document from what was coded before them in it."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._deeds: list[tuple[int, Event]] = []
        self._part: tuple[int | None, int] = (None, 0)

    def complete(
        self, sentence: Sentence, events: list[Event], claims: Sequence[AnyClaim], near: Sequence[Sentence] = ()
    ) -> list[Event]:
        """The events of a sentence, with the parties that only the sentences before name.

        `claims` are all claims of the paragraphs before, `near` the sentences of this one.
        """
        tree = tree_of(sentence)
        if tree is None:
            return events
        if sentence.passage.part != self._part[0]:  # another text on the same page
            self._deeds, self._part = [], (sentence.passage.part, sentence.passage.start)
        found = []
        for event in events:
            made = (
                self._answer(event, tree, sentence)
                or self._recalled(event, tree, sentence)
                or self._of_channel(event, tree, claims, near)
                or event
            )
            found.append(made)
            self._deeds.append((sentence.passage.index, made))
        return found

    # --- answers ---------------------------------------------------------------------------------------------------

    def _answer(self, event: Event, tree: Tree, sentence: Sentence) -> Event | None:
        own = states_of(event.actors)
        if event.event_type not in _ANSWERS or len(own) != 1 or states_of(event.recipients) or event.trigger is None:
            return None
        token = _token(tree, event.trigger.start)
        pointing = self._pointing(tree, token) if token is not None else None
        if pointing is None:
            return None
        noun, types, strict = pointing
        before = [
            deed
            for index, deed in self._deeds
            if deed.event_type in types
            and sentence.passage.index - index <= _PASSAGES
            and deed.trigger is not None
            and deed.trigger.start >= event.trigger.start - _REACH
            and deed.status in {"actual", "historical"}
            and not own & states_of(deed.actors)
            and len(states_of(deed.actors)) > 0
        ]
        asked = [deed for deed in before if own & states_of(deed.recipients)]
        fitting = asked or ([] if strict else [deed for deed in before if not states_of(deed.recipients)])
        if not fitting:
            return None
        meant = fitting if tree.tags[noun] == "NNS" else fitting[-1:]
        parties: dict[str, Entity] = {}
        for deed in meant:
            for party in deed.actors:
                if party.country and party.country not in own:
                    parties.setdefault(party.country + party.name, party)
        told = meant[-1].trigger
        how = f"'{tree.words[noun]}' points back to '{told.text if told else ''}' at {told.start if told else 0}"
        recipients = tuple(
            msgspec.structs.replace(party, how=f"{how} + {party.how}") for party in parties.values()
        )
        why = Reason(
            step="recipient",
            rule="implied.yaml referring",
            detail=f"{how}: {', '.join(f'{e.text} = {e.country}' for e in recipients)}",
        )
        return msgspec.structs.replace(event, recipients=(*event.recipients, *recipients), why=(*event.why, why))

    def _recalled(self, event: Event, tree: Tree, sentence: Sentence) -> Event | None:
        """Whence "Mali recalled its ambassador": from the other of the two states of which the sentence before told."""
        own = states_of(event.actors)
        if (event.event_type, event.mode) != ("SANCTION", "withdraw") or len(own) != 1 or event.trigger is None:
            return None
        token = _token(tree, event.trigger.start)
        held = tree.object(token) if token is not None and tree.is_verb(token) else None
        if states_of(event.recipients) or held is None or tree.lemmas[held] not in self._cues.envoys:
            return None
        if not any(tree.tags[kid] == "PRP$" for kid in tree.kids[held]):
            return None  # "the ambassador" may be any
        for index, deed in reversed(self._deeds):
            both = states_of((*deed.actors, *deed.recipients))
            if sentence.passage.index - index > 1 or deed.trigger is None:
                return None
            if len(both) == _TWO and own < both:
                where = f"the deed '{deed.trigger.text}' at {deed.trigger.start} was between the two"
                from_ = tuple(
                    msgspec.structs.replace(party, how=f"{where} + {party.how}")
                    for party in (*deed.actors, *deed.recipients)
                    if party.country not in own and party.country
                )
                why = Reason(step="recipient", rule="implied.yaml envoys", detail=where)
                return msgspec.structs.replace(event, recipients=(*event.recipients, *from_), why=(*event.why, why))
        return None

    def _pointing(self, tree: Tree, token: int) -> tuple[int, tuple[str, ...], bool] | None:
        """What points back below a verb, the types of what it may mean, whether only who was asked may answer."""
        held = tree.object(token) if tree.is_verb(token) else token
        for noun in (held, *tree.with_prep(token, "to")):
            if noun is None:
                continue
            types = self._cues.referring.get(tree.lemmas[noun])
            if types and self._told_before(tree, noun):
                return noun, types, False
            if (
                tree.tags[noun] in {"PRP", "DT"}
                and tree.lower[noun] in _POINTS_BACK
                and tree.lemmas[token] in self._cues.answering
            ):
                return noun, ("ACCUSE", "REQUEST"), True
        return None

    @staticmethod
    def _told_before(tree: Tree, noun: int) -> bool:
        """Whether a noun is definite and says neither whose nor what it is."""
        if any(tree.deps[kid] in {"acl", "acl:relcl", "nmod", "nmod:poss", "compound"} for kid in tree.kids[noun]):
            return False
        plural = tree.tags[noun] == "NNS"
        return plural or any(tree.deps[k] == "det" and tree.lower[k] in _DEFINITE for k in tree.kids[noun])

    # --- channels --------------------------------------------------------------------------------------------------

    def _of_channel(
        self, event: Event, tree: Tree, claims: Sequence[AnyClaim], near: Sequence[Sentence]
    ) -> Event | None:
        """A meeting told with one side only, of a channel that was named before: its parties met."""
        met = states_of((*event.actors, *event.recipients))
        if event.event_type != "CONSULT" or event.mode == "visit" or len(met) >= _TWO or event.trigger is None:
            return None
        told = _token(tree, event.trigger.start)
        token = tree.subject(told) if told is not None and tree.is_verb(told) else told
        if token is None or not tree.is_noun(token) or not self._definite(tree, token):
            return None
        here = [claim for one in near if one.passage.end <= event.trigger.start for claim in mechanisms.claims(one)]
        named = [
            claim
            for claim in (*claims, *here)
            if isinstance(claim, Mechanism)
            and claim.mechanism_kind not in _MEETINGS
            and claim.evidence.start >= self._part[1]
            and _same_noun(claim, tree, token)
            and met <= states_of(claim.parties)
        ]
        if not named or len({frozenset(states_of(claim.parties)) for claim in named}) != 1:
            return None
        channel = named[-1]
        if len(states_of(channel.parties)) < _TWO:
            return None
        known = (*event.actors, *event.recipients)
        joined = tuple(
            msgspec.structs.replace(party, text="", start=None, end=None, how=f"party of {channel.name} + {party.how}")
            for party in channel.parties
            if party.country not in met
        )
        why = Reason(
            step="actor",
            rule="the channel named before",
            detail=f"{channel.name}: {', '.join(party.country for party in channel.parties)}",
        )
        return msgspec.structs.replace(event, actors=(*known, *joined), recipients=(), why=(*event.why, why))

    @staticmethod
    def _definite(tree: Tree, noun: int) -> bool:
        return any(tree.deps[k] == "det" and tree.lower[k] in {"the", "this"} for k in tree.kids[noun])


def _token(tree: Tree, start: int) -> int | None:
    return next((t for t in range(tree.n) if tree.starts[t] == start), None)


def _same_noun(channel: Mechanism, tree: Tree, token: int) -> bool:
    """Whether a noun is the head of a channel's name ("the dialogue" after "Baltic Dialogues")."""
    words = [word.lower() for word in channel.name.split()]
    return any(word in {tree.lower[token], tree.lemmas[token], f"{tree.lemmas[token]}s"} for word in words)
