"""Writes the brief of a relation: a desk officer's note in which each sentence has the number of its sources.

Invariant: a line of the brief says what an item of the record holds, or counts such items; its notes name them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Literal

from dragoman.errors import UsageError
from dragoman.measure import Month, turns
from dragoman.measure.matters import Matter
from dragoman.model import Commitment, Dispute, Event, Statement, parties, party
from dragoman.record import Store
from dragoman.show import ledger, sentences, words
from dragoman.show.instruments import Grouped, grouped
from dragoman.show.look import Look, Told, day_of, due_of, look
from dragoman.show.positions import own_words, telling
from dragoman.show.outline import Brief, Line, Notes, Section
from dragoman.show.quoting import (
    commitment_line,
    event_line,
    event_lines,
    plain_line,
    speaks_of_other,
    statement_line,
    weight,
)

Format = Literal["md", "html", "docx", "pdf"]

#: One page that a minister reads: so many lines in a part; the annex has more, the relation's page has all.
FIRST_LINES, FIRST_STATEMENTS, FIRST_OPEN, FIRST_UNDERTAKEN = 4, 2, 3, 1
MOST_LINES = 12
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
    known = _Ledger(store, seen)
    state = _state(seen, notes)
    first = (
        _news(seen, notes),
        _said(seen, notes, seen.a, most=FIRST_STATEMENTS),
        _said(seen, notes, seen.b, most=FIRST_STATEMENTS),
        _agreed(known, notes, most=FIRST_OPEN, undertaken=FIRST_UNDERTAKEN),
        _disputes(known, notes, most=FIRST_OPEN),
        _coming(seen, notes),
    )
    rest = (
        _changes(seen, notes),
        _said(seen, notes, seen.a),
        _said(seen, notes, seen.b),
        _agreed(known, notes),
        _channels(known, notes),
        _disputes(known, notes),
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


class _Ledger:
    """What the record makes of promises, channels, agreements and disputes on the day of the brief."""

    def __init__(self, store: Store, seen: Look) -> None:
        a, b = seen.a, seen.b
        told = {one.item.id: one for one in seen.agreements}
        self.seen = seen
        self.agreements = grouped([one for one in ledger.instruments(store, a, b) if one.item in told], told)
        self.due = {one.item: one.state for one in ledger.due(store, a, b, on=seen.today)}
        self.channels = ledger.kept_channels(store, a, b, on=seen.today)
        self.matters = [one for one in ledger.open_matters(store, a, b, on=seen.today) if one.item]


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
        more=f"The weightiest of {words.counted(len(told), 'event')}; the relation's page has the rest." if rest else "",
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


def _agreed(known: _Ledger, notes: Notes, *, most: int = MOST_LINES, undertaken: int = MOST_STATEMENTS) -> Section:
    # On the first page only what has a day: when it was signed, suspended, ended.
    between = {known.seen.a, known.seen.b}
    dated = [one for one in known.agreements if one.stages]
    if most < MOST_LINES:
        # Between the two alone first: a treaty of many tells less of them.
        dated.sort(key=lambda one: set(parties(one.told[0].claim)[0]) != between)
    lines = [_agreement_line(one, notes) for one in dated[:most]]
    states = known.due
    given = sorted(known.seen.commitments, key=lambda told: (told.item.first_known, told.item.id), reverse=True)
    # What one undertook towards the other, or both together; of that, first what has a day or came to something.
    own = [told for told in given if _between(told.claim, known.seen)]
    known_of = [told for told in own if told.claim.due or states.get(told.item.id, "open") != "open"]
    own = known_of if most < MOST_LINES else [*known_of, *(told for told in own if told not in known_of)]
    lines += [commitment_line(told, states.get(told.item.id, "open"), notes) for told in own[:undertaken]]
    return Section(
        title="What was agreed, and what came of it",
        lines=tuple(lines),
        empty="The record holds no agreement between the two in this time.",
    )


def _between(claim: Commitment, seen: Look) -> bool:
    who, to = ({party(one) for one in group} for group in (claim.who, claim.to_whom))
    return (seen.a in who and seen.b in who | to) or (seen.b in who and seen.a in who | to)


def _agreement_line(one: Grouped, notes: Notes) -> Line:
    """An instrument with its last stage, in the words that tell it, and the stages before."""
    last, first = one.stages[-1], one.told[0].claim
    own = first.name and first.name.casefold() != first.agreement_kind.casefold()
    before = [f"{stage.status} {words.rough(stage.day)}" for stage in one.stages[:-1] if stage.day]
    text = f"{words.capital(first.name)}, {last.status}" if own else words.capital(last.status)
    told = next((each for each in one.told if any(link.claim == last.claim for link in each.item.links)), one.told[0])
    return Line(
        when=words.rough(last.day) if last.day else "",
        text=f"{text}{f' ({words.listed(before)})' if before else ''}:",
        quote=words.shortened(last.words),
        notes=tuple(sorted({*notes.all_of(told)})),
    )


def _channels(known: _Ledger, notes: Notes) -> Section:
    told = {one.item.id: one for one in known.seen.mechanisms}
    lines = []
    for one in sorted(known.channels, key=lambda one: one.last_met, reverse=True):
        if one.item not in told:
            continue
        met = f", last met {words.day(one.last_met)}" if one.last_met else ""
        due = f"; a session was due {words.day(one.next_due)}" if one.overdue else ""
        about = ", ".join(part for part in (one.level, one.frequency) if part)
        name = words.capital(one.name or one.mechanism_kind)
        text = f"{name}{f' ({about})' if about else ''}{met}{due}:"
        lines.append(plain_line(told[one.item], notes, text=text))
        if len(lines) == MOST_LINES:
            break
    return Section(title="Standing channels", lines=tuple(lines))


def _disputes(known: _Ledger, notes: Notes, *, most: int = MOST_LINES) -> Section:
    told = {one.item.id: one for one in known.seen.disputes}
    between = {known.seen.a, known.seen.b}
    listed = sorted(known.matters, key=lambda one: (one.status != "open", set(one.parties) != between))
    own = own_words(known.seen)
    chosen: dict[frozenset[str], Matter] = {}
    for one in listed:
        # "The Doklam dispute" and "the disputed territory of Doklam" are one. A common noun ("statement") names a
        # dispute only where it is one between these two alone.
        name = telling(one.name, own) or (frozenset({one.name.casefold()}) if set(one.parties) == between else frozenset())
        if one.item in told and name and not any(name <= other or other <= name for other in chosen):
            chosen[name] = one
    return Section(
        title="What is open",
        lines=tuple(
            plain_line(told[one.item], notes, text=_dispute_text(one, told[one.item].claim, known.seen.today))
            for one in list(chosen.values())[:most]
        ),
        empty="The record names no dispute between the two in this time.",
    )


def _dispute_text(one: Matter, claim: Dispute, today: str) -> str:
    """A dispute: open or settled, since when, and who waits for an answer."""
    since = claim.since.start if claim.since else one.since
    days = words.days_between(since, today) if since else None
    heard = f"{'since' if claim.since else 'first heard of'} {words.when(claim.since) if claim.since else words.day(since)}"
    length = f" ({words.counted(days, 'day')})" if days and days > 0 and one.status == "open" else ""
    silent = words.days_between(claim.unanswered_since.start, today) if claim.unanswered_since else None
    waits = f"; unanswered for {words.counted(silent, 'day')}" if silent and silent > 0 else ""
    if one.waiting and one.unanswered:
        side = words.the_side(one.waiting)
        waits = f"; {side} has had no answer for {words.counted(one.unanswered, 'day')}"
    return f"{words.capital(one.name)}, {one.status}{f', {heard}{length}' if since else ''}{waits}:"


def _figures(seen: Look, notes: Notes) -> Section:
    lines = [plain_line(told, notes, text=sentences.plain(told.claim)) for told in seen.figures[: -MOST_STATEMENTS - 1 : -1]]
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
