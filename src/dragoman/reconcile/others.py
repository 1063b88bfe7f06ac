"""Scores how far two claims that are no events tell of the same: statements, instruments, channels, disputes, times."""

from __future__ import annotations

from dragoman.model import Agreement, Commitment, Dispute, Interval, Mechanism, Statement
from dragoman.reconcile.blocks import MADE, days
from dragoman.reconcile.words import content_words, likeness, overlap

Verdict = tuple[float, str]

NOT_THE_SAME = 0.0

#: So many content words make a clause one of a kind.
MANY_WORDS = 4


def sentence(reasons: list[str]) -> str:
    """Some reasons as one sentence."""
    text = ", ".join(reasons)
    return text[0].upper() + text[1:] + "."


def statements(a: Statement, b: Statement) -> Verdict:
    """How alike two statements of one block are."""
    if a.speaker and b.speaker and a.speaker.name and b.speaker.name and a.speaker.name != b.speaker.name:
        return NOT_THE_SAME, "different speakers"
    alike = likeness(content_words(a.quote or a.content), content_words(b.quote or b.content))
    # Quotes are cut at different places, so two thirds of the words are enough to be the same words.
    value = 1.0 if alike >= 0.999 else alike * 0.75
    return round(value, 4), f"The same speaker, {round(100 * alike)}% of the words the same."


#: Two instruments of the same parties made more days apart than this are two.
APART = 200


def agreements(a: Agreement, b: Agreement) -> Verdict:
    """How alike two instruments of the same parties are."""
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
    return min(1.0, round(total, 4)), sentence(reasons)


def named(a: Mechanism | Dispute, b: Mechanism | Dispute) -> Verdict:
    """How alike two channels or two disputes of the same parties are."""
    if isinstance(a, Mechanism) and isinstance(b, Mechanism) and a.level and b.level and a.level != b.level:
        return NOT_THE_SAME, f"one at the level of {a.level}, the other of {b.level}"
    alike = likeness(content_words(a.name), content_words(b.name))
    if a.name.casefold() == b.name.casefold() and a.name:
        alike = 1.0
    return round(alike * 0.8, 4), f"The same parties, names {round(100 * alike)}% alike."


def intervals(a: Interval, b: Interval) -> Verdict:
    """How alike two lengths of time are."""
    alike = overlap(content_words(a.of), content_words(b.of)) if a.of and b.of else 0.5
    return round(0.2 + 0.6 * alike, 4), "The same length of time since the same days, of the same matter."


def commitments(a: Commitment, b: Commitment) -> Verdict:
    """How alike two undertakings are."""
    first, second = days(a.due), days(b.due)
    if first and second and (first[0] > second[1] or second[0] > first[1]):
        return NOT_THE_SAME, "due at different times"
    ours, theirs = content_words(a.what), content_words(b.what)
    alike = likeness(ours, theirs)
    # Two or three words ("to prevent implementation") fit many undertakings.
    weight = 0.9 if min(len(ours), len(theirs)) >= MANY_WORDS or a.evidence == b.evidence else 0.45
    return round(alike * weight, 4), f"The same sides, {round(100 * alike)}% of the words of the undertaking the same."
