"""What a person says of disputes: confirmed, named anew, dismissed, taken back.

Every word is a judgement in the log, nothing else: a suggestion that is confirmed becomes a claim added by hand with
the refusal's words; one that is dismissed a claim of status `dismissed`, which no list shows.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.errors import RecordError, UsageError
from dragoman.measure.matters import Matter
from dragoman.model import AnyClaim, Dispute, Event, Item, Judgement, Verdict
from dragoman.record import Store
from dragoman.show import judging, ledger

#: What people say of a dispute.
WORDS = ("confirm", "rename", "dismiss")


def say(
    store: Store, word: str, which: str, *, by: str, a: str = "", b: str = "", name: str = "", why: str = ""
) -> list[Judgement]:
    """Keeps what a person says of the dispute that `which` (an id's beginning, or a name) means between `a` and `b`.

    Raises UsageError for a word that is none or a name that is missing, RecordError where no such dispute is known.
    """
    if word not in WORDS:
        raise UsageError(f"{word}: say one of {', '.join(WORDS)}")
    name = " ".join(name.split())
    if word == "rename" and not name:
        raise UsageError("rename: say the new name")
    if not by.strip():
        raise UsageError("a judgement needs the name of who judges (`by`)")
    matter = found(store, which, a, b)
    if matter.item:
        return _of_item(store, store.item(matter.item), word, by=by, name=name, why=why)
    return [_of_suggestion(store, matter, word, by=by, name=name, why=why)]


def found(store: Store, which: str, a: str = "", b: str = "") -> Matter:
    """The dispute or suggestion that an id's beginning or a name means; raises RecordError for none or several."""
    wanted = which.strip().casefold()
    if not wanted:
        raise UsageError("which dispute? give its id or its name")
    known = ledger.open_matters(store, a, b, suggesting=True)
    fits = [one for one in known if (one.item or one.suggestion).startswith(wanted)]
    fits = fits or [one for one in known if one.name.casefold() == wanted]
    fits = fits or [one for one in known if wanted in one.name.casefold()]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise RecordError(f"{which}: no such dispute; `dragoman disputes` shows them with their ids")
    several = ", ".join(f"{one.item or one.suggestion} ({one.name})" for one in fits[:4])
    raise RecordError(f"{which}: means several: {several}; give an id")


def _of_item(store: Store, item: Item | None, word: str, *, by: str, name: str, why: str) -> list[Judgement]:
    """Judges every claim of a dispute at once: right, wrong, or corrected in name and status."""
    if item is None:
        raise RecordError("the dispute is gone from the record")
    claims = [claim for link in item.links if (claim := store.claim(link.claim)) is not None]
    if word == "dismiss":
        return store.judge_together([(claim.id, "wrong", {}) for claim in claims], by=by, why=why)
    said: list[tuple[str, Verdict, dict[str, object]]] = []
    for claim in claims:
        fields: dict[str, object] = {"name": name} if name else {}
        if word == "confirm" and isinstance(claim, Dispute) and claim.status == "suggested":
            fields["status"] = "open"
        said.append((claim.id, "corrected" if fields else "right", fields))
    return store.judge_together(said, by=by, why=why)


def _of_suggestion(store: Store, matter: Matter, word: str, *, by: str, name: str, why: str) -> Judgement:
    """Adds the dispute that a demand and its refusal suggest, with the refusal's words."""
    events = sorted(_events(store, matter), key=lambda one: (one.date.start if one.date else "", one.id))
    refusal = next((one for one in reversed(events) if one.event_type == "REJECT"), None)
    demand = next((one for one in events if one.event_type == "REQUEST"), None)
    if refusal is None or demand is None:
        raise RecordError(f"{matter.name}: its demand and refusal are gone from the record")
    sides = {entity.country or entity.name: entity for one in (demand, refusal) for entity in one.actors}
    claim = Dispute(
        evidence=refusal.evidence,
        trigger=refusal.trigger,
        id="",
        name=name or matter.name,
        parties=tuple(sides.values()),
        since=demand.date,
        status="dismissed" if word == "dismiss" else "open",
        confidence=1.0,
    )
    return judging.add(store, claim, by=by, why=why)


def _events(store: Store, matter: Matter) -> Iterable[Event]:
    for name in matter.rests_on:
        item = store.item(name)
        for link in item.links if item else ():
            claim: AnyClaim | None = store.claim(link.claim)
            if isinstance(claim, Event):
                yield claim
