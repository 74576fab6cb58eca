import pytest
from datadog_api_client.v2.model.monitor_config_policy_attribute_create_request import (
    MonitorConfigPolicyAttributeCreateRequest,
)
from datadog_api_client.v2.model.monitor_config_policy_attribute_response import MonitorConfigPolicyAttributeResponse
from datadog_api_client.v2.model.monitor_config_policy_downtime_policy_create_request import (
    MonitorConfigPolicyDowntimePolicyCreateRequest,
)
from datadog_api_client.v2.model.monitor_config_policy_policy_create_request import (
    MonitorConfigPolicyPolicyCreateRequest,
)
from datadog_api_client.v2.model.monitor_config_policy_tag_policy_create_request import (
    MonitorConfigPolicyTagPolicyCreateRequest,
)
from datadog_api_client.v2.model.monitor_config_policy_type import MonitorConfigPolicyType

from ddops.address import Marker
from ddops.kinds import monitor_policy as ours
from ddops.kinds.contract import mark, owner
from ddops.kinds.monitor_policy import FIELDS, KIND
from ddops.plan.compare import differences
from tests.kinds.client import attributes, unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

TAG = {"tag_key": "team", "tag_key_required": True, "valid_tag_values": ["a", "b"]}
BODY = {"policy_type": "tag", "policy": TAG}
LONGEST = {"policy_type": "downtime", "policy": {"max_duration_ms": 86_400_000}}


@pytest.mark.parametrize(
    ("model", "client_model"),
    [
        (ours.MonitorPolicy, MonitorConfigPolicyAttributeCreateRequest),
        (ours.MonitorPolicy, MonitorConfigPolicyAttributeResponse),
        (ours.Policy, MonitorConfigPolicyTagPolicyCreateRequest),
        (ours.Policy, MonitorConfigPolicyDowntimePolicyCreateRequest),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model):
    assert unknown_to(model, client_model) == set()


def test_every_type_of_the_client_is_known_and_no_other():
    types = values(MonitorConfigPolicyType)
    assert words(ours.MonitorPolicy.model_fields["policy_type"].annotation) == types == set(FIELDS)
    of_client = MonitorConfigPolicyPolicyCreateRequest._composed_schemas["oneOf"]
    assert sorted(map(sorted, map(attributes, of_client))) == sorted(map(sorted, FIELDS.values()))


@pytest.mark.parametrize(
    "body", [BODY, LONGEST, {"id": "x", **BODY}, {**BODY, "policy": {**TAG, "valid_tag_values": []}}]
)
def test_what_is_right_passes(body):
    assert faults(KIND, body) == {}


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        ({**BODY, "policy_type": "tags"}, ("policy_type",), "'tag' or 'downtime'"),
        ({**BODY, "policy": {"tag_key": "team", "tag_key_required": True}}, ("policy",), "needs `valid_tag_values`"),
        ({**BODY, "policy": {**TAG, "tag_key": "k" * 256}}, ("policy", "tag_key"), "at most 255"),
        (
            {**BODY, "policy": {**TAG, "max_duration_ms": 1}},
            ("policy", "max_duration_ms"),
            "type `downtime`, not `tag`",
        ),
        ({**LONGEST, "policy": {"max_duration_ms": 0}}, ("policy", "max_duration_ms"), "greater than or equal to 1"),
        ({**BODY, "policy": {**TAG, "tag_keys": 1}}, ("policy", "tag_keys"), "not permitted"),
        ({**BODY, "tags": []}, ("tags",), "not permitted"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(body, place, says):
    found = faults(KIND, body)
    assert list(found) == [place]
    assert says in found[place]


def test_a_policy_is_known_by_its_tag():
    payload = KIND.payload(spec(KIND, BODY), SETTING)
    assert payload == BODY
    assert mark(KIND, payload, Marker("va", "rms", "api"), protected=True) == BODY
    assert owner(KIND, payload) is None
    assert [KIND.natural(body) for body in (BODY, LONGEST, {})] == ["tag team", "downtime", None]
    # A tag can be called so too.
    assert KIND.natural({**BODY, "policy": {**TAG, "tag_key": "downtime"}}) != KIND.natural(LONGEST)


def test_the_order_of_values_means_nothing():
    turned = {"id": "x", **BODY, "policy": {**TAG, "valid_tag_values": ["b", "a"]}}
    assert differences(KIND, BODY, turned) == ()
    required = {**BODY, "policy": {**TAG, "tag_key_required": False}}
    assert [change.path for change in differences(KIND, BODY, required)] == ["policy.tag_key_required"]
