"""What `plan` and `apply` share: from the files to a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ddops.report
from ddops.catalog.load import Catalog, load
from ddops.catalog.nearest import unknown
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

    def products(self, names: Sequence[str]) -> tuple[str, ...] | None:
        """The products that a plan is limited to, None for all. Raises UsageError for one that there is not."""
        for name in names:
            if name not in self.catalog.products:
                raise UsageError(unknown("product", name, self.catalog.products))
        return tuple(dict.fromkeys(names)) or None

    def plan(self, orgs: Mapping[str, Org], *, label: str, products: tuple[str, ...] | None, max_change: int) -> Plan:
        return build(
            self.desired,
            orgs,
            label=label,
            workspace=self.catalog.config.workspace,
            products=products,
            max_change=max_change,
        )


def findings_refuse(here: Workspace) -> list[str]:
    """Why the findings forbid to go on, if they do."""
    errors = sum(finding.severity is Severity.ERROR for finding in here.findings)
    return [f"{errors} findings of severity error; mend them first (ddops validate shows them)"] if errors else []


def formats() -> Mapping[str, Format]:
    """Every output format by its name."""
    return collect(ddops.report, "FORMAT")


def workspace(root: Path) -> Workspace:
    """Reads a directory. Raises SpecError."""
    catalog = load(root)
    desired = compile_specs(catalog)
    return Workspace(catalog, desired, lint(desired, catalog.config.policy))
