"""The plan for a terminal, which `terminal` draws: it is imported where there is more to tell than a line, because rich
takes its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddops.apply.outcome import Outcome
from ddops.lint.finding import Finding
from ddops.plan.change import Action, Plan
from ddops.report.contract import Findings, Format, Review, Screen


def plan(review: Review, screen: Screen) -> str:
    said = summary(review.plan)
    if not (review.plan.changes or review.plan.notes or review.findings):
        return said
    from ddops.report.terminal.drawing import lines  # noqa: PLC0415 (see above)
    from ddops.report.terminal.plan import plan as drawn  # noqa: PLC0415

    return "\n".join(lines(drawn(review, said, screen.columns), screen))


def outcomes(outcomes: Sequence[Outcome], screen: Screen) -> str:
    from ddops.report.terminal.drawing import lines  # noqa: PLC0415 (see above)
    from ddops.report.terminal.outcomes import outcomes as drawn  # noqa: PLC0415

    return "\n".join(lines(drawn(outcomes, screen.columns), screen))


def findings(findings: Sequence[Finding], screen: Screen) -> Iterator[str]:
    """A line for each finding, as compilers write them."""
    if findings:
        from ddops.report.terminal.drawing import lines  # noqa: PLC0415 (see above)
        from ddops.report.terminal.findings import findings as drawn  # noqa: PLC0415

        yield from lines(drawn(findings), screen)


def summary(plan: Plan) -> str:
    """The plan in one line, with what it is limited to."""
    counts = plan.summary
    only = ""
    if plan.since is not None:
        from ddops.report.words import line  # noqa: PLC0415 (a plan without changes needs none of it)

        only = f" Only what changed since {line(plan.since.ref)} is planned."
    if not plan.changes:
        return f"No changes: {counts['unchanged']} resources are as the specs say.{only}"
    parts = [f"{counts[action.value]} to {action.value}" for action in Action]
    return f"Plan: {', '.join(parts)}, {counts['unchanged']} unchanged.{only}"


FORMAT = Format(plan=plan, outcomes=outcomes)


def lint(found: Sequence[Finding], notes: Sequence[str], screen: Screen) -> str:
    """The findings, a line each, the notes, and how many there are of each severity."""
    if not found and not notes:
        return "no findings"
    from ddops.report.terminal.drawing import lines  # noqa: PLC0415 (see above)
    from ddops.report.terminal.findings import counted  # noqa: PLC0415

    return "\n".join(lines(counted(found, notes), screen))


FINDINGS: Findings = lint
