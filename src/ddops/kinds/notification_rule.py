"""Notification rules: whom the monitors with certain tags notify, beside their own messages.

A product with `routing: rules` makes its own (`routing.rules`). Names in brackets are recorded cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from ddops import routing
from ddops.address import MAX_TAG
from ddops.kinds.contract import Body, Endpoint, Kind, Normal, Paging, Setting, Spec, refuse, without
from ddops.location import NodePath
from ddops.marking import PROTECTED_TEXT, InName
from ddops.product import Model, Product
from ddops.query.scope import faults, partial_wildcards
from ddops.wire import json_api

READ_ONLY = frozenset(
    {
        # On every answer [test_get_a_monitor_notification_rule_returns_ok_response], …
        *("id", "created_at", "modified_at"),
        # … and as the client's MonitorNotificationRuleResponseAttributes calls them.
        *("created", "modified"),
    }
)
"""Fields that the server alone writes."""


def _recipient(text: str) -> str:
    """The server's words: `Invalid recipients: Recipient handle should not start with '@'`."""
    if text.startswith("@"):
        raise ValueError(f"'{text}' begins with '@'; a rule names its recipients without it: '{text[1:]}'")
    return text


def _scope(text: str) -> str:
    for fault in faults(text):
        raise ValueError(fault)
    for word in partial_wildcards(text):
        raise ValueError(f"'{word}' is a partial wildcard; a rule knows `key:*` alone")
    return text


Recipients = Annotated[
    list[Annotated[str, Field(min_length=1), AfterValidator(_recipient)]],
    Field(min_length=1, max_length=routing.MOST_RECIPIENTS),
]
LONGEST_NAME = routing.LONGEST_NAME - MAX_TAG - len(f" []{PROTECTED_TEXT}")
"""What the marker behind it leaves of a name."""
Scope = Annotated[str, Field(min_length=1, max_length=3000), AfterValidator(_scope)]


class Filter(Model):
    """Which notifications the rule is for: those whose tags (the monitor's and its group's) are all of `tags`, or match
    `scope`."""

    tags: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1, max_length=20)] | None = None
    scope: Scope | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.tags is None) == (self.scope is None):
            raise ValueError("has `tags` or `scope`, one of the two")
        refuse("filter", self._faults())
        return self

    def _faults(self) -> Iterator[tuple[NodePath, str]]:
        for index, tag in enumerate(self.tags or ()):
            if ":" not in tag:
                yield ("tags", index), f"'{tag}' has no key; a rule's tags read `key:value`"


class Condition(Model):
    """`transition_type:is_alert`, or one tag `key:value`."""

    scope: Scope
    recipients: Recipients


class ConditionalRecipients(Model):
    conditions: Annotated[list[Condition], Field(min_length=1, max_length=10)]
    fallback_recipients: Recipients | None = None


class BundleConfig(Model):
    """Preview: notifications are gathered for so many seconds."""

    duration: Annotated[int, Field(ge=1, le=2**31 - 1)]


class NotificationRule(Model):
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    filter: Filter
    recipients: Recipients | None = None
    conditional_recipients: ConditionalRecipients | None = None
    bundle_config: BundleConfig | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the API answers can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.recipients is None) == (self.conditional_recipients is None):
            raise ValueError("has `recipients` or `conditional_recipients`, one of the two")
        return self


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec."""
    return {**without(spec.body, READ_ONLY)}


def from_product(product: Product, specs: Sequence[Spec], setting: Setting) -> Mapping[str, Body]:
    """The rules that the routes of a product with `routing: rules` become."""
    return routing.rules(product, setting.workspace)


KIND = Kind(
    name="notification_rule",
    collection="notification_rules",
    model=NotificationRule,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v2/monitor/notification_rule",
        item="/api/v2/monitor/notification_rule/{id}",
        paging=Paging(start="page", size="per_page", most=1000, by="page"),
        wire=json_api("monitor-notification-rule"),
        # The body that is sent replaces the rule's: `recipients` that are not sent are gone
        # [test_update_a_monitor_notification_rule_with_conditional_recipients_returns_ok_response].
        update="PATCH",
        listed="data",
        modified="modified_at",
    ),
    normal=Normal(
        read_only=READ_ONLY,
        absent={
            "recipients": (None, []),
            "conditional_recipients": (None,),
            "conditional_recipients.fallback_recipients": (None, []),
            "bundle_config": (None,),
            "filter.*": (None,),
        },
        # All tags must match, and all recipients are notified.
        unordered=frozenset(
            {
                *("filter.tags", "recipients", "conditional_recipients.fallback_recipients"),
                "conditional_recipients.conditions[].recipients",
            }
        ),
        trimmed=frozenset({"name"}),
    ),
    marking=InName(),
    from_product=from_product,
    most=1000,
    serves=frozenset({"monitor"}),
    web="/monitors/settings/notifications",
)
