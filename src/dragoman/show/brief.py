"""Writes the brief of a relation: a desk officer's note in which each sentence has the number of its sources.

Invariant: a line of the brief says what an item of the record holds, or counts such items; its notes name the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dragoman.errors import UsageError
from dragoman.model import Claim, DateSpan, Entity, Event, Evidence, Statement, party
from dragoman.record import Store
from dragoman.show import words
from dragoman.show.charts import Month
from dragoman.show.look import Look, Told, day_of, due_of, look

Format = Literal["md", "html"]

#: One page that a minister reads: so many lines in a part; the rest is on the relation's page.
MOST_LINES = 12
MOST_STATEMENTS = 5
#: Words of a source in the running text are cut here; the list of sources has them whole.
MOST_CHARACTERS = 280


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing said: `when` in words, the sentence, the source's own words (or empty), the numbers of its sources."""

    text: str
    notes: tuple[int, ...]
    when: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the brief; `empty` is said where there are no lines, `more` after them."""

    title: str
    lines: tuple[Line, ...]
    empty: str = ""
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """One source: its number, the exact sentence, the document that holds it, who published it and when."""

    number: int
    sentence: str
    document: str
    title: str
    publisher: str
    date: str
    url: str
    start: int


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A brief before it is written out as Markdown or HTML."""

    title: str
    span: str
    state: tuple[Line, ...]
    sections: tuple[Section, ...]
    months: tuple[Month, ...]
    notes: tuple[Note, ...]
    a: str
    b: str


@dataclass
class _Notes:
    """Numbers the sentences in the order in which they are cited."""

    seen: Look
    store: Store
    numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    kept: list[Note] = field(default_factory=list)

    def of(self, evidence: Evidence) -> int:
        """The number of a sentence, a new one at its first citation."""
        key = (evidence.document, evidence.start, evidence.end)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            line = self.seen.documents.get(evidence.document)
            self.kept.append(
                Note(
                    number=self.numbers[key],
                    sentence=" ".join(evidence.text.split()),
                    document=evidence.document,
                    title=(line.title if line else "") or "Untitled document",
                    publisher=(line.source if line else "") or "publisher not known",
                    date=words.when(line.published) if line else "no date",
                    url=line.url if line else "",
                    start=evidence.start,
                )
            )
        return self.numbers[key]

    def all_of(self, told: Told[Claim]) -> tuple[int, ...]:
        """The numbers of an item's fullest sentence and of one sentence from each further document."""
        numbers = [self.of(told.claim.evidence)]
        cited = {told.claim.evidence.document}
        for link in told.item.links:
            if link.document not in cited and (claim := self.store.claim(link.claim)):
                cited.add(link.document)
                numbers.append(self.of(claim.evidence))
        return tuple(sorted(set(numbers)))


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
    from dragoman.show.pages import brief_html, brief_markdown  # noqa: PLC0415  # templates load only where written

    if format not in ("md", "html"):
        raise UsageError(f"{format!r} is no format of a brief: choose md or html")
    made = compose(store, look(store, a, b, since=since, until=until))
    return brief_markdown(made) if format == "md" else brief_html(made)


def compose(store: Store, seen: Look) -> Brief:
    """The brief of what was seen of a relation, with all its lines and sources."""
    notes = _Notes(seen=seen, store=store)
    state = _state(seen, notes)
    sections = (
        _changes(seen, notes),
        _said(seen, notes, seen.a),
        _said(seen, notes, seen.b),
        _agreed(seen, notes),
        _channels(seen, notes),
        _disputes(seen, notes),
        _figures(seen, notes),
        _coming(seen, notes),
    )
    return Brief(
        title=f"{words.side(seen.a)} and {words.side(seen.b)}",
        span=_span(seen),
        state=state,
        sections=tuple(one for one in sections if one.lines or one.empty),
        months=tuple(seen.months()),
        notes=tuple(notes.kept),
        a=seen.a,
        b=seen.b,
    )


def _span(seen: Look) -> str:
    asked = [f"from {words.day(seen.since)}"] if seen.since else []
    asked.append(f"to {words.day(seen.today)}")
    return f"What the record holds {' '.join(asked)}, from {words.counted(len(seen.documents), 'document')}"


def state_words(seen: Look) -> str:
    """The temperature of the last twelve months in which something happened, in words; empty with no event."""
    months = seen.months()
    if not months:
        return ""
    last = _year_before(months[-1].month)
    late = [one for one in months if one.month > last]
    early = [one for one in months if _year_before(last) < one.month <= last]
    now = _mean(late)
    told = words.temperature(now)
    if early:
        change = now - _mean(early)
        if abs(change) < 1:
            told += ", little changed on the year before"
        else:
            told += ", better than the year before" if change > 0 else ", worse than the year before"
    return told


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1:04d}{month[4:]}"


def _mean(months: Sequence[Month]) -> float:
    return sum(one.temperature * one.events for one in months) / sum(one.events for one in months)


def _state(seen: Look, notes: _Notes) -> tuple[Line, ...]:
    """The state of the relation in at most three sentences."""
    dated = [told for told in seen.happened if told.claim.date and told.claim.status == "actual"]
    if not dated:
        return ()
    last = dated[-1]
    latest = Line(
        text=f"The latest event is of {words.when(last.claim.date)}: {words.happening(last.claim)}",
        notes=notes.all_of(last),
    )
    lines = [latest]
    if seen.met:
        met = seen.met[-1]
        past = words.ago(day_of(met.claim.date), seen.today)
        lines.append(
            Line(
                text=f"The last meeting or talks that the record knows were {words.on(met.claim.date)}"
                f"{f', {past}' if past else ''}: {words.happening(met.claim)}",
                notes=notes.all_of(met),
            )
        )
    months = seen.months()
    if months:
        first = _year_before(months[-1].month)
        made = [told for told in dated if day_of(told.claim.date)[:7] > first]
        cited = {notes.of(told.claim.evidence) for told in made}
        lines.insert(
            0,
            Line(
                text=f"Relations are {state_words(seen)}, by {words.counted(len(made), 'event')} in the twelve months"
                f" to {words.month(months[-1].month)}.",
                notes=tuple(sorted(cited)),
            ),
        )
    return tuple(lines)


def shortened(text: str) -> str:
    """A sentence cut at a word where it is long."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _weight(told: Told[Event]) -> tuple[float, int, str]:
    return (abs(told.claim.score), len(told.documents), day_of(told.claim.date))


def _event_lines(chosen: Iterable[Told[Event]], notes: _Notes) -> tuple[Line, ...]:
    """Events as lines; those of one sentence and day share a line."""
    together: dict[tuple[str, int, str], list[Told[Event]]] = {}
    for told in chosen:
        evidence = told.claim.evidence
        together.setdefault((evidence.document, evidence.start, day_of(told.claim.date)), []).append(told)
    lines = []
    for group in together.values():
        numbers = sorted({number for told in group for number in notes.all_of(told)})
        lines.append(
            Line(
                when=words.capital(words.when(group[0].claim.due or group[0].claim.date)),
                text=" ".join(dict.fromkeys(words.happening(told.claim) for told in group)),
                quote=shortened(words.evidence_of(group[0].claim)),
                notes=tuple(numbers),
            )
        )
    return tuple(lines)


def _changes(seen: Look, notes: _Notes) -> Section:
    told = [one for one in seen.happened if one.claim.status == "actual"]
    chosen = sorted(told, key=_weight, reverse=True)[:MOST_LINES]
    newest = sorted(chosen, key=lambda one: (day_of(one.claim.date), one.item.id), reverse=True)
    rest = len(told) - len(chosen)
    return Section(
        title="What changed",
        lines=_event_lines(newest, notes),
        empty="The record holds no event between the two in this time.",
        more=f"The weightiest {len(chosen)} of {len(told)} events; the relation's page has the rest." if rest else "",
    )


def _said(seen: Look, notes: _Notes, side: str) -> Section:
    lines = []
    texts: set[str] = set()
    for told in seen.said_by(side):
        said = told.claim.quote or told.claim.content
        if not said or said in texts:
            continue
        texts.add(said)
        lines.append(_statement_line(told, notes))
        if len(lines) == MOST_STATEMENTS:
            break
    return Section(
        title=f"What {words.the_side(side)} says",
        lines=tuple(lines),
        empty=f"The record holds no words of {words.the_side(side)} on this relation in this time.",
    )


def _statement_line(told: Told[Statement], notes: _Notes) -> Line:
    claim = told.claim
    stance = words.stance(claim.stance)
    manner = [part for part in (stance, "" if claim.quote else "in reported words") if part]
    to = f" to {words.who(claim.addressee)}" if claim.addressee else ""
    said = " ".join((claim.quote or claim.content).split())
    return Line(
        when=words.capital(words.when(claim.date)),
        text=f"{words.capital(words.who(claim.speaker))}{to}{f' ({chr(44).join(manner)})' if manner else ''}:".replace(
            ",in", ", in"
        ),
        quote=shortened(said),
        notes=notes.all_of(told),
    )


def _named(parties: Iterable[Entity]) -> str:
    keys = dict.fromkeys(party(one) or one.name or one.text for one in parties)
    return words.listed([words.the_side(key) for key in keys if key])


def _agreed(seen: Look, notes: _Notes) -> Section:
    lines = []
    for told in reversed(seen.agreements):
        claim = told.claim
        state = f", {claim.status}" if claim.status else ""
        about = f", on {claim.subject}" if claim.subject else ""
        between = f" between {_named(claim.parties)}" if len(claim.parties) > 1 else ""
        text = f"{words.capital(claim.name or claim.agreement_kind)}{between}{state}{about}."
        lines.append(_dated(text, claim.date, told, notes))
    for undertaking in seen.commitments:
        claim_ = undertaking.claim
        due = f", due {words.on(claim_.due)}" if claim_.due else ""
        text = f"{words.capital(words.whom(claim_.who) or 'one side')} undertook: {claim_.what}{due} ({claim_.state})."
        lines.append(Line(text=text, notes=notes.all_of(undertaking)))
    return Section(
        title="What was agreed, and what came of it",
        lines=tuple(lines[:MOST_LINES]),
        empty="The record holds no agreement between the two in this time.",
    )


def _dated(text: str, date: DateSpan | None, told: Told[Claim], notes: _Notes) -> Line:
    return Line(
        when=words.capital(words.when(date)) if date else "",
        text=text,
        quote=shortened(words.evidence_of(told.claim)),
        notes=notes.all_of(told),
    )


def _channels(seen: Look, notes: _Notes) -> Section:
    lines = []
    for told in seen.mechanisms:
        claim = told.claim
        about = [claim.level, claim.frequency, f"under {claim.parent}" if claim.parent else ""]
        if claim.sessions:
            about.append(f"last known session {words.on(claim.sessions[-1])}")
        said = ", ".join(part for part in about if part)
        text = f"{words.capital(claim.name or claim.mechanism_kind)}{f' ({said})' if said else ''}."
        lines.append(Line(text=text, quote=shortened(words.evidence_of(claim)), notes=notes.all_of(told)))
    return Section(title="Standing channels", lines=tuple(lines[:MOST_LINES]))


def _disputes(seen: Look, notes: _Notes) -> Section:
    lines = []
    for told in seen.disputes:
        claim = told.claim
        since = f", since {words.when(claim.since)}" if claim.since else ""
        open_for = words.days_between(day_of(claim.since), seen.today) if claim.since else None
        days = f" ({words.counted(open_for, 'day')})" if open_for and claim.status == "open" else ""
        waiting = words.days_between(day_of(claim.unanswered_since), seen.today) if claim.unanswered_since else None
        silent = f"; unanswered for {words.counted(waiting, 'day')}" if waiting else ""
        text = f"{words.capital(claim.name)}: {claim.status}{since}{days}{silent}."
        lines.append(Line(text=text, quote=shortened(words.evidence_of(claim)), notes=notes.all_of(told)))
    return Section(
        title="Open disputes",
        lines=tuple(lines[:MOST_LINES]),
        empty="The record names no dispute between the two in this time.",
    )


def _figures(seen: Look, notes: _Notes) -> Section:
    lines = []
    for told in reversed(seen.figures):
        claim = told.claim
        amount = f"{words.number(claim.value)} {claim.unit}".strip() if claim.value is not None else ""
        change = f"{claim.change:+g} percent" if claim.change is not None else ""
        period = f" ({claim.period})" if claim.period else ""
        text = f"{words.capital(claim.measure)}{period}: {', '.join(part for part in (amount, change) if part)}."
        lines.append(Line(text=text, quote=shortened(words.evidence_of(claim)), notes=notes.all_of(told)))
    return Section(title="Figures", lines=tuple(lines[:MOST_STATEMENTS]))


def _coming(seen: Look, notes: _Notes) -> Section:
    lines = list(_event_lines(seen.coming[:MOST_LINES], notes))
    if not lines:
        for told in sorted(seen.passed, key=lambda one: due_of(one.claim), reverse=True)[:3]:
            planned = words.happening(told.claim).rstrip(".")
            lines.append(
                Line(
                    when=words.capital(words.when(told.claim.due or told.claim.date)),
                    text=f"Once planned, now past: {planned}.",
                    quote=shortened(words.evidence_of(told.claim)),
                    notes=notes.all_of(told),
                )
            )
    return Section(
        title="What is coming",
        lines=tuple(lines),
        empty=f"The record knows of nothing planned after {words.day(seen.today)}.",
        more="" if seen.coming or not lines else f"Nothing is planned after {words.day(seen.today)}, as far as the record knows.",
    )
