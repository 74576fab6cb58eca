"""Which live object holds a resource, as a table: who carries its marker, which id it adopts, and who carries that
one's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Spec, kinds
from ddops.location import Location
from ddops.org.contract import Org
from ddops.plan.holder import holder
from ddops.plan.live import Live
from ddops.product import Product

SHOP = Product(product="shop", title="Shop", org="main", team="shop")
HERE = Address("shop", "monitor", "here")


@dataclass
class AnOrg:
    is_sandbox: bool
    name: str = "main"


def resource(adopt: int | None) -> Desired:
    spec = Spec(address=HERE, org="main", product=SHOP, body={}, adopt=adopt, source=Location("monitors/shop.yaml"))
    return Desired(spec=spec, kind=kinds()["monitor"], payload={}, needs=frozenset())


def live(scope: frozenset[str] | None, **markers: str) -> Live:
    """An org of monitors: `_7="acme/shop/here"` is monitor 7 with that marker; the first with one is the eldest."""
    found = Live(workspace="acme", scope=scope)
    for name, marker in markers.items():
        body: dict[str, Any] = {"id": int(name[1:]), "tags": [f"ddops:{marker}"] if marker else []}
        found.adoptable[("main", "monitor", name[1:])] = body
        workspace, _, rest = marker.partition("/")
        if workspace == "acme":
            product, _, key = rest.partition("/")
            found.managed.setdefault(("main", Address(product, "monitor", key)), body)
    return found


@pytest.mark.parametrize("sandbox", [False, True])
@pytest.mark.parametrize(
    ("adopt", "markers", "body", "adopting", "wrong"),
    [
        (None, {}, None, False, None),
        (None, {"_7": "acme/shop/here"}, 7, False, None),
        (None, {"_7": "other/shop/here"}, None, False, None),
        (7, {"_7": ""}, 7, True, None),
        (7, {"_7": "acme/shop/here"}, 7, False, None),
        (7, {"_7": "acme/shop/gone"}, 7, True, None),
        (7, {"_7": "acme/shop/there"}, 7, True, "is managed as shop/monitor/there by this workspace; take that spec"),
        (7, {"_7": "acme/cart/away"}, 7, True, "is managed as cart/monitor/away by this workspace; plan the product"),
        (7, {"_7": "other/shop/here"}, 7, True, "by the workspace 'other' as shop/monitor/here"),
        (7, {"_6": "acme/shop/there", "_7": "acme/shop/there"}, 7, True, None),
        (7, {"_6": "acme/shop/here", "_7": ""}, None, False, "is monitor 6 already"),
        (7, {"_6": "acme/shop/here", "_7": "acme/shop/here"}, None, False, "is monitor 6 already"),
    ],
)
def test_who_holds_a_resource(sandbox, adopt, markers, body, adopting, wrong):
    specified = {("main", HERE), ("main", Address("shop", "monitor", "there"))}
    found = holder(resource(adopt), cast(Org, AnOrg(sandbox)), live(frozenset({"shop"}), **markers), specified)
    assert (found.body and found.body["id"], found.adopting) == (body, adopting)
    assert (wrong in found.wrong) if wrong and found.wrong else (found.wrong == wrong)


@pytest.mark.parametrize(
    ("sandbox", "markers", "body", "note", "wrong"),
    [
        (False, {}, None, None, "the org 'main' has no monitor 7"),
        (True, {}, None, "the sandbox has no monitor 7 to adopt; it is created instead", None),
        (False, {"_8": "acme/shop/here"}, 8, "8 is in its place; take `adopt` out", None),
        (True, {"_8": "acme/shop/here"}, 8, None, None),
    ],
)
def test_an_id_that_is_not_there(sandbox, markers, body, note, wrong):
    found = holder(resource(7), cast(Org, AnOrg(sandbox)), live(None, **markers), {("main", HERE)})
    assert found.body == (body and {"id": body, "tags": ["ddops:acme/shop/here"]})
    for words, said in ((note, found.note), (wrong, found.wrong)):
        assert (words in said) if words and said else (words == said)
