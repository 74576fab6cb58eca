"""People look for a graph that is gone."""

from __future__ import annotations

from ddops.meaning.contract import Severity, What
from ddops.meaning.risks.contract import Found, Looked


def removes_widgets(looked: Looked) -> Found:
    gone = [part.label for part in looked.parts if part.what is What.REMOVED]
    if gone:
        yield Severity.LOW, f"removes {gone[0]}" + (f" and {len(gone) - 1} more" if len(gone) > 1 else "")


RISK = removes_widgets
