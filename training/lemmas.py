"""Makes the table of irregular forms that the lemmatizer reads."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "src")]

from dragoman.coding import lemmas  # noqa: E402  (run as a script from anywhere)
from training import corpus  # noqa: E402

HEADER = """\
# Irregular forms of English words: form, class (V inflected verb, B verb in its base form, N noun,
# A adjective or adverb), dictionary form. Forms that follow the spelling rules of
# dragoman.coding.lemmas are left out.
# Source: English Web Treebank 2.16 (training part) and the open part of GUM; irregular verbs by Dragoman.
# Licence: CC BY-SA 4.0; see NOTICE in this folder.
"""

# Words that the treebanks lack or annotate unevenly.
BY_HAND = {
    ("am", "B"): "be",
    ("are", "B"): "be",
    ("'m", "B"): "be",
    ("'re", "B"): "be",
    ("'ve", "B"): "have",
    ("'s", "V"): "be",
    ("wo", "V"): "will",
    ("ca", "V"): "can",
    ("sha", "V"): "shall",
    ("'ll", "V"): "will",
    ("'d", "V"): "would",
    ("n't", "A"): "not",
    ("media", "N"): "media",
    ("people", "N"): "people",
    ("leaves", "N"): "leaf",
    ("selves", "N"): "self",
    ("loaves", "N"): "loaf",
    ("scarves", "N"): "scarf",
    ("calves", "N"): "calf",
    ("oxen", "N"): "ox",
    ("geese", "N"): "goose",
    ("heroes", "N"): "hero",
    ("philippines", "N"): "philippines",
    ("netherlands", "N"): "netherlands",
    ("maldives", "N"): "maldives",
    ("bahamas", "N"): "bahamas",
    ("seychelles", "N"): "seychelles",
    ("comoros", "N"): "comoros",
    ("olympics", "N"): "olympics",
    ("goods", "N"): "goods",
    ("telecommunications", "N"): "telecommunications",
    ("politics", "N"): "politics",
    ("economics", "N"): "economics",
    ("mathematics", "N"): "mathematics",
    ("series", "N"): "series",
    ("species", "N"): "species",
    ("troops", "N"): "troop",
    ("buses", "N"): "bus",
    ("gases", "N"): "gas",
    ("viruses", "N"): "virus",
    ("crises", "N"): "crisis",
    ("theses", "N"): "thesis",
    ("analyses", "N"): "analysis",
    ("bases", "N"): "base",
    ("axes", "N"): "axis",
    ("oases", "N"): "oasis",
    ("memoranda", "N"): "memorandum",
    ("referenda", "N"): "referendum",
    ("communiques", "N"): "communique",
    ("movies", "N"): "movie",
    ("ties", "N"): "tie",
    ("lies", "N"): "lie",
    ("premises", "N"): "premise",
    ("hostages", "N"): "hostage",
}

_WORD = re.compile(r"['’]?[a-z]+(?:-[a-z]+)*\.?")
_INFLECTED = ("V", "N", "A")


def observed(text: str) -> dict[tuple[str, str, str], Counter[str]]:
    """Count the lemmas of each form, class and tag in a CoNLL-U text, typing errors left out.

    Base forms of verbs are there too (class B), to tell real verbs from slips.

    Args:
        text: CoNLL-U.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for line in text.splitlines():
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        form, base, tag, features, other = (columns[i] for i in (1, 2, 4, 5, 9))
        kind = lemmas.word_class(tag)
        if tag in ("VB", "VBP"):
            counts[form.lower(), "B", "VB"][base.lower()] += 1
        if kind not in _INFLECTED or tag in ("NN", "NNP", "NNPS", "JJ", "RB", "MD"):
            continue
        if "Typo=Yes" in features or "Abbr=Yes" in features or "CorrectForm" in other:
            continue
        form = form.lower().replace("’", "'")
        if _WORD.fullmatch(form) and _WORD.fullmatch(base.lower()):
            counts[form, kind, tag][base.lower()] += 1
    return counts


def by_verb(text: str) -> dict[tuple[str, str], str]:
    """Return the forms of the list of irregular verbs.

    Args:
        text: Lines of a base form and its irregular forms.
    """
    table = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            base, *forms = line.split()
            table.update({(form, "V"): base for form in forms})
    return table


def build(treebanks: Path) -> dict[tuple[str, str], str]:
    """Return every form whose dictionary form the rules alone would miss.

    Args:
        treebanks: The folder of treebanks.
    """
    lemmas.irregular.cache_clear()
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for name in ("ewt-train", "gum-open"):
        for key, found in observed(corpus.read_text(treebanks / f"{name}.conllu.gz")).items():
            counts[key] += found
    bases = {base for key in list(counts) if key[1] == "B" for base in counts.pop(key)}
    verbs = by_verb((HERE / "irregular.txt").read_text("utf-8"))
    table: dict[tuple[str, str], str] = {}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    wrong: set[tuple[str, str]] = set()
    for (form, kind, tag), found in counts.items():
        votes[form, kind] += found
        if lemmas.by_rule(form, tag) != found.most_common(1)[0][0]:
            wrong.add((form, kind))
    for form, kind in wrong:
        base = votes[form, kind].most_common(1)[0][0]
        if kind != "V" or base in bases:
            table[form, kind] = base
    for (form, kind), base in verbs.items():
        tags = ("VBG",) if form.endswith("ing") else ("VBZ",) if form.endswith("es") else ("VBD", "VBN")
        if any(lemmas.by_rule(form, tag) != base for tag in tags):
            table[form, kind] = base
        else:
            table.pop((form, kind), None)
    table.update(BY_HAND)
    return table


def accuracy(text: str) -> float:
    """Return the share of words with a verb's or a noun's tag whose lemma is the treebank's, in lower case.

    Args:
        text: CoNLL-U that the table was not made from; its tags are used.
    """
    right = total = 0
    for line in text.splitlines():
        columns = line.split("\t")
        if len(columns) == 10 and columns[0].isdigit() and columns[4][:1] in ("V", "N") and columns[4] != "NFP":
            total += 1
            right += lemmas.lemma(columns[1], columns[4]) == columns[2].lower()
    return right / total


def main() -> None:
    """Read the arguments and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of .conllu.gz files")
    arguments = parser.parse_args()
    rows = sorted(build(arguments.treebanks).items())
    lines = "".join(f"{form}\t{kind}\t{base}\n" for (form, kind), base in rows)
    arguments.out.write_text(HEADER + lines, encoding="utf-8")
    lemmas.irregular.cache_clear()
    lemmas.lemma.cache_clear()
    share = accuracy(corpus.read_text(arguments.treebanks / "ewt-dev.conllu.gz"))
    print(f"{len(rows)} forms; on ewt-dev {share:.4f} of verbs and nouns have the right lemma")


if __name__ == "__main__":
    main()
