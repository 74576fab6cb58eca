"""Runs every rule over every resource."""

from __future__ import annotations

from collections.abc import Sequence

from ddops.catalog.contract import Catalog
from ddops.compile import Desired
from ddops.errors import ApiError
from ddops.lint.about import offline, online
from ddops.lint.collected import Collected
from ddops.lint.context import Context
from ddops.lint.finding import CannotTell, Finding, Place, ProductRule, Question, Rule
from ddops.lint.rules import unused_ignore

UNUSED_IGNORE = "unused-ignore"


def lint(desired: Sequence[Desired], catalog: Catalog) -> tuple[Finding, ...]:
    """All findings that need no org, in the order of the files."""
    return examine(desired, catalog).in_order()


def examine(desired: Sequence[Desired], catalog: Catalog) -> Collected:
    """The same, with what can be mended. A resource that goes to several orgs is found once."""
    context = Context(catalog, desired)
    found = Collected(catalog)
    by_kind: dict[str, list[tuple[str, Rule]]] = {}
    for name, rule in offline().items():
        if isinstance(rule, ProductRule):
            for product in catalog.products.values():
                for flaw in rule.check(product, context):
                    found.say(name, rule.severity, Place(product.product), flaw)
        else:
            for kind in rule.kinds:
                by_kind.setdefault(kind, []).append((name, rule))
    # One resource after the other, as the places of one file are found together.
    for one in desired:
        for name, rule in by_kind.get(one.kind.name, ()):
            for flaw in rule.check(one, context):
                found.say(name, rule.severity, Place.of(one), flaw)
    # The last rule: only now is it known what is ignored.
    about_products = {name: isinstance(rule, ProductRule) for name, rule in offline().items()}
    for place, ignore in found.unused():
        if ignore.rule not in online():
            flaw = unused_ignore.flaw(ignore.rule, about_products, of_product=place.address is None)
            severity = flaw.severity or unused_ignore.RULE.severity
            found.add(UNUSED_IGNORE, severity, place, flaw, ignore.source)
    return found


def ask(questions: Sequence[Question], catalog: Catalog) -> Collected:
    """What the rules find that ask an org, and notes on what none could tell."""
    found = Collected(catalog)
    for name, rule in online().items():
        for question in questions:
            if not any(one.kind.name in rule.kinds for one in question.resources):
                continue
            try:
                for place, flaw in rule.check(question):
                    found.say(name, rule.severity, place, flaw)
            except (CannotTell, ApiError) as error:
                found.notes.append(f"{question.org.name}: {name} was not checked: {error}")
    return found
