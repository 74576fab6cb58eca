"""Monitor configuration policies: which tags every monitor of an org must have, and how long a downtime may last.

Names in brackets are recorded cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ddops.kinds.contract import Body, Endpoint, Kind, Normal, Setting, Spec, refuse, without
from ddops.location import NodePath
from ddops.marking import Nowhere
from ddops.product import Model
from ddops.wire import json_api

READ_ONLY = frozenset({"id"})

FIELDS = {"tag": ("tag_key", "tag_key_required", "valid_tag_values"), "downtime": ("max_duration_ms",)}
"""What a policy of each type has, and needs (the client's MonitorConfigPolicy…PolicyCreateRequest)."""


class Policy(Model):
    tag_key: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    tag_key_required: bool | None = None
    valid_tag_values: list[Annotated[str, Field(min_length=1)]] | None = None
    max_duration_ms: Annotated[int, Field(ge=1)] | None = None


class MonitorPolicy(Model):
    """`tag`: monitors must have a tag, or may give it certain values only. `downtime`: how long one may last."""

    policy_type: Literal["tag", "downtime"]
    policy: Policy

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What an API answers can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse("monitor_policy", self._faults())
        return self

    def _faults(self) -> Iterable[tuple[NodePath, str]]:
        for owner, fields in FIELDS.items():
            for field in fields:
                given = getattr(self.policy, field) is not None
                if given and owner != self.policy_type:
                    yield ("policy", field), f"goes with a policy of type `{owner}`, not `{self.policy_type}`"
                elif not given and owner == self.policy_type:
                    yield ("policy",), f"a policy of type `{owner}` needs `{field}`"


def payload(spec: Spec, setting: Setting) -> Body:
    """The spec as it is: a policy has neither tags nor texts."""
    return {**without(spec.body, READ_ONLY)}


def natural(body: Body) -> str | None:
    """A tag's policy is known by the tag's key; of the policy for downtimes an org has one."""
    if body.get("policy_type") == "downtime":
        return "downtime"
    key = (body.get("policy") or {}).get("tag_key")
    return f"tag {key}" if key else None


KIND = Kind(
    name="monitor_policy",
    collection="monitor_policies",
    model=MonitorPolicy,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v2/monitor/policy",
        item="/api/v2/monitor/policy/{id}",
        paging=None,
        # "Policy id in request body does not match id in URL param" where it is missing [..._unprocessable_entity_…].
        wire=json_api("monitor-config-policy"),
        update="PATCH",
        listed="data",
    ),
    normal=Normal(
        read_only=READ_ONLY,
        absent={"policy.*": (None,)},
        # What the values are is all that counts.
        unordered=frozenset({"policy.valid_tag_values"}),
    ),
    marking=Nowhere(),
    natural=natural,
    web="/monitors/settings/policies",
)
