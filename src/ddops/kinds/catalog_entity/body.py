"""An entity's body: as the API takes it, as it comes back, and what is the same.

Names in brackets are recorded cases or sections of the reference's page on the software catalog.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from ddops.kinds.contract import Body, Json, Normal, Setting, Spec, tags, without
from ddops.wire import Wire

PATH = "/api/v2/catalog/entity"
NAMESPACE = "default"
"""The namespace of an entity that names none [6]."""

READ_ONLY = frozenset({"id", "createdAt", "modifiedAt", "metadata.id", "metadata.managed"})
"""Fields that the server alone writes [6]; the first three stand beside the entity in answers."""


def ref(body: Body) -> str:
    """`service:default/shopping-cart`: the name by which the API knows an entity, in filters, in deletes and in other
    entities [TestAccDatadogCatalogEntity_Basic]. It is an entity's id here, as it is what people write."""
    metadata = body.get("metadata") or {}
    return f"{body.get('kind')}:{metadata.get('namespace') or NAMESPACE}/{metadata.get('name')}"


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields. The tags are the spec's own, then the product's."""
    body = without(spec.body, READ_ONLY)
    metadata = {**body["metadata"], "tags": tags(replace(spec, body=body["metadata"]))}
    return {"apiVersion": "v3", **body, "metadata": metadata}


def joined(answer: Any) -> Any:
    """An answer with each entity's schema in it. The schemas are listed beside the entities, by id
    [TestAccDatadogCatalogEntity_Basic]."""
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
        return answer
    schemas = {
        one.get("id"): (one.get("attributes") or {}).get("schema")
        for one in answer.get("included") or ()
        if one.get("type") == "schema"
    }
    return {**answer, "data": [{**one, "schema": schemas.get(one.get("id"))} for one in answer["data"]]}


def unwrap(answer: Any) -> Body | None:
    """The entity of an answer, or of an item of `joined`. One that was written in an older schema has another shape
    [test_get_a_list_of_entities_returns_ok_response]: of it there is what the entity's summary says."""
    found = joined(answer)
    data = found.get("data", found) if isinstance(found, dict) else found
    one = data[0] if isinstance(data, list) and len(data) == 1 else data
    if not isinstance(one, dict) or not isinstance(one.get("attributes"), dict):
        return None
    schema = one.get("schema")
    body = schema if schema and schema.get("apiVersion") == "v3" else _summary(one["attributes"])
    meta = one.get("meta") or {}
    return {"id": ref(body), "createdAt": meta.get("createdAt"), "modifiedAt": meta.get("modifiedAt"), **body}


def _summary(attributes: Body) -> Body:
    metadata = {name: value for name, value in attributes.items() if name not in ("apiVersion", "kind")}
    return {"apiVersion": attributes.get("apiVersion"), "kind": attributes.get("kind"), "metadata": metadata}


WIRE = Wire(lambda payload, _: payload, unwrap, joined)


def deletion(object_id: str) -> tuple[str, str, Json]:
    """[TestAccDatadogCatalogEntity_Basic]"""
    return "DELETE", f"{PATH}/{quote(object_id, safe=':/')}", None


NOTHING: tuple[Json, ...] = ([], {}, "", None)
"""Empty lists and objects vanish, and come back in other places with empty fields [6]."""

NORMAL = Normal(
    read_only=READ_ONLY,
    absent={
        "*": NOTHING,
        "metadata.*": NOTHING,
        "metadata.namespace": (NAMESPACE,),
        "metadata.links[].*": (None,),
        "metadata.contacts[].*": (None,),
        "metadata.additionalOwners[].*": (None,),
        "spec.*": NOTHING,
        "integrations.*": NOTHING,
        "integrations.*.*": (None,),
        "datadog.*": NOTHING,
        "datadog.events[].*": NOTHING,
        "datadog.logs[].*": NOTHING,
        "datadog.codeLocations[].*": NOTHING,
        "datadog.performanceData.*": NOTHING,
        "datadog.pipelines.*": NOTHING,
    },
    # Lists come back in the order that was sent [TestAccDatadogCatalogEntity_Order]; in these it means nothing.
    unordered=frozenset({"metadata.tags", "spec.languages", "spec.dependsOn", "spec.componentOf", "spec.components"}),
)
