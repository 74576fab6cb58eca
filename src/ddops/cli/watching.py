"""When the files of a workspace change."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ddops.catalog.inputs import specs

SECONDS = 0.2
"""Between two looks. Looking works on every file system and in a container; being told does not."""

Stamps = Mapping[Path, tuple[int, int] | None]
"""What tells the content of a file from an earlier one; None where the file is not there."""


class Watch:
    """Looks at the files of the workspace at `root`, and at others below it that it is told of (`add`)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._others: Stamps = {}

    def add(self, names: Iterable[str]) -> None:
        """Has these files looked at as well, in place of those that were added before."""
        stamps = _stamps(self.root / name for name in names)
        # One that changed while it was read is still to be noticed.
        self._others = {**stamps, **{path: stamp for path, stamp in self._others.items() if path in stamps}}

    def saves(self) -> Iterator[None]:
        """Yields at once, and then each time that a file was saved, came or went; several that follow each other
        closely count as one."""
        shown: Stamps | None = None
        while True:
            now, others = _specs(self.root), _stamps(self._others)
            if now != shown or others != self._others:
                shown = now if shown is None else _settled(self.root, now)
                self._others = others
                yield
            time.sleep(SECONDS)


def _settled(root: Path, now: Stamps) -> Stamps:
    """The specs when nobody writes them any more: an editor empties a file before it fills it, and a checkout writes
    one file after the other."""
    before: Stamps = {}
    while now != before:
        time.sleep(SECONDS)
        before, now = now, _specs(root)
    return now


def _specs(root: Path) -> Stamps:
    try:
        return _stamps(specs(root))
    except OSError:
        # A directory that cannot be read, or went while it was: what is wrong is said when it is read in earnest.
        return {}


def _stamps(paths: Iterable[Path]) -> Stamps:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
