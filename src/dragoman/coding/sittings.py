"""Sessions of a standing channel, told in its own sentence or in those behind it: "It met in Prague on 3 May"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.ontology import ontology
from dragoman.coding.standing import RULES, words_for
from dragoman.knowledge import load
from dragoman.model import AnyClaim, DateSpan, Event, Mechanism, content_id

#: So many sentences behind its name may still speak of a channel as "it".
_BEHIND = 3
#: A date so far behind the verb is another matter's.
_DATED = 90
#: Nothing sits more often than that.
_OFTEN = 500


class Sitting(NamedTuple):
    """One telling of sessions: where its word stands, its day, whether it has taken place, how many that makes."""

    start: int
    end: int
    date: DateSpan | None
    past: bool
    number: int | None


class _Forms(NamedTuple):
    met: re.Pattern[str]
    noun: re.Pattern[str]
    presided: re.Pattern[str]
    will: re.Pattern[str]
    never: re.Pattern[str]
    times: re.Pattern[str]
    counted: re.Pattern[str]
    ordinal: re.Pattern[str]
    ordinals: dict[str, int]
    repeats: dict[str, int]
    gate: re.Pattern[str]
    word: str


@functools.lru_cache(maxsize=1)
def _forms() -> _Forms:
    words = phrases.pattern_file("mechanisms")["sittings"]
    either = phrases.either
    noun = either(words["nouns"])
    ordinal = rf"(?:(?:(?:twenty|thirty|forty|fifty)[\s-])?{either(words['ordinals'])}|\d{{1,3}}(?:st|nd|rd|th))"
    which = rf"(?:(?:{ordinal}|{either(words['latest'])})[\s,]+(?:[\w-]+\s+){{0,2}})?"
    adverb = r"(?:(?:last|also|again|first|then|duly|already|just|only|finally|since)\s+)*"
    several = rf"(?:{phrases.number_form()})\s+(?:times|(?:[\w-]+\s+)?{either(words['nouns'], plural=True)})"
    return _Forms(
        met=re.compile(
            rf"\s+(?P<met>{adverb}{either(words['met'])}"
            rf"|(?:has|have|had)\s+{adverb}{either(words['met_perfect'])}"
            rf"|{adverb}(?:(?:has|have|had)\s+)?{adverb}{either(words['held'])}"
            rf"\s+(?:its|their|the|an?)\s+{which}{noun})\b",
            re.IGNORECASE,
        ),
        noun=re.compile(
            rf"\b{which}{noun}\b[^.;]{{0,120}}?\b(?P<met>{either(words['took_place'])}|{either(words['will_be'])})\b",
            re.IGNORECASE,
        ),
        presided=re.compile(
            rf"\b(?P<met>{either(words['presided'])}\s+(?:the|its|this|a|an|their)\s+{which}{noun})\b", re.IGNORECASE
        ),
        will=re.compile(rf"\s+(?P<met>(?:next\s+)?{either(words['will'])})\b", re.IGNORECASE),
        never=re.compile(rf"\b(?:{either(words['never'])}|did\s+not\s+meet|didn[’']t\s+meet)\b", re.IGNORECASE),
        times=re.compile(
            rf"\b(?:{either(words['met_perfect'])}|{either(words['met'])}|held)\s+(?:just\s+|only\s+)?"
            rf"(?P<times>{either(words['times'])}|{several})",
            re.IGNORECASE,
        ),
        counted=re.compile(
            rf"\b(?P<times>{several})\b[^.;]{{0,40}}?\b(?:held|taken\s+place|convened)\b", re.IGNORECASE
        ),
        ordinal=re.compile(rf"\b(?P<ordinal>{ordinal})[\s,]+(?:[\w-]+\s+){{0,2}}{noun}\b", re.IGNORECASE),
        ordinals=words["ordinals"],
        repeats=words["times"],
        gate=re.compile(
            rf"\b(?:{either(words['nouns'], plural=True)}|{either(words['met_perfect'])}|meets?"
            rf"|{either(words['met'])}|{either(words['presided'])}|convene|sit)\b",
            re.IGNORECASE,
        ),
        word=noun,
    )  # fmt: skip


@functools.lru_cache(maxsize=64)
def _pointers(head: str) -> re.Pattern[str]:
    words = phrases.pattern_file("mechanisms")["sittings"]
    chairs = rf"(?:the\s+)?(?:two\s+)?{phrases.either(words['chairs'])}(?:\s*,[^,.;]{{0,80}},|\s+of\s+[^,.;]{{0,60}})?"
    return re.compile(
        rf"(?:^|[;,“\"]\s*|\band\s+|\bsince\s+|\bthen\s+|\bwhich\s+|\bthat\s+)"
        rf"(?P<who>{phrases.either(words['pointers'])}|{chairs}|(?:the|this|their)\s+(?:[\w-]+\s+){{0,2}}{re.escape(head)}|which)\b",
        re.IGNORECASE,
    )


def with_sessions(sentences: Sequence[Sentence], claims: Iterable[AnyClaim]) -> list[AnyClaim]:
    """The claims of some sentences, its channels with their sessions, and a meeting for each session not yet told."""
    found = list(claims)
    held = [claim for claim in found if isinstance(claim, Mechanism)]
    if not held:
        return found
    starts = {claim.evidence.start for claim in held}
    for claim in held:
        told: list[tuple[Sentence, Sitting]] = []
        for sentence in _reach(sentences, claim, starts):
            told.extend((sentence, sitting) for sitting in _sittings(sentence, claim))
        if not told:
            continue
        days = {sitting.date.start: sitting.date for _, sitting in told if sitting.date is not None}
        numbers = [sitting.number for _, sitting in told if sitting.number is not None]
        at = next(number for number, one in enumerate(found) if one is claim)
        found[at] = replace(
            claim,
            sessions=tuple(days[day] for day in sorted({**{s.start: s for s in claim.sessions}, **days})),
            held=max(numbers, default=claim.held),
        )
        for sentence, sitting in told:
            if sitting.past and sitting.date is not None:
                _tell(sentence, claim, sitting, found)
    return found


def _reach(sentences: Sequence[Sentence], claim: Mechanism, starts: set[int]) -> Iterator[Sentence]:
    """The channel's own sentence and those behind it, up to the next that names a channel."""
    at = next((n for n, one in enumerate(sentences) if one.passage.start == claim.evidence.start), None)
    if at is None:
        return
    yield sentences[at]
    for sentence in sentences[at + 1 : at + 1 + _BEHIND]:
        if sentence.passage.start in starts or sentence.passage.part != sentences[at].passage.part:
            return
        yield sentence


def _sittings(sentence: Sentence, claim: Mechanism) -> Iterator[Sitting]:
    forms, text = _forms(), sentence.document.text
    low, high = sentence.passage.start, sentence.passage.end
    own = claim.evidence.start == low
    if not forms.gate.search(text, low, high):
        return
    head = (claim.trigger.text if claim.trigger else claim.name).split()[-1].lower()
    begin = claim.trigger.end if own and claim.trigger else low
    never = forms.never.search(text, begin, high)
    if never is not None:
        since = re.compile(r"[^.;]{0,40}?\bsince\b")
        last = next(
            (span for a, b, span in phrases.dates_in(sentence, never.end()) if since.match(text, never.end(), b)), None
        )
        if last is not None and (own or _pointers(head).search(text[begin:high])):
            yield Sitting(never.start(), never.end(), last, False, None)
        return
    done: list[tuple[int, int]] = []
    for start, end, past in _tellings(sentence, claim, head, own=own):
        if phrases.overlapping(done, start, end):
            continue
        done.append((start, end))
        yield Sitting(start, end, _day(sentence, start, end, past=past), past, _number(text, low, high))
    if not done and (own or _pointers(head).search(text[begin:high])):
        number = _number(text, low, high, owned=not own)
        if number is not None:
            yield Sitting(begin, high, None, False, number)


def _tellings(sentence: Sentence, claim: Mechanism, head: str, *, own: bool) -> Iterator[tuple[int, int, bool]]:
    """Where a sentence tells that a channel met or is to meet, and whether it has."""
    low = sentence.passage.start
    text = sentence.document.text[low : sentence.passage.end]
    found: list[tuple[re.Match[str], bool]] = []
    if own and claim.trigger is not None:
        found.extend(_of_itself(text, claim.trigger.start - low, claim.trigger.end - low))
    found.extend(_pointed(text, claim.trigger.end - low if own and claim.trigger else 0, head))
    if not own:
        found.extend(
            (match, not _to_come(match["met"]))
            for match in _forms().noun.finditer(text)
            # "the meeting" may be anybody's
            if _ITS.search(text, 0, match.start())
            or (_THE.search(text, 0, match.start()) and _SESSION.search(match[0]))
        )
    for match, past in found:
        if not _habit(text, match.end("met")):
            yield low + match.start("met"), low + match.end("met"), past


def _its(text: str, match: re.Match[str]) -> bool:
    """Whether a session is the channel's: "its meeting", "the session"; "the meeting" may be anybody's."""
    the = _THE.search(text, 0, match.start()) is not None and _SESSION.search(match[0]) is not None
    return the or _ITS.search(text, 0, match.start()) is not None


_ITS = re.compile(r"(?:^|[;,]\s*|\band\s+)its\s+$", re.IGNORECASE)
_THE = re.compile(r"(?:^|[;,]\s*|\band\s+)the\s+$", re.IGNORECASE)
_SESSION = re.compile(r"\b(?:session|sitting|plenary)\b", re.IGNORECASE)
#: What may stand between a channel's word and its verb: "The Commission of X and Y, co-chaired by A and B, held …".
_TAIL = re.compile(r"(?:\s+(?:of|between|on|for|with)\s[^.;]{0,160}?|\s*,[^.;]{0,160}?,)?")
_OF_IT = re.compile(r"\s+(?:of|within)\s+[^.;]{0,160}")


def _of_itself(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], bool]]:
    """What the sentence that names a channel between two offsets tells of its sessions."""
    forms = _forms()
    for form, past in ((forms.met, True), (forms.will, False)):
        for match in form.finditer(text, end, end + 200):
            if _TAIL.fullmatch(text, end, match.start()):
                yield match, past
                break
    # "The fourth session of the Commission was held": the verb stands behind the channel
    for match in forms.noun.finditer(text):
        inside = re.compile(rf"\b{forms.word}", re.IGNORECASE).search(text, match.start(), start)
        if inside and _OF_IT.fullmatch(text, inside.end(), start) and end <= match.start("met"):
            yield match, not _to_come(match["met"])
    for match in forms.presided.finditer(text, 0, start):
        if _OF_IT.fullmatch(text, match.end(), start):
            yield match, True


def _pointed(text: str, begin: int, head: str) -> Iterator[tuple[re.Match[str], bool]]:
    """What words that point back to a channel ("it", "the commission", "the co-chairs") tell of its sessions."""
    forms = _forms()
    for pointer in _pointers(head).finditer(text, begin):
        at = pointer.end("who")
        for form, past in ((forms.met, True), (forms.will, False)):
            match = form.match(text, at)
            if match is None:
                continue
            yield match, past
            # "It met in Lima and will meet in Arica"
            also = forms.will.search(text, match.end(), match.end() + 120) if past else None
            if also is not None and text[: also.start()].endswith((" and", " and then", ", then")):
                yield also, False
        match = forms.presided.search(text, at, at + 100)
        if match is not None:
            yield match, True


def _to_come(words: str) -> bool:
    return any(words.lower() == word for word in phrases.pattern_file("mechanisms")["sittings"]["will_be"])


def _habit(text: str, end: int) -> bool:
    """Whether a rhythm follows: "meets every year" tells of no session."""
    return any(form.search(text, end, end + 40) for _, form in words_for().frequency)


def _day(sentence: Sentence, start: int, end: int, *, past: bool) -> DateSpan | None:
    """The day of a session: the date beside its verb, else the document's when it simply met."""
    text = sentence.document.text
    behind = [span for a, _, span in phrases.dates_in(sentence, end) if a - end < _DATED and ";" not in text[end:a]]
    if behind:
        return behind[0]
    before = [span for a, _, span in phrases.dates_in(sentence, sentence.passage.start, start)]
    if before:
        return before[-1]
    plain = not re.match(r"(?:has|have|had|last)\s", text[start:end], re.IGNORECASE)
    return sentence.dates.fallback if past and plain else None


#: "It met twice in 2015": of a year, not of all.
_WITHIN = re.compile(r"[^.;]{0,30}?\b(?:in\s+\d{4}|this\s+year|last\s+year|that\s+year|a\s+year)\b", re.IGNORECASE)


def _number(text: str, low: int, high: int, *, owned: bool = False) -> int | None:
    """How many sessions a sentence says there have been: "its third session", "has met five times".

    With `owned` an ordinal counts only behind "its": "the second meeting" may be anybody's.
    """
    forms = _forms()
    match = forms.ordinal.search(text, low, high)
    if match is not None and (not owned or text[max(low, match.start() - 5) : match.start()].lower().endswith("its ")):
        word = match["ordinal"].lower()
        if word[0].isdigit():
            return int(re.sub(r"\D", "", word))
        tens, _, last = word.replace("-", " ").rpartition(" ")
        value = forms.ordinals.get(last, 0) + int(phrases.number_of(tens) or 0 if tens else 0)
        # "the first round of talks": of a day's talks, not of all
        return value or None
    match = forms.times.search(text, low, high) or forms.counted.search(text, low, high)
    if match is None or _WITHIN.match(text, match.end(), high):
        return None
    words = match["times"].lower()
    value = forms.repeats.get(words) or int(phrases.number_of(re.sub(r"\s+\D+$", "", words)) or 0)
    return value if 0 < value < _OFTEN else None


def _tell(sentence: Sentence, claim: Mechanism, sitting: Sitting, found: list[AnyClaim]) -> None:
    """Adds the meeting of a session, unless its sentence tells a meeting of the parties already."""
    sides = {party.country or party.name for party in claim.parties}
    for number, other in enumerate(found):
        if not isinstance(other, Event) or other.evidence.start != sentence.passage.start:
            continue
        states = {entity.country or entity.name for entity in (*other.actors, *other.recipients)}
        if other.event_type != "CONSULT":
            continue
        if len(states & sides) > 1:
            return
        here = other.trigger is not None and sitting.start <= other.trigger.start < sitting.end
        if here and states <= sides:
            found[number] = replace(other, actors=claim.parties, recipients=())
            return
    known = ontology(load())
    cameo = known.cameo("CONSULT", "", (), None)
    trigger = phrases.trigger(sentence, sitting.start, sitting.end)
    found.append(
        Event(
            evidence=phrases.evidence(sentence),
            trigger=trigger,
            id=content_id("event", sentence.document.id, str(sitting.start), str(sitting.end), "CONSULT", claim.id),
            event_type="CONSULT",
            status="actual",
            actors=claim.parties,
            date=sitting.date,
            quad_class=known.quad("CONSULT"),
            score=known.score("CONSULT", ""),
            cameo=cameo,
            goldstein=known.goldstein.get(cameo),
            confidence=0.75,
            why=phrases.why(f"{RULES} sittings", trigger.text, ("coding", "a session of", claim.name)),
        )
    )
