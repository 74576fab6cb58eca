"""What `lint` does beyond reading: it mends files, and asks an org."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ddops.catalog.inputs import digest
from ddops.cli.environment import environment
from ddops.cli.orgs import choose, connected
from ddops.cli.planning import Workspace, workspace
from ddops.cli.progress import Progress
from ddops.errors import SpecError, UsageError
from ddops.lint.context import Context
from ddops.lint.finding import Changed, Finding, Question
from ddops.lint.fix import mend
from ddops.lint.run import ask, examine
from ddops.plan.change import Plan
from ddops.plan.resolve import unresolved
from ddops.reference import references

ALL = 100
"""Percent: nothing is changed here, so that much of an org may be different."""


def mended(root: Path, here: Workspace, products: Sequence[str] | None) -> tuple[Workspace, int]:
    """Mends the files and reads them again. Files that are not better then are put back as they were, and nothing has
    changed. Raises UsageError where a file changed meanwhile."""
    found = examine(here.desired, here.catalog)
    fixes = mend(found, lambda place: products is None or place.product in products)
    before = {path: _read(root, here, path) for path in fixes.documents}
    for path, document in fixes.documents.items():
        mark = b"\xef\xbb\xbf" if before[path].startswith(b"\xef\xbb\xbf") else b""
        (root / path).write_bytes(mark + document.text.encode())
    try:
        after = workspace(root)
        if not _is_better(here.findings, after.findings):
            raise SpecError(())
    except SpecError:
        for path, content in before.items():
            (root / path).write_bytes(content)
        return here, 0
    return after, fixes.count


def _read(root: Path, here: Workspace, path: str) -> bytes:
    content = (root / path).read_bytes()
    if digest(content) != here.catalog.files[path]:
        raise UsageError(f"{path} was changed while it was read; try again")
    return content


def _is_better(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    """Whether nothing is found that was not found before, wherever it stands now."""
    seen = Counter((one.rule, one.subject, one.message) for one in before)
    return Counter((one.rule, one.subject, one.message) for one in after) <= seen


def asked(
    root: Path, here: Workspace, org: str, products: tuple[str, ...] | None
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings with those of the rules that ask the org, and notes on what it did not say."""
    target = choose(org, here.catalog.config.orgs, environment())
    progress = Progress()
    context = Context(here.catalog, here.desired)
    with connected(target, root, environment(), progress) as orgs:
        plan = here.plan(orgs, label=target.label, products=products, max_change=ALL)
        scope = [one for one in here.desired if products is None or one.address.product in products]
        changed = list(_changed(here, plan))
        questions = [
            Question(
                org=one,
                resources=[resource for resource in scope if resource.org == name],
                changed=[change for change in changed if change.resource.org == name],
                context=context,
                now=int(time.time()),
            )
            for name, one in orgs.items()
        ]
        found = ask(questions, here.catalog)
    progress.clear()
    together = {**dict.fromkeys(here.findings), **found.findings}
    return replace(found, findings=together).in_order(), tuple(found.notes)


def _changed(here: Workspace, plan: Plan) -> Iterator[Changed]:
    by_place = {(one.org, one.address): one for one in here.desired}
    for change in plan.changes:
        if change.payload is not None:
            rest = {field: value for field, value in change.payload.items() if field != "message"}
            yield Changed(
                by_place[change.org, change.address],
                unresolved(change.payload),
                change.id,
                waits=any(True for _ in references(rest)),
            )
