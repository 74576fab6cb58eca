"""Which variables something fills: those of every monitor, those of its type, and its groups' keys.

The source is the reference's table of variables (notifications, 4).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from ddops.message import expression
from ddops.message.conditions import MATCHES
from ddops.message.template import Block, Call, Fault, Node, Template, Variable, position

ALWAYS = frozenset(
    {
        *(
            "value",
            "threshold",
            "warn_threshold",
            "alert_recovery_threshold",
            "warn_recovery_threshold",
            "ok_threshold",
        ),
        *("comparator", "first_triggered_at", "first_triggered_at_epoch", "last_triggered_at"),
        *("last_triggered_at_epoch", "triggered_duration_sec", "check_message", "timeframe", "slo_id"),
        *("short_window_burn_rate", "long_window_burn_rate", "observed", "lower_bound", "upper_bound", "predicted"),
    }
)
"""Variables of one word. Some are of one type only; which, the manual does not say of all."""

SOURCES: Mapping[str, frozenset[str]] = {
    "metric alert": frozenset(),
    "query alert": frozenset(),
    "service check": frozenset(),
    "log alert": frozenset({"log"}),
    "trace-analytics alert": frozenset({"span"}),
    "rum alert": frozenset({"rum"}),
    "audit alert": frozenset({"audit"}),
    "ci-pipelines alert": frozenset({"cipipeline"}),
    "ci-tests alert": frozenset({"citest"}),
    "database-monitoring alert": frozenset({"databasemonitoring"}),
    "error-tracking alert": frozenset({"log", "span", "rum", "issue"}),
    "event alert": frozenset({"event"}),
    "event-v2 alert": frozenset({"event"}),
}
"""What the variables of an event begin with, by the type of the monitor; of other types nobody says."""

_STEP = re.compile(r"\[([^\]]*)\]|([^.]+)")


def steps(path: str) -> list[str]:
    """The parts of a variable's path, without brackets: `[kube.pod].name` is `kube.pod`, `name`."""
    return [match[1] if match[1] is not None else match[2] for match in _STEP.finditer(path)]


def key(path: str) -> str | None:
    """The key of a group's variable: `env` of `env.name`, `kube.pod` of `[kube.pod].name`; None of any other."""
    found = steps(path)
    return ".".join(found[:-1]) if len(found) > 1 and found[-1] == "name" else None


def paths(template: Template) -> Iterator[tuple[int, str, bool]]:
    """The variables that a template uses: where, which, and whether a match compares it."""
    yield from _paths(template.nodes)


def unfilled(template: Template, keys: Collection[str] | None, type_: str) -> Iterator[Fault]:
    """The variables of a template that nothing fills in a monitor of a type whose groups have the keys; None means
    any key."""
    for at, path, is_match in paths(template):
        for message, word, known in _wrong(path, keys, type_, is_match):
            yield Fault(position(template.source, at), message, word, known)


def fills(path: str, keys: Collection[str] | None, type_: str, *, is_match: bool = False) -> bool:
    """Whether something fills a variable."""
    return not any(True for _ in _wrong(path, keys, type_, is_match))


def _paths(nodes: tuple[Node, ...]) -> Iterator[tuple[int, str, bool]]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node.at, node.path, False
        elif isinstance(node, Block):
            if node.condition.name in MATCHES and node.condition.arguments:
                yield node.at, node.condition.arguments[0], True
            yield from _paths(node.body)
            yield from _paths(node.otherwise)
        elif isinstance(node, Call) and node.name == "eval":
            yield from ((node.at, name, False) for name in expression.names(node.arguments[0]))
        elif isinstance(node, Call) and node.name in ("urlencode", "local_time"):
            yield node.at, node.arguments[0], False


def _wrong(path: str, keys: Collection[str] | None, type_: str, is_match: bool) -> Iterator[expression.Wrong]:
    sources = SOURCES.get(type_)
    first, *rest = steps(path) or [""]
    if type_ == "composite" and len(first) == 1 and rest:  # `a.value`: a part's
        return
    if keys is None:
        if not rest and not is_match and path not in ALWAYS:
            yield "variable", path, tuple(ALWAYS)
        return
    if not rest:
        if path in ALWAYS or (is_match and path in keys):
            return
        if path in keys:
            yield f"'{{{{{path}}}}}' is empty; the group's value is '{{{{{_written(path)}}}}}'", None, ()
        else:
            yield "variable", path, (*ALWAYS, *map(_written, keys))
        return
    if (first == "host" and "host" in keys) or (first in sources if sources is not None else rest[-1:] != ["name"]):
        return
    if path in keys:  # `host.name` as a key of its own
        return
    named = key(path)
    if named is not None and named in keys:
        if "." in named and path != _written(named):
            yield f"'{path}': a key with a dot stands in brackets: '{_written(named)}'", None, ()
        return
    grouped = f"its groups are by {', '.join(sorted(keys))}" if keys else "it has no groups"
    if named is not None:
        yield f"nothing fills '{path}': the query is not grouped by '{named}', {grouped}", None, ()
    elif first == "host":
        yield f"nothing fills '{path}': the query is not grouped by 'host', {grouped}", None, ()
    else:
        yield f"nothing fills '{path}' in a monitor of type '{type_}'", None, ()


def _written(name: str) -> str:
    return f"[{name}].name" if "." in name else f"{name}.name"
