"""The plan as JSON: the contract that others build on. `format` counts up where a reader would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from ddops.apply.outcome import Outcome
from ddops.backtest.contract import Backtest, Condition, Count
from ddops.backtest.crossings import crossings
from ddops.backtest.sentence import sentence
from ddops.lint.finding import Finding
from ddops.meaning.contract import Meaning, Notice, Severity
from ddops.plan.change import Change, Plan
from ddops.report.contract import Findings, Format, Review, Screen
from ddops.report.words import CONTROL

VERSION = 1


def document(review: Review) -> dict[str, Any]:
    """The plan as a JSON object; `docs/plan-json.md` describes it."""
    plan, meaning = review.plan, review.meaning
    return {
        "format": VERSION,
        "org": plan.org,
        "workspace": plan.workspace,
        "products": plan.products,
        "summary": plan.summary,
        **_revisions(plan),
        "notifications": [{"text": one.text, "addresses": one.addresses} for one in meaning.notifications],
        "risks": {severity.value: meaning.count(severity) for severity in Severity},
        "changes": [
            _change(change, one, review.backtest(change), with_cause=plan.base is not None)
            for change, one in zip(plan.changes, meaning.changes, strict=True)
        ],
        "findings": [_finding(finding) for finding in review.findings],
        "notes": list(plan.notes),
        "refusals": list(plan.refusals),
        "fingerprint": plan.fingerprint,
    }


def _revisions(plan: Plan) -> dict[str, Any]:
    """What the plan was told to compare with, where it was."""
    found: dict[str, Any] = {}
    if plan.base is not None:
        found["base"] = {"ref": plan.base.ref, "commit": plan.base.commit}
    if plan.since is not None:
        found["changed_since"] = {"ref": plan.since.ref, "commit": plan.since.commit}
    if plan.only is not None:
        places = sorted(plan.only, key=lambda place: (place[1], place[0]))
        found["only"] = [{"org": org, "address": str(address)} for org, address in places]
    return found


def _change(
    change: Change, meaning: Meaning, backtest: Backtest | None = None, *, with_cause: bool = False
) -> dict[str, Any]:
    cause = {"cause": change.cause, "author": change.author} if with_cause else {}
    return {
        "address": str(change.address),
        "kind": change.address.kind,
        "action": change.action.value,
        "org": change.org,
        "title": change.title,
        "id": change.id,
        "url": change.url,
        "source": {"path": change.source.path, "line": change.source.line} if change.source else None,
        "fields": [
            {"path": one.path, "before": one.before, "after": one.after, **({"cause": one.cause} if with_cause else {})}
            for one in change.fields
        ],
        "notifications": [_notice(notice) for notice in meaning.notices],
        "risks": [{"risk": one.risk, "severity": one.severity.value, "message": one.message} for one in meaning.risks],
        "notes": list(change.notes),
        "last_changed": change.last_changed,
        **cause,
        **({"backtest": _backtest(backtest)} if backtest is not None else {}),
    }


def _backtest(one: Backtest) -> dict[str, Any]:
    found = crossings(one)
    return {
        "text": sentence(one),
        "query": one.query,
        "window": one.window,
        "start": one.start,
        "end": one.end,
        "exact": not one.doubts,
        "evaluations": found.all.evaluations,
        "groups": found.all.groups,
        "before": _alerting(one.before, found.critical_before, found.warning_before),
        "after": _alerting(one.after, found.critical_after, found.warning_after),
        "missing": one.missing or None,
    }


def _alerting(condition: Condition | None, critical: Count, warning: Count) -> dict[str, Any] | None:
    if condition is None:
        return None
    counts = {"critical": critical.evaluations, "warning": warning.evaluations, "groups": critical.groups}
    return {**counts, "thresholds": condition.thresholds}


def _notice(notice: Notice) -> dict[str, Any]:
    heard = {"gained": notice.gained, "lost": notice.lost, "before": notice.before, "after": notice.after}
    listeners = {name: [{"handle": one.handle, "name": one.name} for one in found] for name, found in heard.items()}
    return {"text": notice.text, "states": notice.states, **listeners}


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


def plan(review: Review, screen: Screen) -> str:
    return dumps(document(review))


def outcomes(outcomes: Sequence[Outcome], screen: Screen) -> str:
    return dumps([_outcome(outcome) for outcome in outcomes])


FORMAT = Format(plan=plan, outcomes=outcomes)


def findings(findings: Sequence[Finding], notes: Sequence[str], screen: Screen) -> str:
    return dumps({"findings": [_finding(finding) for finding in findings], "notes": list(notes)})


FINDINGS: Findings = findings
