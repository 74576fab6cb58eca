"""Routing tests: whether those are notified of whom a product's file says so, and nobody of whom it says not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ddops.compile import Desired
from ddops.message import Transition, longest
from ddops.notify.groups import groups
from ddops.notify.occasions import transition
from ddops.notify.simulate import MONITOR, Notification, simulate
from ddops.product import Given, Product, RoutingTest

Unknown = tuple[str, str, Sequence[str]]
"""A sort of word, the word that a test has, and the words that there are."""


def monitors_of(product: Product, resources: Iterable[Desired]) -> list[Desired]:
    return [one for one in resources if one.kind.name == MONITOR and one.address.product == product.product]


def unknown_monitor(given: Given, monitors: Iterable[Desired]) -> Unknown | None:
    """The monitor that a test names, where the product has none of that key."""
    keys = {name for one in monitors for name in _keys(one)}
    if given.monitor is None or given.monitor in keys:
        return None
    return "monitor", given.monitor, sorted(keys)


def failures(
    test: RoutingTest, monitors: Iterable[Desired], rules: Mapping[str, list[Desired]]
) -> Iterator[tuple[Desired | None, str]]:
    """What a test expected and what is instead, of which monitor; of none where no monitor is `given`. A test that
    names no monitor is of all that notify of its state."""
    when = transition(test.given.state, test.given.from_)
    chosen = [(one, group) for one in monitors if (group := _group(test.given, one)) is not None]
    if not chosen:
        yield None, f"no monitor {_described(test.given)}"
        return
    told = [(one, simulate(one, rules, when, group=group)) for one, group in chosen]
    sent = [(one, notification) for one, notification in told if notification.silence is None]
    if not sent and test.notifies:
        one, notification = told[0]
        yield one, f"{_names(test.notifies)} should hear, but {one.address.key} {notification.silence}"
        return
    for one, notification in told if test.given.monitor is not None else sent:
        yield from ((one, message) for message in _differences(test, one, when, notification))


def _differences(test: RoutingTest, monitor: Desired, when: Transition, notification: Notification) -> Iterator[str]:
    channels = monitor.spec.product.channels
    heard = {recipient.handle: recipient for recipient in notification.recipients}
    subject = f"of {monitor.address.key} ({when})"
    instead = f"notified: {_names([one.name for one in notification.recipients])}"
    if notification.silence is not None:
        instead = f"it {notification.silence}"

    def hears(name: str) -> bool:
        handle = channels[name].handle if name in channels else name
        return longest(handle, heard) is not None

    if test.notifies is not None and not test.notifies and heard:
        yield f"nobody should hear {subject}; {instead}"
    missing = [name for name in test.notifies or () if not hears(name)]
    if missing:
        yield f"{_names(missing)} should hear {subject}; {instead}"
    too_many = [name for name in test.not_notifies if hears(name)]
    if too_many:
        handles = [channels[name].handle if name in channels else name for name in too_many]
        ways = dict.fromkeys(way for one in handles for way in heard[longest(one, heard) or one].via)
        yield f"{_names(too_many)} should not hear {subject}; notified through {', '.join(ways)}"


def _group(given: Given, monitor: Desired) -> Mapping[str, str] | None:
    """The tags of the group that changes, None where the monitor is not one of those that are given."""
    if given.monitor is not None and given.monitor not in _keys(monitor):
        return None
    if given.priority is not None and monitor.payload.get("priority") != given.priority:
        return None
    tags = set(monitor.payload.get("tags") or ())
    by_key = {tag.partition(":")[0] for tag in tags}
    grouped = groups(monitor.payload).keys
    found = {}
    for key, value in given.tags.items():
        if f"{key}:{value}" in tags:
            continue
        # Of groups that do not stand in the query nobody knows whether the tag is theirs.
        is_group = given.monitor is not None if grouped is None else key in grouped
        if key in by_key or not is_group:
            return None
        found[key] = value
    return found


def _keys(monitor: Desired) -> tuple[str, str]:
    return monitor.address.key, monitor.address.key.partition(".")[0]


def _described(given: Given) -> str:
    words = {"monitor": given.monitor, "priority": given.priority, **given.tags}
    said = ", ".join(f"{key}: {value}" for key, value in words.items() if value is not None)
    return f"of the product is {{{said}}}" if said else "stands in the product"


def _names(names: Iterable[str]) -> str:
    return ", ".join(names) or "nobody"
