"""When a conditional block is true: each condition and the transitions that satisfy it, as data.

The source is the table of conditions and transitions of the reference (notifications, 3.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

MonitorState = Literal["ok", "alert", "warning", "no_data", "unknown"]
STATES: tuple[MonitorState, ...] = get_args(MonitorState)


@dataclass(frozen=True, slots=True, order=True)
class Transition:
    """A monitor, or one of its groups, was `before` and is `now`. To stay as it was is a renotification."""

    before: MonitorState
    now: MonitorState

    @property
    def is_renotification(self) -> bool:
        return self.before == self.now

    def __str__(self) -> str:
        return f"{self.now} again" if self.is_renotification else f"{self.before} → {self.now}"


TRANSITIONS = tuple(
    Transition(before, now) for before in STATES for now in STATES if not (before == "ok" and now == "ok")
)
"""Every transition that can notify. Nothing repeats that all is well."""


@dataclass(frozen=True, slots=True)
class When:
    """Satisfied by the transitions to one of the states `now` from one of `before`."""

    now: frozenset[MonitorState] = frozenset(STATES)
    before: frozenset[MonitorState] = frozenset(STATES)
    renotified: bool = False

    def holds(self, transition: Transition) -> bool:
        return (
            transition.now in self.now
            and transition.before in self.before
            and (transition.is_renotification or not self.renotified)
        )


def _when(now: MonitorState, *before: MonitorState) -> When:
    return When(frozenset({now}), frozenset(before or STATES))


CONDITIONS: Mapping[str, When] = {
    # A renotification keeps the block of its state true.
    "is_alert": _when("alert"),
    "is_warning": _when("warning"),
    "is_no_data": _when("no_data"),
    "is_unknown": _when("unknown"),
    "is_alert_to_warning": _when("warning", "alert"),
    "is_recovery": _when("ok", "alert", "warning", "no_data", "unknown"),
    "is_alert_recovery": _when("ok", "alert"),
    "is_warning_recovery": _when("ok", "warning"),
    "is_no_data_recovery": _when("ok", "no_data"),
    "is_renotify": When(renotified=True),
}
"""The conditions that look at the transition alone."""

PRIORITY = "is_priority"
MATCHES = ("is_match", "is_exact_match")
NAMES = (*CONDITIONS, PRIORITY, *MATCHES)
"""Every condition. `is_priority` takes `'P1'` … `'P5'`, the matches a variable and texts."""

PRIORITIES = ("P1", "P2", "P3", "P4", "P5")


@cache
def true(transition: Transition) -> frozenset[str]:
    """The names of the conditions that a transition satisfies."""
    return frozenset(name for name, when in CONDITIONS.items() if when.holds(transition))
