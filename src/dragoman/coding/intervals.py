"""Intervals: claims of elapsed time ("first talks in a decade", "90 days since") and the date that each implies."""

from __future__ import annotations

import datetime
import functools
import re
from typing import NamedTuple

from dragoman.coding import phrases
from dragoman.coding.context import Sentence
from dragoman.model import DateSpan, Interval

_RULES = "patterns/en/intervals.yaml"
#: A banner's day stands within so many characters above it.
_ABOVE = 300


_OF_DATE = re.compile(r"the\s+(?:[\w’'-]+\s+){1,4}(?:of|in)\s+")


class _Template(NamedTuple):
    id: str
    of: str
    only: str
    form: re.Pattern[str]


class _Words(NamedTuple):
    templates: tuple[_Template, ...]
    gate: re.Pattern[str]
    units: dict[str, str]
    least: dict[str, int]
    kin: re.Pattern[str]
    not_first: re.Pattern[str]
    not_of: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    file, quantities = phrases.pattern_file("intervals"), phrases.pattern_file("quantities")
    parts = {
        "{n}": rf"(?P<n>{phrases.number_form()})",
        "{u}": rf"(?P<u>{phrases.either(quantities['units'])})\b",
        "{d}": r"(?P<d>[^.;,]{3,40})",
        "{x}": r"(?P<x>[^.;]{0,110}?\s)",
        "{of}": r"(?P<of>[^.;\n]{3,140})",
    }
    units = phrases.either(quantities["units"])
    templates = []
    for row in file["templates"]:
        form = row["form"].replace(" ", r"\s+")
        for key, value in parts.items():
            form = form.replace(key, value)
        templates.append(
            _Template(row["id"], row["of"], row.get("only", ""), re.compile(rf"(?<!\w){form}", re.IGNORECASE))
        )
    return _Words(
        templates=tuple(templates),
        gate=re.compile(
            rf"\bsince\b|\bfirst\b|\bhow long\b|\b(?:not|no|in|for|after|was|were|on,)\b[^.;]{{0,80}}\b{units}\b"
            rf"|\b{units}\s+(?:have|has|had|passed|elapsed|went|is|are|was|that|on)\b"
            rf"|\b(?:the|had|has|have)\s+last\b"
            rf"|\blast\s+(?:met|held|spoke|visited|talked)\b|\b{units}\s+on,",
            re.IGNORECASE,
        ),
        units=dict(quantities["units"]),
        least=dict(file["units_min"]),
        kin=re.compile(rf"\b{phrases.either(file['kin'], plural=True)}\b", re.IGNORECASE),
        not_first=re.compile(phrases.either(file["not_first"]), re.IGNORECASE),
        not_of=re.compile(rf"\b{phrases.either(file['not_of'], plural=True)}\b", re.IGNORECASE),
    )


def gate(text: str) -> bool:
    """Whether a text holds a word of elapsed time at all."""
    return _words().gate.search(text) is not None


def claims(sentence: Sentence) -> list[Interval]:
    """The claims of elapsed time of one sentence; works with and without a parse."""
    if not gate(sentence.passage.text):
        return []
    text, low, high = sentence.document.text, sentence.passage.start, sentence.passage.end
    found: list[Interval] = []
    taken: list[tuple[int, int]] = []
    for template in _words().templates:
        for match in template.form.finditer(text, low, high):
            cut = match.start("of") if "of" in match.groupdict() and match["of"] else match.end()
            if phrases.overlapping(taken, match.start(), cut):
                continue
            made = _claim(sentence, template, match)
            if made is not None:
                taken.append((match.start(), cut))
                found.append(made)
    return sorted(found, key=lambda claim: claim.trigger.start if claim.trigger else 0)


def _claim(sentence: Sentence, template: _Template, match: re.Match[str]) -> Interval | None:
    parts = match.groupdict()
    text, words = sentence.document.text, _words()
    end = match.start("of") if parts.get("of") else match.end()
    if template.of == "first" and words.not_first.match(
        re.sub(r"^(?:the|their|his|her|its)\s+", "", match.group(), flags=re.IGNORECASE)
    ):
        return None
    of = _of(sentence, template, match)
    if words.not_of.search(of) or (
        template.of in {"first", "after"} and not words.kin.search(of) and not parts.get("of")
    ):
        return None
    count: int | None = None
    unit = ""
    since: DateSpan | None = None
    if parts.get("n"):
        value = phrases.number_of(parts["n"])
        unit = words.units[" ".join(parts["u"].lower().split())]
        if value is None or value != int(value) or value < words.least.get(unit, 1):
            return None
        if template.only and unit != template.only:
            return None
        count = int(value)
        since = _implied(_now(sentence), count, unit)
    elif template.id == "not-since":
        near = [
            (b, span)
            for a, b, span in phrases.dates_in(sentence, match.start("of"), match.end("of"))
            if a - match.start("of") < 5
        ]
        if not near:
            return None
        end, since = near[0]
        of = re.split(r"\s[–—-]\s|,", phrases.squeeze(text[end : match.end("of")]))[0].strip(" ,")
    elif parts.get("d"):
        after = [
            span
            for a, _, span in phrases.dates_in(
                # "since February" is read as a whole
                sentence,
                match.start("d") - (len("since ") if template.id == "last-in" else 0),
                min(match.end("d") + 25, sentence.passage.end),
            )
            # "since 2003", "since the truce of 2003"
            if a - match.start("d") < 5 or _OF_DATE.fullmatch(text, match.start("d"), a)
        ]
        if not after:
            return None
        since = after[0]
    parties = phrases.named_between(sentence, sentence.passage.start, sentence.passage.end, places=True)
    parties = phrases.with_pair(sentence, parties)[:4]
    if template.id != "passed-since" and len(parties) < _least(of, text[sentence.passage.start : sentence.passage.end]):
        return None
    return Interval(
        evidence=phrases.evidence(sentence),
        trigger=phrases.trigger(sentence, match.start(), end),
        id=phrases.claim_id(sentence, "interval", match.start(), end, template.id),
        count=count,
        unit=unit,
        since=since,
        of=of[:160],
        parties=parties,
        confidence=0.9,
        why=phrases.why(f"{_RULES} {template.id}", match.group()),
    )


def _least(of: str, whole: str) -> int:
    """How many parties a claim of elapsed time needs: one where it counts from a deed between states, else two."""
    return 1 if _words().kin.search(of) or _words().kin.search(whole) else 2


def _of(sentence: Sentence, template: _Template, match: re.Match[str]) -> str:
    """What is counted: the words behind "since", those behind "first", or those of the sentence before."""
    text = sentence.document.text
    if template.of == "after" and match.groupdict().get("of"):
        held = re.split(
            r"\s[–—-]\s|,\s+(?:and|but|which|when|with)\b|\s{4,}|\s+and\s+[A-Z][^.;]{0,80}\b(?:produced|was|were|is|has)\b",
            match["of"],
        )[0]
        return phrases.squeeze(held).rstrip(" .,")
    if template.of == "first":
        return phrases.squeeze((match.groupdict().get("x") or "").strip(" ,")) + _behind(
            text, match.end(), sentence.passage.end
        )
    if template.of == "last":
        return phrases.squeeze(f"last {(match.groupdict().get('x') or '').strip()}")
    if template.of == "after-x":
        return phrases.squeeze((match.groupdict().get("x") or "").strip(" ,"))
    if template.of == "behind":
        return phrases.squeeze(text[match.end() : sentence.passage.end])[:140].strip(" ,.")
    return phrases.squeeze(text[sentence.passage.start : match.start()])[-140:].strip(" ,")


def _behind(text: str, end: int, high: int) -> str:
    match = re.compile(r"\s+by\s+[^.;,]{3,60}").match(text, end, high)
    return " " + phrases.squeeze(match.group()) if match else ""


def _now(sentence: Sentence) -> DateSpan | None:
    """The day on which a sentence counts: the one printed above a banner, else the document's."""
    if sentence.passage.kind == "banner":
        above = phrases.dates_in(sentence, max(0, sentence.passage.start - _ABOVE), sentence.passage.start)
        stated = [span for _, _, span in above if span.precision == "day" and span.start == span.end]
        if stated:
            return stated[-1]
    return sentence.dates.fallback


def _implied(now: DateSpan | None, count: int, unit: str) -> DateSpan | None:
    """The day, month or year that lies some units before a date; none without a date or beyond the calendar."""
    if now is None:
        return None
    try:
        day = datetime.date.fromisoformat(now.start)
        same = now.start == now.end
        if unit == "day" and same:
            then = day - datetime.timedelta(days=count)
            return DateSpan(start=then.isoformat(), end=then.isoformat(), precision="day", how="inferred")
        if unit in {"week", "fortnight", "hour"} and same:
            days = count * {"week": 7, "fortnight": 14, "hour": 0}[unit] + (count // 24 if unit == "hour" else 0)
            then = day - datetime.timedelta(days=days)
            return DateSpan(start=then.isoformat(), end=then.isoformat(), precision="day", how="inferred")
        if unit == "month" and same:
            year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
            first = datetime.date(year, month + 1, 1)
            last = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)
            return DateSpan(start=first.isoformat(), end=last.isoformat(), precision="month", how="inferred")
        years = phrases.pattern_file("quantities")["in_years"].get(unit, 1) * count
        if unit in {"year", "decade", "century"} and now.start[:4] == now.end[:4]:
            first = datetime.date(day.year - years, 1, 1)
            return DateSpan(start=first.isoformat(), end=f"{first.year:04d}-12-31", precision="year", how="inferred")
    except (ValueError, OverflowError):
        return None
    return None
