"""Bodies that were read before, by the time that their list says they were last changed.

Dashboards' lists hold summaries, and a thousand bodies take a thousand calls against a limit that can be 60 a minute
(reference: API behaviour, rate limits). One SQLite file for each org holds the bytes as they came. It is only a cache:
one that is damaged, locked or not writable is as good as empty.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

SCHEMA = """
CREATE TABLE IF NOT EXISTS bodies (
    kind TEXT NOT NULL, id TEXT NOT NULL, modified TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID
"""
BUSY_SECONDS = 2.0
"""How long to wait for another ddops that writes the same file."""


class BodyCache:
    """The bodies of one org, in `directory`; without one, nothing is kept.

    The file's name is a digest of `identity` (the API's address, the org's name, its API key), so that no org is shown
    another's bodies.
    """

    def __init__(self, directory: Path | None, *identity: str) -> None:
        digest = sha256("\n".join(("1", *identity)).encode()).hexdigest()[:24]
        self._file = None if directory is None else directory / f"bodies-{digest}.sqlite"

    def load(self, kind: str, wanted: Mapping[str, str]) -> Mapping[str, bytes]:
        """The bodies that are still what the list says, by id; `wanted` maps ids to the times of their last change."""

        def select(connection: sqlite3.Connection) -> Mapping[str, bytes]:
            rows = connection.execute("SELECT id, modified, CAST(body AS BLOB) FROM bodies WHERE kind = ?", (kind,))
            return {id_: body for id_, modified, body in rows if modified == wanted.get(id_)}

        return self._run(select) or {}

    def keep(self, kind: str, fetched: Mapping[str, tuple[str, bytes]], wanted: Collection[str]) -> None:
        """Adds bodies (time of the last change, bytes) by id, and drops those whose id is not wanted any more."""

        def replace(connection: sqlite3.Connection) -> None:
            known = {row[0] for row in connection.execute("SELECT id FROM bodies WHERE kind = ?", (kind,))}
            gone = [(kind, id_) for id_ in known.difference(wanted)]
            added = [(kind, id_, modified, body) for id_, (modified, body) in fetched.items()]
            if gone:
                connection.executemany("DELETE FROM bodies WHERE kind = ? AND id = ?", gone)
            if added:
                connection.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)", added)

        self._run(replace)

    def forget(self, kind: str, object_id: str) -> None:
        """Drops one body: it was just written, and a list that lags would still give the time before."""
        row = (kind, object_id)
        self._run(lambda connection: connection.execute("DELETE FROM bodies WHERE kind = ? AND id = ?", row))

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Does all of `work` or nothing; None where there is no cache or it cannot be used just now."""
        if self._file is None:
            return None
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=BUSY_SECONDS)) as connection, connection:
                connection.execute(SCHEMA)
                return work(connection)
        except (sqlite3.OperationalError, OSError):  # locked, or not writable
            return None
        except sqlite3.DatabaseError:  # damaged: begin anew
            self._file.unlink(missing_ok=True)
            return None
