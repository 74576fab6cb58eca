"""The workspace as the last run compiled and linted it, so that files that did not change are not read as YAML again.

One file below `.ddops/cache`. It is only a cache: it counts where every file of the workspace, and ddops itself, is what
it was, to the byte; one that is damaged, or cannot be written, is as good as none.
"""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
import pydantic
from pydantic import TypeAdapter

import ddops
from ddops.address import Address
from ddops.catalog.config import Config
from ddops.catalog.inputs import digest
from ddops.catalog.load import Catalog
from ddops.compile import Desired
from ddops.kinds.contract import Body, Spec, kinds
from ddops.lint.finding import Finding
from ddops.location import Location
from ddops.product import Product

NAME = "workspace"
Compiled = tuple[Catalog, tuple[Desired, ...], tuple[Finding, ...]]


class Snapshot:
    """What is kept of the workspace at `root`, in the directory `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._file = folder / NAME
        self._before: str | None = None

    def recall(self) -> Compiled | None:
        """The workspace, or None where anything is not as it was."""
        try:
            head, _, kept = self._file.read_bytes().partition(b"\n")
            made_from, runbooks, checksum = orjson.loads(head)
            if made_from != self._made_from(runbooks) or checksum != _checksum(kept):
                return None
            return _compiled(orjson.loads(kept))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, compiled: Compiled, made_from: str | None) -> None:
        """Writes the workspace down, if its files are still those that `made_from` says."""
        runbooks = _runbooks(compiled[0])
        try:
            if made_from is None or made_from != self._made_from(runbooks):
                return
            kept = orjson.dumps(_plain(compiled))
            _write(self._file, orjson.dumps([made_from, runbooks, _checksum(kept)]) + b"\n" + kept)
        except (OSError, TypeError):  # not writable; a number that JSON cannot hold
            return

    def _made_from(self, runbooks: Sequence[str]) -> str:
        return f"{_ddops()} {digest(self._root, runbooks)}"
