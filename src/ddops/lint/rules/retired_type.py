"""A monitor is of a type that the monitor API creates.

Why: old event monitors can no longer be created, and the monitor of a synthetic test comes with its test and goes with
it (reference: monitor queries, 1); the create is refused when everything else is applied already.
Fix: `event-v2 alert` with an `events("…").rollup("count").last("5m")` query; a spec in `synthetics/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity

_INSTEAD = {
    "event alert": "an event monitor is of type `event-v2 alert` now",
    "synthetics alert": "it is made with its synthetic test; write that one, in `synthetics/`",
}


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    type_ = resource.spec.body["type"]
    if type_ in _INSTEAD:
        yield Flaw(f"a monitor of type `{type_}` cannot be created: {_INSTEAD[type_]}", ("type",))


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
