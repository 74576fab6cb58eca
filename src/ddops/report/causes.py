"""Who made the org differ from the specs, in the words of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddops.meaning.contract import Together
from ddops.plan.change import Cause, Change, FieldChange, Plan

WORDS = {Cause.YOURS: "your change", Cause.DRIFT: "drift", Cause.BOTH: "your change and drift"}


def word(cause: Cause | None) -> str:
    return WORDS[cause] if cause is not None else "yours or drift"


def of_field(change: Change, field: FieldChange) -> str:
    """The cause of one field, in brackets, where the change has several; else nothing."""
    return f" ({word(field.cause)})" if change.cause is Cause.BOTH and field.cause not in (None, Cause.BOTH) else ""


def meant(plan: Plan) -> Iterator[Together]:
    """Whether the change of the specs meant what the plan does, a line for each cause; nothing where the plan has no
    base, or no changes."""
    if plan.base is None:
        return
    ref, total = plan.base.ref, len(plan.changes)
    says = {
        Cause.YOURS: f"from what changed in the specs since {ref}",
        Cause.BOTH: f"from both: the specs changed, and the org was not as {ref} says either",
        Cause.DRIFT: f"from drift alone: the org is not as {ref} says, and an apply puts that right",
        None: f"from the specs or from drift: {ref} does not say",
    }
    for cause, where in says.items():
        found = [str(change.address) for change in plan.changes if change.cause is cause]
        if found:
            some = f"{len(found)} of {total} changes come{'s' if len(found) == 1 else ''}"
            whole = "the one change comes" if total == 1 else f"all {total} changes come"
            text = f"{whole if len(found) == total else some} {where}"
            yield Together(text=text, addresses=() if cause is Cause.YOURS else tuple(found))


def sections(plan: Plan) -> Iterator[tuple[str, Sequence[Change]]]:
    """The changes by their causes, yours first, each with a title; all of them without one where the plan has no
    base."""
    if plan.base is None:
        yield "", plan.changes
        return
    titles = {
        Cause.YOURS: f"Your changes since {plan.base.ref}",
        Cause.BOTH: f"Your changes since {plan.base.ref} to what drifted in the org as well",
        Cause.DRIFT: f"Drift: the org is not as {plan.base.ref} says, and an apply puts that right",
        None: f"Yours or drift: {plan.base.ref} does not say",
    }
    for cause, title in titles.items():
        found = [change for change in plan.changes if change.cause is cause]
        if found:
            yield title, found
