"""A draft as the text of its file."""

from __future__ import annotations

from typing import Any

from ddops.importing.found import Draft
from ddops.importing.order import ordered
from ddops.importing.trial import Trial
from ddops.importing.yaml import write
from ddops.kinds.contract import Body
from ddops.reference import ESCAPED, references


def resource(trial: Trial, draft: Draft, *, says_org: bool) -> Body:
    """The resource as it stands in a file, without its key and its product."""
    words: Body = {}
    if says_org and trial.product.orgs != [trial.org]:
        words["org"] = trial.org
    if trial.found.id is not None:
        words["adopt"] = trial.found.body.get("id", trial.found.id)
    if draft.lacks:
        # What is none of the kind's words goes without saying.
        words["inherit"] = [word for word in sorted(draft.inherits) if word != "routes" or word in trial.kind.ours]
    if draft.unchecked:
        words["unchecked"] = [*draft.unchecked]
    body: Body = _written(ordered(trial.kind, draft.body), trial.address.product)
    return {**words, **body}


def one(product: str, key: str | None, item: Body) -> str:
    """The text of a file that is one resource; the key is said where the file's name does not say it."""
    return write({"product": product, **({} if key is None else {"key": key}), **item})


def several(product: str, collection: str, items: list[tuple[str, Body]]) -> str:
    """The text of a file that is a list of resources with their keys."""
    return write({"product": product, collection: [{"key": key, **item} for key, item in items]})


def _written(value: Any, product: str) -> Any:
    """References to resources of the same product by their key alone; a plain `${` as `$${`."""
    if isinstance(value, str):
        for reference in references(value):
            if reference.target.product == product:
                short = str(reference).replace(f":{product}/", ":", 1)
                value = value.replace(str(reference), short)
        return value.replace(ESCAPED, "$${")
    if isinstance(value, list):
        return [_written(child, product) for child in value]
    if isinstance(value, dict):
        return {key: _written(child, product) for key, child in value.items()}
    return value
