"""Makes the lines of a brief: the source's own sentence where it stands alone, else one of ours before it.

A sentence stands alone when it names who acts and towards whom. Where it names a person without the office that they
held, the office is put before it; where it says "we" or "its forces", what happened is said in plain words first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.model import Commitment, Entity, Event, Statement, party
from dragoman.show import sentences, words
from dragoman.show.look import Told, day_of
from dragoman.show.outline import Line, Notes

#: A quotation of fewer words tells nothing without the sentence that holds it.
LEAST_WORDS = 4


def stands_alone(text: str, named: Iterable[Entity]) -> bool:
    """Whether a sentence names all of these as somebody who reads it alone understands."""
    said = " ".join(text.split()).casefold()
    first = said.lstrip("“\"'‘").partition(" ")[0].strip(",.:;")
    weak = set(words.phrases()["pronouns"])
    told = [one.text.casefold().split() for one in named if one.text]
    return first not in weak and all(parts and parts[0] not in weak and " ".join(parts) in said for parts in told)


def offices(text: str, named: Iterable[Entity]) -> str:
    """The persons of a sentence with the offices that it does not tell; empty where it tells all."""
    said = text.casefold()
    missing = []
    for one in named:
        parts = one.name.casefold().split()
        # Who is only meant by a family name may be somebody else: then the sentence says enough.
        whole = len(parts) > 1 and parts[0] in said and parts[-1] in said and not words.is_state(one)
        if one.office and whole and one.office.casefold().split()[-1] not in said:
            missing.append(words.who(one))
    return words.listed(list(dict.fromkeys(missing)))


def event_lines(chosen: Iterable[Told[Event]], notes: Notes) -> tuple[Line, ...]:
    """Events as lines; those of one sentence and day share a line."""
    together: dict[tuple[str, int, str], list[Told[Event]]] = {}
    for told in chosen:
        evidence = told.claim.evidence
        together.setdefault((evidence.document, evidence.start, day_of(told.claim.date)), []).append(told)
    return tuple(
        event_line(group, notes, when=words.capital(words.when(group[0].claim.due or group[0].claim.date)))
        for group in together.values()
    )


def event_line(group: list[Told[Event]], notes: Notes, *, when: str = "", lead: str = "") -> Line:
    """What one sentence tells of one day; `lead` comes first."""
    claims = [told.claim for told in group]
    text = words.evidence_of(claims[0])
    named = list(_named(claims))
    if stands_alone(text, named):
        about = offices(text, named)
        said = f"{about}:" if about else ""
    else:
        said = " ".join(dict.fromkeys(sentences.happening(claim) for claim in claims))
    numbers = sorted({number for told in group for number in notes.all_of(told)})
    return Line(when=when, text=f"{lead} {said}".strip(), quote=words.shortened(text), notes=tuple(numbers))


def _named(claims: Iterable[Event]) -> Iterator[Entity]:
    seen: set[str] = set()
    for claim in claims:
        for one in (*claim.actors, *claim.recipients):
            if one.text not in seen:
                seen.add(one.text)
                yield one


def statement_line(told: Told[Statement], notes: Notes) -> Line:
    """Words of a side: as quoted with who said them, or the whole sentence that reports them."""
    claim = told.claim
    text = words.evidence_of(claim)
    exact = words.shortened(sentences.words_of(claim)) if claim.quote else ""
    when = words.capital(words.when(claim.date))
    to = words.who(claim.addressee)
    if len(exact.split()) >= LEAST_WORDS:
        head = f"{words.capital(words.who(claim.speaker) or 'someone')}{f', to {to}' if to else ''}:"
        return Line(when=when, text=head, quote=exact, notes=notes.all_of(told))
    speaker = [claim.speaker] if claim.speaker else []
    if speaker and stands_alone(text, speaker):
        about = offices(text, speaker)
        head = f"{about}:" if about else ""
    else:
        head = f"{words.capital(words.who(claim.speaker) or 'someone')}, as reported:"
    return Line(when=when, text=head, quote=words.shortened(text), notes=notes.all_of(told))


def commitment_line(told: Told[Commitment], state: str, notes: Notes) -> Line:
    """An undertaking in the words that tell it, with what came of it."""
    claim = told.claim
    due = f", due {words.on(claim.due)}" if claim.due else ""
    head = f"{words.capital(words.whom(claim.who) or 'one side')} undertook{due} ({words.outcome(state)}):"
    return Line(text=head, quote=words.shortened(words.evidence_of(claim)), notes=notes.all_of(told))


def weight(told: Told[Event], sides: tuple[str, str]) -> tuple[float, str]:
    """How much an event changes a relation: its score, if it was surely read and is between the two themselves.

    One that names somebody only by "we" or "they", or in which the two stand on the same side against a third, counts
    for less; one of the states as such, or that several documents tell, for more.
    """
    claim = told.claim
    value = (abs(claim.score) + 1.0) * claim.confidence
    if not stands_alone(claim.evidence.text, (*claim.actors, *claim.recipients)):
        value *= 0.3
    first, second = ({party(one) for one in group} for group in (claim.actors, claim.recipients))
    a, b = sides
    if not ((a in first and b in second) or (b in first and a in second) or (not second and {a, b} <= first)):
        value *= 0.5
    if any(map(words.is_state, claim.actors)) and any(map(words.is_state, claim.recipients)):
        value *= 1.25
    # What only one of the two tells is its account; a speech of its own recalls much that is long past.
    if told.item.sides and set(told.item.sides) <= {a, b} and len(told.item.sides) == 1:
        value *= 0.6
    return value * min(1.5, 1 + 0.25 * (len(told.documents) - 1)), day_of(claim.date)


def speaks_of_other(told: Told[Statement], other: str, names: Iterable[str]) -> bool:
    """Whether a statement is to the other side or names it."""
    claim = told.claim
    if claim.addressee and party(claim.addressee) == other:
        return True
    text = claim.evidence.text.casefold()
    return any(name in text for name in names)


def plain_line(told: Told[Any], notes: Notes, *, text: str, when: str = "") -> Line:
    """A claim with a text of ours before its sentence."""
    return Line(when=when, text=text, quote=words.shortened(words.evidence_of(told.claim)), notes=notes.all_of(told))
