"""Reads the dictionaries of PETRARCH, TABARI and Phoenix, and plain CSV, into rows of the knowledge folder's own shape.

An actor dictionary has a name a line, synonyms behind `+`, and codes in brackets, each from one day to another:

    VLADIMIR_PUTIN_ ; comment
    +VLADIMIR_V_PUTIN_
        [RUSELI 700101-990809]
        [RUSGOV >080508]

Two figures of a year up to 30 are of this century. An agent dictionary has `FISHER!PERSON! {PLURAL} [~AGR]`. A code
is cut into groups of three letters; `knowledge/ontology/petrarch_codes.csv` says what each means, and what it does not
know stays in the note. A plain CSV has the columns name, code, sector, from, to, and may have kind, office and aliases.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from dragoman.errors import UsageError
from dragoman.knowledge import Knowledge
from dragoman.resolve.folding import normal

ACTOR_COLUMNS = ("name", "kind", "code", "sectors", "office", "from", "to", "aliases", "note")
AGENT_COLUMNS = ("word", "kind", "sectors", "note")
CSV_COLUMNS = frozenset({"name", "code", "sector", "from", "to"})

_COMMENT = re.compile(r"<!\s?--.*?-->", re.DOTALL)
_CODES = re.compile(r"\[([^\]}]*)[\]}]")
_RANGE = re.compile(r"\s*(\S+?)(?:\s+(.*))?\s*")
_SET = re.compile(r"!(\w+)!\s*=\s*(.+)")
_IN_SET = re.compile(r"!(\w+)!")
_BRACED = re.compile(r"\{[^}]*\}")
#: Names that PETRARCH is told to pass over.
_NULL = frozenset({"---", "+++", "###"})
_SMALL = frozenset(
    {"of", "the", "and", "for", "in", "on", "de", "del", "la", "bin", "al", "el", "van", "von", "da", "di", "to"}
)
_LONGEST_ACRONYM = 4
#: Two figures of a year up to this one are of this century, as PETRARCH reads them.
_CENTURY = 30
#: What a name without dates is, by its first sector.
_KINDS = {
    "REB": "group", "UAF": "group", "PRM": "group", "CRM": "group", "PTY": "party", "OPP": "party", "BUS": "company",
    "JRN": "media", "EDU": "university",
}  # fmt: skip
_ORGANISATIONS = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "ISM"})


class Imported(NamedTuple):
    """What a dictionary gave: the rows, in which folder they belong, and what was passed over with the reason."""

    folder: str
    rows: list[dict[str, str]]
    passed: list[tuple[int, str]]


class _Code(NamedTuple):
    country: str
    sectors: tuple[str, ...]
    unknown: tuple[str, ...]


class Codes:
    """Says what the codes of those dictionaries mean in the terms of PLOVER."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._table = {row["code"]: (row["as"], row["means"]) for row in knowledge.rows("ontology/petrarch_codes.csv")}
        self._states = {row["code"] for row in knowledge.rows("actors/states.csv")}

    def read(self, code: str) -> _Code:
        """A code such as `AFGGOVMIL` or `IGOUNO`, in any case: the country, the sectors, and what nobody knows."""
        groups = re.findall(r"[A-Z]{1,3}|[^A-Z]+", code.upper())
        country, sectors, unknown = "", list[str](), list[str]()
        for position, group in enumerate(groups):
            meaning, means = self._table.get(group, ("", ""))
            if meaning == "country" and (not country or country == "IGO"):
                country = means
            elif position == 0 and group in self._states:
                country = group
            elif meaning == "sector":
                sectors.append(means)
            elif meaning != "none":
                unknown.append(group)
        return _Code(country, tuple(dict.fromkeys(sectors)), tuple(unknown))


def read_dictionary(path: Path, knowledge: Knowledge) -> Imported:
    """The rows that a dictionary file gives; which of the three shapes it has, its content tells.

    Raises UsageError when there is no such file or it has none of the shapes.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file; give a dictionary of PETRARCH or Phoenix, or a CSV")
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    codes = Codes(knowledge)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    if CSV_COLUMNS.issubset(next(csv.reader(io.StringIO(body)), [])):
        return Imported("actors", *_plain(text, codes))
    text = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    if re.search(r"\[~\w+", text):
        return Imported("agents", *_agents(text, codes, knowledge))
    if _CODES.search(text):
        return Imported("actors", *_actors(text, codes))
    raise UsageError(
        f"{path}: no dictionary that can be read: it has no codes in brackets, such as [RUSGOV 991231-080507], and no "
        f"header with {', '.join(sorted(CSV_COLUMNS))}"
    )


# --- actors ----------------------------------------------------------------------------------------------------------


class _Block(msgspec.Struct):
    """A name, its synonyms and its codes, as they are gathered line by line."""

    line: int
    names: list[str]
    codes: list[str]


def _actors(text: str, codes: Codes) -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
    rows: list[dict[str, str]] = []
    passed: list[tuple[int, str]] = []
    for block in _blocks(text):
        if not block.codes:
            passed.append((block.line, f"{block.names[0]}: no code in brackets"))
            continue
        made = [row for code in block.codes if (row := _actor(block, code, codes, passed)) is not None]
        # Who is dated is a person in all rows: the undated code says what remains.
        if any(row["kind"] == "person" for row in made):
            made = [{**row, "kind": "person"} for row in made]
        rows.extend(made)
    return rows, passed


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        content = re.split(r"[;#](?![#\]])", line, maxsplit=1)[0] if "[###" not in line else line.split(";")[0]
        found = _CODES.findall(content)
        name = content.split("[", 1)[0].strip()
        if not name and not found:
            continue
        if name.startswith("<"):
            continue
        if name and not name.startswith("+"):
            if block is not None:
                yield block
            block = _Block(number, [name], [])
        elif name.startswith("+") and block is not None:
            block.names.append(name[1:].strip())
        if block is not None:
            block.codes.extend(found)
    if block is not None:
        yield block


def _actor(block: _Block, code: str, codes: Codes, passed: list[tuple[int, str]]) -> dict[str, str] | None:
    found = _RANGE.fullmatch(code)
    if found is None or found.group(1) in _NULL:
        if found is not None:
            passed.append((block.line, f"{block.names[0]}: a name to pass over ({found.group(1)})"))
        return None
    try:
        start, end = days(found.group(2) or "")
    except ValueError as error:
        passed.append((block.line, f"{block.names[0]}: {error}"))
        return None
    meaning = codes.read(found.group(1))
    if not meaning.country and not meaning.sectors:
        passed.append((block.line, f"{block.names[0]}: nothing is known of the code {found.group(1)}"))
        return None
    names = list(dict.fromkeys(written(name) for name in block.names))
    dated = bool(start or end) or "ELI" in meaning.sectors
    note = f"imported {found.group(1)}" + (f", {' '.join(meaning.unknown)} not known" if meaning.unknown else "")
    return {
        "name": names[0],
        "kind": "person" if dated else kind_of(meaning.country, meaning.sectors),
        "code": meaning.country,
        "sectors": ";".join(meaning.sectors),
        "office": "",
        "from": start,
        "to": end,
        "aliases": "|".join(names[1:]),
        "note": note,
    }


def kind_of(country: str, sectors: tuple[str, ...]) -> str:
    """What a name without dates is, by its code: a bare state's may be a town, so it is a place and no party."""
    if country in _ORGANISATIONS:
        return "organisation"
    if country == "MNC":
        return "company"
    return _KINDS.get(sectors[0], "body") if sectors else "region"


def days(words: str) -> tuple[str, str]:
    """The first and last day of `991231-080507`, `>20080508`, `<911226`; both empty for nothing. Raises ValueError."""
    words = words.replace(" ", "")
    if not words:
        return "", ""
    if words[0] in "<>":
        found = re.match(r"\d+", words[1:])
        one = day(found.group() if found else words[1:])
        return (one, "") if words[0] == ">" else ("", one)
    first, dash, last = words.partition("-")
    if not dash:
        raise ValueError(f"{words} is no stretch of time; it wants <, > or two days with a dash between")
    start, end = day(first), day(last)
    if end < start:
        raise ValueError(f"{words} ends before it begins")
    return start, end


def day(figures: str) -> str:
    """The day of `080507` or `20080507` in ISO form. Raises ValueError."""
    if not figures.isdigit() or len(figures) not in {6, 8}:
        raise ValueError(f"{figures} is no day; it wants six or eight figures")
    year, rest = (int(figures[:4]), figures[4:]) if len(figures) == 8 else (int(figures[:2]), figures[2:])
    if len(figures) == 6:
        year += 2000 if year <= _CENTURY else 1900
    month, number = int(rest[:2]), int(rest[2:])
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        raise ValueError(f"{figures} is no day")
    return f"{year:04}-{month:02}-{number:02}"


def written(name: str) -> str:
    """A name in capitals and underscores as a text would write it: `MOHAMMAD_ZAHIR_SHAH_` is Mohammad Zahir Shah."""
    words = name.strip("_= ").replace("_", " ").split()
    made: list[str] = []
    for position, word in enumerate(words):
        small = word.lower()
        if position and small in _SMALL:
            made.append(small)
        elif "." in word or (len(words) == 1 and len(word) <= _LONGEST_ACRONYM and word.isupper()):
            made.append(word)
        else:
            made.append("-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")))
    return " ".join(made)


# --- agents ----------------------------------------------------------------------------------------------------------


def _agents(text: str, codes: Codes, knowledge: Knowledge) -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
    rows: list[dict[str, str]] = []
    passed: list[tuple[int, str]] = []
    sets: dict[str, list[str]] = {}
    kinds = {normal(row["word"]): row["kind"] for row in knowledge.rows("agents/*.csv") if "sectors" in row}
    for number, line in enumerate(text.splitlines(), start=1):
        content = re.split(r"[;#]", line, maxsplit=1)[0].strip()
        if not content:
            continue
        named = _SET.match(content)
        if named:
            sets[named.group(1)] = [word.strip() for word in named.group(2).split(",")]
            continue
        found = _CODES.findall(content)
        word = _BRACED.sub("", content.split("[", 1)[0]).strip()
        meaning = codes.read(found[0].strip("~ ")) if found else None
        if not word or meaning is None or not meaning.sectors:
            passed.append((number, f"{word or content}: no sector that is known in {found[0] if found else 'it'}"))
            continue
        for one in _members(word, sets):
            name = one.strip("_ ").replace("_", " ").lower()
            kind = kinds.get(normal(name)) or kinds.get(normal(name).split()[-1] if name else "") or "person"
            kind = kind if kind in {"person", "body", "thing"} else "person"
            rows.append(
                {"word": name, "kind": kind, "sectors": ";".join(meaning.sectors), "note": f"imported {found[0]}"}
            )
    return rows, passed


def _members(word: str, sets: dict[str, list[str]]) -> list[str]:
    """All words that a word with a set in it stands for: `FISHER!PERSON!` is FISHERMAN, FISHERWOMAN and so on."""
    found = _IN_SET.search(word)
    if found is None or found.group(1) not in sets:
        return [word]
    return [word[: found.start()] + one + word[found.end() :] for one in sets[found.group(1)]]


# --- plain CSV and the folder ----------------------------------------------------------------------------------------


def _plain(text: str, codes: Codes) -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
    rows: list[dict[str, str]] = []
    passed: list[tuple[int, str]] = []
    lines = text.splitlines(keepends=True)
    head = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    reader = csv.DictReader(lines[head:])
    for row in reader:
        number = head + reader.line_num
        name = (row["name"] or "").strip()
        meaning = codes.read((row["code"] or "").strip())
        sectors = tuple(filter(None, re.split(r"[;|\s]+", (row["sector"] or "").upper()))) or meaning.sectors
        wrong = _wrong(name, row["code"] or "", meaning, row)
        if wrong:
            passed.append((number, wrong))
            continue
        dated = bool(row["from"] or row["to"])
        rows.append({
            "name": name,
            "kind": row.get("kind") or ("person" if dated else kind_of(meaning.country, sectors)),
            "code": meaning.country,
            "sectors": ";".join(sectors),
            "office": row.get("office") or "",
            "from": row["from"] or "",
            "to": row["to"] or "",
            "aliases": row.get("aliases") or "",
            "note": "imported",
        })  # fmt: skip
    return rows, passed


def _wrong(name: str, code: str, meaning: _Code, row: dict[str, str]) -> str:
    """Why a row of a plain CSV cannot be taken, or nothing."""
    if None in row.values() or None in row:
        return f"{name}: wrong number of columns"
    if not name:
        return "no name"
    if code.strip() and not (meaning.country or meaning.sectors):
        return f"{name}: nothing is known of the code {code.strip()}"
    for which in ("from", "to"):
        if row[which] and not re.fullmatch(r"\d{4}(-\d\d){0,2}", row[which]):
            return f"{name}: {which} is {row[which]}; write it as 2018-03-04, 2018-03 or 2018"
    return ""


def known_already(imported: Imported, knowledge: Knowledge) -> list[dict[str, str]]:
    """The rows that tell nothing new: a name or word that stands there with this code, without dates."""
    if imported.folder == "agents":
        there = {(normal(row["word"]), row["sectors"]) for row in knowledge.rows("agents/*.csv") if "sectors" in row}
        return [row for row in imported.rows if (normal(row["word"]), row["sectors"]) in there]
    names = {
        (normal(name.lstrip("=~")), row["code"])
        for row in knowledge.rows("actors/*.csv")
        if "kind" in row and row["kind"] != "person"
        for name in (row["name"], *row["aliases"].split("|"))
    }

    def told(row: dict[str, str]) -> bool:
        if row["kind"] == "person" or row["from"] or row["to"]:
            return False
        return all(
            (normal(name), row["code"]) in names for name in filter(None, (row["name"], *row["aliases"].split("|")))
        )

    return [row for row in imported.rows if told(row)]


def write_folder(folder: Path, imported: Imported, name: str, *, source: str) -> Path:
    """Writes the rows as one file of a knowledge folder that `--knowledge` takes, made where it is not there."""
    path = folder / imported.folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    columns: Iterable[str] = AGENT_COLUMNS if imported.folder == "agents" else ACTOR_COLUMNS
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(f"# Imported from {source}; its licence holds.\n")
        writer = csv.DictWriter(out, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(imported.rows)
    return path
