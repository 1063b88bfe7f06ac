"""What is coming, as a calendar (RFC 5545) that any program for appointments reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from dragoman.model import Event, Item

#: RFC 5545, 3.1: lines of at most 75 bytes, longer ones folded.
_LONGEST = 75


def calendar(items: Iterable[Item], *, text: bool = True, today: str = "") -> Iterator[bytes]:
    """The scheduled events of a record (status `future`, with a day) as VEVENTs; those before `today` are left out."""
    yield from map(_folded, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dragoman//record//EN", "CALSCALE:GREGORIAN"))
    for item in items:
        event = item.claim
        if not isinstance(event, Event) or event.status != "future":
            continue
        span = event.due or event.date
        if span is None or (today and span.end < today):
            continue
        deed = event.of
        who = ", ".join(one.name or one.text for one in event.actors)
        whom = ", ".join(one.name or one.text for one in event.recipients)
        what = f"{deed.event_type} {deed.mode}".strip() if deed else event.event_type
        end = datetime.date.fromisoformat(span.end) + datetime.timedelta(days=1)
        yield from map(_folded, ("BEGIN:VEVENT", f"UID:{item.id}@dragoman", f"DTSTAMP:{_stamp(item)}"))
        yield _folded(f"DTSTART;VALUE=DATE:{span.start.replace('-', '')}")
        # The end is the first day on which it is over.
        yield _folded(f"DTEND;VALUE=DATE:{end.isoformat().replace('-', '')}")
        yield _folded(f"SUMMARY:{_escaped(f'{what}: {who}' + (f' > {whom}' if whom else ''))}")
        if event.place:
            yield _folded(f"LOCATION:{_escaped(event.place.name or event.place.text)}")
        told = f"Sources: {'; '.join(item.sources)}"
        if text:
            told = f"{event.evidence.text}\n{told}"
        yield _folded(f"DESCRIPTION:{_escaped(told)}")
        yield _folded("END:VEVENT")
    yield _folded("END:VCALENDAR")


def _stamp(item: Item) -> str:
    # When it became known, so that the same record gives the same file.
    return f"{(item.first_known or '1970-01-01').replace('-', '')}T000000Z"


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(line.strip() for line in plain.splitlines())


def _folded(line: str) -> bytes:
    pieces, piece = [], b""
    for character in line:
        raw = character.encode()
        if len(piece) + len(raw) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += raw
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
