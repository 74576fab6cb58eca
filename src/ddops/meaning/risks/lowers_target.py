"""An SLO promises less."""

from __future__ import annotations

from collections.abc import Mapping

from ddops.kinds.contract import Body
from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked


def lowers_target(looked: Looked) -> Found:
    if looked.kind != "slo" or not looked.is_update:
        return
    after = _targets(looked.after)
    for timeframe, target in _targets(looked.before).items():
        if timeframe not in after:
            yield Severity.MEDIUM, f"has no target for {timeframe} any more"
        elif after[timeframe] < target:
            yield Severity.MEDIUM, f"promises less over {timeframe}: {target:g} % → {after[timeframe]:g} %"


def _targets(slo: Body) -> Mapping[str, float]:
    return {one["timeframe"]: one["target"] for one in slo.get("thresholds") or () if "target" in one}


RISK = lowers_target
