"""What no plan can be faster than: the same objects fetched with 16 bare connections, and parsed.

Prints the seconds that it took, without the interpreter's start, and how many requests it made.
"""

from __future__ import annotations

import http.client
import queue
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson

CONNECTIONS = 16


def fetch(url: str, api_key: str, app_key: str, monitors: int, dashboards: int) -> tuple[list[Any], int]:
    """Everything that the org holds, and how many requests that took. How long the lists are is known beforehand."""
    headers = {"DD-API-KEY": api_key, "DD-APPLICATION-KEY": app_key}
    jobs: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    found: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def work() -> None:
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        while path := jobs.get():
            connection.request("GET", path, headers=headers)
            found.put((path, orjson.loads(connection.getresponse().read())))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    waiting = 0
    for path in _lists(monitors, dashboards):
        jobs.put(path)
        waiting += 1
    objects, requests = [], 0
    while waiting:
        path, answer = found.get()
        waiting, requests = waiting - 1, requests + 1
        if not path.startswith("/api/v1/dashboard?"):
            objects.append(answer)
            continue
        for summary in answer["dashboards"]:
            jobs.put(f"/api/v1/dashboard/{summary['id']}")
            waiting += 1
    for _ in threads:
        jobs.put(None)
    for thread in threads:
        thread.join()
    return objects, requests


def _lists(monitors: int, dashboards: int) -> Iterator[str]:
    yield from (f"/api/v1/dashboard?start={start}&count=100" for start in range(0, max(1, dashboards), 100))
    yield from (f"/api/v1/monitor?page={page}&page_size=1000" for page in range(-(-max(1, monitors) // 1000)))
    yield "/api/v1/slo?offset=0&limit=1000"


if __name__ == "__main__":
    url, api_key, app_key, *counts = sys.argv[1:]
    start = time.perf_counter()
    _, requests = fetch(url, api_key, app_key, *map(int, counts))
    print(time.perf_counter() - start, requests)
