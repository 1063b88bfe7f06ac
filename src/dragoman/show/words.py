"""Has the plain words for dates, spans of time, sides, kinds and temperatures."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Sequence
from typing import Any

from dragoman.knowledge import load
from dragoman.model import BODY_CODES, AnyClaim, DateSpan, Entity, party

#: A phrase of more letters that stands for an actor is said as its country.
LONGEST_NAME = 60
#: More than so many names in a row are counted rather than said.
MOST_NAMES = 4


@functools.lru_cache(maxsize=1)
def phrases() -> dict[str, Any]:
    """The phrases of `knowledge/phrases/en.yaml`."""
    return dict(load().tree("phrases/en.yaml"))


@functools.lru_cache(maxsize=1)
def state_names() -> dict[str, str]:
    """The name of each state by its code; the first line of a code wins."""
    names: dict[str, str] = {}
    for row in load().rows("actors/states.csv"):
        if not row.get("to"):
            names.setdefault(row["code"], row["name"])
    return names | dict(phrases()["names"])


def side(key: str) -> str:
    """The name of a side (a country's code or an organisation's name): "United Kingdom"."""
    return state_names().get(key, key)


def the_side(key: str) -> str:
    """The name of a side inside a sentence: "the United Kingdom", "Russia"."""
    takes = key in phrases()["articles"] or key in phrases()["articles_of_bodies"]
    return f"the {side(key)}" if takes else side(key)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as English lists them: "France, Germany and Italy"; beyond four, the rest are counted."""
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def day(iso: str) -> str:
    """An ISO day in words: "2 November 2009"; anything else comes back as it is."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{date.day} {phrases()['months'][date.month - 1]} {date.year}"


def rough(iso: str) -> str:
    """An ISO day in words, the first of a year as the year alone: of an instrument often nothing more is told."""
    return iso[:4] if iso.endswith("-01-01") else day(iso)


def month(iso: str) -> str:
    """The month of an ISO day or month in words: "November 2009"."""
    try:
        return f"{phrases()['months'][int(iso[5:7]) - 1]} {int(iso[:4])}"
    except (ValueError, IndexError):
        return iso


def when(span: DateSpan | None) -> str:
    """A date in words, as exact as it is known: "2 November 2009", "November 2006", "2006"."""
    if span is None or not span.start:
        return "no date"
    if span.start == span.end or not span.end:
        return day(span.start)
    if span.precision == "month":
        return month(span.start)
    if span.precision == "year":
        return span.start[:4]
    return f"between {day(span.start)} and {day(span.end)}"


def on(span: DateSpan | None) -> str:
    """A date with its preposition: "on 2 November 2009", "in November 2006"; empty when unknown."""
    if span is None or not span.start:
        return ""
    words = when(span)
    if words.startswith("between"):
        return words
    return f"on {words}" if span.start == span.end or not span.end else f"in {words}"


def as_date(iso: str) -> datetime.date | None:
    """The date of an ISO day, or None."""
    try:
        return datetime.date.fromisoformat(iso[:10])
    except ValueError:
        return None


def days_between(earlier: str, later: str) -> int | None:
    """Days from one ISO day to another; None where either is no day."""
    one, two = as_date(earlier), as_date(later)
    return (two - one).days if one and two else None


def ago(iso: str, today: str) -> str:
    """How long before `today` a day was: "today", "12 days ago", "3 years ago"; empty when unknown."""
    days = days_between(iso, today)
    if days is None or days < 0:
        return ""
    if days == 0:
        return "today"
    return f"{length(days)} ago"


def length(days: int) -> str:
    """A number of days as people say it: "12 days", "7 weeks", "5 months", "3 years"."""
    for size, name in ((365.25, "year"), (30.44, "month"), (7.0, "week")):
        if days >= 2 * size:
            return counted(int(days / size), name)
    return counted(days, "day")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 event", "1,204 events"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def grouped(value: int) -> str:
    """A count with its thousands apart: "1,157"."""
    return f"{value:,}"


def sides_named(keys: Iterable[str]) -> str:
    """Sides as a sentence lists them: "Russia and the United States"."""
    return listed([the_side(key) for key in keys])


def others(keys: Iterable[str], *own: str) -> str:
    """The sides beside those named, as a sentence lists them."""
    return sides_named(key for key in keys if key not in own)


def period(text: str) -> str:
    """A period of a figure in words: "2016", "November 2016", "1998-07-28/2003-07-28" as its two days."""
    if not text:
        return "not told"
    start, _, end = text.partition("/")
    if end:
        return f"{day(start)} to {day(end)}"
    return month(start) if len(start) == 7 and start[4] == "-" else day(start)


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def shortened(text: str, most: int = 280) -> str:
    """A sentence on one line, cut at a word where it is long."""
    said = flat(text)
    return said if len(said) <= most else said[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def around(text: str, name: str, most: int = 280) -> str:
    """The part of a text where a name is said, cut at words."""
    said = flat(text)
    at = said.casefold().find(name.casefold().split()[0]) if name.split() else -1
    if at < most // 2 or len(said) <= most:
        return shortened(said, most)
    return "… " + shortened(said[said.index(" ", at - most // 3) + 1 :], most)


def kind(name: str, number: int = 2) -> str:
    """The plain word for a kind of claim: "channel" for a mechanism."""
    entry = phrases()["kinds"].get(name, {"one": name, "many": f"{name}s"})
    return str(entry["one" if number == 1 else "many"])


def status(name: str) -> str:
    """The plain word for an event's status."""
    return str(phrases()["statuses"].get(name, name))


def outcome(state: str) -> str:
    """The plain words for the state of an undertaking."""
    return str(phrases()["outcomes"].get(state, state))


def how(name: str) -> str:
    """The plain words for how a date is known."""
    return str(phrases()["hows"].get(name, name))


def stretch(first: str, last: str) -> str:
    """The months from one ISO day to another: "March 2018 to June 2021", or the one month; empty where unknown."""
    if not first or not last:
        return ""
    return month(first) if first[:7] == last[:7] else f"{month(first)} to {month(last)}"


def stance(name: str) -> str:
    """The plain word for a stance; empty for none."""
    return str(phrases()["stances"].get(name, name))


def quad(number: int) -> str:
    """The plain words for a quad class."""
    return str(phrases()["quads"].get(number, ""))


def temperature(score: float) -> str:
    """The plain word for a mean score from -10 to 10: "cool", "warm"."""
    lines = phrases()["temperatures"]
    return str(next((line["word"] for line in lines if score < line["below"]), lines[-1]["word"]))


def number(value: float | None) -> str:
    """An amount as people say it: "108 billion", "1,204"; empty for none."""
    if value is None:
        return ""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {name}"
    return f"{value:,.10g}"


@functools.lru_cache(maxsize=1)
def demonyms() -> dict[str, tuple[str, ...]]:
    """The adjectives and words for the people of each state by its code, in small letters."""
    found: dict[str, list[str]] = {}
    for row in load().rows("actors/demonyms.csv"):
        found.setdefault(row["code"], []).append(row["name"].casefold())
    return {code: tuple(names) for code, names in found.items()}


def is_state(entity: Entity) -> bool:
    """Whether an actor is a state or body as such, not somebody or something of it."""
    key = party(entity)
    return bool(key) and ((entity.name or entity.text) in {side(key), key} or not (entity.name or entity.text))


def who(entity: Entity | None) -> str:
    """An actor in a sentence: "Theresa May (Prime Minister, United Kingdom)", "the United Kingdom"."""
    if entity is None:
        return ""
    if is_state(entity):
        return the_side(party(entity))
    name = " ".join((entity.name or entity.text.partition(",")[0]).split())
    first, _, rest = name.partition(" ")
    if first.casefold() in phrases()["pronouns"] and party(entity):
        # "We (Russia)", "its forces (Russia)": whoever reads the line alone knows of no "we" and no "its".
        return f"{the_side(party(entity))}’s {rest}" if rest else the_side(party(entity))
    if first in phrases()["articles_first"]:
        name = f"{first.lower()} {rest}"
    country = side(entity.country) if entity.country and entity.country not in BODY_CODES else ""
    if len(name) > LONGEST_NAME and country:
        return the_side(entity.country)
    said = name.casefold()
    told = country and any(one in said for one in (country.casefold(), *demonyms().get(entity.country, ())))
    about = [part for part in (entity.office, "" if told else country) if part and part.casefold() not in said]
    return f"{name} ({', '.join(about)})" if about else name


def whom(entities: Iterable[Entity]) -> str:
    """Several actors as a sentence lists them, each once."""
    return listed(list(dict.fromkeys(name for name in map(who, entities) if name)))


def frame(event_type: str, mode: str) -> dict[str, Any]:
    """The phrases of a type of event in a mode."""
    entry = dict(phrases()["types"].get(event_type, {}))
    entry |= entry.get("modes", {}).get(mode, {})
    return entry


def type_label(event_type: str, mode: str = "") -> str:
    """The plain name of a type of event: "expulsion" for SANCTION, expel."""
    return str(frame(event_type, mode).get("label", event_type.lower()))


def signed(value: float) -> str:
    """A score with its sign: "+2.5", "−3"."""
    return f"{value:+g}".replace("-", "−") if value else "0"


def evidence_of(claim: AnyClaim) -> str:
    """The exact sentence of a claim on one line."""
    return " ".join(claim.evidence.text.split())
