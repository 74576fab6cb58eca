"""What a format supplies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ddops.apply.outcome import Outcome
from ddops.backtest.contract import Backtest
from ddops.lint.finding import Finding
from ddops.meaning.contract import PlanMeaning
from ddops.plan.change import Change, Plan


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output is for: whether it shows colour, and how many columns it has."""

    colour: bool = False
    columns: int = 80


@dataclass(frozen=True, slots=True)
class Review:
    """All that there is to say of a plan: what it means, the findings about its specs, and how the monitors that it
    changes would have done, as far as an org was asked. `standing` are resources that somebody asked to see though
    nothing changes in them."""

    plan: Plan
    meaning: PlanMeaning
    findings: Sequence[Finding] = ()
    backtests: Sequence[Backtest] = ()
    standing: Sequence[Change] = ()

    def backtest(self, change: Change) -> Backtest | None:
        """The one of a change."""
        return next((one for one in self.backtests if (one.org, one.address) == (change.org, change.address)), None)


@dataclass(frozen=True, slots=True)
class Format:
    """`plan` writes a plan with all that there is to say of it, `outcomes` what an apply did. `draws_backtests`: it is
    worth asking the orgs for them."""

    plan: Callable[[Review, Screen], str]
    outcomes: Callable[[Sequence[Outcome], Screen], str]
    draws_backtests: bool = False


Findings = Callable[[Sequence[Finding], Sequence[str], Screen], str]
"""Writes findings, and notes on what could not be checked; a module exports its own as `FINDINGS`."""
