"""`routing: messages`: routes as handles at the end of a monitor's message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from ddops.product import Product, State
from ddops.routing.match import Subject, taken

STATES: tuple[State, ...] = get_args(State)
"""In the order of their blocks in a message."""

Heard = Mapping[str, frozenset[State] | None]
"""The states that each channel hears about, None for every transition; channels in the product's order."""


def heard(product: Product, subject: Subject, *, add: Iterable[str] = (), skip: Iterable[str] = ()) -> Heard:
    """What each channel hears about the monitor, by the routes that it takes (`taken`). Channels that hear nothing are
    left out."""
    found: dict[str, frozenset[State] | None] = {}
    for route in (product.routes[position] for position in taken(product, subject, add=add, skip=skip)):
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
