import copy

import orjson
import pytest

from ddops.address import Address
from ddops.compile import compile_specs
from ddops.errors import SpecError

MONITOR = "- {key: KEY, name: n, type: query alert, query: q > 1, message: 'MESSAGE'}\n"


def plain(desired):
    return orjson.dumps([[str(one.address), one.org, one.payload, sorted(map(str, one.needs))] for one in desired])


def only_monitors(workspace, **messages):
    workspace.remove("dashboards/shop/overview.yaml")
    workspace.remove("slos/shop.yaml")
    lines = [MONITOR.replace("KEY", key).replace("MESSAGE", message) for key, message in messages.items()]
    workspace.write("monitors/shop.yaml", "product: shop\nmonitors:\n" + "".join(lines))


def test_payloads_of_the_workspace(workspace):
    found = {str(one.address): one for one in compile_specs(workspace.load())}
    errors = found["shop/monitor/errors.prod"].payload
    assert errors == {
        "type": "query alert",
        "query": "sum(last_5m):sum:shop.errors{env:prod}.as_count() > 50",
        "options": {"thresholds": {"critical": 50}},
        "name": "[prod] Shop errors",
        "priority": 2,
        "message": "{{value}} errors. ${dashboard:shop/overview.url}\n\n"
        "Runbook: https://git.example.com/acme/monitoring/blob/main/runbooks/shop.md#errors\n\n"
        "{{#is_alert}}\n@slack-shop-alerts @pagerduty-Shop\n{{/is_alert}}\n"
        "{{#is_recovery}}\n@slack-shop-alerts @pagerduty-Shop\n{{/is_recovery}}",
        "tags": ["team:shop-team", "service:shop", "env:prod", "ddops:acme/shop/errors.prod"],
    }
    assert found["shop/monitor/errors.staging"].payload["message"].endswith("\n\n@slack-shop-alerts")
    assert found["shop/monitor/latency"].payload["message"] == (
        "Runbook: https://git.example.com/acme/monitoring/blob/main/runbooks/shop.md#latency\n\n@vendor@example.com"
    )
    assert found["shop/dashboard/overview"].payload["description"] == "ddops:acme/shop/overview"
    assert found["shop/slo/availability"].payload["monitor_ids"] == ["${monitor:shop/errors.prod}"]
    assert {str(need) for need in found["shop/monitor/errors.prod"].needs} == {"shop/dashboard/overview"}


def test_every_resource_stands_behind_those_it_needs(workspace):
    done: set[Address] = set()
    for one in compile_specs(workspace.load()):
        assert one.needs <= done
        done.add(one.address)


def test_compiling_is_pure(workspace):
    catalog = workspace.load()
    before = copy.deepcopy(catalog.specs)
    first = plain(compile_specs(catalog))
    assert catalog.specs == before
    assert plain(compile_specs(catalog)) == first
    assert plain(compile_specs(workspace.load())) == first


def test_a_payload_shares_nothing_that_a_change_could_spoil(workspace):
    catalog = workspace.load()
    before = copy.deepcopy(catalog.specs)
    for one in compile_specs(catalog):
        one.payload["tags"] = [*one.payload.get("tags", []), "x"]
        one.payload["new"] = 1
    assert catalog.specs == before


@pytest.mark.parametrize(
    ("messages", "circles"),
    [
        ({"a": "${monitor:a}"}, ["a needs a"]),
        ({"a": "${monitor:b.url}", "b": "${monitor:a.url}"}, ["a needs b needs a"]),
        (
            {"a": "${monitor:b}", "b": "${monitor:c}", "c": "${monitor:a}", "d": "${monitor:a}"},
            ["a needs b needs c needs a"],
        ),
        (
            {"a": "${monitor:b}", "b": "${monitor:a}", "c": "${monitor:d}", "d": "${monitor:c}"},
            ["a needs b", "c needs d"],
        ),
    ],
)
def test_circles_are_refused_every_one(workspace, messages, circles):
    only_monitors(workspace, **messages)
    with pytest.raises(SpecError) as caught:
        compile_specs(workspace.load())
    said = sorted(str(problem) for problem in caught.value.problems)
    assert len(said) == len(circles)
    for problem, circle in zip(said, circles, strict=True):
        assert ": a circle of references: " in problem
        around = problem.split("references: ")[1].split(";")[0].replace("shop/monitor/", "")
        # A circle can be told from any of its resources on.
        turns = around.split(" needs ")[:-1]
        wanted = list(dict.fromkeys(circle.split(" needs ")))
        assert sorted(turns) == sorted(wanted)
        start = turns.index(wanted[0])
        assert turns[start:] + turns[:start] == wanted


def test_each_org_has_its_own(workspace):
    workspace.replace("products/shop.yaml", "org: main", "org: [main, partner]")
    found = compile_specs(workspace.load())
    assert len(found) == 10
    by_org = {(one.org, str(one.address)): one.payload for one in found}
    assert by_org["main", "shop/slo/availability"] == by_org["partner", "shop/slo/availability"]


def test_protection_is_marked(workspace):
    workspace.replace("monitors/shop.yaml", "    name: Shop is slow", "    protect: true\n    name: Shop is slow")
    found = {str(one.address): one.payload for one in compile_specs(workspace.load())}
    assert found["shop/monitor/latency"]["tags"][-2:] == ["ddops:acme/shop/latency", "ddops-protect:true"]
