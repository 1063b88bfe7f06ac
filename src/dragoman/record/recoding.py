"""Takes in what a newer coder says of documents that are there: every judgement stays, and what changed is said.

A claim that comes out as before is left alone, and so is one added by hand. One that nobody judged gives way. One that
somebody judged stays in force until a person says otherwise: if the coder now says something else of the same words,
the new claim waits (`asked`) and counts for nothing; if it now says what the correction says, it takes the place with
a judgement that says so; if it says nothing any more, a claim judged wrong is retired, others stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.model import AnyClaim, Coded, Judgement, Known, Verdict
from dragoman.record import rows
from dragoman.record.engine import Connection
from dragoman.record.judging import Judging
from dragoman.record.results import Asked, Recoded
from dragoman.record.writing import known_of, now

#: Who speaks where a new claim says what a correction said.
RECODER = "recode"
#: What may differ between two claims that say the same.
_SILENT = frozenset({"id", "coder", "knowledge", "confidence", "why", "trigger"})
#: A claim made by hand begins its coder so.
BY_HAND = "by hand"


class Recoding(Judging):
    """A record that is coded again."""

    def recode(self, coded: Coded, *, keep: bool = True) -> Recoded:
        """Takes in what a coder now says of a document that is there; with `keep` off, only tells what would change.

        Raises RecordError when the record does not hold the document.
        """
        connection = self._writing()
        document = coded.document.id
        new = {one.claim.id: one for one in known_of(coded)}
        with self._changing(connection):
            found = connection.execute("SELECT payload, story FROM documents WHERE id = ?", (document,)).fetchone()
            if found is None:
                raise RecordError(f"{self.path}: holds no document {document}; `add` it first")
            new = {name: msgspec.structs.replace(one, story=found["story"]) for name, one in new.items()}
            held = self._held(connection, document)
            return self._change(connection, document, new, held, keep=keep)

    def _held(self, connection: Connection, document: str) -> dict[str, tuple[AnyClaim, str, str]]:
        found = connection.execute(
            "SELECT id, payload, state, instead FROM claims WHERE document = ? ORDER BY id", (document,)
        )
        return {
            row["id"]: (rows.claim_from(bytes(row["payload"])), row["state"], row["instead"])
            for row in found.fetchall()
        }

    def _change(
        self,
        connection: Connection,
        document: str,
        new: Mapping[str, Known],
        held: Mapping[str, tuple[AnyClaim, str, str]],
        *,
        keep: bool,
    ) -> Recoded:
        judged = self._last_words(connection, list(held))
        coming = {name: one for name, one in new.items() if name not in held}
        going, asked, retired, taken = [], [], [], []
        for name, (claim, state, _) in held.items():
            if name in new or claim.coder.startswith(BY_HAND):
                continue
            said = judged.get(name)
            if said is None:
                going.append(name)
            elif state == "":
                match = _match(claim, list(coming.values()))
                if match is not None and said.verdict == "corrected" and _says(match.claim, claim, said.fields):
                    taken.append((name, match.claim.id, said))
                elif match is not None and said.verdict != "wrong":
                    asked.append((name, match.claim.id))
                elif said.verdict == "wrong":
                    retired.append(name)
        # What was asked before and is said again waits on; what is said no more need not be answered.
        waiting = {name for name, (_, state, _) in held.items() if state == "asked" and name in new}
        of = {name: one for one, name in asked}
        changed = _pairs([held[name][0] for name in going], [one for name, one in coming.items() if name not in of])
        told = Recoded(
            document=document,
            same=len(new) - len(coming),
            new=tuple(one.claim for name, one in coming.items() if name not in of and name not in changed.values()),
            gone=tuple(held[name][0] for name in going if name not in changed),
            changed=tuple((held[name][0], coming[other].claim) for name, other in changed.items()),
            asked=tuple((held[name][0], coming[other].claim) for name, other in asked),
            carried=len(taken),
            waiting=len(waiting),
        )
        back = [name for name, (_, state, _) in held.items() if state == "retired" and name in new]
        if not keep or not (going or coming or retired or back):
            return told
        self._noted().documents.add(document)
        touched = {one.claim.id for one in self._together(connection, self._named(connection)(held))}
        self._drop(connection, sorted(touched))
        connection.executemany("DELETE FROM claims WHERE id = ?", [(name,) for name in going])
        states = [("retired", name) for name in (*retired, *(one for one, _, _ in taken))]
        states += [("", name) for name in back]
        connection.executemany("UPDATE claims SET state = ? WHERE id = ?", states)
        self._add_claims(connection, [one for name, one in coming.items() if name not in of])
        for name, one in coming.items():
            if name in of:
                self._add_claims(connection, [one], state="asked", instead=of[name])
        for old, fresh, said in taken:
            why = f"says what {said.by} corrected in {old}"
            self._log(connection, Judgement(id="", claim=fresh, verdict="right", by=RECODER, at=now(), why=why))
        self._tally(connection, document)
        self._derive(connection, self._named(connection)(touched | set(new) | set(held)))
        return told

    @staticmethod
    def _last_words(connection: Connection, claims: Sequence[str]) -> dict[str, Judgement]:
        """The last word on each claim by itself, or on it and another where there is no such."""
        found: dict[str, Judgement] = {}
        for name in claims:
            judgements = connection.execute(
                "SELECT payload FROM judgements WHERE claim = ? OR other = ? ORDER BY n", (name, name)
            ).fetchall()
            said = [rows.judgement_from(bytes(row["payload"])) for row in judgements]
            alone = [one for one in said if not one.other]
            if said:
                found[name] = (alone or said)[-1]
        return found

    # What waits for an answer

    def asked(self) -> list[Asked]:
        """The claims that wait for an answer, each with the judged claim that it would replace."""
        found = self._rows("SELECT payload, instead FROM claims WHERE state = 'asked' ORDER BY document, id")
        waiting: list[Asked] = []
        for row in found:
            old = self._rows("SELECT payload FROM claims WHERE id = ?", (row["instead"],))
            if old:
                waiting.append(
                    Asked(old=rows.claim_from(bytes(old[0]["payload"])), new=rows.claim_from(bytes(row["payload"])))
                )
        return waiting

    def answer(self, claim_id: str, *, take: bool, by: str, why: str = "") -> None:
        """Says of a claim that waits whether it takes the place of the judged one. Both stay, with a judgement each.

        Raises UsageError when it does not wait.
        """
        connection = self._writing()
        self._has_name(by)
        with self._changing(connection):
            row = connection.execute("SELECT document, state, instead FROM claims WHERE id = ?", (claim_id,)).fetchone()
            if row is None or row["state"] != "asked":
                raise UsageError(f"{claim_id}: does not wait for an answer; `dragoman review --asked` shows what does")
            old = row["instead"]
            touched = {one.claim.id for one in self._together(connection, self._named(connection)([old]))}
            self._drop(connection, sorted(touched))
            loser, winner = (old, claim_id) if take else (claim_id, old)
            connection.execute("UPDATE claims SET state = 'retired' WHERE id = ?", (loser,))
            connection.execute("UPDATE claims SET state = '' WHERE id = ?", (winner,))
            self._tally(connection, row["document"])
            reason = why or f"of {old} and {claim_id}, {'the newer' if take else 'the older'} was taken"
            verdict: Verdict = "right" if take else "wrong"
            self._log(connection, Judgement(id="", claim=claim_id, verdict=verdict, by=by, at=now(), why=reason))
            self._derive(connection, self._named(connection)(touched | {winner}))


def _plain(claim: AnyClaim) -> dict[str, object]:
    return {name: value for name, value in rows.plain(claim).items() if name not in _SILENT}


def _says(new: AnyClaim, old: AnyClaim, fields: Mapping[str, object]) -> bool:
    """Whether a new claim says what the old one was corrected to."""
    corrected = {**_plain(old), **fields}
    return {name: value for name, value in _plain(new).items() if name != "evidence"} == {
        name: value for name, value in corrected.items() if name != "evidence"
    }


def _match(old: AnyClaim, among: Sequence[Known]) -> Known | None:
    """The claim of the same kind on the same words; of several the one whose trigger is the same, then the nearest."""
    kind = rows.kind_of(old)
    near = [
        one
        for one in among
        if rows.kind_of(one.claim) == kind
        and one.claim.evidence.start < old.evidence.end
        and old.evidence.start < one.claim.evidence.end
    ]
    where = old.trigger.start if old.trigger else old.evidence.start

    def apart(one: Known) -> tuple[int, str]:
        start = one.claim.trigger.start if one.claim.trigger else one.claim.evidence.start
        return abs(start - where), one.claim.id

    return min(near, key=apart, default=None)


def _pairs(old: Sequence[AnyClaim], new: Sequence[Known]) -> dict[str, str]:
    """Which claims that go are told of by which that come: same kind, same words, each once."""
    free = list(new)
    pairs: dict[str, str] = {}
    for one in old:
        match = _match(one, free)
        if match is not None:
            pairs[one.id] = match.claim.id
            free.remove(match)
    return pairs


def differences(old: AnyClaim, new: AnyClaim) -> dict[str, tuple[object, object]]:
    """The fields in which two claims differ, each with what it was and what it is."""
    before, after = _plain(old), _plain(new)
    return {
        name: (before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    }
