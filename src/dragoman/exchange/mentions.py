"""GDELT 2's mentions, each a further article that tells an event, with the contexts of the themes beside its words.

A row of mentions names its event by number alone, so the events of one run are remembered, the latest `KEPT` of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from dragoman.exchange import codes
from dragoman.model import Coded, Document, Event, content_id

#: So many events and articles of a run are remembered (about 200 MB); most mentions come within a day of their event.
KEPT = 200_000
#: A theme of the GKG belongs to an action when it stands at most so many characters from it: about two sentences.
BESIDE = 250
#: The columns of the two files beside the events.
MENTIONS, GKG = "gdelt_mentions", "gdelt_gkg"

Row = dict[str, str]


class Unknown(Exception):  # inside this package: no error, only a row that is of no use
    """A mention of an event that was not read, or of the article that the event's own row names."""


class Mentions:
    """What a run has read so far that mentions may speak of."""

    def __init__(self) -> None:
        self._events: dict[str, Coded] = {}
        self._themes: dict[str, tuple[tuple[int, str], ...]] = {}

    def remember(self, number: str, coded: Coded) -> None:
        """Keeps an event under its number."""
        _keep(self._events, number, coded)

    def learn(self, row: Row) -> None:
        """Keeps where the themes of an article stand, of those that PLOVER has a context for."""
        found = []
        for piece in filter(None, row["V2Themes"].split(";")):
            theme, _, offset = piece.rpartition(",")
            context = context_of(theme)
            if context and offset.isdigit():
                found.append((int(offset), context))
        if found:
            _keep(self._themes, row["DocumentIdentifier"], tuple(found))

    def told(self, row: Row, document: Callable[[Row], Document]) -> Coded:
        """The article of a mention with the event that it tells. Raises Unknown when that cannot be told."""
        known = self._events.get(row["GLOBALEVENTID"])
        if known is None or known.document.url == row["MentionIdentifier"]:
            raise Unknown
        text = f"{known.document.text}; " + "; ".join(f"{name}: {value}" for name, value in row.items() if value)
        identity = content_id("gdelt2", text)
        (event,) = (one for one in known.claims if isinstance(one, Event))
        told = replace(
            event,
            id=content_id(identity, "event"),
            evidence=replace(event.evidence, document=identity, end=len(text), text=text),
            confidence=min(100, int(row["Confidence"] or 0)) / 100,
            contexts=tuple(dict.fromkeys((*event.contexts, *self._beside(row)))),
        )
        made = replace(document(row), id=identity, text=text, language=known.document.language)
        return Coded(document=made, claims=(told,))

    def _beside(self, row: Row) -> Iterable[str]:
        offset = row["ActionCharOffset"]
        if not offset.isdigit():
            return ()
        themes = self._themes.get(row["MentionIdentifier"], ())
        return (context for at, context in themes if abs(at - int(offset)) <= BESIDE)


def context_of(theme: str) -> str:
    """PLOVER's context for a theme of the GKG, by the longest beginning that is known; empty for none."""
    known: dict[str, str] = codes.others()["gkg_themes"]
    return known.get(max((one for one in known if theme.startswith(one)), key=len, default=""), "")


def _keep(held: dict, key: str, value: object) -> None:  # type: ignore[type-arg]  # of either kind
    held[key] = value
    if len(held) > KEPT:
        del held[next(iter(held))]
