"""The model of an entity of the software catalog, schema v3.

The client has a model for each kind of entity (EntityV3Service, EntityV3System, …) with the same metadata; here it is
one, which says what goes with which kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ddops.kinds.catalog_entity.body import READ_ONLY
from ddops.kinds.contract import Json, refuse, without
from ddops.location import NodePath
from ddops.product import EntityKind, Model

Text = Annotated[str, Field(min_length=1)]
Fault = tuple[NodePath, str]


class Owner(Model):
    name: str
    type: str | None = None


class Link(Model):
    """`type` is `runbook`, `doc`, `repo`, `dashboard`, `other` or a word of one's own (Datadog's own schema of v3)."""

    name: str
    type: str
    url: str
    provider: str | None = None


class Contact(Model):
    """`type` is `email`, `slack`, `microsoft-teams` or a word of one's own (Datadog's own schema of v3)."""

    type: str
    contact: str
    name: Annotated[str, Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def _mailbox(self) -> Self:
        if self.type == "email" and "@" not in self.contact:
            refuse("contact", [(("contact",), f"'{self.contact}' is no mail address")])
        return self


class Metadata(Model):
    name: Text
    namespace: Text | None = None
    displayName: str | None = None
    description: str | None = None
    owner: str | None = None
    additionalOwners: list[Owner] | None = None
    inheritFrom: str | None = None
    tags: list[Text] | None = None
    links: list[Link] | None = None
    contacts: list[Contact] | None = None


class PagerDuty(Model):
    serviceURL: Text


class Opsgenie(Model):
    serviceURL: Text
    region: Text | None = None


class Integrations(Model):
    pagerduty: PagerDuty | None = None
    opsgenie: Opsgenie | None = None


class Interface(Model):
    """Where an API is defined: a file of a repository, or the definition itself."""

    fileRef: str | None = None
    definition: dict[str, Json] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.fileRef is None) == (self.definition is None):
            raise ValueError("has `fileRef` or `definition`, one of the two")
        return self


class EntitySpec(Model):
    lifecycle: Text | None = None
    tier: Text | None = None
    type: str | None = None
    languages: list[str] | None = None
    dependsOn: list[str] | None = None
    componentOf: list[str] | None = None
    components: list[str] | None = None
    implementedBy: list[str] | None = None
    interface: Interface | None = None


class CodeLocation(Model):
    repositoryURL: str | None = None
    paths: list[str] | None = None


class SavedQuery(Model):
    """Events or logs that the entity's page shows."""

    name: str | None = None
    query: str | None = None


class PerformanceData(Model):
    tags: list[str] | None = None


class Pipelines(Model):
    fingerprints: list[str] | None = None


class Products(Model):
    """What of Datadog's products belongs to the entity."""

    codeLocations: list[CodeLocation] | None = None
    events: list[SavedQuery] | None = None
    logs: list[SavedQuery] | None = None
    performanceData: PerformanceData | None = None
    pipelines: Pipelines | None = None


GOES_WITH: dict[str, dict[str, frozenset[str]]] = {
    "spec": {
        "type": frozenset({"service", "datastore", "queue", "api"}),
        "lifecycle": frozenset({"service", "datastore", "queue", "api", "system"}),
        "tier": frozenset({"service", "datastore", "queue", "api", "system"}),
        "languages": frozenset({"service"}),
        "dependsOn": frozenset({"service"}),
        "componentOf": frozenset({"service", "datastore", "queue"}),
        "components": frozenset({"system"}),
        "implementedBy": frozenset({"api"}),
        "interface": frozenset({"api"}),
    },
    "datadog": {
        "codeLocations": frozenset({"service", "api"}),
        "pipelines": frozenset({"service", "api", "system"}),
    },
}
"""The fields that not every kind of entity has, and which have them (the client's models)."""


class CatalogEntity(Model):
    apiVersion: Literal["v3"] | None = None
    kind: EntityKind
    metadata: Metadata
    spec: EntitySpec | None = None
    integrations: Integrations | None = None
    datadog: Products | None = None
    extensions: dict[str, Json] | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the API answers can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        refuse("catalog_entity", self._kind_faults())
        return self

    def _kind_faults(self) -> Iterator[Fault]:
        if self.kind.startswith("custom."):
            return
        for part, fields in GOES_WITH.items():
            for name, kinds in fields.items():
                if self.kind not in kinds and getattr(getattr(self, part), name, None) is not None:
                    known = " or ".join(f"`{kind}`" for kind in sorted(kinds))
                    yield (part, name), f"goes with an entity of kind {known}, not `{self.kind}`"
