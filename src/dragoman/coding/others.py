"""All kinds of claims besides events: one document, paragraph by paragraph, in the order of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.coding import (
    agreements,
    commitments,
    disputes,
    figures,
    intervals,
    mechanisms,
    phrases,
    sittings,
    statements,
)
from dragoman.coding.context import Sentence
from dragoman.coding.speech import State
from dragoman.model import AnyClaim, Dispute, Statement

#: These find most of what they find without a parse; the other two need one.
_BY_PATTERN = (agreements, mechanisms, intervals)


def gate(text: str) -> bool:
    """Whether a passage may hold any such claim at all."""
    return wants_parse(text) or any(kind.gate(text) for kind in (agreements, mechanisms, figures, intervals, disputes))


def wants_parse(text: str) -> bool:
    """Whether a passage should be parsed for the sake of its statements and commitments."""
    return statements.gate(text) or commitments.gate(text)


class Others:
    """Codes one document; what breaks is kept in `failed` as (start, end, why) and the rest goes on."""

    def __init__(self) -> None:
        self.failed: list[tuple[int, int, str]] = []
        self._state = State()
        self._part: int | None = None
        self._sentences: list[Sentence] = []

    def paragraph(self, sentences: list[Sentence]) -> list[AnyClaim]:
        """The claims of one paragraph, given in the order of the text, disputes apart."""
        if not sentences:
            return []
        if sentences[0].passage.part != self._part:
            self._state, self._part = State(), sentences[0].passage.part
        self._sentences.extend(sentences)
        found: list[AnyClaim] = []
        said = self._try(sentences, lambda: statements.paragraph_claims(sentences, self._state))
        quoted = [claim for claim in said if isinstance(claim, Statement)]
        found.extend(said)
        found.extend(self._try(sentences, lambda: figures.document_claims(sentences)))
        for sentence in sentences:
            for kind in _BY_PATTERN:
                found.extend(self._try([sentence], lambda kind=kind, sentence=sentence: kind.claims(sentence)))  # type: ignore[misc]
            if sentence.parse is not None:
                found.extend(self._try([sentence], lambda sentence=sentence: commitments.claims(sentence, quoted)))  # type: ignore[misc]
        return found

    def with_sessions(self, claims: Sequence[AnyClaim]) -> list[AnyClaim]:
        """The claims of the document, its channels with the sessions that sentences behind them tell."""
        return list(self._try(self._sentences, lambda: sittings.with_sessions(self._sentences, claims)) or claims)

    def close(self, claims: Iterable[AnyClaim] = ()) -> list[Dispute]:
        """The disputes of the document, those included that its other claims suggest."""
        made = self._try(self._sentences, lambda: disputes.document_claims(self._sentences, claims))
        return [claim for claim in made if isinstance(claim, Dispute)]

    def _try(self, sentences: Sequence[Sentence], code: Callable[[], Sequence[AnyClaim]]) -> Sequence[AnyClaim]:
        try:
            return code()
        except Exception as error:  # noqa: BLE001  # no sentence may stop a document; the row says which and why
            if sentences:
                where = sentences[0].passage.start, sentences[-1].passage.end
                self.failed.append((*where, f"{type(error).__name__}: {error}"))
            return []


def document_claims(sentences: list[Sentence], events: Iterable[AnyClaim] = ()) -> list[AnyClaim]:
    """All claims besides events of one document; `events` are what the event coder found in it."""
    coder = Others()
    found: list[AnyClaim] = []
    for paragraph in phrases.paragraphs(sentences):
        found.extend(coder.paragraph(paragraph))
    known = [*events]
    found = [claim for claim in coder.with_sessions([*known, *found]) if claim not in known]
    found.extend(coder.close([*events, *found]))
    return found
