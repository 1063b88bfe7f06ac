"""Writes what `show` has composed as Markdown or HTML, through one set of templates that escape everything."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dragoman.model import Entity, party
from dragoman.show import charts, sentences, words

if TYPE_CHECKING:
    from jinja2 import Environment

    from dragoman.show.outline import Brief, Line

HERE = Path(__file__).parent / "web"

#: What Markdown would take for its own signs; the texts are hostile until proven otherwise.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")

#: The table of a brief has the last so many months with events; the chart has all.
MOST_MONTHS = 36


@functools.lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of briefs and pages; every value is escaped unless a template itself is put in."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  # only who writes pages pays

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(w=words, speaker_path=_speaker_path, month_path=_month_path, turn_end=_turn_end)
    made.globals.update(
        {name: getattr(sentences, name) for name in ("plain", "happening", "label", "words_of", "agreed")}
    )
    return made


def _speaker_path(one: Entity) -> str:
    """The page of who speaks: a person by name, a state by its code."""
    key = party(one) if words.is_state(one) else one.name or party(one)
    return f"/actor/{quote(key, safe='')}" if key else "/search"


def _month_path(one: Any) -> Callable[[str], str]:  # noqa: ANN401  # a relation as the desk has seen it
    """Where the events of a month of a relation are, as a function of the month."""

    def path(month: str) -> str:
        last = calendar.monthrange(int(month[:4]), int(month[5:7]))[1]
        return f"{one.path(since=f'{month}-01', until=f'{month}-{last:02d}')}#timeline"

    return path


def _turn_end(one: Any, number: int) -> str:  # noqa: ANN401  # the same
    """The day before the next turn, or nothing after the last."""
    turns = one.turns
    if number + 1 >= len(turns):
        return ""
    day = datetime.date.fromisoformat(turns[number + 1].day) - datetime.timedelta(days=1)
    return day.isoformat()


def style() -> str:
    """The style sheet of the pages, for a brief that is one file."""
    return (HERE / "static" / "dragoman.css").read_text(encoding="utf-8")


def brief_html(made: Brief) -> str:
    """A brief as one HTML page that needs nothing else: style and chart are inside."""
    from markupsafe import Markup  # noqa: PLC0415

    return (
        environment()
        .get_template("brief_file.html")
        .render(
            brief=made,
            style=Markup(style()),  # noqa: S704  # our own file
            picture=Markup(charts.picture(made.months, made.turns)),  # noqa: S704  # made by vl-convert from numbers and our own words
            table=charts.table(made.months),
        )
    )


def brief_markdown(made: Brief) -> str:
    """A brief as Markdown: footnote numbers in brackets, the sources at the end."""
    out = [f"# {_plain(made.title)}", "", f"_{_plain(made.span)}._", ""]
    if made.state:
        out += [" ".join(_line(line) for line in made.state), ""]
    for section in made.sections:
        out += [f"## {_plain(section.title)}", ""]
        if section.lines:
            out += [f"- {_line(line)}" for line in section.lines] + [""]
        elif section.empty:
            out += [section.empty, ""]
        if section.more:
            out += [section.more, ""]
    if made.annex or made.months:
        out += ["## Annex", ""]
    for section in made.annex:
        out += [f"### {_plain(section.title)}", ""]
        out += [f"- {_line(line)}" for line in section.lines] + [""]
        if section.more:
            out += [section.more, ""]
    if made.months:
        out += ["### Temperature, month by month", ""]
        out += ["| month | events | mean score | temperature | in words |", "| --- | --- | --- | --- | --- |"]
        out += [
            f"| {row['in words']} | {row['events']} | {row['mean']} | {row['temperature']} "
            f" ({row['low']} to {row['high']}) | {row['warmth']} |"
            for row in charts.table(made.months)[:MOST_MONTHS]
        ]
        out.append("")
    if made.notes:
        out += ["## Sources", ""]
        out += [
            f"{note.number}. {_plain(note.title)}. {_plain(note.publisher)}, {note.date}."
            f"{f' {_plain(note.url)}' if note.url else ''}{'' if note.quoted else f' “{_plain(note.sentence)}”'}"
            for note in made.notes
        ]
        out.append("")
    return "\n".join(out)


def _line(line: Line) -> str:
    when = f"**{_plain(line.when)}.** " if line.when else ""
    quote = f" “{_plain(line.quote)}”" if line.quote else ""
    said = f"{_plain(line.text)}{quote}".strip()
    return f"{when}{said} \\[{cited(line.notes)}\\]"


def cited(numbers: tuple[int, ...]) -> str:
    """Note numbers as print has them: "1, 3–5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
