"""Scores statements, agreements, mechanisms, disputes, figures, intervals, commitments against all that a text holds.

A row `{"id", "text", "date", "whole", "claims"}` lists every claim of the kinds in `whole`; what else is coded of these
kinds is wrong. A claim is found by its key (a statement by words and speaker, an agreement by kind and parties, …);
the other fields are scored among the found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.evaluation.gold import Codes, decode
from dragoman.wire import claim_shape

Shape = dict[str, Any]
#: Units of time that are so many of another.
_UNITS = {"decade": ("year", 10), "century": ("year", 100), "fortnight": ("week", 2)}
#: The fields that are scored among the claims found, by kind.
FIELDS: dict[str, tuple[str, ...]] = {
    "statement": ("stance", "addressee"),
    "agreement": ("status", "date"),
    "mechanism": ("level", "frequency", "count"),
    "figure": ("unit", "period", "parties"),
    "interval": ("since",),
    "commitment": ("due", "to_whom"),
    "dispute": (),
}


class Miss(NamedTuple):
    """One thing that is not as it should be: `what` is missed, false, or the field that is wrong."""

    row: str
    kind: str
    what: str
    told: Shape
    got: Shape | None
    text: str


class Tally:
    """Counts of one run: claims told, coded, found and right by kind; fields told and right."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()
        self.coded: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.fields: Counter[tuple[str, str]] = Counter()
        self.fields_right: Counter[tuple[str, str]] = Counter()
        self.misses: list[Miss] = []

    def add(self, row: Shape, shapes: list[Shape]) -> None:
        """Counts one row against the shapes of the claims that were coded in it."""
        for kind in row["whole"]:
            told = [one for one in row["claims"] if one["kind"] == kind]
            coded = [one for one in shapes if one["kind"] == kind]
            self._kind(kind, row, told, coded)

    def _kind(self, kind: str, row: Shape, told: list[Shape], coded: list[Shape]) -> None:
        self.told[kind] += len(told)
        self.coded[kind] += len(coded)
        key = _KEYS[kind]
        right: set[int] = set()
        for one in told:
            fits = [number for number, shape in enumerate(coded) if key(one, shape)]
            # a claim that is nobody else's is taken before one that already tells of something
            fit = min(fits, key=lambda number: (number in right, number), default=None)
            if fit is None:
                self.misses.append(Miss(row["id"], kind, "missed", one, None, row["text"]))
                continue
            self.found[kind] += 1
            right.add(fit)
            self._fields(kind, row, one, coded[fit])
        self.right[kind] += len(right)
        self.misses.extend(
            Miss(row["id"], kind, "false", {}, shape, row["text"])
            for number, shape in enumerate(coded)
            if number not in right
        )

    def _fields(self, kind: str, row: Shape, one: Shape, shape: Shape) -> None:
        for field in FIELDS[kind]:
            if field not in one:
                continue
            self.fields[kind, field] += 1
            good = _field(field, one[field], shape.get(field))
            self.fields_right[kind, field] += good
            if not good:
                self.misses.append(Miss(row["id"], kind, field, one, shape, row["text"]))

    def figures(self) -> dict[str, float]:
        """F1, precision and recall of each kind, and the share right of each field."""
        made: dict[str, float] = {}
        for kind, fields in FIELDS.items():
            if not self.told[kind]:
                continue
            recall = self.found[kind] / self.told[kind]
            precision = self.right[kind] / self.coded[kind] if self.coded[kind] else 0.0
            both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            made |= {kind: both, f"{kind} precision": precision, f"{kind} recall": recall}
            for field in fields:
                if self.fields[kind, field]:
                    made[f"{kind} {field}"] = self.fields_right[kind, field] / self.fields[kind, field]
        return {name: round(value, 4) for name, value in made.items()}


def measured(coder: Codes, rows: Iterable[Shape]) -> Tally:
    """The tally of some rows."""
    from dragoman.read import from_text  # noqa: PLC0415

    listed = list(rows)
    documents = [from_text(row["text"], id=str(row["id"]), date=row.get("date") or "") for row in listed]
    tally = Tally()
    for row, coded in zip(listed, coder.code(documents), strict=True):
        tally.add(row, [claim_shape(claim) for claim in coded.claims])
    return tally


def kinds_rows(file: Path, *, blind: bool = False) -> Iterator[Shape]:
    """The rows of a file that list all claims of some kinds; those set aside only when `blind`, then they alone."""
    return (row for row in decode(file) if "whole" in row and bool(row.get("blind")) == blind)


def _plain(text: str) -> str:
    """Text for comparing: lower case, no accents, plain quotation marks, single spaces."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(re.sub(r"[‘’]", "'", bare).lower().split())


def _party(code: str, entities: Iterable[Shape]) -> Shape | None:
    """The entity that a code (or the name of an organisation) stands for."""
    for entity in entities:
        if code == entity.get("country") or (len(code) != len("GBR") and code in f"{entity['name']} {entity['text']}"):
            return entity
    return None


def _same_parties(told: list[str], entities: Iterable[Shape]) -> bool:
    got = [one for one in entities or () if one.get("country") or one.get("name")]
    known = [_party(code, got) for code in told]
    return all(known) and len({one["country"] or one["name"] for one in got}) == len(told)


def _statement(told: Shape, got: Shape) -> bool:
    said = _plain(f"{got['quote']} {got['content']}")
    speaker, wanted = got["speaker"] or {}, told["speaker"]
    named = _plain(f"{speaker.get('name', '')} {speaker.get('text', '')}")
    return (
        _plain(told["words"]) in said
        and (not wanted["country"] or wanted["country"] == speaker.get("country"))
        and _plain(wanted["name"]) in named
    )


def _agreement(told: Shape, got: Shape) -> bool:
    kind = told.get("agreement_kind")
    return kind in {None, got["agreement_kind"]} and _same_parties(told["parties"], got["parties"])


def _mechanism(told: Shape, got: Shape) -> bool:
    kind = told.get("mechanism_kind")
    return kind in {None, got["mechanism_kind"]} and _same_parties(told["parties"], got["parties"])


def _figure(told: Shape, got: Shape) -> bool:
    amount = "value" if "value" in told else "change"
    value = got.get(amount)
    return (
        told["measure"] == got["measure"] and value is not None and abs(value - told[amount]) <= abs(told[amount]) / 1e6
    )


def _interval(told: Shape, got: Shape) -> bool:
    if "count" in told:
        return got["count"] is not None and _time(told["count"], told["unit"]) == _time(got["count"], got["unit"])
    return _field("since", told["since"], got["since"])


def _time(count: int, unit: str) -> tuple[str, int]:
    base, times = _UNITS.get(unit, (unit, 1))
    return base, count * times


def _commitment(told: Shape, got: Shape) -> bool:
    return _plain(told["what"]) in _plain(got["what"]) and _same_parties(told["who"], got["who"])


def _dispute(told: Shape, got: Shape) -> bool:
    return _plain(told["name"]) in _plain(got["name"]) and _same_parties(told["parties"], got["parties"])


_KEYS: dict[str, Callable[[Shape, Shape], bool]] = {
    "statement": _statement,
    "agreement": _agreement,
    "mechanism": _mechanism,
    "figure": _figure,
    "interval": _interval,
    "commitment": _commitment,
    "dispute": _dispute,
}


def _field(field: str, told: Any, got: Any) -> bool:  # noqa: ANN401  # plain values
    if field in {"date", "since", "due"}:
        # the due day is the last one, every other date the first
        return got is not None and str(
            got["end" if field == "due" and len(told) > len("2016-01") else "start"]
        ).startswith(told)
    if field == "addressee":
        return got is not None and (told == got["country"] or _plain(told) in _plain(f"{got['name']} {got['text']}"))
    if isinstance(told, list):
        return all(_party(code, got or ()) for code in told)
    return bool(told == got)
