"""Agreements: the instruments that a sentence names, signs, adopts, ratifies, suspends or ends."""

from __future__ import annotations

import itertools
import re

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.instruments import RULES, Kind, gate, words_for
from dragoman.coding.signatories import as_members, made_by, own_parties, signers_of, states_of
from dragoman.coding.signing import MADE, date_of, find_status, verbs_of_signing
from dragoman.model import Agreement, Entity

__all__ = ["claims", "gate"]


#: No honest sentence names more instruments of a kind; a hostile one must not cost a minute.
_MOST = 16
_PLURAL_REACH = 30
#: What one of many does to an instrument of many.
_LEFT = frozenset({"ratified", "ended", "suspended"})
_JOINT = frozenset({"joint statement", "communiqué"})


def _made_here(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an instrument of many is made by several here, or joined or left by one; else it is only spoken of."""
    status, _, acts = find_status(sentence, start, end)
    if status in _LEFT:
        return True
    signers = signers_of(sentence, acts, start, alone=False) if status == "signed" and acts is not None else ()
    return len({one.country for one in signers if one.country} - phrases.BODIES) > 1


def claims(sentence: Sentence) -> list[Agreement]:
    """The agreements that one sentence tells of; works with and without a parse."""
    if not gate(sentence.passage.text):
        return []
    found: list[Agreement] = []
    taken: list[tuple[int, int]] = []
    for kind in words_for().kinds:
        matches = kind.form.finditer(sentence.document.text, sentence.passage.start, sentence.passage.end)
        for match in itertools.islice(matches, _MOST):
            if phrases.overlapping(taken, match.start(), match.end()):
                continue
            made = _claim(sentence, kind, match.start(), match.end(), taken)
            if made is not None:
                found.append(made)
    return sorted(found, key=lambda claim: claim.trigger.start if claim.trigger else 0)


def _claim(  # noqa: PLR0915  # one condition after another, each may say that it is no instrument
    sentence: Sentence, kind: Kind, start: int, end: int, taken: list[tuple[int, int]]
) -> Agreement | None:
    text, words = sentence.document.text, words_for()
    low, high = sentence.passage.start, sentence.passage.end
    name_start, name_end, named = _name(sentence, start, end)
    if named and any(other in text[name_start:name_end] for other in words.not_names):
        taken.append((name_start, name_end))
        return None
    if phrases.is_body(sentence, start, end) or (
        kind.kind == "deal" and _TO_DEAL.search(text, max(low, start - 12), start)
    ):
        return None
    known = next((states for name, states in words.known if named and name in text[name_start:name_end]), None)
    if known is not None and not known and not _made_here(sentence, name_start, name_end):
        taken.append((name_start, name_end))
        return None
    if not named and (words.not_before.search(text[max(low, start - 30) : start]) or words.not_after.match(text, end)):
        return None
    if kind.named and not named and not re.search(r"\b(?:a|joint|the)\s+$", text[max(low, start - 12) : start]):
        return None
    status, rule, acts = find_status(sentence, name_start, name_end)
    if not named and kind.kind == "agreement" and (words.small.match(text, end) or _TO_DRAFT.match(text, end, high)):
        return None  # "reached an agreement to continue talks"
    if kind.named and status not in {"signed", "adopted", "announced"}:
        return None
    between, own = own_parties(sentence, name_start, name_end)
    signers = signers_of(sentence, acts, name_start, alone=bool(own)) if acts is not None else ()
    signers = made_by(sentence, name_end) or signers
    if status == "signed" and words.preliminary.search(text, max(low, name_start - 30), min(high, name_end + 20)):
        status = "announced"
    parties = own if between else phrases.distinct((*signers, *own))
    # "At the meeting of the SCO leaders X and Y signed": two states that sign do so for themselves
    two = len({one.country for one in signers if len(one.country) == 3} - phrases.BODIES) > 1
    many_sided = known is not None and not known
    if many_sided:
        parties = signers  # of many: only who signs, ratifies or leaves it is told of
    body = as_members(sentence, name_start) if status in MADE and not between and not two else None
    parties = (body,) if body is not None else parties
    date = date_of(sentence, name_start, name_end, acts, status)
    now = sentence.dates.fallback
    if date is not None and now is not None and date.start > now.end and status in {"signed", "adopted"}:
        date, status = None, "announced"
    if not _enough(kind, named, between, status, parties, stated=date is not None and date.how != "document"):
        return None
    if len(parties) < 2 and status in MADE and acts is None and body is None and not many_sided:
        # "Following the Russian-Bulgarian talks, an agreement was signed": the only two that the sentence names
        wide = states_of(phrases.named_between(sentence, low, high))
        parties = (
            wide
            if len(wide) == 2 and all(any(phrases.same_party(one, other) for other in wide) for one in parties)
            else parties
        )
    if (
        body is None
        and not many_sided
        and len(parties) < 2
        and (named or status in {"signed", "adopted", "in force", "not yet in force", "ratified"})
    ):
        wide = states_of(phrases.named_between(sentence, low, high)) if named or kind.need == "little" else parties
        parties = wide if len(parties) < len(wide) <= 4 else parties
        # "the attempt to adopt X": nobody here speaks of an instrument of the two
        ours = phrases.group_form().search(text, low, high) or _OURS.search(text, low, high)
        if (status and (status != "announced" or ours)) or parties or kind.kind in _JOINT:
            parties = phrases.with_pair(sentence, parties)
    if (
        kind.named
        and len(parties) < 2
        and body is None
        and not re.search(r"\bjoint\s+$", text[max(low, start - 8) : start])
    ):
        return None  # "issued a statement on this": one side's own
    if not any(one.country for one in parties):
        return None  # banks, first ladies: nobody that a state stands behind
    dated = named and date is not None and date.how != "document"
    if not parties or (len(parties) < 2 and ((not status and not dated) or (status == "announced" and not named))):
        return None
    if (
        len(parties) < 2
        and body is None
        and not named
        and kind.need == "verb"
        and status in {"signed", "adopted", "announced", "in force"}
    ):
        return None
    if known:
        parties = tuple(
            next(
                (one for one in parties if one.country == code),
                Entity(text=name, start=None, end=None, name=name, country=code, how="known"),
            )
            for code, name in known
        )
    many = not named and kind.need == "verb" and text[start:end].lower().endswith("s")
    if many and (len(parties) < 2 or (acts is not None and start - acts[1] > _PLURAL_REACH and status == "announced")):
        return None
    taken.append((name_start, name_end))
    subject = _subject(text, start, end, name_end if named else end, high)
    return Agreement(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, start, end),
        id=phrases.claim_id(sentence, "agreement", start, end, kind.kind),
        name=phrases.squeeze(text[name_start:name_end]) if named else phrases.squeeze(text[start:end]),
        agreement_kind=kind.kind,
        parties=parties,
        date=date,
        status=status,
        subject=subject,
        confidence=0.9 if named or status else 0.7,
        why=phrases.why(
            f"{RULES} {kind.rule}", text[start:end], *([("coding", f"{RULES} {rule}", status)] if rule else [])
        ),
    )


_OURS = re.compile(r"\b(?:we|our|us|they|their|bilateral|both|sides|parties)\b", re.IGNORECASE)
_TO_DRAFT = re.compile(r"\s+(?:had|has|have|was|were)\s+(?:been\s+)?reached[^.;,]{0,70}?\bto\s+\w+")
_TO = re.compile(r"\s+to\s+(?:the\s+)?$")
_PARLIAMENT = re.compile(r"\b(?:Parliament|State\s+Duma|Duma|Senate|Congress|National\s+Assembly)\b")


def _unsent(sentence: Sentence, end: int, name_end: int) -> int:
    """Where a name ends before those whom an instrument is sent to: "the Treaty to Malta", "… to Parliament"."""
    text = sentence.document.text
    sent = [hit.start for hit in sentence.hits if end < hit.start < name_end]
    sent += [found.start() for found in _PARLIAMENT.finditer(text, end, name_end)]
    to = [found.start() for at in sent if (found := _TO.search(text, end, at)) is not None]
    return min(to, default=name_end)


#: "to deal with", "must deal": a verb.
_TO_DEAL = re.compile(r"\b(?:to|will|must|can|could|should|would|not)\s+$", re.IGNORECASE)


def _enough(kind: Kind, named: bool, between: bool, status: str, parties: tuple[Entity, ...], *, stated: bool) -> bool:
    if kind.need == "little":
        return bool(status or parties or stated or named)
    if kind.kind in words_for().shy:
        return between or (bool(parties) and (bool(status) or (named and stated)))
    return named or between or (bool(status) and bool(parties))


def _name(sentence: Sentence, start: int, end: int) -> tuple[int, int, bool]:
    """The stretch of the instrument's capital name around its word; (start, end, False) when it has none."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if not text[start].isupper():
        return start, end, False
    for match in words_for().name.finditer(text, low, high):
        if match.start() <= start and end <= match.end():
            name_start, name_end = match.start(), match.end()
            first = re.compile(
                r"(?:The|This|That|A|An|In|Under|Our|Their|Its|His|On|And|But|Both|Today|If|As|At|By)\s+"
            ).match(text, name_start)
            if first and first.end() <= start:
                name_start = first.end()
            # a name ends before the parties ("between X and Y") and before its date
            cut = re.compile(r"\s+(?:between|with|signed|in\s+\d)\b").search(text, end, name_end)
            if cut:
                name_end = cut.start()
            name_end = _unsent(sentence, end, name_end)
            for status in verbs_of_signing():
                # "Indonesia, Singapore to Sign Extradition Treaty": a headline's verb is no part of the name
                for verb in status.finditer(text, name_start, start):
                    name_start = verb.end() + len(text[verb.end() : start]) - len(text[verb.end() : start].lstrip())
            name_start, name_end = phrases.trim_name(sentence, (name_start, name_end), (start, end))
            whole = text[name_start:name_end]
            return name_start, name_end, " " in whole.strip() or "\n" in whole.strip()
    return start, end, False


def _subject(text: str, start: int, end: int, name_end: int, high: int) -> str:
    """What an instrument is on: the words behind "on" in its name or after it."""
    match = words_for().subject.match(text, end, high) or words_for().subject.match(text, name_end, high)
    if match is None:
        return ""
    subject = re.split(
        r"\s+(?:between|was|were|has|have|had|must|would|will|should|is|are|provides?|and\s+(?:both|the\s+two|they)|which|that|signed|with|following|after|during|in\s+(?:the\s+)?[A-Z])\b",
        match.group(1),
    )[0]
    return phrases.squeeze(subject) if start < high else ""
