"""Build the tables of an index of names out of the knowledge in force, and keep them for the next run."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import daachorse
import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge import Knowledge
from dragoman.resolve.folding import normal, pattern
from dragoman.resolve.spelling import plural

#: Raised whenever what is written to the cache changes its meaning.
CACHE_VERSION = "11"
_PUBLIC = frozenset({"state", "states", "adjective", "people", "capital", "organisation", "metonym"})
_GIVEN_TO = 2
#: An office in these families lets a family name stand alone for its holder.
_ALONE_RANK = 2
#: A name is written in so many other ways at most.
_WAYS = 24
#: Files of other shapes beside the actors.
_OTHER_FILES = frozenset(
    {"ambiguous.csv", "offices.csv", "office_states.csv", "spellings.csv", "variants.csv", "given_names.csv"}
)
_COLUMNS = ("name", "kind", "code", "sectors", "office", "from", "to", "aliases", "note")


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


class Tables(msgspec.Struct, array_like=True):
    """Everything of an index but its automaton."""

    entries: list[Entry]
    forms: list[list[Form]]
    surnames: dict[str, list[int]]
    ambiguous: list[str]
    offices: dict[str, tuple[str, int]]
    towns: dict[str, str]
    agents: bytes
    prominent: list[str]
    seats: dict[str, str]
    family_first: list[str] = []


def office_key(office: str) -> str:
    """An office as it is compared: folded, without the state that it belongs to."""
    return re.sub(r"^(former|then|acting|interim|outgoing|new|incoming|current|caretaker) ", "", normal(office))


def _exact(alias: str) -> bool:
    letters = alias.replace(".", "").replace("-", "")
    return letters.isupper() and len(letters) <= 5 and " " not in alias


def build(knowledge: Knowledge) -> tuple[bytes, Tables]:
    """The automaton over all names, serialised, and the tables that go with it."""
    offices = _offices(knowledge)
    rows = _actor_rows(knowledge)
    spelt = _spellings(knowledge)
    variants = _variant_words(knowledge)
    prominent: set[str] = set()
    towns = {(normal(row["name"]), row["code"]) for row in knowledge.rows("places/cities.csv")}
    first, either = _order_of_names(knowledge, "family-first"), _order_of_names(knowledge, "family-either")
    ambiguous = frozenset(normal(row["word"]) for row in knowledge.rows("actors/ambiguous.csv"))
    ambiguous |= _given_names(rows, first)
    entries: list[Entry] = []
    patterns: dict[str, list[Form]] = {}
    surnames: dict[str, list[int]] = {}
    for row in rows:
        name, others = row["name"], [*filter(None, row["aliases"].split("|"))]
        if row["kind"] == "person":
            name, more = spelt.get((normal(name), row["code"]), (name, ()))
            others = [row["name"], *more, *others]
            others.extend(_variants((name, *others), row["code"], variants))
            if row["code"] in either:
                others.extend(_turned((name, *others)))
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
        if row["kind"] == "person":
            prominent.update(normal(alias[1:]) for alias in others if alias.startswith("="))
    _part_places_from_families(patterns, entries)
    names = sorted(patterns)
    automaton = daachorse.DoubleArrayAhoCorasick([name.encode("ascii") for name in names])
    agents = sorted({pattern(word) for word in _agent_words(knowledge)})
    tables = Tables(
        entries, [patterns[name] for name in names], surnames, sorted(ambiguous), offices, _towns(knowledge, ambiguous),
        bytes(daachorse.DoubleArrayAhoCorasick([word.encode("ascii") for word in agents]).serialize()),
        sorted(prominent),
        {office_key(row["office"]): row["code"] for row in knowledge.rows("actors/office_states.csv")},
        sorted(first),
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


_Variants = list[tuple[re.Pattern[str], tuple[str, ...], frozenset[str]]]


def _variant_words(knowledge: Knowledge) -> _Variants:
    """Words of names with the other ways to write them, and the states of whose persons that holds."""
    return [
        (
            re.compile(rf"(?<!\w){re.escape(row['word'])}(?!\w)"),
            tuple(row["variants"].split("|")),
            frozenset(filter(None, row["codes"].split(";"))),
        )
        for row in knowledge.rows("actors/variants.csv")
    ]


def _variants(names: Iterable[str], code: str, words: _Variants) -> Iterator[str]:
    """Other ways to write the names of a person, word by word; family names alone keep their spelling."""
    full = [name for name in names if " " in name and name[0] not in "=~"]
    fitting = [(word, ways) for word, ways, codes in words if not codes or code in codes]
    for name in full:
        choices = [(word, ways) for word, ways in fitting if word.search(name)]
        made = [name]
        for word, ways in choices:
            made = [*made, *(word.sub(way, one) for one in made for way in ways if word.search(one))][:_WAYS]
        yield from itertools.islice((one for one in made if one != name), _WAYS)


def _order_of_names(knowledge: Knowledge, kind: str) -> frozenset[str]:
    """The states whose people put the family name first (`family-first`) or are written both ways."""
    return frozenset(
        row["word"].upper()
        for row in knowledge.rows("agents/*.csv")
        if row.get("kind") == kind and row["_where"].rpartition("/")[2].startswith("words.csv")
    )


def _turned(names: Iterable[str]) -> list[str]:
    """Names of two words the other way round: "Orbán Viktor" for "Viktor Orbán"."""
    pairs = [name.split() for name in names if name[:1] not in {"=", "~"}]
    return [f"{pair[1]} {pair[0]}" for pair in pairs if len(pair) == 2]


def _given_names(rows: Iterable[dict[str, str]], family_first: frozenset[str]) -> frozenset[str]:
    """Words that begin the names of several persons: alone they name none of those whose family name they are."""
    first: dict[str, set[str]] = {}
    for row in rows:
        words = normal(row["name"]).split() if row["kind"] == "person" and row["code"] not in family_first else []
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
    if entry.kind == "person" and alias.startswith("=") and not _exact(alias):
        # A family name that is enough alone: as such it still ends other names ("Lorena Obama").
        surname, exact = True, False
        surnames.setdefault(normal(text), []).append(number)
    elif surname:
        surnames.setdefault(normal(text), []).append(number)
        if entry.rank > _ALONE_RANK or len(text) < 4 or normal(text) in ambiguous:
            return
    folded = pattern(text)
    if len(folded) < 4 or not folded.strip():
        return
    if f"={entry.name}" == alias:
        patterns[folded] = [form for form in patterns.get(folded, []) if form.entry != number]
    forms = patterns.setdefault(folded, [])
    if not any(form.entry == number for form in forms):
        forms.append(Form(text, number, exact, surname))


def _actor_rows(knowledge: Knowledge) -> list[dict[str, str]]:
    """The rows of all files of actors; a row of a user's folder takes the place of ours with its name, kind and office.

    Raises KnowledgeError where a user's file lacks a column.
    """
    names = sorted({path.name for path in knowledge.files("actors/*.csv")} - _OTHER_FILES)
    rows = [row for name in names for row in knowledge.rows(f"actors/{name}")]
    for row in rows:
        missing = [column for column in _COLUMNS if column not in row]
        if missing:
            raise KnowledgeError(
                f"{row['_where']}: a file of actors wants the columns {','.join(_COLUMNS)}; "
                f"{', '.join(missing)} missing. `dragoman knowledge import` makes such a file of a plain list"
            )
    theirs = {_place(row) for row in rows if "/" in row["_where"]}
    return [row for row in rows if "/" in row["_where"] or _place(row) not in theirs]


def _place(row: dict[str, str]) -> tuple[str, str, str]:
    return normal(row["name"]), row["kind"], normal(row["office"])


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
    words = {row["word"] for row in rows if not row["_where"].rpartition("/")[2].startswith("words.csv")}
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


def read_cache(digest: str) -> tuple[bytes, Tables] | None:
    """What an earlier run kept; nothing if there is none or a single byte of it is not as it was written."""
    with contextlib.suppress(OSError, RuntimeError, msgspec.MsgspecError):
        content = _cache_file(digest).read_bytes()
        body = content[16:]
        if hashlib.blake2b(body, digest_size=16).digest() == content[:16]:
            automaton, tables = msgspec.msgpack.decode(body, type=tuple[bytes, Tables])
            return automaton, tables
    return None


def write_cache(digest: str, automaton: bytes, tables: Tables) -> None:
    """Keep the index for the next run, whole or not at all; a folder that cannot be written is no matter."""
    with contextlib.suppress(OSError, RuntimeError):
        path = _cache_file(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = msgspec.msgpack.encode((automaton, tables))
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as out:
            out.write(hashlib.blake2b(body, digest_size=16).digest())
            out.write(body)
        Path(out.name).replace(path)
