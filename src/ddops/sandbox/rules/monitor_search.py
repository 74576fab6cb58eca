"""The filters of the monitor list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ddops.sandbox.exchange import Json


def filters_of(query: Mapping[str, str]) -> list[Callable[[Json], bool]]:
    """What a monitor has to satisfy to be listed: `name`, `tags` (of the query's scope) and `monitor_tags`."""
    return [make(query[name]) for name, make in FILTERS.items() if query.get(name)]


def _by_name(wanted: str) -> Callable[[Json], bool]:
    return lambda body: wanted.lower() in body["name"].lower()


def _by_scope_tags(wanted: str) -> Callable[[Json], bool]:
    tags = [tag.strip() for tag in wanted.split(",")]
    return lambda body: all(re.search(rf"(?<![\w.-]){re.escape(tag)}(?![\w.-])", body["query"]) for tag in tags)


def _by_monitor_tags(wanted: str) -> Callable[[Json], bool]:
    tags = [tag.strip() for tag in wanted.split(",")]
    return lambda body: set(tags) <= set(body["tags"])


FILTERS: dict[str, Callable[[str], Callable[[Json], bool]]] = {
    "name": _by_name,
    "tags": _by_scope_tags,
    "monitor_tags": _by_monitor_tags,
}
