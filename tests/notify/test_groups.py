"""The groups of a query."""

import pytest

from ddops.notify import groups


@pytest.mark.parametrize(
    ("type_", "query", "options", "keys", "scope"),
    [
        ("query alert", "avg(last_5m):avg:m{*} > 1", {}, set(), {}),
        ("query alert", "avg(last_5m):avg:m{env:prod,service:web*,!x:y} by {host} > 1", {}, {"host"}, {}),
        ("query alert", "avg(last_5m):avg:m{env:prod,role:a} by {host, az} > 1", {}, {"host", "az"},
         {"env": "prod", "role": "a"}),
        ("query alert", "avg(last_5m):avg:a{*} by {x} / avg:b{env:prod} by {x,y} > 1", {}, {"x", "y"}, {"env": "prod"}),
        ("log alert", 'logs("a").index("*").rollup("count").by("service,@code").last("5m") > 1', {},
         {"service", "@code"}, {}),
        ("service check", '"x".over("env:prod").by("host","env").last(2).count_by_status()', {}, {"host", "env"},
         {"env": "prod"}),
        ("service check", '"x".over("*").by("*").last(2).count_by_status()', {}, None, {}),
        ("composite", "1 && 2", {}, None, {}),
        ("query alert", "nonsense", {}, None, {}),
        ("query alert", "formula(\"a\").last(\"5m\") > 1",
         {"variables": [{"name": "a", "data_source": "logs", "group_by": [{"facet": "service"}]}]}, {"service"}, {}),
        ("query alert", "formula(\"a\").last(\"5m\") > 1",
         {"variables": [{"name": "a", "data_source": "metrics", "query": "avg:m{*} by {host}"}]}, {"host"}, {}),
    ],
)  # fmt: skip
def test_groups(type_, query, options, keys, scope):
    found = groups({"type": type_, "query": query, "options": options})
    assert (found.keys, found.scope) == (keys, scope)
