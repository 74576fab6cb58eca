"""What a monitor configuration policy must look like, and which monitors it refuses."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit
from ddops.sandbox.store import Org

KIND = "monitor_policy"
REQUIRED: dict[str, Shape] = {
    "tag": {"tag_key": str, "tag_key_required": bool, "valid_tag_values": [str]},
    # Newer than the recordings: the client's MonitorConfigPolicyDowntimePolicyCreateRequest.
    "downtime": {"max_duration_ms": int},
}
LONGEST_KEY = 255


def checked(attributes: Json) -> Json:
    """The policy that a create or an update asks for."""
    type, policy = attributes.get("policy_type"), attributes.get("policy")
    shape = REQUIRED.get(type) if isinstance(type, str) else None
    if shape is None:
        refuse(400, "Value of parameter 'policy_type' should be any of these ['tag']")
    assert isinstance(shape, dict)
    if not isinstance(policy, dict) or any(policy.get(name) is None for name in shape) or misfit(policy, shape):
        refuse(400, "The value provided for parameter 'policy' is invalid")
    if len(policy.get("tag_key", "-")) not in range(1, LONGEST_KEY + 1):
        refuse(400, "The value provided for parameter 'tag_key' is invalid")
    return {"policy_type": type, "policy": {name: policy[name] for name in shape}}


def check_monitor(org: Org, tags: Iterable[str]) -> None:
    """Refuse a monitor that lacks a tag which a policy requires (documented, in the words that users report)."""
    keys = {tag.partition(":")[0] for tag in tags}
    policies = [orjson.loads(body)["policy"] for body in org.listed(KIND)]
    missing = [one["tag_key"] for one in policies if one.get("tag_key_required") and one["tag_key"] not in keys]
    if missing:
        refuse(400, f"Missing required tag key(s): {', '.join(missing)}")
