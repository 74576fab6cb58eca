"""The order of a plan's changes: what is needed comes before what needs it."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from ddops.address import Address
from ddops.plan.change import Action, Change


def ordered(changes: Sequence[Change], needs: Mapping[int, Set[int]]) -> tuple[Change, ...]:
    """`changes` so that each comes after those it needs (positions in `changes`), with `after` filled in for the new
    positions. Where the needs leave it open, deletes come first (an object that moves to another address would
    otherwise meet its own twin, and the API refuses a monitor equal to an existing one) and the rest stands in the
    order of the addresses. In a circle of needs, which only objects made by hand can form, the first goes first."""
    waiting = {position: set(needs.get(position, ())) for position in range(len(changes))}
    followers: dict[int, list[int]] = {}
    for position, before in waiting.items():
        for need in before:
            followers.setdefault(need, []).append(position)

    def rank(position: int) -> tuple[bool, Address, str, int]:
        change = changes[position]
        return (change.action is not Action.DELETE, change.address, change.org, position)

    ready = [rank(position) for position, before in waiting.items() if not before]
    heapq.heapify(ready)
    order: list[int] = []
    done: set[int] = set()
    while len(order) < len(changes):
        if not ready:
            heapq.heappush(ready, min(rank(position) for position in waiting if position not in done))
        position = heapq.heappop(ready)[-1]
        if position in done:
            continue
        done.add(position)
        order.append(position)
        for follower in followers.get(position, ()):
            waiting[follower].discard(position)
            if not waiting[follower]:
                heapq.heappush(ready, rank(follower))
    place = {position: index for index, position in enumerate(order)}
    return tuple(
        replace(
            changes[position],
            after=tuple(sorted(place[need] for need in needs.get(position, ()) if place[need] < place[position])),
        )
        for position in order
    )
