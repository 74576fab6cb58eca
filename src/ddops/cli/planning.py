"""What `plan` and `apply` share: from the files to a plan."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import ddops.report
from ddops.catalog.load import Catalog, load
from ddops.catalog.nearest import unknown
from ddops.cli import comparisons, snapshot
from ddops.compile import Desired, compile_specs
from ddops.discovery import collect
from ddops.errors import UsageError
from ddops.lint.finding import Finding, Severity
from ddops.lint.run import lint
from ddops.org.contract import Org
from ddops.plan.build import build
from ddops.plan.change import Plan
from ddops.report.contract import Format


@dataclass(frozen=True, slots=True)
class Workspace:
    """The specs of a directory, compiled and linted."""

    catalog: Catalog
    desired: tuple[Desired, ...]
    findings: tuple[Finding, ...]
    cache: Path | None = None
    """The directory for what saves work the next time, None to keep nothing."""

    def products(self, names: Sequence[str]) -> tuple[str, ...] | None:
        """The products that a plan is limited to, None for all. Raises UsageError for one that there is not."""
        for name in names:
            if name not in self.catalog.products:
                raise UsageError(unknown("product", name, self.catalog.products))
        return tuple(dict.fromkeys(names)) or None

    def plan(self, orgs: Mapping[str, Org], *, label: str, products: tuple[str, ...] | None, max_change: int) -> Plan:
        with uncollected():
            alike = comparisons.recall(self.cache)
            plan = build(
                self.desired,
                orgs,
                label=label,
                workspace=self.catalog.config.workspace,
                products=products,
                max_change=max_change,
                alike=alike,
            )
            comparisons.keep(alike, self.cache)
            return plan


def findings_refuse(here: Workspace) -> list[str]:
    """Why the findings forbid to go on, if they do."""
    errors = sum(finding.severity is Severity.ERROR for finding in here.findings)
    return [f"{errors} findings of severity error; mend them first (ddops validate shows them)"] if errors else []


def formats() -> Mapping[str, Format]:
    """Every output format by its name."""
    return collect(ddops.report, "FORMAT")


def workspace(root: Path, cache: Path | None = None) -> Workspace:
    """Reads a directory, or what is kept of it in the directory `cache`. Raises SpecError."""
    with uncollected():
        kept = snapshot.recall(root, cache) if cache is not None else None
        if kept is None:
            catalog = load(root)
            desired = compile_specs(catalog)
            # What the resources are made of is asked for by the rules alone, and too much to keep.
            kept = replace(catalog, made={}, made_products={}), desired, lint(desired, catalog)
            if cache is not None:
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
