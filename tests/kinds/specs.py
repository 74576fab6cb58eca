"""A product and its specs, for the tests of kinds."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ddops.address import Address
from ddops.kinds.contract import Body, Kind, Setting, Spec
from ddops.location import Location
from ddops.product import Product

PRODUCT = Product.model_validate(
    {
        "product": "rms",
        "title": "RMS",
        "org": "vagov",
        "team": "rms",
        "tags": {"service": "RMS-api", "env": "none"},
        "runbook": {"file": "runbooks/rms.md"},
        "channels": {"alerts": {"slack": "rms-alerts"}, "on-call": {"pagerduty": "RMS"}},
        "routes": [
            {"match": {"env": "prod"}, "states": ["alert", "recovery"], "notify": ["on-call"]},
            {"notify": ["alerts"]},
        ],
    }
)
SETTING = Setting(workspace="va", source_url="https://example.com/blob/main")


def spec(kind: Kind, body: Body, product: Product = PRODUCT, **variables: str) -> Spec:
    key = ".".join(["api", *variables.values()])
    address = Address(product.product, kind.name, key)
    source = Location("specs.yaml")
    return Spec(address=address, org="vagov", product=product, body=body, variables=variables, source=source)


def faults(kind: Kind, body: Any) -> dict[tuple[int | str, ...], str]:
    """What the kind's model finds wrong, by place."""
    try:
        kind.model.model_validate(body)
    except ValidationError as error:
        return {detail["loc"]: detail["msg"] for detail in error.errors()}
    return {}
