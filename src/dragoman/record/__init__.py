"""Coded documents and judgements in, a lasting record and answers out; the only package that speaks SQL."""

from dragoman.record.glance import Glance, ItemsAsked, Lead, Mark
from dragoman.record.recoding import differences
from dragoman.record.results import (
    AddResult,
    Asked,
    DocumentLine,
    Explanation,
    Filters,
    Hit,
    Recoded,
    Relation,
    Removal,
    Touched,
)
from dragoman.record.store import Deriver, Store

__all__ = [
    "AddResult",
    "Asked",
    "Deriver",
    "DocumentLine",
    "Explanation",
    "Filters",
    "Glance",
    "Hit",
    "ItemsAsked",
    "Lead",
    "Mark",
    "Recoded",
    "Relation",
    "Removal",
    "Store",
    "Touched",
    "differences",
]
