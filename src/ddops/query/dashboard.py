"""The queries of dashboards: metric queries, formulas over their names, and searches.

Dashboards store more than a monitor takes: template variables, series without an aggregator, several queries in one
text. Reference: dashboards, 4.1 and 4.2.
"""

from __future__ import annotations

from collections.abc import Callable

from ddops.query.condition import Condition
from ddops.query.expression import DASHBOARD, expression
from ddops.query.formula import within
from ddops.query.search import search
from ddops.query.tokens import Cursor
from ddops.query.tree import Expression, Graph

parse_search = search


def parse_metric(query: str) -> Graph:
    """A metric query (`q` of a request, `query` of a metrics or cost query): one expression, or several with commas
    between them. Raises QuerySyntaxError."""
    cursor = Cursor(query)
    found = [expression(cursor, DASHBOARD)]
    while cursor.kind == ",":
        cursor.at += 1
        found.append(expression(cursor, DASHBOARD))
    cursor.take("end", "an operator, `,` or the end of the query")
    return Graph(tuple(found), query, span=(found[0].span[0], found[-1].span[1]))


def parse_formula(text: str) -> Expression:
    """A formula over names of queries: `query1 / query2 * 100`. `queries.variables` gives the names.

    Raises QuerySyntaxError."""
    return within(Cursor(text))


GRAMMARS: dict[str, Callable[[str], Graph | Expression | Condition]] = {
    "metrics": parse_metric,
    "cloud_cost": parse_metric,
    "formula": parse_formula,
    "search": parse_search,
}
"""By what a query is: the data source of a metric or cost query, a formula, the search of any event query."""
