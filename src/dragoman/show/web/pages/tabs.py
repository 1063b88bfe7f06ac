"""The tabs of a relation that rest on the ledger: positions, channels, agreements, disputes, figures.

Each shows what `dragoman due`, `channels`, `agreements`, `disputes` and `figures` tell, from the same functions; the
JSON twins hold their very shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from dragoman.measure.matters import Matter
from dragoman.record import Touched
from dragoman.show import ledger, words
from dragoman.show.architecture import Architecture, Channel, architecture
from dragoman.show.instruments import grouped
from dragoman.show.look import Told
from dragoman.show.positions import columns, named, topics
from dragoman.show.web import views
from dragoman.show.web.answers import as_csv, as_json
from dragoman.show.web.desk import READER, Desk, today
from dragoman.show.web.held import held
from dragoman.show.web.relations import Seen, told_json

#: How many rows of a list are shown on a tab that has no pages; the CSV has them all.
MOST = 200
#: Statements of one side on the page.
MOST_SAID = 60

Common = Callable[[Seen, str], dict[str, Any]]


def kept(desk: Desk, one: Seen, name: str) -> list[Any]:
    """What the ledger tells of a relation by `due`, `channels`, `instruments`, `matters` or `figures`."""
    a, b, on = one.look.a, one.look.b, one.look.until or today()
    store = held(desk.store, one.look)
    makers: dict[str, Callable[[], list[Any]]] = {
        "due": lambda: list(ledger.due(store, a, b, on=on)),
        "channels": lambda: list(ledger.kept_channels(store, a, b, on=on)),
        "instruments": lambda: list(ledger.instruments(store, a, b)),
        "matters": lambda: list(ledger.open_matters(store, a, b, on=on)),
        "figures": lambda: list(ledger.figure_series(store, a, b)),
    }

    def touches(touched: Touched, _: object) -> bool:
        # Matters rest on what each of the two says, wherever it was said.
        said = name == "matters" and (a in touched.parties or b in touched.parties)
        return said or (min(a, b), max(a, b)) in touched.pairs

    return desk.kept(("ledger", name, a, b, on), makers[name], touches=touches)


def by_item(some: Iterable[Told[Any]]) -> dict[str, Told[Any]]:
    """What was told, by the id of its item."""
    return {told.item.id: told for told in some}


def _twins(one: Seen, tab: str, **query: str) -> dict[str, Any]:
    return {"twin": one.path(tab=tab, form=".json", **query), "table_twin": one.path(tab=tab, form=".csv", **query)}


def positions(desk: Desk, one: Seen, request: Request, form: str, common: Common) -> Response:
    """What each side says, on everything or on one matter."""
    matter = " ".join(request.query_params.get("on", "")[:200].split())
    known: list[Matter] = kept(desk, one, "matters")
    both = columns(one.look, matter, sides=(one.look.a,) if one.way else (), known=known)
    if form == ".csv":
        rows = [{"side": column.side, **_statement_row(told)} for column in both for told in column.said]
        return as_csv(rows, f"{one.look.a}-{one.look.b}-positions")
    beside = topics(one.look, known)
    if form == ".json":
        return as_json(
            {
                "matter": matter,
                "matters": [views.built(each) for each in known],
                "topics": [vars(each) for each in beside],
                "sides": [
                    {
                        "side": column.side,
                        "not_answered_since": column.silent_since or None,
                        "statements": [told_json(told) for told in column.said],
                    }
                    for column in both
                ],
            }
        )
    return desk.page(
        "positions.html",
        **common(one, "positions"),
        columns=both,
        matter=matter,
        known=named(known, matter),
        matters=known,
        topics=beside,
        most=MOST_SAID,
        **_twins(one, "positions", on=matter),
    )


def _statement_row(told: Any) -> dict[str, Any]:  # noqa: ANN401
    claim = told.claim
    return {
        "id": told.item.id,
        "day": claim.date.start if claim.date else "",
        "speaker": words.who(claim.speaker),
        "addressee": words.who(claim.addressee),
        "stance": claim.stance,
        "quote": claim.quote,
        "content": claim.content,
        "sentence": words.evidence_of(claim),
    }


def channels(desk: Desk, one: Seen, request: Request, form: str, common: Common) -> Response:  # noqa: ARG001
    """The standing channels as a tree by level."""
    found = kept(desk, one, "channels")
    built = architecture(one.look, found)
    if form == ".json":
        return as_json(_architecture_json(built))
    if form == ".csv":
        return as_csv(
            [views.built(each) | {"parties": ";".join(each.parties), "sessions": len(each.sessions)} for each in found],
            f"{one.look.a}-{one.look.b}-channels",
        )
    return desk.page("architecture.html", **common(one, "architecture"), built=built, **_twins(one, "architecture"))


def _architecture_json(built: Architecture) -> dict[str, Any]:
    def channel(one: Channel) -> dict[str, Any]:
        return {
            **told_json(one.told),
            "kept": views.built(one.kept),
            "under": [channel(below) for below in one.under],
            "agreements": [told_json(told) for told in one.agreements],
        }

    return {
        "levels": [{"level": one.name, "channels": [channel(each) for each in one.channels]} for one in built.levels]
    }


def agreements(desk: Desk, one: Seen, request: Request, form: str, common: Common) -> Response:  # noqa: ARG001
    """What was agreed with its stages, and what each undertook with what became of it."""
    instruments, due = kept(desk, one, "instruments"), kept(desk, one, "due")
    if form == ".json":
        return as_json(
            {
                "agreements": [told_json(told) for told in one.look.agreements[::-1]],
                "commitments": [told_json(told) for told in one.look.commitments[::-1]],
                "instruments": [views.built(each) for each in instruments],
                "due": [views.built(each) for each in due],
            }
        )
    told = by_item([*one.look.agreements, *one.look.commitments])
    if form == ".csv":
        states = {each.item: each.state for each in due} | {each.item: each.status for each in instruments}
        return as_csv(
            [views.item_row(each.item) | {"state": states.get(each.item.id, "")} for each in told.values()],
            f"{one.look.a}-{one.look.b}-agreements",
        )
    promises = [(each, told[each.item]) for each in due if each.item in told]
    # What has a day or became something first; the mass of which nothing more is known last, newest first.
    known = [pair for pair in promises if pair[0].due or pair[0].state != "open"]
    rest = sorted(
        (pair for pair in promises if not (pair[0].due or pair[0].state != "open")),
        key=lambda pair: pair[0].given,
        reverse=True,
    )
    return desk.page(
        "agreements.html",
        **common(one, "agreements"),
        groups=grouped(instruments, told),
        promises=[*known[::-1], *rest],
        most=MOST,
        **_twins(one, "agreements"),
    )


def disputes(desk: Desk, one: Seen, request: Request, form: str, common: Common) -> Response:
    """The matters between the two, those open between them alone first, and those that the record suggests."""
    known: list[Matter] = kept(desk, one, "matters")
    if form == ".json":
        return as_json(
            {
                "disputes": [told_json(told) for told in one.look.named[::-1]],
                "matters": [views.built(each) for each in known],
            }
        )
    if form == ".csv":
        return as_csv(
            [
                {
                    name: value
                    for name, value in views.built(each).items()
                    if name not in ("positions", "parties", "settled_by")
                }
                | {"parties": ";".join(each.parties)}
                for each in known
            ],
            f"{one.look.a}-{one.look.b}-disputes",
        )
    told = by_item(one.look.disputes)
    between = {one.look.a, one.look.b}
    listed = [each for each in known if each.status != "suggested"]
    listed.sort(key=lambda each: (each.status != "open", set(each.parties) != between))
    return desk.page(
        "disputes.html",
        **common(one, "disputes"),
        by=request.cookies.get("dragoman_reader", "")[:60] or READER,
        why=request.query_params.get("why", "")[:300],
        matters=listed,
        suggested=[each for each in known if each.status == "suggested"],
        told=told,
        most=MOST,
        **_twins(one, "disputes"),
    )


def figures(desk: Desk, one: Seen, request: Request, form: str, common: Common) -> Response:  # noqa: ARG001
    """Series of figures, with where accounts differ, and lengths of time."""
    series = kept(desk, one, "figures")
    if form == ".json":
        return as_json(
            {
                "figures": [told_json(told) for told in one.look.figures[::-1]],
                "intervals": [told_json(told) for told in one.look.intervals[::-1]],
                "series": [views.built(each) for each in series],
            }
        )
    if form == ".csv":
        rows = [
            {
                "measure": each.measure,
                "unit": each.unit,
                "change": each.change,
                "parties": ";".join(each.parties),
                "period": point.period,
                "number": number,
                "accounts_differ": point.disagree,
            }
            for each in series
            for point in each.points
            for number in point.numbers
        ]
        return as_csv(rows, f"{one.look.a}-{one.look.b}-figures")
    return desk.page(
        "figures.html",
        **common(one, "figures"),
        series=series,
        told=by_item(one.look.figures),
        intervals=one.look.intervals[::-1],
        most=MOST,
        **_twins(one, "figures"),
    )
