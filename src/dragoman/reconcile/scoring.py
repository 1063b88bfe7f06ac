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
from dragoman.reconcile import meetings, others
from dragoman.reconcile.blocks import days, lasting, told_type, window
from dragoman.reconcile.others import NOT_THE_SAME, Verdict, sentence
from dragoman.reconcile.people import (
    beside,
    names,
    opposite,
    other_names,
    others_act,
    persons,
    shared,
    swapped,
    unnamed,
)
from dragoman.reconcile.words import counts, has_word, is_state, ordinals, overlap, proper_names, telling_words

THRESHOLD = 0.5

#: What the same sides and type say by themselves. Two states meet or cut ties once a day as a rule; of promises,
#: thanks, accusations and blows one day brings many, so there the words must agree as well. Within one state even
#: meetings are many.
ONCE_A_DAY = frozenset({"CONSULT", "COOPERATE", "RETREAT", "CONCEDE", "SANCTION"})
#: In a war or an unrest the same place and means come every day.
DAILY = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE"})
SAME_SIDES, SAME_SIDES_OF_MANY, SAME_SIDES_DAILY, ONE_SIDE = 0.25, 0.16, 0.1, 0.0
SAME_DAY, NEAR_DAY, SAME_MODE, SAME_PLACE, WORDS = 0.2, 0.15, 0.1, 0.15, 0.4
#: What is done to people by words, so that other people make it another deed; who is struck in one blow, each tells
#: in words of their own.
TALK = frozenset({"CONSULT", "SUPPORT", "AGREE", "ACCUSE", "REQUEST", "REJECT"})
#: What mode and place say there, as a share of what they say elsewhere.
OF_MANY = 0.5
#: Nobody visits the same state twice in two days.
SAME_VISIT = 0.15
#: The same person on every side, or on one of two: a president meets many in a day, and speaks of many things at once.
SAME_PERSONS, SAME_PERSON = 0.2, 0.1
#: Within one state a document tells of many meetings: so many words of the shorter passage must be in both.
MOST = 0.6
#: Three or more meet more seldom than two.
SEVERAL = 0.1
#: Of promises, thanks and accusations one day brings many: so few common words are those of another.
FEW_WORDS, FEW, FEW_ONCE = 0.1, 0.3, 0.2
#: Told as background, and dated by the document alone: it was some day before, and nobody knows which.
BEFORE = {"CONSULT": 0.05, "SUPPORT": 0.0, "AGREE": 0.0, "ACCUSE": 0.05, "REQUEST": 0.05, "THREATEN": 0.05}
BEFORE_ELSE = 0.15
#: A stretch of more days than this is no date; what is dated so must be told by its words.
MONTHS, VAGUE = 100, 0.1
#: A call is dated by its own day, or by the day of the paper that came after it.
PHONE_WINDOW = 1
#: Talks are told point by point: what one document says of the same sides on the same day is mostly of one meeting.
ONE_DOCUMENT = 0.1
#: A message congratulates, praises and wishes well in a few sentences of a report; in a speech each is said by itself,
#: unless so many of its words come again.
ONE_MESSAGE, SAME_MATTER = 0.15, 0.7
#: Said again on another day, it is another deed.
SAID = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "THREATEN", "AGREE"})
SAME_NUMBERS, OTHER_NUMBERS, FEWER_SIDES, FEWER_WHO_THANK, OTHER_SPEECH = 0.1, 0.15, 0.05, 0.15, 0.2
OTHER_PLACE, OTHER_WORDS, OTHER_PEOPLE, OTHER_NAMES = 0.15, 0.15, 0.15, 0.2
#: So many telling words must be there before their share says all that it can.
ENOUGH_WORDS, ENOUGH_WITHIN = 2, 3
#: A visit and the talks for which it is made.
ONE_VISIT = 0.15
#: Talks that are had again and again are not the meeting of a day.
AGAIN_AND_AGAIN = 0.3
#: In a war the next day brings another attack; the same place name, ship or person in both says more.
NEXT_DAY = 0.1
#: Names that stand in both sentences beside those who act, for each of at most two; and where each has others.
SAME_NAME, MOST_NAMES, NAMES_APART = 0.07, 2, 0.1
#: A document that says "also" tells another deed.
FURTHER = 0.35
#: "The second round" is not the third.
SAME_ROUND, OTHER_ROUND = 0.1, 0.15
#: There is one invasion, one annexation.
LASTING = 0.8
#: "The shelling", a few sentences (so many characters) after it was told.
TOLD_AGAIN, NEXT_SENTENCES = 0.2, 600
#: In long reports the share is small; each common word beyond three says more by so much.
MORE_WORDS, MOST_WORDS = 0.04, 3
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
    if a.evidence == b.evidence and _before(a) != _before(b) and not meetings.own_background(a, b):
        return NOT_THE_SAME, "one sentence tells them apart"
    sides, reason = _sides(a, b)
    if sides < 0:
        return NOT_THE_SAME, reason
    if (word := lasting(a)) and word == lasting(b) and _modes(a, b)[0] > NEVER:
        return LASTING, sentence([reason, f"both of the {word}"])
    total, reasons = sides, [reason]
    for step in (_days, _modes, _places, _persons_of, _figures, _names, _meeting, _deed, _told):
        value, reason = step(a, b)
        if value <= NEVER:
            return NOT_THE_SAME, reason
        total += value
        if reason:
            reasons.append(reason)
    # Zero is kept for what contradicts.
    return max(0.01, min(1.0, round(total, 4))), sentence(reasons)


def one_side_of(event: Event) -> bool:
    """Whether it happened within one state."""
    return len(_sides_of(event)) == 1


def _sides_of(event: Event) -> set[str]:
    return {*parties(event)[0], *parties(event)[1]}


#: A step that says so keeps the two apart, whatever else they share.
NEVER = -1.0


def _sides(a: Event, b: Event) -> Verdict:
    """What the sides say: the same, or those of the one among those of the other."""
    ours, theirs = ({*one[0], *one[1]} for one in (parties(a), parties(b)))
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
        _mode(a) == _mode(b) == "visit"
        and a.recipients
        and b.recipients
        and not _countries(a.actors) & _countries(b.actors)
    ):
        return NEVER, "others visit"
    if event_type == "CONSULT" and all(len(persons(one)) == len(_sides_of(one)) for one in (a, b)):
        return NEVER, "a meeting of some of those who meet in the other"
    if event_type != "CONSULT" and a.recipients and b.recipients and not set(parties(a)[1]) & set(parties(b)[1]):
        return NEVER, "done to others"
    fewer = FEWER_WHO_THANK if event_type == "SUPPORT" else FEWER_SIDES
    return value - fewer, f"the same type ({event_type}), the sides of one among those of the other"


def _days(a: Event, b: Event) -> Verdict:
    first = days(a.due if a.status == "future" and a.due else a.date)
    second = days(b.due if b.status == "future" and b.due else b.date)
    if not first or not second:
        return 0.0, ""
    apart = max(0, max(first[0], second[0]) - min(first[1], second[1]))
    allowed = window(told_type(a), _mode(a)) if _mode(a) == _mode(b) else window(told_type(a))
    if apart > allowed:
        return NEVER, f"{apart} days apart"
    if apart > PHONE_WINDOW and _mode(a) == _mode(b) == "phone":
        return NEVER, "calls on different days"
    if told_type(a) == "CONSULT" and meetings.own_background(a, b) and "historical" in (a.status, b.status):
        return SAME_DAY, "the talks of its own report"
    if _before(a) or _before(b):
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


def _before(event: Event) -> bool:
    return event.status == "historical" and event.date is not None and event.date.how == "document"


#: Who blew up a bomb is often told a day later.
ONE_BLAST = {"explosives", "suicide-attack"}
#: Two states alone meet in no other way at a conference than on a visit.
TABLES = {"multilateral", "visit", "third-party"}


def _modes(a: Event, b: Event) -> Verdict:
    ours, theirs = _mode(a), _mode(b)
    if not ours or not theirs:
        return 0.0, ""
    if {ours, theirs} == ONE_BLAST or (ours != theirs and {ours, theirs} <= TABLES and len(_sides_of(a)) == 2):
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
        sides = {*parties(a)[0], *parties(a)[1]}
        every = 1 < len(sides) == len(common)
        value = (SAME_PERSONS if every else SAME_PERSON) * (1.0 if told_type(a) in ONCE_A_DAY else OF_MANY)
        if _mode(a) == _mode(b) == "resign":
            value = SAME_PERSONS
        elif told_type(a) == "SUPPORT" and _spoken(a) and _spoken(b):
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
    if one_side_of(a) and told_type(a) == "SUPPORT" and other_names(a, b):
        value -= OTHER_NAMES
        reasons.append("other names")
    return value, ", ".join(reasons)


def _figures(a: Event, b: Event) -> Verdict:
    ours, theirs = counts(a.evidence.text), counts(b.evidence.text)
    if not ours or not theirs:
        return 0.0, ""
    if shared := ours & theirs:
        return SAME_NUMBERS, f"the same number ({max(shared):g})"
    if has_word(a.evidence.text, "tolls") or has_word(b.evidence.text, "tolls"):
        return 0.0, "a later count"
    return -OTHER_NUMBERS, "other numbers"


def _names(a: Event, b: Event) -> Verdict:
    """What names of places, people and ships say, beside those of who acts."""
    if told_type(a) in ("CONSULT", "SUPPORT"):
        return 0.0, ""
    known = names(a) | names(b) | _telling_place(a, b)
    ours, theirs = (proper_names(one.evidence.text) - known for one in (a, b))
    first, second = (telling_words(one.evidence.text) for one in (a, b))
    common = (ours & second) | (theirs & first)
    value, reason = 0.0, ""
    if common:
        value = SAME_NAME * min(MOST_NAMES, len(common))
        reason = "a name in both" if len(common) == 1 else f"{len(common)} names in both"
    numbers = counts(a.evidence.text) & counts(b.evidence.text)
    if ours - second and theirs - first and not numbers:
        value -= NAMES_APART
        reason = f"{reason}, each with names of its own".removeprefix(", ")
    return value, reason


def _telling_place(a: Event, b: Event) -> frozenset[str]:
    """The words of the place that both have: it is counted as a place."""
    same = a.place and b.place and a.place.name == b.place.name
    return telling_words(a.place.name) if same and a.place else frozenset()


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
    if meetings.of_one_visit(a, b, (_mode(a), _mode(b))):
        return ONE_VISIT, "a visit and its talks"
    return 0.0, ""


def _deed(a: Event, b: Event) -> Verdict:
    """What speaks for another deed, or for one that goes on."""
    if told_type(a) == "CONSULT":
        return 0.0, ""
    if swapped(a, b) and one_side_of(a):
        return NEVER, "who does it in the one has it done to them in the other"
    if told_type(a) not in DAILY and others_act(a, b):
        return NEVER, "the deed of another firm or body"
    if a.evidence.document == b.evidence.document and told_type(a) != "SUPPORT" and not _spoken(a):
        if has_word(a.evidence.text, "further") != has_word(b.evidence.text, "further"):
            return -FURTHER, "one told as a further deed"
    if _told_again(a, b):
        return TOLD_AGAIN, "named again in the same report"
    return 0.0, ""


def _told_again(a: Event, b: Event) -> bool:
    """Whether the later sentence of a report names the deed as known: "the shelling", "his arrest"."""
    if a.evidence.document != b.evidence.document or _spoken(a) or a.evidence == b.evidence:
        return False
    later = max(a, b, key=lambda one: one.evidence.start)
    if later.trigger is None or abs(a.evidence.start - b.evidence.start) > NEXT_SENTENCES:
        return False
    before = later.evidence.text[: max(0, later.trigger.start - later.evidence.start)].split()
    return bool(before) and has_word(before[-1], "told") and has_word(later.trigger.text, "deeds")


def _told(a: Event, b: Event) -> Verdict:
    # That the same persons act is said already; their names tell nothing more.
    known = names(a) | names(b)
    ours, theirs = telling_words(a.evidence.text) - known, telling_words(b.evidence.text) - known
    value, reasons = 0.0, []
    several = len({*parties(a)[0], *parties(a)[1]}) > 1
    one_document = several and a.evidence.document == b.evidence.document and told_type(a) == "CONSULT"
    if one_document and (opposite(a, b) or not meetings.own_background(a, b)):
        one_document = False
    if one_document:
        value += ONE_DOCUMENT
        reasons.append("told in one document")
    if _one_message(a, b):
        value += ONE_MESSAGE
        reasons.append("of one message")
    if told_type(a) == "SUPPORT" and _spoken(a) and _spoken(b) and overlap(ours, theirs) < SAME_MATTER:
        value -= OTHER_SPEECH
        reasons.append("said of other matters")
    elif told_type(a) in SAID and a.date != b.date and _spoken(a) and _spoken(b):
        value -= OTHER_SPEECH
        reasons.append("said on two occasions")
    if a.evidence.text == b.evidence.text:
        return value + WORDS, ", ".join([*reasons, "in the same words"])
    alike = overlap(ours, theirs)
    fewest = min(len(ours), len(theirs))
    enough = ENOUGH_WITHIN if told_type(a) == "SUPPORT" or not several or _before(a) or _before(b) else ENOUGH_WORDS
    if alike:
        value += WORDS * alike * min(1.0, fewest / enough)
        value += MORE_WORDS * min(MOST_WORDS, max(0, len(ours & theirs) - ENOUGH_WITHIN))
        reasons.append(f"{round(100 * alike)}% of the telling words of the shorter in both")
        if not several and told_type(a) == "CONSULT" and a.evidence.document == b.evidence.document and alike >= MOST:
            value += ONE_DOCUMENT
            reasons.append("told in one document")
        few = FEW_ONCE if told_type(a) in ONCE_A_DAY else FEW
        numbers = counts(a.evidence.text) & counts(b.evidence.text)
        if alike < few and not numbers and told_type(a) not in DAILY and told_type(a) != "CONSULT":
            value -= FEW_WORDS
    elif counts(a.evidence.text) & counts(b.evidence.text):
        pass
    elif fewest >= ENOUGH_WORDS and not one_document and not _one_message(a, b) and "visit" not in (_mode(a), _mode(b)) and not _same_table(a, b):
        value -= OTHER_WORDS
        reasons.append("no telling word in both")
    return value, ", ".join(reasons)


def _same_table(a: Event, b: Event) -> bool:
    """Whether the same persons sit on every side, or it is the same summit: then words need not come again."""
    if told_type(a) != "CONSULT" or one_side_of(a):
        return False
    if (_mode(a) == _mode(b) == "multilateral" or meetings.planned(a, b)) and _sides_of(a) == _sides_of(b):
        return True
    ours, theirs = persons(a), persons(b)
    return len(_sides_of(a)) == len(ours.keys() & theirs.keys())


def _spoken(event: Event) -> bool:
    return has_word(event.evidence.text, "first_person")


def _one_message(a: Event, b: Event) -> bool:
    """Whether a report tells of one message in several sentences: congratulations, praise and wishes."""
    return (
        told_type(a) == "SUPPORT"
        and a.evidence.document == b.evidence.document
        and not one_side_of(a)
        and _countries(a.actors) == _countries(b.actors)
        and has_word(a.evidence.text, "spoken") == has_word(b.evidence.text, "spoken")
        and (has_word(a.evidence.text, "message") or has_word(b.evidence.text, "message"))
        and not _spoken(a)
        and not _spoken(b)
    )


def _mode(event: Event) -> str:
    return (event.of.mode if event.status == "future" and event.of else event.mode) or ""


def _countries(entities: tuple[Entity, ...]) -> frozenset[str]:
    return frozenset(entity.country for entity in entities if entity.country)


def _way(a: Event, b: Event) -> int:
    """1 when the same sides act, -1 when actor and recipient are swapped, 0 when that cannot be told."""
    if _countries(a.actors) == _countries(b.actors):
        return 1
    first, second = _countries(a.actors), _countries(b.actors)
    swapped = (
        (first and second and not first & second)
        and first <= _countries(b.recipients)
        and second <= _countries(a.recipients)
    )
    # Of a talk either side may be told first; a visit or a blow has one direction.
    return -1 if swapped and not (told_type(a) == "CONSULT" and _mode(a) != "visit") else 0
