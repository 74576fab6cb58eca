"""Backtests and changes made by hand."""

from typing import Any

from ddops.address import Address
from ddops.backtest.contract import Backtest, Comparator, Condition, Curve
from ddops.plan.change import Action, Change

START = 1_795_000_200 - 86_400
"""A day before a time at which a rollup over five minutes begins."""
QUERY = "sum(last_5m):sum:shop.errors{*}.as_count() > 50"
ASKED = "sum:shop.errors{*}.as_count().rollup(sum, 300)"


def monitor(query: str = QUERY, type: str = "query alert", **thresholds: Any) -> dict[str, Any]:
    return {"type": type, "query": query, "options": {"thresholds": thresholds}}


def change(key: str = "errors", action: Action = Action.UPDATE, **more: Any) -> Change:
    return Change(address=Address("shop", "monitor", key), org="acme", action=action, title=key, **more)


def curve(*values: float, scope: str = "*") -> Curve:
    return Curve(scope=scope, points=tuple((START + 300 * at, value) for at, value in enumerate(values)))


def when(comparator: Comparator = ">", **thresholds: float) -> Condition:
    return Condition(comparator=comparator, thresholds=thresholds)


def backtest(*curves: Curve, **more: Any) -> Backtest:
    """Of a day, at every five minutes."""
    address = Address("shop", "monitor", "errors")
    about = {"query": ASKED, "window": 300, "start": START, "end": START + 86_400}
    return Backtest(**{"org": "acme", "address": address, "curves": curves, **about, **more})
