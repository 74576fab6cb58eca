"""The words of a monitor that name something of its product: a section of the runbook, routes."""

from __future__ import annotations

from collections.abc import Iterator

from ddops.catalog.nearest import unknown
from ddops.kinds.contract import Body
from ddops.location import NodePath
from ddops.product import Product
from ddops.routing import route_names


def misnamed(
    body: Body, ours: frozenset[str], product: Product, sections: frozenset[str] | None
) -> Iterator[tuple[NodePath, str]]:
    """Names that the product does not have, with their paths in the body. `ours` are the kind's words of ddops;
    `sections` is None where the runbook could not be read, which is said elsewhere."""
    if "runbook" in ours and (section := body.get("runbook")) is not None:
        if product.runbook is None:
            yield (
                ("runbook",),
                f"the product '{product.product}' has no runbook; give products/{product.product}.yaml one",
            )
        elif sections is not None and section not in sections:
            yield ("runbook",), unknown("section of the runbook", section, sections)
    if "routes" in ours and (routes := body.get("routes")):
        names = route_names(product)
        for choice, chosen in routes.items():
            for index, name in enumerate(chosen or ()):
                if name not in names:
                    yield ("routes", choice, index), unknown("route", name, names)
