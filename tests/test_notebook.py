"""The notebook of the documentation runs from its first cell to its last."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed")

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "analyst.ipynb"


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs_and_says_what_it_promises() -> None:
    book = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in book.cells), "it is kept without outputs"
    nbclient.NotebookClient(book, timeout=240, kernel_name="python3").execute()
    said = "".join(
        output.get("text", "") for cell in book.cells if cell.cell_type == "code" for output in cell.get("outputs", [])
    )
    assert "GBR RUS" in said
    assert "# The United Kingdom and Russia" in said
    assert int(said.split(" rows")[0].split()[-1]) > 20
    before, after = (int(said.split(word)[0].split()[-1]) for word in (" events before", " after"))
    assert after < before, "a word of a person counts at once"
    assert f"{before} again" in said
    pictures = [out for cell in book.cells for out in cell.get("outputs", []) if "image/svg+xml" in out.get("data", {})]
    assert len(pictures) == 1
