"""Which office a person held at a date, and whom a name or an office meant then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.resolve.folding import normal
from dragoman.resolve.name_tables import Entry
from dragoman.resolve.names import NameIndex

#: A tenure that was only seen at one time counts as held for some years around it.
_SEEN_BEFORE, _SEEN_AFTER = 2, 4
_OPEN_ENDED_YEARS = 6
#: The note of a tenure that a table ends with: it may have lasted for some years more.
_LAST_SEEN = "in office in "
#: The height of whoever only opposes: below every office.
_OPPOSING = 8


class Holding(msgspec.Struct, frozen=True):
    """A person as of a date: the tenure that tells, and whether it was held then (`now`), `before` or `later`."""

    entry: Entry
    when: str
    odds: float = 0.0


def _year(day: str) -> int:
    return int(day[:4]) if day[:4].isdigit() else 0


def when(entry: Entry, date: str) -> str:
    """Whether a tenure is held at a date: "now", "before", "later", or "unknown" where no date is given."""
    if not date:
        return "unknown"
    if entry.note == "seen" or entry.note.startswith("end is the last edition"):
        first = _year(entry.start) - (_SEEN_BEFORE if entry.note == "seen" else 0)
        last = _year(entry.end) + (_SEEN_AFTER if entry.note == "seen" else 1)
        return "later" if _year(date) < first else "now" if _year(date) <= last else "before"
    if entry.start and date[: len(entry.start)] < entry.start[: len(date)]:
        return "later"
    if entry.end:
        return "before" if date[: len(entry.end)] > entry.end else "now"
    if entry.note.startswith(_LAST_SEEN) and _year(date) > _year(entry.note[len(_LAST_SEEN) :]) + _SEEN_AFTER:
        return "before"
    if entry.note == "end not known" and entry.start and _year(date) - _year(entry.start) > _OPEN_ENDED_YEARS:
        return "before"
    if entry.note == "end not known" and not entry.start:
        return "unknown"
    return "now"


_ORDER = {"now": 0, "unknown": 1, "before": 2, "later": 3}


def holding(tenures: Iterable[Entry], date: str) -> Holding | None:
    """The tenure of one person that tells most at a date: held then first, then the highest, then the latest."""
    best: tuple[tuple[int, float, int], Entry] | None = None
    for entry in tenures:
        state = when(entry, date)
        distance = abs(_year(date) - _year(entry.end or entry.start)) if state in {"before", "later"} else 0
        # What is told last about a person counts where nothing else decides.
        # A seat in parliament tells more than that its holder leads an opposition.
        rank = _OPPOSING if entry.sectors[:1] == ("OPP",) else entry.rank
        key = (_ORDER[state], distance if state == "later" else rank + distance / 100, -_year(entry.start))
        if best is None or key < best[0]:
            best = (key, entry)
    return Holding(best[1], when(best[1], date)) if best else None


def choose(
    entries: Sequence[Entry], date: str, *, country: str = "", office: str = "", index: NameIndex | None = None
) -> list[Holding]:
    """Whom a name may mean at a date, the likeliest first, with odds; entries are tenures of namesakes.

    A country or an office that the words give decides first; then who holds an office at the date, then its height.
    """
    people: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        people.setdefault((_bearer(entry.name), entry.code), []).append(entry)
    family = index.office_family(office) if index and office else ""
    wanted = _words(office)
    scored: list[tuple[float, Holding]] = []
    for (_, code), tenures in people.items():
        if country and code != country:
            continue
        every = _every(tenures, index, date)
        held = holding(every, date)
        if held is None:
            continue
        fitting = [entry for entry in every if _same_office(entry, family, wanted)] if office else []
        if fitting:
            held_office = holding(fitting, date)
            held = held_office if held_office is not None else held
        distance = (
            min(abs(_year(date) - _year(held.entry.end or held.entry.start)), 40) if date and held.when != "now" else 0
        )
        score = (
            {"now": 8.0, "unknown": 5.0, "before": 3.0, "later": 1.0}[held.when]
            - min(held.entry.rank, 6)
            - distance / 8
        )
        score += 6.0 if fitting else 0.0
        scored.append((score, held))
    scored.sort(key=lambda pair: (-pair[0], -_year(pair[1].entry.start), pair[1].entry.name))
    weights = [2.0 ** min(score - scored[0][0], 0) for score, _ in scored]
    return [
        msgspec.structs.replace(held, odds=weight / sum(weights))
        for weight, (_, held) in zip(weights, scored, strict=True)
    ]


def _bearer(name: str) -> str:
    """A person told from namesakes by the first and last word of the name: middle names come and go."""
    words = normal(name).split()
    return f"{words[0]} {words[-1]}" if words else ""


def _every(tenures: Sequence[Entry], index: NameIndex | None, date: str) -> list[Entry]:
    """Some tenures of a person with all others on record; what a list merely saw gives way to what is dated."""
    every = list(tenures)
    if index is None:
        return every
    for name in dict.fromkeys(entry.name for entry in tenures):
        every.extend(other for other in index.tenures(name) if other.code == tenures[0].code and other not in every)
    dated = {entry.family for entry in every if entry.family and entry.end and entry.note != "seen"}
    kept = [entry for entry in every if not (entry.note == "seen" and entry.family in dated)] or every
    # Who took another office in the government left the one whose end nobody wrote down.
    taken = (entry for entry in kept if entry.note != "seen" and entry.sectors[:1] == ("GOV",))
    last = max((entry.start for entry in taken if not date or entry.start <= date), default="")
    return [
        entry for entry in kept
        if entry.end or entry.start >= last or not (entry.note == "end not known" or entry.note.startswith(_LAST_SEEN))
    ] or kept  # fmt: skip


def _words(office: str) -> frozenset[str]:
    return frozenset(normal(office).split()) - {
        "of",
        "the",
        "for",
        "and",
        "minister",
        "secretary",
        "former",
        "deputy",
        "state",
    }


def _same_office(entry: Entry, family: str, words: frozenset[str]) -> bool:
    if family and entry.family == family:
        return True
    return bool(words) and words <= frozenset(normal(entry.office).split())


#: Families of offices that several hold at a time.
_MANY_AT_ONCE = frozenset({"ambassador", ""})


def holder(index: NameIndex, code: str, office: str, date: str) -> Holding | None:
    """Who held an office of a state at a date; nothing where the facts do not tell or the date is not known.

    "President" and "leader" mean the head of state; where a state has none on record, the head of government. A state
    has as many ambassadors as posts: the office alone names nobody.
    """
    if not code or not date or index.office_family(office) in _MANY_AT_ONCE:
        return None
    known = [
        entry
        for entry in index.holders(code, office)
        if when(entry, date) == "now" and not re.match(r"(?i)deputy|vice|first deputy", entry.office)
    ]
    written = normal(office)
    exact = [entry for entry in known if normal(entry.office) == written]
    known = exact or known
    if not known:
        return None
    known.sort(key=lambda entry: (bool(entry.note), entry.rank, -_year(entry.start)))
    names = {normal(entry.name).split()[-1] for entry in known}
    return Holding(known[0], "now", 1.0 / len(names))
