"""What plan and apply count on, of the sandbox and of a real org alike."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from ddops.address import Address
from ddops.apply.outcome import Result
from ddops.apply.run import run
from ddops.catalog.load import load
from ddops.compile import Desired, compile_specs
from ddops.errors import ApiError
from ddops.kinds.contract import Body, kinds, owner
from ddops.org.contract import object_id
from ddops.plan.build import build
from ddops.plan.change import Plan
from ddops.plan.compare import differences
from tests.contract.conftest import Contract

TITLE = "ddops contract test, to be deleted"
QUERY = "avg(last_5m):avg:ddops.contract{*} > 5"
NOTE = {"definition": {"type": "note", "content": "Hello"}}
NUMERATOR, DENOMINATOR = "sum:ddops.contract.good{*}.as_count()", "sum:ddops.contract.all{*}.as_count()"

BODIES: dict[str, Body] = {
    "monitor": {
        "name": TITLE,
        "type": "query alert",
        "query": QUERY,
        "message": "One line.\nAnother one.",
        "tags": ["service:ddops-contract"],
        "priority": 5,
        "options": {"thresholds": {"critical": 5, "warning": 2.5}, "notify_no_data": False, "renotify_interval": 0},
    },
    "dashboard": {
        "title": TITLE,
        "layout_type": "ordered",
        "description": "One line.\nAnother one.",
        "widgets": [NOTE, {"definition": {"type": "group", "layout_type": "ordered", "widgets": [NOTE]}}],
        "template_variables": [{"name": "env", "prefix": "env", "defaults": ["*"]}],
    },
    "slo": {
        "name": TITLE,
        "type": "metric",
        "query": {"numerator": NUMERATOR, "denominator": DENOMINATOR},
        "thresholds": [{"timeframe": "7d", "target": 99}, {"timeframe": "30d", "target": 99.5, "warning": 99.9}],
        "tags": ["service:ddops-contract", "a:b"],
    },
}
"""Of each kind what is created. Another one of the same kind has another title."""

CHANGED: dict[str, Body] = {
    "monitor": {
        "name": f"{TITLE} (changed)",
        "type": "query alert",
        "query": QUERY.replace("> 5", "> 7"),
        "message": "",
        "tags": [],
        "priority": None,
        "options": {"thresholds": {"critical": 7}},
    },
    "dashboard": {"title": f"{TITLE} (changed)", "layout_type": "ordered", "widgets": []},
    "slo": {
        "name": f"{TITLE} (changed)",
        "type": "metric",
        "description": "",
        "tags": [],
        "query": {"numerator": NUMERATOR, "denominator": f"{DENOMINATOR} + {NUMERATOR}"},
        "thresholds": [{"timeframe": "30d", "target": 95}],
    },
}
"""What an update makes of it: fields with other values, and fields that are cleared."""

WRONG: dict[str, Body] = {
    "monitor": {**BODIES["monitor"], "query": "no query at all"},
    "dashboard": {**BODIES["dashboard"], "layout_type": "round"},
    "slo": {**BODIES["slo"], "thresholds": []},
}

NEVER_AN_ID = {"monitor": "1", "dashboard": "abc-abc-abc", "slo": "0" * 32}

every_kind = pytest.mark.parametrize("name", BODIES)


def titled(name: str, words: str) -> Body:
    """A body with a title of its own: a monitor that equals another one is refused."""
    title = "title" if name == "dashboard" else "name"
    return {**BODIES[name], title: f"{TITLE}: {words}"}


@every_kind
def test_what_was_created_is_read_again(contract: Contract, name: str) -> None:
    kind = kinds()[name]
    payload = contract.marked(kind, titled(name, "create"))
    live = contract.create(kind, payload)
    assert differences(kind, payload, live) == ()
    again = contract.org.get(kind, object_id(live))
    assert again is not None
    assert differences(kind, payload, again) == ()
    assert owner(kind, again) == owner(kind, payload) is not None


@every_kind
def test_the_list_finds_it_by_its_marker(contract: Contract, name: str) -> None:
    kind = kinds()[name]
    payload = contract.marked(kind, titled(name, "list"))
    live_id = object_id(contract.create(kind, payload))
    assert contract.sooner_or_later(lambda: live_id in contract.listed(kind))
    assert differences(kind, payload, contract.listed(kind)[live_id]) == ()


@every_kind
def test_an_update_keeps_the_id_and_replaces_what_is_there(contract: Contract, name: str) -> None:
    kind = kinds()[name]
    payload = contract.marked(kind, titled(name, "update"))
    live_id = object_id(contract.create(kind, payload))
    changed = {**kind.blank, **contract.marked(kind, CHANGED[name])}
    for _ in range(2):
        answer = contract.org.update(kind, live_id, changed)
        assert object_id(answer) == live_id
        assert differences(kind, changed, answer) == ()
    live = contract.org.get(kind, live_id)
    assert live is not None
    assert differences(kind, changed, live) == ()
    assert len(differences(kind, payload, live)) > 2


@every_kind
def test_what_is_deleted_is_gone_and_can_be_deleted_again(contract: Contract, name: str) -> None:
    kind = kinds()[name]
    live_id = object_id(contract.create(kind, contract.marked(kind, titled(name, "delete"))))
    contract.org.delete(kind, live_id)
    assert contract.org.get(kind, live_id) is None
    assert contract.sooner_or_later(lambda: live_id not in contract.listed(kind))
    contract.org.delete(kind, live_id)


@every_kind
def test_what_never_was_is_not_found(contract: Contract, name: str) -> None:
    assert contract.org.get(kinds()[name], NEVER_AN_ID[name]) is None


@every_kind
def test_what_is_wrong_is_refused_and_not_created(contract: Contract, name: str) -> None:
    kind = kinds()[name]
    payload = contract.marked(kind, WRONG[name])
    with pytest.raises(ApiError) as refused:
        contract.create(kind, payload)
    assert refused.value.status == 400
    assert all(owner(kind, live) != owner(kind, payload) for live in contract.listed(kind).values())


@pytest.mark.parametrize("name", [name for name, kind in kinds().items() if kind.endpoint.validate and name in BODIES])
def test_the_server_checks_a_payload_without_keeping_it(contract: Contract, name: str) -> None:
    kind = kinds()[name]
    payload = contract.marked(kind, titled(name, "validate"))
    contract.org.validate(kind, payload)
    with pytest.raises(ApiError):
        contract.org.validate(kind, contract.marked(kind, WRONG[name]))
    assert all(owner(kind, live) != owner(kind, payload) for live in contract.listed(kind).values())


def test_an_equal_monitor_is_refused_with_the_other_ones_id(contract: Contract) -> None:
    kind = kinds()["monitor"]
    body = titled("monitor", "twice")
    first = contract.create(kind, contract.marked(kind, body))
    with pytest.raises(ApiError, match=rf"adopt: {first['id']}"):
        contract.create(kind, contract.marked(kind, body))


def test_a_metric_that_nobody_sends_has_no_past(contract: Contract) -> None:
    now = int(time.time())
    for query in ("avg:ddops.contract.never_sent{*}", "sum:ddops.contract.never_sent{a:b} by {host}.as_count() / 2"):
        assert contract.org.series(query, now - 3600, now) == ()


def test_a_query_that_does_not_parse_is_refused(contract: Contract) -> None:
    now = int(time.time())
    with pytest.raises(ApiError, match="parse") as refused:
        contract.org.series("avg:ddops.contract.never_sent", now - 3600, now)
    assert refused.value.status == 400


WORKSPACE = {
    "products/contract.yaml": """\
product: contract
title: Contract
org: {org}
team: contract
tags: {{service: ddops-contract}}
""",
    "monitors/contract.yaml": """\
product: contract
monitors:
  - {{key: first, name: "{title}: first", type: query alert, query: "{query}", message: "${{dashboard:board.url}}"}}
  - {{key: second, name: "{title}: second", type: metric alert, query: "{query}"}}
  - {{key: both, name: "{title}: both", type: composite, query: "${{monitor:first}} && ${{monitor:second}}"}}
""",
    "slos/contract.yaml": """\
product: contract
slos:
  - key: up
    name: "{title}"
    type: monitor
    monitor_ids: ["${{monitor:second}}"]
    thresholds: [{{timeframe: 7d, target: 99}}]
""",
    "dashboards/contract/board.yaml": """\
product: contract
title: "{title}"
layout_type: ordered
widgets:
  - definition: {{type: alert_graph, alert_id: "${{monitor:second}}", viz_type: timeseries}}
  - definition: {{type: slo, slo_id: "${{slo:up}}", view_type: detail, time_windows: [7d], view_mode: overall}}
""",
}


class TestLife:
    """A workspace of every kind, from the first apply to the last."""

    @pytest.fixture
    def desired(self, contract: Contract, tmp_path: Path) -> tuple[Desired, ...]:
        (tmp_path / "ddops.yaml").write_text(
            f"workspace: {contract.workspace}\norgs: {{{contract.config.name}: {{}}}}\n"
        )
        for path, text in WORKSPACE.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text.format(org=contract.config.name, title=TITLE, query=QUERY))
        return compile_specs(load(tmp_path))

    def plan(self, contract: Contract, desired: tuple[Desired, ...]) -> Plan:
        return build(
            desired,
            {contract.config.name: contract.org},
            label=contract.config.name,
            workspace=contract.workspace,
            products=["contract"],
            max_change=100,
        )

    def apply(self, contract: Contract, desired: tuple[Desired, ...]) -> None:
        outcomes = run(
            self.plan(contract, desired), {contract.config.name: contract.org}, lambda one: None, lambda: False
        )
        assert [outcome.why for outcome in outcomes if outcome.result is not Result.DONE] == []

    def test_it_is_applied_and_deleted_and_nothing_else_is_touched(
        self, contract: Contract, desired: tuple[Desired, ...]
    ) -> None:
        for name in BODIES:  # what other tests have left is no part of this
            for live_id in contract.listed(kinds()[name]):
                contract.org.delete(kinds()[name], live_id)
        others = {name: contract.create(kinds()[name], titled(name, "unmarked")) for name in BODIES}
        self.apply(contract, desired)
        assert contract.sooner_or_later(lambda: self.plan(contract, desired).changes == ())
        assert self.plan(contract, desired).unchanged == len(desired) == 5
        assert contract.sooner_or_later(lambda: len(self.plan(contract, ()).changes) == 5)
        gone = self.plan(contract, ())
        assert {change.address for change in gone.changes} == {
            Address("contract", kind, key)
            for kind, key in [
                *(("monitor", key) for key in ("first", "second", "both")),
                ("slo", "up"),
                ("dashboard", "board"),
            ]
        }
        self.apply(contract, ())
        assert contract.sooner_or_later(lambda: self.plan(contract, ()).changes == ())
        for name, before in others.items():
            after: Any = contract.org.get(kinds()[name], object_id(before))
            modified = kinds()[name].endpoint.modified
            assert after[modified] == before[modified]
