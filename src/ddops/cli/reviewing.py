"""From a plan to all that there is to say of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ddops.cli.planning import meaning_of
from ddops.lint.finding import Finding
from ddops.meaning.contract import PlanMeaning
from ddops.plan.change import Change, Plan
from ddops.report.contract import Review

if TYPE_CHECKING:
    from ddops.backtest.ask import Metrics


def review(
    plan: Plan,
    findings: Sequence[Finding],
    *,
    meaning: PlanMeaning | None = None,
    asking: Mapping[str, Metrics] | None = None,
    standing: Sequence[Change] = (),
    progress: Callable[[str], None] = lambda line: None,
) -> Review:
    """The plan with what it means, told already where `meaning` is given. The orgs `asking`, None for none, are asked
    how the monitors that it changes would have done, and those `standing` beside it; they have to be connected."""
    changes, told = [*plan.changes, *standing], meaning or meaning_of(plan)
    if asking is None or not changes:
        return Review(plan, told, findings, standing=standing)
    from ddops.backtest.ask import backtests

    found = backtests(changes, asking, int(time.time()), progress)
    return Review(plan, told, findings, found, standing)
