"""Claims and judgements in, the events and other items that they together tell out; pure, it knows no record."""

from dragoman.reconcile.grouping import Reconciler, reconcile

__all__ = ["Reconciler", "reconcile"]
