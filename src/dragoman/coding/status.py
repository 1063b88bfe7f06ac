"""What modal, negation, saying, carrier and date make of a deed: PLOVER's conversions and the five statuses."""

from __future__ import annotations

from datetime import date as day

from dragoman.coding.carriers import STANDING, Carrier
from dragoman.coding.circumstances import Circumstances
from dragoman.coding.deeds import Deeds
from dragoman.coding.reading import Found, Reader, Reading
from dragoman.coding.triggers import VERBAL_CONFLICT
from dragoman.model import DateSpan, Deed, Entity, Reason, Status

#: What stands after these is told to explain the news.
_BEHIND = frozenset({"after", "following", "since", "over", "despite"})
#: An event whose date lies further back than this from the day of the report is background (days).
_BACKGROUND_DAYS = 62
#: A date of about a year or more (days) is behind as soon as it is over.
_A_YEAR = 300


class Statuses(Reader):
    """Decides type, mode and status together, as PLOVER does."""

    def __init__(self, reading: Reading, deeds: Deeds) -> None:
        super().__init__(reading)
        self.deeds = deeds

    def carried(self, item: Found, held: Carrier, seen: Circumstances) -> bool | None:
        """Lays what the carrying verb says of a deed (planned, prevented, attempted) on its circumstances."""
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

    def goes_on(self, token: int) -> bool:
        """Whether a noun is told to go on, whatever its clause says of its effects ("continued demand would not …")."""
        tree = self.tree
        told = any(tree.lower[kid] in self.cues.standing for kid in tree.children(token, "amod"))
        return told and tree.deps[token] == "nsubj"

    def by_carrier(
        self, held: Carrier, event_type: str, mode: str, deed: Deed | None, why: list[Reason]
    ) -> tuple[str, str, Deed | None]:
        """PLOVER type, mode and deed of a noun once its verb is known: an attack that is called off is CONCEDE."""
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

    def status(
        self,
        item: Found,
        seen: Circumstances,
        speakers: tuple[Entity, ...],
        event_type: str,
        mode: str,
        deed: Deed | None,
        actors: tuple[Entity, ...],
        date: DateSpan | None,
        why: list[Reason],
    ) -> tuple[Status | None, str, str, Deed | None]:
        """What modal, negation, saying and date make of a deed: PLOVER's conversions first, then the five statuses."""
        frame, onto = item.frame, self.ontology
        own = {e.country for e in speakers} & {e.country for e in actors} - {""}
        material = onto.quad(event_type) != VERBAL_CONFLICT
        told = Deed(event_type=event_type, mode=mode)
        status: Status = "actual"
        if frame.part == "noun" and (self._before_it(item.token) or self._come_for(item.token)):
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
                self.cues.deed_mode("REJECT", [self.tree.lemmas[item.token], *self.deeds.content_lemmas(item.token)]),
                deed or told,
            )
        if seen.negated and seen.modal == "may" and own:
            return "actual", "REJECT", self.cues.deed_mode("REJECT", [self.tree.lemmas[item.token]]), deed or told
        if willed and not seen.negated and not frame.operator and actors:
            why.append(Reason(step="status", rule="will", detail="; ".join(seen.why)))
            if onto.hostile(event_type) and (event_type != "PROTEST" or own):
                return "actual", "THREATEN", self._threat(told, item), told
            if material and event_type != "THREATEN":
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

    def _come_for(self, token: int) -> bool:
        """Whether a noun tells what somebody is still to come for ("arrives tomorrow for a round of talks")."""
        tree, here = self.tree, token
        while tree.prep(here) == "of" and tree.heads[here] != here and not tree.is_verb(tree.heads[here]):
            here = tree.heads[here]
        return (
            tree.prep(here) == "for"
            and tree.tags[tree.heads[here]] in {"VBZ", "VBP"}
            and not self.cues.future_words.isdisjoint(tree.lower)
        )

    def _threat(self, told: Deed, item: Found) -> str:
        found = self.cues.deed_mode("THREATEN", [self.tree.lemmas[item.token], *self.deeds.content_lemmas(item.token)])
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
        if self.behind(date):
            return True
        lower = self.sentence.passage.text.lower()
        if any(period in lower for period in self.cues.historical_periods) and (seen.pluperfect or seen.speech is None):
            return any(period in lower for period in self.cues.historical_periods) and date is None and seen.pluperfect
        if tree.tags[token] == "VBD" and any(
            tree.deps[k] == "mark" and tree.lower[k] == "since" for k in tree.kids[token]
        ):
            return True  # "how long it is since a minister came"
        for here in (token, *tree.path_up(token)):
            if tree.deps[here] in {"obl", "advcl", "nmod"} and (
                tree.prep(here) == "since"
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
                tree.deps[token] in {"nmod", "obl"} and tree.lemmas[tree.heads[token]] in self.cues.answers
            ):
                return True
            return any(
                tree.deps[k] == "amod" and tree.lower[k] in {"previous", "past", "historic", "earlier"}
                for k in tree.kids[token]
            )
        return False

    def behind(self, date: DateSpan | None) -> bool:
        """Whether a day lies so far back that what happened on it is background."""
        fallback = self.sentence.dates.fallback
        if date is None or fallback is None or date.how == "document":
            return False
        gap, length = _days(date.end, fallback.start), _days(date.start, date.end)
        if gap is None or length is None or gap < 1:
            return False
        return gap > _BACKGROUND_DAYS or length > _A_YEAR  # "last year", whatever the day of the report

    def _ahead(self, date: DateSpan) -> bool:
        words = date.text.lower().split()
        if date.how == "relative" and words and (words[0] == "next" or self.cues.future_words.intersection(words)):
            return True
        fallback = self.sentence.dates.fallback
        return fallback is not None and date.how != "document" and date.start > fallback.end


def merge(seen: Circumstances, upper: Circumstances) -> None:
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


def _days(earlier: str, later: str) -> int | None:
    try:
        return (day.fromisoformat(later) - day.fromisoformat(earlier)).days
    except ValueError:
        return None
