"""What a format supplies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ddops.apply.outcome import Outcome
from ddops.lint.finding import Finding
from ddops.meaning.contract import PlanMeaning
from ddops.plan.change import Plan


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output is for: whether it shows colour."""

    colour: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """`plan` writes a plan, what it means, and the findings; `outcomes` what an apply did."""

    plan: Callable[[Plan, PlanMeaning, Sequence[Finding], Screen], str]
    outcomes: Callable[[Sequence[Outcome], Screen], str]


Findings = Callable[[Sequence[Finding], Sequence[str], Screen], str]
"""Writes findings, and notes on what could not be checked; a module exports its own as `FINDINGS`."""
