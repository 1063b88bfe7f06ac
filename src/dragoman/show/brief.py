"""Writes the brief of a relation: a desk officer's note in which each sentence has the number of its sources.

Invariant: a line of the brief says what an item of the record holds, or counts such items; its notes name them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

from dragoman.errors import UsageError
from dragoman.measure import Month, turns
from dragoman.model import Event, Statement
from dragoman.record import Store
from dragoman.show import sentences, standing, words
from dragoman.show.look import Look, Told, day_of, due_of, look
from dragoman.show.outline import Brief, Line, Notes, Section
from dragoman.show.quoting import event_line, event_lines, plain_line, speaks_of_other, statement_line, weight

Format = Literal["md", "html", "docx", "pdf"]

#: One page that a minister reads: so many lines in a part; the annex has more, the relation's page has all.
FIRST_LINES, FIRST_STATEMENTS, FIRST_OPEN, FIRST_UNDERTAKEN = 4, 2, 3, 1
MOST_LINES = standing.MOST_LINES
MOST_STATEMENTS = 5

#: Days by which an event may come later than was planned, without and with a day for the plan.
SOON = (365, 31)
#: Days after which the last news of a relation no longer tells how it is.
YEAR = 365
#: Fewer events than this in a year say nothing about warmth.
FEW = 3
#: More sources than this behind a count are in the table of the annex rather than after the sentence.
MOST_CITED = 12
#: A temperature that may be off by more than this (of 20) rests on little.
UNSURE = 8.0


def brief(
    store: Store,
    a: str,
    b: str,
    *,
    since: str = "",
    until: str = "",
    format: Format = "md",  # noqa: A002  # the name that the command line and the API have
) -> str:
    """The brief of the relation between `a` and `b` as Markdown or as one HTML page with its chart.

    Raises UsageError for a wrong pair, day or format.
    """
    if format not in ("md", "html"):
        raise UsageError(f"{format!r} is no text: choose md or html, or write_brief for docx and pdf")
    return write_brief(store, a, b, since=since, until=until, format=format).decode()


def write_brief(
    store: Store,
    a: str,
    b: str,
    *,
    since: str = "",
    until: str = "",
    format: str = "md",  # noqa: A002  # as above
) -> bytes:
    """The brief of a relation as a file: `md`, `html`, `docx` or `pdf`. Raises UsageError as `brief` does."""
    from dragoman.show.files import MEDIA, written  # noqa: PLC0415  # templates load only where written

    if format not in MEDIA:
        raise UsageError(f"{format!r} is no format of a brief: choose {', '.join(MEDIA)}")
    return written(compose(store, look(store, a, b, since=since, until=until)), format)


def compose(store: Store, seen: Look) -> Brief:
    """The brief of what was seen of a relation, with all its lines and sources."""
    notes = Notes(seen=seen, store=store)
    known = standing.Known(store, seen)
    state = _state(seen, notes)
    first = (
        _news(seen, notes),
        _said(seen, notes, seen.a, most=FIRST_STATEMENTS),
        _said(seen, notes, seen.b, most=FIRST_STATEMENTS),
        standing.agreed(known, notes, most=FIRST_OPEN, undertaken=FIRST_UNDERTAKEN),
        standing.disputes(known, notes, most=FIRST_OPEN),
        _coming(seen, notes),
    )
    rest = (
        _changes(seen, notes),
        _said(seen, notes, seen.a),
        _said(seen, notes, seen.b),
        standing.agreed(known, notes),
        standing.channels(known, notes),
        standing.disputes(known, notes),
        _figures(seen, notes),
    )
    told = {_key(line) for section in first for line in section.lines}
    annex = tuple(one for section in rest if (one := _without(section, told)).lines)
    quotes = {line.quote for section in (*first, *annex) for line in section.lines}
    return Brief(
        title=f"{words.capital(words.the_side(seen.a))} and {words.the_side(seen.b)}",
        span=_span(seen),
        state=state,
        sections=tuple(one for one in first if one.lines or one.empty),
        annex=annex,
        months=tuple(seen.months()),
        turns=tuple(turns(one.item for one in seen.happened)),
        notes=tuple(dataclasses.replace(one, quoted=one.sentence in quotes) for one in notes.kept),
        a=seen.a,
        b=seen.b,
    )


def _key(line: Line) -> tuple[str, str]:
    return line.quote or line.text, line.when


def _without(section: Section, told: set[tuple[str, str]]) -> Section:
    """A part of the annex without what the first page says."""
    return dataclasses.replace(section, lines=tuple(line for line in section.lines if _key(line) not in told))


def _span(seen: Look) -> str:
    newest = max((line.published.start for line in seen.documents.values() if line.published), default="")
    asked = f", from {words.day(seen.since)}" if seen.since else ""
    last = f", the newest of {words.day(newest)}" if newest else ""
    return f"Written on {words.day(seen.today)} from {words.counted(len(seen.documents), 'document')}{last}{asked}"


def state_words(months: Sequence[Month]) -> str:
    """The temperature at the end of a series in words, and how it stands to a year before; empty for none."""
    known = [one for one in months if one.temperature is not None]
    if not known:
        return ""
    last = known[-1]
    told = words.temperature(last.temperature or 0)
    before = next((one for one in known if one.month == _year_before(last.month)), None)
    if before is None:
        return told
    change = (last.temperature or 0) - (before.temperature or 0)
    if abs(change) < 1:
        return f"{told}, little changed on a year before"
    return f"{told}, {'better' if change > 0 else 'worse'} than a year before"


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1:04d}{month[4:]}"


def _state(seen: Look, notes: Notes) -> tuple[Line, ...]:
    """The state of the relation in at most three sentences: how it stands, the latest news, when the two last met."""
    dated = [told for told in seen.happened if told.claim.date and told.claim.status == "actual"]
    if not dated:
        return ()
    lines = [*_stands(seen, dated, notes)]
    last = dated[-1]
    past = words.ago(day_of(last.claim.date), seen.today)
    lead = f"The latest news is of {words.when(last.claim.date)}{f', {past}' if past else ''}:"
    lines.append(event_line([last], notes, lead=lead))
    if seen.met and seen.met[-1].claim.evidence != last.claim.evidence:
        met = seen.met[-1]
        past = words.ago(day_of(met.claim.date), seen.today)
        lead = f"They last met or talked, as far as is known, {words.on(met.claim.date)}{f', {past}' if past else ''}:"
        lines.append(event_line([met], notes, lead=lead))
    return tuple(lines)


def _stands(seen: Look, dated: list[Told[Event]], notes: Notes) -> list[Line]:
    months = seen.months()
    if not months:
        return []
    first, known = _year_before(months[-1].month), months[-1]
    made = [told for told in dated if first < day_of(told.claim.date)[:7] <= known.month]
    by = f"{words.counted(len(made), 'event')} in the twelve months to {words.month(known.month)}"
    stood = "are" if (words.days_between(f"{known.month}-28", seen.today) or 0) < YEAR else "were"
    if len(made) < FEW or known.temperature is None or known.high is None or known.low is None:
        text = f"The record holds {by}: too few to say how relations stand."
    else:
        text = f"Relations {stood} {state_words(months)}, judging by {by}."
        if known.high - known.low > UNSURE:
            text = f"{text[:-1]}, which is little to go by."
    few = len(made) <= MOST_CITED
    cited = {notes.of(told.claim.evidence) for told in (made if few else sorted(made, key=_newest)[-FEW:])}
    return [Line(text=text, notes=tuple(sorted(cited)))] if cited else []


def _newest(told: Told[Event]) -> tuple[str, str]:
    return day_of(told.claim.date), told.item.id


def _weightiest(seen: Look, among: list[Told[Event]], most: int) -> list[Told[Event]]:
    """The events that change most, one for each sentence, newest first."""
    chosen: dict[tuple[str, int], Told[Event]] = {}
    for told in sorted(among, key=lambda one: weight(one, (seen.a, seen.b)), reverse=True):
        chosen.setdefault((told.claim.evidence.document, told.claim.evidence.start), told)
        if len(chosen) == most:
            break
    return sorted(chosen.values(), key=_newest, reverse=True)


def _news(seen: Look, notes: Notes) -> Section:
    """The weightiest events of the twelve months before the latest one, newest first."""
    told = [one for one in seen.happened if one.claim.status == "actual" and one.claim.date]
    last = day_of(told[-1].claim.date) if told else ""
    late = [one for one in told if (words.days_between(day_of(one.claim.date), last) or 0) <= YEAR]
    chosen = _weightiest(seen, late, FIRST_LINES)
    return Section(
        title="What changed",
        lines=event_lines(chosen, notes),
        empty="The record holds no event between the two in this time.",
        more=f"The weightiest of {len(late)} events in the twelve months to {words.day(last)}."
        if len(late) > len(chosen)
        else "",
    )


def _changes(seen: Look, notes: Notes) -> Section:
    months = seen.months()
    first = months[0].month if months else ""
    told = [one for one in seen.happened if one.claim.status == "actual" and day_of(one.claim.date) >= first]
    chosen = _weightiest(seen, told, MOST_LINES)
    rest = len(told) - len(chosen)
    return Section(
        title="What happened",
        lines=event_lines(chosen, notes),
        more=f"The weightiest of {words.counted(len(told), 'event')}; the relation's page has the rest."
        if rest
        else "",
    )


def _said(seen: Look, notes: Notes, side: str, *, most: int = MOST_STATEMENTS) -> Section:
    other = seen.b if side == seen.a else seen.a
    names = {words.side(other).casefold(), *words.demonyms().get(other, ())}
    said = seen.said_by(side)
    said = [told for told in said if speaks_of_other(told, other, names)] or said
    chosen: dict[tuple[str, int], Told[Statement]] = {}
    for told in said:
        chosen.setdefault((told.claim.evidence.document, told.claim.evidence.start), told)
        if len(chosen) == most:
            break
    return Section(
        title=f"What {words.the_side(side)} says",
        lines=tuple(statement_line(told, notes) for told in chosen.values()),
        empty=f"The record holds no words of {words.the_side(side)} on this relation in this time.",
    )


def _figures(seen: Look, notes: Notes) -> Section:
    lines = [
        plain_line(told, notes, text=sentences.plain(told.claim)) for told in seen.figures[: -MOST_STATEMENTS - 1 : -1]
    ]
    return Section(title="Figures", lines=tuple(lines))


def _followed(seen: Look, planned: Told[Event]) -> Told[Event] | None:
    """The first event of the planned type that the record tells between the plan and soon after its day."""
    event = planned.claim
    wanted = event.of.event_type if event.of else ""
    for told in seen.happened:
        after = words.days_between(day_of(event.date), day_of(told.claim.date))
        late = words.days_between(due_of(event), day_of(told.claim.date))
        if (
            told.claim.event_type == wanted
            and after is not None
            and after >= 0
            and (late or 0) <= SOON[bool(event.due)]
        ):
            return told
    return None


def _passed_line(seen: Look, told: Told[Event], notes: Notes) -> Line:
    """A plan whose day has passed, and what the record tells next of that type."""
    event = told.claim
    when = f"Planned for {words.when(event.due)}" if event.due else f"Announced {words.on(event.date)}"
    line = event_line([told], notes, when=when)
    after = _followed(seen, told)
    then = "The record does not tell whether it came about"
    numbers = set(line.notes)
    if after is not None:
        then = f"The record next tells of such an event {words.on(after.claim.date)}"
        numbers.update(notes.all_of(after))
    text = f"{then}. {line.text}" if line.text else f"{then}:"
    return dataclasses.replace(line, text=text, notes=tuple(sorted(numbers)))


def _coming(seen: Look, notes: Notes) -> Section:
    lines = list(event_lines(seen.coming[:FIRST_LINES], notes))
    if not lines:
        newest = max((day_of(told.claim.date) for told in seen.happened if told.claim.date), default="")
        recent = [one for one in seen.passed if (words.days_between(due_of(one.claim), newest) or 0) <= 2 * YEAR]
        late = sorted(recent, key=lambda one: due_of(one.claim), reverse=True)[:3]
        lines = [_passed_line(seen, told, notes) for told in late]
    nothing = f"The record knows of nothing planned after {words.day(seen.today)}."
    return Section(
        title="What is coming",
        lines=tuple(lines),
        empty=nothing,
        more="" if seen.coming or not lines else nothing,
    )
