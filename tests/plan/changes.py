"""Changes of a plan, made by hand."""

from __future__ import annotations

from ddops.address import Address
from ddops.plan.change import Action, Change


def change(key: str, action: Action = Action.UPDATE, *, org: str = "main", product: str = "shop") -> Change:
    return Change(address=Address(product, "monitor", key), org=org, action=action, title=key)
