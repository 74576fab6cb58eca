"""Every type of monitor and the grammar of its query."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ddops.query import event, formula
from ddops.query.check import check
from ddops.query.composite import composite
from ddops.query.metric import metric
from ddops.query.queries import NO_QUERY, Query, SyntheticsQuery
from ddops.query.slo import slo
from ddops.query.syntax import QuerySyntaxError, not_known, shown


def _metric_or_formula(text: str) -> Query:
    return formula.formula(text) if formula.is_formula(text) else metric(text)


def _events(sources: tuple[str, ...]) -> Callable[[str], Query]:
    def parse(text: str) -> Query:
        return formula.formula(text) if formula.is_formula(text) else event.event(text, sources)

    return parse


def _synthetics(text: str) -> Query:
    if text.strip() != NO_QUERY:
        raise QuerySyntaxError(text, 0, f"the monitor of a synthetic test has `{NO_QUERY}` here, not {shown(text)}")
    return SyntheticsQuery(span=(0, len(text)))


GRAMMARS: dict[str, Callable[[str], Query]] = {
    "query alert": _metric_or_formula,
    "metric alert": _metric_or_formula,
    # In use, though the API's specification does not name it.
    "datadog-usage alert": _metric_or_formula,
    "service check": check,
    "composite": composite,
    "slo alert": slo,
    "synthetics alert": _synthetics,
    "cost alert": formula.formula,
    "data-quality alert": formula.formula,
    "data-jobs alert": formula.formula,
    **{type: _events(sources) for type, sources in event.SOURCES.items()},
}
"""The parser of each type (reference: monitor queries, 1)."""


@lru_cache(maxsize=1024)  # many ask for the same one, and a tree never changes
def parse(type: str, query: str) -> Query:
    """The syntax tree of a monitor's query; `type` is the monitor's, such as `query alert`.

    In a composite and an SLO alert, ddops' references `${monitor:KEY}` and `${slo:KEY}` may stand for ids.
    Raises QuerySyntaxError, also where there is no such type.
    """
    grammar = GRAMMARS.get(type)
    if grammar is None:
        raise QuerySyntaxError(query, 0, not_known("type of monitor", type, GRAMMARS))
    found = grammar(query)
    # The text is no part of the tree: a changed copy has none.
    object.__setattr__(found, "text", query)
    return found
