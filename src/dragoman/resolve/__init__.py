"""Names at a date to actors, words to dates, names to places; it may know actors, offices and the document."""

from dragoman.resolve.actors import DocumentActors, reader, resolve_phrase
from dragoman.resolve.dates import DocumentDates
from dragoman.resolve.places import DocumentPlaces
from dragoman.resolve.undated import infer_published

__all__ = ["DocumentActors", "DocumentDates", "DocumentPlaces", "infer_published", "reader", "resolve_phrase"]
