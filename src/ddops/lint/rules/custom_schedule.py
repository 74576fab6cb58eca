"""A monitor with a schedule of its own has the settings that go with one.

Why: the API refuses a schedule without `on_missing_data`, with full windows, with times in its rule, or finer than
daily (reference: monitor options, 6 and 7).
Fix: `on_missing_data: default`, `require_full_window: false`; `start` beside the `rrule`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options

_FINER = ("SECONDLY", "MINUTELY", "HOURLY")
_ELSEWHERE = ("DTSTART", "DTEND", "DURATION")


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given = options(resource)
    schedule = (given.get("scheduling_options") or {}).get("custom_schedule")
    if not schedule:
        return
    if "on_missing_data" not in given:
        yield Flaw("a custom_schedule needs `options.on_missing_data`; `default` will do", ("options",))
    if given.get("require_full_window"):
        yield Flaw("a custom_schedule goes with `require_full_window: false`", ("options", "require_full_window"))
    for index, one in enumerate(schedule.get("recurrences") or ()):
        path = ("options", "scheduling_options", "custom_schedule", "recurrences", index, "rrule")
        rule = one["rrule"].upper()
        for word in _ELSEWHERE:
            if word in rule:
                yield Flaw(f"the rrule has {word}; `start` and `timezone` beside it say when", path)
        for word in _FINER:
            if f"FREQ={word}" in rule:
                yield Flaw(f"FREQ={word} is finer than a schedule can be; DAILY is the finest", path)


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
