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
    parties,
)
from dragoman.reconcile.blocks import MADE, days, told_type, window
from dragoman.reconcile.words import content_words, counts, likeness, overlap, telling_words

THRESHOLD = 0.5

Verdict = tuple[float, str]

NOT_THE_SAME = 0.0

#: So many content words make a clause one of a kind.
MANY_WORDS = 4

#: What the same sides and type say by themselves. Two states meet or cut ties once a day as a rule; of promises,
#: thanks, accusations and blows one day brings many, so there the words must agree as well. Within one state even
#: meetings are many.
ONCE_A_DAY = frozenset({"CONSULT", "COOPERATE", "RETREAT", "CONCEDE", "SANCTION"})
#: In a war or an unrest the same place and means come every day.
DAILY = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE"})
SAME_SIDES, SAME_SIDES_OF_MANY, SAME_SIDES_DAILY, ONE_SIDE = 0.25, 0.17, 0.1, 0.0
SAME_DAY, NEAR_DAY, SAME_MODE, SAME_PLACE, WORDS = 0.2, 0.15, 0.1, 0.15, 0.4
#: What mode and place say there, as a share of what they say elsewhere.
OF_MANY = 0.5
#: Nobody visits the same state twice in two days.
SAME_VISIT = 0.15
#: The same person on every side, or on one of two: a president meets many in a day.
SAME_PERSONS, SAME_PERSON = 0.2, 0.1
#: Talks are told point by point: what one document says of the same sides on the same day is mostly of one meeting.
ONE_DOCUMENT = 0.1
SAME_NUMBERS, OTHER_NUMBERS, FEWER_SIDES = 0.1, 0.15, 0.05
OTHER_PLACE, OTHER_WORDS, OTHER_PEOPLE = 0.15, 0.15, 0.15
#: So many telling words must be there before their share says all that it can.
ENOUGH_WORDS = 2
#: Beyond so many sides a smaller meeting is a part of the gathering, not the same.
GATHERING = 3


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
    sides, reason = _sides(a, b)
    if sides < 0:
        return NOT_THE_SAME, reason
    total, reasons = sides, [reason]
    for step in (_days, _modes, _places, _persons_of, _figures, _told):
        value, reason = step(a, b)
        if value <= NEVER:
            return NOT_THE_SAME, reason
        total += value
        if reason:
            reasons.append(reason)
    # Zero is kept for what contradicts.
    return max(0.01, min(1.0, round(total, 4))), _sentence(reasons)


#: A step that says so keeps the two apart, whatever else they share.
NEVER = -1.0


def _sides(a: Event, b: Event) -> Verdict:
    """What the sides say: the same, or those of the one among those of the other."""
    ours, theirs = ({*one[0], *one[1]} for one in (parties(a), parties(b)))
    event_type = told_type(a)
    if _way(a, b) < 0:
        return NEVER, "the one acts on the other the other way round"
    value = SAME_SIDES if event_type in ONCE_A_DAY else SAME_SIDES_OF_MANY
    if event_type in DAILY:
        value = SAME_SIDES_DAILY
    if ours == theirs:
        if len(ours) == 1:
            return ONE_SIDE, f"the same side and type ({event_type})"
        return value, f"the same sides and type ({event_type})"
    most = max(ours, theirs, key=len)
    if not (ours < theirs or theirs < ours) or len(most) > GATHERING:
        return NEVER, "other sides take part"
    return value - FEWER_SIDES, f"the same type ({event_type}), the sides of one among those of the other"


def _days(a: Event, b: Event) -> Verdict:
    first = days(a.due if a.status == "future" and a.due else a.date)
    second = days(b.due if b.status == "future" and b.due else b.date)
    if not first or not second:
        return 0.0, ""
    apart = max(0, max(first[0], second[0]) - min(first[1], second[1]))
    allowed = window(told_type(a))
    if apart > allowed:
        return NEVER, f"{apart} days apart"
    if apart:
        return NEAR_DAY * (1 - apart / (allowed + 1)), f"{apart} {'day' if apart == 1 else 'days'} apart"
    coarse = max(first[1] - first[0], second[1] - second[0])
    if coarse == 0:
        return SAME_DAY, "both on the same day"
    # A month or a year holds many meetings; the narrower the coarser date, the more it says.
    return NEAR_DAY / (1 + coarse / 7), "dates that do not exclude one another"


def _modes(a: Event, b: Event) -> Verdict:
    ours, theirs = _mode(a), _mode(b)
    if not ours or not theirs:
        return 0.0, ""
    if ours != theirs:
        return NEVER, f"{ours} is not {theirs}"
    return SAME_VISIT if ours == "visit" else SAME_MODE * _weight(a), f"both {ours}"


def _weight(event: Event) -> float:
    several = len({*parties(event)[0], *parties(event)[1]}) > 1
    return 1.0 if several and told_type(event) not in DAILY else OF_MANY


def _places(a: Event, b: Event) -> Verdict:
    if not a.place or not b.place:
        return 0.0, ""
    ours, theirs = a.place, b.place
    if ours.country and theirs.country and ours.country != theirs.country:
        return NEVER, f"one in {ours.country}, the other in {theirs.country}"
    if not ours.name or not theirs.name:
        return 0.0, ""
    if ours.name == theirs.name:
        return SAME_PLACE * _weight(a), f"both in {ours.name}"
    # "Gaza" and "Gaza City" are one place; of a town and its country, or a capital, it cannot be told.
    if (
        ours.name in theirs.name
        or theirs.name in ours.name
        or not (telling_words(ours.name) and telling_words(theirs.name))
    ):
        return 0.0, ""
    return -OTHER_PLACE, f"one at {ours.name}, the other at {theirs.name}"


def _persons_of(a: Event, b: Event) -> Verdict:
    ours, theirs = _persons(a), _persons(b)
    common = ours.keys() & theirs.keys()
    if any(not ours[country] & theirs[country] for country in common):
        return NEVER, "different persons act"
    value, reasons = 0.0, []
    if common:
        sides = {*parties(a)[0], *parties(a)[1]}
        every = 1 < len(sides) == len(common)
        value = SAME_PERSONS if every else SAME_PERSON
        reasons.append("the same persons" if every else "the same person")
    unknown = [_unnamed(one) for one in (a, b)]
    if all(unknown) and not unknown[0] & unknown[1]:
        value -= OTHER_PEOPLE
        reasons.append("other people beside them")
    return value, ", ".join(reasons)


def _unnamed(event: Event) -> frozenset[str]:
    """The words for those who take part and of whom no state is known: the crew, the co-chairs, an enterprise."""
    others = [entity.text for entity in (*event.actors, *event.recipients) if not entity.country]
    return telling_words(" ".join(others))


def _figures(a: Event, b: Event) -> Verdict:
    ours, theirs = counts(a.evidence.text), counts(b.evidence.text)
    if not ours or not theirs:
        return 0.0, ""
    if shared := ours & theirs:
        return SAME_NUMBERS, f"the same number ({max(shared):g})"
    return -OTHER_NUMBERS, "other numbers"


def _names(event: Event) -> frozenset[str]:
    named = [one for one in (*event.actors, *event.recipients, event.speaker) if one and one.office]
    return telling_words(" ".join(f"{one.name} {one.text}" for one in named))


def _told(a: Event, b: Event) -> Verdict:
    # That the same persons act is said already; their names tell nothing more.
    persons = _names(a) | _names(b)
    ours, theirs = telling_words(a.evidence.text) - persons, telling_words(b.evidence.text) - persons
    value, reasons = 0.0, []
    several = len({*parties(a)[0], *parties(a)[1]}) > 1
    one_document = several and a.evidence.document == b.evidence.document and told_type(a) == "CONSULT"
    if one_document:
        value += ONE_DOCUMENT
        reasons.append("told in one document")
    if a.evidence.text == b.evidence.text:
        return value + WORDS, ", ".join([*reasons, "in the same words"])
    shared = overlap(ours, theirs)
    fewest = min(len(ours), len(theirs))
    if shared:
        value += WORDS * shared * min(1.0, fewest / ENOUGH_WORDS)
        reasons.append(f"{round(100 * shared)}% of the telling words of the shorter in both")
    elif fewest >= ENOUGH_WORDS and not one_document:
        value -= OTHER_WORDS
        reasons.append("no telling word in both")
    return value, ", ".join(reasons)


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
