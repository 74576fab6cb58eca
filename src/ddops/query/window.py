"""Time windows: `last_5m`, `current_1d`, `next_1w`, `1h_ago`, and the bare `5m` of event-style queries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddops.query.node import Node

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_592_000}
"""Of a unit; a month counts as 30 days."""
UNIT_NAMES = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}

_SHAPE = re.compile(r"(?:(last|next|current)_)?(\d{1,6})(mo|[smhdw])(_ago)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Window(Node):
    """`kind` is `last`, `next`, `current`, `ago` or, for a bare `5m`, empty."""

    text: str
    kind: str
    count: int
    unit: str

    @property
    def seconds(self) -> int:
        return self.count * SECONDS[self.unit]

    @property
    def words(self) -> str:
        """`5 minutes`."""
        return f"{self.count} {UNIT_NAMES[self.unit]}{'' if self.count == 1 else 's'}"

    def __str__(self) -> str:
        return self.text


def window(text: str, start: int = 0) -> Window | None:
    """The window that `text` writes at offset `start` of a query; None where it writes none."""
    match = _SHAPE.fullmatch(text)
    if match is None or (match[1] and match[4]):
        return None
    count = int(match[2])
    kind = "ago" if match[4] else match[1] or ""
    if count == 0 or (kind == "current" and text not in CUMULATIVE):
        return None
    return Window(text, kind, count, match[3], span=(start, start + len(text)))


CUMULATIVE = frozenset({"current_1h", "current_1d", "current_1mo"})
"""The cumulative windows there are (reference: monitor queries, 2.2)."""
