"""Find the names that knowledge knows in a text: states, peoples, capitals, bodies, groups, companies, persons.

A text is folded to plain lower-case ASCII of the same length, every mark that is no letter or digit becoming a space, and
an automaton over all names finds whole words only, since each pattern begins and ends with a space. Of overlapping names
the longest wins. Then the letters of the text itself decide: where a name is written with a capital, so must the text be;
acronyms, and names that are common words, must be written exactly as knowledge writes them.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import tempfile
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

import daachorse
import msgspec

from dragoman.knowledge import Knowledge
from dragoman.model import NameHit
from dragoman.resolve.spelling import plural

#: Raised whenever what is written to the cache changes its meaning.
CACHE_VERSION = "8"
#: So many different spellings are remembered with what they may mean; news repeats its names.
_REMEMBERED = 200_000
_TABLE = bytes(
    (code + 32 if 65 <= code <= 90 else code) if chr(code).isalnum() or code == 127 else 32 for code in range(128)
) + bytes(range(128, 256))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SPECIAL = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "İ": "I", "ß": "s", "æ": "a", "Æ": "A", "œ": "o",
            "ð": "d", "þ": "t", "ə": "a", "Ə": "A"}  # fmt: skip
#: Letters right before these are a currency (US$), no state.
_MONEY = frozenset("$€£¥")
_BREAK = re.compile(r"[,;:!?()\[\]\"“”/]|\.\s|\n\s*\n|--")
_KIND_ORDER = ("state", "person", "organisation", "body", "group", "party", "capital")
_PUBLIC = frozenset({"state", "states", "adjective", "people", "capital", "organisation", "metonym"})
#: Where the family name comes first, the first word of a name is no given name.
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "SGP", "JPN"})
_GIVEN_TO = 2
#: An office in these families lets a family name stand alone for its holder.
_ALONE_RANK = 2


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One row of `knowledge/actors`: who it is, the code and sectors, the office held, from when to when."""

    key: str
    name: str
    kind: str
    code: str
    sectors: tuple[str, ...] = ()
    office: str = ""
    start: str = ""
    end: str = ""
    note: str = ""
    rank: int = 9
    family: str = ""


class Form(msgspec.Struct, frozen=True, array_like=True):
    """One way to write a name, and the entry that it may mean."""

    text: str
    entry: int
    exact: bool = False
    surname: bool = False


class _Tables(msgspec.Struct, array_like=True):
    """Everything of an index but its automaton."""

    entries: list[Entry]
    forms: list[list[Form]]
    surnames: dict[str, list[int]]
    ambiguous: list[str]
    offices: dict[str, tuple[str, int]]
    towns: dict[str, str]
    agents: bytes


@functools.lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    plain = _SPECIAL.get(char) or unicodedata.normalize("NFKD", char)[:1]
    if plain.isascii() and plain.isprintable():
        return plain
    # Letters of other scripts stay letters; marks and spaces part words.
    return "\x7f" if char.isalnum() or unicodedata.combining(char) else " "


def fold(text: str) -> str:
    """The text in plain lower-case ASCII, of the same length, with a space for all that is no letter or digit."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda found: _fold_char(found.group()), text)
    return text.encode("ascii").translate(_TABLE).decode("ascii")


def normal(name: str) -> str:
    """A name folded and its spaces single, for comparing."""
    return " ".join(fold(name).split())


def _pattern(name: str) -> str:
    return f" {fold(name).strip()} "


def office_key(office: str) -> str:
    """An office as it is compared: folded, without the state that it belongs to."""
    return re.sub(r"^(former|then|acting|interim|outgoing|new|incoming|current|caretaker) ", "", normal(office))


class NameIndex:
    """All names of the knowledge in force, ready for finding them in text."""

    def __init__(self, knowledge: Knowledge) -> None:
        cached = _read_cache(knowledge.digest)
        if cached is None:
            cached = _build(knowledge)
            _write_cache(knowledge.digest, *cached)
        automaton, self._tables = cached
        self._automaton = daachorse.DoubleArrayAhoCorasick.deserialize(automaton)
        self._entries = self._tables.entries
        self._ambiguous = frozenset(self._tables.ambiguous)
        self._agents = daachorse.DoubleArrayAhoCorasick.deserialize(self._tables.agents)
        self._seen: dict[tuple[int, str], tuple[frozenset[str], tuple[str, ...], bool] | None] = {}

    @functools.cached_property
    def _by_key(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self._entries}

    @functools.cached_property
    def _by_name(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.kind == "person":
                found.setdefault(normal(entry.name), []).append(entry)
        return found

    @functools.cached_property
    def _by_office(self) -> dict[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self._entries:
            if entry.kind == "person" and entry.family:
                found.setdefault((entry.code, entry.family), []).append(entry)
        return found

    def entry(self, key: str) -> Entry:
        """The entry with this key (`file:line`); raises KeyError if there is none."""
        return self._by_key[key]

    def tenures(self, name: str) -> list[Entry]:
        """All offices of the person with exactly this name."""
        return self._by_name.get(normal(name), [])

    def holders(self, code: str, office: str) -> list[Entry]:
        """All who held an office of that family ("foreign minister") in a state."""
        family = self.office_family(office)
        return self._by_office.get((code, family), []) if family else []

    def office_family(self, office: str) -> str:
        """The family of an office as the text writes it, or nothing."""
        return self._tables.offices.get(office_key(office), ("", 9))[0]

    def bearers(self, surname: str) -> list[Entry]:
        """All tenures of persons with this family name."""
        return [self._entries[number] for number in self._tables.surnames.get(normal(surname), ())]

    def terms(self, name: str, office: str) -> list[tuple[str, str]]:
        """From when to when persons of that name or family name held an office of that family; unverified rows left out."""
        family = self.office_family(office)
        wanted = office_key(office)
        known = self.tenures(name) or self.bearers(name)
        return [
            (entry.start, entry.end)
            for entry in known
            if entry.start and "unverified" not in entry.note and entry.note != "seen"
            and ((family and entry.family == family) or office_key(entry.office) == wanted)
        ]  # fmt: skip

    def town(self, name: str) -> str:
        """The code of the state in which the only town of that name lies, or nothing."""
        return self._tables.towns.get(normal(name), "")

    def has_agent(self, text: str) -> bool:
        """Whether any word of the text says what people are (soldiers, ministry, protesters)."""
        return bool(self._agents.find_overlapping(f" {fold(text)} ".encode("ascii")))

    def is_ambiguous(self, word: str) -> bool:
        """Whether a name is also a common word or a given name."""
        return normal(word) in self._ambiguous

    def find(self, text: str) -> list[NameHit]:
        """All names in a text, in order, none overlapping another; of overlapping ones the longest."""
        if not text:
            return []
        folded = f" {fold(text)} ".encode("ascii")
        shouted = text.isupper()
        whispered = text.islower()
        found = [(start, 2 - end, number) for start, end, number in self._automaton.find_overlapping(folded)]
        found.sort()
        hits: list[NameHit] = []
        last = -1
        for start, minus_end, number in found:
            end = -minus_end
            if start < last or text[end : end + 1] in _MONEY:
                continue
            written = text[start:end]
            meaning = self._meaning(number, written, shouted=shouted, whispered=whispered)
            if meaning is None:
                continue
            if meaning[2] and text[end : end + 1] == ".":
                end += 1
                written += "."
            hits.append(NameHit(start=start, end=end, text=written, kinds=meaning[0], entries=meaning[1]))
            last = end
        return hits

    def _meaning(
        self, number: int, written: str, *, shouted: bool, whispered: bool
    ) -> tuple[frozenset[str], tuple[str, ...], bool] | None:
        """What a spelling may mean: kinds, keys, and whether a full stop belongs to it; nothing where it is no name."""
        if shouted or whispered:
            return self._weigh(number, written, shouted=shouted, whispered=whispered)
        key = (number, written)
        if key not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[key] = self._weigh(number, written, shouted=False, whispered=False)
        return self._seen[key]

    def _weigh(
        self, number: int, written: str, *, shouted: bool, whispered: bool
    ) -> tuple[frozenset[str], tuple[str, ...], bool] | None:
        forms = self._tables.forms[number]
        if " " in written.strip() and _BREAK.search(written) and not any(form.text == written for form in forms):
            forms = [form for form in forms if _BREAK.search(form.text)]
        fitting = [form for form in forms if self._fits(form, written, shouted=shouted, whispered=whispered)]
        if not fitting:
            return None
        entries = tuple(dict.fromkeys(self._entries[form.entry].key for form in fitting))
        kinds = {self._entries[form.entry].kind for form in fitting if not form.surname}
        if any(form.surname for form in fitting):
            kinds.add("surname")
        return frozenset(kinds), entries, any(form.text.endswith(".") for form in fitting)

    def _fits(self, form: Form, written: str, *, shouted: bool, whispered: bool) -> bool:
        if form.exact:
            return written == form.text.rstrip(".") or written == form.text
        if form.surname and not shouted and written.isupper() and len(written) > 1:
            return False
        if whispered:
            # A text without any capital tells nothing by its letters: only names that are no common words count.
            return normal(form.text) not in self._ambiguous and not form.surname and len(form.text) > 3
        if written[:1].isupper() == form.text[:1].isupper():
            if " " not in written or not form.text[:1].isupper():
                return True
            theirs, ours = re.findall(r"\w+", written), re.findall(r"\w+", form.text)
            return len(theirs) != len(ours) or all(
                a[0].isupper() or not b[0].isupper() for a, b in zip(theirs, ours, strict=True)
            )
        return not form.text[:1].isupper()


def _exact(alias: str) -> bool:
    letters = alias.replace(".", "").replace("-", "")
    return letters.isupper() and len(letters) <= 5 and " " not in alias


def _build(knowledge: Knowledge) -> tuple[bytes, _Tables]:
    offices = _offices(knowledge)
    rows = [row for path in _actor_files(knowledge) for row in knowledge.rows(f"actors/{path}") if "kind" in row]
    spelt = _spellings(knowledge)
    towns = {(normal(row["name"]), row["code"]) for row in knowledge.rows("places/cities.csv")}
    ambiguous = frozenset(normal(row["word"]) for row in knowledge.rows("actors/ambiguous.csv")) | _given_names(rows)
    entries: list[Entry] = []
    patterns: dict[str, list[Form]] = {}
    surnames: dict[str, list[int]] = {}
    for row in rows:
        name, others = row["name"], [*filter(None, row["aliases"].split("|"))]
        if row["kind"] == "person":
            name, more = spelt.get((normal(name), row["code"]), (name, ()))
            others = [row["name"], *more, *others]
        town = row["kind"] == "region" and not row["note"] and (normal(name), row["code"]) in towns
        family, rank = _rank(row["office"], offices)
        number = len(entries)
        entries.append(
            Entry(
                key=row["_where"], name=name, kind=row["kind"], code=row["code"], office=row["office"],
                sectors=tuple(filter(None, row["sectors"].split(";"))), start=row["from"], end=row["to"],
                note="town" if town else row["note"], rank=rank, family=family,
            )
        )  # fmt: skip
        for alias in dict.fromkeys((name, *others)):
            _add(alias, number, entries[number], patterns, surnames, ambiguous)
    _part_places_from_families(patterns, entries)
    names = sorted(patterns)
    automaton = daachorse.DoubleArrayAhoCorasick([name.encode("ascii") for name in names])
    agents = sorted({_pattern(word) for word in _agent_words(knowledge)})
    tables = _Tables(
        entries, [patterns[name] for name in names], surnames, sorted(ambiguous), offices, _towns(knowledge, ambiguous),
        bytes(daachorse.DoubleArrayAhoCorasick([word.encode("ascii") for word in agents]).serialize()),
    )  # fmt: skip
    return bytes(automaton.serialize()), tables


def _spellings(knowledge: Knowledge) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """From every spelling of a person's name, with the state, to the name as shown and all its spellings."""
    found: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    for row in knowledge.rows("actors/spellings.csv"):
        others = tuple(filter(None, row["aliases"].split("|")))
        for spelling in (row["name"], *others):
            if spelling[0] not in "=~":
                found[normal(spelling), row["code"]] = (row["name"], others)
    return found


def _given_names(rows: Iterable[dict[str, str]]) -> frozenset[str]:
    """Words that begin the names of several persons: alone they name none of those whose family name they are."""
    first: dict[str, set[str]] = {}
    for row in rows:
        words = normal(row["name"]).split() if row["kind"] == "person" and row["code"] not in _FAMILY_FIRST else []
        if len(words) > 1 and words[0].isascii():
            first.setdefault(words[0], set()).add(words[-1])
    return frozenset(word for word, families in first.items() if len(families) >= _GIVEN_TO)


def _part_places_from_families(patterns: dict[str, list[Form]], entries: list[Entry]) -> None:
    """A state stays a state: no family name takes the name of a state, a people, a capital or an organisation."""
    for folded, forms in patterns.items():
        kinds = {entries[form.entry].kind for form in forms}
        if len(kinds) > 1 and kinds & _PUBLIC:
            patterns[folded] = [form for form in forms if not form.surname]


def _add(
    alias: str,
    number: int,
    entry: Entry,
    patterns: dict[str, list[Form]],
    surnames: dict[str, list[int]],
    ambiguous: frozenset[str],
) -> None:
    text = alias.lstrip("=~")
    # A name of one word that others bear as a given name ("Francis") counts like a family name.
    surname = alias.startswith("~") or (alias == entry.name and entry.kind == "person" and normal(text) in ambiguous)
    exact = alias.startswith("=") or _exact(alias)
    if surname:
        surnames.setdefault(normal(text), []).append(number)
        if entry.rank > _ALONE_RANK or len(text) < 4 or normal(text) in ambiguous:
            return
    folded = _pattern(text)
    if len(folded) < 4 or not folded.strip():
        return
    if f"={entry.name}" == alias:
        patterns[folded] = [form for form in patterns.get(folded, []) if form.entry != number]
    forms = patterns.setdefault(folded, [])
    if not any(form.entry == number for form in forms):
        forms.append(Form(text, number, exact, surname))


def _actor_files(knowledge: Knowledge) -> list[str]:
    return sorted(
        {path.name for path in knowledge.files("actors/*.csv")} - {"ambiguous.csv", "offices.csv", "spellings.csv"}
    )


def _offices(knowledge: Knowledge) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for row in knowledge.rows("actors/offices.csv"):
        for name in (row["office"], *filter(None, row["aliases"].split("|"))):
            found[normal(name)] = (row["family"], int(row["rank"]))
    return found


def _towns(knowledge: Knowledge, ambiguous: frozenset[str]) -> dict[str, str]:
    """Towns by name, where one state alone has a town of that name."""
    found: dict[str, str] = {}
    for row in knowledge.rows("places/cities.csv"):
        name = normal(row["name"])
        found[name] = row["code"] if found.get(name, row["code"]) == row["code"] else ""
    return {name: code for name, code in found.items() if code and name not in ambiguous and len(name) > 3}


def _agent_words(knowledge: Knowledge) -> set[str]:
    """Words for what people and bodies are, singular and plural, without those that tell nothing."""
    rows = [
        row
        for row in knowledge.rows("agents/*.csv")
        if row.get("kind") in {"person", "body", "thing"} and row["sectors"] not in {"", "UNK"}
    ]
    words = {row["word"] for row in rows if not row["_where"].startswith("words.csv")}
    return words | {plural(word) for word in words}


def _rank(office: str, offices: dict[str, tuple[str, int]]) -> tuple[str, int]:
    if not office:
        return "", 9
    key = office_key(office)
    if key in offices:
        return offices[key]
    short = re.split(r" (?:of|for|to|and|in) ", key)[0]
    return (
        offices.get(short, ("", 6))
        if short in {"president", "prime minister", "king", "queen", "foreign minister"}
        else ("", 6)
    )


def _cache_file(digest: str) -> Path:
    folder = os.environ.get("DRAGOMAN_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(folder) / "dragoman" / f"names-{CACHE_VERSION}-{digest}.bin"


def _read_cache(digest: str) -> tuple[bytes, _Tables] | None:
    """What an earlier run kept; nothing if there is none or a single byte of it is not as it was written."""
    with contextlib.suppress(OSError, RuntimeError, msgspec.MsgspecError):
        content = _cache_file(digest).read_bytes()
        body = content[16:]
        if hashlib.blake2b(body, digest_size=16).digest() == content[:16]:
            automaton, tables = msgspec.msgpack.decode(body, type=tuple[bytes, _Tables])
            return automaton, tables
    return None


def _write_cache(digest: str, automaton: bytes, tables: _Tables) -> None:
    """Keep the index for the next run, whole or not at all; a folder that cannot be written is no matter."""
    with contextlib.suppress(OSError, RuntimeError):
        path = _cache_file(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = msgspec.msgpack.encode((automaton, tables))
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
            out.write(hashlib.blake2b(body, digest_size=16).digest())
            out.write(body)
        Path(out.name).replace(path)


def within(hits: list[NameHit], start: int, end: int) -> list[NameHit]:
    """The hits that lie between two offsets; the list is sorted."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    found: list[NameHit] = []
    for hit in hits[first:]:
        if hit.start >= end:
            break
        if hit.end <= end:
            found.append(hit)
    return found


def best_kind(entries: Iterable[Entry]) -> str:
    """The kind that counts most among several entries."""
    kinds = {entry.kind for entry in entries}
    return next((kind for kind in _KIND_ORDER if kind in kinds), next(iter(sorted(kinds)), ""))
