"""Brings the desk's JavaScript from npm into the package, so that no page asks another machine for anything.

`python tools/vendor.py` fetches the versions named here with `npm pack`, takes the files named here, and writes them
with their licences, sizes and hashes to `src/dragoman/show/web/static/vendor/`. `--check` only compares the files that
are there with the hashes in its `vendored.json`, and needs neither npm nor a network.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src" / "dragoman" / "show" / "web" / "static" / "vendor"

#: Package and version, licence as the package states it, what it is for, and the files taken: inside name, our name.
PACKAGES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("htmx.org", "2.0.11", "parts of a page that change without a new page", {"dist/htmx.min.js": "htmx.js"}),
    ("vega", "6.4.0", "draws charts", {"build/vega.min.js": "vega.js"}),
    ("vega-lite", "6.5.0", "turns the definition of a chart into one for vega", {"build/vega-lite.min.js": "vega-lite.js"}),
    ("vega-embed", "7.3.0", "puts a chart on a page", {"build/vega-embed.min.js": "vega-embed.js"}),
    ("d3-array", "3.2.4", "needed by d3-geo", {"dist/d3-array.min.js": "d3-array.js"}),
    ("d3-geo", "3.1.1", "draws the map", {"dist/d3-geo.min.js": "d3-geo.js"}),
    ("topojson-client", "3.1.0", "reads the map's borders", {"dist/topojson-client.min.js": "topojson-client.js"}),
    (
        "world-atlas",
        "2.0.2",
        "borders of states, after Natural Earth (public domain)",
        {"countries-110m.json": "countries-110m.json"},
    ),
)  # fmt: skip


#: For tests alone; it does not ship.
TESTS = Path(__file__).resolve().parents[1] / "tests" / "show" / "vendor"
FOR_TESTS = (("axe-core", "4.14.1", "finds what keeps people from using a page", {"axe.min.js": "axe.js"}),)


def main() -> int:
    """Fetches, or with `--check` compares; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare what is there with its hashes")
    if parser.parse_args().check:
        return check()
    TARGET.mkdir(parents=True, exist_ok=True)
    entries = []
    with tempfile.TemporaryDirectory() as folder:
        for name, version, purpose, files in PACKAGES:
            entries.append(fetch(Path(folder), TARGET, name, version, purpose, files))
        TESTS.mkdir(exist_ok=True)
        for name, version, purpose, files in FOR_TESTS:
            told = [fetch(Path(folder), TESTS, name, version, purpose, files)]
            (TESTS / "README.md").write_text(readme(told), encoding="utf-8")
    (TARGET / "vendored.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    (TARGET / "README.md").write_text(readme(entries), encoding="utf-8")
    sys.stdout.write(readme(entries))
    return 0


def fetch(
    folder: Path, target: Path, name: str, version: str, purpose: str, files: dict[str, str]
) -> dict[str, object]:
    """Fetches one package and writes its files to a folder; gives the entry of the list."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        members = {one.name.split("/", 1)[1]: one for one in archive.getmembers() if "/" in one.name}

        def content(inside: str) -> bytes:
            stream = archive.extractfile(members[inside])
            if stream is None:
                raise FileNotFoundError(f"{name}@{version}: {inside} is no file")
            return stream.read()

        manifest = json.loads(content("package.json"))
        licence = next((one for one in members if one.upper() in {"LICENSE", "LICENSE.MD", "LICENSE.TXT"}), "")
        written = {}
        for inside, ours in files.items():
            data = strip_map(content(inside))
            (target / ours).write_bytes(data)
            written[ours] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        if licence:
            (target / f"LICENSE-{name}.txt").write_bytes(content(licence))
    return {"name": name, "version": version, "licence": manifest["license"], "for": purpose, "files": written}


def strip_map(data: bytes) -> bytes:
    """The file without the line that names its source map, which is not taken along and would be asked for."""
    lines = data.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))


def readme(entries: list[dict[str, object]]) -> str:
    """The list for people."""
    lines = ["# What the desk's pages use from npm", "", "Written by `tools/vendor.py`; do not edit.", ""]
    lines += ["| package | version | licence | for | files |", "| --- | --- | --- | --- | --- |"]
    for one in entries:
        files = one["files"]
        named = ", ".join(f"`{name}` ({told['bytes'] // 1000} KB)" for name, told in files.items())  # type: ignore[attr-defined]
        lines.append(f"| {one['name']} | {one['version']} | {one['licence']} | {one['for']} | {named} |")
    return "\n".join(lines) + "\n"


def check() -> int:
    """Says which files are not what the list says; gives the exit status."""
    wrong = 0
    for one in json.loads((TARGET / "vendored.json").read_text(encoding="utf-8")):
        for name, told in one["files"].items():
            path = TARGET / name
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != told["sha256"]:
                sys.stderr.write(f"{path}: not as {one['name']}@{one['version']} has it; run python tools/vendor.py\n")
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
