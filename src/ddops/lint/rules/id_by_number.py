"""A resource that is in git is named by reference: `${monitor:KEY}`, not by its number.

Why: the number is that of one org, and of one life of the object: after a delete and a create it leads nowhere, the
order of creates and deletes is not known, and a copy for another org watches the first org's monitor (reference:
slo-synthetics-downtime-others, 13).
Fix: the reference. Of an object that is not in git the rule only remarks on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Replace, Rule, Severity
from ddops.lint.monitors import tree
from ddops.location import NodePath
from ddops.query.queries import CompositeQuery, SloQuery

_NAMED = {"alert_id": "monitor", "slo_id": "slo", "powerpack_id": "powerpack"}
"""The kind of the object that a widget's field names (reference: dashboards, 4.2)."""


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    for kind, id_, path, whole in _numbers(resource):
        adopted = [one for one in context.adopted.get((kind, id_), ()) if one.org == resource.org]
        if not adopted:
            yield Flaw(
                f"{kind} {id_} is named by its number; if it is in git, or is to be, write `${{{kind}:KEY}}`",
                path,
                severity=Severity.INFO,
            )
            continue
        address = adopted[0].address
        key = address.key if address.product == resource.address.product else f"{address.product}/{address.key}"
        reference = f"${{{kind}:{key}}}"
        yield Flaw(
            f"{kind} {id_} is {address}; write `{reference}`", path, fix=Replace(path, reference) if whole else None
        )


def _numbers(resource: Desired) -> Iterator[tuple[str, str, NodePath, bool]]:
    """Kind, id, place, and whether the id is all that stands there."""
    body = resource.spec.body
    if resource.kind.name == "monitor":
        query = tree(resource)
        if isinstance(query, CompositeQuery):
            yield from (("monitor", one, ("query",), False) for one in query.monitors if not one.startswith("${"))
        elif isinstance(query, SloQuery) and not query.slo.value.startswith("${"):
            yield "slo", query.slo.value, ("query",), False
    elif resource.kind.name == "slo":
        for index, one in enumerate(body.get("monitor_ids") or ()):
            if isinstance(one, int):
                yield "monitor", str(one), ("monitor_ids", index), True
    elif resource.kind.name == "downtime":
        one = (body.get("monitor_identifier") or {}).get("monitor_id")
        if isinstance(one, int):
            yield "monitor", str(one), ("monitor_identifier", "monitor_id"), True
    else:
        encoded = orjson.dumps(body.get("widgets"))
        # Most dashboards name nothing, and need no walk.
        if any(name.encode() in encoded for name in _NAMED):
            yield from _fields(body.get("widgets"), ("widgets",))


def _fields(value: Any, path: NodePath) -> Iterator[tuple[str, str, NodePath, bool]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _fields(item, (*path, index))
    elif isinstance(value, dict):
        for key, child in value.items():
            kind = _NAMED.get(key)
            if kind is not None and isinstance(child, str | int) and not str(child).startswith("${"):
                yield kind, str(child), (*path, key), True
            elif isinstance(child, dict | list):
                yield from _fields(child, (*path, key))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor", "slo", "downtime", "dashboard"}), check=check)
