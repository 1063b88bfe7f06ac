"""Answers in, an HTML page of those that are wrong out, each claim with the explanation of how it came out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.evaluation.gold import Answer
from dragoman.evaluation.scoring import pair, wrong
from dragoman.model import Entity, Event

TEMPLATE = Path(__file__).with_name("errors_page.html")


def errors_page(answers: Iterable[Answer]) -> str:
    """One page that needs nothing else; every text in it is escaped."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

    made = Environment(autoescape=True, undefined=StrictUndefined).from_string(TEMPLATE.read_text(encoding="utf-8"))
    every = list(answers)
    shown = [_shown(one) for one in every if wrong(pair(one))]
    return made.render(errors=shown, rows=len(every))


def _shown(answer: Answer) -> dict[str, Any]:
    row = answer.row
    where = (row.get(name) for name in ("gold", "batch", "id", "document", "date"))
    return {
        "where": " ".join(str(one) for one in where if one),
        "text": row["text"],
        "gold": [_told(event) for event in row["events"]],
        "coded": [_claimed(claim) for claim in answer.claims],
    }


def _told(event: dict[str, Any]) -> dict[str, str]:
    return {
        "type": event["event_type"],
        "mode": event.get("mode") or "",
        "status": event.get("status", "actual"),
        "actors": ", ".join(map(_party, event.get("actors") or ())),
        "recipients": ", ".join(map(_party, event.get("recipients") or ())),
        "word": event.get("trigger") or "",
    }


def _party(party: dict[str, str] | str) -> str:
    return party if isinstance(party, str) else f"{party.get('country', '')}.{party.get('sector', '')}".strip(".")


def _claimed(claim: Event) -> dict[str, Any]:
    return {
        "type": claim.event_type, "mode": claim.mode, "status": claim.status,
        "actors": _parties(claim.actors), "recipients": _parties(claim.recipients),
        "word": claim.trigger.text if claim.trigger else "",
        "why": [f"{reason.step}: {reason.rule} {reason.detail}".strip() for reason in claim.why],
    }  # fmt: skip


def _parties(side: tuple[Entity, ...]) -> str:
    return ", ".join(f"{one.text} = {one.country or '?'}" for one in side)
