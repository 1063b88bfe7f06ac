"""Scores how far two claims that are no events tell of the same: statements, instruments, channels, disputes, times."""

from __future__ import annotations

from dragoman.model import Agreement, Commitment, Dispute, Interval, Mechanism, Statement
from dragoman.reconcile.blocks import MADE, days
from dragoman.reconcile.words import content_words, has_word, likeness, overlap, own_words, proper_names

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
#: So many words must say what an instrument without a name is about.
FEW_WORDS = 2
#: A date that covers more days than this tells no instrument from another.
MONTH = 31


def agreements(a: Agreement, b: Agreement) -> Verdict:
    """How alike two instruments of the same parties are."""
    first, second = days(a.date), days(b.date)
    near = bool(first and second and max(first[0], second[0]) - min(first[1], second[1]) <= 2)
    narrow = bool(first and second and max(first[1] - first[0], second[1] - second[0]) <= MONTH)
    made = a.status in MADE - {""} and b.status in MADE - {""}
    if made and first and second and max(first[0], second[0]) - min(first[1], second[1]) > APART:
        return NOT_THE_SAME, "made at different times"
    if has_word(a.name, "several_instruments") != has_word(b.name, "several_instruments"):
        return NOT_THE_SAME, "one instrument, the other several"
    ours, theirs = (own_words(one.name, "weak_names") - _kind(one) for one in (a, b))
    if a.agreement_kind != b.agreement_kind and not _any_kind(a, ours) and not _any_kind(b, theirs):
        return NOT_THE_SAME, f"one a {a.agreement_kind}, the other a {b.agreement_kind}"
    about = overlap(content_words(a.subject or a.evidence.text), content_words(b.subject or b.evidence.text))
    matter = (own_words(one.subject or one.evidence.text, "weak_names") for one in (a, b))
    if not near and not (ours and theirs) and min(map(len, matter)) < FEW_WORDS:
        return 0.1, "The same parties, too few words to tell which instrument."
    if not ours or not theirs:
        # "the agreement" names nothing: only the days and the matter can tell it from others of the same parties.
        total = (0.4 if near and narrow else 0.1) + 0.4 * about
        reasons = ["the same parties", "no name of its own", f"{round(100 * about)}% of the words in both"]
        said = proper_names(a.evidence.text) & proper_names(b.evidence.text)
        apart = not said - proper_names(f"x {a.name}") - proper_names(f"x {b.name}")
        if a.evidence.document == b.evidence.document and a.evidence != b.evidence and not ours | theirs and apart:
            return NOT_THE_SAME, "told in one document, of other bodies"
    else:
        alike = likeness(ours, theirs)
        total = 0.6 * alike + (0.15 if near else 0.0) + 0.25 * about
        reasons = ["the same parties", f"names {round(100 * alike)}% alike"]
    if near:
        reasons.append("on the same days")
    return min(1.0, round(total, 4)), sentence(reasons)


def _kind(one: Agreement) -> frozenset[str]:
    return own_words(one.agreement_kind, "weak_names") | own_words("agreement treaty deal statement", "weak_names")


def _any_kind(one: Agreement, own: frozenset[str]) -> bool:
    """Whether the words fit an instrument of any kind; with a name of its own it is what its name says."""
    return not one.agreement_kind or (has_word(one.agreement_kind, "any_instrument") and not own)


def named(a: Mechanism | Dispute, b: Mechanism | Dispute) -> Verdict:
    """How alike two channels or two disputes of the same parties are."""
    if isinstance(a, Mechanism) and isinstance(b, Mechanism) and a.level and b.level and a.level != b.level:
        return NOT_THE_SAME, f"one at the level of {a.level}, the other of {b.level}"
    alike = likeness(content_words(a.name), content_words(b.name))
    ours, theirs = own_words(a.name, "channels"), own_words(b.name, "channels")
    if (a.name.casefold() == b.name.casefold() and a.name) or (ours and ours == theirs):
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
