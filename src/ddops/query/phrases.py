"""Parts of trees in words, for sentences."""

from __future__ import annotations

from collections.abc import Callable

from ddops.query.condition import And, Condition, Everything, Group, Membership, MonitorId, Not, Or
from ddops.query.tree import Argument, Series

COMPARED = {
    ">": "above",
    ">=": "at or above",
    "<": "below",
    "<=": "at or below",
    "==": "equal to",
    "!=": "other than",
}
_ACROSS = {"avg": "average", "sum": "sum", "min": "minimum", "max": "maximum", "count": "count", "stddev": "deviation"}


def watched(node: Argument) -> str:
    """A single series in words, anything else as it is written."""
    if not isinstance(node, Series) or node.methods:
        return f"`{node}`"
    name = node.aggregator or "avg"
    aggregator = _ACROSS.get(name) or (f"{ordinal(name[1:])} percentile" if name.startswith("p") else name)
    scope = node.scope.condition
    where = "" if isinstance(scope, Everything) else f" where {condition(scope)}"
    return f"the {aggregator} of {node.metric}{where}"


def condition(node: Condition, leaf: Callable[[Condition], str] = str) -> str:
    """A condition with `and`, `or` and `not`."""
    if isinstance(node, And):
        return " and ".join(condition(item, leaf) for item in node.items)
    if isinstance(node, Or):
        return " or ".join(condition(item, leaf) for item in node.items)
    if isinstance(node, Not):
        return f"not {condition(node.item, leaf)}"
    if isinstance(node, Group):
        return f"({condition(node.item, leaf)})"
    if isinstance(node, Membership):
        return f"{node.key} {'not ' if node.negated else ''}in ({', '.join(node.values)})"
    return leaf(node)


def monitors(node: Condition) -> str:
    return f"monitor {node} alerts" if isinstance(node, MonitorId) else str(node)


def group_by(keys: tuple[str, ...]) -> str:
    """` for each host and env`, or nothing."""
    if keys == ("*",):
        return " for each known group"
    return f" for each {' and '.join(keys)}" if keys else ""


def ordinal(number: str) -> str:
    """`95th`, `1st`."""
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")
    return f"{number}{'th' if number[-2:-1] == '1' or '.' in number else ending}"
