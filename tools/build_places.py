"""Builds `knowledge/places/cities.csv` from a table of cities of more than 15,000 people (GeoNames, CC BY 4.0).

Usage: python tools/build_places.py CITIES.csv COUNTRY_CODES.csv
The first has the columns name, country, subcountry, geonameid; the second the names and ISO codes of countries
(datahub.io country-codes, public domain). Running twice gives the same file.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/dragoman/knowledge/places/cities.csv"
NAMES = ("UNTERM English Short", "CLDR display name", "official_name_en", "UNTERM English Formal")
#: Countries that the table of cities names in a way of its own.
OWN = {
    "No country found for alpha-2 code: XK": "KOS",
    "Taiwan, Province of China": "TWN",
    "Palestine, State of": "PSE",
    "Türkiye": "TUR",
    "Viet Nam": "VNM",
    "Hong Kong": "HKG",
    "Macao": "MAC",
    "Korea, Republic of": "KOR",
    "Korea, Democratic People's Republic of": "PRK",
    "Iran, Islamic Republic of": "IRN",
    "Venezuela, Bolivarian Republic of": "VEN",
    "Bolivia, Plurinational State of": "BOL",
    "Tanzania, United Republic of": "TZA",
    "Congo, The Democratic Republic of the": "COD",
    "Congo": "COG",
    "Moldova, Republic of": "MDA",
    "Lao People's Democratic Republic": "LAO",
    "Côte d'Ivoire": "CIV",
    "Virgin Islands, U.S.": "VIR",
    "Virgin Islands, British": "VGB",
    "Micronesia, Federated States of": "FSM",
    "Saint Helena, Ascension and Tristan da Cunha": "SHN",
    "Bonaire, Sint Eustatius and Saba": "BES",
    "Holy See (Vatican City State)": "VAT",
    "Falkland Islands (Malvinas)": "FLK",
    "Cabo Verde": "CPV",
    "United Kingdom": "GBR",
    "United States": "USA",
    "Wallis and Futuna": "WLF",
    "Svalbard and Jan Mayen": "SJM",
}
HEAD = """\
# Cities of more than 15,000 people: name, state, region, GeoNames id. Built by tools/build_places.py; do not edit.
# Source: GeoNames (geonames.org), by way of datahub.io world-cities. Licence: CC BY 4.0.
"""


def codes(table: Path) -> dict[str, str]:
    """Names of countries, in lower case, to ISO 3166-1 alpha-3 codes."""
    found = {name.lower(): code for name, code in OWN.items()}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for column in NAMES:
                if row.get(column):
                    found.setdefault(row[column].removeprefix("the ").lower(), row["ISO3166-1-Alpha-3"])
    return found


def main(cities: Path, table: Path) -> int:
    """Writes the file; names on standard error every country without a code and returns how many there were."""
    known = codes(table)
    rows: set[tuple[str, str, str, int]] = set()
    missing: set[str] = set()
    with cities.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code = known.get(row["country"].lower())
            if code is None:
                missing.add(row["country"])
            else:
                rows.add((row["name"], code, row["subcountry"], int(row["geonameid"])))
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("name", "code", "region", "geonameid"))
        writer.writerows(sorted(rows, key=lambda place: (place[1], place[0], place[3])))
    for name in sorted(missing):
        sys.stderr.write(f"no code for {name!r}: add it to OWN\n")
    return len(missing)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(1 if main(Path(sys.argv[1]), Path(sys.argv[2])) else 0)
