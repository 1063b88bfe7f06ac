"""GDELT 1 and 2, ICEWS, POLECAT, Phoenix and PLOVER JSON in: each row becomes a document with one event.

The words of such an event are its row, since there are no others; who published it is the source that the row names.
Rows that cannot be read are told with file, line and reason; those whose CAMEO code has no PLOVER type are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.exchange import codes
from dragoman.exchange.mentions import GKG, MENTIONS, Mentions, Unknown
from dragoman.exchange.tables import lines
from dragoman.model import (
    Coded,
    DateSpan,
    Document,
    Entity,
    Event,
    Evidence,
    Place,
    Reason,
    Skipped,
    Source,
    content_id,
)
from dragoman.read.publishers import publisher

#: The language of what is no language (ISO 639-2): such documents are neither coded nor compared for copies.
ROWS = "zxx"
FORMATS = ("gdelt1", "gdelt2", "icews", "polecat", "phoenix", "plover")
NOTHING = frozenset({"", "NA", "NULL", "None", "NaN", "nan", "---"})

Row = dict[str, str]


class Tally:
    """How many rows were read, became events, have no type, or were passed over; and what mentions may speak of."""

    def __init__(self) -> None:
        self.rows = self.events = self.without_type = self.passed_over = 0
        #: Rows of GDELT's mentions that tell a further article, and those of an event (or article) that tell none.
        self.mentions = self.mentions_of_nothing = self.articles = 0
        self.so_far = Mentions()


class _Unreadable(Exception):  # inside this module: the reason why a row is passed over
    """Why a row is passed over."""


class _NoType(Exception):  # the same
    """The row says something that PLOVER has no type for."""


def read_events(path: Path, *, form: str = "", tally: Tally | None = None) -> Iterator[Coded | Skipped]:
    """The events of a file, folder or zip archive, one document each; `form` is one of FORMATS, or found out.

    Raises UsageError when the format cannot be told, MissingPath when there is no such file.
    """
    tally = tally or Tally()
    chosen = form
    header: tuple[str, ...] = ()
    for line in lines(path):
        if isinstance(line, Skipped):
            tally.passed_over += 1
            yield line
            continue
        cells = line.text.split("\t")
        if not chosen:
            chosen = told_form(line.text, line.where)
        if _is_header(chosen, cells):
            # Some files of POLECAT have a column more in the head than in the rows.
            header = tuple(one for one in cells if one.strip() and one != "Headline")
            continue
        tally.rows += 1
        try:
            if beside := _beside(chosen, cells):
                yield from _told(beside, line.text, cells, tally)
                continue
            row = _row(chosen, line.text, cells, header)
            event, document = _MAKERS[chosen](row)
        except _NoType:
            tally.without_type += 1
        except (_Unreadable, ValueError, KeyError, IndexError, TypeError) as error:
            tally.passed_over += 1
            why = str(error) if isinstance(error, _Unreadable) else f"not as {chosen} has it: {error}"
            yield Skipped(id="", where=line.where, why=why)
        else:
            tally.events += 1
            coded = _coded(event, document, row, chosen)
            if chosen == "gdelt2":
                tally.so_far.remember(row["GLOBALEVENTID"], coded)
            yield coded


def _beside(form: str, cells: list[str]) -> str:
    """Which of the files beside GDELT 2's events a row is of; empty for a row of events."""
    if form != "gdelt2":
        return ""
    return next((one for one in (MENTIONS, GKG) if len(cells) == len(codes.columns(one))), "")


def _told(form: str, line: str, cells: list[str], tally: Tally) -> Iterator[Coded]:
    row = _row(form, line, cells, ())
    if form == GKG:
        tally.articles += 1
        tally.so_far.learn(row)
        return
    try:
        told = tally.so_far.told(row, _article)
    except Unknown:
        tally.mentions_of_nothing += 1
        return
    tally.mentions += 1
    yield told


def _article(row: Row) -> Document:
    return _document(_day(row["MentionTimeDate"]), url=row["MentionIdentifier"], source=row["MentionSourceName"])


def told_form(line: str, where: str = "") -> str:
    """The format that the first line of a file is in. Raises UsageError when it is none."""
    cells = line.split("\t")
    by_count = {len(codes.columns(one)): one for one in ("gdelt1", "gdelt2", "phoenix")}
    if line.lstrip().startswith("{"):
        return "plover"
    if cells[0] in ("Event ID", "event_id", "Event.ID"):
        normal = {one.lower().replace("_", " ").replace(".", " ") for one in cells}
        return "polecat" if "event type" in normal else "icews"
    if len(cells) in (len(codes.columns(MENTIONS)), len(codes.columns(GKG))):
        return "gdelt2"
    if len(cells) == len(codes.columns("gdelt1")) - 1:
        return "gdelt1"
    if len(cells) in by_count:
        return by_count[len(cells)]
    place = f"{where}: " if where else ""
    raise UsageError(
        f"{place}{len(cells)} columns, no event data set that is known; name it with --as: {', '.join(FORMATS)}"
    )


def _is_header(form: str, cells: list[str]) -> bool:
    return form in ("icews", "polecat") and cells[0].lower().replace("_", " ").replace(".", " ") == "event id"


def _row(form: str, line: str, cells: list[str], header: tuple[str, ...]) -> Row:
    if form == "plover":
        return {"json": line}
    names = codes.columns(form)
    if form in ("icews", "polecat") and header:
        by_name = {one.lower(): one for one in names}
        names = tuple(by_name.get(one.strip().lower().replace("_", " ").replace(".", " "), one) for one in header)
    while len(cells) > len(names) and not cells[-1].strip():
        cells = cells[:-1]
    least = len(names) - (1 if form == "gdelt1" else 0)
    if not least <= len(cells) <= len(names):
        raise _Unreadable(f"{len(cells)} columns instead of {len(names)}")
    return {name: "" if cell.strip() in NOTHING else cell.strip() for name, cell in zip(names, cells, strict=False)}


def _coded(event: Event, document: Document, row: Row, form: str) -> Coded:
    text = row.get("json") or "; ".join(f"{name}: {value}" for name, value in row.items() if value)
    identity = content_id(form, text)
    evidence = Evidence(document=identity, start=0, end=len(text), text=text)
    made = msgspec.structs.replace(
        event,
        evidence=evidence,
        id=content_id(identity, "event"),
        coder=form,
        why=(Reason(step="import", rule=form, detail="a row of another data set"),),
    )
    return Coded(document=msgspec.structs.replace(document, id=identity, text=text, language=ROWS), claims=(made,))


_NO_WORDS = Evidence(document="", start=0, end=0, text="")


def _event(kind: codes.Kind, **more: Any) -> Event:  # noqa: ANN401  # fields of an event
    known = codes.known()
    if kind.event_type not in known.types:
        raise _Unreadable(f"{kind.event_type}: no type of PLOVER")
    mode = kind.mode if kind.mode in known.types[kind.event_type]["modes"] else ""
    cameo = more.pop("cameo", "") or known.cameo(kind.event_type, mode, kind.contexts, None)
    return Event(
        evidence=_NO_WORDS,
        event_type=kind.event_type,
        mode=mode,
        contexts=tuple(one for one in kind.contexts if one in known.contexts),
        quad_class=known.quad(kind.event_type),
        score=known.score(kind.event_type, mode),
        cameo=cameo,
        goldstein=known.goldstein.get(cameo),
        **more,
    )


def _of_cameo(code: str) -> tuple[codes.Kind, str]:
    kind = codes.kind_of_cameo(code)
    if kind is None:
        if code and codes.is_cameo(code):
            raise _NoType
        raise _Unreadable(f"{code or 'no code'}: no code of CAMEO")
    return kind, code if code in codes.cameo_kinds() else f"0{code}"


def _day(text: str) -> DateSpan:
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", text)
    if not found:
        raise _Unreadable(f"{text or 'no date'}: no day")
    import datetime  # noqa: PLC0415

    day = datetime.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    return DateSpan(start=day, end=day, text=text)


def _document(day: DateSpan, *, source: str = "", url: str = "", title: str = "") -> Document:
    return Document(
        id="",
        text="",
        title=title,
        url=url,
        published=msgspec.structs.replace(day, how="metadata"),
        source=publisher(source, url) if source or url else Source(),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _place(name: str, country: str, lat: str, lon: str) -> Place | None:
    if not name and not country:
        return None
    return Place(text=name, name=name, country=country, lat=_number(lat), lon=_number(lon))


def _entity(name: str, country: str, sectors: list[str], how: str) -> tuple[Entity, ...]:
    if not (name or country or sectors):
        return ()
    known = tuple(dict.fromkeys(filter(None, map(codes.sector, sectors))))
    shown = name or codes.names().get(country, country)
    return (Entity(text=shown, start=None, end=None, name=shown, country=country, sectors=known, how=how),)


def _gdelt(row: Row) -> tuple[Event, Document]:
    kind, code = _of_cameo(row["EventCode"])
    sides = []
    for side in ("Actor1", "Actor2"):
        types = [row[f"{side}Type{number}Code"] for number in (1, 2, 3)]
        sides.append(
            _entity(row[f"{side}Name"].title(), codes.country(row[f"{side}CountryCode"]), types, row[f"{side}Code"])
        )
    place = _place(
        row["ActionGeo_FullName"].split(",")[0],
        codes.by_fips().get(row["ActionGeo_CountryCode"], ""),
        row["ActionGeo_Lat"],
        row["ActionGeo_Long"],
    )
    day = _day(row["SQLDATE"])
    published = _day(row["DATEADDED"]) if row.get("DATEADDED") else day
    event = _event(kind, cameo=code, actors=sides[0], recipients=sides[1], date=day, place=place)
    return event, _document(published, url=row.get("SOURCEURL", ""), source="" if row.get("SOURCEURL") else "GDELT")


def _icews(row: Row) -> tuple[Event, Document]:
    kind, code = _of_cameo(row["CAMEO Code"])
    sides = [
        _entity(row[f"{side} Name"], codes.country(row[f"{side} Country"]), _icews_sectors(row[f"{side} Sectors"]), "")
        for side in ("Source", "Target")
    ]
    place = _place(row["City"] or row["Province"], codes.country(row["Country"]), row["Latitude"], row["Longitude"])
    day = _day(row["Event Date"])
    event = _event(kind, cameo=code, actors=sides[0], recipients=sides[1], date=day, place=place)
    return event, _document(day, source=row["Publisher"] or "ICEWS", title=f"Story {row['Story ID']}")


def _icews_sectors(text: str) -> list[str]:
    return [code for word, code in codes.others()["icews_words"] if word in text][:3]


def _polecat(row: Row) -> tuple[Event, Document]:
    kind = codes.Kind(row["Event Type"], row["Event Mode"].lower(), _bars(row["Contexts"]))
    day = _day(row["Event Date"])
    place = _place(
        row["City"] or row["Placename"] or row["Province"],
        codes.country(row["Country"]),
        row["Latitude"],
        row["Longitude"],
    )
    actors, recipients = _polecat_side(row, "Actor"), _polecat_side(row, "Recipient")
    event = _event(kind, actors=actors, recipients=recipients, date=day, place=place)
    published = _day(row["Publication Date"]) if row.get("Publication Date") else day
    return event, _document(published, source=row["Source"] or "POLECAT", title=row.get("Headline", ""))


def _bars(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("|") if one.strip() not in NOTHING)


def _polecat_side(row: Row, side: str) -> tuple[Entity, ...]:
    lists = {
        name: [one.strip() for one in row[name].split(";")]
        for name in (f"{side} Name", f"{side} Country", f"{side} Sectors", f"{side} Title")
    }
    found: list[Entity] = []
    for at in range(max(map(len, lists.values()))):
        name, country, sectors, title = (
            "" if at >= len(values) or values[at] in NOTHING else values[at] for values in lists.values()
        )
        made = _entity(name, codes.country(country), list(_bars(sectors)), "")
        found += [msgspec.structs.replace(one, office=title) for one in made]
    return tuple(found)


def _phoenix(row: Row) -> tuple[Event, Document]:
    kind, code = _of_cameo(row["code"])
    sides = []
    for side in ("source", "target"):
        root = row[f"{side}_root"] or row[side][:3]
        agents = re.findall(r"[A-Z]{3}", f"{row[f'{side}_agent']};{row[side][3:]}")
        sides.append(_entity("", codes.country(root), agents, row[side]))
    place = _place(row["placeName"], codes.country(row["countryName"]), row["lat"], row["lon"])
    day = _day(row["story_date"])
    event = _event(kind, cameo=code, actors=sides[0], recipients=sides[1], date=day, place=place)
    url = row["urls"].split(";")[0]
    return event, _document(day, source=row["sources"].split(";")[0] or "Phoenix", url=url)


def _plover(row: Row) -> tuple[Event, Document]:
    try:
        told: dict[str, Any] = msgspec.json.decode(row["json"])
    except msgspec.DecodeError as error:
        raise _Unreadable(f"not JSON: {error}") from error
    if not isinstance(told, dict) or told.get("has_event") is False:
        raise _NoType
    kinds, modes = _listed(told.get("event")), _listed(told.get("mode"))
    if not kinds:
        raise _Unreadable("no event in it")
    old = codes.others()["old_plover"]
    event_type, mode = old.get(kinds[0].upper()) or (kinds[0].upper(), modes[0].lower() if modes else "")
    day = _day(str(told.get("date", "")))
    if told.get("enddate"):
        day = msgspec.structs.replace(day, end=_day(str(told["enddate"])).end, precision="range")
    cite = told.get("cite_info") or {}
    event = _event(
        codes.Kind(event_type, mode, tuple(_listed(told.get("context")))),
        actors=tuple(map(_plover_entity, told.get("actor") or told.get("source") or [])),
        recipients=tuple(map(_plover_entity, told.get("recipient") or told.get("target") or [])),
        date=day,
        place=_plover_place(told.get("event_loc") or {}),
    )
    marks = codes.others()["statuses"]
    status = next((marks[one] for one in _listed(told.get("context")) if one in marks), "actual")
    event = msgspec.structs.replace(event, status=status)
    publication = str(cite.get("publication") or told.get("publication") or "PLOVER")
    return event, _document(day, source=publication, url=str(cite.get("url") or ""), title=str(cite.get("title") or ""))


def _listed(value: Any) -> list[str]:  # noqa: ANN401  # a JSON value
    if isinstance(value, str):
        return [value] if value else []
    return [str(one) for one in value or []]


def _plover_entity(told: dict[str, Any]) -> Entity:
    sectors = told.get("sector") or told.get("sector_code") or []
    name = str(told.get("identifier_text") or told.get("entity_name") or told.get("entity_text") or "")
    code = codes.country(str(told.get("code") or told.get("country_name") or ""))
    (made,) = _entity(name or code or "unknown", code, _listed(sectors), "")
    text = str(told.get("entity_text") or told.get("raw_text") or told.get("actorText") or made.text)
    return msgspec.structs.replace(made, text=text, office=str(told.get("office") or ""))


def _plover_place(told: dict[str, Any]) -> Place | None:
    name = str(told.get("resolved_place") or told.get("extracted_place") or "")
    country = codes.country(str(told.get("country_code") or told.get("country") or ""))
    if not name and not country:
        return None
    text = str(told.get("extracted_place") or name)
    return Place(text=text, name=name, country=country, lat=told.get("lat"), lon=told.get("lon"))


_MAKERS: dict[str, Callable[[Row], tuple[Event, Document]]] = {
    "gdelt1": _gdelt,
    "gdelt2": _gdelt,
    "icews": _icews,
    "polecat": _polecat,
    "phoenix": _phoenix,
    "plover": _plover,
}
