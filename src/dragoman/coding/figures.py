"""Figures: amounts and changes with what they measure, in base units, their period and parties."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.model import DateSpan, Entity, Figure

_RULES = "patterns/en/figures.yaml"
#: An amount farther than this from its measure belongs to something else.
_NEAR = 130
#: A date farther than this from an amount dates something else.
_PERIOD_NEAR = 75
#: A date so near to the beginning of its clause dates all of it.
_OPENS = 40


class _Measure(NamedTuple):
    measure: str
    parties: int
    unit: str
    percent: bool
    form: re.Pattern[str]
    rule: str


class _Words(NamedTuple):
    measures: tuple[_Measure, ...]
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


class _Amount(NamedTuple):
    """An amount as it stands in the text: `sort` is money, percent, volume or count."""

    start: int
    end: int
    value: float
    unit: str
    sort: str


class Carried(NamedTuple):
    """What a later clause or sentence takes over when it names no measure itself."""

    measure: str
    parties: tuple[Entity, ...]
    rule: str


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file, quantities = phrases.pattern_file("figures"), phrases.pattern_file("quantities")
    rows: list[dict[str, Any]] = file["measures"]
    ordered = sorted(enumerate(rows, 1), key=lambda row: row[0])
    measures = tuple(
        _Measure(row["measure"], row["parties"], row.get("unit", ""), bool(row.get("percent")),
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
    return _Words(
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
    return _DIGIT.search(text) is not None and _words().gate.search(text) is not None


_DIGIT = re.compile(r"\d|\b(?:third|quarter|half|fifth|hundred|thousand|million|billion|percent|dozen)", re.IGNORECASE)


def claims(sentence: Sentence) -> list[Figure]:
    """The figures that one sentence tells of; works with and without a parse."""
    return _coded(sentence, None)[0]


def document_claims(sentences: list[Sentence]) -> list[Figure]:
    """The figures of a document; a sentence may take measure and parties from the one before in its paragraph."""
    found: list[Figure] = []
    for paragraph in phrases.paragraphs(sentences):
        carried: Carried | None = None
        pair: tuple[Entity, ...] = ()
        for sentence in paragraph:
            made, carried = _coded(sentence, carried, pair)
            found.extend(made)
            here = (
                phrases.named_between(sentence, sentence.passage.start, sentence.passage.end)
                if len(paragraph) > 1
                else ()
            )
            pair = here if len(here) == 2 else pair if not here else ()
    return found


def _coded(
    sentence: Sentence, carried: Carried | None, pair: tuple[Entity, ...] = ()
) -> tuple[list[Figure], Carried | None]:
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    if not _DIGIT.search(sentence.passage.text) or not (carried or _words().gate.search(sentence.passage.text)):
        return [], _named_here(sentence, carried)
    found: list[Figure] = []
    amounts = _amounts(text, low, high)
    if not amounts:
        return [], _named_here(sentence, carried)
    dates = phrases.dates_in(sentence)
    amounts = [amount for amount in amounts if not _dated(amount, dates)]
    measures = _measures(text, low, high)
    for amount in amounts:
        chosen = _choose(text, amount, amounts, measures)
        if chosen is not None:
            measure, start, end = chosen
            parties = _parties(sentence, measure, start, end, amount)
            if len(parties) < measure.parties and all(any(phrases.same_party(p, q) for q in pair) for p in parties):
                parties = pair or parties  # "Trade came to …" after a sentence of two states
            rule = measure.rule
        elif carried is not None and amount.sort in {"percent", "money"} and _inherits(text, low, amount, measures):
            measure, parties, rule = None, carried.parties, f"{carried.rule} inherited"
            start, end = amount.start, amount.end
        else:
            continue
        if measure is not None and len(parties) < measure.parties:
            continue
        name = measure.measure if measure is not None else carried.measure if carried else ""
        figure = _figure(sentence, amount, name, parties, (dates, rule, amounts))
        if figure is not None:
            found.append(figure)
            carried = Carried(name, parties, rule)
    return found, carried if found else _named_here(sentence, carried)


def _named_here(sentence: Sentence, carried: Carried | None) -> Carried | None:
    """What the next sentence may take over when this one gave no figure: its measure, if it has one with parties."""
    if not _words().gate.search(sentence.passage.text):
        return carried
    measures = _measures(sentence.document.text, sentence.passage.start, sentence.passage.end)
    if not measures:
        return carried
    measure, start, end = measures[0]
    if measure.parties < 2 or measure.percent:
        return None
    parties = _parties(sentence, measure, start, end, None)
    return Carried(measure.measure, parties, measure.rule) if len(parties) >= measure.parties else None


def _measures(text: str, low: int, high: int) -> list[tuple[_Measure, int, int]]:
    every = [(measure, match) for measure in _words().measures for match in measure.form.finditer(text, low, high)]
    found: list[tuple[_Measure, int, int]] = []
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
    words = _words()
    return bool(words.idle_behind.match(text, end) or words.idle_before.search(text, max(0, start - 8), start))


def _amounts(text: str, low: int, high: int) -> list[_Amount]:
    words, quantities = _words(), phrases.pattern_file("quantities")
    scales = quantities["scales"]
    found: list[_Amount] = []
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
            found.append(_Amount(match.start(), match.end(), value, words.currencies[sign], "money"))
        elif unit in words.currencies:
            found.append(_Amount(match.start(), match.end(), value, words.currencies[unit], "money"))
        elif scale in _BIG and not unit and found and found[-1].sort == "money" and _BARE.match(text, match.end()):
            # "four billion dollars, and exports one billion"
            found.append(_Amount(match.start(), match.end(), value, found[-1].unit, "money"))
        elif unit in words.volumes:
            found.append(_Amount(match.start(), match.end(), value, words.volumes[unit], "volume"))
        elif unit:
            found.append(
                _Amount(match.start(), match.end(), value, "points" if "point" in unit else "percent", "percent")
            )
        elif (words.persons.match(text, match.end()) or words.visiting.match(text, match.end())) and match[
            "number"
        ].lower() not in ({"a", "an", "one"} if scale else {"a", "an", "one", "half"}):
            found.append(_Amount(match.start(), match.end(), value, "", "count"))
    parts = phrases.pattern_file("figures")["parts"]
    for match in words.parts.finditer(text, low, high):
        if not any(one.start < match.end() and match.start("part") < one.end for one in found):
            value = float(parts[phrases.squeeze(match["part"]).lower()])
            found.append(_Amount(match.start("part"), match.end(), value, "percent", "percent"))
    return sorted(found, key=lambda one: one.start)


#: Amounts of these are of the money named before, where nothing counted follows them.
_BIG = frozenset({"million", "billion", "trillion", "bn", "mn", "tn", "mln", "bln"})
_BARE = re.compile(r"\s*(?:[,.;)]|$|(?:and|in|a\s+year|last|this|by|but|while|respectively)\b)")


def _dated(amount: _Amount, dates: list[tuple[int, int, DateSpan]]) -> bool:
    return amount.sort == "count" and any(a <= amount.start < b for a, b, _ in dates)


def _choose(
    text: str, amount: _Amount, amounts: list[_Amount], measures: list[tuple[_Measure, int, int]]
) -> tuple[_Measure, int, int] | None:
    """The measure that an amount belongs to: of a fitting sort, near, with no closer amount or measure between."""
    if amount.sort == "count" and (way := _words().visiting.match(text, amount.end)) is not None:
        tourists = next((row for row in _words().measures if row.measure == "tourists"), None)
        return (tourists, way.start("verb"), way.end("verb")) if tourists is not None else None
    best: tuple[float, _Measure, int, int] | None = None
    for measure, start, end in measures:
        if amount.sort == "count" and measure.unit not in {"persons", "visas"}:
            continue
        if amount.sort in {"money", "volume"} and measure.unit in {"persons", "visas"}:
            continue
        if (amount.sort == "volume") != (measure.unit not in {"", "persons", "visas"}) and amount.sort != "percent":
            continue
        if amount.sort == "count":
            if (
                measure.measure == "tourists"
                and 0 <= amount.start - end < _OPENS
                and _words().trips.match(text, amount.end)
            ):
                return measure, start, end  # "Chinese tourists made 1.7 million trips"
            # the counted word itself follows the number
            if not 0 <= start - amount.end < 40 or "," in text[amount.end : start]:
                continue
            distance = float(start - amount.end)
        elif start >= amount.end:
            between = text[amount.end : start]
            # "15% growth in exports", "$5 billion in aid", "a $2bn loan"; farther off it is another clause's
            # … but "From $5 billion in 2002, trade has grown to …"
            opens = re.search(r"\b(?:From|Up from|Down from)\s+$", text[max(0, amount.start - 10) : amount.start])
            if len(between) > 60 or re.search(
                r"[;.]\s|\b(?:while|but|whereas)\b" if opens else r"[;,.]\s|\b(?:and|while|but|whereas)\b", between
            ):
                continue
            distance = len(between) * 1.0
        else:
            between = text[end : amount.start]
            if len(between) > _NEAR or ";" in between:
                continue
            crossed = sum(1 for other in amounts if end <= other.start < amount.start and other.sort == amount.sort)
            distance = (
                len(between) * 0.8 + crossed * 25 + 25 * len(re.findall(r"\b(?:while|whereas|but|until)\b", between))
            )
        if best is None or distance < best[0]:
            best = (distance, measure, start, end)
    if best is None or best[0] > _NEAR:
        return None
    return best[1:]


def _inherits(text: str, low: int, amount: _Amount, measures: list[tuple[_Measure, int, int]]) -> bool:
    """Whether an amount without a measure of its own goes on about the last one ("the increase was 9%")."""
    start = max(low, amount.start - 80)
    start = max(start, text.rfind(";", start, amount.start) + 1)
    named = any(start <= begin < amount.start for _, begin, _ in measures)
    return not named and _words().inherit.search(text, start, amount.start) is not None


def _parties(sentence: Sentence, measure: _Measure, start: int, end: int, amount: _Amount | None) -> tuple[Entity, ...]:
    """The parties of a measure: of its phrase, of its clause, else the page's pair for "our" trade."""
    text = sentence.document.text
    low, high = phrases.clause_bounds(text, sentence.passage.start, sentence.passage.end, start)
    front = re.compile(r"(?:[\w’'.–—-]+\s+){1,5}$").search(text, max(low, start - 60), start)
    behind = re.compile(
        r"\s*(?:(?:between|to|from|with|in|of|by|into|for)\s+[^,;.]{0,90}(?:\s+and\s+[^,;.]{0,40})?)"
    ).match(text, end, high)
    own = phrases.named_between(
        sentence, front.start() if front else start, behind.end() if behind else end, places=True
    )
    wide = phrases.named_between(
        sentence, low, high, places=measure.unit == "persons" or measure.measure == "investment"
    )
    if len(own) >= 2:
        return own[:4]
    both = phrases.distinct((*own, *wide))
    if len(both) == 2:
        return both
    near = phrases.distinct(
        (
            *own,
            *phrases.named_between(
                sentence,
                max(low, min(start, amount.start if amount else start) - 100),
                min(high, max(end, amount.end if amount else end) + 60),
            ),
        )
    )
    chosen = near[:3] if len(both) > 2 else both
    if len(chosen) < 2 and (
        measure.parties > 1
        or re.search(
            r"\b(?:our|mutual|bilateral|two-way|Our|Mutual|Bilateral)\s+(?:[\w-]+\s+){0,2}$",
            text[max(low, start - 50) : start],
        )
    ):
        return phrases.with_pair(sentence, chosen)
    return chosen


def _figure(
    sentence: Sentence, amount: _Amount, measure: str, parties: tuple[Entity, ...],
    context: tuple[list[tuple[int, int, DateSpan]], str, list[_Amount]],
) -> Figure | None:  # fmt: skip
    text = sentence.document.text
    dates, rule, others = context
    low, high = phrases.clause_bounds(text, sentence.passage.start, sentence.passage.end, amount.start)
    around = text[max(low, amount.start - 80) : min(high, amount.end + 40)]
    value: float | None = amount.value
    change: float | None = None
    unit = amount.unit
    if amount.sort == "percent":
        if (
            _words().share.search(text[amount.start : min(high, amount.end + 20)])
            or _words().share.search(text[max(low, amount.start - 30) : amount.start])
            or text[amount.end : amount.end + 4] == " of "
        ):
            unit = "percent share"
        elif (
            re.search(
                r"\b(?:to|at)\s+(?:(?:about|some|almost|nearly|over|just)\s+)?$",
                text[max(low, amount.start - 16) : amount.start],
            )
            and measure != "tariffs"
        ):
            return None  # "fell to 51 percent": of what, the words of change do not say
        elif measure == "tariffs":
            unit = "percent"
        else:
            direction = _direction(text, low, high, amount)
            if direction == 0:
                return None
            value, change, unit = (
                None,
                amount.value * direction,
                "percent growth" if amount.unit == "percent" else "points",
            )
    elif amount.sort == "count":
        if _words().casualties.search(text, low, high):
            return None
        unit = next((row.unit for row in _words().measures if row.measure == measure), "persons")
    elif re.search(
        r"\b(?:by|another|additional|increase of|rise of|growth of)\s+(?:(?:about|some|almost|nearly|over)\s+)?$",
        text[max(low, amount.start - 30) : amount.start],
    ):
        direction = _direction(text, low, high, amount)
        if direction:
            value, change, unit = None, amount.value * direction, f"{unit} growth".strip()
    return Figure(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, amount.start, amount.end),
        id=phrases.claim_id(sentence, "figure", amount.start, amount.end, measure),
        measure=measure,
        value=value,
        change=change,
        unit=unit,
        period=_period([date for date in dates if not _parted(date, amount, others)], amount, low, high),
        parties=parties,
        confidence=0.7 if "inherited" in rule else 0.85,
        why=phrases.why(f"{_RULES} {rule}", around),
    )


def _direction(text: str, low: int, high: int, amount: _Amount) -> int:
    """Up 1, down -1, neither 0, by the word of change nearest to a percentage."""
    marks: list[tuple[int, int]] = []
    for sign, form in ((1, _words().rise), (-1, _words().fall)):
        for match in form.finditer(text, max(low, amount.start - 90), min(high, amount.end + 50)):
            distance = amount.start - match.end() if match.end() <= amount.start else 2 + match.start() - amount.end
            marks.append((abs(distance), sign))
    return min(marks)[1] if marks else 0


def _parted(date: tuple[int, int, DateSpan], amount: _Amount, others: list[_Amount]) -> bool:
    """Whether another amount stands between a date behind an amount and that amount: the date is the other's."""
    return any(amount.end <= other.start and other.end <= date[0] for other in others)


def _period(dates: list[tuple[int, int, DateSpan]], amount: _Amount, low: int, high: int) -> str:
    """The period that stands nearest in the clause, as "2018", "2018-05" or "2018-01-01/2018-06-30"."""
    inside = [(min(abs(a - amount.end), abs(amount.start - b)), span) for a, b, span in dates if low <= a and b <= high]
    first = [item for item in inside if dates and dates[0][2] == item[1] and dates[0][0] - low < _OPENS]
    inside = [item for item in inside if item[0] <= _PERIOD_NEAR] or first
    if not inside:
        return ""
    span = min(inside, key=lambda item: item[0])[1]
    if span.precision == "year":
        return span.start[:4]
    if span.precision == "month":
        return span.start[:7]
    return span.start if span.start == span.end else f"{span.start}/{span.end}"
