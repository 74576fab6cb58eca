"""Fields in the order in which people look for them, whatever order an answer has."""

from __future__ import annotations

from ddops.kinds.contract import Body, Json, Kind

_WORDS = (
    *("unchecked", "id", "name", "type", "subtype", "title", "data_source", "query"),
    *("thresholds", "timeframe", "target", "critical", "critical_recovery", "warning", "warning_recovery"),
    *("x", "y", "width", "height"),
)
FIRST = {word: position for position, word in enumerate(_WORDS)}
"""What says what an object is. The rest follows by the alphabet."""


def ordered(kind: Kind, body: Body) -> Body:
    """The body with its own fields in the order of the kind's model, and those below in one of their own."""
    model = {field.alias or name: at for at, (name, field) in enumerate(kind.model.model_fields.items())}
    names = sorted(body, key=lambda name: (model.get(name, len(model)), name))
    return {name: _inside(body[name]) for name in names}


def _inside(value: Json) -> Json:
    if isinstance(value, list):
        return [_inside(child) for child in value]
    if not isinstance(value, dict):
        return value
    return {name: _inside(value[name]) for name in sorted(value, key=lambda name: (FIRST.get(name, len(FIRST)), name))}
