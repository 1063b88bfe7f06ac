"""Whether a frame has the parties without which it is no event."""

from __future__ import annotations

from dragoman.coding.carriers import STANDING
from dragoman.coding.reading import NO_STATE, Found, Reader
from dragoman.model import Entity

#: Whose power ends at the border.
_PUBLIC = frozenset({"MIL", "COP", "GOV", "REB", "UAF", "LEG", "JUD", "PTY", "JRN", "OPP", "SPY", "ELI", "REF"})


class Needs(Reader):
    """Weighs what a frame wants against who was found."""

    def met(self, item: Found, actors: tuple[Entity, ...], recipients: tuple[Entity, ...]) -> bool:
        """Whether the parties are those without which a frame is no event."""
        frame, tree = item.frame, self.tree
        need = frame.need
        everyone = (*actors, *recipients)
        if not frame.confidence:
            return False  # the line stands there to say that this sense is no event
        if frame.confidence < 0.5 and len({e.country for e in everyone} - NO_STATE) < 2:
            return False
        if frame.event_type == "CONSULT" and self.what_meetings_are(item.token):
            return False
        if need == "two" and len(everyone) < 2:
            return False
        if need == "both" and (not actors or not recipients) and not (frame.mutual and len(actors) > 1):
            return frame.part == "verb" and not actors and self._done_by_nobody(item, recipients)
        if need == "recipient" and not recipients:
            return False
        if need == "state" and not any(
            e.country not in NO_STATE or e.country in {"EUR", "IGO", "UNO"} for e in everyone
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

    def _done_by_nobody(self, item: Found, recipients: tuple[Entity, ...]) -> bool:
        """Whether a deed counts although nobody is named for it: in a passive, or told of the weapon.

        Crashes and storms kill too, and most who are arrested are nobody's rivals: a public person, or a word of
        violence beside the verb, must tell that the deed is one of politics.
        """
        frame, tree = item.frame, self.tree
        if not recipients:
            return False
        public = any(
            (set(e.sectors[:1]) & _PUBLIC) or (e.country not in NO_STATE and not e.sectors) for e in recipients
        )
        if frame.event_type != "ASSAULT":
            return tree.passive(item.token) and public
        if not tree.passive(item.token):
            doer = tree.subject(item.token)
            return doer is None or tree.lemmas[doer] in self.cues.violence
        return self.violent(item.token) or (public and not self.accident())
