"""A Document in, its Passages (sentences with offsets and the kind of their block) out."""

from __future__ import annotations

from dragoman.model import CODED_BLOCKS, Block, BlockKind, Document, Passage
from dragoman.split.labels import Labels
from dragoman.split.sentences import spans
from dragoman.split.words import words

__all__ = ["split"]

#: Kinds in which a turn of a transcript goes on from paragraph to paragraph.
_SPOKEN: frozenset[BlockKind] = frozenset({"body", "quote", "part"})


def split(document: Document) -> list[Passage]:
    """The sentences of all blocks that may hold claims, in order and never overlapping, with offsets into `document.text`.

    A document without blocks is read as body, one block a line.
    """
    known = words(document.language)
    text = document.text
    blocks = document.blocks or _lines(text)
    coded = [(number, block) for number, block in enumerate(blocks) if block.kind in CODED_BLOCKS]
    labels = Labels((text[block.start : block.start + 130] for _, block in coded if block.kind in _SPOKEN), known)
    passages: list[Passage] = []
    speaker, part = "", None
    for number, block in coded:
        spoken = block.kind in _SPOKEN
        if block.kind == "heading" or block.part != part:
            speaker, part = "", block.part
        for start, end in spans(text, block.start, block.end, known):
            words_of = text[start:end]
            if spoken and (label := labels.of(words_of)):
                speaker = label
            passages.append(
                Passage(
                    start=start,
                    end=end,
                    text=words_of,
                    kind=block.kind,
                    part=block.part,
                    index=len(passages),
                    paragraph=number,
                    speaker_label=speaker if spoken else "",
                )
            )
    return passages


def _lines(text: str) -> list[Block]:
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(kind="body", start=start, end=start + len(line)))
        start += len(line)
    return blocks
