"""The specs at an earlier revision, to tell by them what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from ddops.address import Address
from ddops.catalog.config import Config
from ddops.catalog.contract import Catalog
from ddops.compile import Desired
from ddops.errors import Problem
from ddops.plan.change import Revision
from ddops.plan.live import Place
from ddops.product import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """`desired` is what the revision asks for, as far as it compiles; `problems` are what does not, and `gaps` where
    resources are left out for that, by product (None for all) and kind. `products` are those that it has; where not all
    of them could be read, not `all_products`. `setting` is its `ddops.yaml`, None where there was none."""

    revision: Revision
    desired: Mapping[Place, Desired] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    setting: Config | None = None
    problems: Sequence[Problem] = ()
    gaps: Set[tuple[str | None, str]] = frozenset()
    all_products: bool = True

    def knows(self, address: Address) -> bool:
        """Whether it is known if the revision asks for what has this address."""
        if address.product not in self.products and not self.all_products:
            return False
        return not {(None, address.kind), (address.product, address.kind)} & self.gaps

    def note(self) -> str | None:
        """What of the revision does not compile, in one line."""
        if not self.problems:
            return None
        count, first = len(self.problems), self.problems[0]
        what = f"{count} problems in the specs, the first" if count > 1 else "a problem in the specs"
        return f"at {self.revision.ref}: {what}: {first}; of what they leave out it is not known what changed since"


def touched(desired: Iterable[Desired], base: Base) -> frozenset[Place]:
    """The resources, of now or of then, whose payload changed since, or that are taken over from another object. What
    the base does not know of counts as changed."""
    now = {(resource.org, resource.address): resource for resource in desired}
    return frozenset(_touched(now, base))


def touched_products(catalog: Catalog, desired: Iterable[Desired], base: Base) -> list[str]:
    """The products, of now or of then, of which anything changed since: a resource (`touched`), or what their own file
    says. All of them where what is true for every product changed, or is not known of the base."""
    there = {**base.products, **catalog.products}
    if base.problems or base.setting != catalog.config:
        return sorted(there)
    found = {address.product for _, address in touched(desired, base)}
    return sorted(found | {name for name in there if base.products.get(name) != catalog.products.get(name)})


def _touched(now: Mapping[Place, Desired], base: Base) -> Iterator[Place]:
    for place, resource in now.items():
        before = base.desired.get(place)
        if before is None or _asked(before) != _asked(resource):
            yield place
    yield from base.desired.keys() - now.keys()


def _asked(resource: Desired) -> tuple[object, ...]:
    return resource.payload, resource.spec.protect, resource.spec.adopt
