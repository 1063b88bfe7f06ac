"""The whole flow on one page, the only place where the stages meet: Documents in, coded Documents out.

split → gate → parse (all passages of a batch of documents together) → code, each document with resolvers of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman import __version__
from dragoman.coding import agreements, commitments, disputes, figures, intervals, mechanisms, statements
from dragoman.coding.context import Sentence
from dragoman.coding.cues import cues
from dragoman.coding.events import SentenceEvents
from dragoman.coding.frames import lexicon
from dragoman.coding.gate import gate
from dragoman.coding.ontology import ontology
from dragoman.coding.parser import parse
from dragoman.knowledge import HERE, load
from dragoman.model import AnyClaim, Coded, Document, NameHit, Passage, Skipped
from dragoman.resolve import DocumentActors, DocumentDates, DocumentPlaces, NameIndex, infer_published
from dragoman.split import split

#: Documents are parsed together until they hold this many characters that passed the gate.
_BATCH_CHARACTERS = 400_000
_KINDS = (statements, agreements, mechanisms, figures, intervals, disputes, commitments)
_EVENT_BLOCKS = frozenset({"headline", "body", "caption", "quote", "heading", "part", "banner"})


class Coder:
    """Codes documents with the knowledge in force; slow to make, quick to use, the same text gives the same claims."""

    def __init__(self, knowledge_dirs: tuple[Path, ...] = (), *, model: Path | None = None) -> None:
        self.knowledge = load(knowledge_dirs)
        self.model = model or HERE / "models" / "en"
        self.lexicon = lexicon(self.knowledge)
        self.cues = cues(self.knowledge)
        self.ontology = ontology(self.knowledge)
        self.gate = gate(self.knowledge)
        self.names = NameIndex(self.knowledge)
        self.version = f"dragoman {__version__}"

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """One Coded for each Document, in order; a passage that breaks the coder is passed over with its reason."""
        batch: list[_Opened] = []
        size = 0
        for document in documents:
            opened = self._open(document)
            batch.append(opened)
            size += sum(len(p.text) for p in opened.wanted) + 200
            if size >= _BATCH_CHARACTERS:
                yield from self._close(batch)
                batch, size = [], 0
        yield from self._close(batch)

    def _open(self, document: Document) -> _Opened:
        """Splits a document and says which passages want the parser."""
        passages = split(document)
        hits = self.names.find(document.text)
        starts = [hit.start for hit in hits]
        opened = _Opened(document, passages)
        for passage in passages:
            mine = tuple(hits[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)])
            opened.hits.append(mine)
            event = passage.kind in _EVENT_BLOCKS and self.gate.passes(passage.text) and (bool(mine) or self.names.has_agent(passage.text))
            kinds = tuple(kind for kind in _KINDS if kind.gate(passage.text))
            opened.kinds.append(kinds)
            opened.event.append(event)
            if event or kinds:
                opened.wanted.append(passage)
        return opened

    def _close(self, batch: list[_Opened]) -> Iterator[Coded]:
        texts = [passage.text for opened in batch for passage in opened.wanted]
        parses = parse(self.model, texts) if texts else iter(())
        for opened in batch:
            trees = {passage.index: next(parses) for passage in opened.wanted}
            yield self._code(opened, trees)

    def _code(self, opened: _Opened, trees: dict[int, Any]) -> Coded:
        document = opened.document
        if document.published is None:
            inferred = infer_published(document, self.names.tenures)
            dated = DocumentDates(document, self.knowledge, inferred)
        else:
            inferred = document.published
            dated = DocumentDates(document, self.knowledge, document.published)
        actors = DocumentActors(self.names, document, inferred)
        places = DocumentPlaces(self.knowledge, document)
        claims: list[AnyClaim] = []
        skipped: list[Skipped] = []
        sentences: list[Sentence] = []
        for passage, hits, event, kinds in zip(opened.passages, opened.hits, opened.event, opened.kinds, strict=True):
            sentence = Sentence(document=document, passage=passage, parse=trees.get(passage.index), hits=hits, actors=actors, dates=dated, places=places)
            sentences.append(sentence)
            try:
                if event:
                    claims.extend(SentenceEvents(sentence, self.lexicon, self.ontology, self.cues).code())
                for kind in kinds:
                    claims.extend(kind.claims(sentence))
            except Exception as error:  # noqa: BLE001  # no sentence may stop a document; the row says which and why
                where = f"{document.id}:{passage.start}-{passage.end}"
                skipped.append(Skipped(id=document.id, where=where, why=f"{type(error).__name__}: {error}"))
        if inferred is not document.published:
            import msgspec  # noqa: PLC0415

            document = msgspec.structs.replace(document, published=inferred)
        return Coded(document=document, claims=tuple(claims), skipped=tuple(skipped))


class _Opened:
    """A document between split and parse."""

    def __init__(self, document: Document, passages: list[Passage]) -> None:
        self.document = document
        self.passages = passages
        self.wanted: list[Passage] = []
        self.hits: list[tuple[NameHit, ...]] = []
        self.event: list[bool] = []
        self.kinds: list[tuple[Any, ...]] = []
