"""Runs every rule over every resource."""

from __future__ import annotations

from collections.abc import Iterable

import ddops.lint.rules
from ddops.catalog.config import Policy
from ddops.compile import Desired
from ddops.discovery import collect
from ddops.lint.finding import Finding, Rule


def lint(desired: Iterable[Desired], policy: Policy) -> tuple[Finding, ...]:
    """All findings, in the order of the files. A resource that goes to several orgs is found once."""
    rules: dict[str, Rule] = {name.replace("_", "-"): rule for name, rule in collect(ddops.lint.rules, "RULE").items()}
    found = {
        Finding(rule=name, severity=rule.severity, address=one.address, message=message, source=one.spec.source): None
        for one in desired
        for name, rule in rules.items()
        if one.kind.name in rule.kinds
        for message in rule.check(one, policy)
    }
    return tuple(sorted(found, key=lambda finding: (finding.source, finding.address, finding.rule)))
