"""Whether JSON has the types that an endpoint can work with at all."""

from __future__ import annotations

from typing import Any, TypeAlias

# A type, a list of one shape, an object of optional fields, or None for anything. JSON null fits every field.
Shape: TypeAlias = "type[Any] | list[Shape] | dict[str, Shape] | None"


def misfit(value: Any, shape: Shape, name: str = "") -> str | None:
    """The name of the first field that does not fit, or None.

    >>> misfit({"tags": ["a", 1]}, {"tags": [str]})
    'tags'
    """
    if value is None or shape is None:
        return None
    if isinstance(shape, type):
        # JSON's true is no number.
        fits = isinstance(value, shape) and not (shape is int and isinstance(value, bool))
        return None if fits else name
    if isinstance(shape, list):
        if not isinstance(value, list):
            return name
        found = (name if item is None else misfit(item, shape[0], name) for item in value)
    else:
        if not isinstance(value, dict):
            return name
        found = (misfit(value[key], inner, key) for key, inner in shape.items() if key in value)
    return next((wrong for wrong in found if wrong is not None), None)
