"""What a search can be narrowed by, as words that stand in the full-text index beside the text.

A condition on rows has to look at every match of the words; one more word in the index costs the same however many
match and however few it leaves: at a million claims that is the difference between a fifth of a second and a fiftieth.

A mark is a letter (`k`ind, `t`ype, `s`tatus, `p`arty, `o`: by whom published, `a`: whose account) and the value as
hexadecimal numbers, so that no tokeniser takes it apart; or a year (`y2005`) or decade (`d200`) that the days meet.
Migration 0004 makes the same marks in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.record.results import Filters

#: Days before and after count as of the first and last of these years; a search by days looks at the days as well.
FIRST, LAST = 1900, 2099
#: Days that meet more years than this have one mark for all of them.
LONG = 30
LONG_MARK = "long"
#: Each of these marks may be on nearly all rows; of the others each leaves many out.
MANY = "ks"


def of(letter: str, value: str) -> str:
    """The mark of a value."""
    return letter + value.encode().hex()


def marked(values: Iterable[tuple[str, str]], start: str | None, end: str | None) -> str:
    """The marks of a row: those of some letters and values, empty ones left out, and of its days."""
    found = {of(letter, value) for letter, value in values if value}
    if start is not None and end is not None:
        first, last = _year(start), _year(end)
        found |= {LONG_MARK} if last - first > LONG else set(_years(first, last))
    return " ".join(sorted(found))


def asked(filters: Filters, *, claims: bool) -> list[tuple[str, ...]]:
    """What a claim (or a document) must be marked with to get through: one mark of each of these groups.

    Marks say the year and not the day: `since` and `until` have to be looked at besides.
    """
    single = [("p", one) for one in filters.parties] + [("o", filters.source), ("a", filters.side)]
    if claims:
        single += [("k", filters.kind), ("t", filters.event_type), ("s", filters.status)]
    groups: list[tuple[str, ...]] = [(of(letter, value),) for letter, value in single if value]
    if filters.since or filters.until:
        first, last = _year(filters.since or str(FIRST)), _year(filters.until or str(LAST))
        groups.append((LONG_MARK, *_stretch(first, last)))
    return groups


def _year(day: str) -> int:
    year = day[:4]
    return min(max(int(year) if year.isdigit() else 0, FIRST), LAST)


def _years(first: int, last: int) -> list[str]:
    years = [f"y{year}" for year in range(first, last + 1)]
    return years + [f"d{decade}" for decade in range(first // 10, last // 10 + 1)]


def _stretch(first: int, last: int) -> list[str]:
    """A stretch of years in as few marks as can be: whole decades, and the years before and after them."""
    found: list[str] = []
    year = first
    while year <= last:
        if year % 10 == 0 and year + 9 <= last:
            found.append(f"d{year // 10}")
            year += 10
        else:
            found.append(f"y{year}")
            year += 1
    return found
