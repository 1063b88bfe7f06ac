"""Claims and judgements in, the events and other items that they together tell out; pure, it knows no record."""

from dragoman.reconcile.grouping import Judged, Reconciler, corrected, reconcile
from dragoman.reconcile.parts import gathering, part_of

__all__ = ["Judged", "Reconciler", "corrected", "gathering", "part_of", "reconcile"]
