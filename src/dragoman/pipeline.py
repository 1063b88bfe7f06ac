"""The whole flow on one page, the only place where the stages meet: Documents in, coded Documents out.

split → gate → network → parse (all passages of a batch of documents together) → code, each document with resolvers of
its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.coding import others
from dragoman.coding.antecedents import Antecedents
from dragoman.coding.context import Sentence
from dragoman.coding.cues import cues
from dragoman.coding.events import SentenceEvents, states_named
from dragoman.coding.frames import lexicon
from dragoman.coding.gate import gate
from dragoman.coding.network import Glance, Network, network
from dragoman.coding.ontology import ontology
from dragoman.coding.parser import parse
from dragoman.coding.present import Present
from dragoman.coding.vote import FALLS
from dragoman.knowledge import HERE, load
from dragoman.model import CODED_BLOCKS, AnyClaim, Coded, Document, Event, NameHit, Passage, Skipped
from dragoman.resolve import DocumentActors, DocumentDates, DocumentPlaces, infer_published, reader
from dragoman.split import split

#: Documents are parsed together until they hold this many characters that passed the gate.
_BATCH_CHARACTERS = 400_000
#: So many passages back a state is still what the talk is of.
_NEAR = 2
#: Words whose part is remembered; more would let a hostile text fill the memory.
_REMEMBERED = 200_000


class Coder:
    """Codes documents with the knowledge in force; slow to make, quick to use, the same text gives the same claims."""

    def __init__(
        self, knowledge_dirs: tuple[Path, ...] = (), *, model: Path | None = None, vote: bool = True
    ) -> None:
        """`model` is a folder with a parser and a network; without `vote` the frames code alone."""
        self.knowledge = load(knowledge_dirs)
        self.model = model or HERE / "models" / "en"
        self.lexicon = lexicon(self.knowledge)
        self.cues = cues(self.knowledge)
        self.ontology = ontology(self.knowledge)
        self.gate = gate(self.knowledge)
        self.reader = reader(self.knowledge)
        self.network = network(self.model / "network") if vote else None
        self.names = self.reader.index
        self.present = Present(self.lexicon, self.cues.says)
        self._agents: dict[str, bool] = {}
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
            coded = passage.kind in CODED_BLOCKS
            event = coded and self._may_hold_event(passage, mine)
            opened.event.append(event)
            if event or (coded and others.wants_parse(passage.text)):
                opened.wanted.append(passage)
        return opened

    def _may_hold_event(self, passage: Passage, hits: tuple[NameHit, ...]) -> bool:
        """The gate: a word that can set off an event, and a name or a word for people that can be a party to it."""
        words = self.gate.words(passage.text)
        if not self.gate.opens(words, between=len(states_named(hits)) > 1):
            return False
        return bool(hits) or any(self._is_agent(word) for word in words) or self.gate.reciprocal(words)

    def _is_agent(self, word: str) -> bool:
        known = self._agents.get(word)
        if known is None:
            known = self.reader.agents.get(word) is not None
            if len(self._agents) < _REMEMBERED:
                self._agents[word] = known
        return known

    def _close(self, batch: list[_Opened]) -> Iterator[Coded]:
        if self.network is not None:
            for opened in batch:
                self._glance(opened, self.network)
        wanted = [
            (passage.text, passage.start, opened.hits[passage.index - opened.first])
            for opened in batch
            for passage in opened.wanted
        ]
        parses = parse(self.model, wanted, self.present, self._is_agent) if wanted else iter(())
        for opened in batch:
            trees = {passage.index: next(parses) for passage in opened.wanted}
            yield self._code(opened, trees)

    @staticmethod
    def _glance(opened: _Opened, reads: Network) -> None:
        """Lets the network read what the gate let through; where it sees nothing, no event could stand the vote."""
        asked = [p for p in opened.wanted if opened.event[p.index - opened.first]]
        for passage, glance in zip(asked, reads.read(p.text for p in asked), strict=True):
            if glance.strongest() >= FALLS:
                opened.glances[passage.index] = glance
                continue
            opened.event[passage.index - opened.first] = False
            if not others.wants_parse(passage.text):
                opened.wanted.remove(passage)

    def _code(self, opened: _Opened, trees: dict[int, Any]) -> Coded:
        document = opened.document
        published = infer_published(document, self.knowledge)
        if published != document.published:
            document = msgspec.structs.replace(document, published=published)
        dated = DocumentDates(document, self.knowledge, published)
        turns = [(p.start, p.speaker_label) for p in opened.passages if p.speaker_label]
        actors = DocumentActors(self.names, document, published, knowledge=self.knowledge, turns=turns)
        places = DocumentPlaces(self.knowledge, document)
        claims: list[AnyClaim] = []
        skipped: list[Skipped] = []
        rest = others.Others()
        antecedents = Antecedents(self.cues)
        held: list[Sentence] = []
        recent: list[frozenset[str]] = []
        for passage, hits, event in zip(opened.passages, opened.hits, opened.event, strict=True):
            before = [state for earlier in recent[-_NEAR:] for state in earlier]
            recent.append(states_named(hits))
            sentence = Sentence(
                near=frozenset(before),
                document=document,
                passage=passage,
                parse=trees.get(passage.index),
                hits=hits,
                actors=actors,
                dates=dated,
                places=places,
                glance=opened.glances.get(passage.index),
            )
            if held and (held[-1].passage.paragraph, held[-1].passage.part) != (passage.paragraph, passage.part):
                claims.extend(rest.paragraph(held))
                held = []
            if passage.kind in CODED_BLOCKS:
                held.append(sentence)
            try:
                if event:
                    told = SentenceEvents(sentence, self.lexicon, self.ontology, self.cues).code()
                    claims.extend(antecedents.complete(sentence, told, claims, held))
            except Exception as error:  # noqa: BLE001  # no sentence may stop a document; the row says which and why
                where = f"{document.id}:{passage.start}-{passage.end}"
                skipped.append(Skipped(id=document.id, where=where, why=f"{type(error).__name__}: {error}"))
        claims.extend(rest.paragraph(held))
        claims = rest.with_sessions(claims)
        claims.extend(rest.close(tuple(claims)))
        skipped.extend(Skipped(id=document.id, where=f"{document.id}:{a}-{b}", why=why) for a, b, why in rest.failed)
        stamped = tuple(
            msgspec.structs.replace(claim, coder=self.version, knowledge=self.knowledge.digest)
            for claim in _ordered(claims)
        )
        return Coded(document=document, claims=stamped, skipped=tuple(skipped))


def _ordered(claims: list[AnyClaim]) -> list[AnyClaim]:
    """Claims in the order of their words, events before what else rests on the same sentence."""
    return sorted(
        claims, key=lambda c: (c.evidence.start, not isinstance(c, Event), c.trigger.start if c.trigger else 0, c.id)
    )


class _Opened:
    """A document between split and parse."""

    def __init__(self, document: Document, passages: list[Passage]) -> None:
        self.document = document
        self.passages = passages
        self.first = passages[0].index if passages else 0
        self.wanted: list[Passage] = []
        self.hits: list[tuple[NameHit, ...]] = []
        self.event: list[bool] = []
        self.glances: dict[int, Glance] = {}
