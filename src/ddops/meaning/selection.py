"""What a plan means, seen from some of its resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ddops.address import Address
from ddops.meaning.contract import PlanMeaning, Together
from ddops.plan.change import Plan

Wanted = Callable[[Address], bool]


def selected(meaning: PlanMeaning, plan: Plan, wanted: Wanted) -> PlanMeaning:
    """Of what the whole plan means, what is about the wanted resources. What those mean is not to be told from them
    alone: who hears of a monitor depends on rules as well."""
    pairs = [(change, one) for change, one in zip(plan.changes, meaning.changes, strict=True) if wanted(change.address)]
    products = {change.address.product for change, _ in pairs}
    return PlanMeaning(
        changes=tuple(one for _, one in pairs),
        notifications=_about(meaning.notifications, wanted),
        risks=_about(meaning.risks, wanted),
        routing=tuple(one for one in meaning.routing if one.product in products),
    )


def _about(lines: Iterable[Together], wanted: Wanted) -> tuple[Together, ...]:
    found = (
        replace(one, addresses=tuple(address for address in one.addresses if wanted(Address.parse(address))))
        for one in lines
    )
    return tuple(one for one in found if one.addresses)
