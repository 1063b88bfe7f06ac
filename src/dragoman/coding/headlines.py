"""Headlines: who speaks stands before a colon ("Lavrov: no talks") or at the end ("No talks, says Lavrov")."""

from __future__ import annotations

import functools
import re

from dragoman.coding import phrases
from dragoman.coding.attribution import by_phrase
from dragoman.coding.context import Sentence
from dragoman.coding.quotes import Quote
from dragoman.coding.speech import State, Told, stance_of, statement, topic_of
from dragoman.model import Entity, Statement

_HEAD = re.compile(r"(?P<who>[A-Z][\w’'. -]{2,40}?)(?:\s+(?:to|tells)\s+[A-Z][\w’' -]{1,30})?:\s+(?=[A-Z“\"\w])")
_Found = tuple[Entity, tuple[int, int], tuple[int, int], str]
#: What a capital or a body says in a headline has so many words at least; fewer are the name of a section.
_LEAST = 4
#: Capitals and bodies speak before a colon; a state there heads a section.
_BODIES = frozenset({"capital", "body", "organisation", "organization"})


def headed(paragraph: list[Sentence], state: State) -> Statement | None:
    """All of a paragraph or headline whose speaker stands before a colon or at its end, outside of transcripts."""
    found = _headed(paragraph[0]) or (_tailed(paragraph[0]) if len(paragraph) == 1 else None)
    if found is None:
        return None
    speaker, (start, end), mark, _ = found
    text = paragraph[0].document.text
    end = paragraph[-1].passage.end if end == paragraph[0].passage.end else end
    words = text[start:end].strip()
    stance, seen = stance_of("", words)
    state.last = speaker
    return statement(
        paragraph, Quote(start, end, start, end, True), speaker,
        Told(
            quote=words, stance=stance, topic=topic_of(paragraph, start, end), rule=f"headline; {seen}",
            date=paragraph[0].dates.fallback, trigger=mark,
        ),
    )  # fmt: skip


def _headed(sentence: Sentence) -> _Found | None:
    """A headline or line "Lavrov: No talks"; a state before a colon heads a section, so only persons speak so."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    match = _HEAD.match(text, low, high)
    if match is None or text[match.end()] in "“\"«‘'":
        return None
    hits = phrases.covering(sentence.hits, match.start("who"), match.end("who"))
    ends = [hit for hit in hits if hit.end == match.end("who")]
    if not any(hit.kinds & _PERSONS for hit in ends) and not (
        any(hit.kinds & _BODIES for hit in ends) and _says_something(sentence, match.end())
    ):
        return None
    speaker = by_phrase(sentence, match.start("who"), match.end("who"))
    return None if speaker is None else (speaker, (match.end(), high), match.span("who"), "")


@functools.lru_cache(maxsize=1)
def _tail_form() -> re.Pattern[str]:
    """Matches ", says X", ": X", " – X" at the end of a headline."""
    who = r"(?P<who>[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[\w’'-]+)){0,3})"
    said = phrases.either(["says", "said", "warns", "vows", "insists", "claims", "tells", "admits", "urges"])
    return re.compile(rf"(?:,\s+{said}\s+|:\s+|\s[–—-]\s+){who}\s*$")


def _tailed(sentence: Sentence) -> _Found | None:
    """A headline "No talks before May, says Lavrov": it has no full stop, and a name ends it."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    match = _tail_form().search(text, low, high)
    if match is None or len(text[low : match.start()].split()) < _LEAST or text[low : match.start()].count(":"):
        return None
    hits = phrases.covering(sentence.hits, match.start("who"), match.end("who"))
    known = any(hit.kinds & (_BODIES | _PERSONS) and hit.end == match.end("who") for hit in hits)
    speaker = by_phrase(sentence, match.start("who"), match.end("who"))
    if not known and (speaker is None or not {"GOV", "MIL", "LEG"} & set(speaker.sectors)):
        return None  # "…: Qatari foreign minister" speaks, "…: Iran" does not
    return None if speaker is None or not speaker.country else (speaker, (low, match.start()), match.span("who"), "")


_PERSONS = frozenset({"person", "surname"})


def _says_something(sentence: Sentence, low: int) -> bool:
    """Whether what stands behind "Beijing:" is a clause with a verb that goes on small or has no full stop."""
    text, high = sentence.document.text, sentence.passage.end
    words = text[low:high].split()
    tree = phrases.tree_of(sentence)
    finite = tree is None or any(
        tree.tags[index] in {"VBZ", "VBD", "VBP", "MD"} for index in range(tree.n) if tree.starts[index] >= low
    )
    return len(words) >= _LEAST and finite and (words[0][:1].islower() or words[-1][-1:] not in ".!?")
