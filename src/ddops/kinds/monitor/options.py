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

    critical: float | None = Field(default=None, description="The same number as in the query.")
    critical_recovery: float | None = Field(default=None, description="Recovers from the alert only at this value.")
    warning: float | None = Field(default=None, description="Warns at this value, before it alerts.")
    warning_recovery: float | None = Field(default=None, description="Recovers from the warning only at this value.")
    ok: float | None = Field(default=None, description="Service checks: so many OK in a row recover.")
    unknown: float | None = Field(default=None, description="Service checks: so many UNKNOWN in a row notify.")
    critical_query: str | None = None
    critical_recovery_query: str | None = None


class ThresholdWindows(Model):
    """How long an anomaly must last to alert, and be over to recover: `last_15m`."""

    trigger_window: str | None = Field(default=None, description="How long it must be anomalous to alert.")
    recovery_window: str | None = Field(default=None, description="How long it must be normal to recover.")


class Recurrence(Model):
    rrule: str = Field(description="When it is evaluated, as RFC 5545 says it: `FREQ=DAILY;INTERVAL=1`.")
    start: str | None = Field(default=None, description="Local time, `2024-01-31T09:00:00`.")
    timezone: str | None = Field(default=None, description="For example `America/New_York`.")


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
    custom_schedule: CustomSchedule | None = Field(default=None, description="Evaluates at certain times only.")
    evaluation_window: EvaluationWindow | None = Field(default=None, description="When a cumulative window begins.")


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
    thresholds: Thresholds | None = Field(default=None, description="Numbers that the query's value is compared with.")
    threshold_windows: ThresholdWindows | None = Field(default=None, description="Of anomaly monitors.")
    variables: list[Variable] | None = Field(default=None, description="Queries that the query's formula names.")
    scheduling_options: SchedulingOptions | None = Field(default=None, description="When it is evaluated.")
    evaluation_delay: Annotated[int, Field(ge=0, le=86400)] | None = Field(
        default=None, description="Seconds that it looks back, for metrics that come late (CloudWatch: 900)."
    )
    require_full_window: bool | None = Field(
        default=None, description="Waits until the window is full of data; false for sparse metrics."
    )
    new_group_delay: Natural | None = Field(default=None, description="Seconds before a new group is evaluated.")
    new_host_delay: Natural | None = Field(
        default=None, description="Seconds before a new host is evaluated; `new_group_delay` instead."
    )
    group_retention_duration: Annotated[str, shape(r"\d+[mhd]", "duration, such as '90m', '2h' or '3d'")] | None = (
        Field(default=None, description="How long a group that sends nothing more is kept.")
    )
    min_failure_duration: Annotated[int, Field(ge=0, le=7200)] | None = Field(
        default=None, description="Seconds for which a synthetic test must fail."
    )
    min_location_failed: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Locations at which a synthetic test must fail."
    )

    # missing data
    on_missing_data: Literal["default", "show_no_data", "show_and_notify_no_data", "resolve"] | None = Field(
        default=None, description="What happens when data stops; instead of `notify_no_data`."
    )
    notify_no_data: bool | None = Field(default=None, description="Notifies when data stops.")
    no_data_timeframe: Natural | None = Field(
        default=None, description="Minutes without data after which it notifies; at least twice the window."
    )
    timeout_h: Annotated[int, Field(ge=0, le=24)] | None = Field(
        default=None, description="Hours after which it resolves by itself while no data comes."
    )

    # how it notifies
    notify_by: list[str] | None = Field(
        default=None, description="Groups that one notification is for: fewer tags than the query groups by, or `*`."
    )
    renotify_interval: Natural | None = Field(default=None, description="Minutes after which it notifies again.")
    renotify_occurrences: Natural | None = Field(default=None, description="How often it notifies again.")
    renotify_statuses: list[Literal["alert", "warn", "no data"]] | None = Field(
        default=None, description="The states in which it notifies again."
    )
    escalation_message: str | None = Field(default=None, description="Stands in front of what it notifies again.")
    include_tags: bool | None = Field(default=None, description="Puts the groups that alert into the title.")
    notify_audit: bool | None = Field(default=None, description="Notifies when somebody changes the monitor.")
    notification_preset_name: NotificationPreset | None = Field(
        default=None, description="What of the usual content a notification leaves out."
    )
    enable_logs_sample: bool | None = Field(default=None, description="Shows some of the log lines that alert.")
    enable_samples: bool | None = Field(default=None, description="Shows some of the events that alert.")

    # deprecated, and still written by exports
    groupby_simple_monitor: bool | None = Field(default=None, description="Deprecated: one alert for all groups.")
