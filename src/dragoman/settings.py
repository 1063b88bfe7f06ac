"""The settings in force: one frozen object, from a TOML file and the DRAGOMAN_* variables over it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from dragoman.errors import UsageError

#: Looked for in the working directory; DRAGOMAN_CONFIG names another.
CONFIG = "dragoman.toml"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be set; each field `x` by `x = …` in the file or by the variable `DRAGOMAN_X`."""

    record: str = "dragoman.sqlite"
    knowledge: tuple[Path, ...] = ()
    network: bool = True
    host: str = "127.0.0.1"
    port: int = 8000


def settings(environment: Mapping[str, str] | None = None, *, folder: Path | None = None) -> Settings:
    """The settings of a folder (the working directory) and an environment (this process's).

    Raises UsageError when the file or a variable does not hold to its shape; it names which.
    """
    environment = os.environ if environment is None else environment
    folder = folder or Path()
    named = environment.get("DRAGOMAN_CONFIG", "")
    file = Path(named) if named else folder / CONFIG
    found: dict[str, object] = {}
    if file.is_file():
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{file}: not readable as TOML: {error}") from error
    elif named:
        raise UsageError(f"{file}: there is no such file, but DRAGOMAN_CONFIG names it")
    for field in Settings.__struct_fields__:
        value = environment.get(f"DRAGOMAN_{field.upper()}", "")
        if value:
            found[field] = value.split(os.pathsep) if field == "knowledge" else value
    try:
        return msgspec.convert(found, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{file} or a DRAGOMAN_ variable: {error}; it may set {', '.join(Settings.__struct_fields__)}"
        ) from error


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError
