"""Make `knowledge/actors/rulers.csv`: who governed a state from 1945 to March 2021, after REIGN (MIT).

    python tools/build_rulers.py FACTS_FOLDER

REIGN says who ruled, not who held the office, and mostly by family name alone. A ruler takes the full name under which
another file of the folder lists a person of that state, else the one of `tools/rulers_full_names.csv`; who has neither is
left out. The rows say that somebody governed then; they date no document and name no holder of an office.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACTORS = ROOT / "src/dragoman/knowledge/actors"
sys.path.insert(0, str(ROOT / "src"))

from dragoman.resolve.folding import normal  # noqa: E402

#: Codes of the Correlates of War that are not the ISO code.
STATES = {
    "AAB": "ATG", "ALG": "DZA", "ANG": "AGO", "AUL": "AUS", "AUS": "AUT", "BAH": "BHR", "BAR": "BRB", "BFO": "BFA",
    "BHM": "BHS", "BHU": "BTN", "BNG": "BGD", "BOS": "BIH", "BOT": "BWA", "BRU": "BRN", "BUI": "BDI", "BUL": "BGR",
    "CAM": "KHM", "CAO": "CMR", "CAP": "CPV", "CDI": "CIV", "CEN": "CAF", "CHA": "TCD", "CON": "COG", "COS": "CRI",
    "CRO": "HRV", "CZR": "CZE", "DEN": "DNK", "DRC": "COD", "DRV": "VNM", "EQG": "GNQ", "ETM": "TLS", "FIJ": "FJI",
    "FRN": "FRA", "GAM": "GMB", "GDR": "DEU", "GFR": "DEU", "GMY": "DEU", "GRG": "GEO", "GRN": "GRD", "GUA": "GTM",
    "GUI": "GIN", "HAI": "HTI", "HON": "HND", "ICE": "ISL", "INS": "IDN", "IRE": "IRL", "KOS": "KOS", "KUW": "KWT",
    "KYR": "KGZ", "KZK": "KAZ", "LAT": "LVA", "LEB": "LBN", "LES": "LSO", "LIB": "LBY", "LIT": "LTU", "MAA": "MRT",
    "MAC": "MKD", "MAD": "MDV", "MAG": "MDG", "MAL": "MYS", "MAS": "MUS", "MAW": "MWI", "MLD": "MDA", "MNC": "MCO",
    "MON": "MNG", "MOR": "MAR", "MSI": "MHL", "MYA": "MMR", "MZM": "MOZ", "NEP": "NPL", "NEW": "NZL", "NIG": "NGA",
    "NIR": "NER", "NTH": "NLD", "OMA": "OMN", "PAL": "PLW", "PAR": "PRY", "PHI": "PHL", "POR": "PRT", "ROK": "KOR",
    "ROM": "ROU", "RVN": "VNM", "SAF": "ZAF", "SAL": "SLV", "SEY": "SYC", "SIE": "SLE", "SIN": "SGP", "SKN": "KNA",
    "SLO": "SVK", "SLU": "LCA", "SLV": "SVN", "SNM": "SMR", "SOL": "SLB", "SPN": "ESP", "SRI": "LKA", "SUD": "SDN",
    "SVG": "VCT", "SWA": "SWZ", "SWD": "SWE", "SWZ": "CHE", "TAJ": "TJK", "TAZ": "TZA", "THI": "THA", "TOG": "TGO",
    "TRI": "TTO", "UAE": "ARE", "UKG": "GBR", "URU": "URY", "VAN": "VUT", "YAR": "YEM", "YPR": "YEM", "YUG": "SRB",
    "ZAM": "ZMB", "ZIM": "ZWE",
}  # fmt: skip
#: The last month that REIGN tells; who ruled then went on for a time that it does not know.
LAST = "2021-03"
#: So many years before or after a rule a table may have seen its bearer in office.
_NEAR = 3
HEAD = [
    "# Who governed, 1945 to March 2021, after REIGN (MIT licence); made by tools/build_rulers.py.",
    "# Full names are those of the other files or were written from public knowledge. Columns: see README.md in this folder.",
]
COLUMNS = ["name", "kind", "code", "sectors", "office", "from", "to", "aliases", "note"]


def csv_rows(path: Path, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    """The rows of a table, without the comment lines at its head."""
    with path.open(encoding=encoding, newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def known() -> dict[str, dict[str, dict[str, set[int]]]]:
    """By state and family name: the full names of those who governed it, as the other files list them, with years."""
    found: dict[str, dict[str, dict[str, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for file in ("leaders.csv", "leaders_2022.csv", "cabinets.csv", "persons.csv"):
        for row in csv_rows(ACTORS / file):
            if row["kind"] != "person" or " " not in row["name"] or row["sectors"][:3] != "GOV":
                continue
            if not re.search(r"(?i)president|prime minister|head of|king|emir|chancellor|leader|chairman", row["office"]):
                continue
            for word in {normal(row["name"]).split()[-1], *(normal(a[1:]) for a in row["aliases"].split("|") if a[:1] == "~")}:
                years = (int(day[:4]) for day in (row["from"], row["to"]) if day)
                found[row["code"]][word][row["name"]].update(years)
    return found


def rulers(folder: Path) -> Iterator[list[str]]:
    """The rows of the file: one for each stretch for which a ruler with a full name governed."""
    by_family = known()
    written = {(row["code"], row["leader"]): row["name"] for row in csv_rows(ROOT / "tools/rulers_full_names.csv")}
    for row in csv_rows(folder / "reign_leaders_2021_3.csv", "mac_roman"):
        code = STATES.get(row["stateabb"], row["stateabb"])
        leader = re.sub(r"\s*\(.*?\)\s*", "", row["leader"]).strip()
        family = normal(leader.split(",")[0]).split()[-1:]
        name = written.get((code, leader), "")
        if not name and family:
            first, last = int(row["syear"]) - _NEAR, int(row["eyear"] or LAST[:4]) + _NEAR
            # A namesake of another time is somebody else.
            names = [n for n, years in by_family[code].get(family[0], {}).items() if any(first <= y <= last for y in years)]
            name = names[0] if len(names) == 1 else next((n for n in sorted(names) if normal(n) == normal(leader)), "")
        if not name or not code:
            continue
        # Who still ruled when REIGN ended is told better by the tables that go on.
        if not row["eyear"] and any(y >= int(LAST[:4]) for years in by_family[code].values() for y in years.get(name, ())):
            continue
        start = f"{int(row['syear']):04}-{int(row['smonth']):02}"
        end = f"{int(row['eyear']):04}-{int(row['emonth']):02}" if row["eyear"] else LAST
        # The family name is the word that REIGN gives: "Fox" of "Vicente Fox Quesada".
        short = next((word for word in reversed(name.split()) if family and normal(word) == family[0]), name.split()[-1])
        alias = f"~{short}" if len(short) > 2 and code not in {"CHN", "KOR", "PRK", "VNM", "KHM", "TWN"} else ""
        note = "unverified" if end < LAST else "end is the last edition"
        yield [name, "person", code, "GOV", "in power", start, end, alias, note]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    made = sorted({tuple(row): None for row in rulers(parser.parse_args().folder)}, key=lambda row: (row[2], row[5]))
    with (ACTORS / "rulers.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("\n".join(HEAD) + "\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(made)
    print(f"rulers.csv: {len(made)} rows")


if __name__ == "__main__":
    main()
