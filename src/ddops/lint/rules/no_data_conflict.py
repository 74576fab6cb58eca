"""The settings of missing data go together, and are ones that the type of the monitor has.

Why: the API refuses the pair, or takes both and follows one of them; a monitor that says `notify_no_data: true` on a
type that ignores it stays silent on the night that the data stop (reference: monitor options, 2 and 6).
Fix: `on_missing_data` for logs, events and their like; `notify_no_data` with `no_data_timeframe` for service checks,
composites and processes; either, not both, for metrics.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import EVENT_TYPES, metric_query, options
from ddops.query.tree import Call

_WITHOUT_ON_MISSING = frozenset({"service check", "composite", "slo alert"})


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given, type_ = options(resource), resource.spec.body["type"]
    missing = given.get("on_missing_data")
    if missing is None:
        if given.get("notify_no_data") and type_ in EVENT_TYPES:
            yield _flaw(
                "notify_no_data",
                f"a monitor of type `{type_}` has no `notify_no_data`; write "
                "`on_missing_data: show_and_notify_no_data`",
            )
        return
    if type_ in _WITHOUT_ON_MISSING:
        instead = "take it out" if type_ == "slo alert" else "`notify_no_data` is what it has"
        yield _flaw("on_missing_data", f"a monitor of type `{type_}` has no `on_missing_data`; {instead}")
        return
    if given.get("notify_no_data"):
        yield _flaw("notify_no_data", "does not go with `on_missing_data`; with `show_and_notify_no_data` it notifies")
    if given.get("no_data_timeframe"):
        yield _flaw("no_data_timeframe", "does not go with `on_missing_data`; take one of the two out")
    if missing == "resolve" and given.get("timeout_h"):
        yield _flaw("timeout_h", "does not go with `on_missing_data: resolve`, which resolves at once; take it out")
    if missing != "default" and _defaults_to_zero(resource):
        yield _flaw(
            "on_missing_data", f"`default_zero(…)` leaves no data missing, so `{missing}` cannot be; write `default`"
        )


def _flaw(option: str, message: str) -> Flaw:
    return Flaw(message if message.startswith(("a ", "`")) else f"`{option}` {message}", ("options", option))


def _defaults_to_zero(resource: Desired) -> bool:
    query = metric_query(resource)
    if query is None or "default_zero" not in query.text:
        return False
    return any(isinstance(node, Call) and node.function == "default_zero" for node in query.expression.walk())


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
