"""What a plan is made of. Objects first: printers and executors read these and compare nothing again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Body, Json
from ddops.location import Location

MILLISECONDS = 10**11
"""A time of the API that is at least so much counts milliseconds, and seconds where it is less."""


def moment(time: Json) -> str | None:
    """A time as the API writes it, in ISO 8601 or since 1970, as people read it: `2026-11-01 10:00 UTC`. None where it
    is no time, or says 1970: so a notification rule says that it never changed (reference: notifications)."""
    try:
        if isinstance(time, str):
            found = datetime.fromisoformat(time).astimezone(UTC)
        elif isinstance(time, int | float) and not isinstance(time, bool):
            found = datetime.fromtimestamp(time / 1000 if time >= MILLISECONDS else time, UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return f"{found:%Y-%m-%d %H:%M} UTC" if found.year > 1970 else None


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    ADOPT = "adopt"
    DELETE = "delete"


class Cause(StrEnum):
    """Why an org differs from the specs, seen from an earlier revision of them."""

    YOURS = "yours"
    """The specs changed since, and the org is as they were."""
    DRIFT = "drift"
    """The specs say what they said, and the org something else."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: `path` reads `options.thresholds.critical`, `widgets[2].definition.title`; None where the
    field is absent. `cause` is None where the plan has no base."""

    path: str
    before: Json
    after: Json
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of the specs: what somebody called it, and the id of the commit that it was."""

    ref: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to do to one object.

    `payload` is the body to send, with the marker; references to objects that this plan creates still stand in it.
    `id` and `url` are None for a create, `source` is None for a delete. `after` are the positions in the plan of the
    changes that must have been made before this one. `last_changed` is the live object's own word for its last change.
    `before` is the live body as it was compared: without the marker, and without what means nothing beside the payload.
    It is None for a create. `cause` is None where the plan has no base, or the base does not say. `author` is the live
    object's own word for who made it; who changed it last is not said by any kind that ddops reads.
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
    before: Body | None = None
    after: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    last_changed: Json = None
    author: str | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be done to the orgs, in order.

    `org` is what the run was asked for: an org's name, `sandbox`, or `all`. `products` limits the plan, None for all.
    `managed` counts the live objects of this workspace in each org, before the plan. `ids` are the live ids of the
    resources that stay, by org and address. `refusals` say why the plan must not be carried out. `desired` are the
    resources that were compared, and `untouched` the live bodies of those that need no change, by org and address:
    what a changed notification rule notifies of is among them. `specified` are all resources of these orgs and
    products, and `beside` the live bodies of those monitors and rules that the plan leaves out (`only`): who hears of a
    monitor depends on both. `base` is the revision by which the causes of the changes are told apart. `only` are the
    resources, by org and address, that the plan is limited to as they changed since the revision `since`; None for all.
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
    desired: tuple[Desired, ...] = ()
    untouched: Mapping[tuple[str, Address], Body] = field(default_factory=dict)
    specified: tuple[Desired, ...] = ()
    beside: Mapping[tuple[str, Address], Body] = field(default_factory=dict)
    base: Revision | None = None
    since: Revision | None = None
    only: frozenset[tuple[str, Address]] | None = None

    def count(self, action: Action) -> int:
        return sum(change.action is action for change in self.changes)

    @property
    def summary(self) -> dict[str, int]:
        """`{"create", "update", "adopt", "delete", "unchanged"}`."""
        return {action.value: self.count(action) for action in Action} | {"unchanged": self.unchanged}
