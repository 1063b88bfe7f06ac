"""What Dragoman knows: data files, read by one loader, overlaid by the folders that a user adds, named by a digest.

Shapes: `.csv` files have `#` comment lines at the head (source, licence) and then a header row; `.yaml` files hold one
list or mapping. A folder given by `--knowledge` has the same layout: a CSV adds rows, a YAML list is put before ours,
a YAML mapping overrides key by key.
"""

from __future__ import annotations

import csv
import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dragoman.errors import KnowledgeError

HERE = Path(__file__).resolve().parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Knowledge:
    """The knowledge folders in force: ours first, then those that the user added, later ones over earlier ones."""

    def __init__(self, extra: tuple[Path, ...] = ()) -> None:
        for folder in extra:
            if not folder.is_dir():
                raise KnowledgeError(f"{folder}: no such knowledge folder; give a folder laid out like {HERE}")
        self.folders: tuple[Path, ...] = (HERE, *extra)

    def files(self, relative: str) -> list[Path]:
        """All files of that name, in the order of the folders; a name with `*` matches several, sorted."""
        found: list[Path] = []
        for folder in self.folders:
            found.extend(sorted(folder.glob(relative)))
        return found

    def rows(self, relative: str) -> Iterator[dict[str, str]]:
        """The rows of a CSV file, or of all that match, as dictionaries.

        `_where` says `file:line`, for a user's file `folder/file:line`.
        """
        for path in self.files(relative):
            shown = path.name if path.is_relative_to(HERE) else f"{self._folder_of(path).name}/{path.name}"
            with path.open(encoding="utf-8", newline="") as lines:
                skipped = 0
                position = lines.tell()
                while (line := lines.readline()).startswith("#"):
                    skipped += 1
                    position = lines.tell()
                lines.seek(position)
                del line
                reader = csv.DictReader(lines)
                for row in reader:
                    if None in row or None in row.values():
                        raise KnowledgeError(
                            f"{path}:{skipped + reader.line_num}: wrong number of columns; see its header"
                        )
                    row["_where"] = f"{shown}:{skipped + reader.line_num}"
                    yield row

    def _folder_of(self, path: Path) -> Path:
        return next(folder for folder in reversed(self.folders) if path.is_relative_to(folder)).resolve()

    def tree(self, relative: str) -> Any:  # noqa: ANN401  # YAML is what it is; callers check the shape
        """The content of a YAML file, overlaid folder by folder."""
        merged: Any = None
        for path in self.files(relative):
            content = self.yaml(path)
            if merged is None:
                merged = content
            elif isinstance(merged, list) and isinstance(content, list):
                merged = content + merged
            elif isinstance(merged, dict) and isinstance(content, dict):
                merged = {**merged, **content}
            else:
                raise KnowledgeError(f"{path}: a list overlays a list, a mapping a mapping")
        if merged is None:
            raise KnowledgeError(f"{relative}: no such knowledge file in {', '.join(map(str, self.folders))}")
        return merged

    @staticmethod
    def yaml(path: Path) -> Any:  # noqa: ANN401
        """The content of one YAML file; KnowledgeError where it cannot be read."""
        try:
            return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # the safe loader in C
        except yaml.YAMLError as error:
            raise KnowledgeError(f"{path}: not readable as YAML: {error}") from error

    @functools.cached_property
    def digest(self) -> str:
        """A short hash over all knowledge files in force; claims carry it."""
        digest = hashlib.blake2b(digest_size=6)
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                if path.suffix in {".csv", ".yaml", ".tsv"}:
                    digest.update(path.relative_to(folder).as_posix().encode())
                    digest.update(path.read_bytes())
        return digest.hexdigest()


@functools.lru_cache(maxsize=8)
def load(extra: tuple[Path, ...] = ()) -> Knowledge:
    """The knowledge in force with the user's folders over ours."""
    return Knowledge(extra)
