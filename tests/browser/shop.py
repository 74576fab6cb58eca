"""The small workspace as it was applied, and as it is planned after that: a dashboard is created, one changed and one
deleted, monitors changed."""

import time

import pytest

from tests.conftest import FILES

LONG = "sum:shop.checkout.answers_that_took_longer_than_anybody_would_ever_wait_for{env:prod}.as_count()"

BEFORE = {
    "dashboards/shop/checkout.yaml": f"""\
product: shop
title: Checkout
layout_type: ordered
reflow_type: fixed
widgets:
  - definition: {{type: note, content: "Who watches the checkout: #shop-alerts"}}
    layout: {{x: 0, y: 0, width: 12, height: 1}}
  - definition: {{type: timeseries, title: Orders, requests: [{{q: "sum:shop.orders{{*}}.as_count()"}}]}}
    layout: {{x: 0, y: 1, width: 8, height: 3}}
  - definition: {{type: query_value, title: Slow answers, requests: [{{q: "{LONG}"}}]}}
    layout: {{x: 8, y: 1, width: 4, height: 3}}
  - definition:
      type: group
      title: Payment
      layout_type: ordered
      widgets:
        - definition: {{type: timeseries, title: Refused, requests: [{{q: "sum:shop.refused{{*}}"}}]}}
          layout: {{x: 0, y: 0, width: 6, height: 2}}
        - definition: {{type: timeseries, title: Refunded, requests: [{{q: "sum:shop.refunded{{*}}"}}]}}
          layout: {{x: 6, y: 0, width: 6, height: 2}}
    layout: {{x: 0, y: 4, width: 12, height: 4}}
""",
}

AFTER = {
    "dashboards/shop/checkout.yaml": f"""\
product: shop
title: Checkout
layout_type: ordered
reflow_type: fixed
widgets:
  - definition: {{type: note, content: "Who watches the checkout: #shop-alerts"}}
    layout: {{x: 0, y: 0, width: 12, height: 1}}
  - definition: {{type: query_value, title: Slow answers, requests: [{{q: "{LONG}"}}]}}
    layout: {{x: 0, y: 1, width: 4, height: 3}}
  - definition: {{type: timeseries, title: Orders, requests: [{{q: "sum:shop.orders{{env:prod}}.as_count()"}}]}}
    layout: {{x: 4, y: 1, width: 8, height: 3}}
  - definition:
      type: group
      title: Payment
      layout_type: ordered
      widgets:
        - definition: {{type: timeseries, title: Refused, requests: [{{q: "sum:shop.refused{{*}}"}}]}}
          layout: {{x: 0, y: 0, width: 4, height: 2}}
        - definition: {{type: toplist, title: By card, requests: [{{q: "top(sum:shop.refused{{*}} by {{card}})"}}]}}
          layout: {{x: 4, y: 0, width: 8, height: 2}}
    layout: {{x: 0, y: 4, width: 12, height: 4}}
""",
    "dashboards/shop/stock.yaml": """\
product: shop
title: Stock
layout_type: ordered
reflow_type: fixed
widgets:
  - definition: {type: timeseries, title: In the store, requests: [{q: "avg:shop.stock{*} by {store}"}]}
    layout: {x: 6, y: 0, width: 6, height: 2}
  - definition: {type: toplist, title: Sold out, requests: [{q: "top(avg:shop.gone{*} by {item}, 10, 'mean', 'desc')"}]}
    layout: {x: 0, y: 0, width: 6, height: 4}
  - definition: {type: timeseries, title: On its way, requests: [{q: "avg:shop.ordered{*} by {store}"}]}
    layout: {x: 6, y: 2, width: 6, height: 2}
""",
    "monitors/shop.yaml": FILES["monitors/shop.yaml"]
    .replace("${dashboard:overview.url}", "${dashboard:checkout.url}")
    .replace("priority: 2", "priority: 3")
    .replace("avg(last_5m):avg:shop.latency{env:prod} > 2.5", "avg(last_15m):avg:shop.latency{env:prod} > 3.5")
    .replace("    routes: {add: [vendor]}\n", "")
    .replace("{critical: 2.5, warning: 1}", "{critical: 3.5, warning: 2}"),
}
WINDOW, DAYS = 900, 4 * 86_400
"""Seconds: of an evaluation, and of what there are points for."""
REMOVED = "dashboards/shop/overview.yaml"


_pages: list[str] = []


@pytest.fixture
def plan(orgs, workspace) -> str:
    """The page of the plan, against an org that holds what was before, and points of one monitor's metric. It is made
    once: no test changes it."""
    if not _pages:
        _pages.append(_page(orgs, workspace))
    return _pages[0]


def _page(orgs, workspace) -> str:
    for path, text in BEFORE.items():
        workspace.write(path, text)
    orgs.apply()
    for path, text in AFTER.items():
        workspace.write(path, text)
    workspace.remove(REMOVED)
    now = int(time.time()) // WINDOW * WINDOW
    points = [{"timestamp": at, "value": 1 + at // WINDOW % 40 / 10} for at in range(now - DAYS, now + 3600, WINDOW)]
    series = {"metric": "shop.latency", "type": 3, "tags": ["env:prod"], "unit": "second", "points": points}
    status, answer = orgs.main.call("POST", "/api/v2/series", {"series": [series]})
    assert status == 202, answer
    run = orgs("plan", "--format", "html")
    assert run.exit_code == 0, run.stderr
    return run.stdout
