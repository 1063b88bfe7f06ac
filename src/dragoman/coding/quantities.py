"""Amounts and what they measure, as they stand in a text: money, percentages, volumes, persons."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

from dragoman.coding import phrases
from dragoman.model import DateSpan

RULES = "patterns/en/figures.yaml"


class Measure(NamedTuple):
    """Something that is counted between states, with its words and how many parties it has."""

    measure: str
    parties: int
    unit: str
    percent: bool
    form: re.Pattern[str]
    rule: str


class Words(NamedTuple):
    """The patterns of amounts and measures."""

    measures: tuple[Measure, ...]
    gate: re.Pattern[str]
    amount: re.Pattern[str]
    currencies: dict[str, str]
    volumes: dict[str, str]
    persons: re.Pattern[str]
    rise: re.Pattern[str]
    fall: re.Pattern[str]
    inherit: re.Pattern[str]
    share: re.Pattern[str]
    casualties: re.Pattern[str]
    idle_before: re.Pattern[str]
    idle_behind: re.Pattern[str]
    visiting: re.Pattern[str]
    trips: re.Pattern[str]
    parts: re.Pattern[str]


class Amount(NamedTuple):
    """An amount as it stands in the text: `sort` is money, percent, volume or count."""

    start: int
    end: int
    value: float
    unit: str
    sort: str


@functools.lru_cache(maxsize=1)
def words_for() -> Words:
    """The words for amounts and measures, as patterns."""
    file, quantities = phrases.pattern_file("figures"), phrases.pattern_file("quantities")
    rows: list[dict[str, Any]] = file["measures"]
    ordered = sorted(enumerate(rows, 1), key=lambda row: row[0])
    measures = tuple(
        Measure(row["measure"], row["parties"], row.get("unit", ""), bool(row.get("percent")),
                 re.compile(rf"\b{phrases.either(row['words'])}\b", re.IGNORECASE), f"measures[{number}]")
        for number, row in ordered
    )  # fmt: skip
    before = {sign: row["code"] for row in quantities["currencies"] for sign in row["before"]}
    after = {word.lower(): row["code"] for row in quantities["currencies"] for word in row["after"]}
    number = phrases.number_form()
    scale = phrases.either(quantities["scales"])
    unit = phrases.either([*after, *file["volume_units"], *file["percent"]])
    amount = (
        rf"(?<![\w.,])(?P<sign>{phrases.either(before)})?\s?(?P<number>{number})(?:(?:\s+an?)?[\s-](?P<scale>{scale})(?![\w]))?"
        rf"(?P<glued>bn|mn|m|b|k|tn|trn)?(?:\s*(?P<unit>{unit})(?!\w))?"
    )
    return Words(
        measures=measures,
        gate=re.compile(
            rf"\b{phrases.either([word for row in rows for word in row['words']] + file['visiting'])}\b", re.IGNORECASE
        ),
        amount=re.compile(amount, re.IGNORECASE),
        currencies={**{sign.lower().strip(): code for sign, code in before.items()}, **after},
        volumes={word.lower(): name for word, name in file["volume_units"].items()},
        persons=re.compile(
            rf"\s+(?:[a-z]+\s+|[A-Z][\w.]+(?:-[A-Z]\w+)?\s+){{0,2}}{phrases.either(file['persons'])}\b", re.IGNORECASE
        ),
        rise=re.compile(rf"\b{phrases.either(file['rise'])}\b", re.IGNORECASE),
        fall=re.compile(rf"\b{phrases.either(file['fall'])}\b", re.IGNORECASE),
        inherit=re.compile(rf"\b{phrases.either(file['inherit'])}\b", re.IGNORECASE),
        share=re.compile(phrases.either(file["share"]), re.IGNORECASE),
        casualties=re.compile(rf"\b{phrases.either(file['casualties'])}\b", re.IGNORECASE),
        visiting=re.compile(
            rf"\s+[A-Z][\w-]+(?:\s+(?:citizens|nationals|people))?\s+(?P<verb>{phrases.either(file['visiting'])})\s+(?:the\s+)?[A-Z]"
        ),
        trips=re.compile(rf"\s+{phrases.either(file['trips'])}\b", re.IGNORECASE),
        parts=re.compile(
            rf"\bby\s+(?:(?:about|some|almost|nearly|over|around|roughly|more\s+than|up\s+to)\s+)*(?P<part>{phrases.either(file['parts'])})\b(?!\s+(?:a|of))",
            re.IGNORECASE,
        ),
        idle_before=re.compile(rf"\b{phrases.either(file['idle_before'])}[\s-]$", re.IGNORECASE),
        idle_behind=re.compile(rf"[\s-]+{phrases.either(file['idle_behind'], plural=True)}\b", re.IGNORECASE),
    )


def gate(text: str) -> bool:
    """Whether a text holds an amount and a word for something counted between states."""
    return DIGIT.search(text) is not None and words_for().gate.search(text) is not None


DIGIT = re.compile(r"\d|\b(?:third|quarter|half|fifth|hundred|thousand|million|billion|percent|dozen)", re.IGNORECASE)


def measures_in(text: str, low: int, high: int) -> list[tuple[Measure, int, int]]:
    """The measures that a stretch names, longest words first, each with its offsets."""
    every = [(measure, match) for measure in words_for().measures for match in measure.form.finditer(text, low, high)]
    found: list[tuple[Measure, int, int]] = []
    for measure, match in sorted(
        every, key=lambda one: one[1].start() - one[1].end()
    ):  # "oil exports" before "exports"
        if not any(start < match.end() and match.start() < end for _, start, end in found) and not _idle(
            text, match.start(), match.end()
        ):
            found.append((measure, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def _idle(text: str, start: int, end: int) -> bool:
    """Whether a word such as "trade" only describes another ("trade union", "export control")."""
    words = words_for()
    return bool(words.idle_behind.match(text, end) or words.idle_before.search(text, max(0, start - 8), start))


def amounts_in(text: str, low: int, high: int) -> list[Amount]:
    """The amounts of a stretch in order: money, percentages, volumes, persons."""
    words, quantities = words_for(), phrases.pattern_file("quantities")
    scales = quantities["scales"]
    found: list[Amount] = []
    for match in words.amount.finditer(text, low, high):
        value = phrases.number_of(match["number"])
        if value is None:
            continue
        scale = (match["scale"] or match["glued"] or "").lower()
        unit, sign = (match["unit"] or "").lower(), (match["sign"] or "").lower().strip()
        if scale:
            value *= scales[scale]
        value = round(value, 6)
        if sign:
            found.append(Amount(match.start(), match.end(), value, words.currencies[sign], "money"))
        elif unit in words.currencies:
            found.append(Amount(match.start(), match.end(), value, words.currencies[unit], "money"))
        elif (
            scale
            and scales[scale] >= _BIG
            and not unit
            and found
            and found[-1].sort == "money"
            and _BARE.match(text, match.end())
        ):
            # "four billion dollars, and exports one billion"
            found.append(Amount(match.start(), match.end(), value, found[-1].unit, "money"))
        elif unit in words.volumes:
            found.append(Amount(match.start(), match.end(), value, words.volumes[unit], "volume"))
        elif unit:
            found.append(
                Amount(match.start(), match.end(), value, "points" if "point" in unit else "percent", "percent")
            )
        elif (words.persons.match(text, match.end()) or words.visiting.match(text, match.end())) and match[
            "number"
        ].lower() not in ({"a", "an", "one"} if scale else {"a", "an", "one", "half"}):
            found.append(Amount(match.start(), match.end(), value, "", "count"))
    parts = phrases.pattern_file("figures")["parts"]
    for match in words.parts.finditer(text, low, high):
        if not any(one.start < match.end() and match.start("part") < one.end for one in found):
            value = float(parts[phrases.squeeze(match["part"]).lower()])
            found.append(Amount(match.start("part"), match.end(), value, "percent", "percent"))
    return sorted(found, key=lambda one: one.start)


#: Amounts of these are of the money named before, where nothing counted follows them.
_BIG = 1_000_000
_BARE = re.compile(r"\s*(?:[,.;)]|$|(?:and|in|a\s+year|last|this|by|but|while|respectively)\b)")


def dated(amount: Amount, dates: list[tuple[int, int, DateSpan]]) -> bool:
    """Whether a bare number is part of a date."""
    return amount.sort == "count" and any(a <= amount.start < b for a, b, _ in dates)
