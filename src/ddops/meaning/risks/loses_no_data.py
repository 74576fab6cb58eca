"""Nobody would know that the data stopped coming."""

from __future__ import annotations

from ddops.kinds.contract import Body
from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked


def loses_no_data(looked: Looked) -> Found:
    if looked.kind == "monitor" and looked.is_update and _tells(looked.before) and not _tells(looked.after):
        yield Severity.MEDIUM, "no longer tells of missing data"


def _tells(monitor: Body) -> bool:
    options = monitor.get("options") or {}
    return options.get("notify_no_data") is True or options.get("on_missing_data") == "show_and_notify_no_data"


RISK = loses_no_data
