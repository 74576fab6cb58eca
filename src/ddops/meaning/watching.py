"""Who hears of what watches: of a monitor, and of a synthetic test, which keeps a monitor of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Body, Spec, kinds
from ddops.location import Location
from ddops.meaning.contract import Listener
from ddops.meaning.listeners import Listeners
from ddops.notify import MONITOR, matrix
from ddops.product import Product, State

RULE = "notification_rule"
TEST = "synthetics_test"
WATCHING = (MONITOR, TEST)

Heard = Mapping[State, Sequence[Listener] | None]
"""Who hears of each state, None of one that is never notified of."""


def heard(
    address: Address, org: str, body: Body, rules: Mapping[str, list[Desired]], product: Product, known: Listeners
) -> Heard:
    """Who could hear of an object with this body, live or to be sent; `rules` are the bodies of the notification rules
    of each org (`as_desired`)."""
    watching = monitor_of(address.kind, body)
    if watching is None:
        return {}
    subject = as_desired(Address(address.product, MONITOR, address.key), org, watching, product)
    (row,) = matrix(product, [subject], rules).rows
    return {
        state: None if found is None else [known.of(recipient.handle) for recipient in found]
        for state, found in row.states.items()
    }


def monitor_of(kind: str, body: Body) -> Body | None:
    """The body as a monitor's; None where it alerts of nothing, as a paused test."""
    if kind != TEST:
        return body
    if body.get("status") == "paused":
        return None
    options = body.get("options") or {}
    return {
        "type": "synthetics alert",
        "query": "no_query",
        "name": options.get("monitor_name") or body.get("name"),
        "message": body.get("message"),
        "tags": body.get("tags"),
        "priority": options.get("monitor_priority"),
        "options": options.get("monitor_options") or {},
    }


def as_desired(address: Address, org: str, body: Body, product: Product) -> Desired:
    """A body as the simulator takes it: all that it notifies stands in it, and no route is to be added."""
    spec = Spec(address=address, org=org, product=product, body=body, inherits=frozenset(), source=Location(""))
    return Desired(spec=spec, kind=kinds()[address.kind], payload=body, needs=frozenset())
