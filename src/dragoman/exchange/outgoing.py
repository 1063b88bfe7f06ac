"""Events out in the columns of ICEWS, POLECAT, Phoenix and GDELT 2 and as PLOVER JSON, which alone has plans as well.

The older formats know a source and a target: an event of several actors gives a row for each of them with each
recipient, and one without recipients a row for each ordered pair of its actors, as ICEWS has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations, product
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.exchange import codes
from dragoman.model import Entity, Event, Item, content_id

FORMATS = ("icews", "polecat", "phoenix", "plover", "gdelt")
_encoder = msgspec.json.Encoder()


def rows_of(
    items: Iterable[Item], *, form: str, text: bool = True, addresses: Mapping[str, str] | None = None
) -> Iterator[bytes]:
    """The rows of some events in a format, encoded, with the header where the format has one.

    Without sentences when `text` is off. `addresses` are those of the documents by id, for GDELT's SOURCEURL. Raises
    UsageError for another format.
    """
    if form not in FORMATS:
        raise UsageError(f"{form}: events are not written so; give one of {', '.join(FORMATS)}")
    if form == "plover":
        for item in items:
            if isinstance(item.claim, Event):
                yield _encoder.encode(_plover(item, item.claim, text=text)) + b"\n"
        return
    if form in ("icews", "polecat"):
        yield _line(codes.columns(form))
    names = codes.columns("gdelt2" if form == "gdelt" else form)
    for item in items:
        event = item.claim
        if isinstance(event, Event) and event.status in ("actual", "historical") and event.date:
            for row in _ROWS[form](item, event):
                if form == "gdelt":
                    row["SOURCEURL"] = _address(item, addresses or {})
                yield _line(row.get(name, "") for name in names)


def _address(item: Item, addresses: Mapping[str, str]) -> str:
    """Where the event can be read: the first address that is known, else the id of the fullest account."""
    known = (addresses.get(link.document, "") for link in item.links)
    return next(filter(None, known), item.links[0].document)


def _line(cells: Iterable[object]) -> bytes:
    # Nothing is quoted in these files, so tabs and line ends inside a value become spaces.
    return "\t".join(" ".join(str("" if cell is None else cell).split()) for cell in cells).encode() + b"\n"


def pairs(event: Event) -> list[tuple[Entity | None, Entity | None]]:
    """An event as sources and targets."""
    if event.recipients:
        return list(product(event.actors or (None,), event.recipients))
    if len(event.actors) > 1:
        return list(permutations(event.actors, 2))
    return [(one, None) for one in event.actors]


def _cameo(event: Event) -> str:
    return event.cameo or codes.known().cameo(event.event_type, event.mode, event.contexts, event.of)


def _icews(item: Item, event: Event) -> Iterator[dict[str, Any]]:
    code = _cameo(event)
    for number, (source, target) in enumerate(pairs(event)):
        place = event.place
        yield {
            "Event ID": f"{item.id}-{number}",
            "Event Date": event.date.start if event.date else "",
            "Source Name": source.name or source.text if source else "",
            "Source Sectors": _icews_sectors(source),
            "Source Country": codes.names().get(source.country, "") if source else "",
            "Event Text": _labels().get(code, ""),
            "CAMEO Code": code,
            "Intensity": codes.known().goldstein.get(code, ""),
            "Target Name": target.name or target.text if target else "",
            "Target Sectors": _icews_sectors(target),
            "Target Country": codes.names().get(target.country, "") if target else "",
            "Story ID": item.links[0].document,
            "Sentence Number": "",
            "Publisher": "; ".join(item.sources),
            "City": place.name if place else "",
            "Country": codes.names().get(place.country, "") if place else "",
            "Latitude": place.lat if place else "",
            "Longitude": place.lon if place else "",
        }


def _icews_sectors(entity: Entity | None) -> str:
    return ",".join(codes.others()["icews_sectors"].get(one, one) for one in entity.sectors) if entity else ""


def _labels() -> dict[str, str]:
    from dragoman.knowledge import load  # noqa: PLC0415

    return {row["code"]: row["name"] for row in load().rows("ontology/cameo.csv")}


def _polecat(item: Item, event: Event) -> Iterator[dict[str, Any]]:
    place = event.place
    row: dict[str, Any] = {
        "Event ID": f"{item.id}_{event.event_type}",
        "Event Date": event.date.start if event.date else "",
        "Event Type": event.event_type,
        "Event Mode": event.mode or "NA",
        "Intensity": event.score,
        "Quad Code": codes.others()["quads"][event.quad_class],
        "Contexts": " | ".join(event.contexts),
        "Placename": place.text if place else "",
        "City": place.name if place else "",
        "Country": codes.names().get(place.country, "") if place else "",
        "Latitude": place.lat if place else "",
        "Longitude": place.lon if place else "",
        "Raw Placename": place.text if place else "",
        "Source": "; ".join(item.sources),
        "Publication Date": item.first_known,
        "Language": "English",
        "Version": event.coder,
    }
    for side, entities in (("Actor", event.actors), ("Recipient", event.recipients)):
        row |= {
            f"{side} Name": _joined(one.name or one.text for one in entities),
            f"{side} Country": _joined(codes.names().get(one.country, "") for one in entities),
            f"{side} COW": _joined(_cow(one.country) for one in entities),
            f"Primary {side} Sector": _joined(one.sectors[0] if one.sectors else "" for one in entities),
            f"{side} Sectors": _joined(" | ".join(one.sectors) for one in entities),
            f"{side} Title": _joined(one.office for one in entities),
            f"{side} Name Raw": _joined(one.text for one in entities),
        }
    yield row


def _cow(country: str) -> str:
    numbers = codes.numbers().get(country)
    return numbers.cow if numbers else ""


def _joined(values: Iterable[str]) -> str:
    """Values of several entities, one place each, as POLECAT parts them."""
    return "; ".join(one.replace(";", ",") or "None" for one in values)


def _phoenix(item: Item, event: Event) -> Iterator[dict[str, Any]]:
    code = _cameo(event)
    place = event.place
    year, month, day = (event.date.start if event.date else "--").split("-")
    for number, (source, target) in enumerate(pairs(event)):
        row: dict[str, Any] = {
            "id": f"{item.id}-{number}_dragoman",
            "story_date": year + month + day,
            "year": year,
            "month": month,
            "day": day,
            "code": code,
            "root_code": code[:2],
            "quad_class": codes.others()["phoenix_quads"].get(code[:2], ""),
            "goldstein": codes.known().goldstein.get(code, ""),
            "issues": "",
            "lat": place.lat if place else "",
            "lon": place.lon if place else "",
            "placeName": place.name if place else "",
            "countryName": place.country if place else "",
            "ids": ";".join(dict.fromkeys(link.document for link in item.links)),
            "sources": ";".join(item.sources),
        }
        for side, entity in (("source", source), ("target", target)):
            whole = codes.cameo_actor(entity) if entity else "---"
            row |= {side: whole, f"{side}_root": entity.country if entity else "", f"{side}_agent": whole[3:6]}
            row[f"{side}_others"] = ";".join(whole[at : at + 3] for at in range(6, len(whole), 3))
        yield row


def _plover(item: Item, event: Event, *, text: bool) -> dict[str, Any]:
    marks = {"negated": "negation", "actual": ""}
    mark = marks.get(event.status, event.status)
    shape: dict[str, Any] = {
        "id": item.id,
        "has_event": True,
        "date": event.date.start if event.date else item.first_known,
        "enddate": event.date.end if event.date and event.date.end != event.date.start else "",
        "actor": [_plover_entity(one) for one in event.actors],
        "recipient": [_plover_entity(one) for one in event.recipients],
        "event": [event.event_type],
        "mode": [event.mode] if event.mode else [],
        "context": [*event.contexts, *([mark] if mark else [])],
        "event_text": [event.trigger.text] if event.trigger and text else [],
        "quad_code": event.quad_class,
        "event_scale": event.score,
        "text": event.evidence.text if text else "",
        "text_info": {"start": event.evidence.start, "end": event.evidence.end},
        "cite_info": {"publication": "; ".join(item.sources), "codebook": "PLOVER", "version": event.knowledge},
        "coder": event.coder,
    }
    if event.place:
        shape["event_loc"] = {
            "extracted_place": event.place.text,
            "resolved_place": event.place.name,
            "country_code": event.place.country,
            "lat": event.place.lat,
            "lon": event.place.lon,
        }
    return shape


def _plover_entity(entity: Entity) -> dict[str, Any]:
    return {
        "code": entity.country,
        "sector": list(entity.sectors),
        "entity_text": entity.text,
        "identifier_text": entity.name,
        "office": entity.office,
    }


#: So many digits of an item's id make a number that GDELT's readers can hold (52 bits).
DIGITS = 13


def _gdelt(item: Item, event: Event) -> Iterator[dict[str, Any]]:
    code = _cameo(event)
    place = event.place
    day = event.date.start if event.date else ""
    year, month, date = day.split("-")
    articles = len({link.document for link in item.links})
    for number, (source, target) in enumerate(pairs(event)):
        row: dict[str, Any] = {
            # A pair's number is its own; the same event gives the same numbers again.
            "GLOBALEVENTID": int(content_id(item.id, str(number))[:DIGITS], 16),
            "SQLDATE": year + month + date,
            "MonthYear": year + month,
            "Year": year,
            "FractionDate": f"{int(year) + (int(month) * 30 + int(date)) / 365:.4f}",
            "IsRootEvent": 1,
            "EventCode": code,
            "EventBaseCode": code[:3],
            "EventRootCode": code[:2],
            "QuadClass": event.quad_class,
            "GoldsteinScale": codes.known().goldstein.get(code, ""),
            "NumMentions": len(item.links),
            "NumSources": len(item.sources),
            "NumArticles": articles,
            "DATEADDED": f"{item.first_known.replace('-', '') or year + month + date}000000",
        }
        for side, entity in (("Actor1", source), ("Actor2", target)):
            if entity:
                sectors = [codes.others()["plover_sectors"].get(one, one) for one in entity.sectors[:3]]
                row |= {
                    f"{side}Code": codes.cameo_actor(entity),
                    f"{side}Name": (entity.name or entity.text).upper(),
                    f"{side}CountryCode": entity.country,
                    **{f"{side}Type{at}Code": sector for at, sector in enumerate(sectors, 1)},
                }
        if place:
            numbers = codes.numbers().get(place.country)
            known = codes.names().get(place.country, "")
            city = place.name and place.name != known
            row |= {
                "ActionGeo_Type": codes.others()["gdelt_places"]["city" if city else "country"],
                "ActionGeo_FullName": ", ".join(filter(None, (place.name if city else "", known))),
                "ActionGeo_CountryCode": numbers.fips if numbers else "",
                "ActionGeo_Lat": place.lat,
                "ActionGeo_Long": place.lon,
            }
        yield row


_ROWS = {"icews": _icews, "polecat": _polecat, "phoenix": _phoenix, "gdelt": _gdelt}
