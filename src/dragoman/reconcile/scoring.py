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
    Event,
    Figure,
    Interval,
    Known,
    Mechanism,
    Statement,
)
from dragoman.reconcile import meetings, others, wording
from dragoman.reconcile.blocks import days, lasting, told_type, window
from dragoman.reconcile.others import NOT_THE_SAME, Verdict, sentence
from dragoman.reconcile.people import (
    beside,
    opposite,
    other_places,
    persons,
    shared,
    unnamed,
)
from dragoman.reconcile.sides import all_sides, other_names, sides
from dragoman.reconcile.traits import DAILY, NEVER, ONCE_A_DAY, TALK, before, countries, mode, one_side_of, spoken
from dragoman.reconcile.words import is_state, ordinals, telling_words

THRESHOLD = 0.5

#: What the same sides and type say by themselves. Two states meet or cut ties once a day as a rule; of promises,
#: thanks, accusations and blows one day brings many, so there the words must agree as well. Within one state even
#: meetings are many.
SAME_SIDES, SAME_SIDES_OF_MANY, SAME_SIDES_DAILY, ONE_SIDE = 0.25, 0.16, 0.1, 0.0
SAME_DAY, NEAR_DAY, SAME_MODE, SAME_PLACE, OTHER_PLACE = 0.2, 0.15, 0.1, 0.15, 0.15
#: What mode and place say there, as a share of what they say elsewhere.
OF_MANY = 0.5
#: Nobody visits the same state twice in two days.
SAME_VISIT = 0.15
#: The same person on every side, or on one of two: a president meets many in a day, and speaks of many things at once.
SAME_PERSONS, SAME_PERSON, OTHER_PEOPLE, OTHER_NAMES = 0.2, 0.1, 0.15, 0.2
#: Three or more meet more seldom than two.
SEVERAL, FEWER_SIDES, FEWER_WHO_THANK = 0.1, 0.05, 0.15
#: Told as background, and dated by the document alone: it was some day before, and nobody knows which.
BEFORE = {"CONSULT": 0.05, "SUPPORT": 0.0, "AGREE": 0.0, "ACCUSE": 0.05, "REQUEST": 0.05, "THREATEN": 0.05}
BEFORE_ELSE = 0.15
#: A stretch of more days than this is no date; what is dated so must be told by its words.
MONTHS, VAGUE = 100, 0.1
#: A call is dated by its own day, or by the day of the paper that came after it.
PHONE_WINDOW = 1
#: Beyond so many sides a smaller meeting is a part of the gathering, not the same.
GATHERING = 3
#: A visit and the talks for which it is made.
ONE_VISIT = 0.15
#: Talks that are had again and again are not the meeting of a day.
AGAIN_AND_AGAIN = 0.3
#: "The second round" is not the third.
SAME_ROUND, OTHER_ROUND = 0.1, 0.15
#: In a war the next day brings another attack.
NEXT_DAY = 0.1
#: There is one invasion, one annexation.
LASTING = 0.8


def score(one: Known, two: Known) -> Verdict:
    """How alike two claims of one block are, from 0 (they contradict) to 1, with the reason; in either order."""
    if two.claim.id < one.claim.id:
        one, two = two, one
    a, b = one.claim, two.claim
    match a, b:
        case Event(), Event():
            return _events(a, b)
        case Statement(), Statement():
            return others.statements(a, b)
        case Agreement(), Agreement():
            return others.agreements(a, b)
        case Mechanism(), Mechanism():
            return others.named(a, b)
        case Dispute(), Dispute():
            return others.named(a, b)
        case Figure(), Figure():
            return (
                1.0,
                f"the same figure: {a.measure} {a.value if a.value is not None else a.change} {a.unit}",
            )
        case Interval(), Interval():
            return others.intervals(a, b)
        case Commitment(), Commitment():
            return others.commitments(a, b)
    return NOT_THE_SAME, "of different kinds"


def _events(a: Event, b: Event) -> Verdict:
    if a.evidence == b.evidence and before(a) != before(b) and not meetings.own_background(a, b):
        return NOT_THE_SAME, "one sentence tells them apart"
    value, reason = _sides(a, b)
    if value < 0:
        return NOT_THE_SAME, reason
    if (word := lasting(a)) and word == lasting(b) and _modes(a, b)[0] > NEVER:
        return LASTING, sentence([reason, f"both of the {word}"])
    total, reasons = value, [reason]
    for step in (
        _days,
        _modes,
        _places,
        _persons_of,
        wording.figures,
        wording.names_of,
        _meeting,
        wording.deed,
        wording.told,
    ):
        value, reason = step(a, b)
        if value <= NEVER:
            return NOT_THE_SAME, reason
        total += value
        if reason:
            reasons.append(reason)
    # Zero is kept for what contradicts.
    return max(0.01, min(1.0, round(total, 4))), sentence(reasons)


def _sides(a: Event, b: Event) -> Verdict:
    """What the sides say: the same, or those of the one among those of the other."""
    ours, theirs = all_sides(a), all_sides(b)
    if theirs in other_names(a) or ours in other_names(b):
        ours = theirs
    event_type = told_type(a)
    if event_type == "CONSULT" and (table := meetings.one_table(a, b)):
        ours = theirs = table
    if _way(a, b) < 0:
        return NEVER, "the one acts on the other the other way round"
    value = SAME_SIDES if event_type in ONCE_A_DAY else SAME_SIDES_OF_MANY
    if event_type in DAILY:
        value = SAME_SIDES_DAILY
    if ours == theirs:
        if len(ours) > 2:
            return value + SEVERAL, f"the same {len(ours)} sides and type ({event_type})"
        if len(ours) == 1:
            return ONE_SIDE, f"the same side and type ({event_type})"
        return value, f"the same sides and type ({event_type})"
    most = max(ours, theirs, key=len)
    if not (ours < theirs or theirs < ours) or len(most) > GATHERING:
        return NEVER, "other sides take part"
    if (
        mode(a) == mode(b) == "visit"
        and a.recipients
        and b.recipients
        and not countries(a.actors) & countries(b.actors)
    ):
        return NEVER, "others visit"
    if event_type == "CONSULT" and all(len(persons(one)) == len(all_sides(one)) for one in (a, b)):
        return NEVER, "a meeting of some of those who meet in the other"
    if event_type != "CONSULT" and a.recipients and b.recipients and not set(sides(a)[1]) & set(sides(b)[1]):
        return NEVER, "done to others"
    fewer = FEWER_WHO_THANK if event_type == "SUPPORT" else FEWER_SIDES
    return value - fewer, f"the same type ({event_type}), the sides of one among those of the other"


def _days(a: Event, b: Event) -> Verdict:
    first = days(a.due if a.status == "future" and a.due else a.date)
    second = days(b.due if b.status == "future" and b.due else b.date)
    if not first or not second:
        return 0.0, ""
    apart = max(0, max(first[0], second[0]) - min(first[1], second[1]))
    allowed = window(told_type(a), mode(a)) if mode(a) == mode(b) else window(told_type(a))
    if apart > allowed:
        return NEVER, f"{apart} days apart"
    if apart > PHONE_WINDOW and mode(a) == mode(b) == "phone":
        return NEVER, "calls on different days"
    if told_type(a) == "CONSULT" and meetings.own_background(a, b) and "historical" in (a.status, b.status):
        return SAME_DAY, "the talks of its own report"
    if before(a) or before(b):
        return BEFORE.get(told_type(a), BEFORE_ELSE), "one told as background, on no day of its own"
    if meetings.unknown_day(a) or meetings.unknown_day(b):
        return BEFORE.get(told_type(a), BEFORE_ELSE), "one to come on a day that is not said"
    if apart and told_type(a) in DAILY:
        return -NEXT_DAY, f"{apart} {'day' if apart == 1 else 'days'} apart"
    if apart:
        return NEAR_DAY * (1 - apart / (allowed + 1)), f"{apart} {'day' if apart == 1 else 'days'} apart"
    coarse = max(first[1] - first[0], second[1] - second[0])
    if coarse == 0:
        return SAME_DAY, "both on the same day"
    if first == second and coarse > 0:
        return NEAR_DAY * OF_MANY, "both on the same unknown day of a month or year"
    if told_type(a) == "CONSULT" and meetings.one_table(a, b) and a.status == b.status == "actual":
        return NEAR_DAY, "one dated by what was talked about"
    if coarse > MONTHS:
        return -VAGUE, "one on an unknown day of many months"
    # A month or a year holds many meetings; the narrower the coarser date, the more it says.
    return NEAR_DAY / (1 + coarse / 7), "dates that do not exclude one another"


#: Who blew up a bomb is often told a day later.
ONE_BLAST = {"explosives", "suicide-attack"}
#: Two states alone meet in no other way at a conference than on a visit.
TABLES = {"multilateral", "visit", "third-party"}


def _modes(a: Event, b: Event) -> Verdict:
    ours, theirs = mode(a), mode(b)
    if not ours or not theirs:
        return 0.0, ""
    if {ours, theirs} == ONE_BLAST or (ours != theirs and {ours, theirs} <= TABLES and len(all_sides(a)) == 2):
        return 0.0, ""
    if ours != theirs:
        return NEVER, f"{ours} is not {theirs}"
    return SAME_VISIT if ours == "visit" else SAME_MODE * _weight(a), f"both {ours}"


def _weight(event: Event) -> float:
    several = len(all_sides(event)) > 1
    return 1.0 if several and told_type(event) not in DAILY else OF_MANY


def _places(a: Event, b: Event) -> Verdict:
    if not a.place or not b.place:
        return 0.0, ""
    ours, theirs = a.place, b.place
    if told_type(a) == "CONSULT" and a.evidence.document == b.evidence.document:
        return 0.0, ""  # what talks are about is easily taken for where they are held
    if ours.country and theirs.country and ours.country != theirs.country:
        return NEVER, f"one in {ours.country}, the other in {theirs.country}"
    if not ours.name or not theirs.name:
        return 0.0, ""
    if ours.name == theirs.name and is_state(ours.name):
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
    ours, theirs = persons(a), persons(b)
    common = ours.keys() & theirs.keys()
    if any(not ours[country] & theirs[country] for country in common):
        return NEVER, "different persons act"
    value, reasons = 0.0, []
    if common:
        every = 1 < len(all_sides(a)) == len(common)
        value = (SAME_PERSONS if every else SAME_PERSON) * (1.0 if told_type(a) in ONCE_A_DAY else OF_MANY)
        if mode(a) == mode(b) == "resign":
            value = SAME_PERSONS
        elif told_type(a) == "SUPPORT" and spoken(a) and spoken(b):
            value = 0.0  # who speaks and who is spoken to are the same all through a speech
        reasons.append("the same persons" if every else "the same person")
    if one_side_of(a) and shared(a, b):
        value += SAME_PERSON
        reasons.append("the same people")
    unknown = [unnamed(one) for one in (a, b)]
    if (
        (all(unknown) and not unknown[0] & unknown[1])
        or ((one_side_of(a) or told_type(a) == "SUPPORT") and told_type(a) in TALK and beside(a, b))
        or (told_type(a) == "CONSULT" and opposite(a, b))
    ):
        value -= OTHER_PEOPLE
        reasons.append("other people beside them")
    if one_side_of(a) and told_type(a) == "SUPPORT" and other_places(a, b):
        value -= OTHER_NAMES
        reasons.append("other names")
    return value, ", ".join(reasons)


def _meeting(a: Event, b: Event) -> Verdict:
    if told_type(a) != "CONSULT":
        return 0.0, ""
    if meetings.announced(a, b):
        return NEVER, "one told as held, the other announced in the same document"
    if meetings.standing(a) != meetings.standing(b):
        return -AGAIN_AND_AGAIN, "one of talks that are had again and again"
    ours, theirs = ordinals(a.evidence.text), ordinals(b.evidence.text)
    if ours and theirs and not ours & theirs:
        return -OTHER_ROUND, "another in the row"
    if ours & theirs:
        return SAME_ROUND, f"the same in the row ({max(ours & theirs)})"
    if meetings.of_one_visit(a, b, (mode(a), mode(b))):
        return ONE_VISIT, "a visit and its talks"
    return 0.0, ""


def _way(a: Event, b: Event) -> int:
    """1 when the same sides act, -1 when actor and recipient are swapped, 0 when that cannot be told."""
    if countries(a.actors) == countries(b.actors):
        return 1
    first, second = countries(a.actors), countries(b.actors)
    swapped = (
        (first and second and not first & second)
        and first <= countries(b.recipients)
        and second <= countries(a.recipients)
    )
    # Of a talk either side may be told first; a visit or a blow has one direction.
    return -1 if swapped and not (told_type(a) == "CONSULT" and mode(a) != "visit") else 0
