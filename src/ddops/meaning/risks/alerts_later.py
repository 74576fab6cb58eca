"""A threshold became looser, or may have."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.kinds.contract import Json
from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.sense import read, same_measure, way

MUCH = 2
"""Times as far as before."""
_NAMES = ("critical", "warning", "unknown")


def alerts_later(looked: Looked) -> Found:
    if looked.kind != "monitor" or not looked.is_update:
        return
    is_same = same_measure(looked.before, looked.after)
    for name, before, after in _looser(looked):
        numbers = f"{name} {before:g} → {after:g}"
        if not is_same:
            yield Severity.LOW, f"may alert later: {numbers}, and what is compared with it changes as well"
        else:
            is_much = min(abs(before), abs(after)) * MUCH <= max(abs(before), abs(after))
            yield Severity.MEDIUM if is_much else Severity.LOW, f"alerts later: {numbers}"


def _looser(looked: Looked) -> Iterator[tuple[str, Json, Json]]:
    old, new = looked.before, looked.after
    one, other = read(old), read(new)
    ends = one.threshold if one else None, other.threshold if other else None
    for name in _NAMES:
        changed = looked.difference(f"options.thresholds.{name}")
        before, after = (changed.before, changed.after) if changed else ends if name == "critical" else (None, None)
        if way(before, after, old, new) == "looser":
            yield name, before, after


RISK = alerts_later
