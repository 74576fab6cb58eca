"""What people made in the UI is written over when it is adopted."""

from __future__ import annotations

from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked
from ddops.plan.change import Action


def overwrites(looked: Looked) -> Found:
    if looked.change.action is Action.ADOPT and looked.change.fields:
        count = len(looked.change.fields)
        yield Severity.LOW, f"overwrites {count} field{'s' if count > 1 else ''} of what was made by hand"


RISK = overwrites
