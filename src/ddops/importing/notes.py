"""What an import could not say, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddops.importing.found import Draft
from ddops.importing.paths import scalars
from ddops.importing.trial import Trial
from ddops.kinds.contract import Body, without
from ddops.location import dotted
from ddops.plan.change import FieldChange

SHOWN = 6
"""So many names of a list, at most."""
WORDS = {"tags": "the product's tags", "routes": "the product's routes"}


def notes(trial: Trial, draft: Draft, changes: Sequence[FieldChange]) -> Iterator[str]:
    """A line each for what differs, what is not checked, what is not inherited, what is left out and what is not in
    git."""
    if changes:
        yield f"a plan will change {_listed([change.path for change in changes])}: it cannot be said otherwise"
    places = [*draft.unchecked, *_marked(draft.body)]
    if places:
        yield f"unknown to this version of ddops, kept as it is and not checked: {_listed(places)}"
    for word in sorted(draft.lacks):
        yield f"without {WORDS[word]}, as the object has not what they would add; take `inherit` out to have them"
    dropped = _dropped(trial)
    if dropped:
        yield f"left out, as the server alone writes it: {_listed(dropped)}"
    strangers = [f"{kind} {object_id}" for kind, object_id in trial.kind.refers(draft.body) if "${" not in object_id]
    if strangers and trial.found.is_answer:
        yield f"named by id, as not in git: {_listed([*dict.fromkeys(strangers)])}"


def _marked(body: Body) -> list[str]:
    return [dotted(path[:-1]) for path, value in scalars(body) if path and path[-1] == "unchecked" and value is True]


def _dropped(trial: Trial) -> list[str]:
    """What somebody might miss of that: what has something in it, neither at the top nor in a list, where the server's
    own words about every object stand."""
    body, read_only = trial.found.body, trial.kind.normal.read_only
    kept = {path for path, _ in scalars(without(body, read_only))}
    gone = [path for path, value in scalars(body) if path not in kept and value not in (None, "", False)]
    return [
        dotted(path)
        for path in gone
        if str(path[0]) not in read_only and not any(isinstance(step, int) for step in path)
    ]


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
