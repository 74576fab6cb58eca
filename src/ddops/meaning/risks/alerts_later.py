"""A threshold became looser."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.sense import read

MUCH = 2
"""Times as far as before."""
_THRESHOLDS = "options.thresholds."


def alerts_later(looked: Looked) -> Found:
    for name, before, after in _looser(looked):
        is_much = min(abs(before), abs(after)) * MUCH <= max(abs(before), abs(after)) and before != after
        yield Severity.MEDIUM if is_much else Severity.LOW, f"alerts later: {name} {before:g} → {after:g}"


def _looser(looked: Looked) -> Iterator[tuple[str, float, float]]:
    if looked.kind != "monitor" or not looked.is_update:
        return
    found = [one for one in looked.differences if one.sense == "looser"]
    thresholds = [one for one in found if one.path.startswith(_THRESHOLDS)]
    for one in thresholds:
        yield one.path.removeprefix(_THRESHOLDS), one.before, one.after
    query = looked.difference("query")
    if query is not None and query.sense == "looser" and not any(one.path.endswith("critical") for one in thresholds):
        before, after = read(looked.before), read(looked.after)
        if before and after and before.threshold is not None and after.threshold is not None:
            yield "critical", before.threshold, after.threshold


RISK = alerts_later
