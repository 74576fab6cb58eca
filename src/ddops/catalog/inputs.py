"""The files that a workspace is made of, and whether they are the same as before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from ddops.catalog import config
from ddops.kinds.contract import kinds

YAML_ENDINGS = (".yaml", ".yml")
PRODUCTS, PRESETS = "products", "presets"


def files(top: Path) -> list[Path]:
    """The YAML files below `top`, and directories that are named like one (which the reader refuses), in order."""
    found: list[Path] = []
    for path in sorted(top.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix in YAML_ENDINGS:
            found.append(path)
        elif path.is_dir():
            found += files(path)
    return found


def digest(root: Path, runbooks: Iterable[str]) -> str:
    """A hex digest of the name and the bytes of every file that `load.load` reads: the YAML files, and the `runbooks`
    that products name. Equal digests are equal workspaces. Raises OSError where a file cannot be read."""
    found = blake2b(digest_size=20)
    for path in _read(root, runbooks):
        content = path.read_bytes()
        found.update(f"{path}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _read(root: Path, runbooks: Iterable[str]) -> Iterator[Path]:
    yield root / config.FILE
    for folder in (PRODUCTS, PRESETS, *(kind.collection for kind in kinds().values())):
        if (root / folder).is_dir():
            yield from files(root / folder)
    for runbook in sorted(runbooks):
        yield root / runbook
