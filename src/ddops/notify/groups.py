"""The groups of a monitor's query: which tags tell its alerts apart, and so what fills the variables of its message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ddops.query.dashboard import parse_metric
from ddops.query.monitor import parse
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import group_keys

_SCOPE = re.compile(r"(?<!by)(?<!by )(?<!\$)\{([^{}]*)\}")
_OVER = re.compile(r"\.over\s*\(([^)]*)\)")
_PAIR = re.compile(r"(?:^|[\s,\"'])([A-Za-z_][\w./-]*):([^\s,:*?\"'(){}]+)(?=$|[\s,\"'])")
_ELSEWHERE = frozenset({"composite", "slo alert", "synthetics alert"})
"""Types whose groups do not stand in the query: they are those of a composite's parts, of an SLO, of locations."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`keys` are those that a notification has values of, None where nobody can say. `scope` are the tags that all of
    the query's data has, which fill variables as well."""

    keys: frozenset[str] | None
    scope: Mapping[str, str]

    @property
    def fillable(self) -> frozenset[str] | None:
        """The keys whose `{{KEY.name}}` something fills."""
        return None if self.keys is None else self.keys | self.scope.keys()


def groups(monitor: dict[str, Any]) -> Groups:
    """The groups of a monitor's body; any where its query cannot be parsed, which another rule tells."""
    type_, query = str(monitor.get("type") or ""), str(monitor.get("query") or "")
    scope = _scope(query)
    if type_ in _ELSEWHERE:
        return Groups(None, scope)
    found = _keys(type_, query)
    for variable in (monitor.get("options") or {}).get("variables") or ():
        found = _with_variable(found, variable) if found is not None else None
    return Groups(None if found is None or "*" in found else found, scope)


def _with_variable(keys: frozenset[str], variable: dict[str, Any]) -> frozenset[str] | None:
    """The keys, with those of a query that a formula names."""
    found = set(keys)
    for group in variable.get("group_by") or ():
        facet = group.get("facet") if isinstance(group, dict) else group
        if isinstance(facet, str):
            found.add(facet)
    text = variable.get("query")
    if variable.get("data_source") in ("metrics", "cloud_cost") and isinstance(text, str):
        inner = _keys("", text)
        return None if inner is None else inner | found
    return frozenset(found)


@lru_cache(maxsize=65536)
def _keys(type_: str, query: str) -> frozenset[str] | None:
    """Of a monitor's query, or of a variable's where there is no type."""
    try:
        return frozenset(parse(type_, query).group_by if type_ else group_keys(parse_metric(query)))
    except QuerySyntaxError:
        return None


@lru_cache(maxsize=65536)
def _scope(query: str) -> Mapping[str, str]:
    """The plain tags of the query's scopes, `{env:prod}` or `.over("env:prod")`."""
    scope: dict[str, str] = {}
    for pattern in (_SCOPE, _OVER):
        for found in pattern.findall(query):
            if " OR " not in found and "NOT" not in found and "!" not in found:
                scope.update(_PAIR.findall(found))
    return scope
