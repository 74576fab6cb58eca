"""The routing tests of a product's file (`tests:`) hold: who they say is notified is, and who they say is not is not.

Why: a change of a route, a tag or a priority can leave a page unsent, or send one for staging, and no other check sees
it.

Fix: `ddops notify ADDRESS --state STATE` shows who is notified and through which route. Mend the routes, or the test
where it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.address import Address
from ddops.catalog.nearest import unknown
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, ProductRule, Severity
from ddops.notify import failures, monitors_of, rules_of, unknown_monitor
from ddops.product import Product


def check(product: Product, context: Context) -> Iterator[Flaw]:
    if not product.tests:
        return
    rules = rules_of(context.desired)
    monitors = monitors_of(product, context.by_product[product.product])
    for index, test in enumerate(product.tests):
        label, place = f"the test '{test.name}'" if test.name else f"tests[{index}]", ("tests", index)
        word = unknown_monitor(test.given, monitors)
        if word is not None:
            yield Flaw(f"{label}: {unknown(*word)}", (*place, "given", "monitor"))
            continue
        for monitor, message in failures(test, monitors, rules):
            address: Address | None = monitor.address if monitor is not None else None
            yield Flaw(f"{label}: {message}", place, address=address)


RULE = ProductRule(severity=Severity.ERROR, check=check)
