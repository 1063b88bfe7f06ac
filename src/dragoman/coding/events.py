"""A parsed sentence in, its event claims out: triggers open frames, frames name parties, circumstances give the status.

The order of the steps: every word opens at most one frame (`match`); what stands in the complement of an undertaking, a
demand, a refusal or a threat belongs to that word and is its deed, not an event of its own; nouns are carried by light
verbs; then each trigger that is left becomes an event, or none where its frame's needs are not met.
"""

from __future__ import annotations

from dragoman.coding import circumstances as around
from dragoman.coding.context import Sentence
from dragoman.coding.cues import Cues
from dragoman.coding.deeds import Deeds
from dragoman.coding.frames import Lexicon
from dragoman.coding.implied import Implied, states_named
from dragoman.coding.making import Maker
from dragoman.coding.needs import Needs
from dragoman.coding.ontology import Ontology
from dragoman.coding.parties import Parties
from dragoman.coding.reading import Found, Reader, Reading, states_of
from dragoman.coding.status import Statuses, merge
from dragoman.coding.triggers import Triggers
from dragoman.coding.visits import Visits
from dragoman.coding.vote import Vote
from dragoman.model import DateSpan, Entity, Event, Reason

__all__ = ["SentenceEvents", "states_named"]

#: Deeds that are often told by two verbs; two meetings told side by side are two.
_FORCE = frozenset({"ASSAULT", "COERCE", "ACCUSE", "PROTEST", "SANCTION"})


class SentenceEvents(Reader):
    """Codes the events of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, ontology: Ontology, cues: Cues) -> None:
        reading = Reading(sentence, lexicon, ontology, cues)
        super().__init__(reading)
        self.reading = reading
        self.maker = Maker(reading)
        self.triggers = Triggers(reading)
        self.deeds = Deeds(reading)
        self.parties = Parties(reading)
        self.setting = self.maker.setting
        self.implied = Implied(reading, self.setting)
        self.needs = Needs(reading)
        self.visits = Visits(reading)
        self.statuses = Statuses(reading, self.deeds)

    def code(self) -> list[Event]:
        """All events of the sentence, in the order of their triggers."""
        found = self.triggers.find()
        self.triggers.contain(found)
        glance = self.sentence.glance
        if glance is None:
            return self._by_rules(found, self.setting.dates(found)) if found else []
        vote = Vote(self.reading, glance, self.maker, self.implied, self.statuses)
        if not found and not vote.seen:
            return []
        dates = self.setting.dates({**vote.as_found(), **found})
        events = self._by_rules(found, dates)
        vote.seen = [s for s in vote.seen if s.token not in self.visits.nouns]
        return vote.settle(events, dates)

    def _by_rules(self, found: dict[int, Found], dates: dict[int, DateSpan]) -> list[Event]:
        """What frames alone make of the sentence."""
        events: list[Event] = []
        for item in found.values():
            if item.inside is not None:
                continue
            event = self._event(item, dates.get(item.token))
            if event is None:
                continue
            double = next((other for other in events if _same(event, other) or self._told_twice(event, other)), None)
            if double is None:
                events.append(event)
            elif _weight(event) > _weight(double):
                events[events.index(double)] = event
        demand = self._demand(found)
        if demand is not None and not any(_same(demand, other) for other in events):
            events.append(demand)
        return self.visits.told(events, found)

    def _told_twice(self, event: Event, other: Event) -> bool:
        """Whether two verbs side by side tell one deed: "was shot and killed", "attacked and wounded"."""
        if (
            event.event_type not in _FORCE
            or event.event_type != other.event_type
            or event.status != other.status
            or event.trigger is None
            or other.trigger is None
        ):
            return False
        tree = self.tree
        at = {tree.starts[t]: t for t in range(tree.n)}
        a, b = at.get(event.trigger.start), at.get(other.trigger.start)
        if a is None or b is None:
            return False
        linked = b in {tree.heads[a], *tree.kids[a]} and {tree.deps[a], tree.deps[b]} & {
            "conj",
            "advcl",
            "xcomp",
            "obl",
            "acl",
        }
        if not linked:
            return False
        return all(
            states_of(x) <= states_of(y) or states_of(y) <= states_of(x)
            for x, y in ((event.actors, other.actors), (event.recipients, other.recipients))
        )

    def _demand(self, found: dict[int, Found]) -> Event | None:
        """Reads "X said that Y must …": REQUEST of X to Y, whatever the deed, unless a frame has told it already."""
        tree = self.tree
        for token in range(tree.n):
            if not (tree.is_verb(token) or tree.child(token, "cop") is not None):
                continue
            if not any(
                tree.tags[k] == "MD" and tree.lemmas[k] in {"must", "should"} for k in tree.kids[token]
            ) and not (
                tree.deps[token] == "xcomp"
                and tree.lemmas[tree.heads[token]] in {"have", "need"}
                and tree.tags[token] == "VB"
            ):
                continue
            owner = found.get(token)
            if owner is not None and owner.inside is not None:
                continue
            seen = around.read(tree, self.cues, token)
            if seen.speech is None or seen.speaker is None or seen.conditional:
                continue
            if any(
                item.inside is None
                and token in tree.subtree(item.token)
                and token != item.token
                and item.frame.operator
                for item in found.values()
            ):
                continue
            asked = tree.grammatical_subject(token)
            if asked is None or tree.tags[asked] in {"PRP", "EX", "DT", "WP", "WDT"}:
                continue
            recipients = self.roles.parties([asked], subject=True)
            speakers = self.roles.parties([seen.speaker], subject=True)
            if not recipients or not speakers or {e.country for e in recipients} == {e.country for e in speakers}:
                continue
            deed = self.deeds.deed_at(token, found)
            return self.maker.make(
                token=token,
                event_type="REQUEST",
                mode=self.cues.deed_mode("REQUEST", [tree.lemmas[token], *self.deeds.mode_lemmas(token)]) or "change",
                frame=None,
                status="actual",
                actors=speakers,
                recipients=recipients,
                speaker=None,
                deed=deed,
                date=None,
                due=None,
                why=[Reason(step="demand", rule="must/should below a verb of saying", detail=tree.words[seen.speech])],
            )
        return None

    def _event(self, item: Found, date: DateSpan | None) -> Event | None:
        tree, frame = self.tree, item.frame
        seen = self._seen(item)
        why = list(item.why)
        why.insert(
            0,
            Reason(
                step="frame",
                rule=frame.where,
                detail=f"{tree.words[item.token]} opens {frame.event_type}{'/' + frame.mode if frame.mode else ''}",
            ),
        )
        actors, recipients, places = self.parties.fill(item)
        event_type, mode, deed = frame.event_type, frame.mode, None
        if not event_type or (frame.hostile and not self.deeds.tells_hostile(item.token)):
            return None
        if not any(e.country for e in (*actors, *recipients)) and not self._standing_in_compound(item):
            there = self.implied.people_there(item)
            if there and event_type == "PROTEST" and not actors:
                actors = there
            elif there and event_type == "ASSAULT" and not recipients:
                recipients = there
            if there:
                why.append(Reason(step="party", rule="place", detail=f"{there[0].text} = {there[0].country}"))
        if frame.part == "noun" and not states_of(recipients):
            actors, recipients = self.implied.by_context(event_type, item.token, actors, recipients, why)
        lemmas = self.deeds.content_lemmas(item.token)
        if frame.operator:
            deed = self.deeds.deed(item)
            if frame.operator == "commit" and self.deeds.hostile(deed, lemmas):
                event_type = "THREATEN"
                why.append(Reason(step="undertaking", rule="deeds.yaml", detail="the deed is hostile: THREATEN"))
        if not mode:
            mode = self.cues.deed_mode(event_type, self.deeds.mode_lemmas(item.token))
        if item.carrier is not None and frame.part == "noun":
            event_type, mode, deed = self.statuses.by_carrier(item.carrier, event_type, mode, deed, why)
        speakers = self.roles.parties([seen.speaker], subject=True) if seen.speaker is not None else ()
        press = seen.speaker is not None and tree.lemmas[seen.speaker] in self.cues.press
        status, event_type, mode, deed = self.statuses.status(
            item, seen, speakers, event_type, mode, deed, actors, date, why
        )
        if status is None:
            return None
        if not self.needs.met(item, actors, recipients):
            return None
        if mode == "martial-law" and self.accident():
            return None  # an emergency of weather or health coerces nobody
        if (
            self.ontology.types[event_type]["needs_recipient"]
            and event_type != "AID"
            and not recipients
            and len(actors) < 2
        ):
            return None
        recipients = self.implied.at_home(event_type, mode, actors, recipients, why)
        place = self.setting.place(item.token, item.carrier.verb if item.carrier is not None else None)
        actors = self.implied.placed(actors, recipients, place, why)
        recipients = self.implied.placed(recipients, actors, place, why)
        actors, recipients = self.implied.only_state(actors, why), self.implied.only_state(recipients, why)
        due = None
        if status == "future":
            due = date
        speaker = speakers[0] if speakers and not press and not set(speakers) & set(actors) else None
        why.extend(places)
        return self.maker.make(
            token=item.token,
            event_type=event_type,
            mode=mode if mode in self.ontology.types[event_type]["modes"] else "",
            frame=frame,
            status=status,
            actors=actors,
            recipients=recipients,
            speaker=speaker,
            deed=deed,
            date=date,
            due=due,
            why=why,
        )

    def _seen(self, item: Found) -> around.Circumstances:
        """How a deed stands: by its own words and, for a noun, by the verb that carries it."""
        held, frame = item.carrier, item.frame
        seen = around.read(self.tree, self.cues, item.token)
        if self.statuses.goes_on(item.token):
            seen.modal, seen.negated = "", False
        elif held is not None and frame.part == "noun" and not frame.hostile:  # a clause of its own stands
            merge(seen, around.read(self.tree, self.cues, held.verb))
            self.statuses.carried(item, held, seen)
        return seen

    def _standing_in_compound(self, item: Found) -> bool:
        """Whether a noun only names a kind of thing ("attack helicopter", "protest song")."""
        return self.tree.deps[item.token] in {"compound", "amod", "nmod:poss"}


def _weight(event: Event) -> tuple[int, int]:
    """How much an event says: parties of known states first, then all parties and the mode."""
    return len(states_of(event.actors)) + len(states_of(event.recipients)), len(event.actors) + len(
        event.recipients
    ) + bool(event.mode)


def _same(a: Event, b: Event) -> bool:
    def countries(entities: tuple[Entity, ...]) -> set[str]:
        return {e.country + (e.sectors[0] if e.sectors else "") for e in entities}

    return (
        a.event_type == b.event_type
        and countries(a.actors) == countries(b.actors)
        and countries(a.recipients) == countries(b.recipients)
    )
