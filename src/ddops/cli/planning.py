"""What `plan` and `apply` share: from the files to a plan."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import ddops.report
from ddops.catalog.contract import Catalog
from ddops.catalog.nearest import unknown
from ddops.cli import comparisons, snapshot
from ddops.compile import Desired, compile_specs
from ddops.discovery import collect, one
from ddops.errors import UsageError
from ddops.lint.finding import Finding, Severity
from ddops.meaning.contract import PlanMeaning
from ddops.org.contract import Org
from ddops.plan.base import Base, touched
from ddops.plan.build import build
from ddops.plan.cause import told_apart
from ddops.plan.change import Plan
from ddops.plan.live import Live, Place, concerned, read_live
from ddops.report.contract import Findings, Format


@dataclass(frozen=True, slots=True)
class Workspace:
    """The specs of a directory, compiled and linted."""

    catalog: Catalog
    desired: tuple[Desired, ...]
    findings: tuple[Finding, ...]
    cache: Path | None = None
    """The directory for what saves work the next time, None to keep nothing."""

    def products(self, names: Sequence[str], *bases: Base | None) -> tuple[str, ...] | None:
        """The products that a plan is limited to, None for all. Raises UsageError for one that there is not, and was
        not at any of the bases."""
        known = {
            **self.catalog.products,
            **{name: one for base in bases if base for name, one in base.products.items()},
        }
        for name in names:
            if name not in known:
                raise UsageError(unknown("product", name, known))
        return tuple(dict.fromkeys(names)) or None

    def about(self, products: tuple[str, ...] | None) -> tuple[Finding, ...]:
        """The findings about these products, None for all: what is wrong with another one is not its business."""
        return tuple(finding for finding in self.findings if products is None or finding.product in products)

    def live(
        self,
        orgs: Mapping[str, Org],
        products: tuple[str, ...] | None,
        base: Base | None = None,
        only: Set[Place] | None = None,
    ) -> Live:
        """What the orgs hold, as far as such a plan is concerned with it."""
        scope = None if products is None else frozenset(products)
        desired = (*self.desired, *(base.desired.values() if base is not None else ()))
        mine = concerned(desired, orgs, scope, only)
        return read_live(mine, orgs, self.catalog.config.workspace, scope, only)

    def plan(
        self,
        orgs: Mapping[str, Org],
        *,
        label: str,
        products: tuple[str, ...] | None,
        max_change: int,
        base: Base | None = None,
        since: Base | None = None,
        only: Set[Place] | None = None,
        live: Live | None = None,
    ) -> Plan:
        """The plan; with `base` the cause of each change is told, by `since` it is limited to what changed, and by
        `only` to resources. `live` is what the orgs hold, where that was read already."""
        if since is not None:
            only = touched(self.desired, since)
        with uncollected():
            alike = comparisons.recall(self.cache)
            live = live or self.live(orgs, products, base, only)
            plan = build(
                self.desired,
                orgs,
                label=label,
                workspace=self.catalog.config.workspace,
                products=products,
                max_change=max_change,
                alike=alike,
                only=only,
                live=live,
            )
            comparisons.keep(alike, self.cache)
            if since is not None:
                note = since.note()
                plan = replace(plan, since=since.revision, notes=(*plan.notes, *([note] if note else [])))
            return plan if base is None else told_apart(plan, base, live, orgs)


def let_go() -> None:
    """Frees what earlier plans of this process were made of. `uncollected` keeps it from being looked through, which a
    process that plans again and again cannot afford."""
    gc.unfreeze()
    gc.collect()


def fails(findings: Iterable[Finding]) -> bool:
    """Whether a check of these findings fails: one of them is more than an information."""
    return any(finding.severity is not Severity.INFO for finding in findings)


def findings_refuse(findings: Iterable[Finding]) -> list[str]:
    """Why the findings forbid to go on, if they do."""
    count = sum(finding.severity is Severity.ERROR for finding in findings)
    what = "1 finding of severity error; mend it" if count == 1 else f"{count} findings of severity error; mend them"
    return [f"{what} first (ddops validate shows all findings)"] if count else []


def meaning_of(plan: Plan) -> PlanMeaning:
    """What a plan means. Without changes that is nothing, and what would find it out is not imported."""
    if not plan.changes:
        return PlanMeaning(changes=())
    from ddops.meaning.read import meaning

    return meaning(plan)


def formats() -> Mapping[str, Format]:
    """Every output format by its name."""
    return collect(ddops.report, "FORMAT")


def format_named(name: str) -> Format | None:
    """The output format of this name, None where there is none. The others are not imported: every plan writes one."""
    found: Format | None = one(ddops.report, "FORMAT", name)
    return found


def findings_formats() -> Mapping[str, Findings]:
    """Every way to write findings alone by its name."""
    return collect(ddops.report, "FINDINGS")


def workspace(root: Path, cache: Path | None = None) -> Workspace:
    """Reads a directory, or what is kept of it in the directory `cache`. Raises SpecError."""
    with uncollected():
        kept = snapshot.recall(root, cache) if cache is not None else None
        if kept is None:
            from ddops.catalog.load import load
            from ddops.lint.run import lint

            catalog = load(root)
            desired = compile_specs(catalog)
            kept = catalog, desired, lint(desired, catalog)
            if cache is not None:
                # What the resources are made of is asked for by the rules alone, and too much to carry on.
                kept = replace(catalog, made={}, made_products={}), *kept[1:]
                snapshot.keep(kept, cache)
        return Workspace(*kept, cache)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cycles of garbage. A workspace is a million objects that all stay, and looking
    through them again and again takes longer than reading them; what was made here is left out of later searches."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
