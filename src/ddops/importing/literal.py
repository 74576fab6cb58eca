"""The draft that says all that the object has, word by word: what is tidied starts from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ddops.choice import models_at
from ddops.importing.defaults import whole
from ddops.importing.found import Draft, NotImported
from ddops.importing.paths import at, put
from ddops.importing.trial import Trial
from ddops.kinds.contract import unmark, without
from ddops.location import NodePath, dotted
from ddops.reference import ESCAPED

MOST_FAULTS = 200
"""Where a model does not know more places than that, it is not the one for this object."""


def literal(trial: Trial) -> Draft:
    """Says everything and inherits nothing; what the model does not know is marked `unchecked`. Raises NotImported for
    what is no object of the kind."""
    kind = trial.kind
    draft = Draft(_escaped(whole(unmark(kind, trial.found.body))))
    faults = trial.faults(draft)
    if () in faults:
        raise NotImported(f"this is no {kind.name}: {faults[()]}")
    # As the kind itself would send it, so that what is read in another way than it is written is as it is written.
    draft = Draft(kind.payload(trial.spec(draft), trial.setting))
    if trial.found.is_answer:
        draft = Draft(without(draft.body, kind.normal.read_only))
    return unchecked(trial, draft)


def unchecked(trial: Trial, draft: Draft) -> Draft:
    """The draft that loads: what the model refuses is marked, at the widget where that can be, else by its path."""
    for _ in range(MOST_FAULTS):
        faults = trial.faults(draft)
        if not faults:
            return draft
        path, message = next(iter(faults.items()))
        if not path:
            raise NotImported(f"this is no {trial.kind.name}: {message}")
        draft = _marked(trial, draft, path)
    raise NotImported(f"this is no {trial.kind.name}: more than {MOST_FAULTS} places of it are unknown")


def _marked(trial: Trial, draft: Draft, path: NodePath) -> Draft:
    for place in (path[:end] for end in range(len(path) - 1, 0, -1)):
        around = at(draft.body, place)
        if not isinstance(around, dict) or around.get("unchecked"):
            continue
        if any("unchecked" in model.model_fields for model in models_at(trial.kind.model, place, draft.body)):
            marked = replace(draft, body=put(draft.body, place, {"unchecked": True, **around}))
            if path not in trial.faults(marked):
                return marked
    return replace(draft, unchecked=(*draft.unchecked, dotted(path)))


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("${", ESCAPED)
    if isinstance(value, list):
        return [_escaped(child) for child in value]
    if isinstance(value, dict):
        return {key: _escaped(child) for key, child in value.items()}
    return value
