"""Threads that nobody has to wait for."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_Job = tuple["Future[object]", Callable[[], object]]


class Workers(Executor):
    """An executor on daemon threads.

    `ThreadPoolExecutor` joins its threads when the process ends, so that Ctrl-C during a read would hang until the last
    answer came or the last wait for a rate limit was over. Here it ends at once: what is under way is a read, and
    nobody wants its result any more.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Has a thread call `fn`. Only the thread that made the executor calls this."""
        if self._closed:
            raise RuntimeError("these workers have gone home")
        future: Future[T] = Future()
        self._jobs.put((future, lambda: fn(*args, **kwargs)))  # type: ignore[arg-type]
        if len(self._threads) < self._most:
            thread = threading.Thread(target=self._work, name=f"ddops-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def shutdown(self, wait: bool = False, *, cancel_futures: bool = True) -> None:
        """Drops the jobs that no thread has taken up; waits for nothing."""
        self._closed = True
        try:
            while job := self._jobs.get_nowait():
                job[0].cancel()
        except queue.Empty:
            pass
        for _ in self._threads:
            self._jobs.put(None)

    def __exit__(self, *_: object) -> None:
        self.shutdown()

    def _work(self) -> None:
        while job := self._jobs.get():
            future, call = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(call())
            except BaseException as error:
                future.set_exception(error)
