"""What the orgs hold that the specs do not say, read the other way round than a plan: the specs first, then the org."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ddops.plan.change import Action, Change, FieldChange, Plan, moment
from ddops.report import drifted
from ddops.report.contract import Screen
from ddops.report.json import VERSION, dumps
from ddops.report.words import MOST_COLUMNS, diff, inline, is_long_text, line

WORDS = {
    Action.UPDATE: "changed",
    Action.CREATE: "missing",
    Action.DELETE: "unexpected",
    Action.ADOPT: "not taken over",
}
MEANT = {
    Action.CREATE: "not in the org: deleted there, or never applied",
    Action.DELETE: "in the org with this workspace's marker, and no spec asks for it",
    Action.ADOPT: "`adopt` in its spec was never applied, or the marker was taken off",
}
_COLOURS = {Action.UPDATE: "yellow", Action.CREATE: "red", Action.DELETE: "magenta", Action.ADOPT: "cyan"}


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
    return "\n".join(_Text(screen).plan(plan))


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


class _Text:
    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def style(self, text: str, **how: Any) -> str:
        return click.style(text, **how) if self.screen.colour else text

    def plan(self, plan: Plan) -> Iterator[str]:
        found = [*_drifted(plan)]
        for change in found:
            yield from self.change(change)
            yield ""
        for note in plan.notes:
            yield self.style("note: ", fg="blue") + line(note)
        if plan.notes:
            yield ""
        counts = [(word, sum(WORDS[one.action] == word for one in found)) for word in WORDS.values()]
        said = ", ".join(f"{count} {word}" for word, count in counts if count)
        resources = plan.summary["unchanged"]
        yield self.style(f"Drift: {said}, {resources} as the specs say." if found else _none(resources), bold=True)

    def change(self, change: Change) -> Iterator[str]:
        what = self.style(WORDS[change.action], fg=_COLOURS[change.action], bold=True)
        yield f"{what}  {self.style(line(change.address), bold=True)}  in {line(change.org)}"
        if change.title:
            yield f"    {line(change.title)}"
        places = [change.url or "", f"{change.source.path}:{change.source.line}" if change.source else ""]
        yield "    " + self.style(line("  ".join(filter(None, places))), dim=True)
        when = moment(change.last_changed)
        if when is not None:
            made = f"; made by {change.author}" if change.author else ""
            yield f"    last changed {line(f'{when}{made}')}"
        if change.action in MEANT:
            yield f"    {MEANT[change.action]}"
        for note in change.notes:
            yield f"    {self.style('note:', fg='blue')} {line(note)}"
        if change.action in (Action.UPDATE, Action.ADOPT):
            for field in change.fields:
                yield from (f"      {shown}" for shown in self.field(field))

    def field(self, field: FieldChange) -> Iterator[str]:
        specs, org, name = field.after, field.before, line(field.path)
        if all(value is None or isinstance(value, str) for value in (specs, org)) and (
            is_long_text(specs) or is_long_text(org)
        ):
            yield f"{name}:  (- the specs, + the org)"
            yield from (f"  {shown}" for shown in diff(specs or "", org or ""))
            return
        one, other = (self.style(_absent(value), fg=colour) for value, colour in ((specs, "green"), (org, "yellow")))
        if len(name) + len(inline(specs)) + len(inline(org)) <= MOST_COLUMNS:
            yield f"{name}: {one} in the specs, {other} in the org"
        else:
            yield from (f"{name}:", f"  in the specs: {one}", f"  in the org:   {other}")


def _absent(value: Any) -> str:
    return "nothing" if value is None else inline(value)


def _none(resources: int) -> str:
    return f"No drift: {resources} resources are as the specs say."
