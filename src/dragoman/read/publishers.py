"""Who published a text: from an address or a name to the publisher that `sources/` knows, with the side it gives."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from dragoman.knowledge import load
from dragoman.model import Source

#: Whose account is that of its state, where a line does not say otherwise.
_OWN_SIDE = frozenset({"government", "parliament", "state media"})
_DOMAIN = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w.-])", re.IGNORECASE)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/[^/]{1,20}/(.+)")


def publisher(name: str = "", url: str = "", *, side: str = "") -> Source:
    """The publisher of that name or address; what is not known stays as given, a name that is an address is one."""
    name, url = name.strip(), url.strip()
    entry = _by_domain(_host(url)) or _by_name().get(_key(name))
    if entry is None and name:
        for domain in _DOMAIN.findall(name):
            entry = _by_domain(domain.lower())
            if entry is not None:
                break
    if entry is None:
        entry = Source()
    address = url or (name if "://" in name else "")
    shown = name if name and "://" not in name and not _DOMAIN.fullmatch(name) else entry.name or name
    return Source(name=shown, url=address, country=entry.country, kind=entry.kind, side=side or entry.side)


def _host(url: str) -> str:
    if archived := _ARCHIVED.match(url):
        url = archived[1]
    if not url:
        return ""
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        return (parts.hostname or "").lower()
    except ValueError:
        return ""


def _by_domain(host: str) -> Source | None:
    table = _domains()
    pieces = host.split(".")
    for start in range(len(pieces) - 1):
        if (entry := table.get(".".join(pieces[start:]))) is not None:
            return entry
    return None


def _key(name: str) -> str:
    key = re.sub(r"\([^)]*\)", " ", name.lower()).replace("’", "'")
    key = re.sub(r"[^\w' ]+", " ", key).strip()
    return " ".join(key.removeprefix("the ").split())


@functools.lru_cache(maxsize=1)
def _domains() -> dict[str, Source]:
    table: dict[str, Source] = {}
    for row in load().rows("sources/*.csv"):
        side = row["side"] or (row["country"] if row["kind"] in _OWN_SIDE else "")
        table[row["domain"]] = Source(
            name=row["name"], url=row["domain"], country=row["country"], kind=row["kind"], side=side
        )
    return table


@functools.lru_cache(maxsize=1)
def _by_name() -> dict[str, Source]:
    table: dict[str, Source] = {}
    for entry in _domains().values():
        table.setdefault(_key(entry.name), entry)
    table.pop("", None)
    return table
