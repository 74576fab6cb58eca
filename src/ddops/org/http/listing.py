"""Reads lists in pages, several pages and several lists side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass

from ddops.errors import ApiError
from ddops.kinds.contract import Body, Endpoint, Json, Kind
from ddops.org.http.call import Query

AHEAD = 4
"""How many pages more may be asked for with each full page that came, …"""
MOST_AHEAD = 8
"""… and how many may be asked for before they are known to exist."""

FetchPage = Callable[[Kind, Query], Json]
"""Makes the call for one page of a kind's list, and gives the answer's JSON."""


def read_lists(
    lists: Iterable[tuple[Kind, Mapping[str, str]]], fetch: FetchPage, pool: Executor, most: int
) -> Iterator[tuple[Kind, list[Body]]]:
    """The pages of the lists as they come, each list with its further query; `most` are asked for at a time.

    No list says how long it is: it ends with the first page that is not full (reference: API behaviour, pagination). So
    a small org costs one call for each list, and after a full page the next ones are asked for before it is known that
    they exist: 10,000 monitors take three round trips. Raises ApiError; what is under way is then left to itself.

    The API numbers pages or objects, so one that is created between two calls can make another one come twice, and
    one that is deleted can make another one be passed over. Who reads drops what comes twice; what was passed over is
    there on the next read.
    """
    states = [_List(kind, query) for kind, query in lists]
    under_way: dict[Future[Json], tuple[_List, int]] = {}
    while True:
        while len(under_way) < most and (page := _next_page(states)):
            state, number = page
            under_way[pool.submit(fetch, state.kind, state.page_query(number))] = page
        if not under_way:
            return
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            state, number = under_way.pop(future)
            items = _items(state.kind.endpoint, future.result())
            state.came(number, len(items))
            yield state.kind, list(_objects(state.kind.endpoint, items))
        for future in [future for future, (state, number) in under_way.items() if state.ended_before(number)]:
            future.cancel()
            del under_way[future]


@dataclass(slots=True)
class _List:
    """How far one list has been read: the pages before `asked` were asked for, `full` ones came."""

    kind: Kind
    query: Mapping[str, str]
    asked: int = 0
    full: int = 0
    last: int | None = None

    def page_query(self, number: int) -> Query:
        endpoint, paging = self.kind.endpoint, self.kind.endpoint.paging
        if paging is None:
            return [*{**endpoint.list_query, **self.query}.items()]
        start = number if paging.by == "page" else number * paging.most
        page = {paging.start: str(start), paging.size: str(paging.most)}
        return [*{**endpoint.list_query, **self.query, **page}.items()]

    @property
    def open(self) -> bool:
        """Whether one page more may be asked for."""
        return self.last is None and self.asked < 1 + min(self.full * AHEAD, self.full + MOST_AHEAD - 1)

    def came(self, number: int, length: int) -> None:
        paging = self.kind.endpoint.paging
        if paging is not None and length == paging.most:
            self.full += 1
        else:  # a page that holds more than was asked for is the whole list, from a server that knows no pages
            self.last = number if self.last is None else min(self.last, number)

    def ended_before(self, number: int) -> bool:
        return self.last is not None and self.last < number


def _next_page(states: Iterable[_List]) -> tuple[_List, int] | None:
    for state in sorted(states, key=lambda state: state.asked):
        if state.open:
            state.asked += 1
            return state, state.asked - 1
    return None


def _objects(endpoint: Endpoint, items: list[Json]) -> Iterator[Body]:
    for item in items:
        found = endpoint.wire.unwrap(item)
        if found is not None and not endpoint.unlisted(found):
            yield found


def _items(endpoint: Endpoint, answer: Json) -> list[Json]:
    answer = endpoint.wire.joined(answer)
    items = answer.get(endpoint.listed) if endpoint.listed and isinstance(answer, dict) else answer
    if not isinstance(items, list):
        raise ApiError("the answer holds no list", status=200, method="GET", path=endpoint.collection)
    return items
