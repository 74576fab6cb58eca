"""Which routes of a product a monitor takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ddops.product import Product, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a route's `match` looks at in a monitor. `key` is the key of its address."""

    tags: tuple[str, ...]
    priority: int | None
    type: str
    key: str

    def values(self, name: str) -> Collection[str]:
        """What the monitor has under a name of `match`, as text; nothing where it lacks it. `key` is the resource's
        key, with and without the `for_each` values behind it."""
        if name == "priority":
            return () if self.priority is None else (str(self.priority),)
        if name == "type":
            return (self.type,)
        if name == "key":
            return (self.key, self.key.partition(".")[0])
        return [value for key, colon, value in (tag.partition(":") for tag in self.tags) if colon and key == name]


def matches(route: Route, subject: Subject) -> bool:
    """Whether every entry of the route's `match` has a value that the monitor has; numbers compare as text."""
    for name, wanted in route.match.items():
        values = subject.values(name)
        if not any(str(value) in values for value in (wanted if isinstance(wanted, list) else [wanted])):
            return False
    return True


def taken(product: Product, subject: Subject, *, add: Iterable[str] = (), skip: Iterable[str] = ()) -> list[int]:
    """The positions of the routes that the monitor takes: those that match and are not `opt_in`, and those that it
    adds by name, less those that it skips by name."""
    added, skipped = set(add), set(skip)
    return [
        position
        for position, route in enumerate(product.routes)
        if (route.name in added or (not route.opt_in and matches(route, subject))) and route.name not in skipped
    ]


def route_names(product: Product) -> list[str]:
    """The names that a monitor's `routes` can have."""
    return [route.name for route in product.routes if route.name is not None]


def unknown_channels(product: Product) -> Iterator[tuple[int, int, str]]:
    """The names in routes' `notify` that are no channel of the product: (route, position in `notify`, name)."""
    for index, route in enumerate(product.routes):
        for position, name in enumerate(route.notify):
            if name not in product.channels:
                yield index, position, name
