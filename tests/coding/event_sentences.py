"""Reads `events.txt`, sentences with the events that a careful reader finds in them, and says which were coded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from dragoman.model import Event

FILE = Path(__file__).with_name("events.txt")
_EVENT = re.compile(r"(\(?)(\S+) (\S+) (\S+) (?:~(\S+)|(\S+) > (\S+))(?: by (\S+))?")


class Wanted(NamedTuple):
    """One event that a sentence tells, or may tell."""

    types: frozenset[str]
    mode: str
    status: str
    either: frozenset[str]
    actors: str
    recipients: str
    speaker: str
    optional: bool

    def fits(self, event: Event) -> bool:
        """Whether an event that was coded is this one."""
        actors, recipients = ({one.country for one in side} - {""} for side in (event.actors, event.recipients))
        parties = (
            actors | recipients == self.either
            if self.either
            else _same(self.actors, actors) and _same(self.recipients, recipients)
        )
        return (
            event.event_type in self.types
            and self.mode in {"*", event.mode or "-"}
            and self.status in {"?", event.status}
            and parties
            and (not self.speaker or (event.speaker is not None and event.speaker.country == self.speaker))
        )


class Sample(NamedTuple):
    """A sentence, the day of its text, of which kind it is, and its events."""

    kind: str
    day: str
    text: str
    wanted: tuple[Wanted, ...]

    def wrong(self, events: list[Event]) -> str:
        """What is missing or too much in what was coded; empty when it is right."""
        missing = [one for one in self.wanted if not one.optional and not any(one.fits(event) for event in events)]
        extra = [event for event in events if not any(one.fits(event) for one in self.wanted)]
        if not missing and not extra:
            return ""
        return f"wanted {'; '.join(map(_told, missing)) or 'no more'} | got {'; '.join(map(shown, extra)) or 'nothing'}"


def samples() -> list[Sample]:
    """All sentences of the file, in order."""
    found: list[Sample] = []
    kind = ""
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("## "):
            kind = line[3:]
        elif line.startswith("    "):
            match = _EVENT.fullmatch(line.strip())
            assert match, f"{FILE.name}:{number}: {line}"
            optional, types, mode, status, either, actors, recipients, speaker = match.groups(default="")
            wanted = Wanted(
                types=frozenset(types.split("/")), mode=mode, status=status,
                either=frozenset(either.split("+")) - {""}, actors=actors, recipients=recipients,
                speaker=speaker, optional=bool(optional),
            )  # fmt: skip
            found[-1] = found[-1]._replace(wanted=(*found[-1].wanted, wanted))
        elif line and not line.startswith("#"):
            day, _, text = line.partition(" ")
            found.append(Sample(kind, day, text, ()))
    return found


def shown(event: Event) -> str:
    """An event as the file writes it."""
    sides = [
        "+".join(dict.fromkeys(e.country or e.text for e in side)) or "-" for side in (event.actors, event.recipients)
    ]
    speaker = f" by {event.speaker.country}" if event.speaker else ""
    return f"{event.event_type} {event.mode or '-'} {event.status} {' > '.join(sides)}{speaker}"


def _told(wanted: Wanted) -> str:
    sides = f"~{'+'.join(sorted(wanted.either))}" if wanted.either else f"{wanted.actors} > {wanted.recipients}"
    speaker = f" by {wanted.speaker}" if wanted.speaker else ""
    return f"{'/'.join(sorted(wanted.types))} {wanted.mode} {wanted.status} {sides}{speaker}"


def _same(wanted: str, found: set[str]) -> bool:
    return wanted == "?" or found == (set() if wanted == "-" else set(wanted.split("+")))
