"""`dragoman knowledge`: dictionaries of others in, what is known out, unknown names listed; and folders in force."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.dictionaries import day, days, known_already, read_dictionary, write_folder, written
from dragoman.errors import KnowledgeError, UsageError
from dragoman.keep import open_record
from dragoman.knowledge import load
from dragoman.model import Coded, DateSpan, Document
from dragoman.resolve import resolve_phrase
from dragoman.suggesting import suggest

ACTORS = """# a comment
<!-- a block
over two lines [RUSGOV] -->
UTOPIA_ [FRA] ; a place
+PORT_UTOPIA_
UTOPIAN_NATIONAL_ARMY
\t[FRAMIL]
VLADIMIR_TESTOV_  ; from somewhere
+V._TESTOV_
\t[RUSELI 700101-990809]
\t[RUSGOV 991231-080507]
\t[RUSGOVMIL >20120507] # later
\t[RUSELI]
RAINBOW_FRONT [COLREBXYZ]
OLD_ASSEMBLY [IGOUNO <911226]
VOLLEYBALL [+++]
NO_CODE_
BAD_DATE [USAGOV 991301-000101]
WORLD_BANK [IGO]
"""
AGENTS = """!PERSON! = MAN, WOMAN
KITE!PERSON! [~AGR] # of kites
KITE_MAKER {KITE_MAKERS} [~BUS]
KITE_PREACHER [~CHRCTH}
POLICE {} [~COP]
DANGLING [~QQQ]
"""
PLAIN = """name,code,sector,from,to
Ada Example,GBR,LEG,2019-12,2024-05
Foo Front,COLREB,,,
Hamas,PSE,PTY,,
Bad Code,QQQ,,,
Bad Day,GBR,GOV,yesterday,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder made out of all three shapes."""
    made = tmp_path / "mine"
    for name, text in (("x.actors.txt", ACTORS), ("y.agents.txt", AGENTS), ("z.csv", PLAIN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        write_folder(made, read_dictionary(tmp_path / name, load()), name.partition(".")[0], source=name)
    return made


def run(*arguments: str, where: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=where)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("991231-080507", ("1999-12-31", "2008-05-07")),
        ("19270101-730717", ("1927-01-01", "1973-07-17")),
        (">080508", ("2008-05-08", "")),
        ("<911226", ("", "1991-12-26")),
        ("< 950601", ("", "1995-06-01")),
        ("<20080120>", ("", "2008-01-20")),
        ("", ("", "")),
    ],
)
def test_days_of_a_code(words: str, found: tuple[str, str]) -> None:
    assert days(words) == found


@pytest.mark.parametrize("words", ["080508", "99-08", "080507-991231", "991301-000101"])
def test_what_is_no_stretch_of_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        days(words)


def test_the_century_of_two_figures() -> None:
    assert (day("300101"), day("310101")) == ("2030-01-01", "1931-01-01")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MOHAMMAD_ZAHIR_SHAH_", "Mohammad Zahir Shah"),
        ("MAZAR-I-SHARIF_", "Mazar-I-Sharif"),
        ("U.N.", "U.N."),
        ("ANSF", "ANSF"),
        ("BANK_OF_THE_WEST", "Bank of the West"),
    ],
)
def test_a_name_as_a_text_writes_it(name: str, text: str) -> None:
    assert written(name) == text


def test_an_actor_dictionary_gives_rows_with_days(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(ACTORS, encoding="utf-8")
    got = read_dictionary(file, load())
    rows = {(row["name"], row["from"], row["sectors"]): row for row in got.rows}
    assert rows["Vladimir Testov", "1999-12-31", "GOV"]["to"] == "2008-05-07"
    assert rows["Vladimir Testov", "2012-05-07", "GOV;MIL"]["aliases"] == "V. Testov"
    assert rows["Vladimir Testov", "", "ELI"]["kind"] == "person"
    assert rows["Utopia", "", ""]["kind"] == "region"
    assert rows["Utopian National Army", "", "MIL"]["kind"] == "body"
    assert "XYZ not known" in rows["Rainbow Front", "", "REB"]["note"]
    assert rows["Old Assembly", "", ""]["code"] == "UNO"
    assert [number for number, _ in got.passed] == [16, 17, 18], got.passed
    assert [row["name"] for row in known_already(got, load())] == ["World Bank"]


def test_an_agent_dictionary_gives_words(tmp_path: Path) -> None:
    file = tmp_path / "y.txt"
    file.write_text(AGENTS, encoding="utf-8")
    got = read_dictionary(file, load())
    words = {row["word"]: row["sectors"] for row in got.rows}
    assert words == {"kiteman": "AGR", "kitewoman": "AGR", "kite maker": "BUS", "kite preacher": "REL", "police": "COP"}
    assert [number for number, _ in got.passed] == [6]


def test_what_is_no_dictionary_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "poem.txt"
    file.write_text("Shall I compare thee\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no dictionary"):
        read_dictionary(file, load())
    with pytest.raises(UsageError, match="no such file"):
        read_dictionary(tmp_path / "none.txt", load())


def test_a_folder_in_force_adds_and_overrides(folder: Path) -> None:
    known = load((folder,))
    for phrase, date, country, sectors in (
        ("Vladimir Testov", "1998-01-01", "RUS", ("ELI",)),
        ("Vladimir Testov", "2001-01-01", "RUS", ("GOV",)),
        ("V. Testov", "2013-01-01", "RUS", ("GOV", "MIL")),
        ("Vladimir Testov", "2010-01-01", "RUS", ("ELI",)),
        ("Ada Example", "2020-02-02", "GBR", ("LEG",)),
        ("the Rainbow Front", "", "COL", ("REB",)),
        ("the Utopian National Army", "", "FRA", ("MIL",)),
        ("a French kitewoman", "", "FRA", ("AGR",)),
        ("Foo Front", "", "COL", ("REB",)),
    ):
        entity = resolve_phrase(phrase, date, knowledge=known)
        assert (entity.country, entity.sectors) == (country, sectors), (phrase, date, entity)
    # A row of the same name, kind and office takes the place of ours; our own folder alone is as before.
    (folder / "actors" / "own.csv").write_text(
        "name,kind,code,sectors,office,from,to,aliases,note\nHamas,group,PSE,PTY,,,,,mine\n", encoding="utf-8"
    )
    load.cache_clear()
    assert resolve_phrase("Hamas", "", knowledge=load((folder,))).sectors == ("PTY",)
    assert resolve_phrase("Hamas", "").sectors[:1] == ("REB",)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "short.csv").write_text("name,code\nAda,GBR\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"short\.csv:2.*kind"):
        resolve_phrase("Ada", "", knowledge=load((tmp_path,)))


def test_unknown_names_are_listed_and_known_ones_are_not() -> None:
    text = (
        "The Peruvian lawmaker Zenobia Quispealaya spoke. Zenobia Quispealaya met Angela Merkel in Berlin. The Foreign "
        "Ministry said that Zenobia Quispealaya and Angela Merkel of Germany had talked about the Strait of Hormuz. "
        "Angela Merkel left. The Foreign Ministry and the Strait of Hormuz are not news; the Foreign Ministry said so."
    )
    document = Document(id="d", text=text, published=DateSpan(start="2012-05-01", end="2012-05-01", how="metadata"))
    found = suggest([document], load(), least=2)
    assert [(s.name, s.code, s.sector, s.times) for s in found] == [("Zenobia Quispealaya", "PER", "LEG", 3)]
    assert "Peruvian lawmaker" in found[0].example
    assert not suggest([document], load(), least=4)


def test_the_commands(tmp_path: Path) -> None:
    (tmp_path / "x.actors.txt").write_text(ACTORS, encoding="utf-8")
    made = run("knowledge", "import", "x.actors.txt", "--out", "mine", where=tmp_path)
    assert made.returncode == 1, made.stderr
    assert "x.actors.txt:17" in made.stderr
    assert "World Bank" not in (tmp_path / "mine/actors/x.actors.csv").read_text(encoding="utf-8")
    shown = run("knowledge", "show", "Vladimir Testov", "--date", "2001-01-01", "--knowledge", "mine", where=tmp_path)
    assert shown.stdout.startswith("Vladimir Testov at 2001-01-01: RUS GOV")
    assert "mine/x.actors.csv:5" in shown.stdout
    told = run("knowledge", "show", "David Miliband", "--date", "2009-11-02", "--format", "json", where=tmp_path)
    answer = json.loads(told.stdout)
    assert answer["means"]["country"] == "GBR"
    assert any(one["at"] == "now" and "Foreign" in one["office"] for one in answer["lines"])
    assert any(one["note"] == "unverified" for one in answer["lines"])
    named = run("actor", "Vladimir Testov", "--date", "2001-01-01", "--knowledge", "mine", where=tmp_path)
    assert json.loads(named.stdout)["country"] == "RUS"
    wrong = run("knowledge", "show", "Ada", "--date", "never", where=tmp_path)
    assert wrong.returncode == 2
    missing = run("actor", "Ada", "--knowledge", "nowhere", where=tmp_path)
    assert missing.returncode == 2
    assert "no such knowledge folder" in missing.stderr


def test_suggest_reads_files_and_the_record(tmp_path: Path) -> None:
    text = "Zenobia Quispealaya spoke. Zenobia Quispealaya left."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found = run("knowledge", "suggest", "a.txt", "--least", "2", "--format", "csv", where=tmp_path)
    assert [row["name"] for row in csv.DictReader(found.stdout.splitlines())] == ["Zenobia Quispealaya"]
    with open_record(tmp_path / "r.sqlite") as store:
        store.add(Coded(document=Document(id="d", text=text)))
    found = run("knowledge", "suggest", "--record", "r.sqlite", "--least", "2", where=tmp_path)
    assert "2  Zenobia Quispealaya" in found.stdout
    assert run("knowledge", "suggest", "none.txt", where=tmp_path).returncode == 1
