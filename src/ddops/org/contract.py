"""What the other parts ask of an org, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Protocol

from ddops.kinds.contract import Body, Kind


class Org(Protocol):
    """A Datadog organisation. Every call can raise `ApiError`; none prints."""

    @property
    def name(self) -> str:
        """Its name in ddops.yaml."""

    @property
    def is_sandbox(self) -> bool:
        """Whether this is the sandbox standing in for the org."""

    def url(self, kind: Kind, object_id: str) -> str:
        """The page of an object in the web UI."""

    def read(
        self, kinds: Iterable[Kind], wanted: Callable[[Kind, Body], bool], dispensable: Set[str] = frozenset()
    ) -> Mapping[str, list[Body]]:
        """The whole bodies of the objects of each kind whose entry in the kind's list is wanted, by the kind's name,
        in the order of their ids. Lists and bodies are read side by side. A kind whose name is `dispensable` is left
        out where the org refuses its list: a site that lacks the product, keys without the permission."""

    def get(self, kind: Kind, object_id: str) -> Body | None:
        """One object, None where the org has no such id."""

    def create(self, kind: Kind, payload: Body) -> Body:
        """Creates an object and gives it as the API answers. Where the answer is lost, the object is looked for by its
        marker before the call is repeated, so that nothing is created twice."""

    def update(self, kind: Kind, object_id: str, payload: Body) -> Body:
        """Replaces an object in place."""

    def delete(self, kind: Kind, object_id: str) -> None:
        """Deletes an object; one that is gone already is deleted."""

    def validate(self, kind: Kind, payload: Body, object_id: str | None = None) -> None:
        """Has the org check a payload for a new object, or for that of the id; nothing is changed. A kind that the API
        has no such call for is right always. Raises ApiError with what the org says is wrong."""

    def handles(self) -> Handles:
        """The handles that a message can notify."""

    def metrics(self, since: int) -> frozenset[str]:
        """The names of the metrics that came since a time, in seconds since the epoch."""

    def metric_tags(self, metric: str) -> frozenset[str]:
        """The tags (`key:value`) that the series of a metric carry; lower case."""

    def series(self, query: str, start: int, end: int) -> tuple[Series, ...]:
        """What a metric query (`avg:system.cpu.user{env:prod} by {host}`) gave between two times, in seconds since the
        epoch; empty where nothing matches. Raises ApiError where the org refuses the query, in the org's words."""


@dataclass(frozen=True, slots=True)
class Handles:
    """`names` are handles without the `@`. `complete` are the beginnings (`slack-`, `pagerduty-`, …) of those that
    are all among them: of others the org did not say. `users`: every Datadog user's handle is among them."""

    names: frozenset[str]
    complete: frozenset[str]
    users: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line that a metric query gives.

    `scope` is what it is of, as the API writes it: `host:a,env:prod`, or `*`. `points` are (seconds since the epoch,
    value) in the order of time; a time without a value is left out. `unit` is the short name of what the values count
    (`%`, `B`), its whole name where it has no short one, and empty where the metric has no unit.
    """

    scope: str
    points: tuple[tuple[int, float], ...]
    unit: str


def object_id(live: Body) -> str:
    """A live object's id as text; ids are numbers for some kinds (monitors) and text for others."""
    return str(live["id"])
