"""Statements told beside a clause: "According to X, …", "…, X said on Monday", "As X put it, …", "X: No talks"."""

from __future__ import annotations

import functools
import re

from dragoman.coding import phrases
from dragoman.coding.attribution import by_phrase, said_by
from dragoman.coding.context import Sentence
from dragoman.coding.quotes import Quote
from dragoman.coding.speech import State, Told, lexis, stance_of, statement, topic_of, when
from dragoman.model import Entity, Statement

#: A clause of fewer words than this says too little to stand alone.
_LEAST = 3
_HEAD = re.compile(r"(?P<who>[A-Z][\w’'. -]{2,40}):\s+(?=[A-Z“\"\w])")
_WHEN = r"(?:\s+(?:on|in|at|after|before|during|late|early|this|last|yesterday|today)\b[^,;“”\"]{0,60}|\s+\w+day)?"


def beside(sentence: Sentence, quotes: list[Quote], told: list[Statement], state: State) -> list[Statement]:
    """The statement of a sentence whose speaker stands beside the clause; none where the parse found one already."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if told or any(quote.start < low + 2 and quote.end > high - 3 for quote in quotes):
        return []
    found = _according(sentence, quotes) or _trailing(sentence, quotes) or _inside(sentence, quotes)
    if found is None:
        return []
    speaker, (start, end), mark, verb = found
    content = phrases.squeeze(text[start:end]).strip(" ,.")
    inside = [quote for quote in quotes if start <= quote.start and quote.end <= end + 1]
    if len(content.split()) < _LEAST or (len(inside) == 1 and len(content) - (inside[0].end - inside[0].start) < 3):
        return []
    stance, seen = stance_of(verb, content)
    row = lexis().verbs.get(verb)
    state.last = speaker
    return [
        statement(
            [sentence], Quote(start, end, start, end, True), speaker,
            Told(
                quote=" … ".join(phrases.squeeze(text[quote.low : quote.high]) for quote in inside), content=content,
                stance=stance, topic=topic_of([sentence], start, end), rule=f"{row.rule if row else 'beside'}; {seen}",
                trigger=mark, date=when(sentence, mark, None),
            ),
        )
    ]  # fmt: skip


def headed(paragraph: list[Sentence], state: State) -> Statement | None:
    """All of a paragraph that a person's name and a colon head ("Lavrov: No talks"), outside of transcripts."""
    found = _headed(paragraph[0])
    if found is None:
        return None
    speaker, (start, _), mark, _ = found
    text, end = paragraph[0].document.text, paragraph[-1].passage.end
    words = text[start:end].strip()
    stance, seen = stance_of("", words)
    state.last = speaker
    return statement(
        paragraph, Quote(start, end, start, end, True), speaker,
        Told(
            quote=words, stance=stance, topic=topic_of(paragraph, start, end), rule=f"name and colon; {seen}",
            date=paragraph[0].dates.fallback, trigger=mark,
        ),
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def _according_form() -> re.Pattern[str]:
    """Matches "according to X", "in the words of X"."""
    return re.compile(rf"\b(?i:{lexis().according})\s+(?P<who>[^,;“”\"]{{2,80}})")


_Found = tuple[Entity, tuple[int, int], tuple[int, int], str]


def _according(sentence: Sentence, quotes: list[Quote]) -> _Found | None:
    """Finds "According to X, …", "…, according to X", "As X put it, …"."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    match = _according_form().search(text, low, high) or lexis().manner.search(text, low, high)
    if match is None or _quoted(match.start(), quotes) or lexis().reports.search(match["who"]):
        return None
    speaker = by_phrase(sentence, match.start("who"), match.end("who"))
    if speaker is None or not (speaker.country or speaker.name):
        return None
    head = text[low : match.start()].strip()
    comma = text.find(",", match.end("who"), high)
    if len(head) < 3 and comma >= 0:
        return speaker, (comma + 1, high), (match.start(), match.start("who")), ""
    if len(head.split()) <= _LEAST and head.endswith(",") and text[match.end("who") : match.end("who") + 1] == ",":
        # "Belarus, in the words of X, had …"
        return speaker, (low, high), (match.start(), match.start("who")), ""
    if len(head.split()) > _LEAST and (comma < 0 or comma > high - 4 or match.end("who") > high - 3):
        return speaker, (low, match.start()), (match.start(), match.start("who")), ""
    return None


def _trailing(sentence: Sentence, quotes: list[Quote]) -> _Found | None:
    """…, X said on Tuesday."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    for match in lexis().forms.finditer(text, max(low, high - 120), high):
        rest = text[match.end() : high].rstrip(' .”"')
        comma = text.rfind(",", low, match.start())
        who = text[comma + 1 : match.start()].strip()
        if (
            comma < 0
            or _quoted(comma, quotes)
            or not re.fullmatch(_WHEN, rest)
            or _quoted(match.start(), quotes)
            or not 0 < len(who.split()) < 9
        ):
            continue
        if (
            text[low:comma].count(" ") < _LEAST
            or who[:4].lower() in {"and ", "who ", "whic"}
            or who.lower() in {"it", "he", "she", "they", "who", "which"}
        ):
            continue
        found = said_by(match.group()), by_phrase(sentence, comma + 1, match.start())
        if found[1] is not None and (found[1].country or found[1].name):
            return found[1], (low, comma), match.span(), found[0]
    return None


def _inside(sentence: Sentence, quotes: list[Quote]) -> _Found | None:
    """A, X warned, should …; A, said X, would …: who says it stands between commas inside the clause."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    for match in lexis().forms.finditer(text, low, high):
        before, after = text.rfind(",", low, match.start()), text.find(",", match.end(), high)
        if before < 0 or after < 0 or _quoted(match.start(), quotes) or _quoted(before, quotes):
            continue
        who = text[before + 1 : match.start()].strip()
        turned = not who  # ", said the ambassador, Li Wei, …"
        if turned:
            more = re.compile(r",\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,3}(?=,)").match(text, after)
            end = more.end() if more else after
            span = (match.end(), end)
        else:
            span, end = (before + 1, match.start()), match.end()
        rest = text[end:high].lstrip(" ,")
        lead = who.split()[:1]
        if (
            (not turned and end != after)
            or not 0 < len(text[span[0] : span[1]].split()) < 11
            or not _PREDICATE.match(rest)
            or not re.match(r"[A-Z]", text[low : low + 1])
            or (lead and lead[0].lower() in {"who", "which", "and", "but", "he", "she", "it", "they", "as"})
        ):
            continue
        speaker = by_phrase(sentence, *span)
        if speaker is not None and (speaker.country or speaker.name):
            return speaker, (low, high), match.span(), said_by(match.group())
    return None


#: What goes on behind the one who says it begins with a verb of the clause.
_PREDICATE = re.compile(
    r"(?:would|will|should|could|can|must|may|might|has|have|had|is|are|was|were|does|do|did|need|needs|ought)\b"
)


def _headed(sentence: Sentence) -> _Found | None:
    """A headline or line "Lavrov: No talks"; a state before a colon heads a section, so only persons speak so."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    match = _HEAD.match(text, low, high)
    if match is None or text[match.end()] in "“\"«‘'":
        return None
    hits = phrases.covering(sentence.hits, match.start("who"), match.end("who"))
    if not any(hit.kinds & {"person", "surname"} and hit.end == match.end("who") for hit in hits):
        return None
    speaker = by_phrase(sentence, match.start("who"), match.end("who"))
    return None if speaker is None else (speaker, (match.end(), high), match.span("who"), "")


def _quoted(at: int, quotes: list[Quote]) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)
