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

    match: Annotated[dict[str, ForEachValue | Annotated[list[ForEachValue], NotEmpty]], NotEmpty] = Field(
        description="The `for_each` variables (and `org`) for which this is; a list means any of the values."
    )
    set: Annotated[dict[str, Any], NotEmpty] = Field(
        description="What is laid over the resource: maps are merged, anything else is replaced."
    )


class Envelope(Model):
    key: str = Field(
        description="Its name in the product: lower case letters, digits, `-` and `_`. The address is PRODUCT/KIND/KEY."
    )
    org: Name | Annotated[list[Name], NotEmpty] | None = Field(
        default=None, description="An org of ddops.yaml, or a list of them, instead of the product's."
    )
    for_each: ForEach = Field(
        default_factory=dict,
        description="`{env: [prod, staging]}`: one resource for each value; several variables give every combination.",
    )
    overrides: list[Override] = Field(
        default_factory=list, description="What is different where the `for_each` variables match."
    )
    preset: str | None = Field(
        default=None, description="A preset of presets/: its body, with the fields that stand here laid over it."
    )
    with_: dict[str, Any] = Field(default_factory=dict, alias="with", description="The preset's parameters.")
    adopt: int | str | dict[Name, int | str] | None = Field(
        default=None, description="The id of a live object to take over in place, or a map from org to id."
    )
    protect: bool = Field(default=False, description="It can not be deleted until this is taken out and applied.")
    inherit: list[Literal["tags", "routes"]] | None = Field(
        default=None, description="What it takes from its product; everything where this is left out."
    )
    unchecked: list[str] = Field(default_factory=list, description="Paths of the body that are sent as they stand.")
    ignore: dict[str, str] | list[dict[str, str]] = Field(
        default_factory=dict, description="Lint rules whose findings are not said, each with the reason."
    )


WORDS = frozenset(field.alias or name for name, field in Envelope.model_fields.items())
UNRESOLVED = frozenset({"key", "org", "for_each", "overrides", "preset", "with"})
"""Words that are used up before `${…}` in a resource is resolved; no preset and no override can say them."""
RESERVED = frozenset({"product", "key", "org"})
"""Variables that there are always."""


class Parameter(Model):
    description: str | None = Field(default=None, description="What it is for.")
    default: Any = Field(
        default=None, description="Its value where `with` gives none; without a default it must be given."
    )


class Preset(Model):
    """presets/NAME.yaml: a shape that several resources share. A parameter without a `default` must be given."""

    preset: Name = Field(description="The preset's name.")
    kind: str = Field(description="The kind of resource that it is for.")
    description: str | None = Field(default=None, description="What it is for.")
    parameters: dict[Name, Parameter] = Field(
        default_factory=dict, description="What a resource gives it under `with`; `${NAME}` in the body."
    )
    body: dict[str, Any] = Field(description="The fields of the resource.")
