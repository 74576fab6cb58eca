import pytest
from datadog_api_client.v2.model.monitor_notification_rule_attributes import MonitorNotificationRuleAttributes
from datadog_api_client.v2.model.monitor_notification_rule_bundle_config import MonitorNotificationRuleBundleConfig
from datadog_api_client.v2.model.monitor_notification_rule_condition import MonitorNotificationRuleCondition
from datadog_api_client.v2.model.monitor_notification_rule_conditional_recipients import (
    MonitorNotificationRuleConditionalRecipients,
)
from datadog_api_client.v2.model.monitor_notification_rule_filter_scope import MonitorNotificationRuleFilterScope
from datadog_api_client.v2.model.monitor_notification_rule_filter_tags import MonitorNotificationRuleFilterTags
from datadog_api_client.v2.model.monitor_notification_rule_response_attributes import (
    MonitorNotificationRuleResponseAttributes,
)
from pydantic import BaseModel

from ddops import routing
from ddops.address import Marker
from ddops.kinds import notification_rule as ours
from ddops.kinds.contract import mark, owner, unmark
from ddops.kinds.notification_rule import KIND
from ddops.plan.compare import differences
from tests.kinds.client import unknown_to
from tests.kinds.specs import SETTING, faults, spec

BODY = {"name": "Payments", "filter": {"tags": ["team:payment"]}, "recipients": ["oncall-payment", "a@example.com"]}
ON_ALERT = {"scope": "transition_type:is_alert", "recipients": ["oncall-payment"]}
CONDITIONAL = {
    "name": "Payments",
    "filter": {"scope": "team:payment AND NOT env:dev AND service:(a OR b)"},
    "conditional_recipients": {"conditions": [ON_ALERT], "fallback_recipients": ["slack-payment"]},
}

CLIENT = [
    (ours.NotificationRule, MonitorNotificationRuleAttributes),
    (ours.NotificationRule, MonitorNotificationRuleResponseAttributes),
    (ours.Filter, MonitorNotificationRuleFilterTags),
    (ours.Filter, MonitorNotificationRuleFilterScope),
    (ours.Condition, MonitorNotificationRuleCondition),
    (ours.ConditionalRecipients, MonitorNotificationRuleConditionalRecipients),
    (ours.BundleConfig, MonitorNotificationRuleBundleConfig),
]


@pytest.mark.parametrize(("model", "client_model"), CLIENT)
def test_every_field_of_the_client_is_known(model, client_model):
    assert unknown_to(model, client_model, ours.READ_ONLY) == set()


@pytest.mark.parametrize(("model", "client_model"), CLIENT)
def test_the_limits_are_the_clients(model, client_model):
    for field, limits in getattr(client_model, "validations", {}).items():
        found = limits_of(model, field)
        if field == "name":
            found["max_length"] += routing.LONGEST_NAME - ours.LONGEST_NAME  # the marker's room
        assert set(limits.values()) <= set(found.values()), field


def limits_of(model: type[BaseModel], field: str) -> dict[str, int]:
    schema = model.model_json_schema()["properties"][field]
    options = [schema, *schema.get("anyOf", [])]
    names = {"minItems", "maxItems", "minLength", "maxLength", "maximum"}
    found = {name: value for option in options for name, value in option.items() if name in names}
    return {"max_length" if name == "maxLength" else name: value for name, value in found.items()}


@pytest.mark.parametrize(
    "body", [BODY, CONDITIONAL, {**BODY, "id": "x", "created_at": "x", "bundle_config": {"duration": 3600}}]
)
def test_what_is_right_passes(body):
    assert faults(KIND, body) == {}


@pytest.mark.parametrize(
    ("change", "place", "says"),
    [
        ({"recipients": ["@slack-a"]}, ("recipients", 0), "without it: 'slack-a'"),
        ({"recipients": []}, ("recipients",), "at least 1"),
        ({"recipients": [f"slack-{n}" for n in range(21)]}, ("recipients",), "at most 20"),
        ({"recipients": None}, (), "one of the two"),
        ({"conditional_recipients": CONDITIONAL["conditional_recipients"]}, (), "one of the two"),
        ({"filter": {}}, ("filter",), "`tags` or `scope`"),
        ({"filter": {"tags": ["a:b"], "scope": "a:b"}}, ("filter",), "`tags` or `scope`"),
        ({"filter": {"tags": ["prod"]}}, ("filter", "tags", 0), "no key"),
        ({"filter": {"tags": [f"a:{n}" for n in range(21)]}}, ("filter", "tags"), "at most 20"),
        ({"filter": {"scope": "env:prod-*"}}, ("filter", "scope"), "partial wildcard"),
        ({"filter": {"scope": "prod"}}, ("filter", "scope"), "no key"),
        ({"filter": {"scope": "a:b OR " * 500}}, ("filter", "scope"), "at most 3000"),
        ({"name": ""}, ("name",), "at least 1"),
        ({"name": "n" * 1000}, ("name",), "at most"),
        ({"bundle_config": {"duration": 2**31}}, ("bundle_config", "duration"), "less than or equal"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(change, place, says):
    found = faults(KIND, {**BODY, **change})
    assert list(found) == [place]
    assert says in found[place]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"conditions": []}, ("conditions",)),
        ({"conditions": [ON_ALERT] * 11}, ("conditions",)),
        ({"conditions": [{**ON_ALERT, "scope": "is_alert"}]}, ("conditions", 0, "scope")),
        ({"conditions": [{**ON_ALERT, "recipients": []}]}, ("conditions", 0, "recipients")),
        ({"conditions": [ON_ALERT], "fallback_recipients": ["@a"]}, ("fallback_recipients", 0)),
    ],
)
def test_what_is_wrong_in_conditions_is_found(change, place):
    found = faults(KIND, {**CONDITIONAL, "conditional_recipients": change})
    assert list(found) == [("conditional_recipients", *place)]


def test_the_marker_stands_behind_the_name():
    marker = Marker("va", "rms", "payments")
    for protected in (False, True):
        sent = mark(KIND, KIND.payload(spec(KIND, BODY), SETTING), marker, protected=protected)
        assert sent["name"].startswith("Payments [ddops:va/rms/payments")
        held = owner(KIND, sent)
        assert held is not None
        assert (held.marker, held.protected) == (marker, protected)
        assert unmark(KIND, sent) == BODY


def test_no_name_gets_too_long_with_its_marker():
    longest = Marker("w" * 60, "p" * 60, "k" * 72)
    assert len(str(longest)) == 200
    assert len(mark(KIND, {"name": "n" * ours.LONGEST_NAME}, longest, protected=True)["name"]) == routing.LONGEST_NAME


@pytest.mark.parametrize(
    ("live", "changed"),
    [
        ({"recipients": ["a@example.com", "oncall-payment"]}, []),
        ({"created_at": "2025", "modified_at": "1970-01-01T00:00:00+00:00", "id": "x"}, []),
        ({"recipients": ["oncall-payment"]}, ["recipients"]),
        ({"name": "Other"}, ["name"]),
        ({"filter": {"scope": "team:payment"}}, ["filter.tags", "filter.scope"]),
    ],
)
def test_what_differs(live, changed):
    assert [change.path for change in differences(KIND, BODY, {**BODY, **live})] == changed
