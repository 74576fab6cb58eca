"""It alerts on the other side of its threshold."""

from __future__ import annotations

from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.meaning.sense import comparator_of

_SIDES = {">": "above", ">=": "above", "<": "below", "<=": "below", "==": "at", "!=": "anywhere but at"}


def turns_round(looked: Looked) -> Found:
    if looked.kind != "monitor" or not looked.is_update:
        return
    was, will = (_SIDES.get(comparator_of(body) or "") for body in (looked.before, looked.after))
    if was is not None and will is not None and was != will:
        yield Severity.MEDIUM, f"alerts {will} its threshold, no longer {was} it"


RISK = turns_round
