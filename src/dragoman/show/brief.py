"""Writes the brief of a relation: a desk officer's note in which each sentence has the number of its sources.

Invariant: a line of the brief says what an item of the record holds, or counts such items; its notes name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from dragoman.errors import UsageError
from dragoman.measure import Month, turns
from dragoman.model import DateSpan, Event, Statement
from dragoman.record import Store
from dragoman.show import sentences, words
from dragoman.show.look import Look, Told, day_of, due_of, look
from dragoman.show.outline import Brief, Line, Notes, Section

Format = Literal["md", "html", "docx", "pdf"]

#: One page that a minister reads: so many lines in a part; the annex has more, the relation's page has all.
FIRST_LINES, FIRST_STATEMENTS, FIRST_OPEN = 4, 2, 3
MOST_LINES = 12
MOST_STATEMENTS = 5
#: Words of a source in the running text are cut here; the list of sources has them whole.
MOST_CHARACTERS = 280


#: Days by which an event may come later than was planned, without and with a day for the plan.
SOON = (365, 31)
#: Days after which the last news of a relation no longer tells how it is.
YEAR = 365
#: Reported speech of fewer words is shown with its whole sentence.
LEAST_WORDS = 4
#: Fewer events than this in a year say nothing about warmth.
FEW = 3


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
    state = _state(seen, notes)
    first = (
        _news(seen, notes),
        _said(seen, notes, seen.a, most=FIRST_STATEMENTS),
        _said(seen, notes, seen.b, most=FIRST_STATEMENTS),
        _agreed(seen, notes, most=FIRST_OPEN),
        _disputes(seen, notes, most=FIRST_OPEN),
        _coming(seen, notes),
    )
    told = {(section.title, line.text) for section in first for line in section.lines}
    rest = (
        _changes(seen, notes),
        _said(seen, notes, seen.a),
        _said(seen, notes, seen.b),
        _agreed(seen, notes),
        _channels(seen, notes),
        _disputes(seen, notes),
        _figures(seen, notes),
    )
    return Brief(
        title=f"{words.capital(words.the_side(seen.a))} and {words.the_side(seen.b)}",
        span=_span(seen),
        state=state,
        sections=tuple(one for one in first if one.lines or one.empty),
        # What the first page has said is not said again; a section with nothing more is left out.
        annex=tuple(one for one in rest if any((one.title, line.text) not in told for line in one.lines)),
        months=tuple(seen.months()),
        turns=tuple(turns(one.item for one in seen.happened)),
        notes=tuple(notes.kept),
        a=seen.a,
        b=seen.b,
    )


def _span(seen: Look) -> str:
    asked = [f"from {words.day(seen.since)}"] if seen.since else []
    asked.append(f"to {words.day(seen.today)}")
    return f"What the record holds {' '.join(asked)}, from {words.counted(len(seen.documents), 'document')}"


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
    """The state of the relation in at most three sentences."""
    dated = [told for told in seen.happened if told.claim.date and told.claim.status == "actual"]
    if not dated:
        return ()
    last = dated[-1]
    past = words.ago(day_of(last.claim.date), seen.today)
    latest = Line(
        text=f"The latest event is of {words.when(last.claim.date)}{f', {past}' if past else ''}:"
        f" {sentences.happening(last.claim)}",
        notes=notes.all_of(last),
    )
    lines = [latest]
    if seen.met and seen.met[-1].item.id != last.item.id:
        met = seen.met[-1]
        past = words.ago(day_of(met.claim.date), seen.today)
        lines.append(
            Line(
                text=f"The last meeting or talks that the record knows were {words.on(met.claim.date)}"
                f"{f', {past}' if past else ''}: {sentences.happening(met.claim)}",
                notes=notes.all_of(met),
            )
        )
    months = seen.months()
    if months:
        first = _year_before(months[-1].month)
        made = [told for told in dated if day_of(told.claim.date)[:7] > first]
        cited = {notes.of(told.claim.evidence) for told in made}
        by = f"{words.counted(len(made), 'event')} in the twelve months to {words.month(months[-1].month)}"
        known = months[-1]
        stood = "are" if (words.days_between(f"{known.month}-28", seen.today) or 0) < YEAR else "were"
        text = f"The record holds {by}, too few to call relations warm or cool."
        if len(made) >= FEW and known.temperature is not None:
            told, low, high = (words.signed(round(one or 0, 1)) for one in (known.temperature, known.low, known.high))
            text = (
                f"Relations {stood} {state_words(months)}, by {by}"
                f" (temperature {told} on a scale from −10 to +10, likely between {low} and {high})."
            )
        lines.append(Line(text=text, notes=tuple(sorted(cited))))
    return tuple(lines)


def shortened(text: str) -> str:
    """A sentence cut at a word where it is long."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _weight(told: Told[Event]) -> tuple[float, int, str]:
    return (abs(told.claim.score), len(told.documents), day_of(told.claim.date))


def _event_lines(chosen: Iterable[Told[Event]], notes: Notes) -> tuple[Line, ...]:
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
                text=" ".join(dict.fromkeys(sentences.happening(told.claim) for told in group)),
                quote=shortened(words.evidence_of(group[0].claim)),
                notes=tuple(numbers),
            )
        )
    return tuple(lines)


def _news(seen: Look, notes: Notes) -> Section:
    """The weightiest events of the twelve months before the latest one, newest first."""
    told = [one for one in seen.happened if one.claim.status == "actual" and one.claim.date]
    last = day_of(told[-1].claim.date) if told else ""
    late = [one for one in told if (words.days_between(day_of(one.claim.date), last) or 0) <= YEAR]
    chosen = sorted(late, key=_weight, reverse=True)[:FIRST_LINES]
    newest = sorted(chosen, key=lambda one: (day_of(one.claim.date), one.item.id), reverse=True)
    rest = len(late) - len(chosen)
    return Section(
        title="What changed",
        lines=_event_lines(newest, notes),
        empty="The record holds no event between the two in this time.",
        more=f"The weightiest {len(chosen)} of {len(late)} events of the last twelve months that it tells of."
        if rest
        else "",
    )


def _changes(seen: Look, notes: Notes) -> Section:
    told = [one for one in seen.happened if one.claim.status == "actual"]
    chosen = sorted(told, key=_weight, reverse=True)[:MOST_LINES]
    newest = sorted(chosen, key=lambda one: (day_of(one.claim.date), one.item.id), reverse=True)
    rest = len(told) - len(chosen)
    return Section(
        title="What happened",
        lines=_event_lines(newest, notes),
        more=f"The weightiest {len(chosen)} of {len(told)} events; the relation's page has the rest." if rest else "",
    )


def _said(seen: Look, notes: Notes, side: str, *, most: int = MOST_STATEMENTS) -> Section:
    lines = []
    texts: set[str] = set()
    for told in seen.said_by(side):
        said = told.claim.quote or told.claim.content
        if not said or said in texts:
            continue
        texts.add(said)
        lines.append(_statement_line(told, notes))
        if len(lines) == most:
            break
    return Section(
        title=f"What {words.the_side(side)} says",
        lines=tuple(lines),
        empty=f"The record holds no words of {words.the_side(side)} on this relation in this time.",
    )


def _statement_line(told: Told[Statement], notes: Notes) -> Line:
    claim = told.claim
    said = shortened(sentences.words_of(claim))
    # A scrap of reported speech ("the accusations") tells nothing; the sentence that holds it does.
    scrap = not claim.quote and len(said.split()) < LEAST_WORDS
    reported = "" if claim.quote or scrap else f" {said}"
    return Line(
        when=words.capital(words.when(claim.date)),
        text=f"{sentences.speaker(claim, reported=bool(reported))}:{reported}",
        quote=said if claim.quote else shortened(words.evidence_of(claim)) if scrap else "",
        notes=notes.all_of(told),
    )


def _claim_line(told: Told[Any], notes: Notes, *, today: str = "", date: DateSpan | None = None) -> Line:
    return Line(
        when=words.capital(words.when(date)) if date else "",
        text=sentences.plain(told.claim, today=today),
        quote=shortened(words.evidence_of(told.claim)),
        notes=notes.all_of(told),
    )


def _agreed(seen: Look, notes: Notes, *, most: int = MOST_LINES) -> Section:
    lines = [_claim_line(told, notes, date=told.claim.date) for told in seen.agreements[: -most - 1 : -1]]
    lines += [_claim_line(told, notes) for told in seen.commitments[: -min(most, MOST_STATEMENTS) - 1 : -1]]
    return Section(
        title="What was agreed, and what came of it",
        lines=tuple(lines),
        empty="The record holds no agreement between the two in this time.",
    )


def _channels(seen: Look, notes: Notes) -> Section:
    lines = [_claim_line(told, notes) for told in seen.mechanisms[:MOST_LINES]]
    return Section(title="Standing channels", lines=tuple(lines))


def _disputes(seen: Look, notes: Notes, *, most: int = MOST_LINES) -> Section:
    first = sorted(seen.disputes, key=lambda told: (told.claim.status != "open", day_of(told.claim.since) or "9999"))
    lines = [_claim_line(told, notes, today=seen.today) for told in first[:most]]
    return Section(
        title="What is open",
        lines=tuple(lines),
        empty="The record names no dispute between the two in this time.",
    )


def _figures(seen: Look, notes: Notes) -> Section:
    lines = [_claim_line(told, notes) for told in seen.figures[: -MOST_STATEMENTS - 1 : -1]]
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
    cited = set(notes.all_of(told))
    text = sentences.happening(event, past=True)
    if after := _followed(seen, told):
        cited.update(notes.all_of(after))
        text += (
            f" The record next tells of such an event {words.on(after.claim.date)}: {sentences.happening(after.claim)}"
        )
    else:
        text += " The record does not tell whether it came about."
    return Line(
        when=f"Planned for {words.when(event.due)}" if event.due else f"Announced {words.on(event.date)}",
        text=text,
        notes=tuple(sorted(cited)),
    )


def _coming(seen: Look, notes: Notes) -> Section:
    lines = list(_event_lines(seen.coming[:FIRST_LINES], notes))
    if not lines:
        late = sorted(seen.passed, key=lambda one: due_of(one.claim), reverse=True)[:3]
        lines = [_passed_line(seen, told, notes) for told in late]
    nothing = f"The record knows of nothing planned after {words.day(seen.today)}."
    return Section(
        title="What is coming",
        lines=tuple(lines),
        empty=nothing,
        more="" if seen.coming or not lines else nothing,
    )
