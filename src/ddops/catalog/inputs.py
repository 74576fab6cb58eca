"""The files that a workspace is made of, and whether they are still the same."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from ddops.catalog import config
from ddops.kinds.contract import kinds

YAML_ENDINGS = (".yaml", ".yml")
PRODUCTS, PRESETS = "products", "presets"


def files(top: Path) -> list[Path]:
    """The YAML files below `top`, and directories that are named like one (which the reader refuses), in order. Raises
    OSError where a directory cannot be read, or a link leads back to one that it stands in."""
    found: list[Path] = []
    for path in sorted(top.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix.lower() in YAML_ENDINGS:
            found.append(path)
        elif path.is_dir():
            if path.is_symlink() and top.resolve().is_relative_to(path.resolve()):
                raise OSError(errno.ELOOP, "a link that leads back to where it stands", str(path))
            found += files(path)
    return found


def digest(content: bytes) -> str:
    """A hex digest of a file's bytes."""
    return blake2b(content, digest_size=16).hexdigest()


def unchanged(root: Path, digests: Mapping[str, str]) -> bool:
    """Whether the workspace at `root` consists of the files of these digests (by path, as `Catalog.files` has them):
    none changed, none added, none gone."""
    try:
        # Texts: comparing thousands of paths takes longer than reading the files.
        known = {str(root / name): kept for name, kept in digests.items()}
        return all(str(path) in known for path in specs(root)) and all(
            _digest_of(name) == kept for name, kept in known.items()
        )
    except OSError:
        return False


def _digest_of(path: str) -> str | None:
    # A pipe or a device would keep a reader waiting.
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        return digest(file.read())


def specs(root: Path) -> Iterator[Path]:
    """The files that a workspace can be made of: `ddops.yaml`, and the YAML files of its folders."""
    yield root / config.FILE
    for folder in (PRODUCTS, PRESETS, *(kind.collection for kind in kinds().values())):
        if (root / folder).is_dir():
            yield from files(root / folder)
