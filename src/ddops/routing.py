"""Who hears about which states of a monitor: from a product's routes to the notification text of a message."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from ddops.product import Product, Route, State

STATES: tuple[State, ...] = get_args(State)
"""In the order of their blocks in a message."""

Heard = Mapping[str, frozenset[State] | None]
"""The states that each channel hears about, None for every transition; channels in the product's order."""


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


def heard(product: Product, subject: Subject, *, add: Iterable[str] = (), skip: Iterable[str] = ()) -> Heard:
    """What each channel hears about the monitor, by the routes that match and are not `opt_in`, and those that it
    adds by name, less those that it skips by name. Channels that hear nothing are left out."""
    added, skipped = set(add), set(skip)
    found: dict[str, frozenset[State] | None] = {}
    for route in product.routes:
        wanted = route.name in added or (not route.opt_in and matches(route, subject))
        if not wanted or route.name in skipped:
            continue
        for channel in route.notify:
            before = found.get(channel, frozenset())
            found[channel] = None if before is None or route.states is None else before | frozenset(route.states)
    return {channel: found[channel] for channel in product.channels if channel in found}


def notification(product: Product, heard: Heard, message: str = "") -> str:
    """The text that notifies: the handles that hear everything on one line, then a conditional block for each state
    that further ones hear. A handle that stands in `message` outside of any block hears everything already, so it is
    left out."""
    written = set(_unconditional(message))
    handles = {name: product.channels[name].handle for name in heard}
    heard = {name: states for name, states in heard.items() if handles[name] not in written}
    always = [handles[name] for name, states in heard.items() if states is None]
    lines = [" ".join(dict.fromkeys(always))] if always else []
    for state in STATES:
        names = [name for name, states in heard.items() if states is not None and state in states]
        block = dict.fromkeys(handles[name] for name in names if handles[name] not in always)
        if block:
            lines.append(f"{{{{#is_{state}}}}}\n{' '.join(block)}\n{{{{/is_{state}}}}}")
    return "\n".join(lines)


# A handle begins the text or follows white space, and ends at white space or one of `{ , ' "` (reference:
# notifications, handle grammar).
_HANDLE = re.compile(r"(?:^|(?<=\s))@[^\s{,'\"]+")
_BLOCK = re.compile(r"\{\{\s*([#^/])[^}]*\}\}")


def _unconditional(message: str) -> Iterator[str]:
    """The handles of a message that stand in no conditional block."""
    depth, end = 0, 0
    for block in [*_BLOCK.finditer(message), None]:
        if depth == 0:
            text = message[end : block.start() if block else None]
            yield from (handle.rstrip(".:;!?)") for handle in _HANDLE.findall(text))
        if block is not None:
            depth = max(0, depth + (-1 if block[1] == "/" else 1))
            end = block.end()


def route_names(product: Product) -> list[str]:
    """The names that a monitor's `routes` can have."""
    return [route.name for route in product.routes if route.name is not None]


def unknown_channels(product: Product) -> Iterator[tuple[int, int, str]]:
    """The names in routes' `notify` that are no channel of the product: (route, position in `notify`, name)."""
    for index, route in enumerate(product.routes):
        for position, name in enumerate(route.notify):
            if name not in product.channels:
                yield index, position, name
