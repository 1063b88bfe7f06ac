"""Coded documents and judgements in, a lasting record and answers out; the only package that speaks SQL."""

from dragoman.record.glance import Glance, ItemsAsked, Lead, Mark
from dragoman.record.results import AddResult, DocumentLine, Explanation, Hit, Relation, Removal
from dragoman.record.store import Deriver, Store

__all__ = [
    "AddResult",
    "Deriver",
    "DocumentLine",
    "Explanation",
    "Glance",
    "Hit",
    "ItemsAsked",
    "Lead",
    "Mark",
    "Relation",
    "Removal",
    "Store",
]
