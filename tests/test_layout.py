"""The layout holds: who may import whom, how long files are, what is public, and that each package says what it is."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "dragoman"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Past this many lines a file wants to be two.
LONG = 450

PUBLIC = [
    "Coder",
    "Document",
    "DragomanError",
    "Item",
    "Series",
    "Store",
    "__version__",
    "add",
    "both_sides",
    "code",
    "connect",
    "due",
    "monthly",
    "open_record",
]


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_the_import_contracts_are_kept() -> None:
    pytest.importorskip("importlinter", reason="the import contract is checked where the dev extra is installed")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_the_public_names_are_these() -> None:
    assert dragoman.__all__ == sorted(PUBLIC)
    assert set(PUBLIC) <= set(dir(dragoman))
    with pytest.raises(AttributeError, match="it has Coder, Document"):
        _ = dragoman.nothing


@pytest.mark.parametrize("public", PUBLIC)
def test_every_public_name_is_there(public: str) -> None:
    assert getattr(dragoman, public) is not None


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_begins_with_a_sentence(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, f"{name(path)} does not say what it is"
    assert said.split("\n\n")[0].rstrip()[-1] in ".:", f"{name(path)} begins with no sentence"


def test_no_module_is_long() -> None:
    long = {
        name(path): count for path in MODULES if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONG
    }
    # Told, not refused: the list is read at each release.
    if long:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(f"longer than {LONG} lines: {long}", stacklevel=1)
    assert all(count <= 2 * LONG for count in long.values()), long


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = (
        "import sys, dragoman\n"
        "heavy = {'spacy', 'altair', 'fastapi', 'trafilatura', 'pyarrow', 'sqlite3', 'typer'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_knowledge_never_imports_and_source_never_names_the_outside() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert "from training" not in text, name(path)
        assert "import training" not in text, name(path)
        assert str(ROOT.parent) + "/" not in text, name(path)
