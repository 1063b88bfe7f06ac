"""Says what knowledge holds of a name: each line with its file, its dates, and whether it holds at a day."""

from __future__ import annotations

from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.resolve import reader, resolve_phrase
from dragoman.resolve.name_tables import Entry
from dragoman.resolve.persons import when

#: So many bearers of a family name are shown at most.
_MOST = 60
_HELD = {"now": "held then", "before": "over by then", "later": "not yet", "unknown": ""}


def entries(name: str, knowledge: Knowledge) -> list[Entry]:
    """All lines of actors that a name may mean, those of its whole length first, without any twice."""
    index = reader(knowledge).index
    found: list[Entry] = []
    for hit in index.find(name):
        for key in hit.entries:
            entry = index.entry(key)
            found.append(entry)
            if entry.kind == "person":
                found.extend(other for other in index.tenures(entry.name) if other.code == entry.code)
    found.extend(index.tenures(name))
    found.extend(index.bearers(name))
    return list(dict.fromkeys(found))[:_MOST]


def shown(name: str, *, date: str, knowledge: Knowledge) -> dict[str, Any]:
    """What knowledge holds of a name, and who it is at the date, as `dragoman knowledge show` gives it."""
    lines = [
        {
            "name": entry.name,
            "kind": entry.kind,
            "code": entry.code,
            "sectors": list(entry.sectors),
            "office": entry.office,
            "from": entry.start,
            "to": entry.end,
            "note": entry.note,
            "at": when(entry, date) if date else "",
            "line": entry.key,
        }
        for entry in sorted(entries(name, knowledge), key=lambda e: (e.kind != "person", e.code, e.name, e.start))
    ]
    entity = resolve_phrase(name, date, knowledge=knowledge)
    agent = reader(knowledge).agents.get(name)
    word = (
        {"word": agent.word, "kind": agent.kind, "sectors": list(agent.sectors), "line": agent.where} if agent else None
    )
    meant = {"country": entity.country, "sectors": list(entity.sectors), "name": entity.name, "office": entity.office}
    return {"name": name, "date": date, "means": {**meant, "how": entity.how}, "lines": lines, "word": word}


def told(found: dict[str, Any]) -> list[str]:
    """The same in lines for people."""
    means = found["means"]
    day = f" at {found['date']}" if found["date"] else ""
    who = " ".join(filter(None, (means["country"], ";".join(means["sectors"]), means["name"], means["office"])))
    lines = [f"{found['name']}{day}: {who or 'nobody that is known'}"]
    if means["how"]:
        lines.append(f"  by: {means['how']}")
    for one in found["lines"]:
        stretch = f"{one['from'] or '…'} to {one['to'] or '…'}" if one["from"] or one["to"] else "no dates"
        facts = (
            one["kind"],
            one["code"],
            ";".join(one["sectors"]),
            one["office"],
            stretch,
            _HELD.get(one["at"], ""),
            one["note"],
        )
        lines.append(f"  {one['line']}  {one['name']}: {', '.join(filter(None, facts))}")
    if found["word"]:
        word = found["word"]
        about = (word["word"], word["kind"], ";".join(word["sectors"]))
        lines.append(f"  {word['line']}  a word for people or bodies: {', '.join(filter(None, about))}")
    return lines
