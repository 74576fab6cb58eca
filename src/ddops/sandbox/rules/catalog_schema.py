"""What an entity of the software catalog must look like, and what the server makes of it."""

from __future__ import annotations

from typing import Any, NoReturn

import yaml

from ddops.sandbox.exchange import Json, refuse
from ddops.sandbox.rules.shape import Shape, misfit

NAMESPACE = "default"
SHAPE: Shape = {
    "kind": str,
    "metadata": {
        "name": str,
        "namespace": str,
        "displayName": str,
        "description": str,
        "owner": str,
        "tags": [str],
        "links": [{"name": str, "type": str, "url": str}],
        "contacts": [{"name": str, "type": str, "contact": str}],
        "additionalOwners": [{"name": str, "type": str}],
    },
    "spec": {"lifecycle": str, "tier": str, "type": str, "languages": [str], "dependsOn": [str]},
    "integrations": {"pagerduty": {"serviceURL": str}, "opsgenie": {"serviceURL": str, "region": str}},
    "datadog": {"events": [{"name": str, "query": str}], "logs": [{"name": str, "query": str}]},
    "extensions": dict,
}
TOP = ("apiVersion", "kind", "metadata", "spec", "integrations", "datadog", "extensions")
SUMMARY = ("displayName", "description", "owner", "tags")


def read(body: Any) -> tuple[Json, str]:
    """The entity that was sent, as JSON or as a text of YAML, and that text as the server keeps it (recorded: with a
    line of `---` before it, and without blanks at the ends of lines)."""
    text = body if isinstance(body, str) else yaml.safe_dump(body, sort_keys=False)
    try:
        entity = yaml.safe_load(text)
    except yaml.YAMLError:
        _refuse("the entity is no YAML")
    kept = "\n".join(line.rstrip() for line in text.splitlines())
    return _checked(entity), f"---\n{kept}\n"


def _checked(entity: Any) -> Json:
    if not isinstance(entity, dict):
        _refuse("an object is expected")
    for name in entity:
        if name not in TOP:
            _refuse(f"additional property {name} is not allowed")
    if entity.get("apiVersion") != "v3":
        _refuse("apiVersion should be v3")
    if not entity.get("kind") or not isinstance(entity.get("metadata"), dict) or not entity["metadata"].get("name"):
        _refuse("kind and metadata.name are required")
    if (wrong := misfit(entity, SHAPE)) is not None:
        _refuse(f"{wrong} has the wrong type")
    for name, required in (("links", ("name", "type", "url")), ("contacts", ("type", "contact"))):
        for item in entity["metadata"].get(name) or ():
            if missing := [field for field in required if not item.get(field)]:
                _refuse(f"metadata.{name}: {missing[0]} is required")
    return entity


def _refuse(detail: str) -> NoReturn:
    """No refusal of an entity was recorded; the shape is that of other calls of API v2."""
    refuse(400, f"invalid entity: {detail}")


def ref(entity: Json) -> str:
    """`service:default/shopping-cart`."""
    metadata = entity["metadata"]
    return f"{entity['kind']}:{metadata.get('namespace') or NAMESPACE}/{metadata['name']}"


def settled(entity: Json, created: str, modified: str) -> Json:
    """The schema as it is answered: what is empty is gone, and what only the server knows is there (recorded)."""
    metadata = {
        **entity["metadata"],
        "namespace": entity["metadata"].get("namespace") or NAMESPACE,
        "managed": {"createdAt": created, "modifiedAt": modified, "ingestionSource": "api"},
    }
    metadata.pop("id", None)
    schema: Json = _without_empty({**entity, "metadata": metadata})
    for name in ("events", "logs"):
        items = (schema.get("datadog") or {}).get(name)
        if items:
            schema["datadog"][name] = [{"name": "", "query": ""} | item for item in items]
    return schema


def _without_empty(value: Any) -> Any:
    """Without lists and objects that hold nothing, and nulls. Items of lists stay."""
    if not isinstance(value, dict):
        return value
    found = {key: _without_empty(child) for key, child in value.items()}
    return {key: child for key, child in found.items() if child not in (None, [], {})}


def attributes(schema: Json) -> Json:
    """What an entity says of itself beside its schema."""
    metadata = schema["metadata"]
    named = {name: metadata[name] for name in SUMMARY if name in metadata}
    return {
        "apiVersion": schema["apiVersion"],
        "kind": schema["kind"],
        "name": metadata["name"],
        "namespace": metadata["namespace"],
        **named,
    }
