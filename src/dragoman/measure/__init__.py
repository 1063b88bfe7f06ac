"""Events in, series and counters of a relation out; knows nothing of documents or of the record."""

from dragoman.measure.counters import Counter, days_since, last_meeting, last_of_type, unanswered
from dragoman.measure.series import Month, Series, monthly
from dragoman.measure.turns import Turn, turns

__all__ = [
    "Counter",
    "Month",
    "Series",
    "Turn",
    "days_since",
    "last_meeting",
    "last_of_type",
    "monthly",
    "turns",
    "unanswered",
]
