"""What the orgs hold that the specs do not say, read the other way round than a plan: the specs first, then the org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ddops.plan.change import Action, Change, Plan
from ddops.report import drifted
from ddops.report.contract import Screen
from ddops.report.json import VERSION, dumps

WORDS = {
    Action.UPDATE: "changed",
    Action.CREATE: "missing",
    Action.DELETE: "unexpected",
    Action.ADOPT: "not taken over",
}
MEANT = {
    Action.CREATE: "not in the org: deleted there, without its marker, or never applied",
    Action.DELETE: "in the org with this workspace's marker, and no spec asks for it",
    Action.ADOPT: "`adopt` in its spec was never applied, or the marker was taken off",
}


def document(plan: Plan) -> dict[str, Any]:
    """The drift as a JSON object; `docs/drift.md` describes it."""
    found = [*_drifted(plan)]
    return {
        "format": VERSION,
        "org": plan.org,
        "workspace": plan.workspace,
        "products": plan.products,
        "summary": {word: sum(WORDS[one.action] == word for one in found) for word in WORDS.values()},
        "drift": [_one(change) for change in found],
        "notes": list(plan.notes),
    }


def json(plan: Plan, screen: Screen) -> str:
    return dumps(document(plan))


def text(plan: Plan, screen: Screen) -> str:
    found = [*_drifted(plan)]
    if not found and not plan.notes:
        return _summary(plan, found)
    from ddops.report.terminal.drawing import lines  # noqa: PLC0415 (rich is imported where there is something to draw)
    from ddops.report.terminal.drift import drift  # noqa: PLC0415

    return "\n".join(lines(drift(plan, found, WORDS, MEANT, _summary(plan, found), screen.columns), screen))


def markdown(plan: Plan, screen: Screen) -> str:
    return drifted.markdown(document(plan), {WORDS[action]: words for action, words in MEANT.items()})


FORMATS = {"text": text, "json": json, "markdown": markdown}


def _drifted(plan: Plan) -> Iterator[Change]:
    """The changes that an apply would make; of what it would delete and create anew once."""
    anew = {(change.org, change.address) for change in plan.changes if change.action is Action.CREATE}
    for change in plan.changes:
        if change.action is not Action.DELETE or (change.org, change.address) not in anew:
            yield change


def _one(change: Change) -> dict[str, Any]:
    fields = change.fields if change.action in (Action.UPDATE, Action.ADOPT) else ()
    return {
        "address": str(change.address),
        "kind": change.address.kind,
        "what": WORDS[change.action],
        "org": change.org,
        "title": change.title,
        "id": change.id,
        "url": change.url,
        "source": {"path": change.source.path, "line": change.source.line} if change.source else None,
        "fields": [{"path": field.path, "specs": field.after, "org": field.before} for field in fields],
        "last_changed": change.last_changed,
        "author": change.author,
    }


def _summary(plan: Plan, found: Sequence[Change]) -> str:
    resources = plan.summary["unchanged"]
    if not found:
        return f"No drift: {resources} resources are as the specs say."
    counts = [(word, sum(WORDS[one.action] == word for one in found)) for word in WORDS.values()]
    said = ", ".join(f"{count} {word}" for word, count in counts if count)
    return f"Drift: {said}, {resources} as the specs say."
