"""The documentation names every command, every setting and every kind of export."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.cli import app
from dragoman.errors import UsageError
from dragoman.settings import Settings, settings
from dragoman.show.export import KINDS

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_every_command_is_documented() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback
        assert f"`{command.name}" in text, command.name


def test_every_kind_of_export_is_documented() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert all(f"`{kind}`" in text for kind in KINDS)


def test_every_setting_is_documented() -> None:
    text = (DOCS / "start.md").read_text(encoding="utf-8")
    for field in Settings.__struct_fields__:
        assert f"`{field}`" in text
        assert f"`DRAGOMAN_{field.upper()}`" in text


def test_settings_come_from_file_and_variables(tmp_path: Path) -> None:
    assert settings({}, folder=tmp_path) == Settings()
    (tmp_path / "dragoman.toml").write_text('record = "mine.sqlite"\nport = 9000\n', encoding="utf-8")
    found = settings({"DRAGOMAN_PORT": "9001", "DRAGOMAN_KNOWLEDGE": "a:b"}, folder=tmp_path)
    assert found == Settings(record="mine.sqlite", port=9001, knowledge=(Path("a"), Path("b")))
    with pytest.raises(UsageError, match="port"):
        settings({"DRAGOMAN_PORT": "many"}, folder=tmp_path)
    with pytest.raises(UsageError, match="no such file"):
        settings({"DRAGOMAN_CONFIG": str(tmp_path / "none.toml")}, folder=tmp_path)
    (tmp_path / "dragoman.toml").write_text("records = 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match="records"):
        settings({}, folder=tmp_path)
