"""Where a monitor has thresholds, the critical one is among them, and a warning recovery has its warning.

Why: the API refuses thresholds without a critical one (`Alert status is required.`) and recovery thresholds for events
(`Invalid threshold statuses found: critical_recovery, warning_recovery.`; reference: monitor options, 4 and 9).
Fix: add the threshold that is missing, or take the one that goes with it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options, thresholds

PATH = ("options", "thresholds")
_WITHOUT_RECOVERY = frozenset({"event-v2 alert", "event alert"})


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given, type_ = thresholds(resource), resource.spec.body["type"]
    dynamic = (options(resource).get("thresholds") or {}).get("critical_query")
    if given and "critical" not in given and not dynamic:
        yield Flaw("options.thresholds has no `critical`, and a monitor cannot do without; add it", PATH, key=True)
    if "warning_recovery" in given and "warning" not in given:
        yield Flaw(
            "options.thresholds.warning_recovery has no `warning` to recover from; add it, or take the recovery out",
            (*PATH, "warning_recovery"),
            key=True,
        )
    for name in ("critical_recovery", "warning_recovery"):
        if name in given and type_ in _WITHOUT_RECOVERY:
            yield Flaw(f"a monitor of type `{type_}` has no `{name}`; take it out", (*PATH, name), key=True)


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
