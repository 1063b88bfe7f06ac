"""The places of the knowledge: states, known places with coordinates, and the many small cities, by name."""

from __future__ import annotations

import csv
import functools
from typing import NamedTuple
from weakref import WeakKeyDictionary

from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge
from dragoman.resolve.folding import plain_letter

#: Kinds from the most exact; of several names in one phrase the most exact is where it lies.
EXACT = {"building": 0, "city": 1, "capital": 1, "town": 2, "water": 3, "region": 4, "state": 5, "area": 6}


class Site(NamedTuple):
    """One place of the files."""

    name: str
    kind: str
    code: str
    lat: float | None
    lon: float | None
    within: str = ""
    hints: tuple[str, ...] = ()


class Gazetteer:
    """All places of one knowledge; the many small cities are read when a name is not among the known ones."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.sites: dict[str, list[Site]] = {}
        self.peoples: dict[str, str] = {}
        self.states: dict[str, Site] = {}
        self.words = {key: frozenset(map(str, value)) for key, value in knowledge.tree("places/words.yaml").items()}
        self._states()
        self._known()

    def _states(self) -> None:
        middle: dict[str, tuple[float, float, tuple[str, ...]]] = {}
        for row in self._knowledge.rows("places/countries.csv"):
            try:
                middle[row["code"]] = (float(row["lat"]), float(row["lon"]), split_names(row["hints"]))
            except ValueError as error:
                raise KnowledgeError(
                    f"{row['_where']}: a coordinate is no number: {row['lat']}, {row['lon']}"
                ) from error
        for row in self._knowledge.rows("actors/states.csv"):
            lat, lon, hints = middle.get(row["code"], (None, None, ()))
            for name in (row["name"], *split_names(row["aliases"])):
                plain = name.lstrip("=").removeprefix("the ")
                site = Site(row["name"], "state", row["code"], lat, lon, "", hints)
                self._add(plain, site)
                self.states.setdefault(site.code, site)
                self.peoples[plain] = row["code"]
        for row in self._knowledge.rows("actors/demonyms.csv"):
            for name in (row["name"], *split_names(row["aliases"])):
                self.peoples.setdefault(name.lstrip("="), row["code"])

    def _known(self) -> None:
        for row in self._knowledge.rows("places/known.csv"):
            try:
                lat, lon = float(row["lat"]), float(row["lon"])
            except ValueError as error:
                raise KnowledgeError(
                    f"{row['_where']}: a coordinate is no number: {row['lat']}, {row['lon']}"
                ) from error
            site = Site(row["name"], row["kind"], row["code"], lat, lon, row["within"], split_names(row["hints"]))
            if site.kind not in EXACT:
                raise KnowledgeError(f"{row['_where']}: {site.kind!r} is no kind; use one of {', '.join(EXACT)}")
            for name in (site.name, *split_names(row["aliases"])):
                self._add(name, site)
                if not name.isascii():
                    self._add(without_marks(name), site)

    def _add(self, name: str, site: Site) -> None:
        same = self.sites.setdefault(name, [])
        # "England" is the land itself, though the states' file knows it as a name of the United Kingdom too.
        same[:] = [other for other in same if other.kind != "state" or other.code != site.code or other.name == name]
        if not any(other.code == site.code and other.kind == site.kind for other in same):
            same.append(site)

    @functools.cached_property
    def towns(self) -> dict[str, list[Site]]:
        """The small cities and the regions of states: name to all that bear it."""
        towns: dict[str, list[Site]] = {}
        regions: dict[tuple[str, str], Site] = {}
        for path in self._knowledge.files("places/cities.csv"):
            # Read without dictionaries: there are tens of thousands, and the first unknown name waits for them.
            with path.open(encoding="utf-8", newline="") as lines:
                reader = csv.reader(line for line in lines if not line.startswith("#"))
                next(reader, None)
                for row in reader:
                    if len(row) != 4:
                        raise KnowledgeError(
                            f"{path}:{reader.line_num}: four columns are wanted: name,code,region,geonameid"
                        )
                    name, code, region, _ = row
                    site = Site(name, "town", code, None, None, region)
                    towns.setdefault(name, []).append(site)
                    if not name.isascii():  # agencies write Petropolis and Malmo
                        towns.setdefault(without_marks(name), []).append(site)
                    if region and (region, code) not in regions:
                        regions[region, code] = Site(region, "region", code, None, None)
        for (region, _), site in regions.items():
            towns.setdefault(region, []).append(site)
        common = self.words["before"] | self.words["after"]
        return {name: sites for name, sites in towns.items() if name.lower() not in common}

    @functools.cached_property
    def capitals(self) -> dict[str, Site]:
        """The capital of each state: the first that the file names for it."""
        found: dict[str, Site] = {}
        for sites in self.sites.values():
            for site in sites:
                if site.kind == "capital":
                    found.setdefault(site.code, site)
        return found


_GAZETTEERS: WeakKeyDictionary[Knowledge, Gazetteer] = WeakKeyDictionary()


def gazetteer(knowledge: Knowledge) -> Gazetteer:
    """The places of a knowledge, read once."""
    found = _GAZETTEERS.get(knowledge)
    if found is None:
        found = _GAZETTEERS[knowledge] = Gazetteer(knowledge)
    return found


def without_marks(name: str) -> str:
    """A name as agencies write it: Malmo for Malmö, Lodz for Łódź."""
    return "".join(plain_letter(char) for char in name)


def split_names(words: str) -> tuple[str, ...]:
    """The names of a cell, which a bar keeps apart."""
    return tuple(word for word in words.split("|") if word)
