"""Changes and plans made of two bodies, compared as a plan compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Body, Spec, kinds
from ddops.location import Location
from ddops.meaning.contract import Meaning
from ddops.meaning.read import meaning
from ddops.plan.change import Action, Change, FieldChange, Plan
from ddops.plan.compare import compared, differences
from ddops.product import Product

MONITOR: Body = {
    "type": "query alert",
    "name": "Shop is slow",
    "query": "avg(last_5m):avg:shop.latency{env:prod,service:shop} by {host} > 90",
    "tags": ["env:prod"],
    "options": {"thresholds": {"critical": 90}},
}
PRODUCT = Product.model_validate(
    {
        "product": "shop",
        "title": "Shop",
        "org": "main",
        "team": "shop",
        "channels": {"chat": {"slack": "shop-alerts", "workspace": "va"}, "page": {"pagerduty": "shop"}},
    }
)


def change(kind: str, live: Body | None, payload: Body | None, *, key: str = "k", **more: Any) -> Change:
    """What makes `payload` of `live`; None where there is nothing."""
    if live is None:
        found, before = tuple(FieldChange(name, None, value) for name, value in (payload or {}).items()), None
    elif payload is None:
        found, before = (), live
    else:
        found, before = differences(kinds()[kind], payload, live), compared(kinds()[kind], payload, live)[1]
    action = Action.CREATE if live is None else Action.DELETE if payload is None else Action.UPDATE
    return Change(
        **{
            "address": Address("shop", kind, key),
            "org": "main",
            "action": action,
            "title": "t",
            "fields": found,
            "payload": payload,
            "before": before,
            **more,
        }
    )


def plan(*changes: Change, untouched: Mapping[Address, Body] | None = None) -> Plan:
    place = Address("shop", "monitor", "other")
    spec = Spec(address=place, org="main", product=PRODUCT, body=MONITOR, source=Location("m.yaml"))
    return Plan(
        org="main",
        workspace="acme",
        products=None,
        changes=changes,
        unchanged=len(untouched or {}),
        managed={},
        notes=(),
        refusals=(),
        fingerprint="f",
        desired=(Desired(spec=spec, kind=kinds()["monitor"], payload=MONITOR, needs=frozenset()),),
        untouched={("main", address): body for address, body in (untouched or {}).items()},
    )


def of(kind: str, live: Body | None, payload: Body | None, **more: Any) -> Meaning:
    """What one change means."""
    return meaning(plan(change(kind, live, payload, **more))).changes[0]


def monitor(**fields: Any) -> Body:
    """`MONITOR` with other fields; options beside its own."""
    options = {**MONITOR["options"], **fields.pop("options", {})}
    return {**MONITOR, **fields, "options": options}
