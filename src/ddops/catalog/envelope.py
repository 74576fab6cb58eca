"""The words of ddops that every resource can have, beside the fields of its kind."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ddops.product import Model, Name

ForEachValue = str | int | float | bool
"""One value of a `for_each` variable."""
NotEmpty = Field(min_length=1)
Values = Annotated[list[ForEachValue], NotEmpty] | Annotated[dict[str, dict[str, Any] | None], NotEmpty]
"""The values of a variable; as a mapping they have settings."""
ForEach = dict[Name, Values]


class Override(Model):
    """`set` is laid over the resource where the `for_each` variables (and `org`) match."""

    match: Annotated[dict[str, ForEachValue | Annotated[list[ForEachValue], NotEmpty]], NotEmpty]
    set: Annotated[dict[str, Any], NotEmpty]


class Envelope(Model):
    key: str
    org: Name | Annotated[list[Name], NotEmpty] | None = None
    for_each: ForEach = Field(default_factory=dict)
    overrides: list[Override] = Field(default_factory=list)
    preset: str | None = None
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    adopt: int | str | dict[Name, int | str] | None = None
    protect: bool = False
    inherit: list[Literal["tags", "routes"]] | None = None
    unchecked: list[str] = Field(default_factory=list)
    ignore: dict[str, str] | list[dict[str, str]] = Field(default_factory=dict)


WORDS = frozenset(field.alias or name for name, field in Envelope.model_fields.items())
UNRESOLVED = frozenset({"key", "org", "for_each", "overrides", "preset", "with"})
"""Words that are used up before `${…}` in a resource is resolved; no preset and no override can say them."""
RESERVED = frozenset({"product", "key", "org"})
"""Variables that there are always."""


class Parameter(Model):
    description: str | None = None
    default: Any = None


class Preset(Model):
    """presets/NAME.yaml: a shape that several resources share. A parameter without a `default` must be given."""

    preset: Name
    kind: str
    description: str | None = None
    parameters: dict[Name, Parameter] = Field(default_factory=dict)
    body: dict[str, Any]
