"""Resources that a product's own file makes of itself: nobody writes a second description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ddops.address import Address
from ddops.catalog.reader import Document
from ddops.kinds.contract import Kind, Setting, Spec
from ddops.product import Product


def derived(
    products: Mapping[str, tuple[Product, Document]],
    specs: Iterable[Spec],
    kinds: Iterable[Kind],
    setting: Setting,
) -> Iterator[Spec]:
    """The specs that the kinds derive from each product and its other `specs`, in each org that those go to (in the
    product's own orgs where there are none). They stand where the product's file begins. A body can say `adopt`, as a
    spec does."""
    by_place: dict[str, dict[str, list[Spec]]] = {}
    for spec in specs:
        by_place.setdefault(spec.address.product, {}).setdefault(spec.org, []).append(spec)
    for kind in kinds:
        if kind.from_product is None:
            continue
        for name, (product, document) in products.items():
            for org in dict.fromkeys([*product.orgs, *by_place.get(name, ())]):
                for key, body in kind.from_product(product, by_place.get(name, {}).get(org, []), setting).items():
                    adopt = body.get("adopt")
                    yield Spec(
                        address=Address(name, kind.name, key),
                        org=org,
                        product=product,
                        body={field: value for field, value in body.items() if field != "adopt"},
                        adopt=adopt.get(org) if isinstance(adopt, dict) else adopt,
                        source=document.locate(),
                    )
