"""One coder for all tests of the coding stage: it takes seconds to make."""

from __future__ import annotations

import pytest

from dragoman.knowledge import HERE
from dragoman.pipeline import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder with the knowledge that ships; skips where no parser has been trained."""
    if not (HERE / "models" / "en" / "meta.json").exists():
        pytest.skip("no trained parser here; `make model` makes one")
    return Coder()
