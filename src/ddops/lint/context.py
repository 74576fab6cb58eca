"""What a rule can look at beside the resource that it checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from ddops.address import Address
from ddops.catalog.config import Policy
from ddops.catalog.contract import Catalog
from ddops.compile import Desired
from ddops.lint.widgets import Query, Widget, queries, widgets
from ddops.notify import MONITOR, rules_of
from ddops.product import Product

Queried = Sequence[tuple[Widget, Sequence[Query]]]


class Context:
    """The whole workspace. `desired` are all resources, those that go to several orgs once for each."""

    def __init__(self, catalog: Catalog, desired: Sequence[Desired]) -> None:
        self.catalog = catalog
        self.desired = desired
        self._queried: tuple[Desired, Queried] | None = None

    def queried(self, resource: Desired) -> Queried:
        """The widgets of a dashboard, each with its queries. Several rules ask for those of one resource in a row, so
        that the last one's are kept."""
        if self._queried is None or self._queried[0] is not resource:
            found = [
                (widget, tuple(queries(widget.definition, (*widget.path, "definition"))))
                for widget in widgets(resource.spec.body)
            ]
            self._queried = resource, found
        return self._queried[1]

    @property
    def policy(self) -> Policy:
        """What ddops.yaml asks of every monitor."""
        return self.catalog.config.policy

    @property
    def products(self) -> Mapping[str, Product]:
        return self.catalog.products

    @cached_property
    def by_place(self) -> Mapping[tuple[str, Address], Desired]:
        """The resources by org and address. `${KIND:PRODUCT/KEY}` of a resource leads to one of its own org."""
        return {(one.org, one.address): one for one in self.desired}

    @cached_property
    def by_address(self) -> Mapping[Address, Sequence[Desired]]:
        """The resources of an address, one for each org."""
        found: dict[Address, list[Desired]] = {}
        for one in self.desired:
            found.setdefault(one.address, []).append(one)
        return found

    @cached_property
    def by_product(self) -> Mapping[str, Sequence[Desired]]:
        """The resources of each product, by its name; a product without any has an empty list."""
        found: dict[str, list[Desired]] = {name: [] for name in self.catalog.products}
        for one in self.desired:
            found[one.address.product].append(one)
        return found

    @cached_property
    def rules(self) -> Mapping[str, Sequence[Desired]]:
        """The notification rules of each org."""
        return rules_of(self.desired)

    @cached_property
    def adopted(self) -> Mapping[tuple[str, str], Sequence[Desired]]:
        """The resources that take over a live object, by kind and the object's id."""
        found: dict[tuple[str, str], list[Desired]] = {}
        for one in self.desired:
            if one.spec.adopt is not None:
                found.setdefault((one.kind.name, str(one.spec.adopt)), []).append(one)
        return found

    @cached_property
    def parts(self) -> frozenset[tuple[str, Address]]:
        """The parts of composites and the monitors of SLOs, by org and address."""
        return frozenset(
            (one.org, need) for one in self.desired if one.kind.name in (MONITOR, "slo") for need in one.needs
        )

    @cached_property
    def handles(self) -> frozenset[str]:
        """The handles of all products' channels, in lower case: their case means nothing (reference: notifications,
        10)."""
        return frozenset(
            channel.handle.lower() for product in self.products.values() for channel in product.channels.values()
        )

    @cached_property
    def alike(self) -> Mapping[tuple[str, ...], Desired]:
        """The first monitor of each that are alike (`alike`)."""
        found: dict[tuple[str, ...], Desired] = {}
        for one in self.desired:
            if one.kind.name == MONITOR:
                found.setdefault(alike(one), one)
        return found


def alike(monitor: Desired) -> tuple[str, ...]:
    """What is the same in monitors that the API takes for duplicates (reference: monitor options, 9)."""
    body = monitor.spec.body
    return monitor.org, *(str(body.get(field) or "").strip() for field in ("type", "name", "query", "message"))
