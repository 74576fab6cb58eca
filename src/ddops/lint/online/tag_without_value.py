"""The tags that a monitor's metrics are filtered and grouped by are tags that their series carry.

Why: a filter that nothing matches leaves no data, and a group by a tag that no series has is one group without a name.
Fix: correct the key or the value. Where the value comes later, ignore the rule and say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from ddops.catalog.nearest import unknown
from ddops.errors import ApiError
from ddops.lint.finding import Flaw, OnlineRule, Place, Question, Severity
from ddops.lint.monitors import all_series
from ddops.org.workers import Workers
from ddops.query.condition import filters
from ddops.query.tree import Series, group_keys

WORKERS = 16
_OPEN = frozenset("*?$")


def check(question: Question) -> Iterator[tuple[Place, Flaw]]:
    series = {one.address: (one, [*all_series(one)]) for one in question.resources if one.kind.name == "monitor"}
    metrics = sorted({each.metric for _, found in series.values() for each in found})

    def carried(metric: str) -> frozenset[str]:
        try:
            return question.org.metric_tags(metric)
        except ApiError as error:
            if error.status == 404:  # a metric that never came is another rule's
                return frozenset()
            raise

    with Workers(WORKERS) as workers:
        tags = dict(zip(metrics, workers.map(carried, metrics), strict=True))
    for one, found in series.values():
        for message in dict.fromkeys(
            said for each in found if tags[each.metric] for said in _wrong(each, tags[each.metric])
        ):
            yield Place.of(one), Flaw(f"{message} (in the org '{question.org.name}')", ("query",))


def _wrong(series: Series, tags: Set[str]) -> Iterator[str]:
    keys = {tag.partition(":")[0] for tag in tags}
    for key in group_keys(series):
        if not _OPEN & {*key} and key.lower() not in keys:
            yield unknown(f"tag of {series.metric}", key, keys)
    for asked in filters(series.scope.condition):
        key = asked.key.lower()
        if asked.negated or _OPEN & {*key}:
            continue
        if asked.values and key not in keys:
            yield unknown(f"tag of {series.metric}", key, keys)
            continue
        for value in asked.values:
            if not _OPEN & {*value} and f"{key}:{value.lower()}" not in tags:
                values = [tag.partition(":")[2] for tag in tags if tag.startswith(f"{key}:")]
                yield unknown(f"value of {series.metric}'s tag '{key}'", value, values)


RULE = OnlineRule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
