"""The plan for a terminal: one resource a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import click

from ddops.apply.outcome import Outcome, Result
from ddops.kinds.contract import kinds
from ddops.lint.finding import Finding, Severity
from ddops.plan.change import Action, Change, FieldChange, Plan
from ddops.report.contract import Format, Screen
from ddops.report.words import MOST_COLUMNS, block, cut, diff, inline, is_long_text, line

_SIGNS = {Action.CREATE: "+", Action.UPDATE: "~", Action.ADOPT: "@", Action.DELETE: "-"}
_COLOURS = {Action.CREATE: "green", Action.UPDATE: "yellow", Action.ADOPT: "cyan", Action.DELETE: "red"}
_RESULTS = {Result.DONE: "green", Result.FAILED: "red", Result.SKIPPED: "yellow", Result.NOT_REACHED: "yellow"}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


MOST_OUTLINED = 60
"""Lines of an outline."""


def plan(plan: Plan, findings: Sequence[Finding], screen: Screen) -> str:
    return "\n".join(_Text(screen).plan(plan, findings))


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

    def plan(self, plan: Plan, findings: Sequence[Finding]) -> Iterator[str]:
        several = len({change.org for change in plan.changes}) > 1 or any(
            change.org != plan.org for change in plan.changes
        )
        for change in plan.changes:
            yield from self.change(change, several)
            yield ""
        for note in plan.notes:
            yield self.style("note: ", fg="blue") + line(note)
        if plan.notes:
            yield ""
        yield from self.findings(findings)
        yield self.style(summary(plan), bold=True)

    def change(self, change: Change, show_org: bool) -> Iterator[str]:
        sign = self.style(f"{_SIGNS[change.action]} {change.action.value}", fg=_COLOURS[change.action], bold=True)
        org = f"  in {line(change.org)}" if show_org else ""
        yield f"{sign}  {self.style(line(change.address), bold=True)}{org}"
        if change.title:
            yield f"    {line(change.title)}"
        places = [change.url or "", f"{change.source.path}:{change.source.line}" if change.source else ""]
        yield "    " + self.style(line("  ".join(filter(None, places))), dim=True)
        for note in change.notes:
            yield f"    {self.style('note:', fg='blue')} {line(note)}"
        for field in change.fields:
            for text in self.field(change, field):
                yield f"      {text}"

    def field(self, change: Change, field: FieldChange) -> Iterator[str]:
        before, after, name = field.before, field.after, line(field.path)
        if change.action is Action.CREATE:
            yield from self.value(name, after, kinds()[change.address.kind].outlines.get(field.path))
        elif _are_texts(before, after) and (is_long_text(before) or is_long_text(after)):
            yield f"{name}:"
            for text in diff(before or "", after or ""):
                yield "  " + self.style(text, **_diff_style(text))
        elif len(name) + len(inline(before)) + len(inline(after)) <= MOST_COLUMNS:
            arrow = f"{self.style(_absent(before), fg='red')} → {self.style(_absent(after), fg='green')}"
            yield f"{name}: {arrow}"
        else:
            yield f"{name}:"
            for sign, value, colour in (("-", before, "red"), ("+", after, "green")):
                if value is not None:
                    is_one_line = isinstance(value, str) and not is_long_text(value)
                    lines = [inline(value)] if is_one_line else list(block(value))
                    yield from (f"  {self.style(f'{sign} {text}', fg=colour)}" for text in lines)

    def value(self, name: str, value: Any, outline: Callable[[Any], Iterable[str]] | None) -> Iterator[str]:
        text = inline(value)
        if not is_long_text(value) and (isinstance(value, str) or len(name) + len(text) <= MOST_COLUMNS):
            yield f"{name}: {text}"
            return
        yield f"{name}:"
        lines = cut([line(text) for text in outline(value)], MOST_OUTLINED) if outline else block(value)
        yield from (f"  {text}" for text in lines)

    def findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        for finding in findings:
            severity = self.style(finding.severity.value, fg=_SEVERITIES[finding.severity])
            place, message = line(finding.source), line(f"{finding.subject}: {finding.message}")
            yield f"{place}: {severity}: {message} [{finding.rule}]"
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


def _absent(value: Any) -> str:
    return "(none)" if value is None else inline(value)


def _are_texts(*values: Any) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def _diff_style(text: str) -> dict[str, str]:
    return {"+": {"fg": "green"}, "-": {"fg": "red"}, "@": {"fg": "cyan"}}.get(text[:1], {})


def summary(plan: Plan) -> str:
    """The plan in one line."""
    counts = plan.summary
    if not plan.changes:
        return f"No changes: {counts['unchanged']} resources are as the specs say."
    parts = [f"{counts[action.value]} to {action.value}" for action in Action]
    return f"Plan: {', '.join(parts)}, {counts['unchanged']} unchanged."


FORMAT = Format(plan=plan, outcomes=outcomes)
