"""An `ignore` hides something.

Why: an excuse that is not needed any more hides the next mistake as well, and one for a rule that does not exist, or of
another place, never did anything.

Fix: take the rule out of `ignore`. In a product's file only rules that look at products can be ignored; the others are
ignored beside the resource that they look at. Rules that ask an org (`ddops lint --org`) are not checked by this one.
"""

from __future__ import annotations

from collections.abc import Mapping

from ddops.catalog.nearest import unknown
from ddops.lint.finding import Flaw, Rule, Severity

RULE = Rule(severity=Severity.WARNING, kinds=frozenset(), check=lambda resource, context: ())
"""Asked when all others were (lint/run.py)."""


def flaw(rule: str, about_products: Mapping[str, bool], *, of_product: bool) -> Flaw:
    """What is said of an `ignore` of `rule` that hid nothing, in the file of a product or beside a resource.
    `about_products` says of each rule whether it looks at products."""
    if rule not in about_products:
        return Flaw(unknown("rule", rule, about_products), severity=Severity.ERROR)
    if about_products[rule] != of_product:
        where = "beside the resource" if of_product else "in the product's file"
        return Flaw(f"'{rule}' is ignored here, where it looks at nothing; ignore it {where}")
    return Flaw(f"'{rule}' is ignored, and finds nothing here; take it out of `ignore`")
