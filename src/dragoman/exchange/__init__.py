"""The event data sets of others in, and the record out in their shapes and in those of other tools."""

from dragoman.exchange.coming import calendar
from dragoman.exchange.incoming import Tally, read_events
from dragoman.exchange.outgoing import rows_of
from dragoman.exchange.package import write_package
from dragoman.exchange.panel import panel
from dragoman.exchange.people import entities

__all__ = ["Tally", "calendar", "entities", "panel", "read_events", "rows_of", "write_package"]
