"""No JSON makes the sandbox stumble: it is accepted or refused, and never an internal error."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.conftest import Client

COUNT = {
    "good_events_formula": {"formula": "a"},
    "total_events_formula": {"formula": "b"},
    "queries": [{"data_source": "metrics", "name": "a", "query": "sum:a{*}"}],
}
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/monitor": {
        "type": "query alert",
        "query": "avg(last_5m):avg:a.b{*} by {host} > 5",
        "name": "n",
        "message": "m",
        "tags": ["a"],
        "priority": 1,
        "restricted_roles": ["r"],
        "assets": [{"name": "a"}],
        "options": {
            "thresholds": {"critical": 5, "warning": 4, "critical_recovery": 3},
            "notify_by": ["x"],
            "no_data_timeframe": 10,
            "notify_no_data": True,
            "variables": [{"data_source": "logs", "name": "a", "group_by": [{"facet": "a"}]}],
            "scheduling_options": {"custom_schedule": {"recurrences": [{"rrule": "x"}]}},
        },
    },
    "/api/v1/dashboard": {
        "title": "t",
        "layout_type": "ordered",
        "reflow_type": "fixed",
        "notify_list": ["a", "b"],
        "tags": ["team:a"],
        "template_variables": [{"name": "a", "defaults": ["x"]}],
        "template_variable_presets": [{"name": "p", "template_variables": [{"name": "a", "values": ["*"]}]}],
        "tabs": [{"id": "u", "name": "n", "widget_ids": ["@1"]}],
        "widgets": [
            {
                "definition": {"type": "group", "widgets": [{"definition": {"type": "slo", "slo_id": "x"}}]},
                "layout": {"x": 0, "y": 0, "width": 1, "height": 1},
            }
        ],
    },
    "/api/v1/slo": {
        "name": "s",
        "type": "metric",
        "query": {"numerator": "sum:a{*}", "denominator": "sum:b{*}"},
        "sli_specification": {"count": COUNT},
        "monitor_ids": [1],
        "groups": ["a"],
        "tags": ["a"],
        "timeframe": "7d",
        "thresholds": [{"timeframe": "7d", "target": 9, "warning": 10}],
    },
    "/api/v1/synthetics/tests/api": {
        "name": "n",
        "type": "api",
        "subtype": "multi",
        "message": "m",
        "status": "live",
        "locations": ["aws:eu-central-1"],
        "tags": ["a"],
        "config": {
            "request": {"url": "u", "certificate": {"cert": {"content": "c"}}, "files": [{"content": "c"}]},
            "assertions": [{"type": "statusCode", "operator": "is", "target": 200}],
            "configVariables": [{"name": "A", "type": "text", "secure": True}],
            "steps": [{"name": "s", "subtype": "http", "request": {"certificate": {"key": {"content": "c"}}}}],
        },
        "options": {"tick_every": 60, "monitor_options": {"renotify_interval": 1}, "monitor_name": "m"},
    },
    "/api/v1/synthetics/tests/browser": {
        "name": "n",
        "type": "browser",
        "message": "m",
        "locations": ["pl:a"],
        "config": {"request": {"url": "u"}, "assertions": [], "variables": [{"name": "A", "type": "text"}]},
        "options": {"tick_every": 60, "monitor_priority": 1},
        "steps": [{"name": "s", "type": "uploadFiles", "params": {"files": [{"content": "c"}]}}],
    },
    "/api/v2/logs/config/metrics": {
        "data": {
            "type": "logs_metrics",
            "id": "a.b",
            "attributes": {
                "compute": {"aggregation_type": "distribution", "path": "@a", "include_percentiles": True},
                "filter": {"query": "a"},
                "group_by": [{"path": "@b", "tag_name": "b"}],
            },
        }
    },
    "/api/v2/series": {
        "series": [
            {
                "metric": "a.b",
                "type": 1,
                "interval": 10,
                "unit": "hit",
                "tags": ["env:prod"],
                "resources": [{"type": "host", "name": "h"}],
                "points": [{"timestamp": 1, "value": 2.5}],
            }
        ]
    },
}
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 10**18, 1.5, "", "x", "(", [], [None], [[]], [1], {}, {"a": None}]
)


def spots(body: Any) -> list[tuple[Any, ...]]:
    """The path of every value in a JSON body."""
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    return [(), *((key, *rest) for key, value in inner for rest in spots(value))]


def put(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of the body with another value at a path."""
    if not path:
        return value
    changed = copy.copy(body)
    changed[path[0]] = put(body[path[0]], path[1:], value)
    return changed


@pytest.mark.parametrize("path", BODIES)
@settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_junk_is_no_internal_error(org: Client, path: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(spots(BODIES[path])))
    status, answer = org.call("POST", path, put(BODIES[path], place, data.draw(JUNK)))
    assert status in (200, 202, 400, 409), answer


@pytest.mark.parametrize("path", BODIES)
def test_the_untouched_bodies_are_accepted(org: Client, path: str) -> None:
    org.made(path, BODIES[path])
