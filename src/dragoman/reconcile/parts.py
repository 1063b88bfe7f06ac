"""Says which events are parts of others: bilateral talks and a signing at a summit are linked to it, not merged."""

from __future__ import annotations

from dragoman.model import Event, Item, parties
from dragoman.reconcile.blocks import days
from dragoman.reconcile.words import telling_words

#: From so many sides on a meeting is a gathering that may have parts.
GATHERING = 3
#: What happened on the eve or the day after may belong to it.
SLACK = 1
#: Something that joins the two must be there beside sides and days: the place, a document, or words.
WORDS = 2


def gathering(item: Item) -> bool:
    """Whether an event is one that others may be parts of."""
    claim = item.claim
    if not isinstance(claim, Event) or claim.event_type != "CONSULT" or claim.status in ("negated", "hypothetical"):
        return False
    sides = {*parties(claim)[0], *parties(claim)[1]}
    return len(sides) >= GATHERING


def part_of(part: Item, whole: Item) -> str:
    """The reason, a sentence, for which an event is a part of a gathering; empty when it is none."""
    ours, theirs = part.claim, whole.claim
    if part.id == whole.id or not gathering(whole) or not isinstance(ours, Event) or not isinstance(theirs, Event):
        return ""
    if ours.status in ("negated", "hypothetical"):
        return ""
    sides, all_sides = ({*one[0], *one[1]} for one in (parties(ours), parties(theirs)))
    first, second = days(ours.date), days(theirs.date)
    if not sides < all_sides or not first or not second:
        return ""
    if first[0] > second[1] + SLACK or second[0] > first[1] + SLACK or first[1] - first[0] > 7:
        return ""
    reasons = []
    if ours.place and theirs.place and ours.place.name and ours.place.name == theirs.place.name:
        reasons.append(f"both in {ours.place.name}")
    if shared := {link.document for link in part.links} & {link.document for link in whole.links}:
        reasons.append("told in one document" if len(shared) == 1 else f"told in {len(shared)} documents together")
    words = telling_words(ours.evidence.text) & telling_words(theirs.evidence.text)
    if len(words) >= WORDS:
        reasons.append(f"{len(words)} telling words in both")
    if not reasons:
        return ""
    return f"{', '.join(sorted(sides))} at a meeting of {len(all_sides)} on the same days, {', '.join(reasons)}."
