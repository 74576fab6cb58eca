"""Reads many files, in several processes where there is so much to read that they are worth their start."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from ddops.catalog.reader import Document, read
from ddops.errors import Problem, SpecError

WORTH_IT = 1_000_000
"""Bytes of YAML, about a fifth of a second of reading."""
MOST_PROCESSES = 8
FILES_AT_A_TIME = 16


def read_all(root: Path, paths: Sequence[Path]) -> Iterator[Document | Sequence[Problem]]:
    """Each file of the workspace at `root` as it comes from `reader.read`, or what is wrong in it, in their order."""
    one = partial(_read, root)
    processes = _processes()
    if processes == 1 or sum(map(_size, paths)) < WORTH_IT:
        yield from map(one, paths)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts) as pool:
        yield from pool.map(one, paths, chunksize=FILES_AT_A_TIME)


def _read(root: Path, path: Path) -> Document | Sequence[Problem]:
    try:
        return read(root, path)
    except SpecError as error:
        return error.problems


def _processes() -> int:
    """How many processes to read in. Elsewhere than on Linux a process takes longer to start than it saves, and one
    that has threads cannot be forked safely."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)


def _leave_interrupts() -> None:
    """Ctrl-C goes to every process of the terminal; the one that started the others answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the reader says so
        return 0
