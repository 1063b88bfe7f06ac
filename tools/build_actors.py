"""Make the office holders of `knowledge/actors/` from public tables; run again whenever a table is renewed.

    python tools/build_actors.py FACTS_FOLDER [--out FOLDER]

Reads the factbook's leaders and ambassadors, Wikidata's cabinets, leaders and foreign ministers, the list of cabinets of
October 2019 and the American diplomats; writes one CSV for each, in the shape that knowledge/actors/README.md describes.
"""  # noqa: E501

from __future__ import annotations

import argparse
import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ACTORS = Path(__file__).resolve().parent.parent / "src/dragoman/knowledge/actors"
COLUMNS = ["name", "kind", "code", "sectors", "office", "from", "to", "aliases", "note"]
FAMILY_FIRST = {"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "SGP"}
#: Names of states in the tables that the knowledge spells otherwise.
STATES = {
    "burma": "MMR", "congo, democratic republic of the": "COD", "congo, republic of the": "COG", "korea, north": "PRK",
    "korea, south": "KOR", "micronesia, federated states of": "FSM", "cote d'ivoire": "CIV", "us": "USA",
    "gambia, the": "GMB", "bahamas, the": "BHS", "holy see": "VAT", "holy see (vatican city)": "VAT",
    "turkish republic of northern cyprus": "CYP", "transnistria": "MDA", "republic of artsakh": "AZE", "abkhazia": "GEO",  # noqa: E501
    "south ossetia": "GEO", "somaliland": "SOM", "sahrawi arab democratic republic": "MAR", "kosovo": "KOS",
    "people's republic of china": "CHN", "republic of china": "TWN", "republic of ireland": "IRL", "kingdom of denmark": "DNK",  # noqa: E501
    "kingdom of the netherlands": "NLD", "the gambia": "GMB", "the bahamas": "BHS", "federated states of micronesia": "FSM",  # noqa: E501
    "west bank and gaza strip": "PSE", "macau": "MAC", "hong kong": "HKG", "russian federation": "RUS",
    "luhansk people's republic": "UKR", "donetsk people's republic": "UKR", "serbia and montenegro": "SRB", "swaziland": "SWZ",  # noqa: E501
    "state of palestine": "PSE", "cook islands": "COK", "niue": "NIU",
}  # fmt: skip
SECTORS = [
    (r"\b(defen[cs]e|armed forces|navy|army|air force|war)\b.*(minist|secretar)|(minist|secretar).*\b(defen[cs]e|armed forces|navy|army|the air force|war)\b", "GOV;MIL"),  # noqa: E501
    (r"chief of (the )?(general|defen[cs]e|army|naval|air|naval) ?staff|chiefs of staff|commander|general staff|admiral", "MIL"),  # noqa: E501
    (r"chief justice|supreme court|constitutional court|\bjudge\b|prosecutor|attorney.general|solicitor general", "JUD"),  # noqa: E501
    (r"speaker|member of (the )?parliament|senator|president of the (senate|national assembly)|house of|majority leader|knesset", "LEG"),  # noqa: E501
    (r"intelligence|mossad|shin bet|security service of ukraine|federal security service|\bCIA\b|\bMI[56]\b|director.general of mi|asio\b|\bdgse\b|national security agency|\braw\b", "SPY"),  # noqa: E501
    (r"police|bureau of investigation", "COP"),
    (r"leader of the opposition|shadow", "OPP"),
    (r"party leader|leader of the .*party|chair(man|person)? of the .*party", "PTY"),
]  # fmt: skip
TITLES = re.compile(
    r"^(?:(?:Acting|Interim|Transitional|Provisional|First|Second|Third|Senior|Executive|Co-|Deputy|Vice|Prime|State|Federal|"
    r"Crown|Transition|Caretaker|Prime Minister-designate|Honorary|Captains Regent|Governor|Lieutenant)\s+)*"
    r"(?:Presidents?|Ministers?|Premiers?|Chancellors?|Kings?|Queens?|Emirs?|Amirs?|Sultan|Emperor|Grand Duke|Princes?|Governor[- ]General|"  # noqa: E501
    r"Chairm[ae]n|Chairperson|Leaders?|Chief Minister|Chief Executive|Taoiseach|Governor|Secretary|Administrator|Head|Pope|Chief|"  # noqa: E501
    r"General Secretary|Counselor|Commissioner|Minister|Ruler|Premier|Sheikh|Shaykh|Supreme Leader)\b"
    r"(?:\s+(?:of|for|and|the|State|Council|Government|Ministers?|Affairs|Foreign|Political|Defense|Interior|Finance|Designate|Presidium|Supreme|"
    r"Revolutionary|Command|National|Military|Federal|Secretary|General))*\s+"
)
RANKS = re.compile(r"^(?:(?:Dr|Gen|Lt|Maj|Col|Brig|Cdr|Capt|Adm|Sir|Dame|Field Mar|Mar|Air Mar|Rear Adm|Vice Adm|Ret|Prof|Hon|Mr|Mrs|Ms|"  # noqa: E501
                   r"Sheikh|Shaykh|Ayatollah|Hojjat|Rev|Msgr|Cardinal)\b\.?,?\s*|\(?Ret\.?\)?\s+|\(.*?\)\s*)+")  # fmt: skip  # noqa: E501


#: Title words that a name in the factbook may drag along, up to the last of them.
DRAGGED = re.compile(
    r"^.*\b(?:Minister|Minister-[Dd]esignate|Prince|President|President-(?:elect|designate)|Chairm[ae]n|Ruler|Affairs|Infrastructure|Premier|"
    r"Chairman of the [\w ]*(?:Government|Ministers)|Executive Council|CNSP|GNU|Swiss Confederation|(?:Islamic )?Republic(?: of Afghanistan)?|Presidency|Taliban Leader|Captain|Marshal|"  # noqa: E501
    r"Council of Ministers|Development|CEO|also spelled|Gen\.)\s+(?:of the (?:Executive Council|Russian Federation Government|Cabinet of Ministers)\s+)?"  # noqa: E501
)


def person_words(text: str) -> str:
    """What is left of a line when titles and ranks before the name are off."""
    found = DRAGGED.match(text)
    while found and re.search(r"[A-ZÀ-Ý]{2,}", text[found.end() :]):
        text = text[found.end() :]
        found = DRAGGED.match(text)
    text = re.split(r"\bserves as\b", text)[0]
    return RANKS.sub("", text).strip()


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def plain(text: str) -> str:
    """Lower case without marks, for comparing names."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower().strip()


def state_codes() -> dict[str, str]:
    """From every name that the knowledge has for a state to its code."""
    codes = dict(STATES)
    with (ACTORS / "states.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            for name in (row["name"], *row["aliases"].split("|")):
                codes.setdefault(plain(name.lstrip("=")).removeprefix("the "), row["code"])
    return codes


CODES = state_codes()


def code_of(country: str) -> str:
    """The code of a state as a table names it, or nothing."""
    name = plain(country.replace("-", " ") if country == country.lower() else country).removeprefix("the ")
    return CODES.get(name) or CODES.get(plain(country).removeprefix("the "), "")


def sectors_of(office: str) -> str:
    """PLOVER sectors of an office, from its words."""
    for pattern, sectors in SECTORS:
        if re.search(pattern, office, re.IGNORECASE):
            return sectors
    return "GOV"


def spoken(name: str) -> tuple[str, str]:
    """A name whose family name stands in capitals, as one writes it, and that family name."""
    words: list[str] = []
    family: list[str] = []
    for word in name.replace("\xa0", " ").split():
        letters = re.sub(r"[^A-Za-zÀ-ÿ]", "", word)
        core = re.sub(r"^(Mc|Mac|al-|el-|Al-|El-|ould|d'|D'|O'|de|bin|ibn|an-|as-|at-|ar-|ad-|az-|ash-)", "", word)
        if len(letters) > 1 and core.isupper() and not re.fullmatch(r"[IVX]+", word):
            prefix = word[: len(word) - len(core)]
            cased = prefix + re.sub(
                r"[^\W\d_]+", lambda m: m.group().capitalize() if len(m.group()) > 1 else m.group(), core
            )
            cased = re.sub(r"'S\b", "'s", cased)
            words.append(cased)
            family.append(cased)
        else:
            words.append(word)
    return " ".join(words).strip(" ,;"), " ".join(family).strip(" ,;")


def aliases_of(name: str, family: str) -> list[str]:
    """Shorter ways to name a person: first and family name, and the family name alone (marked `~`)."""
    found: list[str] = []
    words = name.split()
    if not family:
        return found
    if len(words) > 2 and family != name and not words[0].endswith("."):
        short = f"{words[0]} {family}" if not name.startswith(family) else ""
        if short and short != name:
            found.append(short)
    without = " ".join(w for w in words if not re.fullmatch(r"[A-Z]\.?", w))
    if without != name and len(without.split()) > 1 and without not in found:
        found.append(without)
    if family != name:
        found.append("~" + family)
    return found


def family_of(name: str, code: str) -> str:
    """The family name of a name written in mixed case."""
    words = [
        w for w in name.split(" of ", maxsplit=1)[0].split() if w.rstrip(".") not in {"Jr", "Sr"} and not re.fullmatch(r"[IVX]+", w)  # noqa: E501
    ]
    if len(words) < 2:
        return ""
    if code in FAMILY_FIRST and len(words) <= 3 and not words[0].endswith("."):
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in {
        "de",
        "van",
        "der",
        "den",
        "von",
        "al",
        "el",
        "bin",
        "ben",
        "di",
        "da",
        "dos",
        "le",
        "la",
        "del",
    }:
        start -= 1
    return " ".join(words[start:])


def person(name: str, code: str, office: str, start: str, end: str, note: str = "", family: str = "") -> list[str]:
    """One row: a person in an office."""
    return [
        name,
        "person",
        code,
        sectors_of(office),
        office,
        start,
        end,
        "|".join(aliases_of(name, family or family_of(name, code))),
        note,
    ]


def factbook(folder: Path) -> Iterator[list[str]]:
    """Heads of state and government; an end is the start of the next holder of the same title."""
    held: dict[tuple[str, str], list[tuple[str, str, str, str, str]]] = defaultdict(list)
    for row in rows(folder / "factbook_leaders_1990_2025.csv"):
        text = row["name"].strip()
        code = code_of(row["country"])
        if not code or re.search(r"represented by|vacant|of the UK|of France\b|note\b", text) or text.startswith("("):
            continue
        title = TITLES.match(text)
        office = (
            title.group().strip()
            if title
            else ("head of state" if row["office"] == "chief of state" else "head of government")
        )
        rest = person_words(text[title.end() if title else 0 :])
        name, family = spoken(re.split(r"[;,(]| - |\balso known as\b", rest)[0])
        territory = row["country"] in {
            "Puerto Rico",
            "Guam",
            "New Caledonia",
            "French Polynesia",
            "Svalbard",
            "Wallis and Futuna",
            "American Samoa",
        }
        foreign = code != "FRA" and name in {
            "Francois Hollande",
            "Nicolas Sarkozy",
            "Jacques Chirac",
            "Emmanuel Macron",
        }
        american = code != "USA" and re.search(r"\b(?:Obama|Clinton|Trump|Biden|Bush)(?: Jr\.?)?(?: of the Us)?$", name)
        crown = (code != "GBR" and name in {"Elizabeth II", "Charles III"}) or (code == "HKG" and name.startswith("China "))  # noqa: E501
        if (
            not family
            or len(name) < 4
            or territory
            or foreign
            or american
            or crown
            or not re.match(r"[A-ZÀ-Ý'‘a]", name)
        ):
            continue
        held[code, re.sub(r"^(Acting|Interim) ", "", office)].append(
            (row["since"], name, family, office, row["last_edition"])
        )
    for (code, _), holders in held.items():
        dated = sorted({h for h in holders if h[0]})
        alone = (
            "Deputy" not in holders[0][3] and "Vice" not in holders[0][3] and not holders[0][3].startswith("Minister")
        )
        for since, name, family, office, last in sorted(set(holders)):
            later = [s for s, other, *_ in dated if alone and since and s > since and plain(other) != plain(name)]
            end = later[0] if later else ("" if last >= "2025" else f"{last}-12-31")
            office_name = (
                re.sub(r"s$", "", office)
                if office.endswith(("Presidents", "Ministers", "Premiers", "Princes"))
                else office
            )
            yield person(
                name,
                code,
                office_name,
                since,
                end,
                "" if later or last >= "2025" else "end is the last edition that names them",
                family,
            )


def wikidata_cabinets(folder: Path) -> Iterator[list[str]]:
    """Ministers and others of sixteen states since 2001; a row that never ends was in office in August 2022."""
    for row in rows(folder / "cabinet_holders_16_countries_since2001.csv"):
        code = code_of(row["country"])
        name = re.sub(r",? (1st|2nd|3rd|4th|Baron|Baroness|Viscount|Earl|Lord)\b.*", "", row["person"]).strip()
        if code and name and not re.fullmatch(r"Q\d+", name) and re.match(r"[^\W\d_]", name):
            open_ended = not row["end"]
            start = row["start"] or ""
            stale = open_ended and (not start or start < "2017")
            yield (
                person(
                    name,
                    code,
                    row["position"],
                    start,
                    "",
                    "end not known" if stale else ("in office in 2022-08" if open_ended else ""),
                )
                if open_ended
                else person(name, code, row["position"], start, row["end"])
            )


def wikidata_leaders(folder: Path) -> Iterator[list[str]]:
    """Heads of state and government of all states around 2022, by year; and the foreign ministers of 2021 and 2022."""
    for row in rows(folder / "world_leaders_wikidata_2022.csv"):
        code = code_of(row["country"])
        name = row["officeholderLabel"].strip()
        if code and name and not re.fullmatch(r"Q\d+", name):
            office = re.sub(r" of (the )?[A-ZÀ-Ý].*$", "", row["positionLabel"])
            yield person(
                name,
                code,
                office,
                row["start_year"],
                row["end_year"],
                "" if row["end_year"] else "in office in 2022-12",
            )
    for row in rows(folder / "foreign_ministers_2021_2022.csv"):
        code = code_of(row["country"])
        name = row["name"].strip()
        if code and name and not re.fullmatch(r"Q\d+", name):
            yield person(name, code, "Foreign Minister", row["start"], "", f"seen until {row['seen_last']}")


def cia(folder: Path) -> Iterator[list[str]]:
    """Cabinets of all states as they stood in October 2019."""
    for row in rows(folder / "cia_world_leaders_2019_10.csv"):
        code = code_of(row["country"])
        name, family = spoken(person_words(row["name"].strip().strip('"')))
        if not code or len(name) < 4 or not family or "vacant" in name.lower():
            continue
        office = row["title"].replace("Min.", "Minister").replace("Pres.", "President")
        yield person(name, code, office, "2019-10-01", "2019-10-31", "seen", family)


def american(folder: Path) -> Iterator[list[str]]:
    """Principal officers of the State Department and chiefs of mission since 1961, to the day."""
    for row in rows(folder / "us_state_dept_principals.csv"):
        start = row["started"] or row["appointed"]
        if row["name"] and start >= "1945":
            yield person(
                row["name"],
                "USA",
                row["position"],
                start,
                row["ended"],
                "" if row["ended"] or start >= "2015" else "end not known",
            )
    for row in rows(folder / "us_chiefs_of_mission.csv"):
        start = row["started"] or row["appointed"]
        if row["name"] and start >= "1975" and row["role"].startswith("ambassador"):
            where = row["country"].replace("-", " ").title()
            yield person(
                row["name"],
                "USA",
                f"Ambassador to {where}",
                start,
                row["ended"],
                "" if row["ended"] or start >= "2015" else "end not known",
            )


def ambassadors(folder: Path) -> Iterator[list[str]]:
    """Ambassadors of other states to the United States, by edition of the factbook."""
    for row in rows(folder / "factbook_ambassadors_us_1990_2025.csv"):
        if row["direction"].startswith("from") or not row["name"] or row["name"].startswith("("):
            continue
        code = code_of(row["country"])
        name, family = spoken(RANKS.sub("", re.split(r"[;,(]", row["name"])[0].strip()))
        name = re.sub(
            r"^(Ambassador|Charge d'Affaires|Ambassador-designate|Appointed Ambassador)\s+(\(.*?\)\s*)?", "", name
        )
        if code and family and 4 < len(name) < 50:
            yield person(
                name,
                code,
                "Ambassador to the United States",
                row["since"],
                f"{row['last_edition']}-12-31",
                "end is the last edition that names them",
                family,
            )


def write(path: Path, head: list[str], content: Iterable[list[str]]) -> int:
    """Write one knowledge file: head, columns, rows without repetition, sorted by state and name."""
    unique = sorted({tuple(row) for row in content}, key=lambda row: (row[2], plain(row[0]), row[5]))
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(f"# {line}\n" for line in head)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(unique)
    return len(unique)


def main() -> None:
    """Make all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--out", type=Path, default=ACTORS)
    args = parser.parse_args()
    made = "Made by tools/build_actors.py; columns: see README.md in this folder."
    plan = [
        (
            "leaders.csv",
            "Heads of state and government 1990 to 2025, after the World Factbook (public domain).",
            factbook,
        ),
        (
            "leaders_2022.csv",
            "Heads of state, of government and foreign ministers around 2022, after Wikidata (CC0).",
            wikidata_leaders,
        ),
        (
            "cabinets.csv",
            "Office holders of sixteen states since 2001, after Wikidata (CC0); open ends mean August 2022.",
            wikidata_cabinets,
        ),
        (
            "cabinets_2019.csv",
            "Cabinets of all states in October 2019, after the CIA's World Leaders (public domain).",
            cia,
        ),
        (
            "us_diplomats.csv",
            "Principals of the State Department and chiefs of mission, after the Office of the Historian (CC0).",
            american,
        ),
        (
            "ambassadors_us.csv",
            "Ambassadors to the United States 1990 to 2025, after the World Factbook (public domain).",
            ambassadors,
        ),
    ]
    for name, head, source in plan:
        count = write(args.out / name, [head, made], source(args.facts))
        print(f"{name}: {count} rows")  # noqa: T201


if __name__ == "__main__":
    main()
