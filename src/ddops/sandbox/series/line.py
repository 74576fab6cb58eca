"""One line of a graph: what a metric query gives for one group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


class NotServed(Exception):
    """A query that reads well and that the sandbox cannot work out; the message says what it can."""


@dataclass(frozen=True, slots=True)
class Line:
    """`metric`, `expression` and `aggregator` are as the API tells them. `group` are the tags of the group, `scope` the
    conditions that its series had to meet. `unit` and `per` are names of units, empty where there is none.

    `points` are values by the beginning of their bucket, in seconds since the epoch; None is a bucket that arithmetic
    has no value for.
    """

    metric: str
    expression: str
    aggregator: str | None
    group: frozenset[str]
    scope: frozenset[str]
    interval: int
    unit: str
    per: str
    points: Mapping[int, float | None]

    def named(self, form: str, points: Mapping[int, float | None]) -> Line:
        """The line after a function or an operation; `form` has `{}` in place of what went in."""
        metric, expression = (form.replace("{}", text) for text in (self.metric, self.expression))
        return replace(self, metric=metric, expression=expression, points=points)
