"""Statements told beside a clause: "According to X, …", "…, X said on Monday", "As X put it, …", "X: No talks"."""

from __future__ import annotations

import functools
import re

from dragoman.coding import phrases
from dragoman.coding.attribution import by_phrase, said_by
from dragoman.coding.context import Sentence
from dragoman.coding.quotes import Quote
from dragoman.coding.speech import State, Told, lexis, stance_of, statement, topic_of, when
from dragoman.coding.tree import Tree
from dragoman.model import Entity, Statement

#: Who says it, from where to where, the word that tells of the saying, and its verb.
_Found = tuple[Entity, tuple[int, int], tuple[int, int], str]
#: A clause of fewer words than this says too little to stand alone.
_LEAST = 3
_WHEN = r"(?:\s+(?:on|in|at|after|before|during|late|early|this|last|yesterday|today)\b[^,;“”\"]{0,60}|\s+\w+day)?"


def beside(sentence: Sentence, quotes: list[Quote], told: list[Statement], state: State) -> list[Statement]:
    """The statement of a sentence whose speaker stands beside the clause; none where the parse found one already."""
    low, high = sentence.passage.start, sentence.passage.end
    if told or any(quote.start < low + 2 and quote.end > high - 3 for quote in quotes):
        return []
    found = (
        _according(sentence, quotes)
        or _plainly(sentence, quotes)
        or _trailing(sentence, quotes)
        or _inside(sentence, quotes)
    )
    return _made(sentence, quotes, found, state) if found is not None else []


def aside(
    sentence: Sentence, quotes: list[Quote], told: list[Statement], state: State
) -> tuple[list[Statement], list[Statement]]:
    """Clauses that a saying interrupts: "A has a right, X pointed out, and B should …", "there was, he said, none".

    Returns what they say, and what is left of what the parse told: a verb inside such a clause is part of what is said.
    """
    made: list[Statement] = []
    for low, high in _segments(sentence, quotes):
        found = _interrupted(sentence, quotes, (low, high), [*told, *made], state)
        if found is None:
            continue
        told = [one for one in told if one.trigger is None or not low <= one.trigger.start < high]
        made.extend(_made(sentence, quotes, found, state))
    return made, told


def _segments(sentence: Sentence, quotes: list[Quote]) -> list[tuple[int, int]]:
    """The stretches of a sentence between semicolons outside of quotations."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    marks = [at for at in range(low, high) if text[at] == ";" and not _quoted(at, quotes)]
    found: list[tuple[int, int]] = []
    for start, end in zip([low, *(at + 1 for at in marks)], [*marks, high], strict=True):
        alone = text[start:end].strip(" .")
        if found and any(text[quote.start : quote.end].strip(" .") == alone for quote in quotes):
            found[-1] = found[-1][0], end  # the same speaker's exact words
        else:
            found.append((start, end))
    return found


def _interrupted(
    sentence: Sentence, quotes: list[Quote], span: tuple[int, int], told: list[Statement], state: State
) -> _Found | None:
    """The saying between commas inside a clause that goes on behind it."""
    text, (low, high) = sentence.document.text, span
    for match in lexis().forms.finditer(text, low, high):
        before = text.rfind(",", low, match.start())
        after = _TOLD.match(text, match.end(), high)
        if before < 0 or after is None or _quoted(before, quotes) or _quoted(match.start(), quotes):
            continue
        who, clause = text[before + 1 : match.start()].strip(), text[low:before].strip()
        lead = who.split()[:1]
        if not lead or len(who.split()) > _SPEAKER or lead[0].lower() in lexis().leads | {"who", "which", "it", "i"}:
            continue
        rest = text[after.end() : high].strip(" .")
        if not rest or not (
            _finite(phrases.tree_of(sentence), (low, before)) or _PREDICATE.match(rest) or clause.lower() in _POINTERS
        ):
            continue
        if clause.split()[:1] and clause.split()[0].lower() in lexis().leads - {"that", "what", "and", "but"}:
            continue
        if (
            clause.split()[-1:]
            and clause.split()[-1].lower() not in {"who", "which"}
            and re.search(r",\s+(?:who|which|whose|where)\s[^,]*$", text[low:before])
        ):
            continue
        if who.lower() in {"he", "she", "they"}:
            near = [one.speaker for one in told if one.trigger is not None and one.trigger.start < match.start()]
            speaker = near[-1] if near else _person_before(sentence, low, quotes) or state.last
        else:
            speaker = by_phrase(sentence, before + 1, match.start())
        if speaker is not None and (speaker.country or speaker.name):
            return speaker, (low, high), match.span(), said_by(match.group())
    return None


def _person_before(sentence: Sentence, high: int, quotes: list[Quote]) -> Entity | None:
    """The last person that a sentence names before an offset, outside of quotations."""
    hits = phrases.covering(sentence.hits, sentence.passage.start, high)
    for hit in reversed(hits):
        if hit.kinds & {"person", "surname"} and not _quoted(hit.start, quotes):
            return by_phrase(sentence, hit.start, hit.end)
    return None


#: Behind the verb of an aside: nothing, or to whom and when ("told reporters", "said on Monday"), then a comma.
_TOLD = re.compile(r"(?:\s+(?:to\s+)?(?:the\s+|his\s+|her\s+)?[\w’'-]+(?:\s+(?!that\b)[\w’'-]+){0,4})?,(?=\s)")
#: A speaker between commas has no more words than this.
_SPEAKER = 9
_POINTERS = frozenset({"this", "that", "these", "there"})


def _finite(tree: Tree | None, span: tuple[int, int]) -> bool:
    """Whether a stretch has a finite verb of its own."""
    if tree is None:
        return False
    inside = [index for index in range(tree.n) if span[0] <= tree.starts[index] < span[1]]
    return any(tree.tags[index] in {"VBZ", "VBD", "VBP", "MD"} for index in inside)


def _made(sentence: Sentence, quotes: list[Quote], found: _Found, state: State) -> list[Statement]:
    """The statement of a clause with its speaker beside it."""
    text = sentence.document.text
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


@functools.lru_cache(maxsize=1)
def _according_form() -> re.Pattern[str]:
    """Matches "according to X", "in the words of X"."""
    return re.compile(rf"\b(?i:{lexis().according})\s+(?P<who>[^,;“”\"]{{2,80}})")


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
    tree = phrases.tree_of(sentence)
    if comma >= 0 and tree is not None and not _finite(tree, (comma, high)):
        comma = -1  # "according to X, the new head of …": who X is
    if len(head) < 3 and comma >= 0:
        return speaker, (comma + 1, high), (match.start(), match.start("who")), ""
    if len(head.split()) <= _LEAST and head.endswith(",") and text[match.end("who") : match.end("who") + 1] == ",":
        # "Belarus, in the words of X, had …"
        return speaker, (low, high), (match.start(), match.start("who")), ""
    if len(head.split()) > _LEAST and (comma < 0 or comma > high - 4 or match.end("who") > high - 3):
        return speaker, (low, match.start()), (match.start(), match.start("who")), ""
    return None


def _plainly(sentence: Sentence, quotes: list[Quote]) -> _Found | None:
    """Finds "X, in Paris, put it bluntly: …"."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    match = _PUT.match(text, low, high)
    if match is None or any(quote.start <= match.end() for quote in quotes):
        return None
    speaker = by_phrase(sentence, match.start("who"), match.end("who"))
    return None if speaker is None or not speaker.country else (speaker, (match.end(), high), match.span("verb"), "")


_PUT = re.compile(
    r"(?P<who>[A-Z][^,:;“”\"]{2,60}?)(?:,[^,:;“”\"]{2,40},)?\s+(?P<verb>put\s+it\s+\w+|had\s+this\s+to\s+say):\s+(?=[A-Z])"
)


def _trailing(sentence: Sentence, quotes: list[Quote]) -> _Found | None:
    """…, X said on Tuesday."""
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if any(quote.start - low < _LEAST for quote in quotes):
        return None  # the exact words are read with their speaker
    high = next((end for start, end in _segments(sentence, quotes) if start == low), high)
    said = [*lexis().forms.finditer(text, max(low, high - 120), high)]
    said.extend(lexis().plainly.finditer(text, max(low, high - 120), high))
    for match in said:
        rest = text[match.end() : high].rstrip(' .”"')
        rest = re.sub(rf"^\s+(?:the\s+)?{lexis().hearers}(?:\s+(?:there|here))?(?=\s|$)", "", rest)
        comma = text.rfind(",", low, match.start())
        if comma > low and not text[comma + 1 : match.start()].strip():
            comma = text.rfind(",", low, comma)  # "…, X, then ambassador there, told": the comma before the office
        comma = _over_name(sentence, comma, match.start())
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
        found = said_by(match.group()), _named_first(sentence, comma + 1, match.start())
        if found[1] is not None and (found[1].country or found[1].name):
            return found[1], (low, comma), match.span(), found[0]
    return None


def _over_name(sentence: Sentence, comma: int, verb: int) -> int:
    """The comma before a person whose office stands between him and the verb: "…, X, then ambassador there, told"."""
    text, low = sentence.document.text, sentence.passage.start
    earlier = text.rfind(",", low, max(comma, low))
    hits = phrases.covering(sentence.hits, earlier + 1, comma) if earlier > low else []
    whole = bool(hits) and "person" in hits[0].kinds and hits[0].text == text[earlier + 1 : comma].strip()
    tree = phrases.tree_of(sentence)
    if text[comma + 1 : verb].rstrip().endswith(" to") or (tree is not None and _finite(tree, (comma, verb))):
        return comma
    return earlier if whole else comma


def _named_first(sentence: Sentence, low: int, high: int) -> Entity | None:
    """Whom a stretch names: the person at its head where an office in commas follows him."""
    comma = sentence.document.text.find(",", low, high)
    return by_phrase(sentence, low, comma if comma >= 0 else high)


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
        speaker = _named_last(sentence, *span) or by_phrase(sentence, *span)
        if speaker is not None and (speaker.country or speaker.name):
            return speaker, (low, high), match.span(), said_by(match.group())
    return None


def _named_last(sentence: Sentence, low: int, high: int) -> Entity | None:
    """The person behind his office: "its ambassador in London, Li Wei"."""
    comma = sentence.document.text.rfind(",", low, high)
    hits = phrases.covering(sentence.hits, comma, high) if comma >= 0 else []
    return by_phrase(sentence, comma + 1, high) if any("person" in hit.kinds for hit in hits) else None


#: What goes on behind the one who says it begins with a verb of the clause.
_PREDICATE = re.compile(
    r"(?:would|will|should|could|can|must|may|might|has|have|had|is|are|was|were|does|do|did|need|needs|ought)\b"
)


def _quoted(at: int, quotes: list[Quote]) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)
