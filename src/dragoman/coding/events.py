"""A parsed sentence in, its event claims out: triggers open frames, frames name parties, circumstances give the status.

The order of the steps: every word opens at most one frame (`match`); what stands in the complement of an undertaking, a
demand, a refusal or a threat belongs to that word and is its deed, not an event of its own; nouns are carried by light
verbs; then each trigger that is left becomes an event, or none where its frame's needs are not met.
"""

from __future__ import annotations

import msgspec

from dragoman.coding import circumstances as around
from dragoman.coding.carriers import STANDING, Carrier, carrier
from dragoman.coding.circumstances import Circumstances
from dragoman.coding.context import Sentence
from dragoman.coding.cues import Cues
from dragoman.coding.frames import TRANSPARENT, Frame, Lexicon
from dragoman.coding.match import Matcher
from dragoman.coding.ontology import Ontology
from dragoman.coding.phrases import tree_of
from dragoman.coding.roles import Roles
from dragoman.model import DateSpan, Deed, Entity, Event, Evidence, NameHit, Place, Reason, Status, Trigger, content_id

_NO_STATE = frozenset({"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC", ""})
_VERBAL_CONFLICT = 3
#: Whoever is no more than this belongs to the state in which the deed took place.
_STATELY = frozenset(
    {"state", "adjective", "people", "demonym", "capital", "region", "body", "person", "party", "place"}
)
#: Whose power ends at the border.
_PUBLIC = frozenset({"MIL", "COP", "GOV", "REB", "UAF", "LEG", "JUD", "PTY", "JRN", "OPP", "SPY", "ELI", "REF"})
#: What stands after these is told to explain the news.
_BEHIND = frozenset({"after", "following", "since", "over", "despite"})
_WHERE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "off",
        "around",
        "through",
        "across",
        "throughout",
        "inside",
        "within",
        "over",
        "along",
        "on",
        "from",
    }
)
_RULES_AT_HOME = frozenset({"COP", "JUD", "LEG"})
_OF_A_PLACE = frozenset(
    {
        "GOV",
        "COP",
        "JUD",
        "LEG",
        "OPP",
        "CVL",
        "REB",
        "UAF",
        "LAB",
        "EDU",
        "AGR",
        "REL",
        "MED",
        "JRN",
        "SOC",
        "CRM",
        "PRM",
        "PTY",
        "UNK",
        "BUS",
    }
)
#: An event whose date lies further back than this from the day of the report is background (days).
_BACKGROUND_DAYS = 62


class Found(msgspec.Struct, kw_only=True):
    """A trigger with its frame, on its way to an event."""

    token: int
    frame: Frame
    carrier: Carrier | None = None
    inside: int | None = None
    why: list[Reason] = msgspec.field(default_factory=list)


class SentenceEvents:
    """Codes the events of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, ontology: Ontology, cues: Cues) -> None:
        self.sentence = sentence
        self.lexicon = lexicon
        self.ontology = ontology
        self.cues = cues
        self.tree = tree_of(sentence)
        self.roles = Roles(self.tree, sentence.actors, cues.stand_for)
        self.matcher = Matcher(self.tree, lexicon, self.roles)

    # -- the steps ---------------------------------------------------------------------------------------------

    def code(self) -> list[Event]:
        """All events of the sentence, in the order of their triggers."""
        found = self._triggers()
        if not found:
            return []
        self._contain(found)
        dates = self._dates(found)
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
        return events

    def _told_twice(self, event: Event, other: Event) -> bool:
        """Whether two verbs side by side tell one deed: "was shot and killed", "attacked and wounded"."""
        if (
            event.event_type != other.event_type
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
            _states(x) <= _states(y) or _states(y) <= _states(x)
            for x, y in ((event.actors, other.actors), (event.recipients, other.recipients))
        )

    def _triggers(self) -> dict[int, Found]:
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
            if verb is not None and held.place in {"object"}:
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

    def _contain(self, found: dict[int, Found]) -> None:
        """Marks what belongs to the complement of another trigger."""
        tree = self.tree
        for item in found.values():
            if item.inside is not None:
                continue
            frame = item.frame
            verbal = frame.event_type and self.ontology.quad(frame.event_type) in {1, _VERBAL_CONFLICT}
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

    def _demand(self, found: dict[int, Found]) -> Event | None:
        """ "X said that Y must …": REQUEST of X to Y, whatever the deed, unless a frame has told it already."""
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
            deed = self._deed_at(token, found)
            return self._make(
                token=token,
                event_type="REQUEST",
                mode=self.cues.deed_mode("REQUEST", self._content_lemmas(token)) or "change",
                frame=None,
                status="actual",
                actors=speakers,
                recipients=recipients,
                speaker=None,
                deed=deed,
                date=None,
                due=None,
                why=[Reason(step="demand", rule="must/should below a verb of saying", detail=tree.words[seen.speech])],
                circumstances=seen,
            )
        return None

    # -- one event ---------------------------------------------------------------------------------------------

    def _event(self, item: Found, date: DateSpan | None) -> Event | None:
        tree, frame = self.tree, item.frame
        held = item.carrier
        seen = around.read(tree, self.cues, item.token)
        if held is not None and frame.part == "noun":
            upper = around.read(tree, self.cues, held.verb)
            _merge(seen, upper)
            changed = self._carried(item, held, seen)
            if changed is None:
                return None
        why = list(item.why)
        why.insert(
            0,
            Reason(
                step="frame",
                rule=frame.where,
                detail=f"{tree.words[item.token]} opens {frame.event_type}{'/' + frame.mode if frame.mode else ''}",
            ),
        )
        actors, recipients, places = self._parties(item)
        event_type, mode, deed = frame.event_type, frame.mode, None
        if not event_type:
            return None
        if not any(e.country for e in (*actors, *recipients)) and not self._standing_in_compound(item):
            there = self._people_there(item)
            if there and event_type == "PROTEST" and not actors:
                actors = there
            elif there and event_type == "ASSAULT" and not recipients:
                recipients = there
            if there:
                why.append(Reason(step="party", rule="place", detail=f"{there[0].text} = {there[0].country}"))
        lemmas = self._content_lemmas(item.token)
        if frame.operator:
            deed = self._deed(item)
            if frame.operator == "commit" and self._hostile(deed, lemmas):
                event_type = "THREATEN"
                why.append(Reason(step="undertaking", rule="deeds.yaml", detail="the deed is hostile: THREATEN"))
        if not mode:
            mode = self.cues.deed_mode(event_type, lemmas)
        if item.carrier is not None and frame.part == "noun":
            event_type, mode, deed = self._by_carrier(item.carrier, event_type, mode, deed, why)
        speakers = self.roles.parties([seen.speaker], subject=True) if seen.speaker is not None else ()
        press = seen.speaker is not None and tree.lemmas[seen.speaker] in self.cues.press
        status, event_type, mode, deed = self._status(
            item, seen, speakers, event_type, mode, deed, actors, recipients, date, why
        )
        if status is None:
            return None
        if not self._needs(item, actors, recipients):
            return None
        if mode == "martial-law" and self._accident():
            return None  # an emergency of weather or health coerces nobody
        if (
            self.ontology.types[event_type]["needs_recipient"]
            and event_type != "AID"
            and not recipients
            and len(actors) < 2
        ):
            return None
        recipients = self._at_home(item, event_type, mode, actors, recipients, why)
        place = self._place(item.token, item.carrier.verb if item.carrier is not None else None)
        actors = self._placed(actors, recipients, place, why)
        recipients = self._placed(recipients, actors, place, why)
        actors, recipients = self._only_state(actors, why), self._only_state(recipients, why)
        due = None
        if status == "future":
            due = date
        speaker = speakers[0] if speakers and not press and not set(speakers) & set(actors) else None
        why.extend(places)
        return self._make(
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
            circumstances=seen,
        )

    def _parties(self, item: Found) -> tuple[tuple[Entity, ...], tuple[Entity, ...], list[Reason]]:
        frame, token = item.frame, item.token
        carried = item.carrier.verb if item.carrier is not None else None
        why: list[Reason] = []
        actors: tuple[Entity, ...] = ()
        places = list(frame.actor)
        if frame.part == "noun" and item.carrier is not None:
            if (
                (item.carrier.place == "object"
                and {"carry", "begin", "continue", "announce", "host", "attend", "end"} & set(item.carrier.roles))
                or self.tree.lemmas[item.carrier.verb] in frame.light
            ):
                places = (
                    ["light-subject", *places] if "host" not in item.carrier.roles or frame.mode != "visit" else places
                )
            elif "light-subject" in places and not item.carrier.roles:
                places.remove("light-subject")
            if item.carrier.place == "subject" and "light-subject" in places:
                places.remove("light-subject")
            if item.carrier.place in {"on", "during"} and frame.mode == "visit":
                places = [*places, "light-subject"]
        for place in places:
            if place == "speaker":
                seen = around.read(self.tree, self.cues, token)
                actors = self.roles.parties([seen.speaker], subject=True) if seen.speaker is not None else ()
            else:
                actors = self.roles.fill(token, place, carrier=carried)
            if actors:
                why.append(
                    Reason(
                        step="actor",
                        rule=place,
                        detail=", ".join(
                            f"{e.text} = {e.country}{' ' if e.sectors else ''}{' '.join(e.sectors)} ({e.how})"
                            for e in actors
                        ),
                    )
                )
                break
        partners: list[Entity] = []
        for place in frame.mutual:
            for entity in self.roles.partners(token, place, carrier=carried):
                if entity not in actors and entity not in partners:
                    partners.append(entity)
        if (
            frame.part == "noun"
            and frame.mutual
            and carried is not None
            and item.carrier is not None
            and item.carrier.roles
        ):
            for place in ("with", "between"):
                for entity in self.roles.fill(carried, place):
                    if entity not in actors and entity not in partners:
                        partners.append(entity)
        if frame.part == "noun" and len(actors) + len(partners) == 1 and frame.event_type == "CONSULT":
            other = self._other_side(item, (*actors, *partners))
            if other:
                why.append(
                    Reason(
                        step="actor",
                        rule="the other side",
                        detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in other),
                    )
                )
                actors, partners = (*actors, *other), partners
        if partners and frame.event_type == "COOPERATE" and actors:
            # PLOVER wants a recipient of cooperation: who is cooperated with.
            why.append(
                Reason(
                    step="recipient",
                    rule="mutual",
                    detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in partners),
                )
            )
            return actors, tuple(p for p in partners if not any(_same_party(p, a) for a in actors)), why
        if partners:
            why.append(
                Reason(
                    step="partner",
                    rule="mutual",
                    detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in partners),
                )
            )
            joined = list(actors) + [p for p in partners if not any(_same_party(p, a) for a in actors)]
            return tuple(joined), (), why
        recipients, place = self._recipients(item, actors, carried)
        if recipients:
            why.append(
                Reason(
                    step="recipient",
                    rule=place,
                    detail=", ".join(
                        f"{e.text} = {e.country}{' ' if e.sectors else ''}{' '.join(e.sectors)} ({e.how})"
                        for e in recipients
                    ),
                )
            )
        return actors, recipients, why

    def _other_side(self, item: Found, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Who talked with the one party that a noun names: the subject of the clause, or whoever tells of it."""
        tree = self.tree
        tokens: list[int | None] = []
        if item.carrier is not None and item.carrier.place in {
            "after",
            "following",
            "during",
            "in",
            "at",
            "for",
            "before",
            "ahead",
            "on",
        }:
            tokens.append(tree.grammatical_subject(item.carrier.verb))
        tokens.append(around.read(tree, self.cues, item.token).speaker)
        for token in tokens:
            if token is None:
                continue
            found = tuple(
                e
                for e in self.roles.parties([token], subject=True)
                if e.country and not any(_same_party(e, k) for k in known)
            )
            if found and _states(found) - _states(known):
                return found
        return ()

    def _recipients(
        self, item: Found, actors: tuple[Entity, ...], carried: int | None
    ) -> tuple[tuple[Entity, ...], str]:
        """The first place that names a party of some country, else the first that names any party at all."""
        frame, token = item.frame, item.token
        places = list(frame.recipient)
        if frame.event_type in {"THREATEN", "REQUEST"} or frame.operator == "commit":
            places.append("condition")
        spare: tuple[tuple[Entity, ...], str] = ((), "")
        for place in places:
            filled = self.roles.fill(token, place, carrier=carried)
            if place in frame.actor and place != "content" and filled == actors:
                continue
            got = tuple(e for e in filled if not any(_same_party(e, a) for a in actors))
            if any(e.country for e in got):
                return got, place
            people = place == "object" and frame.event_type in {"COERCE", "ASSAULT", "ACCUSE", "RETREAT"}
            if (
                got
                and not spare[0]
                and place not in {"content", "clause-object", "clause-subject", "condition"}
                and any(e.sectors and (people or e.sectors != ("UNK",)) for e in got)
            ):
                spare = (got, place)
        if not spare[0] and frame.part == "verb" and frame.event_type in {"ASSAULT", "COERCE"} and "object" in places:
            spare = (self._some_people(token), "object")
        return spare

    def _some_people(self, token: int) -> tuple[Entity, ...]:
        """The object of a deed of force when it names people and no more ("three others", "40 miners")."""
        tree = self.tree
        held = tree.object(token)
        if held is None or held == token:
            return ()
        counted = tree.tags[held] == "CD" or any(tree.tags[k] == "CD" for k in tree.kids[held])
        if tree.lemmas[held] not in self.lexicon.classes.get("people", ()) and not (
            counted and tree.tags[held] in {"CD", "NNS"} and tree.lemmas[held] not in self.cues.hostile_words
        ):
            return ()
        mention = self.roles.mention(held)
        text = self.sentence.document.text[mention.start : mention.end]
        return (Entity(text=text, start=mention.start, end=mention.end, sectors=("CVL",), how="people without a name"),)

    def _needs(self, item: Found, actors: tuple[Entity, ...], recipients: tuple[Entity, ...]) -> bool:
        frame, tree = item.frame, self.tree
        need = frame.need
        everyone = (*actors, *recipients)
        if not frame.confidence:
            return False  # the line stands there to say that this sense is no event
        if frame.confidence < 0.5 and len({e.country for e in everyone} - _NO_STATE) < 2:
            return False
        if need == "two" and len(everyone) < 2:
            return False
        if need == "both" and (not actors or not recipients) and not (frame.mutual and len(actors) > 1):
            return frame.part == "verb" and not actors and self._done_by_nobody(item, recipients)
        if need == "recipient" and not recipients:
            return False
        if need == "state" and not any(
            e.country not in _NO_STATE or e.country in {"EUR", "IGO", "UNO"} for e in everyone
        ):
            return False
        if frame.part == "noun":
            carried = item.carrier is not None and (
                bool(STANDING.intersection(item.carrier.roles)) or tree.lemmas[item.carrier.verb] in frame.light
            )
            full = bool(actors and recipients) or len(actors) > 1
            if (
                frame.event_type == "ASSAULT"
                and any(e.country for e in recipients)
                and self.roles.fill(item.token, "of")
            ):
                full = True  # "the murder of a Danish envoy": who did it may be unknown
            there = frame.event_type in {"ASSAULT", "PROTEST"} and any(
                e.how.startswith("people of the place") for e in everyone
            )
            if not carried and (frame.alone is False or not full) and not (frame.alone and everyone) and not there:
                return False
            if frame.event_type in {"ASSAULT", "PROTEST"} and any(
                e.how.startswith("people of the place") for e in everyone
            ):
                return tree.deps[item.token] in {"nsubj", "nsubj:pass", "obj", "obl", "ROOT", "root", "conj", "nmod"}
            return not (carried and not everyone)
        if not actors and frame.event_type in {"ASSAULT", "COERCE", "ACCUSE"}:
            return self._done_by_nobody(item, recipients)
        if need in {"actor", ""} and not actors:
            return bool(recipients) and tree.passive(item.token)
        return bool(everyone)

    def _at_home(
        self,
        item: Found,
        event_type: str,
        mode: str,
        actors: tuple[Entity, ...],
        recipients: tuple[Entity, ...],
        why: list[Reason],
    ) -> tuple[Entity, ...]:
        """Whom the police, the courts and the government of a state deal with at home are its own people, unless said otherwise."""
        states = _states(actors) - _NO_STATE
        if event_type not in {"COERCE", "ASSAULT", "ACCUSE", "RETREAT", "CONCEDE", "REJECT"} or len(states) != 1:
            return recipients
        own = next(iter(states))
        if mode in {"curfew", "martial-law"} and not recipients:
            why.append(Reason(step="recipient", rule="implied", detail=f"the people of {own}"))
            return (
                Entity(
                    text="", start=None, end=None, country=own, sectors=("CVL",), how="implied: the people of the state"
                ),
            )
        if not any(set(e.sectors[:1]) & _RULES_AT_HOME for e in actors) or not recipients:
            return recipients
        made = tuple(
            msgspec.structs.replace(e, country=own, how=f"{e.how} + at home with the actor")
            if not e.country and e.sectors and e.sectors[0] in _OF_A_PLACE
            else e
            for e in recipients
        )
        if made != recipients:
            why.append(Reason(step="country", rule="at home", detail=own))
        return made

    def _only_state(self, parties: tuple[Entity, ...], why: list[Reason]) -> tuple[Entity, ...]:
        """People of no named state belong to the only state that the passage, or the talk before it, is of."""
        if all(e.country or not e.sectors for e in parties):
            return parties
        named = states_named(self.sentence.hits) or self.sentence.near
        if len(named) != 1:
            return parties
        only = next(iter(named))
        why.append(Reason(step="country", rule="the only state named", detail=only))
        return tuple(
            msgspec.structs.replace(e, country=only, how=f"{e.how} + the only state named")
            if not e.country and e.sectors and e.sectors[0] in _OF_A_PLACE | {"MIL", "ELI"}
            else e
            for e in parties
        )

    def _placed(
        self, parties: tuple[Entity, ...], others: tuple[Entity, ...], place: Place | None, why: list[Reason]
    ) -> tuple[Entity, ...]:
        """Parties of no named state belong to the state where it happened, if only one state can be meant."""
        if place is None or not place.country or all(e.country or not e.sectors for e in parties):
            return parties
        if any(e.country and e.country != place.country and e.sectors[:1] == ("MIL",) for e in others):
            return parties  # an army at work abroad says nothing of the state of those it meets
        made = tuple(
            msgspec.structs.replace(e, country=place.country, how=f"{e.how} + place {place.name}")
            if not e.country and e.sectors and e.sectors[0] in _OF_A_PLACE
            else e
            for e in parties
        )
        if made != parties:
            why.append(Reason(step="country", rule="place", detail=f"{place.name} = {place.country}"))
        return made

    def _done_by_nobody(self, item: Found, recipients: tuple[Entity, ...]) -> bool:
        """Whether a deed counts although nobody is named for it: in a passive, or told of the weapon.

        Crashes and storms kill too, and most who are arrested are nobody's rivals: a public person, or a word of
        violence beside the verb, must tell that the deed is one of politics.
        """
        frame, tree = item.frame, self.tree
        if not recipients:
            return False
        public = any(
            (set(e.sectors[:1]) & _PUBLIC) or (e.country not in _NO_STATE and not e.sectors) for e in recipients
        )
        if frame.event_type != "ASSAULT":
            return tree.passive(item.token) and public
        if not tree.passive(item.token):
            doer = tree.subject(item.token)
            return doer is None or tree.lemmas[doer] in self.cues.violence
        return self._violent(item.token) or (public and not self._accident())

    def _violent(self, token: int) -> bool:
        return any(self.tree.lemmas[t] in self.cues.violence for t in range(self.tree.n) if t != token)

    def _accident(self) -> bool:
        return any(word in self.cues.accidents for word in self.tree.lemmas)

    # -- status ------------------------------------------------------------------------------------------------

    def _carried(self, item: Found, held: Carrier, seen: Circumstances) -> bool | None:
        roles = set(held.roles)
        if item.inside is not None or self.tree.lemmas[held.verb] in item.frame.light:
            return True
        if STANDING & roles:
            return True
        if "prevent" in roles:
            seen.negated = True
        elif "plan" in roles:
            seen.future = True
        elif "attempt" in roles:
            seen.hypothetical = True
        return True

    def _by_carrier(
        self, held: Carrier, event_type: str, mode: str, deed: Deed | None, why: list[Reason]
    ) -> tuple[str, str, Deed | None]:
        roles = set(held.roles)
        if (STANDING - {"announce"}) & roles or not roles or held.place != "object":
            return event_type, mode, deed
        told = Deed(event_type=event_type, mode=mode)
        hostile = self.ontology.hostile(event_type)
        changed = event_type
        if "announce" in roles and not hostile and event_type in {"CONSULT", "COOPERATE", "AID"}:
            changed = "AGREE"
        elif "announce" in roles and event_type == "RETREAT" and mode not in {"ceasefire", "resign"}:
            changed = "CONCEDE"
        elif "agree" in roles:
            changed = "THREATEN" if hostile else "AGREE"
        elif "refuse" in roles:
            changed = "REJECT"
        elif "demand" in roles:
            changed = "REQUEST"
        elif "threaten" in roles:
            changed = "THREATEN"
        elif "cancel" in roles or "stop" in roles:
            changed = "CONCEDE" if hostile else ("SANCTION" if event_type in {"AID", "COOPERATE"} else "REJECT")
        elif "permit" in roles:
            changed = "CONCEDE"
        if changed == event_type:
            return event_type, mode, deed
        why.append(
            Reason(
                step="carrier",
                rule="light.yaml",
                detail=f"{self.tree.words[held.verb]}: {event_type} becomes {changed}",
            )
        )
        return changed, self.cues.deed_mode(changed, [self.tree.lemmas[held.verb]]) or "", told

    def _status(
        self, item: Found, seen: Circumstances, speakers: tuple[Entity, ...], event_type: str, mode: str, deed: Deed | None,
        actors: tuple[Entity, ...], recipients: tuple[Entity, ...], date: DateSpan | None, why: list[Reason],
    ) -> tuple[Status | None, str, str, Deed | None]:  # fmt: skip
        """What modal, negation, saying and date make of a deed: PLOVER's conversions first, then the five statuses."""
        frame, onto = item.frame, self.ontology
        own = {e.country for e in speakers} & {e.country for e in actors} - {""}
        material = onto.quad(event_type) != _VERBAL_CONFLICT
        told = Deed(event_type=event_type, mode=mode)
        status: Status = "actual"
        if frame.part == "noun" and self._before_it(item.token):
            why.append(Reason(step="status", rule="still to come", detail=self.tree.prep(item.token)))
            return (
                ("future", "AGREE", "", told)
                if material and not onto.hostile(event_type)
                else ("future", event_type, mode, deed)
            )
        willed = seen.modal == "will" or (seen.modal == "would" and seen.speech is not None) or seen.future
        if seen.modal == "must":
            return None, event_type, mode, deed
        if seen.negated and willed and actors and not seen.hypothetical and (seen.modal or not seen.future):
            why.append(Reason(step="status", rule="will not", detail="; ".join(seen.why)))
            return (
                "actual",
                "REJECT",
                self.cues.deed_mode("REJECT", [self.tree.lemmas[item.token], *self._content_lemmas(item.token)]),
                deed or told,
            )
        if seen.negated and seen.modal == "may" and own:
            return "actual", "REJECT", self.cues.deed_mode("REJECT", [self.tree.lemmas[item.token]]), deed or told
        if willed and not seen.negated and not frame.operator and actors:
            why.append(Reason(step="status", rule="will", detail="; ".join(seen.why)))
            if onto.hostile(event_type) and (event_type != "PROTEST" or own):
                return "actual", "THREATEN", self._threat(told, item), told
            if material and event_type not in {"THREATEN"}:
                if event_type == "AGREE":
                    return "future", "AGREE", "", deed
                return ("actual" if own or (speakers and seen.modal) else "future"), "AGREE", "", told
            return "future", event_type, mode, deed
        if seen.conditional and seen.modal in {"", "may"} and self._in_condition(item.token):
            status = "hypothetical"
        elif (
            seen.attempted and not seen.modal and not seen.conditional and not seen.negated and onto.hostile(event_type)
        ):
            why.append(Reason(step="status", rule="an attempted attack is an attack", detail="; ".join(seen.why)))
        elif seen.modal in {"may", "would"} or seen.hypothetical:
            if own and onto.hostile(event_type) and not seen.negated:
                return "actual", "THREATEN", self._threat(told, item), told
            if own and material and seen.modal == "would" and not seen.negated:
                return "actual", "AGREE", "", told
            status = "hypothetical"
        elif seen.negated:
            status = "negated"
        elif frame.status:
            status = frame.status  # type: ignore[assignment]
        elif self._historical(item.token, seen, date):
            status = "historical"
        elif date is not None and self._ahead(date) and self.tree.tags[item.token] in {"VBZ", "VBP", "VBG", "VB"}:
            if material and not onto.hostile(event_type) and not frame.operator:
                why.append(Reason(step="status", rule="present for the future", detail=date.text))
                return "future", "AGREE", "", told
            status = "future"
        if status != "actual":
            why.append(Reason(step="status", rule=status, detail="; ".join(seen.why) or (date.text if date else "")))
        return status, event_type, mode, deed

    def _before_it(self, token: int) -> bool:
        """Whether a noun stands after "ahead of" or "on the eve of": what it names is still to come."""
        tree = self.tree
        above = tree.heads[token]
        return tree.prep(token) in {"ahead of", "before", "pending", "prior to", "until"} or (
            tree.prep(token) == "of"
            and (tree.lower[above] in {"ahead", "eve"} or tree.lower[max(0, token - 2)] == "ahead")
        )

    def _threat(self, told: Deed, item: Found) -> str:
        found = self.cues.deed_mode("THREATEN", [self.tree.lemmas[item.token], *self._content_lemmas(item.token)])
        if found:
            return found
        return {"ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict"}.get(
            told.event_type, ""
        )

    def _in_condition(self, token: int) -> bool:
        tree = self.tree
        for here in (token, *tree.path_up(token)):
            if any(
                tree.deps[k] == "mark" and tree.lower[k] in {"if", "unless", "lest", "whether"} for k in tree.kids[here]
            ):
                return True
            if tree.deps[here] in {"ROOT", "root"}:
                break
        return False

    def _historical(self, token: int, seen: Circumstances, date: DateSpan | None) -> bool:
        tree = self.tree
        fallback = self.sentence.dates.fallback
        if date is not None and fallback is not None and date.how != "document":
            gap = _days(date.end, fallback.start)
            if gap is not None and gap > _BACKGROUND_DAYS:
                return True
        lower = self.sentence.passage.text.lower()
        if any(period in lower for period in self.cues.historical_periods) and (seen.pluperfect or seen.speech is None):
            return any(period in lower for period in self.cues.historical_periods) and date is None and seen.pluperfect
        for here in (token, *tree.path_up(token)):
            if tree.deps[here] in {"obl", "advcl", "nmod"} and (
                tree.prep(here) in {"since"}
                or any(
                    tree.deps[k] == "mark" and tree.lower[k] == "since" and tree.tags[here] == "VBD"
                    for k in tree.kids[here]
                )
            ):
                return True
            if not tree.is_verb(here) and tree.lemmas[here] in self.cues.anniversaries and here != token:
                return True
            if tree.deps[here] == "acl:relcl" and seen.pluperfect and here == token:
                return True
        if not tree.is_verb(token):
            if tree.prep(token) in _BEHIND or (
                tree.deps[token] in {"nmod", "obl"}
                and tree.lemmas[tree.heads[token]]
                in {"response", "retaliation", "reaction", "wake", "aftermath", "revenge"}
            ):
                return True
            return any(
                tree.deps[k] == "amod" and tree.lower[k] in {"previous", "past", "historic", "earlier"}
                for k in tree.kids[token]
            )
        return False

    def _ahead(self, date: DateSpan) -> bool:
        words = date.text.lower().split()
        if date.how == "relative" and words and (words[0] == "next" or self.cues.future_words.intersection(words)):
            return True
        fallback = self.sentence.dates.fallback
        return fallback is not None and date.how != "document" and date.start > fallback.end

    # -- deeds -------------------------------------------------------------------------------------------------

    def _content_lemmas(self, token: int) -> list[str]:
        """The lemmas of the complement's words, verbs and heads first."""
        tree = self.tree
        first: list[str] = []
        rest: list[str] = []
        starts = [kid for kid, _ in tree.clauses(token)]
        held = tree.object(token) if tree.is_verb(token) else None
        if held is not None and held != token:
            starts.append(held)
        for preposition in ("for", "to", "of", "against", "with", "on", "from"):
            starts += tree.with_prep(token, preposition)
        for start in starts:
            first.append(tree.lemmas[start])
            for below in tree.subtree(start):
                if tree.is_verb(below) or tree.tags[below].startswith("NN"):
                    rest.append(tree.lemmas[below])
        return first + rest

    def _deed(self, item: Found) -> Deed | None:
        tree = self.tree
        starts = [kid for kid, _ in tree.clauses(item.token)]
        held = tree.object(item.token) if tree.is_verb(item.token) else None
        if held is not None and held != item.token:
            starts.append(held)
        for preposition in ("to", "for", "on", "of", "in"):
            starts += tree.with_prep(item.token, preposition)
        for start in starts:
            for member in (start, *tree.conjuncts(start)):
                deed = self._deed_at(member, None)
                if deed is not None:
                    return deed
        return None

    def _deed_at(self, token: int, found: dict[int, Found] | None) -> Deed | None:
        frame = found[token].frame if found is not None and token in found else self.matcher.match(token)
        if frame is not None and frame.event_type:
            return Deed(event_type=frame.event_type, mode=frame.mode)
        held = self.tree.object(token) if self.tree.is_verb(token) else None
        if held is not None and held != token:
            frame = self.matcher.match(held)
            if frame is not None and frame.event_type and frame.part == "noun":
                return Deed(event_type=frame.event_type, mode=frame.mode)
        return None

    def _hostile(self, deed: Deed | None, lemmas: list[str]) -> bool:
        if deed is not None:
            # Troops promised to a friend are no threat; what else is told of them decides.
            return self.ontology.hostile(deed.event_type) and (
                deed.event_type != "MOBILIZE" or any(word in self.cues.hostile_words for word in lemmas[1:])
            )
        first = lemmas[0] if lemmas else ""
        return first in self.cues.hostile_words and first not in self.cues.friendly_words

    # -- when, where, what about -------------------------------------------------------------------------------

    def _dates(self, found: dict[int, Found]) -> dict[int, DateSpan]:
        """Each date phrase goes to the trigger that it hangs below; one that hangs below none to the highest."""
        tree, passage = self.tree, self.sentence.passage
        spans = self.sentence.dates.dates(passage.start, passage.end)
        given: dict[int, DateSpan] = {}
        loose: list[DateSpan] = []
        carriers = {
            item.carrier.verb: token
            for token, item in found.items()
            if item.carrier is not None and item.inside is None
        }
        for start, end, date in spans:
            tokens = [t for t in range(tree.n) if start <= tree.starts[t] < end]
            if not tokens:
                continue
            top = min(tokens, key=lambda t: len(tree.path_up(t)))
            owner = None
            for above in (top, *tree.path_up(top)):
                if above in found:
                    owner = above
                    break
                if above in carriers:
                    owner = carriers[above]
                    break
            while (
                owner is not None
                and found[owner].inside is not None
                and not found[owner].frame.operator
                and found[owner].inside in found
            ):
                break
            if owner is not None:
                given.setdefault(owner, date)
            else:
                loose.append(date)
        if loose:
            for item in sorted(found.values(), key=lambda i: len(tree.path_up(i.token))):
                if item.inside is None and item.token not in given:
                    given[item.token] = loose[0]
        return given

    def _place(self, item_token: int, carried: int | None = None) -> Place | None:
        """Where it happened: the nearest phrase of place on the trigger, its carrier, its object, then on what governs them."""
        found = self._placing(item_token, carried)
        return found[0] if found is not None else None

    def _placing(self, token: int, carried: int | None = None) -> tuple[Place, int, int] | None:
        tree = self.tree
        owners = [token, *([carried] if carried is not None else []), *tree.path_up(token)[:3]]
        for owner in list(owners):
            held = tree.object(owner) if tree.is_verb(owner) else None
            if held is not None and held not in owners:
                owners.append(held)
            subject = tree.child(owner, "nsubj", "nsubj:pass")
            if subject is not None and subject not in owners:
                owners.append(subject)
        for owner in owners:
            for kid in tree.kids[owner]:
                if tree.deps[kid] not in {"obl", "nmod", "nmod:poss"} or tree.prep(kid) not in _WHERE:
                    continue
                low, high = tree.phrase(kid)
                place = self.sentence.places.place(tree.starts[low], tree.ends[high])
                if place is not None:
                    return place, tree.starts[low], tree.ends[high]
        return None

    def _standing_in_compound(self, item: Found) -> bool:
        """Whether a noun only names a kind of thing ("attack helicopter", "protest song")."""
        return self.tree.deps[item.token] in {"compound", "amod", "nmod:poss"}

    def _people_there(self, item: Found) -> tuple[Entity, ...]:
        """The people of the place of a protest or attack that names no other party."""
        if item.frame.event_type not in {"ASSAULT", "PROTEST"} or (
            item.frame.event_type == "ASSAULT"
            and (
                self._accident()
                or not (self.tree.lemmas[item.token] in self.cues.violence or self._violent(item.token))
            )
        ):
            return ()
        found = self._placing(item.token, item.carrier.verb if item.carrier is not None else None)
        if found is None or not found[0].country:
            return ()
        place, start, end = found
        text = self.sentence.document.text[start:end]
        sectors = ("OPP",) if item.frame.event_type == "PROTEST" else ("CVL",)
        return (
            Entity(
                text=text,
                start=start,
                end=end,
                name=place.name,
                country=place.country,
                sectors=sectors,
                how=f"people of the place {place.name}",
            ),
        )

    def _contexts(self, frame: Frame | None) -> tuple[str, ...]:
        seen: dict[str, int] = dict.fromkeys(frame.contexts if frame else (), 9)
        for word, low in zip(self.tree.lemmas, self.tree.lower, strict=True):
            for context in self.cues.contexts.get(word) or self.cues.contexts.get(low, ()):
                seen[context] = seen.get(context, 0) + 1
        return tuple(sorted(seen, key=lambda c: (-seen[c], c))[:4])

    def _make(
        self, *, token: int, event_type: str, mode: str, frame: Frame | None, status: Status, actors: tuple[Entity, ...],
        recipients: tuple[Entity, ...], speaker: Entity | None, deed: Deed | None, date: DateSpan | None, due: DateSpan | None,
        why: list[Reason], circumstances: Circumstances,
    ) -> Event:  # fmt: skip
        tree, sentence = self.tree, self.sentence
        passage = sentence.passage
        contexts = self._contexts(frame)
        cameo = frame.cameo if frame is not None and frame.cameo and frame.event_type == event_type else ""
        cameo = cameo or self.ontology.cameo(event_type, mode, contexts, deed)
        del circumstances
        trigger = Trigger(text=tree.words[token], start=tree.starts[token], end=tree.ends[token])
        when = date or sentence.dates.fallback
        if when is not None and date is None:
            why.append(Reason(step="date", rule="document", detail="the text gives no date"))
        return Event(
            id=content_id("event", sentence.document.id, str(trigger.start), str(trigger.end), event_type, mode, status, ",".join(e.country + e.text for e in actors), ",".join(e.country + e.text for e in recipients)),
            evidence=Evidence(document=sentence.document.id, start=passage.start, end=passage.end, text=passage.text),
            trigger=trigger, event_type=event_type, mode=mode, contexts=contexts, status=status, actors=actors, recipients=recipients,
            date=when, place=self._place(token), quad_class=self.ontology.quad(event_type), score=self.ontology.score(event_type, mode),
            cameo=cameo, goldstein=self.ontology.goldstein.get(cameo), speaker=speaker, of=deed, due=due,
            confidence=frame.confidence if frame is not None else 0.8, why=tuple(why),
        )  # fmt: skip


def states_named(hits: tuple[NameHit, ...]) -> frozenset[str]:
    """The codes of the states that some names of a passage stand for, those that may mean several left out."""
    return (
        frozenset(code for hit in hits if len(hit.codes) == 1 and hit.kinds & _STATELY for code in hit.codes)
        - _NO_STATE
    )


def _merge(seen: Circumstances, upper: Circumstances) -> None:
    """What is said of the verb that carries a noun is said of the noun."""
    seen.modal = seen.modal or upper.modal
    seen.negated = seen.negated != upper.negated if upper.negated and not seen.negated else seen.negated
    seen.conditional = seen.conditional or upper.conditional
    seen.hypothetical = seen.hypothetical or upper.hypothetical
    seen.future = seen.future or upper.future
    seen.pluperfect = seen.pluperfect or upper.pluperfect
    if seen.speech is None:
        seen.speech, seen.speaker = upper.speech, upper.speaker
    seen.why.extend(word for word in upper.why if word not in seen.why)


def _same_party(a: Entity, b: Entity) -> bool:
    """Whether two phrases name the same party: one state without a sector covers its government."""
    if a.start is not None and a.start == b.start and a.end == b.end:
        return True
    if a.country != b.country:
        return False
    plain = not a.sectors or not b.sectors or a.sectors[0] == b.sectors[0] == "GOV"
    return bool(a.country) and plain and not (a.sectors and b.sectors and a.name != b.name and a.name and b.name)


def _states(entities: tuple[Entity, ...]) -> set[str]:
    return {e.country for e in entities if e.country}


def _weight(event: Event) -> tuple[int, int]:
    """How much an event says: parties of known states first, then all parties and the mode."""
    return len(_states(event.actors)) + len(_states(event.recipients)), len(event.actors) + len(
        event.recipients
    ) + bool(event.mode)


def _same(a: Event, b: Event) -> bool:
    countries = lambda entities: {e.country + (e.sectors[0] if e.sectors else "") for e in entities}  # noqa: E731
    return (
        a.event_type == b.event_type
        and countries(a.actors) == countries(b.actors)
        and countries(a.recipients) == countries(b.recipients)
    )


def _days(earlier: str, later: str) -> int | None:
    from datetime import date  # noqa: PLC0415  # only where two dates meet

    try:
        return (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    except ValueError:
        return None
