"""The sorts of files that a workspace has, and the schema of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from ddops.catalog import config, inputs
from ddops.catalog.config import Config
from ddops.catalog.envelope import Preset
from ddops.kinds.contract import kinds
from ddops.product import Product
from ddops.schema import models, resource
from ddops.schema.walk import Schema

DRAFT = "http://json-schema.org/draft-07/schema#"


@dataclass(frozen=True, slots=True)
class File:
    """A sort of file: the patterns of its paths in the workspace, what it is, and what makes its schema."""

    patterns: tuple[str, ...]
    title: str
    make: Callable[[], Schema]

    def schema(self) -> Schema:
        return {"$schema": DRAFT, "title": self.title, **self.make()}

    def text(self) -> str:
        """The schema as its file has it, the same every time."""
        return json.dumps(self.schema(), indent=1, ensure_ascii=False) + "\n"


def files() -> Mapping[str, File]:
    """The sorts of files by name: `workspace`, `product`, `preset`, and each kind."""
    return {
        "workspace": File((config.FILE,), "The workspace, its orgs, its policy", partial(models.of, Config)),
        "product": File(_in(inputs.PRODUCTS), "A product", partial(models.of, Product)),
        "preset": File(_in(inputs.PRESETS), "A preset: a shape that several resources share", _preset),
        **{
            kind.name: File(_in(kind.collection), f"A file of {kind.collection}", partial(resource.schema, kind))
            for kind in kinds().values()
        },
    }


def _in(folder: str) -> tuple[str, ...]:
    return tuple(f"{folder}/**/*{ending}" for ending in inputs.YAML_ENDINGS)


def _preset() -> Schema:
    """A preset's `body` by its `kind`."""
    schema = models.of(Preset)
    schema["properties"]["kind"]["enum"] = [*kinds()]
    choices = []
    for kind in kinds().values():
        body, definitions = resource.preset(kind)
        schema["definitions"] |= definitions
        choices.append({"if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]}})
        choices[-1]["then"] = {"properties": {"body": body}}
    return {**schema, "allOf": choices}
