"""Scores what the sentences of two events say beside who, when and where: names, numbers, words."""

from __future__ import annotations

from dragoman.model import Event
from dragoman.reconcile import meetings
from dragoman.reconcile.blocks import told_type
from dragoman.reconcile.others import Verdict
from dragoman.reconcile.people import names, opposite, others_act, persons, swapped
from dragoman.reconcile.sides import all_sides
from dragoman.reconcile.traits import DAILY, NEVER, ONCE_A_DAY, SAID, before, countries, mode, one_side_of, spoken
from dragoman.reconcile.words import counts, has_word, overlap, proper_names, telling_words

#: The share of the telling words of the shorter sentence that stand in both; in long reports the share is small, so
#: each common word beyond three says more by so much.
WORDS, OTHER_WORDS, MORE_WORDS, MOST_WORDS = 0.4, 0.15, 0.04, 3
#: So many telling words must be there before their share says all that it can.
ENOUGH_WORDS, ENOUGH_WITHIN = 2, 3
#: Of promises, thanks and accusations one day brings many: so few common words are those of another.
FEW_WORDS, FEW, FEW_ONCE = 0.1, 0.3, 0.2
#: Within one state a document tells of many meetings: so many words of the shorter passage must be in both.
MOST = 0.6
#: Talks are told point by point: what one document says of the same sides on the same day is mostly of one meeting.
ONE_DOCUMENT = 0.1
#: A message congratulates, praises and wishes well in a few sentences of a report; in a speech each is said by itself,
#: unless so many of its words come again. Said again on another day, it is another deed.
ONE_MESSAGE, SAME_MATTER, OTHER_SPEECH = 0.15, 0.7, 0.2
SAME_NUMBERS, OTHER_NUMBERS = 0.1, 0.15
#: Names that stand in both sentences beside those who act, for each of at most two; and where each has others.
SAME_NAME, MOST_NAMES, NAMES_APART = 0.07, 2, 0.1
#: A document that says "also" tells another deed.
FURTHER = 0.35
#: "The shelling", a few sentences (so many characters) after it was told.
TOLD_AGAIN, NEXT_SENTENCES = 0.2, 600


def figures(a: Event, b: Event) -> Verdict:
    """What the numbers in both say."""
    ours, theirs = counts(a.evidence.text), counts(b.evidence.text)
    if not ours or not theirs:
        return 0.0, ""
    if shared := ours & theirs:
        return SAME_NUMBERS, f"the same number ({max(shared):g})"
    if has_word(a.evidence.text, "tolls") or has_word(b.evidence.text, "tolls"):
        return 0.0, "a later count"
    return -OTHER_NUMBERS, "other numbers"


def names_of(a: Event, b: Event) -> Verdict:
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


def deed(a: Event, b: Event) -> Verdict:
    """What speaks for another deed, or for one that goes on."""
    if told_type(a) == "CONSULT":
        return 0.0, ""
    if swapped(a, b) and one_side_of(a):
        return NEVER, "who does it in the one has it done to them in the other"
    if told_type(a) not in DAILY and others_act(a, b):
        return NEVER, "the deed of another firm or body"
    beside = has_word(a.evidence.text, "further") != has_word(b.evidence.text, "further")
    if beside and a.evidence.document == b.evidence.document and told_type(a) != "SUPPORT" and not spoken(a):
        return -FURTHER, "one told as a further deed"
    if _told_again(a, b):
        return TOLD_AGAIN, "named again in the same report"
    return 0.0, ""


def _told_again(a: Event, b: Event) -> bool:
    """Whether the later sentence of a report names the deed as known: "the shelling", "his arrest"."""
    if a.evidence.document != b.evidence.document or spoken(a) or a.evidence == b.evidence:
        return False
    later = max(a, b, key=lambda one: one.evidence.start)
    if later.trigger is None or abs(a.evidence.start - b.evidence.start) > NEXT_SENTENCES:
        return False
    before = later.evidence.text[: max(0, later.trigger.start - later.evidence.start)].split()
    return bool(before) and has_word(before[-1], "told") and has_word(later.trigger.text, "deeds")


def told(a: Event, b: Event) -> Verdict:
    """What the telling words in both say, and one document or message that tells both."""
    # That the same persons act is said already; their names tell nothing more.
    known = names(a) | names(b)
    ours, theirs = telling_words(a.evidence.text) - known, telling_words(b.evidence.text) - known
    value, reasons = 0.0, []
    several = len(all_sides(a)) > 1
    one_document = several and a.evidence.document == b.evidence.document and told_type(a) == "CONSULT"
    if one_document and (opposite(a, b) or not meetings.own_background(a, b)):
        one_document = False
    if one_document:
        value += ONE_DOCUMENT
        reasons.append("told in one document")
    if _one_message(a, b):
        value += ONE_MESSAGE
        reasons.append("of one message")
    if told_type(a) == "SUPPORT" and spoken(a) and spoken(b) and overlap(ours, theirs) < SAME_MATTER:
        value -= OTHER_SPEECH
        reasons.append("said of other matters")
    elif told_type(a) in SAID and a.date != b.date and spoken(a) and spoken(b):
        value -= OTHER_SPEECH
        reasons.append("said on two occasions")
    if a.evidence.text == b.evidence.text:
        return value + WORDS, ", ".join([*reasons, "in the same words"])
    alike = overlap(ours, theirs)
    fewest = min(len(ours), len(theirs))
    enough = ENOUGH_WITHIN if told_type(a) == "SUPPORT" or not several or before(a) or before(b) else ENOUGH_WORDS
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
    elif (
        fewest >= ENOUGH_WORDS
        and not one_document
        and not _one_message(a, b)
        and "visit" not in (mode(a), mode(b))
        and not _same_table(a, b)
    ):
        value -= OTHER_WORDS
        reasons.append("no telling word in both")
    return value, ", ".join(reasons)


def _same_table(a: Event, b: Event) -> bool:
    """Whether the same persons sit on every side, or it is the same summit: then words need not come again."""
    if told_type(a) != "CONSULT" or one_side_of(a):
        return False
    if (mode(a) == mode(b) == "multilateral" or meetings.planned(a, b)) and all_sides(a) == all_sides(b):
        return True
    ours, theirs = persons(a), persons(b)
    return len(all_sides(a)) == len(ours.keys() & theirs.keys())


def _one_message(a: Event, b: Event) -> bool:
    """Whether a report tells of one message in several sentences: congratulations, praise and wishes."""
    return (
        told_type(a) == "SUPPORT"
        and a.evidence.document == b.evidence.document
        and not one_side_of(a)
        and countries(a.actors) == countries(b.actors)
        and has_word(a.evidence.text, "spoken") == has_word(b.evidence.text, "spoken")
        and (has_word(a.evidence.text, "message") or has_word(b.evidence.text, "message"))
        and not spoken(a)
        and not spoken(b)
    )
