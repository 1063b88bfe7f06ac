"""Trains the English parser from the treebanks and writes it as a spaCy pipeline."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from training import augment, corpus, wire  # noqa: E402, F401  (importing augment registers it)

CREDITS = [
    {"name": "UD English EWT 2.16", "license": "CC BY-SA 4.0", "url": "https://universaldependencies.org"},
    {"name": "GUM, openly licensed part", "license": "CC BY 4.0", "url": "https://gucorpling.org/gum"},
]


def strip(nlp: Language) -> Language:
    """Remove from a pipeline's settings what only training needs, and name its sources.

    What is left loads with nothing but spaCy installed.

    Args:
        nlp: A trained pipeline.
    """
    config = nlp.config.copy()
    config["corpora"] = {}
    config["paths"] = {}
    config["training"] = {}
    config["initialize"] = {}
    nlp.config = config
    nlp.meta.update(
        name="dragoman_parser",
        version="1.0.0",
        description="Tags and dependencies of English, for reports of what states say and do",
        author="The Dragoman authors",
        license="CC BY-SA 4.0",
        sources=CREDITS,
        performance={},
    )
    return nlp


def ship(nlp: Language, out: Path) -> None:
    """Write a pipeline to a folder in one step, replacing what was there.

    Files that are not the pipeline's own (notices, tables) are carried over.
    The swap is two renames: a reader sees the old pipeline or the new one.

    Args:
        nlp: The pipeline.
        out: The folder.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    nlp.to_disk(fresh)
    for empty in ("lookups.bin", "vectors"):
        (fresh / "vocab" / empty).unlink(missing_ok=True)
    # The words seen in training are no part of the weights and need not ship.
    labels = sorted({label for name in nlp.pipe_names for label in nlp.pipe_labels[name]})
    (fresh / "vocab" / "strings.json").write_text(json.dumps(labels), encoding="utf-8")
    fresh.chmod(0o755)
    old = out.with_name(f".{out.name}-old")
    if out.exists():
        for path in out.iterdir():
            if path.is_file() and not (fresh / path.name).exists():
                shutil.copy2(path, fresh / path.name)
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Read the arguments, train, and write the best pipeline seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write the pipeline to")
    parser.add_argument("--treebanks", type=Path, required=True, help="folder of .conllu.gz files")
    parser.add_argument("--steps", type=int, default=6000, help="updates (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=3, help="seed (default: %(default)s)")
    parser.add_argument("--extra", type=Path, action="append", default=[], help="further .spacy file to train on")
    parser.add_argument(
        "--repeat", type=int, default=1, help="times that the treebanks count beside --extra (default: %(default)s)"
    )
    parser.add_argument("--wire", type=int, default=2500, help="sentences of our own grammar (default: %(default)s)")
    parser.add_argument("--set", action="append", default=[], help="a setting, as section.key=value")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "train"
        folder.mkdir()
        docs, choose = corpus.load(arguments.treebanks)
        docs = docs * arguments.repeat + wire.documents(arguments.wire, arguments.seed, Vocab())
        corpus.save(docs, folder / "treebanks.spacy")
        for number, extra in enumerate(arguments.extra):
            shutil.copy(extra, folder / f"extra-{number}.spacy")
        corpus.save(choose, Path(scratch) / "dev.spacy")
        overrides: dict[str, object] = {
            "paths.train": str(folder),
            "paths.dev": str(Path(scratch) / "dev.spacy"),
            "training.max_steps": arguments.steps,
            "system.seed": arguments.seed,
        }
        for setting in arguments.set:
            key, value = setting.split("=", 1)
            overrides[key] = json.loads(value)
        config = load_config(HERE / "config.cfg", overrides=overrides, interpolate=False)
        nlp = init_nlp(config)
        best = Path(scratch) / "best"
        best.mkdir()
        train(nlp, best, stdout=sys.stdout, stderr=sys.stderr)
        ship(strip(spacy.load(best / "model-best")), arguments.out)


if __name__ == "__main__":
    main()
