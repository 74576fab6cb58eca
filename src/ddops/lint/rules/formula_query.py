"""Every name in a formula is one of the queries beside it, and every query has a name of its own.

Why: the API saves a widget whose formula names a query that is not there, and the widget stays empty; a monitor so
written is refused (reference: dashboards, 4.2; monitor queries, 5). Of two queries with one name nobody knows which is
meant.
Fix: name the queries as the formula does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ddops.catalog.nearest import unknown
from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import tree, variables
from ddops.lint.widgets import widgets
from ddops.location import NodePath
from ddops.query.dashboard import parse_formula
from ddops.query.queries import FormulaQuery
from ddops.query.queries import variables as names_in
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import Call, Expression, Word


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    if resource.kind.name == "monitor":
        query = tree(resource)
        if isinstance(query, FormulaQuery):
            yield from _named(_operands(query.expression), variables(resource), ("query",))
        return
    if resource.kind.name == "slo":
        sli = body.get("sli_specification") or {}
        parts: list[tuple[NodePath, Any]] = [(("sli_specification", "count"), sli.get("count"))]
        parts.append((("sli_specification", "time_slice", "query"), (sli.get("time_slice") or {}).get("query")))
        for path, part in parts:
            yield from _within(part, path)
        return
    for widget in widgets(body):
        yield from _within(widget.definition.get("requests"), (*widget.path, "definition", "requests"))


def _within(value: Any, path: NodePath) -> Iterator[Flaw]:
    """The objects at and below `value` that have queries and formulas over them."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _within(item, (*path, index))
    elif isinstance(value, dict):
        queries = value.get("queries")
        if isinstance(queries, list):
            listed = [one for one in queries if isinstance(one, dict)]
            for place, text in _formulas(value, path):
                yield from _named(_operands(text), listed, place)
        else:
            for key, child in value.items():
                if isinstance(child, dict | list):
                    yield from _within(child, (*path, key))


def _formulas(value: dict[str, Any], path: NodePath) -> Iterator[tuple[NodePath, str]]:
    for index, one in enumerate(value.get("formulas") or ()):
        if isinstance(one, dict) and isinstance(one.get("formula"), str):
            yield (*path, "formulas", index, "formula"), one["formula"]
    for key in ("good_events_formula", "bad_events_formula", "total_events_formula"):
        one = value.get(key)
        if isinstance(one, dict) and isinstance(one.get("formula"), str):
            yield (*path, key, "formula"), one["formula"]


def _named(used: tuple[str, ...], queries: list[dict[str, Any]], path: NodePath) -> Iterator[Flaw]:
    names = [str(one["name"]) for one in queries if one.get("name") is not None]
    for name in used:
        if name not in names:
            yield Flaw(f"the formula: {unknown('query', name, names)}", path)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Flaw(f"two queries are called '{name}'", path)


@lru_cache(maxsize=4096)
def _operands(formula: str | Expression) -> tuple[str, ...]:
    """The names of queries; a bare word behind the first argument of a function is a setting."""
    if isinstance(formula, str):
        try:
            formula = parse_formula(formula)
        except QuerySyntaxError:
            return ()
    settings = {
        id(argument)
        for node in formula.walk()
        if isinstance(node, Call)
        for argument in node.arguments[1:]
        if isinstance(argument, Word)
    }
    if not settings:
        return names_in(formula)
    return tuple(
        dict.fromkeys(node.name for node in formula.walk() if isinstance(node, Word) and id(node) not in settings)
    )


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor", "slo", "dashboard"}), check=check)
