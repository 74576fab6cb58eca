"""All of a plan in a saved one: what the JSON contract leaves out and formats show."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from ddops.address import Address
from ddops.backtest.contract import Backtest
from ddops.errors import PlanRefused
from ddops.lint.finding import Finding
from ddops.meaning.contract import PlanMeaning
from ddops.plan.change import Change, Plan, Revision
from ddops.report.contract import Review


def rest(review: Review) -> dict[str, Any]:
    """What a saved plan holds beside the JSON contract (`json.document`), as orjson writes it."""
    return {
        "shown": {
            "changes": [replace(change, fields=()) for change in review.plan.changes],
            "managed": dict(review.plan.managed),
            "meaning": review.meaning,
            "findings": list(review.findings),
            # A point for each line would be most of the file.
            "backtests": orjson.Fragment(orjson.dumps(list(review.backtests))),
        }
    }


def review(data: dict[str, Any], name: str) -> Review:
    """The plan of a saved plan's JSON, but for what only its making needed (`desired`, `untouched`). Raises PlanRefused
    where the file does not hold it; `name` is the file's."""
    try:
        return _review(data, data["shown"])
    except (KeyError, TypeError, ValueError, ValidationError):
        raise PlanRefused(f"{name} does not hold all of a plan; plan again with this version of ddops") from None


def _review(data: dict[str, Any], shown: dict[str, Any]) -> Review:
    changes = [
        {**change, "fields": whole["fields"]} for change, whole in zip(shown["changes"], data["changes"], strict=True)
    ]
    meaning = _adapter(PlanMeaning).validate_python(shown["meaning"])
    if len(meaning.changes) != len(changes):
        raise ValueError
    plan = Plan(
        org=_adapter(str).validate_python(data["org"]),
        workspace=_adapter(str).validate_python(data["workspace"]),
        products=_adapter(tuple[str, ...] | None).validate_python(data["products"]),
        changes=_adapter(tuple[Change, ...]).validate_python(changes),
        unchanged=_adapter(int).validate_python(data["summary"]["unchanged"]),
        managed=_adapter(dict[str, int]).validate_python(shown["managed"]),
        notes=_adapter(tuple[str, ...]).validate_python(data["notes"]),
        refusals=_adapter(tuple[str, ...]).validate_python(data["refusals"]),
        fingerprint=_adapter(str).validate_python(data["fingerprint"]),
        base=_adapter(Revision | None).validate_python(data.get("base")),
        since=_adapter(Revision | None).validate_python(data.get("changed_since")),
        only=_only(data.get("only")),
    )
    return Review(
        plan,
        meaning,
        _adapter(tuple[Finding, ...]).validate_python(shown["findings"]),
        _adapter(tuple[Backtest, ...]).validate_python(shown["backtests"]),
    )


def _only(places: Any) -> frozenset[tuple[str, Address]] | None:
    if places is None:
        return None
    return frozenset((str(place["org"]), Address.parse(place["address"])) for place in places)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
