"""The objects of all orgs in one SQLite file, or in memory."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from ddops.sandbox import points

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    number INTEGER PRIMARY KEY,  -- order of creation in the file
    org TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body BLOB NOT NULL,          -- JSON, as a read of the one object needs it
    listed BLOB NOT NULL,        -- JSON, as the list of its kind shows it
    created REAL NOT NULL,
    modified REAL NOT NULL,
    deleted REAL,
    fingerprint TEXT,            -- equal for objects that the API takes for duplicates
    UNIQUE (org, kind, id)
);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (org, kind, deleted, number);
CREATE INDEX IF NOT EXISTS objects_by_fingerprint ON objects (org, kind, fingerprint) WHERE fingerprint IS NOT NULL;
CREATE TABLE IF NOT EXISTS uses (
    org TEXT NOT NULL,
    kind TEXT NOT NULL,          -- the object that refers to …
    id TEXT NOT NULL,
    used_kind TEXT NOT NULL,     -- … this one
    used_id TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS uses_by_used ON uses (org, used_kind, used_id);
CREATE INDEX IF NOT EXISTS uses_by_user ON uses (org, kind, id);
"""
BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """One stored object."""

    id: str
    body: bytes
    created: float
    modified: float
    deleted: float | None

    def load(self) -> dict[str, Any]:
        """The body, parsed."""
        body: dict[str, Any] = orjson.loads(self.body)
        return body


class Store:
    """One connection under one lock: calls are short, and SQLite lets one thread in at a time anyhow."""

    def __init__(self, database: Path | None) -> None:
        if database is not None:
            database.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(
            ":memory:" if database is None else database,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        # A write-ahead log lets a second process read and write the same file. Switching to it needs the file alone.
        if self.execute("PRAGMA journal_mode") != [("wal",)]:
            self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(SCHEMA + points.SCHEMA)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def execute(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run one statement and fetch all of its rows."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def execute_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run one statement for each of many rows."""
        with self._lock:
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and nobody else writes meanwhile: a check and the write after it belong together."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1


class Org:
    """One organisation's part of the store; no method of it reaches another's objects."""

    def __init__(self, store: Store, api_key: str, clock: Callable[[], float]) -> None:
        digest = sha256(b"org:" + api_key.encode()).hexdigest()
        self.name = digest[:32]
        self.number = 100_000 + int(digest[32:40], 16) % 900_000
        self.points = points.Points(store, self.name)
        self._store = store
        self._clock = clock

    def now(self) -> float:
        """Seconds since the epoch, by the server's clock."""
        return self._clock()

    def next_number(self) -> int:
        """The number that the next object will have; only steady inside a transaction."""
        return int(self._store.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM objects")[0][0])

    def get(self, kind: str, id: str, *, deleted: bool = False) -> Row | None:
        """The live (or else the deleted) object of that id."""
        rows = self._store.execute(
            "SELECT id, body, created, modified, deleted FROM objects WHERE kind = ? AND id = ? AND org = ?"
            f" AND deleted IS {'NOT NULL' if deleted else 'NULL'}",
            *(kind, id, self.name),
        )
        return Row(*rows[0]) if rows else None

    def listed(
        self, kind: str, *, limit: int = -1, offset: int = 0, after: int | None = None, deleted: bool = False
    ) -> list[bytes]:
        """What the list of a kind shows, in order of creation; `after` skips numeric ids up to it."""
        rows = self._store.execute(
            "SELECT listed FROM objects WHERE org = ? AND kind = ?"
            f" AND deleted IS {'NOT NULL' if deleted else 'NULL'}"
            f" {'' if after is None else 'AND CAST(id AS INTEGER) > ?'} ORDER BY number LIMIT ? OFFSET ?",
            *(self.name, kind, *([] if after is None else [after]), limit, offset),
        )
        return [row[0] for row in rows]

    def rows(self, kind: str, *, limit: int = -1, offset: int = 0) -> list[Row]:
        """The live objects of a kind, in order of creation."""
        rows = self._store.execute(
            "SELECT id, body, created, modified, deleted FROM objects"
            " WHERE org = ? AND kind = ? AND deleted IS NULL ORDER BY number LIMIT ? OFFSET ?",
            *(self.name, kind, limit, offset),
        )
        return [Row(*row) for row in rows]

    def count(self, kind: str) -> int:
        """How many live objects of a kind there are."""
        sql = "SELECT COUNT(*) FROM objects WHERE org = ? AND kind = ? AND deleted IS NULL"
        return int(self._store.execute(sql, self.name, kind)[0][0])

    def duplicate(self, kind: str, fingerprint: str) -> str | None:
        """The id of a live object with that fingerprint."""
        sql = "SELECT id FROM objects WHERE org = ? AND kind = ? AND fingerprint = ? AND deleted IS NULL LIMIT 1"
        rows = self._store.execute(sql, self.name, kind, fingerprint)
        return str(rows[0][0]) if rows else None

    def add(self, kind: str, id: str, body: bytes, listed: bytes, now: float, fingerprint: str | None = None) -> None:
        """Store a new object."""
        self._store.execute(
            "INSERT INTO objects (org, kind, id, body, listed, created, modified, fingerprint)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(self.name, kind, id, body, listed, now, now, fingerprint),
        )

    def replace(
        self, kind: str, id: str, body: bytes, listed: bytes, now: float, fingerprint: str | None = None
    ) -> None:
        """Store a new version of an object."""
        self._store.execute(
            "UPDATE objects SET body = ?, listed = ?, modified = ?, fingerprint = ?"
            " WHERE kind = ? AND id = ? AND org = ?",
            *(body, listed, now, fingerprint, kind, id, self.name),
        )

    def mark_deleted(self, kind: str, id: str, when: float | None, listed: bytes | None = None) -> None:
        """Delete an object, or bring it back (`when` None). Its id is never given again."""
        self._store.execute(
            "UPDATE objects SET deleted = ?, listed = COALESCE(?, listed) WHERE kind = ? AND id = ? AND org = ?",
            *(when, listed, kind, id, self.name),
        )

    def set_uses(self, kind: str, id: str, used: Iterable[tuple[str, str]]) -> None:
        """Say which objects, as (kind, id), this one refers to."""
        self._store.execute("DELETE FROM uses WHERE org = ? AND kind = ? AND id = ?", self.name, kind, id)
        for used_kind, used_id in dict.fromkeys(used):
            self._store.execute("INSERT INTO uses VALUES (?, ?, ?, ?, ?)", self.name, kind, id, used_kind, used_id)

    def users(self, kind: str, id: str) -> list[tuple[str, Row]]:
        """The live objects that refer to this one, as (kind, row)."""
        rows = self._store.execute(
            "SELECT o.kind, o.id, o.body, o.created, o.modified, o.deleted FROM uses u"
            " JOIN objects o ON o.org = u.org AND o.kind = u.kind AND o.id = u.id"
            " WHERE u.org = ? AND u.used_kind = ? AND u.used_id = ? AND o.deleted IS NULL ORDER BY o.number",
            *(self.name, kind, id),
        )
        return [(row[0], Row(*row[1:])) for row in rows]
