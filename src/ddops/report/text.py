"""The plan for a terminal: one resource a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from ddops.apply.outcome import Outcome, Result
from ddops.lint.finding import Finding, Severity
from ddops.plan.change import Action, Plan
from ddops.report.causes import sections
from ddops.report.contract import Findings, Format, Review, Screen
from ddops.report.overview import overview
from ddops.report.paragraph import Paragraphs
from ddops.report.words import line

_RESULTS = {Result.DONE: "green", Result.FAILED: "red", Result.SKIPPED: "yellow", Result.NOT_REACHED: "yellow"}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
"""As `ddops lint` counts them."""


def plan(review: Review, screen: Screen) -> str:
    return "\n".join(_Text(screen).plan(review))


def outcomes(outcomes: Sequence[Outcome], screen: Screen) -> str:
    return "\n".join(_Text(screen).outcomes(outcomes))


def findings(findings: Sequence[Finding], screen: Screen) -> Iterator[str]:
    """A line for each finding, as compilers write them."""
    yield from _Text(screen).findings(findings)


class _Text:
    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def style(self, text: str, **how: Any) -> str:
        return click.style(text, **how) if self.screen.colour else text

    def plan(self, review: Review) -> Iterator[str]:
        plan, meaning = review.plan, review.meaning
        several = any(change.org != plan.org for change in plan.changes)
        shown = Paragraphs(self.screen, several_orgs=several, causes=plan.base is not None)
        if plan.changes:
            yield self.style(summary(plan), bold=True)
            yield ""
            yield from overview(meaning, shown.style)
        told = {id(change): one for change, one in zip(plan.changes, meaning.changes, strict=True)}
        for title, changes in sections(plan):
            if title:
                yield self.style(line(title), bold=True, underline=True)
                yield ""
            for change in changes:
                yield from shown.change(change, told[id(change)])
                yield ""
        for note in plan.notes:
            yield self.style("note: ", fg="blue") + line(note)
        if plan.notes:
            yield ""
        yield from self.findings(review.findings)
        yield self.style(summary(plan), bold=True)

    def findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        for finding in findings:
            severity = self.style(finding.severity.value, fg=_SEVERITIES[finding.severity])
            place, message = line(finding.source), line(f"{finding.subject}: {finding.message}")
            yield f"{place}: {severity}: {message} [{line(finding.rule)}]"
        if findings:
            yield ""

    def outcomes(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        for outcome in outcomes:
            yield self.outcome(outcome)
        counts = [f"{sum(one.result is result for one in outcomes)} {result.value}" for result in Result]
        yield self.style(
            ", ".join(count for count in counts if not count.startswith("0 ")) or "nothing to do", bold=True
        )

    def outcome(self, outcome: Outcome) -> str:
        change = outcome.change
        result = self.style(outcome.result.value, fg=_RESULTS[outcome.result])
        why = f": {line(outcome.why)}" if outcome.why else ""
        link = f"  {line(outcome.url)}" if outcome.url and outcome.result is Result.DONE else ""
        return f"{result}  {change.action.value} {line(change.address)} in {line(change.org)}{why}{link}"


def summary(plan: Plan) -> str:
    """The plan in one line."""
    counts = plan.summary
    if not plan.changes:
        return f"No changes: {counts['unchanged']} resources are as the specs say."
    parts = [f"{counts[action.value]} to {action.value}" for action in Action]
    return f"Plan: {', '.join(parts)}, {counts['unchanged']} unchanged."


FORMAT = Format(plan=plan, outcomes=outcomes)


def lint(found: Sequence[Finding], notes: Sequence[str], screen: Screen) -> str:
    """The findings, a line each, the notes, and how many there are of each severity."""
    shown = _Text(screen)
    lines = [*shown.findings(found), *(shown.style("note: ", fg="blue") + line(note) for note in notes)]
    counts = ((severity, sum(one.severity is severity for one in found)) for severity in Severity)
    said = ", ".join(f"{count} {_PLURALS[severity] if count > 1 else severity}" for severity, count in counts if count)
    return "\n".join([*lines, shown.style(said or "no findings", bold=True)])


FINDINGS: Findings = lint
