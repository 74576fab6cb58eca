"""What a format supplies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ddops.apply.outcome import Outcome
from ddops.lint.finding import Finding
from ddops.plan.change import Plan


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output is for: whether it shows colour."""

    colour: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """`plan` writes a plan with its findings, `outcomes` what an apply did."""

    plan: Callable[[Plan, Sequence[Finding], Screen], str]
    outcomes: Callable[[Sequence[Outcome], Screen], str]
