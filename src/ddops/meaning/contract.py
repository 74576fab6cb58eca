"""What a plan means, as frozen data. It is plain: pydantic's `TypeAdapter(PlanMeaning)` writes it and reads it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from ddops.product import State

Json = Any
Word = tuple[Literal["kept", "removed", "added"], str]
"""A stretch of a text: the kept and the removed ones are the text before, the kept and the added ones that after."""
Sense = Literal["looser", "tighter"]


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Severity(StrEnum):
    """How bad it would be if nobody meant it, the worst first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs; each of `Change.fields` is one, in their order.

    `path` is the field's as in `Change.fields`, `name` what is left of it inside its part (`definition.title`); the
    same where it is in none. `before` and `after` are None where the field is absent.
    `words` is there for two texts. `added` and `removed` are the items of two lists, compared as a whole. `sense` says
    whether a threshold became looser (less alerts) or tighter. A part that moved has `name` `position` (before and
    after are its paths) or `layout`.
    """

    path: str
    name: str
    what: What
    before: Json
    after: Json
    words: tuple[Word, ...] = ()
    added: tuple[Json, ...] = ()
    removed: tuple[Json, ...] = ()
    sense: Sense | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of an object that people know by what it is: a dashboard's widget or group.

    `path` is where it is after the change, before it where it is removed. `label` reads `timeseries "Requests by
    status"`, `group` is the label of the group around it. `what` is `moved` where nothing but its place changed;
    `moved` says how, in people's words: `moved into group "Traffic"`; also of one that changed as well. `differences`
    are those of a part that was there and is.
    """

    path: str
    label: str
    what: What
    group: str | None = None
    moved: str | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears of a monitor. `name` is what people call it: `PagerDuty MHV-Secure-Messaging`, `Slack #va-alerts`,
    `e-mail team@example.com`. `way` is `pagerduty`, `slack`, `email`, … as channels have it, or `other`. `pages` says
    that it wakes people up."""

    handle: str
    name: str
    way: str
    pages: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Who hears differently of some states of one monitor.

    `gained` and `lost` hold for each of the `states`; `before` and `after` are all who heard, and will hear, of any of
    them: empty where nobody does. `text` is the line for people, without the monitor's name.
    """

    states: tuple[State, ...]
    gained: tuple[Listener, ...]
    lost: tuple[Listener, ...]
    before: tuple[Listener, ...]
    after: tuple[Listener, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What could go wrong. `risk` is the name of the rule that says so, `message` a line without the resource's name:
    `stops paging PagerDuty shop on alert`."""

    risk: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one change means. `differences` are those of the object itself, `parts` those of its parts, in the order in
    which they stand after the change; what is removed comes last. Both are empty for a delete, and for a create all
    fields are in `differences`. `notices` of a notification rule are lines about the monitors that it is for. `risks`
    are sorted, the worst first."""

    differences: tuple[Difference, ...] = ()
    parts: tuple[Part, ...] = ()
    notices: tuple[Notice, ...] = ()
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The same line of several resources: `prod alerts now also page PagerDuty shop`, and the addresses, sorted."""

    text: str
    addresses: tuple[str, ...]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTaken:
    """A route and who hears by it. `match` reads `env: prod, priority: 1 or 2`, empty where it is for all monitors;
    `states` are all of them where it is empty. `uses` is how many monitors of the plan's orgs take it."""

    name: str
    match: str
    states: tuple[State, ...]
    listeners: tuple[Listener, ...]
    uses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """The routes of a product of which the plan changes something, in its order."""

    product: str
    routes: tuple[RouteTaken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeaning:
    """What a plan means. `changes` are in the order of `Plan.changes`. `notifications` say who will be notified
    differently, over all monitors (also those that only a changed rule touches); `risks` what could go wrong, the
    worst first; `routing` who hears by which route of the products that change."""

    changes: tuple[Meaning, ...]
    notifications: tuple[Together, ...] = ()
    risks: tuple[Together, ...] = ()
    routing: tuple[Routing, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many risks of a severity there are, over all changes."""
        return sum(risk.severity is severity for one in self.changes for risk in one.risks)


def worst_first(risks: Iterable[Risk]) -> tuple[Risk, ...]:
    return tuple(sorted(risks, key=lambda risk: [*Severity].index(risk.severity)))
