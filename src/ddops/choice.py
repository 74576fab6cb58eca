"""One model of several for a value: chosen by what the value says it is, so that an error speaks of that one alone."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from ddops.location import NodePath


class Choice:
    """Metadata for `Annotated[A | B, Choice("type", A, B)]`: `by` names the field whose fixed words tell the models
    apart. Where several models share a word, or there is no such field, it is the first that the value passes, or the
    one that it comes nearest to.

    The models are validated by their own validators, which are built when a value first needs them.
    """

    def __init__(self, by: str | None, *models: type[BaseModel]) -> None:
        self.by = by
        self.models = models

    @cached_property
    def words(self) -> Mapping[Any, tuple[type[BaseModel], ...]]:
        """The models by what stands in their `by` field."""
        found: dict[Any, tuple[type[BaseModel], ...]] = {}
        for model in self.models if self.by else ():
            for word in fixed(model, str(self.by)):
                found[word] = (*found.get(word, ()), model)
        return found

    def choose(self, value: Any) -> type[BaseModel] | None:
        """The model of the value, None where it does not say which."""
        candidates = self._candidates(value)
        return candidates[0] if len(candidates) == 1 else _nearest(candidates, value)

    def validate(self, value: Any) -> Any:
        """The value as its model. Raises pydantic's ValidationError."""
        if not isinstance(value, dict):
            raise _error("dict_type", (), value)
        best: ValidationError | None = None
        for model in self._candidates(value):
            try:
                return model.model_validate(value)
            except ValidationError as error:
                if best is None or error.error_count() < best.error_count():
                    best = error
        if best is not None:
            raise best
        if self.by in value:
            raise _error("literal_error", (str(self.by),), value[self.by], expected=", ".join(map(repr, self.words)))
        raise _error("missing", (str(self.by),), value)

    def _candidates(self, value: Any) -> tuple[type[BaseModel], ...]:
        if self.by is None:
            return self.models
        word = value.get(self.by) if isinstance(value, dict) else None
        return self.words.get(word, ()) if isinstance(word, str) else ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validate)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Any of the models. Their own schemas are built for it."""
        for model in self.models:
            model.model_rebuild()
        return {"anyOf": [handler(model.__pydantic_core_schema__) for model in self.models]}


def fixed(model: type[BaseModel], field: str) -> tuple[Any, ...]:
    """The words that a field of a model can have, none where any can stand there."""
    for name, about in model.model_fields.items():
        if (about.alias or name) == field:
            options = [about.annotation, *typing.get_args(about.annotation)]
            literals = [option for option in options if typing.get_origin(option) is typing.Literal]
            return tuple(word for literal in literals for word in typing.get_args(literal))
    return ()


def models_at(annotation: Any, path: NodePath, value: Any = None) -> list[type[BaseModel]]:
    """The models that an object at `path` below `annotation` can have, in data that is `value`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _in_model(annotation, path, value)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _chosen(arguments, value, path) or models_at(arguments[0], path, value)
    if origin in (typing.Union, types.UnionType):
        return [model for argument in arguments for model in models_at(argument, path, value)]
    if origin is list and path:
        return models_at(arguments[0], path[1:], _below(value, path[0]))
    if origin is dict and path:
        return models_at(arguments[1], path[1:], _below(value, path[0]))
    return []


def _in_model(model: type[BaseModel], path: NodePath, value: Any) -> list[type[BaseModel]]:
    if not path:
        return [model]
    for name, field in model.model_fields.items():
        if (field.alias or name) == path[0]:
            below = _below(value, path[0])
            return _chosen(field.metadata, below, path[1:]) or models_at(field.annotation, path[1:], below)
    return []


def _chosen(metadata: Iterable[Any], value: Any, path: NodePath) -> list[type[BaseModel]]:
    for choice in metadata:
        if isinstance(choice, Choice) and (model := choice.choose(value)) is not None:
            return _in_model(model, path, value)
    return []


def _below(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


def _nearest(models: Iterable[type[BaseModel]], value: Any) -> type[BaseModel] | None:
    """The first of the models with the fewest faults."""
    return min(models, key=lambda model: _faults(model, value), default=None)


def _faults(model: type[BaseModel], value: Any) -> int:
    try:
        model.model_validate(value)
    except ValidationError as error:
        return error.error_count()
    return 0


def _error(kind: str, place: tuple[str, ...], value: Any, **context: Any) -> ValidationError:
    line = InitErrorDetails(type=kind, loc=place, input=value, ctx=context)
    return ValidationError.from_exception_data("choice", [line])
