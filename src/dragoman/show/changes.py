"""Tells what coding a document again changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from dragoman.record import Recoded, differences
from dragoman.wire import claim_shape

_encoder = msgspec.json.Encoder()


def counts(told: Recoded) -> dict[str, int]:
    """How many claims came out as before, are new, changed, gone, wait for an answer or carried a judgement over."""
    return {
        "documents": 1,
        "claims the same": told.same,
        "new": len(told.new),
        "changed": len(told.changed),
        "gone": len(told.gone),
        "to be answered": len(told.asked) + told.waiting,
        "as corrected": told.carried,
    }


def change_lines(told: Recoded) -> Iterator[bytes]:
    """One JSON object a line for each change: `change`, `document`, the claim or both, and the fields that differ."""
    for change, claims in (("new", told.new), ("gone", told.gone)):
        for claim in claims:
            yield _line({"change": change, "document": told.document, "claim": claim_shape(claim)})
    for change, pairs in (("changed", told.changed), ("asked", told.asked)):
        for old, new in pairs:
            fields = {name: {"was": was, "is": now} for name, (was, now) in differences(old, new).items()}
            shape = {"change": change, "document": told.document, "old": old.id, "new": new.id, "fields": fields}
            yield _line({**shape, "claim": claim_shape(new)})


def _line(shape: dict[str, Any]) -> bytes:
    return _encoder.encode(shape) + b"\n"
