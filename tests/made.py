"""Makes documents and claims for tests of the record, of reconciling and of measuring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from dragoman.model import (
    Block,
    Coded,
    DateSpan,
    Document,
    Entity,
    Event,
    Evidence,
    Known,
    Reason,
    Skipped,
    Source,
    Statement,
    Trigger,
    content_id,
)


def day(start: str, end: str = "", how: str = "stated") -> DateSpan:
    return DateSpan(start=start, end=end or start, precision="range" if end else "day", how=how)  # type: ignore[arg-type]


def entity(country: str, name: str = "", office: str = "") -> Entity:
    return Entity(text=name or country, start=0, end=3, name=name or country, country=country, office=office)


def event(
    actors: str,
    recipients: str = "",
    on: str = "2009-11-02",
    text: str = "They met.",
    document: str = "d",
    **more: Any,
) -> Event:
    fields: dict[str, Any] = {"event_type": "CONSULT", "mode": "visit", "quad_class": 1, "score": 4.0, **more}
    made = Event(
        evidence=Evidence(document=document, start=0, end=len(text), text=text),
        trigger=Trigger(text=text[:4], start=0, end=4),
        actors=fields.pop("people", None) or tuple(entity(one) for one in actors.split()),
        recipients=tuple(entity(one) for one in recipients.split()),
        date=fields.pop("date", day(on) if on else None),
        why=(Reason(step="frames", rule="verbs.yaml:1", detail="made for a test"),),
        **fields,
    )
    identity = content_id(document, text, actors, recipients, on, repr(sorted(more.items(), key=str)))
    return type(made)(**{**{f: getattr(made, f) for f in made.__struct_fields__}, "id": identity})


def statement(speaker: str, quote: str, document: str = "d", on: str = "2009-11-02") -> Statement:
    return Statement(
        evidence=Evidence(document=document, start=0, end=len(quote), text=quote),
        id=content_id(document, quote),
        speaker=entity(speaker),
        quote=quote,
        date=day(on),
    )


def known(claim: Any, source: str = "", side: str = "", published: str = "2009-11-03") -> Known:
    return Known(claim=claim, source=source or claim.evidence.document, side=side, published=published)


def coded(
    name: str, *claims: Any, source: str = "", side: str = "", published: str = "2009-11-03", text: str = ""
) -> Coded:
    text = text or " ".join(claim.evidence.text for claim in claims) or name
    document = Document(
        id=name,
        text=text,
        title=f"Report {name}",
        published=day(published),
        source=Source(name=source or f"source of {name}", side=side),
        blocks=(Block(kind="body", start=0, end=len(text)),),
    )
    return Coded(document=document, claims=tuple(_placed(claim, text) for claim in claims))


def _placed(claim: Any, text: str) -> Any:
    """A claim with its words where they stand in the text."""
    evidence = claim.evidence
    start = max(text.find(evidence.text), 0)
    return replace(claim, evidence=replace(evidence, start=start, end=start + len(evidence.text)))


class StubCoder:
    """Stands for the coder: the words of `codes` met in a sentence are its sides, "met" a visit, "broken" a passage."""

    def __init__(self) -> None:
        self.calls = 0
        self.codes = {"Britain": "GBR", "Russia": "RUS", "China": "CHN"}

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        self.calls += 1
        for document in list(documents):
            claims, skipped = [], []
            for found in re.finditer(r"[^.\n]+\.?", document.text):
                text = found[0].strip()
                sides = [code for name, code in self.codes.items() if name in text]
                if "met" in text and sides:
                    on = document.published.start if document.published else "2000-01-01"
                    claims.append(
                        _placed(event(" ".join(sides), text=text, on=on, document=document.id), document.text)
                    )
                if "broken" in text:
                    skipped.append(Skipped(id=document.id, where=f"{document.id}:{found.start()}", why="made to break"))
            yield Coded(document=document, claims=tuple(claims), skipped=tuple(skipped))
