"""Scores how far two claims of one block tell of the same happening, with a sentence of reason.

Every score is the sum of a few named parts, or zero where the two contradict one another. Two claims are linked at
`THRESHOLD`. The weights were set by hand: the same sides, type and day are enough together with a few common words,
for talks also with a common mode, and no single one of them is.
"""

from __future__ import annotations

from dragoman.model import (
    Agreement,
    Commitment,
    Dispute,
    Entity,
    Event,
    Figure,
    Interval,
    Known,
    Mechanism,
    Statement,
)
from dragoman.reconcile.blocks import MADE, days, told_type, window
from dragoman.reconcile.words import content_words, likeness, overlap

THRESHOLD = 0.5

Verdict = tuple[float, str]

NOT_THE_SAME = 0.0

#: So many content words make a clause one of a kind.
MANY_WORDS = 4

#: What the same sides and type say by themselves. Two states meet, agree or sign once a day as a rule; of accusations
#: and blows one day brings many, so there the words must agree as well.
ONCE_A_DAY = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "SANCTION"})
SAME_SIDES, SAME_SIDES_OF_MANY = 0.2, 0.1
SAME_DAY, NEAR_DAY, SAME_MODE, SAME_PLACE, SAME_PERSONS, WORDS = 0.2, 0.15, 0.1, 0.15, 0.2, 0.35


def score(one: Known, two: Known) -> Verdict:
    """How alike two claims of one block are, from 0 (they contradict) to 1, with the reason; in either order."""
    if two.claim.id < one.claim.id:
        one, two = two, one
    a, b = one.claim, two.claim
    match a, b:
        case Event(), Event():
            return _events(a, b)
        case Statement(), Statement():
            return _statements(a, b)
        case Agreement(), Agreement():
            return _agreements(a, b)
        case Mechanism(), Mechanism():
            return _named(a, b)
        case Dispute(), Dispute():
            return _named(a, b)
        case Figure(), Figure():
            return (
                1.0,
                f"the same figure: {a.measure} {a.value if a.value is not None else a.change} {a.unit}",
            )
        case Interval(), Interval():
            return _intervals(a, b)
        case Commitment(), Commitment():
            return _commitments(a, b)
    return NOT_THE_SAME, "of different kinds"


def _events(a: Event, b: Event) -> Verdict:
    first = days(a.due if a.status == "future" and a.due else a.date)
    second = days(b.due if b.status == "future" and b.due else b.date)
    reasons = [f"the same sides and type ({told_type(a)})"]
    total = SAME_SIDES if told_type(a) in ONCE_A_DAY else SAME_SIDES_OF_MANY
    # Dates
    if first and second:
        apart = max(0, max(first[0], second[0]) - min(first[1], second[1]))
        allowed = window(told_type(a))
        if apart > allowed:
            return NOT_THE_SAME, f"{apart} days apart"
        coarse = max(first[1] - first[0], second[1] - second[0])
        if apart:
            total += NEAR_DAY * (1 - apart / (allowed + 1))
            reasons.append(f"{apart} {'day' if apart == 1 else 'days'} apart")
        elif coarse == 0:
            total += SAME_DAY
            reasons.append("both on the same day")
        else:
            # A month or a year holds many meetings; the narrower the coarser date, the more it says.
            total += NEAR_DAY / (1 + coarse / 7)
            reasons.append("dates that do not exclude one another")
    # Mode and deed
    mode_a, mode_b = _mode(a), _mode(b)
    if mode_a and mode_b:
        if mode_a != mode_b:
            return NOT_THE_SAME, f"{mode_a} is not {mode_b}"
        total += SAME_MODE
        reasons.append(f"both {mode_a}")
    # Place
    if a.place and b.place:
        if a.place.country and b.place.country and a.place.country != b.place.country:
            return NOT_THE_SAME, f"one in {a.place.country}, the other in {b.place.country}"
        if a.place.name and a.place.name == b.place.name:
            total += SAME_PLACE
            reasons.append(f"both in {a.place.name}")
    # Who acts on whom, and which persons
    if _way(a, b) < 0:
        return NOT_THE_SAME, "the one acts on the other the other way round"
    people = _people(a, b)
    if people < 0:
        return NOT_THE_SAME, "different persons act"
    if people:
        total += SAME_PERSONS
        reasons.append("the same persons")
    # Words
    shared = overlap(content_words(a.evidence.text), content_words(b.evidence.text))
    total += WORDS * shared
    if shared:
        reasons.append(f"{round(100 * shared)}% of the words of the shorter in both")
    return min(1.0, round(total, 4)), _sentence(reasons)


def _mode(event: Event) -> str:
    return (event.of.mode if event.status == "future" and event.of else event.mode) or ""


def _countries(entities: tuple[Entity, ...]) -> frozenset[str]:
    return frozenset(entity.country for entity in entities if entity.country)


def _way(a: Event, b: Event) -> int:
    """1 when the same sides act, -1 when actor and recipient are swapped, 0 when that cannot be told."""
    if _countries(a.actors) == _countries(b.actors):
        return 1
    swapped = a.recipients and b.recipients and _countries(a.actors) == _countries(b.recipients)
    # Of a talk either side may be told first; a visit or a blow has one direction.
    return -1 if swapped and not (told_type(a) == "CONSULT" and _mode(a) != "visit") else 0


def _persons(event: Event) -> dict[str, set[str]]:
    persons: dict[str, set[str]] = {}
    for entity in (*event.actors, *event.recipients):
        if entity.office and entity.name:
            persons.setdefault(entity.country, set()).add(entity.name)
    return persons


def _people(a: Event, b: Event) -> int:
    """1 when a side is the same person in both, -1 when it is another in each, 0 when persons say nothing."""
    ours, theirs = _persons(a), _persons(b)
    common = ours.keys() & theirs.keys()
    if any(not ours[country] & theirs[country] for country in common):
        return -1
    return 1 if common else 0


def _statements(a: Statement, b: Statement) -> Verdict:
    if a.speaker and b.speaker and a.speaker.name and b.speaker.name and a.speaker.name != b.speaker.name:
        return NOT_THE_SAME, "different speakers"
    alike = likeness(content_words(a.quote or a.content), content_words(b.quote or b.content))
    # Quotes are cut at different places, so two thirds of the words are enough to be the same words.
    value = 1.0 if alike >= 0.999 else alike * 0.75
    return round(value, 4), f"The same speaker, {round(100 * alike)}% of the words the same."


#: Two instruments of the same parties made more days apart than this are two.
APART = 200


def _agreements(a: Agreement, b: Agreement) -> Verdict:
    first, second = days(a.date), days(b.date)
    near = bool(first and second and max(first[0], second[0]) - min(first[1], second[1]) <= 2)
    made = a.status in MADE - {""} and b.status in MADE - {""}
    if made and first and second and max(first[0], second[0]) - min(first[1], second[1]) > APART:
        return NOT_THE_SAME, "made at different times"
    about = overlap(content_words(a.subject or a.evidence.text), content_words(b.subject or b.evidence.text))
    kinds = content_words(f"{a.agreement_kind} {b.agreement_kind}")
    ours, theirs = content_words(a.name) - kinds, content_words(b.name) - kinds
    if not ours or not theirs:
        # "the agreement" names nothing: only the days and the matter can tell it from others of the same parties.
        total = (0.4 if near else 0.1) + 0.4 * about
        reasons = ["the same parties", "no name of its own", f"{round(100 * about)}% of the words in both"]
    else:
        alike = likeness(ours, theirs)
        total = 0.6 * alike + (0.15 if near else 0.0) + 0.25 * about
        reasons = ["the same parties", f"names {round(100 * alike)}% alike"]
    if near:
        reasons.append("on the same days")
    return min(1.0, round(total, 4)), _sentence(reasons)


def _named(a: Mechanism | Dispute, b: Mechanism | Dispute) -> Verdict:
    if isinstance(a, Mechanism) and isinstance(b, Mechanism) and a.level and b.level and a.level != b.level:
        return NOT_THE_SAME, f"one at the level of {a.level}, the other of {b.level}"
    alike = likeness(content_words(a.name), content_words(b.name))
    if a.name.casefold() == b.name.casefold() and a.name:
        alike = 1.0
    return round(alike * 0.8, 4), f"The same parties, names {round(100 * alike)}% alike."


def _intervals(a: Interval, b: Interval) -> Verdict:
    alike = overlap(content_words(a.of), content_words(b.of)) if a.of and b.of else 0.5
    return round(0.2 + 0.6 * alike, 4), "The same length of time since the same days, of the same matter."


def _commitments(a: Commitment, b: Commitment) -> Verdict:
    first, second = days(a.due), days(b.due)
    if first and second and (first[0] > second[1] or second[0] > first[1]):
        return NOT_THE_SAME, "due at different times"
    ours, theirs = content_words(a.what), content_words(b.what)
    alike = likeness(ours, theirs)
    # Two or three words ("to prevent implementation") fit many undertakings.
    weight = 0.9 if min(len(ours), len(theirs)) >= MANY_WORDS or a.evidence == b.evidence else 0.45
    return round(alike * weight, 4), f"The same sides, {round(100 * alike)}% of the words of the undertaking the same."


def _sentence(reasons: list[str]) -> str:
    text = ", ".join(reasons)
    return text[0].upper() + text[1:] + "."
