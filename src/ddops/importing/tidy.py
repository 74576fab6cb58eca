"""From the draft that says everything to one that people like to read. Each step is kept if nothing comes of it but
what is shorter: the draft loads, and a plan shows no more changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ddops.importing.defaults import without_defaults
from ddops.importing.found import Draft
from ddops.importing.notify import with_routes, with_runbook
from ddops.importing.paths import at, drop, put
from ddops.importing.tagged import place_of_tags
from ddops.importing.trial import Trial
from ddops.kinds.contract import without


def tidied(trial: Trial, literal: Draft) -> Draft:
    """The literal draft with what goes without saying left out."""
    draft = literal
    for step in (
        _without_derived,
        _without_defaults,
        _without_defaults_one_by_one,
        _with_tags,
        with_routes,
        with_runbook,
    ):
        for candidate in step(trial, draft):
            if trial.holds(candidate, literal):
                draft = candidate
                break
    return draft


def _without_derived(trial: Trial, draft: Draft) -> Iterator[Draft]:
    """What the server makes of the rest says nothing in an answer; in a file that was written by hand it might."""
    if trial.found.is_answer:
        yield replace(draft, body=without(draft.body, trial.kind.derived(trial.found.body)))


def _without_defaults(trial: Trial, draft: Draft) -> Iterator[Draft]:
    yield replace(draft, body=without_defaults(trial.kind, draft.body))


def _without_defaults_one_by_one(trial: Trial, draft: Draft) -> Iterator[Draft]:
    """Where they cannot all go, those of the fields that can do without theirs."""
    shorter = without_defaults(trial.kind, draft.body)
    if shorter == draft.body:
        return
    result = draft
    for name, value in draft.body.items():
        if shorter.get(name) != value:
            candidate = result.having(**{name: shorter.get(name)})
            result = candidate if trial.holds(candidate, draft) else result
    yield result


def _with_tags(trial: Trial, draft: Draft) -> Iterator[Draft]:
    """With the product's tags inherited: not said again, or said beside others, or none wanted."""
    path = place_of_tags(trial.kind) or ("tags",)
    given = {tag.lower() for tag in _product_tags(trial)}
    own = [tag for tag in at(draft.body, path) or () if str(tag).lower() not in given]
    inheriting = draft.inheriting("tags")
    yield replace(inheriting, body=put(draft.body, path, own) if own else drop(draft.body, path))
    yield inheriting
    if "tags" in trial.kind.model.model_fields:
        yield inheriting.having(tags=[])


def _product_tags(trial: Trial) -> list[str]:
    product = trial.product
    return [f"team:{product.team}", *(f"{key}:{value}" for key, value in product.tags.items())]
