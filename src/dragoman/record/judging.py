"""Keeps what people say of claims and items: an append-only log, from which everything is derived anew."""

from __future__ import annotations

from itertools import product

from msgspec.structs import replace

from dragoman.errors import RecordError, UsageError
from dragoman.model import AnyClaim, Item, Judgement, Known, Verdict, content_id
from dragoman.record import rows
from dragoman.record.engine import Connection
from dragoman.record.writing import Writer, now

#: Verdicts on two claims.
OF_TWO = ("same", "not same")


class Judging(Writer):
    """A record that people judge."""

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
        """Keeps what a person said of a claim (with `same` and `not same`: of it and an`other`) and derives anew.

        Raises UsageError when the words do not fit together, RecordError when the record holds no such claim.
        """
        if verdict == "added":
            raise UsageError("added: a claim is added with its words (`add_claim`)")
        if (verdict in OF_TWO) != bool(other) or (verdict == "corrected") != bool(fields):
            raise UsageError(
                f"{verdict}: `same` and `not same` need another claim, `corrected` needs fields, others neither"
            )
        if claim_id == other:
            raise UsageError(f"{claim_id}: is named twice; `{verdict}` is said of two claims")
        said = Judgement(
            id="", claim=claim_id, verdict=verdict, by=by, at=now(), why=why, other=other, fields=fields or {}
        )
        return self._judge_all([said])[0]

    def judge_together(
        self, said: list[tuple[str, Verdict, dict[str, object]]], *, by: str, why: str = ""
    ) -> list[Judgement]:
        """Keeps a word on each of several claims, with the fields of a correction, as one step: all or none."""
        at = now()
        return self._judge_all(
            [
                Judgement(id="", claim=claim, verdict=verdict, by=by, at=at, why=why, fields=fields)
                for claim, verdict, fields in said
            ]
        )

    def join(self, one: Item, two: Item, *, by: str, why: str = "") -> list[Judgement]:
        """Says that two items are one happening: the claims of the one the same as those of the other."""
        if one.kind != two.kind:
            raise UsageError(
                f"{one.id} is of kind {one.kind}, {two.id} of kind {two.kind}; only the like can be joined"
            )
        if one.id == two.id:
            raise UsageError(f"{one.id}: is one item already")
        return self._judge_all(
            [
                Judgement(id="", claim=a.claim, other=b.claim, verdict="same", by=by, at=now(), why=why)
                for a, b in product(one.links, two.links)
            ]
        )

    def split(self, item: Item, claims: tuple[str, ...], *, by: str, why: str = "") -> list[Judgement]:
        """Says that some claims of an item tell of another happening than the rest of it."""
        mine = [link.claim for link in item.links]
        if strange := [one for one in claims if one not in mine]:
            raise UsageError(f"{', '.join(strange)}: not of item {item.id}; it has {', '.join(mine)}")
        rest = [one for one in mine if one not in claims]
        if len(mine) == 1:
            raise UsageError(f"{item.id}: rests on one claim; there is nothing to split")
        if not claims or not rest:
            raise UsageError(f"{item.id}: name some of its {len(mine)} claims, and leave some")
        return self._judge_all(
            [
                Judgement(id="", claim=a, other=b, verdict="not same", by=by, at=now(), why=why)
                for a, b in product(claims, rest)
            ]
        )

    def add_claim(self, claim: AnyClaim, *, by: str, why: str = "") -> Judgement:
        """Keeps a claim that a person read; its evidence must be in its document as it says. Adding it twice is once.

        Raises RecordError when the record has no such document, UsageError when the words are not there.
        """
        coded = self.document(claim.evidence.document)
        if coded is None:
            raise RecordError(f"{self.path}: holds no document {claim.evidence.document}; add it first")
        document = coded.document
        evidence = claim.evidence
        if document.text[evidence.start : evidence.end] != evidence.text or not evidence.text.strip():
            raise UsageError(f"{document.id}: does not say “{evidence.text}” at {evidence.start}; give its exact words")
        made = replace(claim, coder=f"by hand: {by}", id="")
        made = replace(made, id=content_id("by hand", document.id, rows.encode(replace(made, coder="")).decode()))
        said = Judgement(
            id="", claim=made.id, verdict="added", by=by, at=now(), why=why, fields={"claim": rows.plain(made)}
        )
        known = Known(
            claim=made,
            source=document.source.name,
            side=document.source.side,
            published=document.published.start if document.published else "",
        )
        connection = self._writing()
        self._has_name(by)
        with self._changing(connection):
            there = connection.execute("SELECT 1 AS there FROM claims WHERE id = ?", (made.id,)).fetchone()
            if there is None:
                self._add_claims(connection, [known])
                self._tally(connection, document.id)
            kept = self._log(connection, said)
            self._derive(connection, self._named(connection)([made.id]))
        return kept

    @staticmethod
    def _has_name(by: str) -> None:
        if not by.strip():
            raise UsageError("a judgement needs the name of who judges (`by`)")

    def _judge_all(self, judgements: list[Judgement]) -> list[Judgement]:
        """Appends judgements and derives what they touch, together or not at all."""
        connection = self._writing()
        ids = sorted({one for said in judgements for one in (said.claim, said.other) if one})
        for said in judgements:
            self._has_name(said.by)
        with self._changing(connection):
            held = {one.claim.id: one for one in self._named(connection)(ids)}
            states = self._states(connection, ids)
            for one in ids:
                if one not in states:
                    raise RecordError(f"{self.path}: holds no claim {one}; judge claims that `explain` shows")
            for said in judgements:
                if said.fields:
                    # Refused before it is in the log: what cannot be heeded would stop every rebuild.
                    self._deriver.corrected(self._any(connection, said.claim), self._deriver.heed([said]))
            # What hung together before the word was said is looked at again as well.
            before = self._together(connection, [held[one] for one in sorted(held)])
            self._drop(connection, [one.claim.id for one in before])
            kept = [self._log(connection, said) for said in judgements]
            heeded = self._judged(connection)
            self._replace(connection, [self._deriver.corrected(held[one], heeded) for one in sorted(held)])
            again = {one.claim.id for one in before} | set(held)
            self._derive(connection, self._named(connection)(again))
        return kept

    @staticmethod
    def _states(connection: Connection, ids: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in ids:
            row = connection.execute("SELECT state FROM claims WHERE id = ?", (one,)).fetchone()
            if row is not None:
                found[one] = row["state"]
        return found

    @staticmethod
    def _any(connection: Connection, claim_id: str) -> Known:
        row = connection.execute("SELECT payload FROM claims WHERE id = ?", (claim_id,)).fetchone()
        if row is None:
            raise RecordError(f"the record holds no claim {claim_id}")
        return Known(claim=rows.claim_from(bytes(row["payload"])))
