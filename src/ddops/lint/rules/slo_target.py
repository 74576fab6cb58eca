"""An SLO's target leaves room for one failure.

Why: at 99.99 % of seven days the budget is one minute. Where time is judged in slices of five minutes one bad slice
spends it five times over: the SLO is broken before anybody can look. And a primary target that is not that of its
window shows another number than the one that was promised (reference: slo-synthetics-downtime-others, 2.1).
Fix: a longer window, a lower target, or slices of 60 seconds.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import show

_DAY = 86_400


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    body = resource.spec.body
    thresholds = body.get("thresholds") or ()
    # A monitor is judged once a minute (reference: monitor queries, 2.2).
    slice_ = {"monitor": 60, "metric": 0}.get(body["type"])
    if slice_ is None:
        slice_ = ((body.get("sli_specification") or {}).get("time_slice") or {}).get("query_interval_seconds") or 300
    for index, one in enumerate(thresholds):
        budget = int(one["timeframe"].removesuffix("d")) * _DAY * (100 - one["target"]) / 100
        if budget < slice_ * 0.999:
            yield Flaw(
                f"{show(one['target'])} % of {one['timeframe']} leaves {budget:.0f} seconds, less than one slice of "
                f"{slice_}",
                ("thresholds", index, "target"),
            )
    primary = next((one for one in thresholds if one["timeframe"] == body.get("timeframe")), None)
    said = body.get("target_threshold")
    if primary is not None and said is not None and said != primary["target"]:
        yield Flaw(
            f"target_threshold is {show(said)}, and the target for {primary['timeframe']} {show(primary['target'])}",
            ("target_threshold",),
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"slo"}), check=check)
