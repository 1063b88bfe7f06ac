"""Claims and judgements in, the events and other items that they together tell out; pure, it knows no record."""

from dragoman.reconcile.grouping import Judged, Reconciler, corrected, reconcile

__all__ = ["Judged", "Reconciler", "corrected", "reconcile"]
