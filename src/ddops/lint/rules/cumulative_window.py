"""A monitor says when its hour, day or month begins where its query counts from there, and only there.

Why: `evaluation_window` means nothing to a sliding window such as `last_1d`, which somebody expected to begin at
midnight (reference: monitor options, 7).
Fix: `current_1d` in the query, or no `evaluation_window`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import options, tree


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    given = (options(resource).get("scheduling_options") or {}).get("evaluation_window")
    query = tree(resource)
    if not given or query is None:
        return
    window = query.evaluation
    if window is not None and window.kind != "current" and "current" not in query.text:
        yield Flaw(
            f"evaluation_window says when a day or month begins, and {window} begins nowhere; write `current_1d` or "
            "take "
            "this out",
            ("options", "scheduling_options", "evaluation_window"),
            key=True,
        )


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor"}), check=check)
