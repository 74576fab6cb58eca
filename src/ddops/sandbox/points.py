"""The points of all orgs' metrics, beside the objects in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from ddops.sandbox.store import Store

SCHEMA = """
CREATE TABLE IF NOT EXISTS series (
    number INTEGER PRIMARY KEY,
    org TEXT NOT NULL,
    metric TEXT NOT NULL,
    tags BLOB NOT NULL,          -- JSON, sorted: what tells the series of a metric apart
    type INTEGER NOT NULL,
    interval INTEGER NOT NULL,   -- seconds between two points, as the sender says; 0 where it does not
    unit TEXT NOT NULL,          -- empty where nobody named one
    UNIQUE (org, metric, tags)
);
CREATE TABLE IF NOT EXISTS points (
    series INTEGER NOT NULL,
    at INTEGER NOT NULL,         -- seconds since the epoch
    value REAL NOT NULL,
    PRIMARY KEY (series, at)
) WITHOUT ROWID;
"""

MOST_KEPT = 100_000
"""Points of one series; the oldest go. One a minute makes two months, one every 15 s makes 17 days."""

LATEST = 10**11
"""Seconds since the epoch; what is later was meant as milliseconds."""

UNSPECIFIED, COUNT, RATE, GAUGE = range(4)
"""The types of `POST /api/v2/series`."""

AGGREGATES = {"avg": "AVG", "sum": "SUM", "min": "MIN", "max": "MAX", "count": "COUNT"}
"""The methods of a rollup, as SQL calls them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One series of a metric as it was sent. `interval` is in seconds."""

    metric: str
    tags: tuple[str, ...]
    type: int
    interval: int
    unit: str


class Points:
    """One organisation's points."""

    def __init__(self, store: Store, org: str) -> None:
        self._store = store
        self._org = org

    def keep(self, sent: Sent, points: Iterable[tuple[int, float]]) -> None:
        """Adds points, as (seconds since the epoch, value). A later one at the same time replaces the earlier, as it
        does at Datadog."""
        tags = orjson.dumps(sorted(set(sent.tags)))
        self._store.execute(
            "INSERT INTO series (org, metric, tags, type, interval, unit) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET type = excluded.type, interval = excluded.interval, unit = excluded.unit",
            *(self._org, sent.metric, tags, sent.type, sent.interval, sent.unit),
        )
        find = "SELECT number FROM series WHERE org = ? AND metric = ? AND tags = ?"
        ((number,),) = self._store.execute(find, self._org, sent.metric, tags)
        insert = "INSERT OR REPLACE INTO points (series, at, value) VALUES (?, ?, ?)"
        self._store.execute_many(insert, [(number, at, value) for at, value in points])
        self._store.execute(
            "DELETE FROM points WHERE series = ? AND at <"
            " (SELECT at FROM points WHERE series = ? ORDER BY at DESC LIMIT 1 OFFSET ?)",
            *(number, number, MOST_KEPT - 1),
        )

    def of(self, metric: str) -> list[tuple[int, Sent]]:
        """The series of a metric with their numbers, in the order in which they first came."""
        sql = "SELECT number, tags, type, interval, unit FROM series WHERE org = ? AND metric = ? ORDER BY number"
        rows = self._store.execute(sql, self._org, metric)
        return [(number, Sent(metric, tuple(orjson.loads(tags)), *rest)) for number, tags, *rest in rows]

    def rolled_up(self, number: int, method: str, interval: int, start: int, end: int) -> dict[int, float]:
        """A series in buckets of `interval` seconds, by the time at which each begins; buckets are aligned to the epoch
        (docs: dashboards/functions/rollup). `start` belongs to the span, `end` does not. An empty bucket is absent."""
        rows = self._store.execute(
            f"SELECT at / ? * ? AS bucket, {AGGREGATES[method]}(value) FROM points"
            " WHERE series = ? AND at >= ? AND at < ? GROUP BY bucket ORDER BY bucket",
            *(interval, interval, number, start, end),
        )
        return {int(bucket): float(value) for bucket, value in rows}
