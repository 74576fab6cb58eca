"""The monitors of a monitor SLO are metric monitors, service checks or synthetic tests, and 20 of them at most.

Why: others have no history of uptime to count, and the SLO stays empty (reference: slo-synthetics-downtime-others,
2.2).
Fix: a metric or time slice SLO over the same data.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import METRIC_TYPES
from ddops.reference import parse

MOST = 20
_TYPES = METRIC_TYPES | {"service check", "synthetics alert"}


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    ids = resource.spec.body.get("monitor_ids") or ()
    if len(ids) > MOST:
        yield Flaw(f"an SLO counts {MOST} monitors at most, not {len(ids)}", ("monitor_ids",))
    for index, one in enumerate(ids):
        reference = parse(one) if isinstance(one, str) else None
        monitor = context.by_place.get((resource.org, reference.target)) if reference is not None else None
        if monitor is not None and (type_ := monitor.spec.body["type"]) not in _TYPES:
            yield Flaw(f"{monitor.address} is of type `{type_}`, which has no uptime to count", ("monitor_ids", index))


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"slo"}), check=check)
