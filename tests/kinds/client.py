"""What the installed datadog-api-client knows of the API, to hold against our models."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel


def attributes(client_model: Any) -> set[str]:
    """The names of the fields that a class of the client has in JSON."""
    return set(client_model.attribute_map.values())


def unknown_to(model: type[BaseModel], client_model: Any, read_only: Iterable[str] = (), below: str = "") -> set[str]:
    """Fields of the client's class that neither our model nor the read-only table (below a path) knows."""
    known = {field.alias or name for name, field in model.model_fields.items()}
    return attributes(client_model) - known - {path.removeprefix(below) for path in read_only if path.startswith(below)}


def words(annotation: Any) -> set[Any]:
    """The values that a field's annotation allows by name."""
    if typing.get_origin(annotation) is typing.Literal:
        return set(typing.get_args(annotation))
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, list, typing.Annotated):
        return set().union(*(words(option) for option in typing.get_args(annotation)))
    return set()


def values(client_enum: Any) -> set[Any]:
    """The values of an enumeration of the client."""
    return set(client_enum.allowed_values)
