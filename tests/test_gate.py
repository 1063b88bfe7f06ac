"""The coder stands on its floors, and the floors only rise."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "evals" / "gate.py"


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, over a folder of its own; `got` is what it measures."""
    spec = importlib.util.spec_from_file_location("gate_under_test", SCRIPT)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "written_a.jsonl").write_text("{}\n", encoding="utf-8")
    made.got = {"type": 0.8, "status": 0.9}
    monkeypatch.setattr(made, "HERE", tmp_path)
    monkeypatch.setattr(made, "measure", lambda *_: made.got)
    return made


def run(gate: ModuleType, floors: dict[str, Any], *, rise: bool = False, reason: str = "") -> list[str]:
    return gate.gate("written", floors, None, corpora=Path(), rise=rise, reason=reason)


def test_floors_only_rise(gate: ModuleType) -> None:
    floors: dict[str, Any] = {"parts": {}, "lowered": []}
    assert run(gate, floors) == []
    assert run(gate, floors, rise=True) == []
    assert floors["parts"]["written"]["floors"] == pytest.approx({"type": 0.79, "status": 0.89}, abs=2e-4)
    gate.got = {"type": 0.795, "status": 0.95}
    assert run(gate, floors, rise=True) == []
    assert floors["parts"]["written"]["floors"] == pytest.approx({"type": 0.79, "status": 0.94}, abs=2e-4)
    gate.got = {"type": 0.7, "status": 0.95}
    assert "type 0.7000 <" in run(gate, floors, rise=True)[0]
    assert floors["parts"]["written"]["floors"]["type"] == pytest.approx(0.79, abs=2e-4)
    assert run(gate, floors, reason="the gold was coded anew") == []
    assert floors["parts"]["written"]["floors"]["type"] == pytest.approx(0.69, abs=2e-4)
    assert floors["lowered"][0]["why"] == "the gold was coded anew"


def test_gold_that_changed_is_said(gate: ModuleType, tmp_path: Path) -> None:
    floors: dict[str, Any] = {"parts": {}, "lowered": []}
    run(gate, floors, rise=True)
    (tmp_path / "gold" / "written_b.jsonl").write_text("{}\n", encoding="utf-8")
    assert "gold has changed" in run(gate, floors)[0]
    assert run(gate, floors, rise=True) == []
    assert run(gate, floors) == []


@pytest.mark.timeout(600)
def test_the_coder_stands_on_its_floors() -> None:
    floors = SCRIPT.with_name("floors.json")
    assert json.loads(floors.read_text(encoding="utf-8"))["parts"]
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
