"""Draws claims of one kind by chance from a corpus with the words around them, for reading; then tells the share right.

    draw_claims.py draw CORPUS --kind statement --seed 1 --count 130 --each 3 --out FOLDER
    draw_claims.py tell FOLDER                                  the share right with its interval, what was wrong

The documents of a corpus (JSON lines with `id`, `text`, `published`, `source`, `url`; zipped or not) are shuffled by a
seed and coded until so many claims are drawn, at most `--each` of a document by chance: a document with many claims
weighs no more than others. `drawn.txt` holds them numbered with 400 characters before and after; the reader writes
`judged.tsv` beside it, a line `number<TAB>verdict<TAB>note`: r (right), or letters for what is wrong, any that suit
(for statements s speaker, w words, n no statement; for agreements and mechanisms k kind, p parties, n none;
for commitments p who, w what, d due, n none). A claim judged with u (undecidable) is left out of the share.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.precision import wilson

from dragoman.model import Coded, Document
from dragoman.pipeline import Coder
from dragoman.read import read
from dragoman.wire import claim_shape

KINDS = ("statement", "agreement", "mechanism", "commitment", "dispute", "figure", "interval")
#: Documents are coded so many at a time; fewer waste the parser's batches, more are coded in vain at the end.
BATCH = 40
#: These say where a claim stands and how sure it is, not what it is.
_APART = {"kind", "evidence", "trigger", "id", "coder", "knowledge", "confidence", "start", "end"}


def drawn(
    corpus: Path, kind: str, count: int, *, seed: int, each: int, without: frozenset[str] = frozenset()
) -> Iterator[tuple[Document, dict[str, Any]]]:
    """So many claims of a kind with their documents, by chance; `without` leaves out documents drawn before."""
    chance = random.Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    documents = [one for one in read(corpus) if isinstance(one, Document) and one.id not in without]
    chance.shuffle(documents)
    coder, left = Coder(), count
    for begin in range(0, len(documents), BATCH):
        for coded in coder.code(documents[begin : begin + BATCH]):
            for shape in chosen(coded, kind, min(each, left), chance):
                left -= 1
                yield coded.document, shape
        if left <= 0:
            return


def chosen(coded: Coded, kind: str, wanted: int, chance: random.Random) -> list[dict[str, Any]]:
    """At most so many claims of a kind of one document, by chance, in the order of their words."""
    shapes = [shape for shape in map(claim_shape, coded.claims) if shape["kind"] == kind]
    taken = chance.sample(range(len(shapes)), min(wanted, len(shapes)))
    return [shapes[at] for at in sorted(taken)]


def told(value: Any) -> str:  # noqa: ANN401  # plain values
    """A field in words: an entity by its words, name and code, a date by its days."""
    if isinstance(value, list):
        return "; ".join(told(one) for one in value)
    if isinstance(value, dict) and "country" in value:
        name = f" = {value['name']}" if value.get("name") not in {"", value["text"]} else ""
        return f"{value['text']}{name} [{value['country'] or '?'}]"
    if isinstance(value, dict):
        return f"{value.get('start', '')}..{value.get('end', '')} ({value.get('text', '')})"
    return str(value)


def shown(number: int, document: Document, shape: dict[str, Any], around: int) -> str:
    """A claim as it is read: its fields, then its words between `[[` and `]]` with what stands before and after."""
    text, (start, end) = document.text, (shape["evidence"]["start"], shape["evidence"]["end"])
    fields = " | ".join(f"{name}: {told(value)}" for name, value in shape.items() if value and name not in _APART)
    word = (shape.get("trigger") or {}).get("text", "")
    published = document.published.start if document.published else ""
    page = f"{text[max(0, start - around) : start]}[[{text[start:end]}]]{text[end : end + around]}"
    head = f"{number}\t{document.id} {published} {document.title[:100]}"
    return f"{head}\n  {fields} | word: {word}\n  {' '.join(page.split())}\n"


def draw(options: argparse.Namespace) -> None:
    """Writes the drawn claims and, without their words, where they stand."""
    before = frozenset(
        json.loads(line)["document"] for key in options.without for line in key.read_text(encoding="utf-8").splitlines()
    )
    options.out.mkdir(parents=True, exist_ok=True)
    number = 0
    with (
        (options.out / "drawn.txt").open("w", encoding="utf-8") as out,
        (options.out / "drawn.key.jsonl").open("w", encoding="utf-8") as key,
    ):
        found = drawn(options.corpus, options.kind, options.count, seed=options.seed, each=options.each, without=before)
        for number, (document, shape) in enumerate(found, 1):
            out.write(shown(number, document, shape, options.around) + "\n")
            words = shape["evidence"]
            where = {"document": words["document"], "start": words["start"], "end": words["end"], "id": shape["id"]}
            key.write(json.dumps({"n": number, "kind": options.kind, **where}) + "\n")
    print(f"{number} claims in {options.out / 'drawn.txt'}; judge them in {options.out / 'judged.tsv'}")


def tell(options: argparse.Namespace) -> None:
    """Prints the share right with its interval, how often each thing was wrong, and the notes."""
    right = of = 0
    wrong: Counter[str] = Counter()
    notes: list[str] = []
    for line in (options.folder / "judged.tsv").read_text(encoding="utf-8").splitlines():
        number, verdict, *note = [*line.split("\t"), ""]
        if not re.fullmatch(r"\d+", number) or verdict.strip() == "u":
            continue
        of += 1
        right += verdict.strip() == "r"
        if verdict.strip() != "r":
            wrong.update(verdict.strip())
            notes.append(f"{number} {verdict} {' '.join(note)}".strip())
    low, high = wilson(right, of)
    print(f"{right} of {of} right: {right / max(1, of):.3f} [{low:.3f}, {high:.3f}]")
    print("what is wrong:", ", ".join(f"{name} {count}" for name, count in wrong.most_common()) or "nothing")
    if options.errors:
        print("\n".join(notes))


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    one = verbs.add_parser("draw")
    one.add_argument("corpus", type=Path)
    one.add_argument("--kind", choices=KINDS, required=True)
    one.add_argument("--count", type=int, default=100, help="so many claims (default 100)")
    one.add_argument("--each", type=int, default=3, help="at most so many of a document (default 3)")
    one.add_argument("--seed", type=int, default=1, help="another seed draws other documents")
    one.add_argument("--around", type=int, default=400, help="characters before and after (default 400)")
    one.add_argument("--without", type=Path, nargs="*", default=[], help="keys of what was drawn before")
    one.add_argument("--out", type=Path, required=True, help="folder for what is drawn")
    one.set_defaults(do=draw)
    two = verbs.add_parser("tell")
    two.add_argument("folder", type=Path)
    two.add_argument("--errors", action="store_true", help="each note on what is wrong")
    two.set_defaults(do=tell)
    options = parser.parse_args()
    options.do(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
