"""The presets of a dashboard's template variables stand in the order of their names.

Why: they come back sorted (reference: dashboards, 2), so that what people see is not the order in the file.
Fix: sort them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    names = [str(one.get("name")) for one in resource.spec.body.get("template_variable_presets") or ()]
    for index, (before, name) in enumerate(pairwise(names), start=1):
        if name < before:
            yield Flaw(
                f"the preset '{name}' stands behind '{before}'; sort them by name", ("template_variable_presets", index)
            )
            return


RULE = Rule(severity=Severity.INFO, kinds=frozenset({"dashboard"}), check=check)
