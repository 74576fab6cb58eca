"""A monitor of metrics that are crawled from a cloud waits for them: its window reaches further back than they are
late.

Why: CloudWatch and its like reach Datadog up to 15 minutes late, so that a shorter window holds no points or half of
them: the monitor sees no data, or a dip that is none (reference: monitor options, 2; Datadog advises 900 seconds).
Fix: `options: {evaluation_delay: 900}`. Where the org has metric streams, ignore the rule and say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import all_series, options, tree

CRAWLED = ("aws.", "azure.", "gcp.")
LATE = 900
"""Seconds."""


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    query = tree(resource)
    window = query.evaluation if query is not None else None
    if window is None or window.kind not in ("last", ""):
        return
    delay = options(resource).get("evaluation_delay") or 0
    metric = next((one.metric for one in all_series(resource) if one.metric.startswith(CRAWLED)), None)
    if metric is not None and window.seconds + delay <= LATE:
        yield Flaw(
            f"{metric} comes up to 15 minutes late, and the query looks at the last {window.words}"
            f"{f' with a delay of {delay} seconds' if delay else ''}; set `options.evaluation_delay` to {LATE}",
            ("options", "evaluation_delay"),
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
