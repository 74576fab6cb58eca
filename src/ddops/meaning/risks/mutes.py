"""What would alert stays silent."""

from __future__ import annotations

from ddops.kinds.contract import Body
from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked


def mutes(looked: Looked) -> Found:
    before, after = looked.before, looked.after
    if looked.kind == "downtime" and after and (not before or _mutes_more(before, after)):
        is_for_all = _silenced(after) in (("*", "*"), ("", "*"))
        yield Severity.HIGH if is_for_all or _is_endless(after) else Severity.MEDIUM, _told(after)
    if looked.kind == "synthetics_test" and before.get("status") != "paused" and after.get("status") == "paused":
        yield Severity.HIGH if before else Severity.LOW, "is paused: it neither runs nor alerts"
    if looked.kind == "monitor" and before.get("draft_status") != "draft" and after.get("draft_status") == "draft":
        yield Severity.HIGH if before else Severity.LOW, "is a draft: it notifies nobody"


def _mutes_more(before: Body, after: Body) -> bool:
    return _silenced(before) != _silenced(after) or (_is_endless(after) and not _is_endless(before))


def _told(downtime: Body) -> str:
    monitors, scope = _silenced(downtime)
    which = "all monitors" if monitors == "*" else monitors
    where = "" if scope == "*" else f" where {scope}"
    return f"mutes {which}{where}{', without an end' if _is_endless(downtime) else ''}"


def _silenced(downtime: Body) -> tuple[str, str]:
    """Which monitors, and in which scope."""
    found = downtime.get("monitor_identifier") or {}
    if found.get("monitor_id") is not None:
        return f"monitor {found['monitor_id']}", str(downtime.get("scope") or "*")
    tags = [str(tag) for tag in found.get("monitor_tags") or ("*",)]
    monitors = "*" if "*" in tags else f"monitors with {' and '.join(tags)}"
    return monitors, str(downtime.get("scope") or "*")


def _is_endless(downtime: Body) -> bool:
    schedule = downtime.get("schedule") or {}
    return schedule.get("end") is None and not schedule.get("recurrences")


RISK = mutes
