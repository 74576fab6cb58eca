"""Metrics that Datadog makes of logs (API v2).

Names in brackets are recorded cases or sections of the reference's page on log metrics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ddops.kinds.contract import Body, Endpoint, Kind, Normal, Setting, Spec, refuse
from ddops.marking import Nowhere
from ddops.product import Model, shape
from ddops.wire import Wire, json_api

MAX_NAME = 200
Text = Annotated[str, Field(min_length=1)]
MetricName = Annotated[
    str, Field(max_length=MAX_NAME), shape(r"[A-Za-z].*", "name of a metric: that begins with a letter")
]
"""Begins with a letter and has at most 200 characters, as every metric's name (docs: custom metrics, naming)."""


class Compute(Model):
    """`count` counts logs; `distribution` measures the number at `path`."""

    aggregation_type: Literal["count", "distribution"]
    path: Text | None = None
    include_percentiles: bool | None = None

    @model_validator(mode="after")
    def _measures_a_path(self) -> Self:
        refuse("compute", self._faults())
        return self

    def _faults(self) -> Iterator[tuple[tuple[str], str]]:
        """The server's words: `Count aggregation does not support an 'include_percentiles' attribute`."""
        if self.aggregation_type == "distribution" and self.path is None:
            yield ("path",), "a distribution needs the `path` of the number that it measures, `@duration`"
        if self.aggregation_type == "count":
            for name in ("path", "include_percentiles"):
                if getattr(self, name) is not None:
                    yield (name,), "goes with `aggregation_type: distribution`; a count has none"


class Filter(Model):
    query: str | None = None


class GroupBy(Model):
    """`tag_name` is the path where it is not given [v2 model]."""

    path: Text
    tag_name: Text | None = None


class LogsMetric(Model):
    """`id` is the metric's name."""

    id: MetricName
    compute: Compute
    filter: Filter | None = None
    group_by: list[GroupBy] | None = None


def metric_name(text: str) -> str:
    """The name that the server gives the metric [test_delete_a_logbased_metric_returns_ok_response].

    >>> metric_name("checkout-errors.5xx")
    'checkout_errors.5xx'
    """
    return re.sub(r"[^A-Za-z0-9_.]", "_", text)


def natural(body: Body) -> str | None:
    """The metric is what has its name."""
    found = body.get("id")
    return metric_name(found) if isinstance(found, str) else None


def payload(spec: Spec, setting: Setting) -> Body:
    """The spec's fields, with the name that the metric will have."""
    return {**spec.body, "id": metric_name(spec.body["id"])}


def _named(body: Body) -> Body:
    """The name as the server has it, and the tag of each group."""
    groups = [{**group, "tag_name": group.get("tag_name") or group.get("path")} for group in body.get("group_by") or ()]
    return {**body, "id": natural(body), "group_by": groups}


def _wire() -> Wire:
    """JSON:API with the metric's name for an id. An update knows of `compute` nothing but `include_percentiles`
    [TestAccDatadogLogsMetric_Basic], and of a count nothing at all (the server's words are in `Compute`)."""
    whole = json_api("logs_metrics", id_field="id")

    def wrap(body: Body, object_id: str | None) -> Any:
        if object_id is None:
            return whole.wrap(body, None)
        attributes = {name: value for name, value in body.items() if name not in ("id", "compute")}
        compute = body.get("compute") or {}
        if compute.get("aggregation_type") == "distribution":
            attributes["compute"] = {"include_percentiles": compute.get("include_percentiles") or False}
        return {"data": {"type": "logs_metrics", "attributes": attributes}}

    return Wire(wrap, whole.unwrap)


KIND = Kind(
    name="logs_metric",
    collection="logs_metrics",
    model=LogsMetric,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v2/logs/config/metrics",
        item="/api/v2/logs/config/metrics/{id}",
        paging=None,
        listed="data",
        wire=_wire(),
        update="PATCH",
    ),
    normal=Normal(
        absent={
            # A filter that is not sent comes back as all logs, groups as none [test_create_a_logbased_metric].
            "filter": ({}, None),
            "filter.query": ("*", None),
            "group_by": ([], None),
            "compute.path": (None,),
            # "Defaults to false" (terraform-provider-datadog, pull request 1645).
            "compute.include_percentiles": (False, None),
        },
        # The tags of a metric have no order.
        unordered=frozenset({"group_by"}),
        rewritten=_named,
    ),
    # A PATCH keeps what it does not send [test_update_a_logbased_metric_with_include_percentiles_field].
    blank={"filter": {"query": "*"}, "group_by": []},
    # `compute` of an update has one field [v2 model LogsMetricUpdateCompute].
    replaced_by=frozenset({"compute.aggregation_type", "compute.path"}),
    # Neither tags nor a text that people read.
    marking=Nowhere(),
    natural=natural,
    web="/logs/pipelines/generate-metrics?search={id}",
)
