"""Rule and network vote: what both see stands; what one sees alone stands when the network is sure enough.

The rules say which frame and why; the network (`network`) has read thousands of passages and says how likely it is.
Each event keeps a reason that tells which of them decided. The odds here were chosen on passages that the network had
not learnt from (`evals/README.md`).
"""

from __future__ import annotations

import functools

import msgspec

from dragoman.coding import circumstances as around
from dragoman.coding.carriers import carrier
from dragoman.coding.doubts import Doubts, Side, from_elsewhere, takes_two
from dragoman.coding.frames import Frame
from dragoman.coding.implied import Implied
from dragoman.coding.making import Maker
from dragoman.coding.network import Glance
from dragoman.coding.reading import Found, Reader, Reading, each_once, same_party, states_of
from dragoman.coding.sightings import Sighting, Sightings, within
from dragoman.coding.status import Statuses
from dragoman.model import DateSpan, Entity, Event, Reason

#: Below these odds no type is told at all: a passage in which nothing reaches them is not even parsed.
FALLS = 0.03
#: A frame and the network speak of the same word when theirs are at most so many words apart.
_SAME_WORD = 2

#: Types in which those who take part stand on one side.
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
#: So many it takes to meet.
_TWO = 2
#: What a verb does to the deed that its object names so that no deed is left: asks for it, threatens with it.
_OPERATORS = frozenset({"agree", "refuse", "demand", "threaten"})

#: What is no more than said.
_SAID = frozenset({"ACCUSE", "REQUEST", "THREATEN"})


class Ballot(msgspec.Struct, kw_only=True):
    """One happening before the vote: what the rules found, what the network saw; either may be missing."""

    rule: Event | None = None
    seen: Sighting | None = None


@functools.lru_cache(maxsize=32)
def seen_frame(event_type: str) -> Frame:
    """A frame for what the network sees without one."""
    return Frame(part="verb", lemmas=(), where="network", event_type=event_type)


class Vote(Reader):
    """Settles the events of one sentence between rules and network."""

    def __init__(self, reading: Reading, glance: Glance, maker: Maker, implied: Implied, statuses: Statuses) -> None:
        super().__init__(reading)
        self.maker = maker
        self.implied = implied
        self.statuses = statuses
        self.odds = glance.vote
        self.doubts = Doubts(reading)
        self.sightings = Sightings(reading, glance)
        self.seen = self.sightings.find()

    def as_found(self) -> dict[int, Found]:
        """The words that the network saw, as triggers that a date may belong to."""
        return {s.token: Found(token=s.token, frame=seen_frame(s.event_type)) for s in self.seen}

    def settle(self, events: list[Event], dates: dict[int, DateSpan]) -> list[Event]:
        """The events that stand, in the order of their words."""
        settled: list[Event] = []
        for ballot in self._ballots(events):
            event = self._voted(ballot, dates)
            if event is None or not self._is_event(event):
                continue
            double = next((other for other in settled if _one_happening(event, other)), None)
            if double is None:
                settled.append(event)
            elif _told(event) > _told(double):
                settled[settled.index(double)] = event
        return sorted(settled, key=lambda e: e.trigger.start if e.trigger else 0)

    def _is_event(self, event: Event) -> bool:
        """Whether what both may see is one by the codebook: who resigns without pressure does nothing to anybody."""
        if event.mode != "resign":
            return True
        tree = self.tree
        return not self.cues.pressure.isdisjoint((*tree.lemmas, *tree.lower))

    def _ballots(self, events: list[Event]) -> list[Ballot]:
        """Pairs what both say of one happening: the same type, nearest first; then another type at the same word."""
        left = list(self.seen)
        made: list[Ballot] = []
        open_ = list(events)
        for same_type in (True, False):
            for event in list(open_):
                at = self._word(event)
                options = [
                    s
                    for s in left
                    if (
                        s.event_type == event.event_type
                        if same_type
                        else abs(s.word - at) <= _SAME_WORD and s.odds >= self.odds.against
                    )
                ]
                if options:
                    best = min(options, key=lambda s: (abs(s.word - at), -s.odds))
                    left.remove(best)
                    open_.remove(event)
                    made.append(Ballot(rule=event, seen=best))
        made.extend(Ballot(rule=event) for event in open_)
        made.extend(Ballot(seen=s) for s in left)
        return made

    def _word(self, event: Event) -> int:
        offset = self.sentence.passage.start
        trigger = event.trigger
        words = self.sightings.glance.words(trigger.start - offset, trigger.end - offset) if trigger else range(0)
        return words[0] if words else 0

    def _voted(self, ballot: Ballot, dates: dict[int, DateSpan]) -> Event | None:
        rule, seen = ballot.rule, ballot.seen
        if seen is None:
            if rule is None:
                return None
            odds = self._own_odds(rule)
            falls = self.odds.frame_alone_of.get(rule.event_type, self.odds.frame_alone)
            if odds < (FALLS if _demanded(rule) else falls):
                return None
            why = Reason(step="vote", rule="frame alone", detail=f"the network gives {rule.event_type} {odds:.2f}")
            return msgspec.structs.replace(rule, confidence=min(rule.confidence, max(odds, 0.3)), why=(*rule.why, why))
        if rule is not None and rule.event_type == seen.event_type:
            falls = FALLS if _demanded(rule) else self.odds.both_of.get(rule.event_type, self.odds.both)
            event = self._both(rule, seen)
            if event.status == "negated":
                falls = max(falls, self.odds.against)  # what hardly looks like a deed is not told by its denial
            return event if max(seen.odds, self._own_odds(rule)) >= falls else None
        if rule is not None and seen.odds < self.odds.overrules and self._own_odds(rule) >= self.odds.own_type:
            why = Reason(
                step="vote",
                rule="frame against network",
                detail=f"the network sees {seen.event_type}, but only {seen.odds:.2f}",
            )
            return msgspec.structs.replace(rule, confidence=min(rule.confidence, 0.5), why=(*rule.why, why))
        if seen.odds < self._enough(seen) or self.doubts.no_deed(seen):
            return None
        return self._network(rule, seen, dates.get(seen.token))

    def _enough(self, seen: Sighting) -> float:
        """The odds from which the network alone is believed."""
        enough = self.odds.alone_of.get(seen.event_type, self.odds.alone)
        background = self.sightings.glance.status(seen.word)[0] == "historical"
        return max(enough, self.odds.background) if background else enough

    def _own_odds(self, rule: Event) -> float:
        """The odds of a frame's type in the passage; only near its word where the network saw that type elsewhere."""
        if all(s.event_type != rule.event_type for s in self.seen):
            return self.sightings.evidence(rule.event_type)
        at = self._word(rule)
        near = range(max(0, at - _SAME_WORD), min(len(self.sightings.glance.spans), at + _SAME_WORD + 1))
        return max((self.sightings.glance.odds(word, rule.event_type) for word in near), default=0.0)

    def _both(self, rule: Event, seen: Sighting) -> Event:
        """An event of both: the frame's, with parties, status and mode as both vote."""
        glance = self.sightings.glance
        why: list[Reason] = [
            Reason(step="vote", rule="frame and network", detail=f"{seen.event_type} {seen.odds:.2f}"),
        ]
        actors, recipients = rule.actors, rule.recipients
        if not self._keeps_its_parties(rule):
            theirs = self._parties(seen)
            if seen.odds < self.odds.against:  # an object of the frame is no actor of a word that the network doubts
                theirs = tuple(e for e in theirs[0] if e.start not in {r.start for r in rule.recipients}), theirs[1]
            actors = self._side(actors, theirs[0], seen, 0, why)
            recipients = self._side(recipients, theirs[1], seen, 1, why)
            actors, recipients = self._completed(seen, rule.mode, actors, recipients, why)
            met = states_of((*actors, *recipients))
            if takes_two(rule) and len(met) < _TWO <= len(_both_sides(rule)):
                actors, recipients = rule.actors, rule.recipients  # who met or signed is seldom one alone
        actors, recipients = each_once(actors), each_once(recipients)
        status, odds = glance.status(seen.word)
        asked = rule.status == "hypothetical" and self.doubts.wondered(seen.token)
        enough = self.odds.status_of_main if self._main(seen.token) else self.odds.status
        if asked or status == rule.status or odds < enough:
            status = rule.status
        else:
            why.append(Reason(step="status", rule="network", detail=f"{status} ({odds:.2f})"))
        mode = rule.mode or glance.mode(seen.word, seen.event_type)
        return msgspec.structs.replace(
            rule,
            actors=actors,
            recipients=recipients,
            status=status,
            mode=mode,
            score=rule.score if mode == rule.mode else self.ontology.score(rule.event_type, mode),
            confidence=min(1.0, 0.5 + seen.odds / 2),
            why=(*rule.why, *why),
        )

    @staticmethod
    def _keeps_its_parties(rule: Event) -> bool:
        """Whether the frame knows better who is who: host and guest, and whoever says that another must."""
        if _demanded(rule):
            return True
        return rule.mode == "visit" and bool(states_of(rule.actors)) and bool(states_of(rule.recipients))

    def _main(self, token: int) -> bool:
        """Whether a word stands in the main clause of its sentence, where what is told is the news."""
        tree = self.tree
        above = tree.heads[token]
        return above == token or (not tree.is_verb(token) and tree.heads[above] == above)

    def _side(self, ours: Side, theirs: Side, seen: Sighting, role: int, why: list[Reason]) -> Side:
        """The parties of one side: the frame's that the network does not deny, and those it is sure of."""
        support = self.sightings.support
        vouched = [e for e in ours if support(e, seen.word, role) >= self.odds.vouched]
        kept = tuple(e for e in ours if e in vouched or any(self._coordinated(e, other) for other in vouched))
        if not theirs and not kept:
            return ours
        dealt = [e.start for e in kept]  # "the two leaders" are of two states, whatever name stands near them
        kept = tuple(
            e if dealt.count(e.start) > 1 else self.sightings.with_state(self._with_state(e, theirs), seen.word, role)
            for e in kept
        )
        new = tuple(
            e
            for e in theirs
            if (e.country not in states_of(kept) if e.country else not kept)
            and not any(within(e, k) for k in kept)
            and (not any(k.country for k in kept) or support(e, seen.word, role) >= self.odds.added)
        )
        if not any(e.country for e in new) and kept:
            new = ()
        if new or kept != ours:
            why.append(
                Reason(
                    step=("actor", "recipient")[role],
                    rule="network",
                    detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in new) or "fewer than the frame names",
                )
            )
        return (*kept, *new)

    def _coordinated(self, a: Entity, b: Entity) -> bool:
        """Whether two parties are joined by "and": who doubts the one does not deny the other."""
        tree = self.tree
        spans = [
            {
                t
                for t in range(tree.n)
                if e.start is not None and e.end is not None and e.start <= tree.starts[t] < e.end
            }
            for e in (a, b)
        ]
        return any(
            tree.deps[t] == "conj" and tree.heads[t] in other
            for one, other in (spans, spans[::-1])
            for t in one - other
        )

    @staticmethod
    def _with_state(party: Entity, theirs: Side) -> Entity:
        """A party of no known state with the one that the network gives to the same words."""
        if party.country:
            return party
        same = next((e for e in theirs if e.country and e.start == party.start and e.end == party.end), None)
        return msgspec.structs.replace(party, country=same.country, how=same.how) if same is not None else party

    def _parties(self, seen: Sighting) -> tuple[Side, Side]:
        """The parties that the network sees."""
        actors = self.sightings.parties(self._without_host(seen), subject=True)
        recipients = self.sightings.parties(seen.recipients, subject=False)
        return actors, tuple(r for r in recipients if not any(same_party(r, a) for a in actors))

    def _without_host(self, seen: Sighting) -> tuple[int, ...]:
        """The words of the actors; whoever hosts a signing signs nothing by that."""
        held = carrier(self.tree, self.cues, seen.token) if seen.event_type == "SUPPORT" else None
        if held is None or "host" not in held.roles:
            return seen.actors
        host = self.tree.grammatical_subject(held.verb)
        return tuple(word for word in seen.actors if self.sightings.token_of[word] != host)

    def _completed(
        self, seen: Sighting, mode: str, actors: Side, recipients: Side, why: list[Reason]
    ) -> tuple[Side, Side]:
        """Both sides with the states that the sentence implies, no party on both."""
        actors, recipients = each_once(actors), each_once(recipients)
        recipients = tuple(r for r in recipients if not any(same_party(r, a) for a in actors))
        actors = tuple(a for a in actors if not self.sightings.only_place(a) and not self.doubts.topic(seen, a))
        recipients = tuple(r for r in recipients if not self.sightings.only_place(r))
        if len(states_of(actors)) > 1 and (seen.event_type in _MUTUAL or self.doubts.clash(seen)):
            # Who meets, agrees, works and clashes with one another does nothing to either of them besides.
            recipients = tuple(r for r in recipients if r.country not in states_of(actors))
        if seen.event_type == "ACCUSE" and states_of(recipients) - states_of(actors):
            recipients = tuple(r for r in recipients if r.sectors or r.country not in states_of(actors))
        if seen.event_type == "PROTEST":
            recipients = tuple(r for r in recipients if not self.doubts.in_sympathy(r))
        recipients = tuple(r for r in recipients if not from_elsewhere(r, actors, recipients, seen.event_type, mode))
        place = self.maker.setting.place(seen.token)
        recipients = self.implied.at_home(seen.event_type, mode, actors, recipients, why)
        actors = self.implied.placed(actors, recipients, place, why)
        recipients = self.implied.placed(recipients, actors, place, why)
        actors, recipients = self.implied.only_state(actors, why), self.implied.only_state(recipients, why)
        return actors, self.implied.own_people(seen.event_type, actors, recipients, place, why)

    def _network(self, rule: Event | None, seen: Sighting, date: DateSpan | None) -> Event | None:
        """An event that the network tells alone, or against another type of a frame at the same word."""
        glance = self.sightings.glance
        mode = glance.mode(seen.word, seen.event_type)
        what = "network alone" if rule is None else f"network against {rule.event_type} of the frame"
        why = [
            Reason(
                step="vote", rule=what, detail=f"{self.tree.words[seen.token]} tells {seen.event_type} {seen.odds:.2f}"
            )
        ]
        event_type, deed = seen.event_type, None
        held = carrier(self.tree, self.cues, seen.token) if self.tree.is_noun(seen.token) else None
        if held is not None and "refuse" in held.roles and event_type in _SAID:
            return None  # "rejected the charge by X": the verb tells the answer, nobody is refused the charge
        if held is not None and _OPERATORS.intersection(held.roles):
            # "insists on an apology", "threatens sanctions": the verb over the noun decides what is done with it.
            event_type, mode, deed = self.statuses.by_carrier(held, event_type, mode, None, why)
        actors, recipients = self._parties(seen)
        if rule is not None:
            actors, recipients = actors or rule.actors, recipients or rule.recipients
        if event_type == "CONSULT" and mode != "visit":
            actors, recipients = (*actors, *(r for r in recipients if r not in actors)), ()
        actors, recipients = self._completed(seen, mode, actors, recipients, why)
        if mode == "visit" and self.tree.lemmas[seen.token] in self.cues.talking:
            mode = ""
        if not actors and not states_of(recipients):
            actors, recipients = self.implied.by_context("", seen.token, actors, recipients, why)
        if not any(e.country for e in (*actors, *recipients)):
            return None
        why += [
            Reason(
                step=("actor", "recipient")[role],
                rule="network",
                detail=f"{e.text} = {e.country} ({e.how}) {self.sightings.support(e, seen.word, role):.2f}",
            )
            for role, side in enumerate((actors, recipients))
            for e in side
        ]
        frame = next((f for f in self.matcher.frames(seen.token) if f.event_type == seen.event_type), None)
        above = around.read(self.tree, self.cues, seen.token).speaker
        speakers = self.roles.parties([above], subject=True) if above is not None else ()
        press = above is not None and self.tree.lemmas[above] in self.cues.press
        status, sure = glance.status(seen.word)
        if status in {"actual", "future"} and sure < self.odds.status and self.statuses.behind(date):
            status = "historical"
            why.append(Reason(step="status", rule="historical", detail=date.text if date else ""))
        elif status == "actual" and event_type == "AGREE" and self.tree.lemmas[seen.token] in self.cues.weighed:
            status = "hypothetical"
            why.append(Reason(step="status", rule="weighed", detail=self.tree.words[seen.token]))
        event = self.maker.make(
            token=seen.token,
            event_type=event_type,
            mode=mode,
            frame=frame,
            status=status,
            actors=actors,
            recipients=recipients,
            speaker=speakers[0] if speakers and not press and not set(speakers) & set(actors) else None,
            deed=deed,
            date=date,
            due=date if status == "future" else None,
            why=why,
        )
        return msgspec.structs.replace(event, confidence=seen.odds)


def _both_sides(event: Event) -> set[str]:
    return states_of((*event.actors, *event.recipients))


def _demanded(rule: Event) -> bool:
    """Whether somebody is told to say that another must: grammar tells it, whatever the word."""
    return any(reason.step == "demand" for reason in rule.why)


def _one_happening(a: Event, b: Event) -> bool:
    """Whether two events of a sentence are one: the same type and status, and parties that do not speak against it."""
    if a.event_type != b.event_type or (a.status != b.status and "historical" in {a.status, b.status}):
        return False
    sides = [(states_of(a.actors), states_of(b.actors)), (states_of(a.recipients), states_of(b.recipients))]
    return all(x <= y or y <= x for x, y in sides)


def _told(event: Event) -> tuple[int, int, float]:
    """How much an event says: its states, its parties, how sure it is."""
    states = len(states_of(event.actors)) + len(states_of(event.recipients))
    return states, len(event.actors) + len(event.recipients), event.confidence
