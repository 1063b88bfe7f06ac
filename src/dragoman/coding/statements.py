"""Statements: who said what to whom, in exact words or as a reported clause, with stance and topic."""

from __future__ import annotations

import re

import msgspec

from dragoman.coding import phrases
from dragoman.coding.attribution import attribution, ended
from dragoman.coding.beside import aside, beside
from dragoman.coding.context import Sentence
from dragoman.coding.headlines import headed
from dragoman.coding.quotes import Quote, quotations
from dragoman.coding.reported import reported
from dragoman.coding.roles import Roles
from dragoman.coding.speakers import remember_sender, settled, together
from dragoman.coding.speech import State, Told, lexis, partial, stance_of, statement, topic_of, when
from dragoman.coding.transcripts import transcript
from dragoman.coding.tree import Tree
from dragoman.model import Statement


def gate(text: str) -> bool:
    """Whether a text holds quotation marks or a verb of saying at all."""
    return lexis().gate.search(text) is not None


def claims(sentence: Sentence) -> list[Statement]:
    """The statements of one sentence by itself; `document_claims` carries speakers from sentence to sentence."""
    return document_claims([sentence])


def document_claims(sentences: list[Sentence]) -> list[Statement]:
    """The statements of a document in order; the speaker is carried over quotations that follow one another."""
    state = State()
    found: list[Statement] = []
    part: int | None = None
    for paragraph in phrases.paragraphs(sentences):
        if paragraph[0].passage.part != part:
            state, part = State(), paragraph[0].passage.part
        found.extend(paragraph_claims(paragraph, state))
    return found


def paragraph_claims(paragraph: list[Sentence], state: State) -> list[Statement]:
    """The statements of one paragraph; `state` carries the last speaker from one to the next."""
    spoken = next((at for at, one in enumerate(paragraph) if one.passage.speaker_label), len(paragraph))
    found = _paragraph(paragraph[:spoken], state) if spoken else []
    return [*found, *transcript(paragraph[spoken:], state)] if spoken < len(paragraph) else found


# -- paragraphs ------------------------------------------------------------------------------------------------------


def _paragraph(paragraph: list[Sentence], state: State) -> list[Statement]:
    text = paragraph[0].document.text
    low, high = paragraph[0].passage.start, paragraph[-1].passage.end
    quotes = [ended(text, one) for one in quotations(text, low, high)]
    whole = headed(paragraph, state) if not quotes else None
    if whole is not None:
        return [whole]
    found: list[Statement] = []
    trees: dict[int, tuple[Tree, Roles] | None] = {}
    goes_on = state.open_quote and bool(quotes) and quotes[0].start - low < 3
    done: set[int] = set()
    opened: tuple[Sentence, Quote] | None = None
    for sentence in paragraph:
        key = sentence.passage.start
        tree = phrases.tree_of(sentence)
        trees[key] = (tree, phrases.roles_of(sentence, tree)) if tree is not None else None
        here = [quote for quote in quotes if sentence.passage.start <= quote.start < sentence.passage.end]
        told_here = reported(sentence, trees[key], quotes, state)
        asides, told_here = aside(sentence, quotes, told_here, state)
        told_here = [*told_here, *asides]
        for told in [*told_here, *beside(sentence, quotes, told_here, state)]:
            found.append(told)
            done.update(
                quote.start
                for quote in here
                if told.evidence.start <= quote.start < told.evidence.end
                and text[quote.low : quote.high] in told.content
            )
        for quote in here:
            if quote.start in done:
                continue
            made = _quoted(paragraph, sentence, quote, (quotes, trees, state), goes_on=goes_on and quote is quotes[0])
            if made:
                found.extend([*_opened(quote is quotes[0], quote, paragraph, made, state), *made])
                state.last = made[-1].speaker
                state.spoke_until = made[-1].evidence.end
            elif quote is quotes[-1] and not quote.closed and _opens_paragraph(paragraph, quote):
                opened = (sentence, quote)
        remember_sender(sentence, trees[key], state)
    # a quotation that nobody closes, or that ends its paragraph, may go on in the next
    state.opened = [*state.opened, opened] if opened is not None else []
    state.open_quote = bool(found) and bool(quotes) and (not quotes[-1].closed or high - quotes[-1].end < 3)
    found = _joined(text, quotes, found)
    found = [one for one in (settled(paragraph, claim) for claim in found) if one is not None]
    return _merged(sorted(found, key=lambda claim: (claim.evidence.start, claim.trigger.start if claim.trigger else 0)))


def _quoted(
    paragraph: list[Sentence], sentence: Sentence, quote: Quote,
    context: tuple[list[Quote], dict[int, tuple[Tree, Roles] | None], State], *, goes_on: bool,
) -> list[Statement]:  # fmt: skip
    """The statement of one quotation for each who says it; none where nobody can be said to have said it."""
    quotes, trees, state = context
    text = sentence.document.text
    inner = phrases.squeeze(text[quote.low : quote.high]).rstrip(", ")
    count = len(inner.split())
    saying = attribution(paragraph, sentence, quote, (quotes, trees, state))
    title = (
        inner[:1].isupper()
        and text[quote.high - 1] not in ".,?!…"
        and count < 9
        and all(word[0].isupper() or len(word) < 4 for word in inner.split())
    )
    if saying is None or saying.speaker is None:
        starts = quote.start - sentence.passage.start < 3
        follows = starts and (quote is not quotes[0] or goes_on or _opens_paragraph(paragraph, quote))
        whole = inner[:1].isupper() or goes_on
        if state.last is None or count < lexis().short or not whole or not follows or title:
            return []
        after = state.spoke_until >= 0 and 0 <= quote.start - state.spoke_until < 4
        if not goes_on and not after and not _only_quotes(text, paragraph, quotes, quote):
            return []
        speaker, verb, mark, whom, rule = state.last, "", None, None, "speaker carried over"
        everyone = [speaker]
    else:
        if (
            title and not re.search(r"[:,]\s*$", text[max(0, quote.start - 3) : quote.start])
            and not re.match(r"\s*,|\s*:\s*[A-Z]", text[quote.end : quote.high + 4])
        ) or not inner:  # fmt: skip
            return []
        if not (saying.speaker.country or saying.speaker.name):
            return []
        speaker, verb, mark, whom = saying.speaker, saying.verb, (saying.start, saying.end), saying.addressee
        rule = lexis().verbs[verb].rule if verb in lexis().verbs else verb or "colon"
        parsed = trees.get(saying.sentence.passage.start)
        everyone = together(speaker, parsed, (saying.sentence, saying.start), state)
    stance, seen = stance_of(verb, inner)
    content = "" if inner[:1].isupper() else partial(text, sentence, quote, mark)
    told = Told(
        quote=inner, content=content, stance=stance, topic=topic_of(paragraph, quote.low, quote.high, mark),
        rule=f"{rule}; {seen}", addressee=whom, trigger=mark, date=when(sentence, mark, quote),
    )  # fmt: skip
    covered = [
        one
        for one in paragraph
        if one.passage.end > min(quote.start, mark[0] if mark else quote.start) and one.passage.start < quote.end
    ]
    return [statement(covered or [sentence], quote, one, told) for one in everyone]


def _opened(
    first: bool, quote: Quote, paragraph: list[Sentence], made: list[Statement], state: State
) -> list[Statement]:
    """The paragraphs before that open a quotation and close none: whoever is named at the end says them all."""
    if not first or not state.opened or not _opens_paragraph(paragraph, quote) or made[0].speaker is None:
        return []
    held, state.opened = state.opened, []
    found = []
    for sentence, one in held:
        words = phrases.squeeze(sentence.document.text[one.low : one.high])
        stance, seen = stance_of("", words)
        told = Told(
            quote=words, stance=stance, topic=topic_of([sentence], one.low, one.high),
            rule=f"speaker named below; {seen}", date=sentence.dates.fallback,
        )  # fmt: skip
        found.append(statement([sentence], one, made[0].speaker, told))
    return found


def _opens_paragraph(paragraph: list[Sentence], quote: Quote) -> bool:
    return quote.start - paragraph[0].passage.start < 3


def _only_quotes(text: str, paragraph: list[Sentence], quotes: list[Quote], quote: Quote) -> bool:
    """Whether nothing but quotations stands around one: its sentence begins or ends with it and says nothing else."""
    low, high = paragraph[0].passage.start, paragraph[-1].passage.end
    before = max([low, *(one.end for one in quotes if one.end <= quote.start)])
    outside = text[before : quote.start].strip(" \n\t.,–—-:")
    behind = re.split(r"(?<=[.?!])\s", text[quote.end : high].strip())[0].strip(" .,")
    return len(outside.split()) < 2 and (len(behind.split()) < 3 or text[quote.high - 1 : quote.high] in ".?!…")


def _joined(text: str, quotes: list[Quote], found: list[Statement]) -> list[Statement]:
    """A quotation that its attribution splits (“It is,” said X, “a matter …”) as one statement."""
    spans = {phrases.squeeze(text[one.low : one.high]).rstrip(", "): one for one in quotes}
    kept: list[Statement] = []
    for claim in found:
        last = kept[-1] if kept else None
        first, second = spans.get(last.quote) if last else None, spans.get(claim.quote)
        if (
            last is not None and first is not None and second is not None and not last.content
            and last.speaker == claim.speaker and 0 < second.start - first.end < _SPLIT
            and text[first.high - 1] not in ".?!" and text[second.low].islower()
            and not re.search(r"[.?!;]\s", text[first.end : second.start])
        ):  # fmt: skip
            kept[-1] = msgspec.structs.replace(
                last,
                quote=f"{last.quote} {claim.quote}",
                stance=claim.stance or last.stance,
                topic=last.topic or claim.topic,
            )
        else:
            kept.append(claim)
    return kept


#: An attribution inside a quotation is no longer than this.
_SPLIT = 120


def _merged(found: list[Statement]) -> list[Statement]:
    """Several partly quoted stretches of one saying as one statement."""
    kept: list[Statement] = []
    for claim in found:
        last = kept[-1] if kept else None
        same = (
            last is not None
            and last.trigger == claim.trigger
            and last.evidence == claim.evidence
            and last.speaker == claim.speaker
            and bool(claim.content)
        )
        if last is not None and same and last.content == claim.content:
            quote = last.quote if claim.quote in last.quote else f"{last.quote} … {claim.quote}"
            kept[-1] = msgspec.structs.replace(
                last, quote=quote, stance=last.stance or claim.stance, topic=last.topic or claim.topic
            )
        else:
            kept.append(claim)
    return kept
