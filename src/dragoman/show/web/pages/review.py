"""The review: one claim at a time, the least certain and most consequential first, by keyboard or by form."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.errors import UsageError
from dragoman.model import AnyClaim, Event, Evidence
from dragoman.record import Asked, ItemsAsked, differences
from dragoman.show import judging, words
from dragoman.show.look import day_of
from dragoman.show.web import views
from dragoman.show.web.answers import MissingError, as_csv, as_json
from dragoman.show.web.correcting import corrected, editable, entities, span
from dragoman.show.web.desk import READER, Desk
from dragoman.show.web.pages.disputes import keep_name

#: How many items of the same sides around the same day are offered as the same happening.
MOST_ALIKE = 6
#: Sentences of one item that are offered to be told apart.
MOST_TOGETHER = 20
#: Days before and after within which they are looked for.
DAYS = 10
#: A reader goes so far ahead or back in the queue at most.
MOST_STEPS = 100_000


def routes(desk: Desk) -> APIRouter:
    """The page of the review, what it sends, and its twins."""
    router = APIRouter()

    @router.get("/review")
    def review(request: Request, at: int = 0, kind: str = "", between: str = "", claim: str = "") -> Response:
        """The claim at that place of the queue, or one by its id."""
        return _page(desk, at=at, kind=kind, between=between, claim=claim, by=_reader(request))

    @router.get("/review.json")
    def review_json(at: int = 0, kind: str = "", between: str = "") -> Response:
        """The JSON twin: the next ten of the queue, with the measured precision."""
        queue = _queue(desk, kind, between)
        start = _place(at, len(queue))
        return as_json(
            {
                "asked": [views.built(one) for one in _asked(desk, kind)],
                "waiting": len(queue),
                "at": start,
                "next": [views.built(one) | {"priority": judging.priority(one)} for one in queue[start : start + 10]],
                "precision": [vars(one) for one in judging.precision(desk.store)],
            }
        )

    @router.get("/review.csv")
    def review_csv() -> Response:
        """All judgements as a table."""
        return as_csv(
            [views.built(one) | {"fields": str(one.fields or "")} for one in desk.store.judgements()], "judgements"
        )

    @router.post("/review")
    async def judged(request: Request) -> Response:
        """Keeps a judgement from the form and goes on to the next claim."""
        form = {name: value for name, value in (await request.form()).multi_items() if isinstance(value, str)}
        many = [str(value) for name, value in (await request.form()).multi_items() if name == "split"]
        desk.check_form(form.get("form", ""))
        from starlette.concurrency import run_in_threadpool  # noqa: PLC0415

        return await run_in_threadpool(_judged, desk, form, many)

    @router.post("/document/{name}/claims")
    def added(
        name: str,
        form: str = Form(""),
        words_: str = Form("", alias="words"),
        event_type: str = Form(""),
        actors: str = Form(""),
        recipients: str = Form(""),
        date: str = Form(""),
        by: str = Form(""),
        back: str = Form(""),
    ) -> Response:
        """Adds a claim that a person read in a document."""
        desk.check_form(form)
        coded = desk.store.document(name)
        if coded is None:
            raise MissingError(f"document {name}")
        start = coded.document.text.find(words_.strip())
        if start < 0 or not words_.strip():
            raise UsageError("these words do not stand in the document; copy them from it exactly")
        fields = judging.sound(
            _EMPTY,
            {
                "event_type": event_type,
                "mode": "",
                "actors": entities(actors, date),
                "recipients": entities(recipients, date),
            },
        )
        plain = views.built(_EMPTY) | fields | ({"date": span(date)} if date else {})
        evidence = Evidence(document=name, start=start, end=start + len(words_.strip()), text=words_.strip())
        claim = views.claim_of(plain | {"evidence": views.built(evidence)}, Event)
        kept = judging.add(desk.store, claim, by=by.strip()[:60] or READER)
        if _is_review(back):
            return RedirectResponse(back, status_code=303)
        # The page numbers the claims of a document in the order of the text.
        place = [one.id for one in desk.store.claims(document=name)].index(kept.claim) + 1
        return RedirectResponse(f"/document/{name}#claim-{place}", status_code=303)

    return router


_EMPTY = Event(evidence=Evidence(document="", start=0, end=0, text=""), event_type="CONSULT")


def _is_review(back: str) -> bool:
    """Whether an address is one of the review of this desk."""
    return back.startswith("/review?") and "\\" not in back and "//" not in back and not re.search(r"[\x00-\x1f]", back)


def _asked(desk: Desk, kind: str) -> list[Asked]:
    """What waits since the documents were coded again: a newer coder says something else than what was judged."""
    found = desk.memory.get(("asked",), desk.version(), desk.store.asked)
    answered = set(judging.standing(desk.store.judgements()))
    return [one for one in found if one.new.id not in answered and kind in ("", views.kind_of(one.new))]


def _reader(request: Request) -> str:
    return request.cookies.get("dragoman_reader", "")[:60] or READER


def _queue(desk: Desk, kind: str, between: str) -> list[Any]:
    a, _, b = between.partition("-")
    return desk.queue(kind=kind, a=a, b=b)


def _place(at: int, length: int) -> int:
    return min(max(at, 0), max(length - 1, 0), MOST_STEPS)


def _page(
    desk: Desk,
    *,
    at: int,
    kind: str,
    between: str,
    claim: str,
    by: str,
    why: str = "",
    status: int = 200,
) -> Response:
    if kind and kind not in words.phrases()["kinds"]:
        raise UsageError(f"{kind!r} is no kind of claim: choose one of {', '.join(words.phrases()['kinds'])}")
    queue = _queue(desk, kind, between)
    asked = _asked(desk, kind)
    place = _place(at, len(asked) + len(queue))
    if not claim and place < len(asked):
        return _waits(desk, asked, place, queue=len(queue), kind=kind, between=between, by=by, why=why, status=status)
    name = claim or (queue[place - len(asked)].id if queue else "")
    found = desk.store.claim(name) if name else None
    if claim and found is None:
        raise MissingError(f"claim {claim}")
    item = desk.store.item(desk.glance.items_of([name]).get(name, "")) if found else None
    document = desk.store.document(found.evidence.document) if found else None
    around = _around(document.document.text, found) if document and found else ("", "")
    return desk.page(
        "review.html",
        **_common(desk, kind, between, by, why),
        waiting=len(asked) + len(queue),
        asked_first=0,
        at=place,
        asked=claim,
        claim=found,
        name=views.kind_of(found) if found else "",
        claim_parts=views.parts_of(found) if found else [],
        item=item,
        document=document.document if document else None,
        around=around,
        alike=_alike(desk, item) if item else [],
        history=desk.store.judgements(claims=(name,)) if found else [],
        others=_others(desk, item, name) if item else [],
        fields=editable(found) if found else [],
        status=status,
    )


def _common(desk: Desk, kind: str, between: str, by: str, why: str) -> dict[str, Any]:
    """What the page shows whichever claim is at hand."""
    query = {name: value for name, value in (("kind", kind), ("between", between)) if value}
    return {
        "kind": kind,
        "between": between,
        "precision": judging.precision(desk.store),
        "judged": len(judging.standing(desk.store.judgements())),
        "types": views.event_types(),
        "statuses": words.phrases()["statuses"],
        "stances": words.phrases()["stances"],
        "kinds": words.phrases()["kinds"],
        "query": f"&{urlencode(query)}" if query else "",
        "by": by,
        "why": why,
        "pair": None,
        "twin": views.address("/review.json", **query),
        "table_twin": "/review.csv",
    }


def _waits(
    desk: Desk,
    asked: list[Asked],
    place: int,
    *,
    queue: int,
    kind: str,
    between: str,
    by: str,
    why: str,
    status: int,
) -> Response:
    """A claim that a newer coder reads otherwise than it was judged, beside what was judged."""
    pair = asked[place]
    document = desk.store.document(pair.new.evidence.document)
    around = _around(document.document.text, pair.new) if document else ("", "")
    common = _common(desk, kind, between, by, why) | {"pair": pair}
    return desk.page(
        "review.html",
        **common,
        claim=pair.new,
        name=views.kind_of(pair.new),
        waiting=len(asked) + queue,
        asked_first=len(asked),
        at=place,
        asked="",
        rows=_beside(pair),
        item=None,
        alike=[],
        others=[],
        document=document.document if document else None,
        around=around,
        history=desk.store.judgements(claims=(pair.old.id, pair.new.id)),
        status=status,
    )


def _beside(pair: Asked) -> list[tuple[str, str, str]]:
    """What the two say, part by part, where they differ: what it is, as it was judged, as it is read now."""
    old, new = dict(views.parts_of(pair.old)), dict(views.parts_of(pair.new))
    rows = [(name, old.get(name, ""), new.get(name, "")) for name in dict.fromkeys((*old, *new))]
    changed = [row for row in rows if row[1] != row[2]]
    if changed:
        return changed
    return [
        (name.replace("_", " "), str(was), str(now)) for name, (was, now) in differences(pair.old, pair.new).items()
    ]


def _others(desk: Desk, item: Any, claim: str) -> list[AnyClaim]:  # noqa: ANN401  # an item
    """The other sentences that stand together with a claim."""
    names = [link.claim for link in item.links if link.claim != claim]
    return [one for name in names[:MOST_TOGETHER] if (one := desk.store.claim(name))]


def _around(text: str, claim: AnyClaim) -> tuple[str, str]:
    """What stands before and after the sentence in its document, some words of each."""
    start, end = claim.evidence.start, claim.evidence.end
    before = text[max(0, start - 300) : start].rsplit("\n", maxsplit=1)[-1]
    after = text[end : end + 300].split("\n", maxsplit=1)[0]
    if len(before) == 300:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == 300:
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


def _alike(desk: Desk, item: Any) -> list[Any]:  # noqa: ANN401  # an item
    """Items of the same kind and sides around the same day: what may be the same happening."""
    import datetime  # noqa: PLC0415

    day = words.as_date(day_of(getattr(item.claim, "date", None)) or item.first_known)
    values = views.item_sides(item)
    if day is None or len(values) < 2:
        return []
    asked = ItemsAsked(
        kind=item.kind,
        a=values[0],
        b=values[1],
        since=(day - datetime.timedelta(days=DAYS)).isoformat(),
        until=(day + datetime.timedelta(days=DAYS)).isoformat(),
        limit=50,
    )
    others = [one for one in desk.glance.items(asked) if one.id != item.id]
    mine = getattr(item.claim, "event_type", "")
    others.sort(key=lambda one: (getattr(one.claim, "event_type", "") != mine, one.id))
    return others[:MOST_ALIKE]


def _judged(desk: Desk, form: dict[str, str], split: list[str]) -> Response:
    verdict, claim = form.get("verdict", ""), form.get("claim", "")
    at = int(form["at"]) if form.get("at", "").isdecimal() and len(form["at"]) < 9 else 0
    by = form.get("by", "").strip()[:60] or READER
    query = {name: form[name] for name in ("kind", "between") if form.get(name)}
    try:
        said = _say(desk, form, split, verdict, claim, by)
    except UsageError as error:
        return _page(
            desk,
            at=at,
            kind=form.get("kind", ""),
            between=form.get("between", ""),
            claim=claim,
            by=by,
            why=str(error),
            status=422,
        )
    back = form.get("back", "")
    if verdict == "undo" and said:
        there = f"/review?{urlencode({'claim': said, **({'at': at} if at else {}), **query})}"
    elif back.startswith("/document/") and "\\" not in back and "//" not in back:
        there = back
    else:
        # What is judged leaves the queue, so the same place holds the next one.
        there = f"/review?{urlencode({'at': at, **query})}"
    answer = RedirectResponse(there, status_code=303)
    keep_name(answer, by)
    return answer


def _say(desk: Desk, form: dict[str, str], split: list[str], verdict: str, claim: str, by: str) -> str:
    """Keeps what a form says; gives the claim that it was about."""
    store, why = desk.store, form.get("why", "")[:500]
    if verdict == "undo":
        taken = judging.undo(store, by=by)
        if taken is None:
            raise UsageError(f"there is no judgement of {by} that could be taken back")
        return taken.claim
    found = store.claim(claim)
    if found is None:
        raise MissingError(f"claim {claim}")
    if verdict in ("newer", "older"):
        said = f"{judging.ANSWERED}: the {verdict} reading was taken{f' ({why})' if why else ''}"
        store.answer(claim, take=verdict == "newer", by=by, why=said)
    elif verdict in ("right", "wrong"):
        judging.judge(store, claim, verdict, by=by, why=why)  # type: ignore[arg-type]  # one of the two
    elif verdict == "corrected":
        fields = corrected(found, form)
        if not fields:
            raise UsageError("nothing was changed; accept it as it is, or change a field")
        judging.judge(store, claim, "corrected", by=by, why=why, fields=fields)
    elif verdict in ("same", "split"):
        item = store.item(desk.glance.items_of([claim]).get(claim, ""))
        if item is None:
            raise UsageError("this claim counts for nothing now; accept it first")
        if verdict == "split":
            together = {link.claim for link in item.links}
            apart = [one for one in split if one in together]
            judging.split(store, item, apart or [claim], by=by, why=why)
        else:
            other = store.item(form.get("other", ""))
            if other is None:
                raise UsageError(
                    f"{form.get('other', '')!r} is no item of this record; choose one that the page offers"
                )
            judging.merge(store, item, other, by=by, why=why)
            judging.judge(store, claim, "right", by=by, why=why)
    else:
        raise UsageError(f"{verdict!r}: say right, wrong, corrected, same, split, newer, older or undo")
    return claim


__all__ = ["corrected", "routes"]
