"""Who did it, with whom, to whom: the actors, partners and recipients that a frame names."""

from __future__ import annotations

from dragoman.coding import circumstances as around
from dragoman.coding.reading import Found, Reader, same_party, states_of
from dragoman.model import Entity, Reason

#: What stands after these takes place while the clause does.
_WITHIN = frozenset({"during", "in", "in the course of", "over", "by", "at"})


class Parties(Reader):
    """Fills the places of a frame with actors."""

    def fill(self, item: Found) -> tuple[tuple[Entity, ...], tuple[Entity, ...], list[Reason]]:
        """Actors, recipients and how they were found."""
        frame, token = item.frame, item.token
        carried = item.carrier.verb if item.carrier is not None else None
        why: list[Reason] = []
        actors: tuple[Entity, ...] = ()
        places = list(frame.actor)
        if frame.part == "noun" and item.carrier is not None:
            if (
                item.carrier.place == "object"
                and {"carry", "begin", "continue", "announce", "host", "attend", "end"} & set(item.carrier.roles)
            ) or self.tree.lemmas[item.carrier.verb] in frame.light:
                places = (
                    ["light-subject", *places]
                    if "host" not in item.carrier.roles or (frame.mode != "visit" and frame.event_type != "SUPPORT")
                    else [place for place in places if place != "light-subject"]
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
            if not actors and place == "by":
                actors = self._by_whom_made(token)
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
                actors = (*actors, *other)
        if frame.mutual and frame.event_type == "CONSULT" and len(states_of((*actors, *partners))) == 1:
            actors = (*actors, *self._visitor(item, (*actors, *partners), why))
        if frame.part == "noun" and frame.event_type == "CONSULT" and not actors and not partners:
            actors = self._both_sides(item)
            if actors:
                why.append(
                    Reason(
                        step="actor",
                        rule="both sides of the clause",
                        detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in actors),
                    )
                )
        if partners and frame.event_type == "COOPERATE" and actors:
            # PLOVER wants a recipient of cooperation: who is cooperated with.
            why.append(
                Reason(
                    step="recipient",
                    rule="mutual",
                    detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in partners),
                )
            )
            return actors, tuple(p for p in partners if not any(same_party(p, a) for a in actors)), why
        if partners:
            why.append(
                Reason(
                    step="partner",
                    rule="mutual",
                    detail=", ".join(f"{e.text} = {e.country} ({e.how})" for e in partners),
                )
            )
            joined = list(actors) + [p for p in partners if not any(same_party(p, a) for a in actors)]
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

    def _by_whom_made(self, noun: int) -> tuple[Entity, ...]:
        """Whoever a participle names that carries a noun: "the statement made by X", "the raid carried out by Y"."""
        tree = self.tree
        for kid in tree.children(noun, "acl"):
            forms = (tree.lemmas[kid], *(f"{tree.lemmas[kid]} {particle}" for particle in tree.particle(kid)))
            if tree.tags[kid] == "VBN" and any("carry" in self.cues.light.get(form, ()) for form in forms):
                agent = tree.agent(kid)
                if agent is not None:
                    return self.roles.parties([agent], subject=True)
        return ()

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
                if e.country and not any(same_party(e, k) for k in known)
            )
            if found and states_of(found) - states_of(known):
                return found
        return ()

    def _visitor(self, item: Found, known: tuple[Entity, ...], why: list[Reason]) -> tuple[Entity, ...]:
        """Who talked with the one party of a meeting that took place where the sentence before told of a visit."""
        carried = item.carrier
        if carried is not None:
            took_place = "happen" in carried.roles or self.tree.grammatical_subject(carried.verb) == item.token
        else:
            took_place = item.frame.part == "verb" and self.tree.passive(item.token)
        if not took_place:
            return ()
        came = self.sentence.actors.visitor(self.sentence.passage.start)
        if came is None or not came.country or came.country in states_of(known):
            return ()
        why.append(Reason(step="actor", rule="the visitor", detail=f"{came.name} = {came.country} ({came.how})"))
        return (came,)

    def _both_sides(self, item: Found) -> tuple[Entity, ...]:
        """Who talked where the noun names nobody: "in a telephone conversation, A congratulated B"."""
        tree = self.tree
        if item.carrier is None or item.carrier.place not in _WITHIN:
            return ()
        verb = item.carrier.verb
        ones = self.roles.fill(verb, "subject")
        others: tuple[Entity, ...] = ()
        for place in ("iobject", "object", "to", "with"):
            others = tuple(e for e in self.roles.fill(verb, place) if not any(same_party(e, one) for one in ones))
            if any(e.country for e in others):
                break
        if tree.passive(verb) or not ones or not any(e.country for e in others):
            return ()
        return (*ones, *others) if states_of(others) - states_of(ones) else ()

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
            got = tuple(e for e in filled if not any(same_party(e, a) for a in actors))
            if frame.hostile:  # nobody's claim is against his own side: "the claim that we are at war"
                got = tuple(e for e in got if e.country not in states_of(actors))
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
