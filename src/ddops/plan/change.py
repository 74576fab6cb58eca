"""What a plan is made of. Objects first: printers and executors read these and compare nothing again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ddops.address import Address
from ddops.kinds.contract import Body, Json
from ddops.location import Location


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    ADOPT = "adopt"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: `path` reads `options.thresholds.critical`, `widgets[2].definition.title`; None where the
    field is absent."""

    path: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to do to one object.

    `payload` is the body to send, with the marker; references to objects that this plan creates still stand in it.
    `id` and `url` are None for a create, `source` is None for a delete. `after` are the positions in the plan of the
    changes that must have been made before this one. `last_changed` is the live object's own word for its last change.
    """

    address: Address
    org: str
    action: Action
    title: str
    id: str | None = None
    url: str | None = None
    source: Location | None = None
    fields: tuple[FieldChange, ...] = ()
    payload: Body | None = None
    after: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    last_changed: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be done to the orgs, in order.

    `org` is what the run was asked for: an org's name, `sandbox`, or `all`. `products` limits the plan, None for all.
    `managed` counts the live objects of this workspace in each org, before the plan. `ids` are the live ids of the
    resources that stay, by org and address. `refusals` say why the plan must not be carried out.
    """

    org: str
    workspace: str
    products: tuple[str, ...] | None
    changes: tuple[Change, ...]
    unchanged: int
    managed: Mapping[str, int]
    notes: tuple[str, ...]
    refusals: tuple[str, ...]
    fingerprint: str

    def count(self, action: Action) -> int:
        return sum(change.action is action for change in self.changes)

    @property
    def summary(self) -> dict[str, int]:
        """`{"create", "update", "adopt", "delete", "unchanged"}`."""
        return {action.value: self.count(action) for action in Action} | {"unchanged": self.unchanged}
