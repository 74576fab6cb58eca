"""What the rules said, with its places in the files, less what is ignored there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ddops.address import Address
from ddops.catalog.contract import Catalog
from ddops.catalog.ignores import Ignore
from ddops.catalog.layers import Made
from ddops.kinds.contract import Spec
from ddops.lint.finding import Finding, Fix, Flaw, Place, Severity
from ddops.location import Location


@dataclass
class Collected:
    """`fixes` are what the rules offer, each with its rule and what was checked. `notes` say what could not be
    checked."""

    catalog: Catalog
    findings: dict[Finding, None] = field(default_factory=dict)
    fixes: dict[tuple[str, Place, Fix], None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    hiding: set[Ignore] = field(default_factory=set)

    def say(self, rule: str, severity: Severity, place: Place, flaw: Flaw) -> None:
        """Adds a flaw that a rule found, unless it is ignored there."""
        hides = [ignore for ignore in self._ignores(place) if ignore.rule == rule]
        if hides:
            self.hiding.update(hides)
            return
        made = self.made(place)
        begin = place.begin or Location(f"products/{place.product}.yaml")
        source = made.locate(flaw.path, flaw.key) if made is not None and made.holds(flaw.path) else begin
        self.add(rule, flaw.severity or severity, place, flaw, source)
        if flaw.fix is not None:
            self.fixes[rule, place, flaw.fix] = None

    def add(self, rule: str, severity: Severity, place: Place, flaw: Flaw, source: Location) -> None:
        finding = Finding(
            rule=rule,
            severity=severity,
            product=place.product,
            address=flaw.address or place.address,
            message=flaw.message,
            source=source,
        )
        self.findings[finding] = None

    def made(self, place: Place) -> Made | None:
        """What stands in the files of it; None of a resource that the product's file makes by itself."""
        if place.address is None:
            return self.catalog.made_products.get(place.product)
        return self.catalog.made.get((place.org, place.address))

    @cached_property
    def specs(self) -> Mapping[tuple[str, Address], Spec]:
        """The specs by org and address."""
        return {(spec.org, spec.address): spec for spec in self.catalog.specs}

    def resources(self) -> Iterator[tuple[Place, Made]]:
        """Every resource that stands in a file of its own kind, and what it is made of."""
        for (org, address), made in self.catalog.made.items():
            yield Place(address.product, address, org, self.specs[org, address].source), made

    def unused(self) -> Iterator[tuple[Place, Ignore]]:
        """The ignores that hid nothing, each once, with the first of those that it is written for."""
        seen = set(self.hiding)
        products = ((Place(name), made) for name, made in self.catalog.made_products.items())
        for place, made in (*products, *self.resources()):
            for ignore in made.ignores:
                if ignore not in seen:
                    seen.add(ignore)
                    yield place, ignore

    def in_order(self) -> tuple[Finding, ...]:
        """The findings in the order of the files."""
        return tuple(sorted(self.findings, key=lambda one: (one.source, one.subject, one.rule)))

    def _ignores(self, place: Place) -> tuple[Ignore, ...]:
        made = self.made(place) or self.catalog.made_products.get(place.product)
        return made.ignores if made is not None else ()
