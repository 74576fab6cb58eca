"""The plan as Markdown, for a comment on a pull request or a job's summary: what changes, who is notified differently,
what could go wrong, and whether the change meant it; then the details, folded. It fits whatever the plan's size is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ddops.apply.outcome import Outcome, Result
from ddops.lint.finding import Finding, Severity
from ddops.meaning.contract import Meaning, PlanMeaning, Together
from ddops.meaning.contract import Severity as Danger
from ddops.plan.change import Action, Change, Plan
from ddops.report.causes import meant, sections
from ddops.report.contract import Format, Review, Screen
from ddops.report.details import fold
from ddops.report.diagram import flowchart
from ddops.report.escape import code, fenced, marked_up, prose
from ddops.report.fit import Fold, fitted, listed, size
from ddops.report.words import line

T = TypeVar("T")

MOST = 64_000
"""Bytes. GitHub takes 65,536 characters for a comment; what is left is for whoever posts it."""
_SHARE = {"refused": 4_000, "changes": 12_000, "notified": 9_000, "risks": 9_000, "findings": 5_000, "notes": 3_000}
"""Of these, at most; what they leave is for the details."""
_MEANT = 2_000
_ROUTES = 8_000
_NOTE = 400
MOST_ADDRESSES = 3
"""Named for one line that several resources have."""
MOST_NAMED = 200
"""Characters of a name in the marker."""
MOST_CHANGES = 20
"""In a list of their own; more of them are counted first, by product and kind."""

_SIGNS = {Action.CREATE: "🆕", Action.UPDATE: "✏️", Action.ADOPT: "🤝", Action.DELETE: "❌"}
_RISKS = {"high": "🔴", "medium": "🟠", "low": "🟡"}
_RESULTS = {Result.DONE: "✅", Result.FAILED: "❌", Result.SKIPPED: "⏭️", Result.NOT_REACHED: "⏸️"}


def marker(plan: Plan) -> str:
    """A hidden line by which the plan's comment is known again: `<!-- ddops plan va vagov * -->` with the workspace,
    the org and the products. It is the first."""
    names = [plan.workspace, plan.org, ",".join(plan.products) if plan.products else "*"]
    return f"<!-- ddops plan {' '.join(map(_word, names))} -->\n"


def _word(name: str) -> str:
    """One word that stands for this name and no other."""
    word = re.sub("[^A-Za-z0-9_.,*-]", "_", name)
    if word == name and len(word) <= MOST_NAMED:
        return word
    return f"{word[:MOST_NAMED]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def plan(review: Review, screen: Screen) -> str:
    plan, meaning = review.plan, review.meaning
    top = marker(plan) + "".join(_top(plan, meaning))
    top += "".join(_found(review.findings)) + _list("### Notes", plan.notes, prose, _SHARE["notes"])
    routes = fitted(_routes(meaning), _ROUTES)
    room = MOST - size(top) - size(routes.text) - _NOTE
    folds = (fold(change, told, review.backtest(change)) for change, told in _worst_first(plan, meaning))
    details = fitted(folds, room)
    cut = _cut(
        details.shortened,
        len(plan.changes) - details.whole - details.shortened,
        len(meaning.routing) - routes.whole,
    )
    heading = "### Details\n\n" if details.text else ""
    return f"{top}{heading}{details.text}{routes.text}{cut}".rstrip("\n")


def _worst_first(plan: Plan, meaning: PlanMeaning) -> Sequence[tuple[Change, Meaning]]:
    """The changes in their order; where they are many, of which some may be left out, the worst risks first."""
    told = list(zip(plan.changes, meaning.changes, strict=True))
    if len(told) <= MOST_CHANGES:
        return told
    ranks = [*Danger, None]
    return sorted(told, key=lambda one: ranks.index(one[1].risks[0].severity if one[1].risks else None))


def outcomes(outcomes: Sequence[Outcome], screen: Screen) -> str:
    counts = [(result, sum(one.result is result for one in outcomes)) for result in Result]
    said = ", ".join(f"{count} {result.value}" for result, count in counts if count)
    return f"## Applied: {said or 'nothing to do'}\n\n" + _list("", outcomes, _outcome, MOST - 1_000)


def _outcome(one: Outcome) -> str:
    why = f": {prose(one.why)}" if one.why else ""
    change = one.change
    return (
        f"{_RESULTS[one.result]} {one.result.value}: {change.action.value} {code(change.address)} "
        f"in {code(change.org)}{why}"
    )


def _top(plan: Plan, meaning: PlanMeaning) -> Iterator[str]:
    counts = plan.summary
    said = ", ".join(f"{counts[action.value]} to {action.value}" for action in Action if counts[action.value])
    yield f"## Plan for {'all orgs' if plan.org == 'all' else code(plan.org)}: {said or 'no changes'}\n\n"
    of = f" of {', '.join(map(code, plan.products[:20]))}" if plan.products else ""
    unchanged = counts["unchanged"]
    only = f" Only what changed since {code(plan.since.ref)} is planned." if plan.since is not None else ""
    yield f"{unchanged} {f'resource{of} is' if unchanged == 1 else f'resources{of} are'} as the specs say.{only}\n\n"
    if plan.refusals:
        lines = listed(plan.refusals, lambda text: f"> - {prose(text)}", _SHARE["refused"], "> - and {} more".format)
        yield "\n".join(["> [!CAUTION]", "> **This plan is refused**", ">", *lines]) + "\n\n"
    several = any(change.org != plan.org for change in plan.changes)
    share = _SHARE["changes"]
    for title, changes in sections(plan):
        heading = f"### {prose(title)}" if title else "### What changes"
        yield _changes(heading, changes, several, share // len([*sections(plan)]))
    if plan.changes:
        yield _list("### Who is notified differently", meaning.notifications, _together, _SHARE["notified"]) or (
            "### Who is notified differently\n\nNobody.\n\n"
        )
        yield _list("### What could go wrong", meaning.risks, _together, _SHARE["risks"])
        yield _list("### Is it what this change meant to do", [*meant(plan)], _together, _MEANT)


def _changes(heading: str, changes: Sequence[Change], several: bool, most: int) -> str:
    """Each of the changes. Where they are many that is folded, below how many there are of each product and kind."""
    if len(changes) <= MOST_CHANGES:
        return _list(heading, changes, lambda change: _change(change, several), most)
    groups = Counter((change.address.product, change.address.kind) for change in changes)
    counts = Counter((change.address.product, change.address.kind, change.action) for change in changes)

    def group(of: tuple[str, str]) -> str:
        found = [(action, counts[*of, action]) for action in Action]
        said = ", ".join(f"{_SIGNS[action]} {count} to {action.value}" for action, count in found if count)
        return f"{code('/'.join(of))}: {said}"

    each = _list("", changes, lambda change: _change(change, several), most - most // 4)
    return (
        f"{_list(heading, [of for of, _ in groups.most_common()], group, most // 4)}"
        f"<details><summary>Each of these {len(changes)} changes</summary>\n\n{each}</details>\n\n"
    )


def _change(change: Change, several: bool) -> str:
    org = f" in {code(change.org)}" if several else ""
    title = f" {prose(change.title)}" if change.title.strip() else ""
    return f"{_SIGNS[change.action]} {change.action.value} {code(change.address)}{org}{title}"


def _together(one: Together) -> str:
    named = ", ".join(map(code, one.addresses[:MOST_ADDRESSES]))
    more = len(one.addresses) - MOST_ADDRESSES
    sign = f"{_RISKS[one.severity]} {one.severity.value}: " if one.severity else ""
    where = f" ({named}{f' and {more} more' if more > 0 else ''})" if named else ""
    return f"{sign}{prose(one.text)}{where}"


def _routes(meaning: PlanMeaning) -> Iterator[Fold]:
    for routing in meaning.routing:
        yield Fold(
            f"Routes of <code>{marked_up(line(routing.product))}</code>", (fenced(flowchart(routing), "mermaid"),)
        )


def _found(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings, errors first; they are folded where none is one."""
    ranked = sorted(findings, key=lambda one: [*Severity].index(one.severity))
    if not ranked:
        return
    counts = [(severity, sum(one.severity is severity for one in ranked)) for severity in Severity]
    said = ", ".join(f"{count} {severity.value}" for severity, count in counts if count)
    is_open = " open" if counts[0][1] else ""
    yield f"### Findings\n\n<details{is_open}><summary>{said}</summary>\n\n"
    yield _list("", ranked, _finding, _SHARE["findings"])
    yield "</details>\n\n"


def _finding(one: Finding) -> str:
    return f"{one.severity.value}: {code(one.source)} {code(one.subject)}: {prose(one.message)} ({code(one.rule)})"


def _list(heading: str, items: Sequence[T], write: Callable[[T], str], most: int) -> str:
    if not items:
        return ""
    lines = listed(items, lambda item: f"- {write(item)}", most, "- and {} more".format)
    return "\n".join([*([heading, ""] if heading else []), *lines]) + "\n\n"


def _cut(shortened: int, dropped: int, routes: int) -> str:
    cut = [
        f"details shortened for {shortened} of the changes" if shortened else "",
        f"left out for {dropped}" if shortened and dropped else "",
        f"details left out for {dropped} of the changes" if dropped and not shortened else "",
        f"{routes} of the diagrams of routes left out" if routes else "",
    ]
    said = ", ".join(filter(None, cut))
    return f"**Cut to fit:** {said}. `ddops plan --out FILE` and `ddops show FILE` have all of it.\n" if said else ""


FORMAT = Format(plan=plan, outcomes=outcomes)
