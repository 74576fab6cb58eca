"""A query that could be parsed, and cannot any more."""

from __future__ import annotations

from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.sense import read


def unknown_query(looked: Looked) -> Found:
    is_monitor = looked.kind == "monitor" and looked.difference("query") is not None
    if is_monitor and looked.is_update and read(looked.before) is not None and read(looked.after) is None:
        yield Severity.MEDIUM, "has a query that cannot be parsed: whether it alerts is not known"


RISK = unknown_query
