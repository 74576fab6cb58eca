"""Which channels hear about which states of which monitors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ddops.compile import Desired
from ddops.notify.occasions import leading_to
from ddops.notify.simulate import MONITOR, Recipient, simulate
from ddops.product import Product, State
from ddops.routing import STATES


@dataclass(frozen=True, slots=True)
class Row:
    """What could be heard of a monitor: the recipients of each state, None of one that it never notifies of."""

    monitor: Desired
    states: Mapping[State, tuple[Recipient, ...] | None]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The monitors of a product. `unused` are its channels that hear nothing; `unheard` the monitors, by state, that
    notify and that nobody hears."""

    product: Product
    rows: tuple[Row, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        used = {one.handle for row in self.rows for heard in row.states.values() for one in heard or ()}
        return tuple(name for name, channel in self.product.channels.items() if channel.handle not in used)

    @property
    def unheard(self) -> Mapping[State, tuple[Desired, ...]]:
        found = {state: tuple(row.monitor for row in self.rows if row.states[state] == ()) for state in STATES}
        return {state: monitors for state, monitors in found.items() if monitors}


def matrix(product: Product, resources: Iterable[Desired], rules: Mapping[str, list[Desired]]) -> Matrix:
    """The matrix of a product; what depends on a group's tags counts as heard."""
    monitors = (one for one in resources if one.kind.name == MONITOR and one.address.product == product.product)
    return Matrix(product, tuple(Row(one, _states(one, rules)) for one in sorted(monitors, key=_order)))


def _order(monitor: Desired) -> tuple[str, str]:
    return monitor.address.key, monitor.org


def _states(monitor: Desired, rules: Mapping[str, list[Desired]]) -> Mapping[State, tuple[Recipient, ...] | None]:
    return {state: _heard(monitor, rules, state) for state in STATES}


def _heard(monitor: Desired, rules: Mapping[str, list[Desired]], state: State) -> tuple[Recipient, ...] | None:
    sent = [
        notification
        for transition in leading_to(state)
        if (notification := simulate(monitor, rules, transition, undecided=True)).silence is None
    ]
    if not sent:
        return None
    found: dict[str, Recipient] = {}
    for notification in sent:
        for recipient in notification.recipients:
            found.setdefault(recipient.handle, recipient)
    return tuple(found.values())
