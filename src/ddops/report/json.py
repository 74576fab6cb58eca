"""The plan as JSON: the contract that others build on. `format` counts up where a reader would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from ddops.apply.outcome import Outcome
from ddops.lint.finding import Finding
from ddops.plan.change import Change, Plan
from ddops.report.contract import Format, Screen
from ddops.report.words import CONTROL

VERSION = 1


def document(plan: Plan, findings: Sequence[Finding]) -> dict[str, Any]:
    """The plan as a JSON object; `docs/plan-json.md` describes it."""
    return {
        "format": VERSION,
        "org": plan.org,
        "workspace": plan.workspace,
        "products": plan.products,
        "summary": plan.summary,
        "changes": [_change(change) for change in plan.changes],
        "findings": [_finding(finding) for finding in findings],
        "notes": list(plan.notes),
        "refusals": list(plan.refusals),
        "fingerprint": plan.fingerprint,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "address": str(change.address),
        "kind": change.address.kind,
        "action": change.action.value,
        "org": change.org,
        "title": change.title,
        "id": change.id,
        "url": change.url,
        "source": {"path": change.source.path, "line": change.source.line} if change.source else None,
        "fields": [{"path": one.path, "before": one.before, "after": one.after} for one in change.fields],
        "notes": list(change.notes),
        "last_changed": change.last_changed,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "address": finding.subject,
        "message": finding.message,
        "source": {"path": finding.source.path, "line": finding.source.line, "column": finding.source.column},
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "address": str(outcome.change.address),
        "action": outcome.change.action.value,
        "org": outcome.change.org,
        "result": outcome.result.value,
        "id": outcome.id,
        "url": outcome.url,
        "why": outcome.why,
    }


def dumps(value: Any) -> str:
    """As JSON that a terminal can show: orjson escapes the control characters of ASCII alone."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def plan(plan: Plan, findings: Sequence[Finding], screen: Screen) -> str:
    return dumps(document(plan, findings))


def outcomes(outcomes: Sequence[Outcome], screen: Screen) -> str:
    return dumps([_outcome(outcome) for outcome in outcomes])


FORMAT = Format(plan=plan, outcomes=outcomes)
