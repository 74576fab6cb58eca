"""Ctrl-C while an org is being changed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STDERR = 2


@contextmanager
def noted() -> Iterator[Callable[[], bool]]:
    """Within the block Ctrl-C raises nothing; the function that the block is given says whether it was pressed.

    A KeyboardInterrupt could come between a change's being made and its being noted, and nobody would ever hear of it.
    """
    pressed = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if not pressed:
            # Not through sys.stderr: this may have interrupted a write to it.
            os.write(STDERR, b"\ninterrupted: what is under way is finished, nothing more is begun\n")
        pressed = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
