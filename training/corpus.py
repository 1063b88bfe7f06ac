"""Treebank files (CoNLL-U) as spaCy documents."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.training.converters.conllu_to_docs import conllu_to_docs

# Ten sentences a document, so that the parser learns where sentences end
# (the same as `spacy convert -n 10`).
SENTENCES_A_DOCUMENT = 10

# A tenth of the hashes (in GUM 20 of 117 documents, by chance) helps to choose the model and is never trained on.
HELD_OUT_SHARE = 10

_NEW_DOCUMENT = re.compile(r"^# newdoc id = (.+)$", re.MULTILINE)


def read_text(path: Path) -> str:
    """Return the text of a CoNLL-U file, plain or gzipped.

    Args:
        path: The file.
    """
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return stream.read()
    return path.read_text(encoding="utf-8")


def documents(text: str) -> Iterator[tuple[str, str]]:
    """Yield each document of a CoNLL-U text as its name and its own text.

    Args:
        text: CoNLL-U with `# newdoc id` comments; without any, it is one document.
    """
    starts = list(_NEW_DOCUMENT.finditer(text))
    if not starts:
        yield "", text
        return
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield start.group(1).strip(), text[start.start() : end]


def held_out(name: str) -> bool:
    """Say whether a document is kept from training, by a hash of its name.

    Args:
        name: The document's name in the treebank.
    """
    return hashlib.sha256(name.encode()).digest()[0] % HELD_OUT_SHARE == 0


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a CoNLL-U text without enhanced (empty) nodes.

    Args:
        text: CoNLL-U.
    """
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if not re.match(r"\d+\.\d+\t", line)]
        if any(line[:1].isdigit() for line in lines):
            yield "\n".join(lines)


def to_docs(text: str) -> list[Doc]:
    """Turn CoNLL-U into spaCy documents of ten sentences each.

    Clitics stay words of their own ("did", "n't"): merged, negation is lost.

    Args:
        text: CoNLL-U; groups of sentences never cross a document's end.
    """
    docs: list[Doc] = []
    for _, part in documents(text):
        joined = "\n\n".join(sentences(part)) + "\n\n"
        made = conllu_to_docs(joined, n_sents=SENTENCES_A_DOCUMENT, no_print=True)  # type: ignore[no-untyped-call]
        docs.extend(made)
    return docs


def load(directory: Path) -> tuple[list[Doc], list[Doc]]:
    """Read the treebanks and return the documents to train on and to choose by.

    Args:
        directory: Holds `ewt-train`, `ewt-dev` and `gum-open`, each `.conllu.gz`.

    Raises:
        FileNotFoundError: If one of them is missing.
    """
    train = to_docs(read_text(directory / "ewt-train.conllu.gz"))
    choose = to_docs(read_text(directory / "ewt-dev.conllu.gz"))
    for name, text in documents(read_text(directory / "gum-open.conllu.gz")):
        (choose if held_out(name) else train).extend(to_docs(text))
    return train, choose


def save(docs: list[Doc], path: Path) -> None:
    """Write documents where spaCy's corpus reader finds them.

    Args:
        docs: Documents with tags, heads and relations.
        path: A `.spacy` file.
    """
    DocBin(docs=docs, store_user_data=False).to_disk(path)
