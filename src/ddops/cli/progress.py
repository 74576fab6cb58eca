"""What a run is doing, on standard error, where a person waits for it."""

from __future__ import annotations

import sys
import threading
import time

PATIENCE = 1.0
"""Seconds before the first word: what is done by then needs none."""


class Progress:
    """A line that is written over where standard error is a terminal, and nothing where it is not."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shows = sys.stderr.isatty()
        self._lock = threading.Lock()
        self._shown = False

    def __call__(self, line: str) -> None:
        if not self._shows or time.monotonic() - self._since < PATIENCE:
            return
        with self._lock:
            sys.stderr.write(f"\r\x1b[K{line[:78]}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        with self._lock:
            if self._shown:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                self._shown = False
