"""Says each kind of claim as one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dragoman.model import (
    Agreement,
    AnyClaim,
    Commitment,
    Deed,
    Dispute,
    Entity,
    Event,
    Figure,
    Interval,
    Mechanism,
    Statement,
    party,
)
from dragoman.show import words
from dragoman.show.words import capital, who, whom


def label(event: Event) -> str:
    """The plain name of what an event is; of a plan, what is planned."""
    if event.status == "future" and event.of and event.of.event_type:
        return words.type_label(event.of.event_type, event.of.mode)
    return words.type_label(event.event_type, event.mode)


def plain(claim: AnyClaim, *, today: str = "") -> str:
    """A claim of any kind as one plain sentence; with `today` (an ISO day) open matters tell their days."""
    match claim:
        case Event():
            return happening(claim)
        case Statement():
            return statement(claim)
        case Agreement():
            return agreement(claim)
        case Mechanism():
            return mechanism(claim)
        case Dispute():
            return dispute(claim, today=today)
        case Figure():
            return figure(claim)
        case Interval():
            return interval(claim)
        case Commitment():
            return commitment(claim)


def _deed(of: Deed, to: str, *, people: bool) -> str:
    frame = words.frame(of.event_type, of.mode)
    if not frame:
        return of.event_type.lower()
    if people and "base_people" in frame:
        return str(frame["base_people"]).format(to=to)
    return str(frame["base"]).format(to=to) if to else str(frame["alone_base"])


def happening(event: Event, *, past: bool = False) -> str:
    """An event as a plain sentence without its date: "The United Kingdom held talks with Russia."."""
    frame = words.frame(event.event_type, event.mode)
    actors, to = whom(event.actors), whom(event.recipients)
    if not frame:
        return capital(f"{actors or 'someone'}: {event.event_type.lower()}{f', towards {to}' if to else ''}.")
    subject = actors or "someone"
    people = bool(to) and not any(words.is_state(one) for one in event.recipients)
    if people and "past_people" in frame:
        frame = frame | {"past": frame["past_people"], "base": frame["base_people"]}
    several = len({party(entity) or entity.name for entity in event.actors}) > 1
    if event.of and event.of.event_type and "undertook" in frame and event.of.event_type not in frame.get("unless", ()):
        verb = str(frame["undertook"]).format(deed=_deed(event.of, to, people=people))
        base = ""
    elif to:
        verb, base = str(frame["past"]).format(to=to), str(frame["base"]).format(to=to)
    elif several:
        verb, base = str(frame["mutual"]), ""
    else:
        verb, base = str(frame["alone"]), str(frame["alone_base"])
    base = base or str(frame["alone_base"])
    planned = _deed(event.of, to, people=people) if event.of and event.of.event_type else base
    match event.status:
        case "future":
            tense = ("were" if several else "was") if past else ("are" if several else "is")
            verb = f"{tense} to {planned}"
        case "hypothetical":
            verb = f"could {base}"
        case "negated":
            verb = f"did not {base}"
    told = ""
    if event.speaker and who(event.speaker) not in {"", subject}:
        told = f", {who(event.speaker)} said"
    return capital(f"{subject} {verb}{told}.")


#: Stances that a verb of saying tells; those that only the words suggest are left to the reader.
_VERBS = frozenset({"denies", "opposes", "demands", "offers", "promises", "warns", "accuses", "condemns", "regrets"})


def speaker(claim: Statement, *, reported: bool | None = None) -> str:
    """Who says something to whom and how: "Theresa May (Prime Minister, United Kingdom) demands (to Russia)"."""
    to = who(claim.addressee)
    verb = words.stance(claim.stance) if not claim.quote and claim.stance in _VERBS else "says"
    manner = ", as reported" if (not claim.quote if reported is None else reported) else ""
    return f"{capital(who(claim.speaker) or 'someone')} {verb}{f' (to {to})' if to else ''}{manner}"


def words_of(claim: Statement) -> str:
    """What was said, on one line, without the comma at which the sentence went on."""
    return " ".join((claim.quote or claim.content).split()).rstrip(",; ")


def statement(claim: Statement) -> str:
    """A statement: its speaker and the words."""
    said = words_of(claim)
    return f"{speaker(claim)}: {f'“{said}”' if claim.quote else said}"


def _named(parties: Iterable[Entity]) -> str:
    keys = dict.fromkeys(party(one) or one.name or one.text for one in parties)
    return words.listed([words.the_side(key) for key in keys if key])


def _between(parties: tuple[Entity, ...]) -> str:
    named = _named(parties)
    return f" between {named}" if " and " in named else f" with {named}" if named else ""


def agreement(claim: Agreement) -> str:
    """An instrument: its name, parties, state and subject."""
    name = claim.name or claim.agreement_kind
    state = f", {claim.status}" if claim.status else ""
    about = f", on {claim.subject}" if claim.subject and claim.subject.casefold() not in name.casefold() else ""
    return f"{capital(name)}{_between(claim.parties)}{state}{about}."


def agreed(claim: Agreement) -> str:
    """An instrument by its name, parties and subject, without its state."""
    return agreement(msgspec.structs.replace(claim, status="")).rstrip(".")


def mechanism(claim: Mechanism) -> str:
    """A standing channel: its name, level, frequency and last session."""
    about = [claim.level, claim.frequency, f"under {claim.parent}" if claim.parent else ""]
    if claim.sessions:
        about.append(f"latest session known {words.on(claim.sessions[-1])}")
    said = ", ".join(part for part in about if part)
    return f"{capital(claim.name or claim.mechanism_kind)}{_between(claim.parties)}{f' ({said})' if said else ''}."


def dispute(claim: Dispute, *, today: str = "") -> str:
    """A dispute: open or settled, since when, and for how many days without an answer."""
    since = f", since {words.when(claim.since)}" if claim.since else ""
    length = words.days_between(claim.since.start, today) if claim.since and today else None
    days = f" ({words.counted(length, 'day')})" if length and length > 0 and claim.status == "open" else ""
    waiting = words.days_between(claim.unanswered_since.start, today) if claim.unanswered_since and today else None
    silent = f"; unanswered for {words.counted(waiting, 'day')}" if waiting and waiting > 0 else ""
    return f"{capital(claim.name)}: {claim.status}{since}{days}{silent}."


def figure(claim: Figure) -> str:
    """A figure: what is measured, in which period, how much."""
    amount = f"{words.number(claim.value)} {claim.unit}".strip() if claim.value is not None else ""
    change = f"{claim.change:+g} percent" if claim.change is not None else ""
    period = f" ({words.day(claim.period)})" if claim.period else ""
    return f"{capital(claim.measure)}{period}: {', '.join(part for part in (amount, change) if part)}."


def interval(claim: Interval) -> str:
    """A length of time that a source tells."""
    length = f"{claim.count} {claim.unit}".strip() if claim.count is not None else ""
    since = f"since {words.when(claim.since)}" if claim.since else ""
    told = ", ".join(part for part in (length, since) if part)
    return f"{capital(claim.of or 'a length of time')}: {told or 'length not known'}."


def commitment(claim: Commitment) -> str:
    """An undertaking: who undertook what, by when, and what became of it."""
    due = f", due {words.on(claim.due)}" if claim.due else ""
    return f"{capital(whom(claim.who) or 'one side')} undertook to {claim.what}{due} ({words.outcome(claim.state)})."
