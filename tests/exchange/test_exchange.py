"""Other data sets come in with their rows, dirty ones are told; what goes out comes in again as it was."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from dragoman import exchange, keep
from dragoman.errors import MissingPath, UsageError
from dragoman.exchange import Tally, codes, read_events
from dragoman.exchange.incoming import told_form
from dragoman.model import Coded, Deed, Entity, Event, Place, Skipped
from dragoman.reconcile import Reconciler
from dragoman.record import Store
from tests.made import coded, day, event
from tests.test_cli import run  # noqa: F401  # a fixture


def gdelt(form: str, **cells: str) -> str:
    base = {
        "GLOBALEVENTID": "1", "SQLDATE": "20180314", "Actor1Code": "GBRGOV", "Actor1Name": "BRITAIN",
        "Actor1CountryCode": "GBR", "Actor1Type1Code": "GOV", "Actor2Code": "RUS", "Actor2Name": "RUSSIA",
        "Actor2CountryCode": "RUS", "EventCode": "042", "ActionGeo_FullName": "Moscow, Moskva, Russia",
        "ActionGeo_CountryCode": "RS", "ActionGeo_Lat": "55.75", "ActionGeo_Long": "37.6", "DATEADDED": "20180315",
        "SOURCEURL": "http://example.org/a",
    }  # fmt: skip
    return "\t".join({**base, **cells}.get(name, "") for name in codes.columns(form))


def icews(**cells: str) -> str:
    base = {
        "Event ID": "7", "Event Date": "2018-03-14", "Source Name": "Theresa May", "Source Country": "United Kingdom",
        "Source Sectors": "Executive,Government", "CAMEO Code": "166", "Target Name": "Russia", "Intensity": "-7",
        "Target Country": "Russian Federation", "Story ID": "9", "Publisher": "BBC", "City": "London",
        "Country": "United Kingdom", "Latitude": "51.5", "Longitude": "-0.1",
    }  # fmt: skip
    return "\t".join({**base, **cells}.get(name, "") for name in codes.columns("icews"))


def events(path: Path, **more: str) -> list[Event]:
    found = [one for one in read_events(path, **more) if isinstance(one, Coded)]
    assert all(one.claims[0].evidence.text == one.document.text for one in found)
    return [claim for one in found for claim in one.claims if isinstance(claim, Event)]


def test_columns_are_as_many_as_they_should_be() -> None:
    assert [len(codes.columns(one)) for one in ("gdelt1", "gdelt2", "icews", "polecat", "phoenix")] == [
        58,
        61,
        20,
        40,
        26,
    ]
    assert len(codes.cameo_kinds()) > 250
    types = codes.known().types
    for code, kind in codes.cameo_kinds().items():
        assert kind.event_type in types, code
        assert not kind.mode or kind.mode in types[kind.event_type]["modes"], code
        assert set(kind.contexts) <= set(codes.known().contexts), code


def test_states_have_the_numbers_of_others() -> None:
    assert codes.numbers()["GBR"].cow == "200"
    assert (codes.numbers()["DEU"].cow, codes.numbers()["DEU"].gw) == ("255", "260")
    assert codes.by_fips()["RS"] == "RUS"
    cows = [one.cow for one in codes.numbers().values() if one.cow]
    assert len(cows) == len(set(cows)) > 190
    assert {codes.country(one) for one in ("Russian Federation", "RUS", "Russia")} == {"RUS"}
    assert codes.country("Nowhere at all") == ""


@pytest.mark.parametrize("form", ["gdelt1", "gdelt2"])
def test_gdelt_comes_in_by_folder_and_archive(tmp_path: Path, form: str) -> None:
    (tmp_path / "a").mkdir()
    with zipfile.ZipFile(tmp_path / "a" / "one.export.CSV.zip", "w") as archive:
        archive.writestr("one.export.CSV", gdelt(form) + "\n" + gdelt(form, EventCode="010") + "\n")
    (tmp_path / "a" / "two.csv").write_text(gdelt(form, EventCode="190", SQLDATE="20180316") + "\n")
    tally = Tally()
    visit, fight = events(tmp_path / "a", tally=tally)  # type: ignore[arg-type]
    assert (visit.event_type, visit.mode, visit.cameo, visit.goldstein) == ("CONSULT", "visit", "042", 1.9)
    assert (visit.actors[0].country, visit.actors[0].sectors, visit.recipients[0].country) == ("GBR", ("GOV",), "RUS")
    assert visit.place == Place(text="Moscow", name="Moscow", country="RUS", lat=55.75, lon=37.6)
    assert fight.event_type == "ASSAULT"
    assert (tally.rows, tally.events, tally.without_type, tally.passed_over) == (3, 2, 1, 0)


def test_dirty_rows_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    head = "\t".join(codes.columns("icews"))
    bad = [icews(**{"CAMEO Code": "999"}), icews(**{"Event Date": "soon"}), "a\tb", icews(Latitude="north")]
    raw = "\n".join([head, icews(), *bad, "", icews(**{"Event ID": "8", "City": "Málaga"})])
    (tmp_path / "dirty.tab").write_bytes(raw.encode("latin-1"))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nothing more")
    found = list(read_events(tmp_path / "dirty.tab"))
    assert sum(isinstance(one, Coded) for one in found) == 2
    skipped = [one for one in found if isinstance(one, Skipped)]
    assert [one.where.rpartition(":")[2] for one in skipped] == ["3", "4", "5", "6"]
    assert "no code of CAMEO" in skipped[0].why
    assert any(isinstance(one, Skipped) or one for one in read_events(tmp_path / "dirty.tab", form="icews"))
    with pytest.raises(MissingPath):
        list(read_events(tmp_path / "nothing"))
    with pytest.raises(UsageError, match="3 columns"):
        told_form("a\tb\tc")


def test_polecat_with_its_lists_and_its_odd_head(tmp_path: Path) -> None:
    row = dict.fromkeys(codes.columns("polecat"), "None") | {
        "Event ID": "1_SUPPORT", "Event Date": "2018-04-01", "Event Type": "SUPPORT", "Event Mode": "NA",
        "Contexts": "rights_freedoms | territory", "Actor Name": "Ram Madhav; Anna", "Actor Country": "India; None",
        "Actor Sectors": "GOV | MIL; None", "Actor Title": "secretary; None", "Recipient Name": "Russia",
        "Recipient Country": "Russia", "Source": "Hindustan Times", "Publication Date": "2018-04-02", "Latitude": "",
        "Longitude": "", "City": "", "Country": "",
    }  # fmt: skip
    head = "\t".join((*codes.columns("polecat"), "Headline"))
    (tmp_path / "p.txt").write_text(head + "\n" + "\t".join(row.values()) + "\t\t\n")
    (one,) = events(tmp_path / "p.txt")
    assert [(who.name, who.country, who.sectors, who.office) for who in one.actors] == [
        ("Ram Madhav", "IND", ("GOV", "MIL"), "secretary"),
        ("Anna", "", (), ""),
    ]
    assert one.contexts == ("rights_freedoms", "territory")


def test_older_plover_json(tmp_path: Path) -> None:
    told = {"id": "x", "date": "2016-01-02", "event": ["DEMAND"], "actor": [{"code": "JAP", "entity_text": "Tokyo"}]}
    (tmp_path / "p.jsonl").write_text(json.dumps(told) + "\n" + '{"id": 2}\n' + "{broken\n")
    (one,) = events(tmp_path / "p.jsonl")
    assert (one.event_type, one.actors[0].country, one.actors[0].text) == ("REQUEST", "JPN", "Tokyo")


@pytest.fixture
def store(tmp_path: Path):
    may = Entity(
        text="May", start=0, end=3, name="Theresa May", country="GBR", office="Prime Minister", sectors=("GOV",)
    )
    place = Place(text="Osaka", name="Osaka", country="JPN", lat=34.7, lon=135.5)
    told = [
        event("GBR", "RUS", text="May visited Osaka; she met Putin.", people=(may,), place=place, on="2018-03-14",
              contexts=("diplomatic",), cameo="042", goldstein=1.9),
        event("GBR RUS FRA", text="Three of them signed.", event_type="SUPPORT", mode="", score=5.0, on="2018-05-02",
              cameo="057", goldstein=8.0),
        event("RUS", "GBR", text="Russia will visit, it says; a long line of words is here to be folded twice over.",
              status="future", event_type="AGREE", mode="", score=2.5, of=Deed(event_type="CONSULT", mode="visit"),
              due=day("2099-01-02"), on="2018-06-01", cameo="036"),
        event("GBR", "RUS", text="May did not accuse.", status="negated", event_type="ACCUSE", mode="", score=-3.0),
    ]  # fmt: skip
    with Store.open(tmp_path / "r.sqlite", deriver=Reconciler()) as opened:
        for number, claim in enumerate(told):
            name = f"d{number}"
            opened.add(coded(name, type(claim)(**{**{f: getattr(claim, f) for f in claim.__struct_fields__},
                       "evidence": claim.evidence.__class__(document=name, start=0, end=len(claim.evidence.text),
                                                            text=claim.evidence.text)})))  # fmt: skip
        yield opened


def key(one: Event) -> tuple:
    return (
        one.event_type, one.mode, one.date.start if one.date else "", one.cameo, one.place.name if one.place else "",
        tuple((who.country, who.sectors) for who in one.actors), tuple(who.country for who in one.recipients),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["icews", "polecat", "phoenix", "plover", "gdelt"])
def test_what_goes_out_comes_in_again(store: Store, tmp_path: Path, form: str) -> None:
    items = store.items("event")
    path = tmp_path / f"out.{'jsonl' if form == 'plover' else 'tab'}"
    path.write_bytes(b"".join(exchange.rows_of(items, form=form)))
    back = events(path)
    happened = [one.claim for one in items if isinstance(one.claim, Event)]
    if form == "plover":
        # Nor has PLOVER a CAMEO code.
        assert sorted(key(one)[:3] + key(one)[4:] for one in back) == sorted(
            key(one)[:3] + key(one)[4:] for one in happened
        )
        assert {one.status for one in back} == {"actual", "future", "negated"}
        return
    happened = [one for one in happened if one.status == "actual"]
    columns = codes.columns("gdelt2" if form == "gdelt" else form)
    assert path.read_text().splitlines()[-1].count("\t") == len(columns) - 1
    if form == "polecat":
        # POLECAT has no CAMEO code: the one by type and mode comes back.
        short = [key(one)[:3] + key(one)[4:] for one in happened]
        assert sorted(key(one)[:3] + key(one)[4:] for one in back) == sorted(short)
        return
    # A visit is one row; three who signed are six ordered pairs.
    assert len(back) == 1 + 6
    (visit,) = [one for one in back if one.mode == "visit"]
    assert key(visit)[:5] == key(next(one for one in happened if one.mode == "visit"))[:5]
    assert (visit.actors[0].country, visit.actors[0].sectors, visit.recipients[0].country) == ("GBR", ("GOV",), "RUS")
    assert {(one.actors[0].country, one.recipients[0].country) for one in back if one.event_type == "SUPPORT"} == {
        (a, b) for a in ("GBR", "RUS", "FRA") for b in ("GBR", "RUS", "FRA") if a != b
    }


def test_without_text_no_sentence_goes_out(store: Store) -> None:
    for form in ("icews", "polecat", "phoenix", "plover", "gdelt"):
        raw = b"".join(exchange.rows_of(store.items("event"), form=form, text=False))
        assert b"she met Putin" not in raw
    assert b"long line" not in b"".join(exchange.calendar(store.items("event"), text=False))


def test_rows_become_events_that_are_reconciled(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "more.tab"
    row = icews(**{"CAMEO Code": "042", "City": "Osaka", "Country": "Japan", "Event Date": "2018-03-14"})
    path.write_text("\t".join(codes.columns("icews")) + "\n" + row + "\n")
    before = len(store.events("GBR", "RUS"))
    assert [one[1].added for one in keep.bring(store, path) if not isinstance(one, Skipped)] == [True]
    assert len(store.events("GBR", "RUS")) == before
    visit = next(one for one in store.events("GBR", "RUS") if len(one.links) == 2)
    assert "BBC" in visit.sources
    assert [one[1].added for one in keep.bring(store, path) if not isinstance(one, Skipped)] == [False]
    assert list(store.check()) == []


def test_the_panel_has_zeros_for_every_pair_that_existed(store: Store) -> None:
    rows = list(
        exchange.panel(store.items("event"), only=("GBR", "RUS", "SSD"), since="2010-12-01", until="2018-05-31")
    )
    found = {(row["a"], row["b"], row["month"]): row for row in rows}
    assert ("GBR", "SSD", "2010-12") not in found
    assert found["GBR", "SSD", "2011-01"]["events"] == 0
    march, may = found["GBR", "RUS", "2018-03"], found["GBR", "RUS", "2018-05"]
    assert (march["events"], march["consult"], march["verbal_cooperation"], march["score_mean"]) == (1, 1, 1, 4.0)
    assert (may["support"], may["a_cow"], may["b_gw"]) == (1, "200", "365")
    assert found["GBR", "RUS", "2018-04"]["score_mean"] is None
    assert len(rows) == len(found) == 90 + 2 * 89
    assert [row["events"] for row in exchange.panel(store.items("event"), zeros=False)] == [1, 1, 1, 1]


def test_what_lies_somewhere_in_many_years_is_in_no_month(store: Store) -> None:
    before = list(exchange.panel(store.items("event"), only=("GBR", "RUS")))
    since = day("1928-01-01", "2016-03-21")
    store.add(coded("old", event("GBR", "RUS", date=since, text="Since 1928.", document="old")))
    assert list(exchange.panel(store.items("event"), only=("GBR", "RUS"))) == before


def test_a_file_that_is_no_data_set_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Only words.\n")
    with pytest.raises(UsageError, match=r"notes\.txt:1: 1 columns, no event data set"):
        list(read_events(tmp_path / "notes.txt"))


def test_the_calendar_is_one(store: Store) -> None:
    lines = b"".join(exchange.calendar(store.items("event"), today="2020-01-01")).decode()
    assert lines.startswith("BEGIN:VCALENDAR\r\n")
    assert lines.endswith("END:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20990102" in lines
    assert "DTEND;VALUE=DATE:20990103" in lines
    assert "SUMMARY:CONSULT visit: RUS > GBR" in lines
    assert all(len(line.encode()) <= 75 for line in lines.split("\r\n"))
    assert "folded twice over" in lines.replace("\r\n ", "")
    assert b"VEVENT" not in b"".join(exchange.calendar(store.items("event"), today="2100-01-01"))


def test_people_are_entities(store: Store) -> None:
    found = {one["schema"]: one for one in exchange.entities(store.claims())}
    assert found["Person"]["properties"] == {
        "name": ["Theresa May"],
        "nationality": ["gb"],
        "position": ["Prime Minister"],
    }
    assert found["Occupancy"]["properties"]["holder"] == [found["Person"]["id"]]
    assert found["Person"]["first_seen"] <= found["Person"]["last_seen"]


def test_a_package_says_what_is_in_it(run) -> None:  # noqa: F811
    text = b'{"id": "a", "text": "Ministers of Britain and Russia met in the capital.", "date": "2018-03-04"}\n'
    assert run("add", "--input", "jsonl", "-", stdin=text).status == 0
    assert run("export", "package", "--out", "deposit", "--no-text").status == 0
    package = json.loads(Path("deposit/datapackage.json").read_text())
    for resource in package["resources"]:
        raw = (Path("deposit") / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        rows = list(csv.DictReader(io.StringIO(raw.decode())))
        assert len(rows) == resource["rows"]
        assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert b"Ministers of Britain" not in raw
    assert "CONSULT" in Path("deposit/codebook.md").read_text()
    assert run("export", "package", "--out", "deposit").status == 2
    assert run("export", "panel", "--state", "GBR", "--state", "RUS").out.count("\n") == 2
    for arguments in (["people"], ["calendar"], ["events", "--format", "icews"], ["events", "--format", "gdelt"]):
        assert run("export", *arguments).status == 0
    assert run("export", "people", "--format", "icews").status == 2
    Path("g.csv").write_text(gdelt("gdelt2") + "\n" + gdelt("gdelt2", EventCode="010") + "\nnonsense\n")
    found = run("import", "g.csv")
    assert found.status == 1
    assert "3 rows read, 1 event, 1 have a code" in found.out


def mention(**cells: str) -> str:
    base = {
        "GLOBALEVENTID": "1", "EventTimeDate": "20180315101500", "MentionTimeDate": "20180316003000",
        "MentionSourceName": "other.example", "MentionIdentifier": "http://other.example/b", "SentenceID": "2",
        "ActionCharOffset": "900", "Confidence": "60", "MentionDocLen": "3000",
    }  # fmt: skip
    return "\t".join({**base, **cells}.get(name, "") for name in codes.columns("gdelt_mentions"))


def gkg(**cells: str) -> str:
    base = {
        "GKGRECORDID": "20180316003000-1", "DATE": "20180316003000", "DocumentIdentifier": "http://other.example/b",
        "V2Themes": "ECON_TRADE,20;TERROR,880;ENV_OIL,1100;TAX_FNCACT,890;HEALTH_PANDEMIC,2000",
    }  # fmt: skip
    return "\t".join({**base, **cells}.get(name, "") for name in codes.columns("gdelt_gkg"))


def test_mentions_are_further_articles_with_the_themes_beside_them(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "gdelt"
    folder.mkdir()
    (folder / "1.export.CSV").write_text(gdelt("gdelt2", Actor1CountryCode="NOR", Actor1Code="NORGOV") + "\n")
    (folder / "1.gkg.csv").write_text(gkg() + "\n")
    rows = [
        mention(),
        mention(MentionIdentifier="http://example.org/a"),
        mention(GLOBALEVENTID="77"),
        mention(Confidence="x"),
    ]
    (folder / "1.mentions.CSV").write_text("\n".join(rows) + "\n")
    tally = Tally()
    added = [one for one in keep.bring(store, folder, tally=tally) if not isinstance(one, Skipped)]
    assert (tally.rows, tally.events, tally.articles) == (6, 1, 1)
    assert (tally.mentions, tally.mentions_of_nothing, tally.passed_over) == (1, 2, 1)
    assert [document.url for document, _ in added] == ["http://example.org/a", "http://other.example/b"]
    (visit,) = store.events("NOR", "RUS")
    assert len(visit.links) == len(visit.sources) == 2
    # What stands within two sentences of the deed, and nothing else of the article.
    assert visit.claim.contexts == ("natural_resource", "terrorism")
    assert (
        next(one for one in store.claims(kind="event") if one.confidence == 0.6).evidence.text.count("GLOBALEVENTID")
        == 2
    )
    assert list(store.check()) == []


def test_events_go_out_as_gdelt_has_them(store: Store) -> None:
    items = store.items("event")
    raw = b"".join(exchange.rows_of(items, form="gdelt", addresses={"d0": "http://example.org/x"})).decode()
    rows = [dict(zip(codes.columns("gdelt2"), line.split("\t"), strict=True)) for line in raw.splitlines()]
    assert len({row["GLOBALEVENTID"] for row in rows}) == len(rows) == 7
    (visit,) = [row for row in rows if row["EventCode"] == "042"]
    assert (visit["SQLDATE"], visit["EventRootCode"], visit["QuadClass"]) == ("20180314", "04", "1")
    assert (visit["Actor1Code"], visit["Actor1Name"], visit["Actor2CountryCode"]) == ("GBRGOV", "THERESA MAY", "RUS")
    assert (visit["ActionGeo_FullName"], visit["ActionGeo_CountryCode"]) == ("Osaka, Japan", "JA")
    assert (visit["SOURCEURL"], visit["NumMentions"]) == ("http://example.org/x", "1")
    assert all(row["SOURCEURL"] for row in rows)
    assert raw == b"".join(exchange.rows_of(items, form="gdelt", addresses={"d0": "http://example.org/x"})).decode()
