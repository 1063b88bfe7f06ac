"""A record on a desk elsewhere, with the methods of a local one: `dragoman.connect("http://localhost:8000")`.

Each method is one request (lists: one a page) to the API that the desk describes at /api/v1/openapi.json, and gives
the same shapes as the local method of that name. Exports and copies come as they are read, never whole in memory.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.model import AnyClaim, Coded, Document, Item, Judgement, Skipped, Verdict
from dragoman.record import AddResult, Asked, DocumentLine, Explanation, Filters, Hit, Recoded, Relation, Removal

#: Lists are asked for so many at a time.
PAGE = 1000
SECONDS = 300.0
#: Bytes that are read at once.
PIECE = 65_536

Kind = TypeVar("Kind")


def connect(url: str, *, token: str = "") -> RemoteRecord:
    """The record of the desk at that address; `token` where the desk wants one.

    Raises UsageError for what is no address, RecordError when nothing answers there.
    """
    return RemoteRecord(url, token=token)


class RemoteRecord:
    """A record on a desk. It keeps nothing open; `close` and `with` are there so that code serves both."""

    def __init__(self, url: str, *, token: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise UsageError(f"{url}: no address of a desk; give one such as http://localhost:8000")
        self.path = url.rstrip("/")
        self._token = token
        self._get("relations", limit=1)

    def close(self) -> None:
        """Does nothing: there is nothing open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def open(cls, url: str, *, token: str = "") -> Self:
        """The same as the class itself, for those who read verbs."""
        return cls(url, token=token)

    # Asking

    def _ask(self, method: str, path: str, body: object = None, **query: object) -> bytes:
        return b"".join(self._pieces(method, path, body, **query))

    def _pieces(self, method: str, path: str, body: object = None, **query: object) -> Iterator[bytes]:
        given = [
            (name.rstrip("_"), str(one).lower() if isinstance(one, bool) else one)
            for name, value in query.items()
            for one in (value if isinstance(value, tuple | list) else (value,))
            if one not in ("", None)
        ]
        address = f"{self.path}/api/v1/{path}{f'?{urlencode(given)}' if given else ''}"
        headers = {"Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None
        if body is not None:
            data, headers["Content-Type"] = msgspec.json.encode(body), "application/json"
        request = Request(address, data=data, headers=headers, method=method)  # noqa: S310  # checked when connecting
        try:
            with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  # as above
                while piece := answer.read(PIECE):
                    yield piece
        except HTTPError as error:
            said = _told(error.read())
            if error.code == 404:
                raise _NotThereError(said) from error
            raise (UsageError if error.code in (400, 422) else RecordError)(f"{self.path}: {said}") from error
        except (URLError, OSError, http.client.HTTPException) as error:
            if isinstance(error, http.client.IncompleteRead):
                raise RecordError(f"{self.path}: the answer broke off; ask again") from error
            reason = getattr(error, "reason", error)
            raise RecordError(
                f"{self.path}: no desk answers there ({reason}); start one with `dragoman serve`"
            ) from error

    def _get(self, path: str, **query: object) -> Any:  # noqa: ANN401  # JSON
        return json.loads(self._ask("GET", path, **query))

    def _post(self, path: str, body: object) -> Any:  # noqa: ANN401  # JSON
        """What is sent to be kept; raises RecordError where it is about something that is not there."""
        try:
            return json.loads(self._ask("POST", path, body))
        except _NotThereError as error:
            raise RecordError(f"{self.path}: {error}") from error

    def _all(self, path: str, shape_of: type[Kind] | Any, /, *, most: int = -1, **query: object) -> list[Kind]:  # noqa: ANN401  # a union is no type
        found: list[Kind] = []
        cursor = ""
        while True:
            left = PAGE if most < 0 else min(PAGE, most - len(found))
            if left <= 0:
                return found
            answer = self._get(path, limit=left, cursor=cursor, **query)
            found += msgspec.convert(answer["items"], list[shape_of])  # type: ignore[valid-type]
            cursor = answer["next"] or ""
            if not cursor:
                return found

    def _one(self, path: str, kind: type[Kind] | Any) -> Kind | None:  # noqa: ANN401
        try:
            answer = self._get(path)
        except _NotThereError:
            return None
        made: Kind = msgspec.convert(answer, kind)
        return made

    # Documents

    def documents(self, *, since: str = "", until: str = "", source: str = "", limit: int = -1) -> list[DocumentLine]:
        """The documents by published day, then id."""
        # The desk gives the newest first; a limit is of the oldest, as a local record has it.
        found: list[DocumentLine] = self._all("documents", DocumentLine, since=since, until=until, source=source)
        found.reverse()
        return found if limit < 0 else found[:limit]

    def document(self, document_id: str) -> Coded | None:
        """One document with its claims; none when the record does not hold it."""
        return self._one(f"documents/{_name(document_id)}", Coded)

    def holds(self, document_id: str) -> bool:
        """Whether a document is in the record."""
        return self.document(document_id) is not None

    def find_document(self, prefix: str) -> Document:
        """The document whose id begins so; raises RecordError when there is none, or more than one."""
        found = [one.id for one in self.documents() if one.id.startswith(prefix)]
        chosen = prefix if prefix in found else found[0] if len(found) == 1 and prefix else ""
        coded = self.document(chosen) if chosen else None
        if coded is None:
            what = "several documents begin" if len(found) > 1 else "no document begins"
            raise RecordError(f"{self.path}: {what} with {prefix!r}; `documents` shows ids")
        return coded.document

    def add_text(self, text: str, *, date: str = "", source: str = "", side: str = "") -> list[AddResult]:
        """Sends a text, which the desk codes and keeps; what became of each document in it."""
        body = {"text": text, "date": date, "source": source, "side": side}
        answer = json.loads(self._ask("POST", "documents", body))
        return [
            AddResult(document=one["document"], added=one["became"] == "added", claims=one["claims"], items=0)
            for one in answer["outcomes"]
            if one["document"]
        ]

    def add(self, coded: Coded) -> AddResult:
        """Sends a document that was coded here; there already, nothing changes."""
        return msgspec.convert(self._post("coded", {"coded": coded}), AddResult)

    def add_all(self, some: Sequence[Coded]) -> list[AddResult]:
        """The same for several documents, one after the other: what was sent before an error is kept."""
        return [self.add(one) for one in some]

    def recode(self, coded: Coded, *, keep: bool = True) -> Recoded:
        """Sends what a coder now says of a document that is there; with `keep` off, only tells what would change."""
        return msgspec.convert(self._post("coded", {"coded": coded, "again": True, "keep": keep}), Recoded)

    def skip(self, skipped: Skipped) -> None:
        """Keeps a line for something that was passed over."""
        self._post("skipped", {"id": skipped.id, "where": skipped.where, "why": skipped.why})

    def remove(self, document_id: str, *, why: str = "") -> int:
        """Takes a document out; gives the number of its claims. Raises RecordError when it is not there."""
        try:
            return int(json.loads(self._ask("DELETE", f"documents/{_name(document_id)}", why=why))["claims"])
        except _NotThereError as error:
            raise RecordError(f"{self.path}: holds no document {document_id}") from error

    # Claims and items

    def claims(
        self, *, document: str = "", kind: str = "", party: str = "", status: str = "", since: str = "", until: str = ""
    ) -> list[AnyClaim]:
        """Claims as they were coded, by document and place in it."""
        found: list[AnyClaim] = self._all(
            "claims",
            AnyClaim,
            document=document,
            kind=kind,
            party=party,
            status=status,
            since=since,
            until=until,
            shape="record",
        )
        return sorted(found, key=lambda one: (one.evidence.document, one.evidence.start, one.evidence.end, one.id))

    def claim(self, claim_id: str) -> AnyClaim | None:
        """One claim by its id; none when the record does not hold it."""
        return self._one(f"claims/{_name(claim_id)}", AnyClaim)

    def items(
        self, kind: str = "", a: str = "", b: str = "", *, since: str = "", until: str = "", limit: int = -1
    ) -> list[Item]:
        """Items of a kind (or all) by day, then id: of everybody, of one side, or between two."""
        return self._all(
            "items", Item, most=limit, kind=kind, a=a, b=b, since=since, until=until, related=True, shape="record"
        )

    def item(self, item_id: str) -> Item | None:
        """One item by its id; none when the record does not hold it."""
        return self._one(f"item/{_name(item_id)}", Item)

    def events(
        self,
        a: str,
        b: str = "",
        *,
        directed: bool = False,
        since: str = "",
        until: str = "",
        status: str = "",
        event_type: str = "",
        last: int = 0,
    ) -> list[Item]:
        """Events of a side, or between two, by day, then id; `last` keeps only that many of the latest."""
        found: list[Item] = self._all(
            "items",
            Item,
            kind="event",
            a=a,
            b=b,
            directed=directed,
            since=since,
            until=until,
            status=status,
            type_=event_type,
            shape="record",
        )
        return found[-last:] if last else found

    def relations(self, *, of: str = "") -> list[Relation]:
        """The pairs of sides that the record knows, most events first."""
        return self._all("relations", Relation, of=of)

    # Finding, explaining, judging

    def search(
        self,
        query: str,
        *,
        parties: tuple[str, ...] = (),
        kind: str = "",
        since: str = "",
        until: str = "",
        limit: int = 20,
        filters: Filters | None = None,
    ) -> list[Hit]:
        """Documents and claims that hold all words of the query, best first; `filters` instead of the four beside."""
        if not query.strip():
            return []
        narrowed = filters or Filters(parties=parties, kind=kind, since=since, until=until)
        return self._all(
            "search",
            Hit,
            most=limit,
            q=query,
            party=narrowed.parties,
            kind=narrowed.kind,
            type_=narrowed.event_type,
            status=narrowed.status,
            since=narrowed.since,
            until=narrowed.until,
            source=narrowed.source,
            side=narrowed.side,
        )

    def whole_id(self, prefix: str) -> str:
        """The id of the one claim or item that begins so; else what was given. Raises RecordError for several."""
        try:
            return str(self._get(f"ids/{_name(prefix)}")["id"]) if prefix else prefix
        except UsageError as error:
            raise RecordError(str(error)) from error

    def explain(self, some_id: str) -> Explanation | None:
        """All that stands behind a claim or an item; none when the record holds nothing of that id."""
        return self._one(f"items/{_name(some_id)}", Explanation)

    def judge(
        self,
        claim_id: str,
        verdict: Verdict,
        *,
        by: str,
        why: str = "",
        other: str = "",
        fields: dict[str, object] | None = None,
    ) -> Judgement:
        """Keeps what a person said of a claim; raises RecordError when the record holds no such claim."""
        body = {"claim": claim_id, "verdict": verdict, "by": by, "why": why, "other": other, "fields": fields or {}}
        return msgspec.convert(self._post("judgements", body), Judgement)

    def judge_together(
        self, said: list[tuple[str, Verdict, dict[str, object]]], *, by: str, why: str = ""
    ) -> list[Judgement]:
        """Keeps a word on each of several claims, one after the other."""
        return [self.judge(claim, verdict, by=by, why=why, fields=fields) for claim, verdict, fields in said]

    def join(self, one: Item, two: Item, *, by: str, why: str = "") -> list[Judgement]:
        """Says that two items are one happening."""
        answer = self._post("judgements/join", {"one": one.id, "other": two.id, "by": by, "why": why})
        return msgspec.convert(answer["items"], list[Judgement])

    def split(self, item: Item, claims: tuple[str, ...], *, by: str, why: str = "") -> list[Judgement]:
        """Says that some claims of an item tell of another happening than the rest of it."""
        answer = self._post("judgements/split", {"item": item.id, "claims": list(claims), "by": by, "why": why})
        return msgspec.convert(answer["items"], list[Judgement])

    def add_claim(self, claim: AnyClaim, *, by: str, why: str = "") -> Judgement:
        """Keeps a claim that a person read; its evidence must be in its document as it says."""
        body = {"claim": msgspec.to_builtins(claim), "by": by, "why": why}
        return msgspec.convert(self._post("claims", body), Judgement)

    def asked(self) -> list[Asked]:
        """The claims that wait for an answer, each with the judged claim that it would replace."""
        return self._all("asked", Asked)

    def answer(self, claim_id: str, *, take: bool, by: str, why: str = "") -> None:
        """Says of a claim that waits whether it takes the place of the judged one."""
        self._post(f"asked/{_name(claim_id)}", {"take": take, "by": by, "why": why})

    def beside(self, item: Item, *, slack: int = 1) -> list[Item]:
        """The events that share a side and, give or take some days, the days of an event."""
        try:
            return self._all(f"items/{_name(item.id)}/beside", Item, slack=slack)
        except _NotThereError as error:
            raise RecordError(f"{self.path}: {error}") from error

    def judgements(self, *, claims: tuple[str, ...] = ()) -> list[Judgement]:
        """The log of judgements, or those of some claims."""
        return self._all("judgements", Judgement, claim=claims)

    def skipped(self) -> list[tuple[str, str, str]]:
        """What was passed over: id, where, and why."""
        found: list[dict[str, str]] = self._all("skipped", dict[str, str])
        return [(one["id"], one["where"], one["why"]) for one in found]

    def removals(self) -> list[Removal]:
        """The lines of documents that were taken out."""
        return self._all("removals", Removal)

    def export(
        self,
        kind: str,
        *,
        format: str = "",  # noqa: A002
        text: bool = True,
        since: str = "",
        until: str = "",
        states: tuple[str, ...] = (),
    ) -> Iterator[bytes]:
        """What the record holds of a kind, as `dragoman export` gives it, in pieces as they come."""
        return self._pieces(
            "GET", f"export/{_name(kind)}", format=format, text=text, since=since, until=until, state=states
        )

    # Keeping

    def check(self, *, derive: bool = True) -> Iterator[str]:
        """What is damaged or does not fit together, one sentence each; nothing when the record is sound."""
        yield from self._get("check", derive=derive)["items"]

    def rebuild(self) -> int:
        """Derives all items and groups of copies anew; gives the number of items."""
        return int(self._post("rebuild", {})["items"])

    def backup(self, target: str | Path) -> int:
        """Copies the record as it is at this moment to a new file here; gives its bytes.

        Raises RecordError when there is something at the target.
        """
        path = Path(target)
        if path.exists():
            raise RecordError(f"{path}: is there already; name a new file")
        if not path.parent.is_dir():
            raise RecordError(f"{path}: there is no folder {path.parent}; make it first")
        # Under another name until it is whole: a copy that was broken off is not taken for one.
        partial = path.with_name(f"{path.name}.partial")
        with partial.open("wb") as file:
            for piece in self._pieces("GET", "backup"):
                file.write(piece)
        partial.replace(path)
        return path.stat().st_size

    def brief(self, a: str, b: str, *, since: str = "", until: str = "", format: str = "md") -> bytes:  # noqa: A002
        """The brief of a relation as a file."""
        return self._ask("GET", f"brief/{_name(a)}/{_name(b)}", format=format, since=since, until=until)


class _NotThereError(RecordError):
    """The desk says that the record holds nothing of that name."""


def _name(text: str) -> str:
    return quote(text, safe="")


def _told(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"]["what"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode("utf-8", "replace")
