"""The model of a monitor's `options`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ddops.kinds.contract import refuse
from ddops.location import NodePath
from ddops.product import Model, shape

Natural = Annotated[int, Field(ge=0)]


class Thresholds(Model):
    """Numbers that the query's value is compared with; `…_query` are thresholds that a query computes (preview)."""

    critical: float | None = None
    critical_recovery: float | None = None
    warning: float | None = None
    warning_recovery: float | None = None
    ok: float | None = None
    unknown: float | None = None
    critical_query: str | None = None
    critical_recovery_query: str | None = None


class ThresholdWindows(Model):
    """How long an anomaly must last to alert, and be over to recover: `last_15m`."""

    trigger_window: str | None = None
    recovery_window: str | None = None


class Recurrence(Model):
    rrule: str
    start: str | None = None
    timezone: str | None = None


class CustomSchedule(Model):
    recurrences: list[Recurrence] = Field(min_length=1, max_length=1)
    """Exactly one (reference: monitor options, scheduling)."""


class EvaluationWindow(Model):
    """When a cumulative window (`current_1h`, `current_1d`, `current_1mo`) begins."""

    day_starts: Annotated[str, shape(r"([01]\d|2[0-3]):[0-5]\d", "time of day, such as '09:30'")] | None = None
    hour_starts: Annotated[int, Field(ge=0, le=59)] | None = None
    month_starts: Annotated[int, Field(ge=1, le=1)] | None = None
    timezone: str | None = None

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        refuse("evaluation_window", self._faults())
        return self

    def _faults(self) -> Iterable[tuple[NodePath, str]]:
        # The client's MonitorOptionsSchedulingOptionsEvaluationWindow states both rules.
        if self.hour_starts is not None and (self.day_starts or self.month_starts):
            yield ("hour_starts",), "stands alone; leave `day_starts` and `month_starts` out"
        if self.month_starts is not None and self.day_starts is None:
            yield ("month_starts",), "goes with `day_starts`"


class SchedulingOptions(Model):
    custom_schedule: CustomSchedule | None = None
    evaluation_window: EvaluationWindow | None = None


Aggregator = Literal[
    "area", "avg", "count_unique", "l2norm", "last", "max", "mean", "min", "percentile", "stddev", "sum"
]
EventSource = Literal[
    "audit",
    "ci_pipelines",
    "ci_tests",
    "database_queries",
    "events",
    "logs",
    "network",
    "network_path",
    "rum",
    "spans",
]
MetricSource = Literal["cloud_cost", "datadog_usage", "metrics"]
JoinSource = Literal["aggregate_augmented_query", "aggregate_filtered_query"]
DataSource = Literal[EventSource, MetricSource, JoinSource, "data_quality_metrics"]

REQUIRED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(get_args(EventSource), ("name", "compute")),
    **dict.fromkeys(get_args(MetricSource), ("query",)),
    "aggregate_augmented_query": ("base_query", "augment_query", "join_condition", "compute", "group_by"),
    "aggregate_filtered_query": ("base_query", "filter_query", "filters"),
    "data_quality_metrics": ("name", "measure", "filter"),
}
"""What a variable of each data source must have (the client's MonitorFormulaAndFunction… models)."""
REQUIRED_OF_JOBS = ("name", "job_type", "jobs_query", "query_dialect")
"""A data-jobs variable has no `data_source`."""


class Variable(BaseModel):
    """A query that the formula of `query` names. What belongs to its data source passes as it is."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    name: str | None = None
    data_source: DataSource | None = None
    aggregator: Aggregator | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = self.model_fields_set
        if self.data_source is not None:
            required, what = REQUIRED[self.data_source], f"a variable of `{self.data_source}`"
        elif "job_type" in given:
            required, what = REQUIRED_OF_JOBS, "a variable of data jobs"
        else:
            raise ValueError("a variable needs a `data_source` (or, for data jobs, a `job_type`)")
        missing = [f"`{field}`" for field in required if field not in given]
        if missing:
            raise ValueError(f"{what} needs {', '.join(missing)}")
        return self


NotificationPreset = Literal[
    "show_all",
    "hide_query",
    "hide_handles",
    "hide_all",
    "hide_query_and_handles",
    "show_only_snapshot",
    "hide_handles_and_footer",
]


class Options(Model):
    """Every option that the API takes. Null is the same as leaving an option out."""

    # what counts as bad
    thresholds: Thresholds | None = None
    threshold_windows: ThresholdWindows | None = None
    variables: list[Variable] | None = None
    scheduling_options: SchedulingOptions | None = None
    evaluation_delay: Annotated[int, Field(ge=0, le=86400)] | None = None
    require_full_window: bool | None = None
    new_group_delay: Natural | None = None
    new_host_delay: Natural | None = None
    group_retention_duration: Annotated[str, shape(r"\d+[mhd]", "duration, such as '90m', '2h' or '3d'")] | None = None
    min_failure_duration: Annotated[int, Field(ge=0, le=7200)] | None = None
    min_location_failed: Annotated[int, Field(ge=1)] | None = None

    # missing data
    on_missing_data: Literal["default", "show_no_data", "show_and_notify_no_data", "resolve"] | None = None
    notify_no_data: bool | None = None
    no_data_timeframe: Natural | None = None
    timeout_h: Annotated[int, Field(ge=0, le=24)] | None = None

    # how it notifies
    notify_by: list[str] | None = None
    renotify_interval: Natural | None = None
    renotify_occurrences: Natural | None = None
    renotify_statuses: list[Literal["alert", "warn", "no data"]] | None = None
    escalation_message: str | None = None
    include_tags: bool | None = None
    notify_audit: bool | None = None
    notification_preset_name: NotificationPreset | None = None
    enable_logs_sample: bool | None = None
    enable_samples: bool | None = None

    # deprecated, and still written by exports
    groupby_simple_monitor: bool | None = None
