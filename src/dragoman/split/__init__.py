"""A Document in, its Passages (sentences with offsets and the kind of their block) out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dragoman.model import CODED_BLOCKS, Block, BlockKind, Document, Passage
from dragoman.split.labels import Labels
from dragoman.split.sentences import spans
from dragoman.split.words import words

__all__ = ["split"]

#: Kinds in which a turn of a transcript goes on from paragraph to paragraph.
_SPOKEN: frozenset[BlockKind] = frozenset({"body", "quote", "part"})

#: Characters that must follow a dateline, and the length below which capitals before a colon are a speaker.
_SENTENCE, _LABEL = 30, 8


def split(document: Document) -> list[Passage]:
    """The sentences of all blocks that may hold claims, with offsets into `document.text`.

    They come in the order of the text and never overlap. A document without blocks is read as body, a block a line.
    """
    known = words(document.language)
    text = document.text
    blocks = document.blocks or _lines(text)
    found = [
        (number, block, start, end)
        for number, block in enumerate(blocks)
        if block.kind in CODED_BLOCKS
        for start, end in _without_dateline(text, spans(text, block.start, block.end, known))
    ]
    labels = Labels((text[start:end] for _, block, start, end in found if block.kind in _SPOKEN), known)
    rules = _rules(text, blocks)
    passages: list[Passage] = []
    speaker, part, last = "", None, 0
    for number, block, start, end in found:
        spoken = block.kind in _SPOKEN
        if block.kind == "heading" or block.part != part or any(rule in rules for rule in range(last, number)):
            speaker, part = "", block.part
        last = number
        if spoken and (label := labels.of(text[start:end])):
            speaker = label
        passages.append(
            Passage(
                start=start,
                end=end,
                text=text[start:end],
                kind=block.kind,
                part=block.part,
                index=len(passages),
                paragraph=number,
                speaker_label=speaker if spoken else "",
            )
        )
    return passages


#: "OSLO, May 3 (Agency) --", "WASHINGTON -", "Geneva, 3 May 2016 –", "GENEVA (Agency):": where and by whom a report
#: was sent, which is no part of its first sentence.
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATELINE = re.compile(
    rf"(?:(?:[A-Z][A-Z.'’-]{{2,}}(?: [A-Z][A-Z.'’-]+){{0,3}})(?:, [A-Z][\w. ]{{1,20}}?)?(?:, {_DAY})?"
    # In small letters only with its day: "Oslo, 3 May 2016 –" is a dateline, "Oslo –" may be anything.
    rf"|(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}})(?:, [A-Z][\w. ]{{1,20}}?)?, {_DAY})"
    r"(?: ?\([^()\n]{2,40}\))? ?(?:--?|[–—]|:)[ \t]+(?=\S)"
)


def _without_dateline(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same stretches, a dateline at the head of one cut off as a stretch of its own."""
    for start, end in found:
        head = _DATELINE.match(text, start, end)
        # "TASS:" and the like label a speaker; a dateline is followed by a whole sentence.
        if head is not None and end - head.end() > _SENTENCE and not _is_label(head.group(), text):
            yield start, start + len(head.group().rstrip())
            yield head.end(), end
        else:
            yield start, end


def _is_label(head: str, text: str) -> bool:
    """Whether a head with a colon is who speaks: a short one, or one that recurs ("MR. CARNEY:")."""
    if head.rstrip().endswith(":") and "(" not in head and text.count(head.strip()) > 1:
        return True
    return head.rstrip().endswith(":") and " " not in head.strip() and len(head) < _LABEL


def _rules(text: str, blocks: tuple[Block, ...] | list[Block]) -> frozenset[int]:
    """The blocks that are a rule between two texts ("* * *", "____"); whoever spoke above it is done."""
    return frozenset(
        number
        for number, block in enumerate(blocks)
        if block.kind == "furniture"
        and block.end - block.start < 100
        and set(text[block.start : block.end]) <= set("*_-—–=#~ \t")
    )


def _lines(text: str) -> list[Block]:
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(kind="body", start=start, end=start + len(line)))
        start += len(line)
    return blocks
