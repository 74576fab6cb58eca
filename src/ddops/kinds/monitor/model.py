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

    add: list[Name] = Field(default_factory=list, description="Routes that it asks for.")
    skip: list[Name] = Field(default_factory=list, description="Routes that it does not want.")


class Monitor(Model):
    """A monitor. `name` is required although the API does without: the server would write one from the query."""

    name: Annotated[str, Field(min_length=1)] = Field(description="The title of its notifications.")
    type: MonitorType = Field(description="Must fit the query; another type is another monitor.")
    query: Annotated[str, Field(min_length=1)] = Field(
        description="What is measured, over which window, and compared with the critical threshold."
    )
    message: str | None = Field(
        default=None,
        description="What a notification says, with `{{…}}` of Datadog; handles of routes and the runbook are added.",
    )
    priority: Annotated[int, Field(ge=1, le=5)] | None = Field(default=None, description="1 (highest) to 5.")
    runbook: str | None = Field(
        default=None, description="A section of the product's runbook; its link ends the message."
    )
    routes: RoutesOption | None = Field(default=None, description="Routes by name, beside those that match.")
    tags: list[Annotated[str, Field(min_length=1)]] | None = Field(
        default=None, description="Its own tags; the product's are added."
    )
    options: Options | None = Field(default=None, description="Thresholds, missing data, notifications.")
    draft_status: Literal["draft", "published"] | None = Field(default=None, description="A draft notifies nobody.")
    restricted_roles: list[str] | None = Field(default=None, description="Ids of the roles that may edit it.")
    restriction_policy: RestrictionPolicy | None = Field(default=None, description="Who may view and edit it.")
    assets: list[Asset] | None = Field(default=None, description="Links that help whoever answers.")

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the UI exports can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body
