"""What is done with an instrument, and when: signed, adopted, ratified, in force, suspended, ended."""

from __future__ import annotations

import re

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.instruments import AFTER, _Status, words_for
from dragoman.model import DateSpan

#: A verb of signing farther than this before its instrument belongs to something else.
_BEFORE = 170
MADE = frozenset({"signed", "adopted", "ratified", "in force"})
_NOT_MADE = frozenset({"would", "could", "might", "may", "can", "cannot", "should", "must", "not", "never", "if"})
_LONG_AGO = re.compile(r"\bago\b|\bearlier\b|\bpreviously\b|\bhad (?:been )?\w+ed\b|\bin the past\b", re.IGNORECASE)


def verbs_of_signing() -> list[re.Pattern[str]]:
    """What is done with an instrument, as patterns of the words before it."""
    return [status.before for status in words_for().statuses if status.before is not None]


def find_status(sentence: Sentence, start: int, end: int) -> tuple[str, str, tuple[int, int] | None]:
    """The status that the words around an instrument give it, its rule, and where the verb before it stands."""
    text = sentence.document.text
    low, high = phrases.clause_bounds(text, sentence.passage.start, sentence.passage.end, start)
    before, after = max(low, start - _BEFORE, text.rfind(", that ", low, start)), min(high, end + 200)
    best: tuple[int, str, str, tuple[int, int]] | None = None
    for status in words_for().statuses:
        if status.after is not None and status.after.match(text[end:after]):
            return status.status, status.rule, _verb_before(text, before, start, status)
        if status.before is None:
            continue
        last = None
        for match in status.before.finditer(text, before, start):
            last = match
        # the verb nearest to the instrument says what was done with it; of two that overlap the longer one
        if last is not None and (
            best is None or last.end() > best[0] or (last.end() == best[0] and last.start() < best[3][0])
        ):
            best = (last.end(), status.status, status.rule, last.span())
    if best is not None:
        return _as_meant(text, before, best)
    following = text[sentence.passage.end : sentence.passage.end + 120].lstrip()
    if re.match(
        r"(?:It|They|This|These|The (?:agreement|treaty|document|documents|deal|pact|protocol|convention))\b", following
    ):
        for status in words_for().statuses:
            if status.after is not None and status.after.match(re.split(r"(?<=[a-z])\.\s", following)[0]):
                return status.status, status.rule, None
    return "", "", None


def _as_meant(
    text: str, low: int, best: tuple[int, str, str, tuple[int, int]]
) -> tuple[str, str, tuple[int, int] | None]:
    """A status as its verb is meant: "to sign" and "will sign" are announced, "could sign" and "did not sign" nothing."""  # noqa: E501
    _, status, rule, span = best
    if status in {"ended", "suspended"} and words_for().not_ended.search(text, max(low, span[0] - 60), span[0]):
        return "", "", None
    if status in MADE:
        noun = re.search(
            r"\b(?:the|its|their|after|following|since|upon|on|by|recent)\s+$", text[low : span[0]], re.IGNORECASE
        )
        if text[span[0] : span[1]].endswith("ing") and noun is None:
            return "", "", None  # "the important job of ratifying the treaty", but "the signing in May of …"
        if re.search(r"\b(?:to|will|shall)\s+\w+\s+and\s+$", text[low : span[0]]):
            return "announced", rule, span  # "to draft and sign"
        ahead = re.search(r"([\w’']+)\s+$", text[low : span[0]])
        word = ahead.group(1).lower() if ahead else ""
        if word in {"to", "will", "shall"}:
            return "announced", rule, span
        if word.endswith(("n't", "n’t")) or word in _NOT_MADE:
            return "", "", None
    return status, rule, span


def _verb_before(text: str, low: int, start: int, status: _Status) -> tuple[int, int] | None:
    match = status.before.search(text, low, start) if status.before else None
    return match.span() if match else None


def date_of(sentence: Sentence, start: int, end: int, acts: tuple[int, int] | None, status: str) -> DateSpan | None:
    """The date of the instrument: in its name's tail, beside its verb, else the document's when it is being made."""
    text, high = sentence.document.text, sentence.passage.end
    dates = phrases.dates_in(sentence)
    tail = [
        span
        for a, _, span in dates
        if a >= end
        and a - end < AFTER
        and re.search(
            r"\b(?:of|dated|signed(?:\s+(?:in|on))?|adopted(?:\s+(?:in|on))?|concluded(?:\s+(?:in|on))?|from|in|on)\s+(?:the\s+)?$",
            text[end:a],
        )
    ]
    if tail and not re.search(r"[;]", text[end:high][:AFTER]):
        return tail[0]
    inside = [span for a, b, span in dates if start <= a and b <= end]
    if inside:
        return inside[0]
    if status in {"signed", "adopted", "ratified", "ended", "suspended", "not yet in force", "in force"}:
        if acts is not None:
            near = [span for a, b, span in dates if acts[0] - phrases.REACH <= a <= start]
            if near:
                return near[-1]
        if (
            status in {"signed", "adopted", "ratified", "ended", "suspended"}
            and acts is not None
            and not _LONG_AGO.search(sentence.passage.text)
        ):
            return sentence.dates.fallback
    return None
