"""The states that routes speak of, and the transitions that lead to each."""

from __future__ import annotations

from functools import cache

from ddops.message import TRANSITIONS, MonitorState, Transition, true
from ddops.product import State


def transition(state: State, before: MonitorState | None = None) -> Transition:
    """The transition to a state; `before` is `ok` where nobody says, `alert` before a recovery. `renotify` repeats
    `before`. Raises ValueError where nothing changes: a monitor that is well does not say so again."""
    if state == "recovery":
        found = Transition(before or "alert", "ok")
    elif state == "renotify":
        found = Transition(before or "alert", before or "alert")
    else:
        found = Transition(before or "ok", state)
    if found not in TRANSITIONS:
        raise ValueError(f"from `ok` there is no {state}: the monitor was well before")
    return found


@cache
def leading_to(state: State) -> tuple[Transition, ...]:
    """The transitions that a route with this state hears of; to a state for the first time, but for `renotify`."""
    wanted = (one for one in TRANSITIONS if one.is_renotification is (state == "renotify"))
    return tuple(one for one in wanted if f"is_{state}" in true(one))
