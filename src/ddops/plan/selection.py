"""A plan seen from some of its resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ddops.address import Address
from ddops.kinds.contract import kinds
from ddops.org.contract import Org, object_id
from ddops.plan.build import set_fields, title_of
from ddops.plan.change import Action, Change, Plan
from ddops.plan.compare import normalise

Wanted = Callable[[Address], bool]


def selected(plan: Plan, wanted: Wanted) -> Plan:
    """The plan with the changes of the wanted resources alone: to look at, not to apply."""
    changes = tuple(replace(one, after=()) for one in plan.changes if wanted(one.address))
    return replace(plan, changes=changes, unchanged=sum(wanted(address) for _, address in plan.untouched))


def standing(plan: Plan, wanted: Wanted, orgs: Mapping[str, Org]) -> tuple[Change, ...]:
    """The wanted resources that need no change, each as a create would show it."""
    return tuple(sorted(_standing(plan, wanted, orgs), key=lambda one: (one.address, one.org)))


def _standing(plan: Plan, wanted: Wanted, orgs: Mapping[str, Org]) -> Iterator[Change]:
    sources = {(one.org, one.address): one.spec.source for one in plan.desired}
    for (org, address), body in plan.untouched.items():
        if wanted(address):
            kind = kinds()[address.kind]
            shown = normalise(kind, body)
            yield Change(
                address=address,
                org=org,
                action=Action.CREATE,
                title=title_of(kind, body),
                id=object_id(body),
                url=orgs[org].url(kind, object_id(body)),
                source=sources.get((org, address)),
                fields=set_fields(kind, shown),
                payload=shown,
                last_changed=body.get(kind.endpoint.modified),
            )
