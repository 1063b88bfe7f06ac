"""Figures: amounts and changes with what they measure, in base units, their period and parties."""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.coding.quantities import DIGIT, RULES, Amount, Measure, amounts_in, dated, gate, measures_in, words_for
from dragoman.model import DateSpan, Entity, Figure

__all__ = ["claims", "document_claims", "gate"]


#: An amount farther than this from its measure belongs to something else.
_NEAR = 130
#: A date farther than this from an amount dates something else.
_PERIOD_NEAR = 75
#: A date so near to the beginning of its clause dates all of it.
_OPENS = 40


class Carried(NamedTuple):
    """What a later clause or sentence takes over when it names no measure itself."""

    measure: str
    parties: tuple[Entity, ...]
    rule: str


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
    if not DIGIT.search(sentence.passage.text) or not (carried or words_for().gate.search(sentence.passage.text)):
        return [], _named_here(sentence, carried)
    found: list[Figure] = []
    amounts = amounts_in(text, low, high)
    if not amounts:
        return [], _named_here(sentence, carried)
    dates = phrases.dates_in(sentence)
    amounts = [amount for amount in amounts if not dated(amount, dates)]
    measures = measures_in(text, low, high)
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
    if not words_for().gate.search(sentence.passage.text):
        return carried
    measures = measures_in(sentence.document.text, sentence.passage.start, sentence.passage.end)
    if not measures:
        return carried
    measure, start, end = measures[0]
    if measure.parties < 2 or measure.percent:
        return None
    parties = _parties(sentence, measure, start, end, None)
    return Carried(measure.measure, parties, measure.rule) if len(parties) >= measure.parties else None


def _choose(
    text: str, amount: Amount, amounts: list[Amount], measures: list[tuple[Measure, int, int]]
) -> tuple[Measure, int, int] | None:
    """The measure that an amount belongs to: of a fitting sort, near, with no closer amount or measure between."""
    if amount.sort == "count" and (way := words_for().visiting.match(text, amount.end)) is not None:
        tourists = next((row for row in words_for().measures if row.measure == "tourists"), None)
        return (tourists, way.start("verb"), way.end("verb")) if tourists is not None else None
    best: tuple[float, Measure, int, int] | None = None
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
                and words_for().trips.match(text, amount.end)
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


def _inherits(text: str, low: int, amount: Amount, measures: list[tuple[Measure, int, int]]) -> bool:
    """Whether an amount without a measure of its own goes on about the last one ("the increase was 9%")."""
    start = max(low, amount.start - 80)
    start = max(start, text.rfind(";", start, amount.start) + 1)
    named = any(start <= begin < amount.start for _, begin, _ in measures)
    return not named and words_for().inherit.search(text, start, amount.start) is not None


def _parties(sentence: Sentence, measure: Measure, start: int, end: int, amount: Amount | None) -> tuple[Entity, ...]:
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
    sentence: Sentence, amount: Amount, measure: str, parties: tuple[Entity, ...],
    context: tuple[list[tuple[int, int, DateSpan]], str, list[Amount]],
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
            words_for().share.search(text[amount.start : min(high, amount.end + 20)])
            or words_for().share.search(text[max(low, amount.start - 30) : amount.start])
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
        if words_for().casualties.search(text, low, high):
            return None
        unit = next((row.unit for row in words_for().measures if row.measure == measure), "persons")
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
        why=phrases.why(f"{RULES} {rule}", around),
    )


def _direction(text: str, low: int, high: int, amount: Amount) -> int:
    """Up 1, down -1, neither 0, by the word of change nearest to a percentage."""
    marks: list[tuple[int, int]] = []
    for sign, form in ((1, words_for().rise), (-1, words_for().fall)):
        for match in form.finditer(text, max(low, amount.start - 90), min(high, amount.end + 50)):
            distance = amount.start - match.end() if match.end() <= amount.start else 2 + match.start() - amount.end
            marks.append((abs(distance), sign))
    return min(marks)[1] if marks else 0


def _parted(date: tuple[int, int, DateSpan], amount: Amount, others: list[Amount]) -> bool:
    """Whether another amount stands between a date behind an amount and that amount: the date is the other's."""
    return any(amount.end <= other.start and other.end <= date[0] for other in others)


def _period(dates: list[tuple[int, int, DateSpan]], amount: Amount, low: int, high: int) -> str:
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
