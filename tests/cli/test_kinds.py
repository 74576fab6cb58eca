"""Every kind through the command line: applied, planned again, edited, let go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import pytest

from ddops.kinds.contract import kinds
from ddops.marking import Nowhere


@dataclass(frozen=True)
class Life:
    """A spec of a kind (in the file of one resource), and an edit of it: what is taken out and what comes instead."""

    body: str
    edit: tuple[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    """What else the workspace needs."""


LIVES = {
    "synthetics_test": Life(
        "name: Shop answers\n"
        "type: api\n"
        "subtype: multi\n"
        "message: '{{#is_alert}}@slack-shop{{/is_alert}} ${dashboard:overview.url}'\n"
        "locations: [aws:eu-west-1, aws:eu-central-1]\n"
        "options: {tick_every: 300, retry: {count: 1, interval: 300}, monitor_options: {renotify_interval: 60}}\n"
        "config:\n"
        "  configVariables: [{name: PASSWORD, type: text, secure: true, pattern: secret}]\n"
        "  steps:\n"
        "    - name: The shop is there\n"
        "      subtype: http\n"
        "      request: {method: GET, url: 'https://shop.example.com'}\n"
        "      assertions: [{type: statusCode, operator: is, target: 200}]\n"
        "    - {name: log in, subtype: playSubTest, subtestPublicId: '${synthetics_test:login}'}\n",
        ("interval: 300}", "interval: 500}"),
        {
            "synthetics/shop/login.yaml": "product: shop\n"
            "name: Somebody logs in\n"
            "type: browser\n"
            "locations: [aws:eu-west-1]\n"
            "options: {tick_every: 900, device_ids: [chrome.laptop_large]}\n"
            "config: {request: {method: GET, url: 'https://shop.example.com/login'}, assertions: []}\n"
            "steps:\n"
            "  - {name: It says welcome, type: assertPageContains, params: {value: welcome}}\n",
        },
    ),
    "logs_metric": Life(
        "id: shop.checkout-errors\n"
        "compute: {aggregation_type: distribution, path: '@duration'}\n"
        "filter: {query: 'service:shop status:error'}\n"
        "group_by: [{path: '@http.status_code', tag_name: status}, {path: env}]\n",
        ("status:error", "status:(error OR critical)"),
    ),
    "dashboard_list": Life(
        "name: Shop boards\ndashboards: ['${dashboard:overview}', '${dashboard:screen}']\n",
        ("${dashboard:screen}", "${dashboard:third}"),
        {
            "dashboards/shop/screen.yaml": "product: shop\ntitle: Screen\nlayout_type: free\nwidgets: []\n",
            "dashboards/shop/third.yaml": "product: shop\ntitle: Third\nlayout_type: ordered\nwidgets: []\n",
        },
    ),
    "powerpack": Life(
        "name: Shop pack\n"
        "description: What every shop shows.\n"
        "tags: ['tag:shop']\n"
        "group_widget:\n"
        "  definition:\n"
        "    type: group\n"
        "    layout_type: ordered\n"
        "    title: Shop\n"
        "    widgets:\n"
        "      - definition: {type: note, content: Hello}\n"
        "      - definition: {type: alert_graph, alert_id: '${monitor:latency}', viz_type: timeseries}\n",
        ("content: Hello", "content: Good morning"),
    ),
    "catalog_entity": Life(
        "kind: service\n"
        "metadata:\n"
        "  name: shop\n"
        "  links: [{name: Overview, type: dashboard, url: '${dashboard:overview.url}'}]\n"
        "  additionalOwners: []\n"
        "spec: {tier: '1', dependsOn: []}\n",
        ("tier: '1'", "tier: '2'"),
    ),
    "downtime": Life(
        "scope: env:prod\n"
        "message: Planned work.\n"
        "monitor_identifier: {monitor_id: '${monitor:latency}'}\n"
        "schedule:\n"
        "  timezone: America/New_York\n"
        "  recurrences: [{rrule: FREQ=WEEKLY;BYDAY=SU, duration: 2h}]\n",
        ("duration: 2h", "duration: 3h"),
    ),
    "notification_rule": Life(
        "name: Payments\nfilter: {tags: ['team:payments', 'env:prod']}\nrecipients: [slack-payments, a@example.com]\n",
        (
            "recipients: [slack-payments, a@example.com]",
            "conditional_recipients: {conditions: [{scope: transition_type:is_alert, recipients: [slack-payments]}]}",
        ),
    ),
    "monitor_policy": Life(
        "policy_type: tag\npolicy: {tag_key: team, tag_key_required: true, valid_tag_values: [shop-team, other]}\n",
        ("[shop-team, other]", "[shop-team]"),
    ),
}


@pytest.mark.parametrize("kind", LIVES)
def test_a_resource_is_made_kept_edited_in_place_and_let_go(kind, orgs, workspace):
    life, address = LIVES[kind], f"shop/{kind}/life"
    for path, text in life.files.items():
        workspace.write(path, text)
    orgs.apply()
    others = [body["id"] for body in orgs.main.all(kind)]
    path = f"{kinds()[kind].collection}/shop/life.yaml"
    workspace.write(path, f"product: shop\nkey: life\n{life.body}")
    assert orgs.changes() == [("create", address)]
    orgs.apply()
    assert orgs.changes() == []
    workspace.replace(path, *life.edit)
    assert orgs.changes() == [("update", address)]
    before = [body["id"] for body in orgs.main.all(kind)]
    orgs.apply()
    assert orgs.changes() == []
    assert [body["id"] for body in orgs.main.all(kind)] == before
    workspace.remove(path)
    if isinstance(kinds()[kind].marking, Nowhere):
        assert orgs.changes() == []
        return
    assert orgs.changes() == [("delete", address)]
    orgs.apply()
    assert orgs.changes() == []
    assert [body["id"] for body in orgs.main.all(kind)] == others


def test_the_monitor_that_datadog_keeps_for_a_synthetic_test_is_none_of_ours(orgs, workspace):
    life = LIVES["synthetics_test"]
    for path, text in {**life.files, "synthetics/shop/life.yaml": f"product: shop\nkey: life\n{life.body}"}.items():
        workspace.write(path, text)
    orgs.apply()
    hidden = [body for body in orgs.main.call("GET", "/api/v1/monitor")[1] if body["type"] == "synthetics alert"]
    assert sorted(tag for body in hidden for tag in body["tags"] if tag.startswith("ddops:")) == [
        "ddops:acme/shop/life",
        "ddops:acme/shop/login",
    ]
    assert orgs.changes() == []
    assert orgs.plan()["notes"] == []


class TestLogsMetric:
    PATH = "logs_metrics/shop/life.yaml"
    LIVE: ClassVar = {"id": "shop.checkout_errors", "compute": {"aggregation_type": "count"}}

    @pytest.fixture
    def metric(self, orgs, workspace):
        """Somebody made a metric in the UI, and a spec is of the same name."""
        orgs.apply()
        workspace.write(
            self.PATH, f"product: shop\nkey: life\nid: {self.LIVE['id']}\ncompute: {{aggregation_type: count}}\n"
        )
        return orgs.main.create("logs_metric", self.LIVE)

    def test_a_metric_of_the_name_is_the_resources(self, orgs, workspace, metric):
        assert orgs.changes() == []
        workspace.replace(self.PATH, "compute:", "filter: {query: a}\ncompute:")
        assert orgs.changes() == [("update", "shop/logs_metric/life")]
        orgs.apply()
        assert orgs.main.get("logs_metric", metric["id"])["filter"] == {"query": "a"}

    def test_it_is_not_deleted_to_be_made_anew(self, orgs, workspace, metric):
        workspace.replace(self.PATH, "count", "distribution, path: '@duration'")
        run = orgs("plan")
        assert run.exit_code == 1
        assert "shop/logs_metric/life: the live object has compute.aggregation_type: count" in run.stderr
        assert "which the API does not change in place" in run.stderr
        orgs.main.delete("logs_metric", metric["id"])
        orgs.apply()
        assert orgs.main.get("logs_metric", metric["id"])["compute"]["path"] == "@duration"
