"""The parts of a brief that rest on the ledger: what was agreed, the standing channels, what is open."""

from __future__ import annotations

from dragoman.measure.matters import Matter
from dragoman.model import Commitment, Dispute, parties, party
from dragoman.record import Store
from dragoman.show import ledger, words
from dragoman.show.instruments import Grouped, grouped
from dragoman.show.look import Look
from dragoman.show.outline import Line, Notes, Section
from dragoman.show.positions import own_words, telling
from dragoman.show.quoting import commitment_line, plain_line

#: Lines of a part in the annex, and undertakings among them.
MOST_LINES, MOST_UNDERTAKEN = 12, 5


class Known:
    """What the record makes of promises, channels, agreements and disputes on the day of the brief."""

    def __init__(self, store: Store, seen: Look) -> None:
        a, b = seen.a, seen.b
        told = {one.item.id: one for one in seen.agreements}
        self.seen = seen
        self.agreements = grouped([one for one in ledger.instruments(store, a, b) if one.item in told], told)
        self.due = {one.item: one.state for one in ledger.due(store, a, b, on=seen.today)}
        self.channels = ledger.kept_channels(store, a, b, on=seen.today)
        self.matters = [one for one in ledger.open_matters(store, a, b, on=seen.today) if one.item]


def agreed(known: Known, notes: Notes, *, most: int = MOST_LINES, undertaken: int = MOST_UNDERTAKEN) -> Section:
    """What was agreed, the newest first, and what each undertook."""
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


def channels(known: Known, notes: Notes) -> Section:
    """The standing channels, with when each last met."""
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


def disputes(known: Known, notes: Notes, *, most: int = MOST_LINES) -> Section:
    """What is open between the two, since when, and who waits."""
    told = {one.item.id: one for one in known.seen.disputes}
    between = {known.seen.a, known.seen.b}
    listed = sorted(known.matters, key=lambda one: (one.status != "open", set(one.parties) != between))
    own = own_words(known.seen)
    chosen: dict[frozenset[str], Matter] = {}
    for one in listed:
        # "The Doklam dispute" and "the disputed territory of Doklam" are one. A common noun ("statement") names a
        # dispute only where it is one between these two alone.
        name = telling(one.name, own) or (
            frozenset({one.name.casefold()}) if set(one.parties) == between else frozenset()
        )
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
    heard = (
        f"{'since' if claim.since else 'first heard of'} {words.when(claim.since) if claim.since else words.day(since)}"
    )
    length = f" ({words.counted(days, 'day')})" if days and days > 0 and one.status == "open" else ""
    silent = words.days_between(claim.unanswered_since.start, today) if claim.unanswered_since else None
    waits = f"; unanswered for {words.counted(silent, 'day')}" if silent and silent > 0 else ""
    if one.waiting and one.unanswered:
        side = words.the_side(one.waiting)
        waits = f"; {side} has had no answer for {words.counted(one.unanswered, 'day')}"
    return f"{words.capital(one.name)}, {one.status}{f', {heard}{length}' if since else ''}{waits}:"
