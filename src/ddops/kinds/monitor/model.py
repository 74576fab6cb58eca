"""The model of a monitor's spec."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ddops.kinds.contract import without
from ddops.kinds.monitor.normal import READ_ONLY
from ddops.kinds.monitor.options import Options
from ddops.product import Model, Name

MonitorType = Literal[
    "metric alert",
    "query alert",
    "service check",
    "composite",
    "slo alert",
    "synthetics alert",
    "process alert",
    "event alert",
    "event-v2 alert",
    "log alert",
    "rum alert",
    "trace-analytics alert",
    "audit alert",
    "error-tracking alert",
    "ci-pipelines alert",
    "ci-tests alert",
    "database-monitoring alert",
    "network-performance alert",
    "network-path alert",
    "llm-observability alert",
    "cost alert",
    "data-quality alert",
    "data-jobs alert",
]


class Asset(Model):
    """A link that helps whoever answers the alert."""

    name: str
    url: str
    category: Literal["runbook"]
    resource_type: Literal["notebook"] | None = None
    resource_key: str | None = None


class Binding(Model):
    relation: str
    principals: list[str]


class RestrictionPolicy(Model):
    bindings: list[Binding]


class RoutesOption(Model):
    """Routes by name: those that the monitor asks for, and those that it does not want."""

    add: list[Name] = Field(default_factory=list)
    skip: list[Name] = Field(default_factory=list)


class Monitor(Model):
    """A monitor. `name` is required although the API does without: the server would write one from the query."""

    name: Annotated[str, Field(min_length=1)]
    type: MonitorType
    query: Annotated[str, Field(min_length=1)]
    message: str | None = None
    priority: Annotated[int, Field(ge=1, le=5)] | None = None
    tags: list[Annotated[str, Field(min_length=1)]] | None = None
    options: Options | None = None
    draft_status: Literal["draft", "published"] | None = None
    restricted_roles: list[str] | None = None
    restriction_policy: RestrictionPolicy | None = None
    assets: list[Asset] | None = None

    runbook: str | None = None
    routes: RoutesOption | None = None

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the UI exports can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body
