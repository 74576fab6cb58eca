"""Routes as a diagram in Mermaid's language, which GitHub draws: product → routes → who hears."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddops.meaning.contract import RouteTaken, Routing
from ddops.report.words import line

MOST_ROUTES = 30
"""In one diagram; with more of them nobody reads it."""

_ACTIVE = re.compile(r"[^\w ]|_|(?<=direction) ")
"""All but what means nothing in a label. Mermaid takes any character as `#NUMBER;` (its documentation).

Seen with Mermaid 10.9, 11.4 and 11.17: `direction TB` in a label makes the whole line one that sets the direction. 11.4
reads labels as Markdown (`1.`, `-`, `www.`), but not what is written as numbers.
"""
_STATES = "every state"


def flowchart(routing: Routing) -> str:
    """The routes of a product as Mermaid's source. Who is paged has a thick border."""
    return "\n".join(_lines(routing))


def _lines(routing: Routing) -> Iterator[str]:
    yield "flowchart LR"
    yield f'  product["{label(routing.product)}"]'
    nodes: dict[str, str] = {}
    for number, route in enumerate(routing.routes[:MOST_ROUTES]):
        yield f'  route{number}(["{_name(route)}"])'
        match = f'-- "{label(route.match)}" -->' if route.match else "-->"
        yield f"  product {match} route{number}"
        states = label(", ".join(state.replace("_", " ") for state in route.states) or _STATES)
        for listener in route.listeners:
            if listener.handle not in nodes:
                nodes[listener.handle] = f"channel{len(nodes)}"
                pages = ":::pages" if listener.pages else ""
                yield f'  {nodes[listener.handle]}["{label(listener.name)}"]{pages}'
            yield f'  route{number} -- "{states}" --> {nodes[listener.handle]}'
    if len(routing.routes) > MOST_ROUTES:
        yield f'  product --> more["{len(routing.routes) - MOST_ROUTES} more routes"]'
    yield "  classDef pages stroke-width:3px"


def _name(route: RouteTaken) -> str:
    monitors = "monitor" if route.uses == 1 else "monitors"
    # On one line: a label with `<br>` in it is decoded early, and what it says is read as Markdown after all.
    return f"{label(route.name)} {label(f'({route.uses} {monitors})')}"


def label(text: str) -> str:
    """A text between the quotes of a label: it shows as it is, and one without a character as `(none)`."""
    return _ACTIVE.sub(lambda match: f"#{ord(match.group())};", line(text)[:200] or "(none)")
