"""What changed passes the API's own check.

Why: the API knows more than any rule here (limits of the plan, products that the org does not have, monitor policies),
and would say so only in the middle of an apply.
Fix: the message is the API's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.errors import ApiError
from ddops.lint.finding import CannotTell, Changed, Flaw, OnlineRule, Place, Question, Severity
from ddops.org.workers import Workers

WORKERS = 16
_ABOUT_THE_SPEC = (400, 422)
_CHECKED = frozenset({"monitor"})


def check(question: Question) -> Iterator[tuple[Place, Flaw]]:
    def refused(change: Changed) -> ApiError | None:
        try:
            question.org.validate(change.resource.kind, change.payload, change.id)
        except ApiError as error:
            return error
        return None

    changed = [one for one in question.changed if one.resource.kind.name in _CHECKED]
    whole = [one for one in changed if not one.waits]
    with Workers(WORKERS) as workers:
        for change, error in zip(whole, workers.map(refused, whole), strict=True):
            if error is not None and error.status not in _ABOUT_THE_SPEC:
                raise error
            if error is not None:
                yield Place.of(change.resource), Flaw(f"the org '{question.org.name}' refuses it: {error.reason}")
    if len(whole) < len(changed):
        raise CannotTell(f"{len(changed) - len(whole)} of {len(changed)} need what is not created yet")


RULE = OnlineRule(severity=Severity.ERROR, kinds=_CHECKED, check=check)
