"""Parts of an object: what a preset, an override or a resource with a preset says of it. Maps are laid over each other,
so nothing is missing from them; a list is replaced as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from ddops.schema.walk import Schema, reference, target

SUFFIX = ".part"


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes schemas of parts; `definitions` gets those that the parts need."""

    definitions: dict[str, Schema]
    whole: dict[str, bool] = field(default_factory=dict)
    """By the name of a definition, whether it asks for no field."""

    def of(self, schema: Schema) -> Schema:
        """The schema without a field that must be there; the same where there is none."""
        if self._asks_for_nothing(schema):
            return schema
        if (name := target(schema)) is not None:
            part = f"{name}{SUFFIX}"
            if part not in self.definitions:
                self.definitions[part] = {}
                self.definitions[part] = self.of(self.definitions[name])
            return {**schema, **reference(part)}
        found = {word: value for word, value in schema.items() if word != "required"}
        if "properties" in schema:
            found["properties"] = {name: self.of(below) for name, below in schema["properties"].items()}
        if "anyOf" in schema:
            found["anyOf"] = [self.of(below) for below in schema["anyOf"]]
        if isinstance(schema.get("additionalProperties"), dict):
            found["additionalProperties"] = self.of(schema["additionalProperties"])
        return found

    def _asks_for_nothing(self, schema: Schema) -> bool:
        if (name := target(schema)) is not None:
            if name not in self.whole:
                self.whole[name] = True
                self.whole[name] = self._asks_for_nothing(self.definitions[name])
            return self.whole[name]
        more = schema.get("additionalProperties")
        below = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
        below += [more] if isinstance(more, dict) else []
        return not schema.get("required") and all(map(self._asks_for_nothing, below))
