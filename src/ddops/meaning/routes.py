"""The routes of the products that a plan changes: who hears by which, and how many monitors take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ddops import routing
from ddops.compile import Desired
from ddops.kinds.monitor.payload import taken
from ddops.meaning.contract import RouteTaken, Routing
from ddops.meaning.listeners import Listeners
from ddops.notify import MONITOR
from ddops.plan.change import Plan
from ddops.product import Product, Route


def routes(plan: Plan) -> tuple[Routing, ...]:
    """In the order of the products' names; a product without routes, or without resources, is left out."""
    changed = {change.address.product for change in plan.changes}
    every = plan.specified or plan.desired
    products = {one.address.product: one.spec.product for one in every if one.address.product in changed}
    return tuple(_routing(products[name], every) for name in sorted(products) if products[name].routes)


def _routing(product: Product, desired: Iterable[Desired]) -> Routing:
    known = Listeners([product])
    uses = Counter(
        id(route)
        for one in desired
        if one.address.kind == MONITOR and one.spec.product is product
        for route in taken(one.spec)
    )
    return Routing(
        product=product.product,
        routes=tuple(
            RouteTaken(
                name=name,
                match=_match(route),
                states=tuple(route.states or ()),
                listeners=tuple(
                    known.of(product.channels[channel].handle)
                    for channel in dict.fromkeys(route.notify)
                    if channel in product.channels
                ),
                uses=uses[id(route)],
            )
            for name, route in zip(routing.keys(product), product.routes, strict=True)
        ),
    )


def _match(route: Route) -> str:
    wanted = {name: value if isinstance(value, list) else [value] for name, value in route.match.items()}
    said = ", ".join(f"{name}: {' or '.join(map(str, values))}" for name, values in wanted.items())
    return said or ("only where a monitor asks for it" if route.opt_in else "")
