"""The models of dashboard widgets, one for each class of the datadog-api-client, by its name.

Written by scripts/generate_models.py (`make models`); not to be edited. A field that is left out is None.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ddops.choice import Choice
from ddops.product import Model


class Generated(Model, defer_build=True):
    """Its validator is built when the first value needs it: of hundreds of models a run meets a few dozen."""


class Opaque(Generated, extra="allow"):
    """What the client has no class for: any field passes."""


WidgetLiveSpan = Literal[
    "10m",
    "15m",
    "1d",
    "1h",
    "1m",
    "1mo",
    "1w",
    "1y",
    "2d",
    "30m",
    "3mo",
    "4h",
    "5m",
    "6mo",
    "alert",
    "month_to_date",
    "week_to_date",
]


class WidgetLegacyLiveSpan(Generated):
    hide_incomplete_cost_data: bool | None = None
    live_span: WidgetLiveSpan | None = None


WidgetNewLiveSpanType = Literal["live"]

WidgetLiveSpanUnit = Literal["day", "hour", "minute", "month", "week", "year"]


class WidgetNewLiveSpan(Generated):
    hide_incomplete_cost_data: bool | None = None
    type: WidgetNewLiveSpanType
    unit: WidgetLiveSpanUnit
    value: int = Field(ge=1)


WidgetNewFixedSpanType = Literal["fixed"]


class WidgetNewFixedSpan(Generated):
    from_: int = Field(ge=0, alias="from")
    hide_incomplete_cost_data: bool | None = None
    to: int = Field(ge=0)
    type: WidgetNewFixedSpanType


WidgetTime = Annotated[
    WidgetLegacyLiveSpan | WidgetNewLiveSpan | WidgetNewFixedSpan,
    Choice(None, WidgetLegacyLiveSpan, WidgetNewLiveSpan, WidgetNewFixedSpan),
]

WidgetTextAlign = Literal["center", "left", "right"]

AlertGraphWidgetDefinitionType = Literal["alert_graph"]

WidgetVizType = Literal["timeseries", "toplist"]


class AlertGraphWidgetDefinition(Generated):
    alert_id: str
    description: str | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: AlertGraphWidgetDefinitionType
    viz_type: WidgetVizType


AlertValueWidgetDefinitionType = Literal["alert_value"]


class AlertValueWidgetDefinition(Generated):
    alert_id: str
    description: str | None = None
    precision: int | None = None
    text_align: WidgetTextAlign | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: AlertValueWidgetDefinitionType
    unit: str | None = None


class WidgetCustomLink(Generated):
    is_hidden: bool | None = None
    label: str | None = None
    link: str | None = None
    override_label: str | None = None


class LogsQueryCompute(Generated):
    aggregation: str
    facet: str | None = None
    interval: int | None = None


WidgetSort = Literal["asc", "desc"]


class LogQueryDefinitionGroupBySort(Generated):
    aggregation: str
    facet: str | None = None
    order: WidgetSort


class LogQueryDefinitionGroupBy(Generated):
    facet: str
    limit: int | None = None
    sort: LogQueryDefinitionGroupBySort | None = None


class LogQueryDefinitionSearch(Generated):
    query: str


class LogQueryDefinition(Generated):
    compute: LogsQueryCompute | None = None
    group_by: list[LogQueryDefinitionGroupBy] | None = None
    index: str | None = None
    multi_compute: list[LogsQueryCompute] | None = None
    search: LogQueryDefinitionSearch | None = None


WidgetComparator = Literal["<", "<=", "=", ">", ">="]

WidgetPalette = Literal[
    "black_on_light_green",
    "black_on_light_red",
    "black_on_light_yellow",
    "blue",
    "custom_bg",
    "custom_image",
    "custom_text",
    "gray_on_white",
    "green",
    "green_on_white",
    "grey",
    "orange",
    "red",
    "red_on_white",
    "white_on_gray",
    "white_on_green",
    "white_on_red",
    "white_on_yellow",
    "yellow_on_white",
]


class WidgetConditionalFormat(Generated):
    comparator: WidgetComparator
    custom_bg_color: str | None = None
    custom_fg_color: str | None = None
    hide_value: bool | None = None
    image_url: str | None = None
    metric: str | None = None
    palette: WidgetPalette
    timeframe: str | None = None
    value: float


class WidgetConditionalFormatRange(Generated):
    type: Literal["range"]
    palette: str


AnyWidgetConditionalFormat = Annotated[
    WidgetConditionalFormat | WidgetConditionalFormatRange,
    Choice(None, WidgetConditionalFormat, WidgetConditionalFormatRange),
]

TableWidgetCellDisplayMode = Literal["bar", "number", "trend"]

WidgetFormulaCellDisplayModeOptionsTrendType = Literal["area", "bars", "line"]

WidgetFormulaCellDisplayModeOptionsYScale = Literal["independent", "shared"]


class WidgetFormulaCellDisplayModeOptions(Generated):
    trend_type: WidgetFormulaCellDisplayModeOptionsTrendType | None = None
    y_scale: WidgetFormulaCellDisplayModeOptionsYScale | None = None


QuerySortOrder = Literal["asc", "desc"]


class WidgetFormulaLimit(Generated):
    count: int | None = None
    order: QuerySortOrder | None = None


NumberFormatUnitScaleType = Literal["canonical_unit"]


class NumberFormatUnitCanonical(Generated):
    per_unit_name: str | None = None
    type: NumberFormatUnitScaleType | None = None
    unit_name: str | None = None


NumberFormatUnitCustomType = Literal["custom_unit_label"]


class NumberFormatUnitCustom(Generated):
    label: str | None = Field(default=None, max_length=12, min_length=1)
    type: NumberFormatUnitCustomType | None = None


NumberFormatUnit = Annotated[
    NumberFormatUnitCanonical | NumberFormatUnitCustom, Choice(None, NumberFormatUnitCanonical, NumberFormatUnitCustom)
]


class NumberFormatUnitScale(Generated):
    type: NumberFormatUnitScaleType | None = None
    unit_name: str | None = None


class WidgetNumberFormat(Generated):
    unit: NumberFormatUnit | None = None
    unit_scale: NumberFormatUnitScale | None = None


class WidgetFormulaStyle(Generated):
    palette: str | None = None
    palette_index: int | None = None


class WidgetFormula(Generated):
    alias: str | None = None
    cell_display_mode: TableWidgetCellDisplayMode | None = None
    cell_display_mode_options: WidgetFormulaCellDisplayModeOptions | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    formula: str
    limit: WidgetFormulaLimit | None = None
    number_format: WidgetNumberFormat | None = None
    style: WidgetFormulaStyle | None = None


class ProcessQueryDefinition(Generated):
    filter_by: list[str] | None = None
    limit: int | None = Field(default=None, ge=0)
    metric: str
    search_by: str | None = None


FormulaAndFunctionMetricAggregation = Literal["area", "avg", "l2norm", "last", "max", "min", "percentile", "sum"]

FormulaAndFunctionMetricDataSource = Literal["metrics"]

FormulaAndFunctionMetricSemanticMode = Literal["combined", "native"]


class FormulaAndFunctionMetricQueryDefinition(Generated):
    aggregator: FormulaAndFunctionMetricAggregation | None = None
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionMetricDataSource
    name: str
    query: str
    semantic_mode: FormulaAndFunctionMetricSemanticMode | None = None


class FormulaAndFunctionMetricNameQueryDefinition(Generated):
    data_source: FormulaAndFunctionMetricDataSource
    name: str
    metric_name: str
    filter: str | None = None


AnyFormulaAndFunctionMetricQueryDefinition = Annotated[
    FormulaAndFunctionMetricQueryDefinition | FormulaAndFunctionMetricNameQueryDefinition,
    Choice(None, FormulaAndFunctionMetricQueryDefinition, FormulaAndFunctionMetricNameQueryDefinition),
]

FormulaAndFunctionEventAggregation = Literal[
    "avg", "cardinality", "count", "max", "median", "min", "pc75", "pc90", "pc95", "pc98", "pc99", "sum"
]


class FormulaAndFunctionEventQueryDefinitionCompute(Generated):
    aggregation: FormulaAndFunctionEventAggregation
    interval: int | None = None
    metric: str | None = None


FormulaAndFunctionEventsDataSource = Literal[
    "audit",
    "ci_pipelines",
    "ci_tests",
    "errors",
    "events",
    "incident_analytics",
    "llm_observability",
    "logs",
    "network",
    "on_call_events",
    "product_analytics",
    "profiles",
    "rum",
    "security_signals",
    "spans",
]


class FormulaAndFunctionEventQueryGroupBySort(Generated):
    aggregation: FormulaAndFunctionEventAggregation
    metric: str | None = None
    order: QuerySortOrder | None = None


class FormulaAndFunctionEventQueryGroupBy(Generated):
    facet: str
    limit: int | None = None
    sort: FormulaAndFunctionEventQueryGroupBySort | None = None
    should_exclude_missing: bool | None = None


class FormulaAndFunctionEventQueryGroupByFields(Generated):
    fields: list[str]
    limit: int | None = None
    sort: FormulaAndFunctionEventQueryGroupBySort | None = None
    should_exclude_missing: bool | None = None


FormulaAndFunctionEventQueryGroupByConfig = (
    list[FormulaAndFunctionEventQueryGroupBy] | FormulaAndFunctionEventQueryGroupByFields
)


class FormulaAndFunctionEventQueryDefinitionSearch(Generated):
    query: str


class FormulaAndFunctionEventQueryDefinition(Generated):
    compute: FormulaAndFunctionEventQueryDefinitionCompute
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionEventsDataSource
    group_by: FormulaAndFunctionEventQueryGroupByConfig | None = None
    indexes: list[str] | None = None
    name: str
    search: FormulaAndFunctionEventQueryDefinitionSearch | None = None
    storage: str | None = None
    calculated_fields: list[dict[str, Any]] | None = None


FormulaAndFunctionProcessQueryDataSource = Literal["container", "process"]


class FormulaAndFunctionProcessQueryDefinition(Generated):
    aggregator: FormulaAndFunctionMetricAggregation | None = None
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionProcessQueryDataSource
    is_normalized_cpu: bool | None = None
    limit: int | None = None
    metric: str
    name: str
    sort: QuerySortOrder | None = None
    tag_filters: list[str] | None = None
    text_filter: str | None = None


FormulaAndFunctionApmDependencyStatsDataSource = Literal["apm_dependency_stats"]

FormulaAndFunctionApmDependencyStatName = Literal[
    "avg_duration",
    "avg_root_duration",
    "avg_spans_per_trace",
    "error_rate",
    "pct_exec_time",
    "pct_of_traces",
    "total_traces_count",
]


class FormulaAndFunctionApmDependencyStatsQueryDefinition(Generated):
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionApmDependencyStatsDataSource
    env: str
    is_upstream: bool | None = None
    name: str
    operation_name: str
    primary_tag_name: str | None = None
    primary_tag_value: str | None = None
    resource_name: str
    service: str
    stat: FormulaAndFunctionApmDependencyStatName


FormulaAndFunctionApmResourceStatsDataSource = Literal["apm_resource_stats"]

FormulaAndFunctionApmResourceStatName = Literal[
    "error_rate",
    "errors",
    "hits",
    "latency_avg",
    "latency_distribution",
    "latency_max",
    "latency_p50",
    "latency_p75",
    "latency_p90",
    "latency_p95",
    "latency_p99",
]


class FormulaAndFunctionApmResourceStatsQueryDefinition(Generated):
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionApmResourceStatsDataSource
    env: str
    group_by: list[str] | None = None
    name: str
    operation_name: str | None = None
    primary_tag_name: str | None = None
    primary_tag_value: str | None = None
    resource_name: str | None = None
    service: str
    stat: FormulaAndFunctionApmResourceStatName


FormulaAndFunctionApmMetricsDataSource = Literal["apm_metrics"]

FormulaAndFunctionApmMetricsSpanKind = Literal["client", "consumer", "internal", "producer", "server"]

FormulaAndFunctionApmMetricStatName = Literal[
    "apdex",
    "error_rate",
    "errors",
    "errors_per_second",
    "hits",
    "hits_per_second",
    "latency_avg",
    "latency_distribution",
    "latency_max",
    "latency_p50",
    "latency_p75",
    "latency_p90",
    "latency_p95",
    "latency_p99",
    "latency_p999",
    "total_time",
]


class FormulaAndFunctionApmMetricsQueryDefinition(Generated):
    data_source: FormulaAndFunctionApmMetricsDataSource
    group_by: list[str] | None = None
    name: str
    operation_mode: str | None = None
    operation_name: str | None = None
    peer_tags: list[str] | None = None
    query_filter: str | None = None
    resource_hash: str | None = None
    resource_name: str | None = None
    service: str | None = None
    span_kind: FormulaAndFunctionApmMetricsSpanKind | None = None
    stat: FormulaAndFunctionApmMetricStatName


FormulaAndFunctionSLODataSource = Literal["slo"]

FormulaAndFunctionSLOGroupMode = Literal["components", "overall"]

FormulaAndFunctionSLOMeasure = Literal[
    "bad_events",
    "bad_minutes",
    "burn_rate",
    "error_budget_burndown",
    "error_budget_remaining",
    "good_events",
    "good_minutes",
    "slo_status",
]

FormulaAndFunctionSLOQueryType = Literal["metric", "monitor", "time_slice"]


class FormulaAndFunctionSLOQueryDefinition(Generated):
    additional_query_filters: str | None = None
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionSLODataSource
    group_mode: FormulaAndFunctionSLOGroupMode | None = None
    measure: FormulaAndFunctionSLOMeasure
    name: str | None = None
    slo_id: str
    slo_query_type: FormulaAndFunctionSLOQueryType | None = None


WidgetAggregator = Literal["avg", "last", "max", "min", "percentile", "sum"]

FormulaAndFunctionCloudCostDataSource = Literal["cloud_cost"]


class FormulaAndFunctionCloudCostQueryDefinition(Generated):
    aggregator: WidgetAggregator | None = None
    cross_org_uuids: list[str] | None = Field(default=None, max_length=1)
    data_source: FormulaAndFunctionCloudCostDataSource
    name: str
    query: str


class ProductAnalyticsAudienceAccountSubquery(Generated):
    name: str | None = None
    query: str | None = None


class ProductAnalyticsAudienceSegmentSubquery(Generated):
    name: str | None = None
    segment_id: str | None = None


class ProductAnalyticsAudienceUserSubquery(Generated):
    name: str | None = None
    query: str | None = None


class ProductAnalyticsAudienceFilters(Generated):
    accounts: list[ProductAnalyticsAudienceAccountSubquery] | None = None
    filter_condition: str | None = None
    segments: list[ProductAnalyticsAudienceSegmentSubquery] | None = None
    users: list[ProductAnalyticsAudienceUserSubquery] | None = None


CalendarIntervalType = Literal["day", "hour", "minute", "month", "quarter", "week", "year"]


class CalendarInterval(Generated):
    alignment: str | None = None
    quantity: int | None = None
    timezone: str | None = None
    type: CalendarIntervalType


class ProductAnalyticsExtendedCompute(Generated):
    aggregation: FormulaAndFunctionEventAggregation
    interval: float | None = None
    metric: str | None = None
    name: str | None = None
    rollup: CalendarInterval | None = None


FormulaAndFunctionProductAnalyticsExtendedDataSource = Literal["product_analytics_extended"]


class ProductAnalyticsExtendedGroupBy(Generated):
    facet: str
    limit: int | None = Field(default=None, le=10000)
    should_exclude_missing: bool | None = None
    sort: FormulaAndFunctionEventQueryGroupBySort | None = None


FormulaAndFunctionProductAnalyticsExtendedQueryDefinitionIndexesItems = Literal["*"]

ProductAnalyticsEventDataSource = Literal["product_analytics"]


class ProductAnalyticsEventQuerySearch(Generated):
    query: str


class ProductAnalyticsBaseQuery(Generated):
    data_source: ProductAnalyticsEventDataSource
    search: ProductAnalyticsEventQuerySearch


class FormulaAndFunctionProductAnalyticsExtendedQueryDefinition(Generated):
    audience_filters: ProductAnalyticsAudienceFilters | None = None
    compute: ProductAnalyticsExtendedCompute
    data_source: FormulaAndFunctionProductAnalyticsExtendedDataSource
    group_by: list[ProductAnalyticsExtendedGroupBy] | None = None
    indexes: list[FormulaAndFunctionProductAnalyticsExtendedQueryDefinitionIndexesItems] | None = None
    name: str
    query: ProductAnalyticsBaseQuery


UserJourneyFormulaComputeMetric = Literal["__dd.conversion", "__dd.conversion_rate", "__dd.time_to_convert"]


class UserJourneySearchTarget(Generated):
    end: str | None = None
    start: str | None = None
    type: str
    value: str | None = None


class UserJourneyFormulaCompute(Generated):
    aggregation: FormulaAndFunctionEventAggregation
    interval: float | None = None
    metric: UserJourneyFormulaComputeMetric | None = None
    target: UserJourneySearchTarget | None = None


ProductAnalyticsFunnelDataSource = Literal["product_analytics_journey"]


class UserJourneyFormulaGroupBy(Generated):
    facet: str
    limit: int | None = Field(default=None, le=10000)
    should_exclude_missing: bool | None = None
    sort: FormulaAndFunctionEventQueryGroupBySort | None = None
    target: UserJourneySearchTarget | None = None


class UserJourneySearchGraphFilter(Generated):
    name: str | None = None
    operator: str | None = None
    target: UserJourneySearchTarget | None = None
    value: int | None = None


class UserJourneySearchFilters(Generated):
    audience_filters: ProductAnalyticsAudienceFilters | None = None
    graph_filters: list[UserJourneySearchGraphFilter] | None = None
    string_filter: str | None = None


class UserJourneyJoinKeys(Generated):
    primary: str
    secondary: list[str] | None = None


class UserJourneySearch(Generated):
    expression: str
    filters: UserJourneySearchFilters | None = None
    join_keys: UserJourneyJoinKeys | None = None
    node_objects: dict[str, ProductAnalyticsBaseQuery]
    step_aliases: dict[str, str] | None = None


class FormulaAndFunctionUserJourneyQueryDefinition(Generated):
    compute: UserJourneyFormulaCompute
    data_source: ProductAnalyticsFunnelDataSource
    group_by: list[UserJourneyFormulaGroupBy] | None = None
    name: str
    search: UserJourneySearch


EventsAggregation = str

RetentionComputeMetric = Literal["__dd.retention", "__dd.retention_rate"]


class RetentionCompute(Generated):
    aggregation: EventsAggregation
    metric: RetentionComputeMetric


RetentionDataSource = Literal["product_analytics_retention"]


class RetentionGroupBySort(Generated):
    order: WidgetSort | None = None


RetentionGroupByTarget = Literal["cohort", "return_period"]


class RetentionGroupBy(Generated):
    facet: str
    limit: int | None = None
    should_exclude_missing: bool | None = None
    sort: RetentionGroupBySort | None = None
    source: str | None = None
    target: RetentionGroupByTarget


RetentionCohortCriteriaTimeIntervalType = Literal["calendar"]


class RetentionCohortCriteriaTimeInterval(Generated):
    type: RetentionCohortCriteriaTimeIntervalType
    value: CalendarInterval


class RetentionCohortCriteria(Generated):
    base_query: ProductAnalyticsBaseQuery
    time_interval: RetentionCohortCriteriaTimeInterval


class RetentionFilters(Generated):
    audience_filters: ProductAnalyticsAudienceFilters | None = None
    string_filter: str | None = None


RetentionEntity = Literal["@account.id", "@usr.id"]

RetentionReturnCondition = Literal["conversion_on", "conversion_on_or_after"]

RetentionReturnCriteriaTimeIntervalType = Literal["fixed"]

RetentionReturnCriteriaTimeIntervalUnit = Literal["day", "month", "week"]


class RetentionReturnCriteriaTimeInterval(Generated):
    type: RetentionReturnCriteriaTimeIntervalType
    unit: RetentionReturnCriteriaTimeIntervalUnit
    value: float


class RetentionReturnCriteria(Generated):
    base_query: ProductAnalyticsBaseQuery
    time_interval: RetentionReturnCriteriaTimeInterval | None = None


class RetentionSearch(Generated):
    cohort_criteria: RetentionCohortCriteria
    filters: RetentionFilters | None = None
    retention_entity: RetentionEntity
    return_condition: RetentionReturnCondition
    return_criteria: RetentionReturnCriteria | None = None


class FormulaAndFunctionRetentionQueryDefinition(Generated):
    compute: RetentionCompute
    data_source: RetentionDataSource
    group_by: list[RetentionGroupBy] | None = None
    name: str
    search: RetentionSearch


FormulaAndFunctionQueryDefinition = Annotated[
    FormulaAndFunctionMetricQueryDefinition
    | FormulaAndFunctionMetricNameQueryDefinition
    | FormulaAndFunctionEventQueryDefinition
    | FormulaAndFunctionProcessQueryDefinition
    | FormulaAndFunctionApmDependencyStatsQueryDefinition
    | FormulaAndFunctionApmResourceStatsQueryDefinition
    | FormulaAndFunctionApmMetricsQueryDefinition
    | FormulaAndFunctionSLOQueryDefinition
    | FormulaAndFunctionCloudCostQueryDefinition
    | FormulaAndFunctionProductAnalyticsExtendedQueryDefinition
    | FormulaAndFunctionUserJourneyQueryDefinition
    | FormulaAndFunctionRetentionQueryDefinition,
    Choice(
        "data_source",
        FormulaAndFunctionMetricQueryDefinition,
        FormulaAndFunctionMetricNameQueryDefinition,
        FormulaAndFunctionEventQueryDefinition,
        FormulaAndFunctionProcessQueryDefinition,
        FormulaAndFunctionApmDependencyStatsQueryDefinition,
        FormulaAndFunctionApmResourceStatsQueryDefinition,
        FormulaAndFunctionApmMetricsQueryDefinition,
        FormulaAndFunctionSLOQueryDefinition,
        FormulaAndFunctionCloudCostQueryDefinition,
        FormulaAndFunctionProductAnalyticsExtendedQueryDefinition,
        FormulaAndFunctionUserJourneyQueryDefinition,
        FormulaAndFunctionRetentionQueryDefinition,
    ),
]

FormulaAndFunctionResponseFormat = Literal["event_list", "scalar", "timeseries"]

FormulaType = Literal["formula"]


class WidgetFormulaSort(Generated):
    index: int | None = Field(default=None, ge=0)
    order: WidgetSort
    type: FormulaType


GroupType = Literal["group"]


class WidgetGroupSort(Generated):
    name: str
    order: WidgetSort
    type: GroupType


WidgetSortOrderBy = Annotated[WidgetFormulaSort | WidgetGroupSort, Choice("type", WidgetFormulaSort, WidgetGroupSort)]


class WidgetSortBy(Generated):
    count: int | None = Field(default=None, ge=0)
    order_by: list[WidgetSortOrderBy] | None = None


WidgetLineType = Literal["dashed", "dotted", "solid"]

WidgetLineWidth = Literal["normal", "thick", "thin"]

WidgetStyleOrderBy = Literal["tags", "values"]


class WidgetRequestStyle(Generated):
    line_type: WidgetLineType | None = None
    line_width: WidgetLineWidth | None = None
    order_by: WidgetStyleOrderBy | None = None
    palette: str | None = None
    color_order: str | None = None
    order_reverse: bool | None = None


class BarChartWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    audit_query: LogQueryDefinition | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    sort: WidgetSortBy | None = None
    style: WidgetRequestStyle | None = None


BarChartWidgetLegend = Literal["automatic", "inline", "none"]

BarChartWidgetStackedType = Literal["stacked"]


class BarChartWidgetStacked(Generated):
    legend: BarChartWidgetLegend | None = None
    type: BarChartWidgetStackedType


BarChartWidgetFlatType = Literal["flat"]


class BarChartWidgetFlat(Generated):
    type: BarChartWidgetFlatType


BarChartWidgetDisplay = Annotated[
    BarChartWidgetStacked | BarChartWidgetFlat, Choice("type", BarChartWidgetStacked, BarChartWidgetFlat)
]

BarChartWidgetScaling = Literal["absolute", "relative"]


class BarChartWidgetStyle(Generated):
    display: BarChartWidgetDisplay | None = None
    palette: str | None = None
    scaling: BarChartWidgetScaling | None = None


BarChartWidgetDefinitionType = Literal["bar_chart"]


class BarChartWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: list[BarChartWidgetRequest] = Field(max_length=1, min_length=1)
    style: BarChartWidgetStyle | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: BarChartWidgetDefinitionType


WidgetChangeType = Literal["absolute", "relative"]

WidgetCompareTo = Literal["day_before", "hour_before", "month_before", "week_before"]

WidgetOrderBy = Literal["change", "name", "past", "present"]


class ChangeWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    change_type: WidgetChangeType | None = None
    compare_to: WidgetCompareTo | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    increase_good: bool | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    order_by: WidgetOrderBy | None = None
    order_dir: WidgetSort | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    show_present: bool | None = None


ChangeWidgetDefinitionType = Literal["change"]


class ChangeWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: list[ChangeWidgetRequest] = Field(max_length=1, min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: ChangeWidgetDefinitionType


WidgetGrouping = Literal["check", "cluster"]

CheckStatusWidgetDefinitionType = Literal["check_status"]


class CheckStatusWidgetDefinition(Generated):
    check: str
    description: str | None = None
    group: str | None = None
    group_by: list[str] | None = None
    grouping: WidgetGrouping
    tags: list[str] | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: CheckStatusWidgetDefinitionType


class RetentionQuery(Generated):
    compute: RetentionCompute
    data_source: RetentionDataSource
    filters: RetentionFilters | None = None
    group_by: list[RetentionGroupBy] | None = None
    name: str | None = None
    search: RetentionSearch


RetentionGridRequestType = Literal["retention_grid"]


class RetentionGridRequest(Generated):
    query: RetentionQuery
    request_type: RetentionGridRequestType


CohortWidgetDefinitionType = Literal["cohort"]


class CohortWidgetDefinition(Generated):
    description: str | None = None
    requests: list[RetentionGridRequest] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: CohortWidgetDefinitionType


class WidgetMarker(Generated):
    display_type: str | None = None
    label: str | None = None
    time: str | None = None
    value: str


class ApmStatsQueryColumnType(Generated):
    alias: str | None = None
    cell_display_mode: TableWidgetCellDisplayMode | None = None
    name: str
    order: WidgetSort | None = None


ApmStatsQueryRowType = Literal["resource", "service", "span"]


class ApmStatsQueryDefinition(Generated):
    columns: list[ApmStatsQueryColumnType] | None = None
    env: str
    name: str
    primary_tag: str
    resource: str | None = None
    row_type: ApmStatsQueryRowType
    service: str


DistributionWidgetHistogramRequestQuery = Annotated[
    FormulaAndFunctionMetricQueryDefinition
    | FormulaAndFunctionMetricNameQueryDefinition
    | FormulaAndFunctionEventQueryDefinition
    | FormulaAndFunctionApmResourceStatsQueryDefinition
    | FormulaAndFunctionApmMetricsQueryDefinition,
    Choice(
        "data_source",
        FormulaAndFunctionMetricQueryDefinition,
        FormulaAndFunctionMetricNameQueryDefinition,
        FormulaAndFunctionEventQueryDefinition,
        FormulaAndFunctionApmResourceStatsQueryDefinition,
        FormulaAndFunctionApmMetricsQueryDefinition,
    ),
]

WidgetHistogramRequestType = Literal["histogram"]


class WidgetStyle(Generated):
    palette: str | None = None


class DistributionWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    apm_stats_query: ApmStatsQueryDefinition | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    query: DistributionWidgetHistogramRequestQuery | None = None
    request_type: WidgetHistogramRequestType | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    style: WidgetStyle | None = None


DistributionWidgetDefinitionType = Literal["distribution"]


class DistributionWidgetXAxis(Generated):
    include_zero: bool | None = None
    max: str | None = None
    min: str | None = None
    num_buckets: int | None = Field(default=None, ge=1)
    scale: str | None = None


class DistributionWidgetYAxis(Generated):
    include_zero: bool | None = None
    label: str | None = None
    max: str | None = None
    min: str | None = None
    scale: str | None = None


class DistributionWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    legend_size: str | None = None
    markers: list[WidgetMarker] | None = None
    requests: list[DistributionWidgetRequest] = Field(max_length=1, min_length=1)
    show_legend: bool | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: DistributionWidgetDefinitionType
    xaxis: DistributionWidgetXAxis | None = None
    yaxis: DistributionWidgetYAxis | None = None


class EmbeddedAppWidgetInput(Generated):
    name: str
    value: Any


EmbeddedAppWidgetDefinitionType = Literal["embedded_app"]


class EmbeddedAppWidgetDefinition(Generated):
    app_id: str | None = None
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = Field(default=None, max_length=5000)
    inputs: list[EmbeddedAppWidgetInput] | None = None
    template_id: str | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: EmbeddedAppWidgetDefinitionType


WidgetEventSize = Literal["l", "s"]

EventStreamWidgetDefinitionType = Literal["event_stream"]


class EventStreamWidgetDefinition(Generated):
    description: str | None = None
    event_size: WidgetEventSize | None = None
    query: str
    tags_execution: str | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: EventStreamWidgetDefinitionType


EventTimelineWidgetDefinitionType = Literal["event_timeline"]


class EventTimelineWidgetDefinition(Generated):
    description: str | None = None
    query: str
    tags_execution: str | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: EventTimelineWidgetDefinitionType


FreeTextWidgetDefinitionType = Literal["free_text"]


class FreeTextWidgetDefinition(Generated):
    background_color: str | None = None
    color: str | None = None
    font_size: str | None = None
    text: str
    text_align: WidgetTextAlign | None = None
    type: FreeTextWidgetDefinitionType


FunnelGroupedDisplay = Literal["side_by_side", "stacked"]

FunnelSource = Literal["rum"]


class FunnelStep(Generated):
    facet: str
    value: str


class FunnelQuery(Generated):
    data_source: FunnelSource
    query_string: str
    steps: list[FunnelStep]


FunnelRequestType = Literal["funnel"]


class FunnelWidgetRequest(Generated):
    query: FunnelQuery
    request_type: FunnelRequestType


FunnelWidgetDefinitionType = Literal["funnel"]


class FunnelWidgetDefinition(Generated):
    description: str | None = None
    grouped_display: FunnelGroupedDisplay | None = None
    requests: list[FunnelWidgetRequest] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: FunnelWidgetDefinitionType


class FunnelComparisonCustomTimeframe(Generated):
    from_: float = Field(alias="from")
    to: float


FunnelComparisonDurationType = Literal[
    "custom_timeframe", "previous_day", "previous_month", "previous_timeframe", "previous_week"
]


class FunnelComparisonDuration(Generated):
    custom_timeframe: FunnelComparisonCustomTimeframe | None = None
    type: FunnelComparisonDurationType


ProductAnalyticsFunnelComputeAggregation = Literal["cardinality", "count"]

ProductAnalyticsFunnelComputeMetric = Literal["__dd.conversion", "__dd.conversion_rate"]


class ProductAnalyticsFunnelCompute(Generated):
    aggregation: ProductAnalyticsFunnelComputeAggregation
    metric: ProductAnalyticsFunnelComputeMetric


class ProductAnalyticsFunnelGroupBySort(Generated):
    aggregation: str
    metric: str | None = None
    order: WidgetSort | None = None


class ProductAnalyticsFunnelGroupBy(Generated):
    facet: str
    limit: int | None = None
    should_exclude_missing: bool | None = None
    sort: ProductAnalyticsFunnelGroupBySort | None = None
    target: UserJourneySearchTarget | None = None


class ProductAnalyticsFunnelQuery(Generated):
    compute: ProductAnalyticsFunnelCompute | None = None
    data_source: ProductAnalyticsFunnelDataSource
    group_by: list[ProductAnalyticsFunnelGroupBy] | None = None
    search: UserJourneySearch
    subquery_id: str | None = None


ProductAnalyticsFunnelRequestType = Literal["user_journey_funnel"]


class ProductAnalyticsFunnelRequest(Generated):
    comparison_segments: list[str] | None = Field(default=None, min_length=1)
    comparison_time: FunnelComparisonDuration | None = None
    query: ProductAnalyticsFunnelQuery
    request_type: ProductAnalyticsFunnelRequestType


class ProductAnalyticsFunnelWidgetDefinition(Generated):
    description: str | None = None
    grouped_display: FunnelGroupedDisplay | None = None
    requests: list[ProductAnalyticsFunnelRequest] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: FunnelWidgetDefinitionType


ListStreamColumnWidth = Literal["auto", "compact", "full"]


class ListStreamColumn(Generated):
    field: str
    width: ListStreamColumnWidth


ListStreamComputeAggregation = Literal[
    "avg",
    "cardinality",
    "count",
    "earliest",
    "latest",
    "max",
    "median",
    "min",
    "most_frequent",
    "pc75",
    "pc90",
    "pc95",
    "pc98",
    "pc99",
    "sum",
]


class ListStreamComputeItems(Generated):
    aggregation: ListStreamComputeAggregation
    facet: str | None = None


ListStreamSource = Literal[
    "apm_issue_stream",
    "audit_stream",
    "case_stream",
    "ci_pipeline_stream",
    "ci_test_stream",
    "event_stream",
    "incidents_stream",
    "issue_stream",
    "llm_observability_stream",
    "logs_issue_stream",
    "logs_pattern_stream",
    "logs_stream",
    "logs_transaction_stream",
    "rum_issue_stream",
    "rum_stream",
    "security_runtime_stream",
    "security_signals_stream",
    "trace_stream",
]


class ListStreamGroupByItems(Generated):
    facet: str


ListStreamIssuePersona = Literal["all", "backend", "browser", "mobile"]


class WidgetFieldSort(Generated):
    column: str
    order: WidgetSort


ListStreamIssueState = Literal["ACKNOWLEDGED", "IGNORED", "OPEN", "RESOLVED"]

ListStreamQueryVersion = Literal["sequential_query"]


class ListStreamQuery(Generated):
    assignee_uuids: list[str] | None = None
    clustering_pattern_field_path: str | None = None
    compute: list[ListStreamComputeItems] | None = Field(default=None, max_length=5, min_length=1)
    data_source: ListStreamSource
    event_size: WidgetEventSize | None = None
    group_by: list[ListStreamGroupByItems] | None = Field(default=None, max_length=4)
    indexes: list[str] | None = None
    persona: ListStreamIssuePersona | None = None
    query_string: str
    sort: WidgetFieldSort | None = None
    states: list[ListStreamIssueState] | None = None
    storage: str | None = None
    suspected_causes: list[str] | None = None
    team_handles: list[str] | None = None
    version: ListStreamQueryVersion | None = None
    calculated_fields: list[dict[str, Any]] | None = None


class GeomapWidgetRequestStyle(Generated):
    color_by: str | None = None


TableWidgetTextFormatMatchType = Literal["contains", "does_not_contain", "ends_with", "is", "is_not", "starts_with"]


class TableWidgetTextFormatMatch(Generated):
    type: TableWidgetTextFormatMatchType
    value: str


TableWidgetTextFormatPalette = Literal[
    "black_on_light_green",
    "black_on_light_red",
    "black_on_light_yellow",
    "custom_bg",
    "custom_text",
    "green_on_white",
    "red_on_white",
    "white_on_green",
    "white_on_red",
    "white_on_yellow",
    "yellow_on_white",
]

TableWidgetTextFormatReplaceAllType = Literal["all"]


class TableWidgetTextFormatReplaceAll(Generated):
    type: TableWidgetTextFormatReplaceAllType
    with_: str = Field(alias="with")


TableWidgetTextFormatReplaceSubstringType = Literal["substring"]


class TableWidgetTextFormatReplaceSubstring(Generated):
    substring: str
    type: TableWidgetTextFormatReplaceSubstringType
    with_: str = Field(alias="with")


TableWidgetTextFormatReplace = Annotated[
    TableWidgetTextFormatReplaceAll | TableWidgetTextFormatReplaceSubstring,
    Choice("type", TableWidgetTextFormatReplaceAll, TableWidgetTextFormatReplaceSubstring),
]


class TableWidgetTextFormatRule(Generated):
    custom_bg_color: str | None = None
    custom_fg_color: str | None = None
    match: TableWidgetTextFormatMatch
    palette: TableWidgetTextFormatPalette | None = None
    replace: TableWidgetTextFormatReplace | None = None


class GeomapWidgetRequest(Generated):
    columns: list[ListStreamColumn] | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    query: ListStreamQuery | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    sort: WidgetSortBy | None = None
    style: GeomapWidgetRequestStyle | None = None
    text_formats: list[TableWidgetTextFormatRule] | None = None


class GeomapWidgetDefinitionStyle(Generated):
    palette: str
    palette_flip: bool


GeomapWidgetDefinitionType = Literal["geomap"]


class GeomapWidgetDefinitionView(Generated):
    focus: str


class GeomapWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: list[GeomapWidgetRequest] = Field(max_length=2, min_length=1)
    style: GeomapWidgetDefinitionStyle
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: GeomapWidgetDefinitionType
    view: GeomapWidgetDefinitionView


WidgetLayoutType = Literal["ordered"]

GroupWidgetDefinitionType = Literal["group"]


class GroupWidgetDefinition(Generated):
    background_color: str | None = None
    banner_img: str | None = None
    layout_type: WidgetLayoutType
    show_title: bool | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    type: GroupWidgetDefinitionType
    widgets: list[Any]
    title_size: str | None = None


HeatgridGradientMode = Literal["gradient"]

HeatgridCustomColorSource = Literal["custom"]

HeatgridColor = str | list[str]


class HeatgridColorStop(Generated):
    color: HeatgridColor
    position: int = Field(le=100, ge=0)


class HeatgridGradientCustomColor(Generated):
    mode: HeatgridGradientMode
    source: HeatgridCustomColorSource
    stops: list[HeatgridColorStop] = Field(max_length=6, min_length=2)


HeatgridPresetColorSource = Literal["preset"]


class HeatgridGradientPresetColor(Generated):
    mode: HeatgridGradientMode
    preset_name: str
    source: HeatgridPresetColorSource


class HeatgridColorBin(Generated):
    color: HeatgridColor
    lower_bound: float | None = None


HeatgridDiscreteMode = Literal["discrete"]


class HeatgridDiscreteCustomColor(Generated):
    bins: list[HeatgridColorBin] = Field(max_length=6, min_length=2)
    mode: HeatgridDiscreteMode
    source: HeatgridCustomColorSource


class HeatgridDiscretePresetColor(Generated):
    mode: HeatgridDiscreteMode
    preset_name: str
    source: HeatgridPresetColorSource


HeatgridColorConfig = Annotated[
    HeatgridGradientCustomColor
    | HeatgridGradientPresetColor
    | HeatgridDiscreteCustomColor
    | HeatgridDiscretePresetColor,
    Choice(
        None,
        HeatgridGradientCustomColor,
        HeatgridGradientPresetColor,
        HeatgridDiscreteCustomColor,
        HeatgridDiscretePresetColor,
    ),
]

HeatgridLabelColumnWidth = Literal["l", "m", "s", "xl", "xs"]


class HeatgridLabelColumn(Generated):
    width: HeatgridLabelColumnWidth


class HeatgridLegend(Generated):
    show_caption: bool | None = None


class HeatgridWidgetFormula(Generated):
    alias: str | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    formula: str
    limit: WidgetFormulaLimit | None = None
    number_format: WidgetNumberFormat | None = None
    style: WidgetFormulaStyle | None = None


HeatgridWidgetResponseFormat = Literal["timeseries"]


class HeatgridWidgetRequest(Generated):
    formulas: list[HeatgridWidgetFormula] | None = None
    queries: list[FormulaAndFunctionQueryDefinition]
    response_format: HeatgridWidgetResponseFormat


HeatgridNestingDisplay = Literal["flat"]

HeatgridSortAggregation = Literal["avg", "max", "min", "sum"]

HeatgridSortOrder = Literal["asc", "desc"]

HeatgridSortByValueProperty = Literal["value"]


class HeatgridSortByValue(Generated):
    aggregation: HeatgridSortAggregation
    order: HeatgridSortOrder
    property: HeatgridSortByValueProperty


HeatgridSortByLabelProperty = Literal["label"]


class HeatgridSortByLabel(Generated):
    order: HeatgridSortOrder
    property: HeatgridSortByLabelProperty


HeatgridSortBy = Annotated[
    HeatgridSortByValue | HeatgridSortByLabel, Choice("property", HeatgridSortByValue, HeatgridSortByLabel)
]


class HeatgridSort(Generated):
    nesting_display: HeatgridNestingDisplay
    sort_by: HeatgridSortBy


HeatgridWidgetDefinitionType = Literal["heatgrid"]


class HeatgridWidgetDefinition(Generated):
    color: HeatgridColorConfig | None = None
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    label_column: HeatgridLabelColumn | None = None
    legend: HeatgridLegend | None = None
    requests: list[HeatgridWidgetRequest] = Field(min_length=1)
    sort: HeatgridSort
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: HeatgridWidgetDefinitionType


class WidgetEvent(Generated):
    q: str
    tags_execution: str | None = None


class EventQueryDefinition(Generated):
    search: str
    tags_execution: str


class HeatMapWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    event_query: EventQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    query: AnyFormulaAndFunctionMetricQueryDefinition | None = None
    request_type: WidgetHistogramRequestType | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    style: WidgetStyle | None = None


HeatMapWidgetDefinitionType = Literal["heatmap"]


class HeatMapWidgetXAxis(Generated):
    num_buckets: int | None = None


class WidgetAxis(Generated):
    include_zero: bool | None = None
    label: str | None = None
    max: str | None = None
    min: str | None = None
    scale: str | None = None


class HeatMapWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    events: list[WidgetEvent] | None = None
    legend_size: str | None = None
    markers: list[WidgetMarker] | None = None
    requests: list[HeatMapWidgetRequest] = Field(max_length=1, min_length=1)
    show_legend: bool | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: HeatMapWidgetDefinitionType
    xaxis: HeatMapWidgetXAxis | None = None
    yaxis: WidgetAxis | None = None


WidgetNodeType = Literal["container", "host"]

HostMapWidgetDimension = Literal["fill", "group", "node", "size"]


class HostMapWidgetFormula(Generated):
    alias: str | None = None
    dimension: HostMapWidgetDimension
    formula: str
    number_format: WidgetNumberFormat | None = None


HostMapWidgetScalarRequestResponseFormat = Literal["scalar"]


class HostMapWidgetScalarRequest(Generated):
    formulas: list[HostMapWidgetFormula]
    queries: list[FormulaAndFunctionQueryDefinition]
    response_format: HostMapWidgetScalarRequestResponseFormat


class HostMapWidgetGroupBy(Generated):
    column: str
    key: str | None = None


HostMapWidgetNodeType = Literal["cluster", "container", "host", "pod"]

HostMapWidgetInfrastructureRequestRequestType = Literal["infrastructure_hostmap"]


class HostMapWidgetInfrastructureStyle(Generated):
    fill_max: float | None = None
    fill_min: float | None = None
    palette: str | None = None
    palette_flip: bool | None = None


class HostMapWidgetInfrastructureRequestLeaf(Generated):
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    enrichments: list[HostMapWidgetScalarRequest]
    filter: str | None = None
    group_by: list[HostMapWidgetGroupBy] | None = None
    no_group_hosts: bool | None = None
    no_metric_hosts: bool | None = None
    node_type: HostMapWidgetNodeType
    request_type: HostMapWidgetInfrastructureRequestRequestType
    style: HostMapWidgetInfrastructureStyle | None = None


class HostMapWidgetInfrastructureRequest(Generated):
    child: HostMapWidgetInfrastructureRequestLeaf | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    enrichments: list[HostMapWidgetScalarRequest]
    filter: str | None = None
    group_by: list[HostMapWidgetGroupBy] | None = None
    no_group_hosts: bool | None = None
    no_metric_hosts: bool | None = None
    node_type: HostMapWidgetNodeType
    request_type: HostMapWidgetInfrastructureRequestRequestType
    style: HostMapWidgetInfrastructureStyle | None = None


class HostMapRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    event_query: LogQueryDefinition | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None


class HostMapWidgetProjectionDimensionMapping(Generated):
    alias: str | None = None
    column: str
    dimension: HostMapWidgetDimension
    number_format: WidgetNumberFormat | None = None


HostMapWidgetProjectionType = Literal["hostmap"]


class HostMapWidgetProjection(Generated):
    dimensions: list[HostMapWidgetProjectionDimensionMapping]
    type: HostMapWidgetProjectionType


DatasetListQueryDataSourceType = Literal["dataset"]

PublishedDatasetProvider = Literal["ddsql_query"]


class DatasetListQuerySortField(Generated):
    name: str
    order: QuerySortOrder


class DatasetListQuerySort(Generated):
    fields: list[DatasetListQuerySortField]


class DatasetListQuery(Generated):
    data_source: DatasetListQueryDataSourceType
    dataset_id: str
    dataset_provider: PublishedDatasetProvider
    filter: str | None = None
    limit: int | None = None
    sort: DatasetListQuerySort | None = None


HostMapWidgetDefinitionRequestType = Literal["data_projection", "infrastructure_hostmap"]


class HostMapWidgetDefinitionRequests(Generated):
    child: HostMapWidgetInfrastructureRequest | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    enrichments: list[HostMapWidgetScalarRequest] | None = None
    fill: HostMapRequest | None = None
    filter: str | None = None
    group_by: list[HostMapWidgetGroupBy] | None = None
    limit: int | None = None
    no_group_hosts: bool | None = None
    no_metric_hosts: bool | None = None
    node_type: HostMapWidgetNodeType | None = None
    projection: HostMapWidgetProjection | None = None
    query: DatasetListQuery | None = None
    request_type: HostMapWidgetDefinitionRequestType | None = None
    size: HostMapRequest | None = None
    style: HostMapWidgetInfrastructureStyle | None = None


class HostMapWidgetDefinitionStyle(Generated):
    fill_max: str | None = None
    fill_min: str | None = None
    palette: str | None = None
    palette_flip: bool | None = None


HostMapWidgetDefinitionType = Literal["hostmap"]


class HostMapWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    group: list[str] | None = None
    no_group_hosts: bool | None = None
    no_metric_hosts: bool | None = None
    node_type: WidgetNodeType | None = None
    notes: str | None = None
    requests: HostMapWidgetDefinitionRequests
    scope: list[str] | None = None
    style: HostMapWidgetDefinitionStyle | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: HostMapWidgetDefinitionType


IFrameWidgetDefinitionType = Literal["iframe"]


class IFrameWidgetDefinition(Generated):
    type: IFrameWidgetDefinitionType
    url: str


WidgetHorizontalAlign = Literal["center", "left", "right"]

WidgetMargin = Literal["large", "lg", "md", "sm", "small"]

WidgetImageSizing = Literal["center", "contain", "cover", "fill", "fit", "none", "scale-down", "zoom"]

ImageWidgetDefinitionType = Literal["image"]

WidgetVerticalAlign = Literal["bottom", "center", "top"]


class ImageWidgetDefinition(Generated):
    has_background: bool | None = None
    has_border: bool | None = None
    horizontal_align: WidgetHorizontalAlign | None = None
    margin: WidgetMargin | None = None
    sizing: WidgetImageSizing | None = None
    type: ImageWidgetDefinitionType
    url: str
    url_dark_theme: str | None = None
    vertical_align: WidgetVerticalAlign | None = None


ListStreamResponseFormat = Literal["event_list"]


class ListStreamWidgetRequest(Generated):
    columns: list[ListStreamColumn]
    query: ListStreamQuery
    response_format: ListStreamResponseFormat


ListStreamWidgetDefinitionType = Literal["list_stream"]


class ListStreamWidgetDefinition(Generated):
    description: str | None = None
    legend_size: str | None = None
    requests: list[ListStreamWidgetRequest] = Field(max_length=1, min_length=1)
    show_legend: bool | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: ListStreamWidgetDefinitionType


WidgetMessageDisplay = Literal["expanded-lg", "expanded-md", "inline"]

LogStreamWidgetDefinitionType = Literal["log_stream"]


class LogStreamWidgetDefinition(Generated):
    columns: list[str] | None = None
    description: str | None = None
    indexes: list[str] | None = None
    logset: str | None = None
    message_display: WidgetMessageDisplay | None = None
    query: str | None = None
    show_date_column: bool | None = None
    show_message_column: bool | None = None
    sort: WidgetFieldSort | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: LogStreamWidgetDefinitionType


WidgetColorPreference = Literal["background", "text"]

WidgetMonitorSummaryDisplayFormat = Literal["counts", "countsAndList", "list"]

WidgetMonitorSummarySort = Literal[
    "group",
    "group,asc",
    "group,desc",
    "name",
    "name,asc",
    "name,desc",
    "priority,asc",
    "priority,desc",
    "status",
    "status,asc",
    "status,desc",
    "tags",
    "tags,asc",
    "tags,desc",
    "triggered",
    "triggered,asc",
    "triggered,desc",
]

WidgetSummaryType = Literal["combined", "groups", "monitors"]

MonitorSummaryWidgetDefinitionType = Literal["manage_status"]


class MonitorSummaryWidgetDefinition(Generated):
    color_preference: WidgetColorPreference | None = None
    count: int | None = None
    description: str | None = None
    display_format: WidgetMonitorSummaryDisplayFormat | None = None
    hide_zero_counts: bool | None = None
    query: str
    show_last_triggered: bool | None = None
    show_priority: bool | None = None
    sort: WidgetMonitorSummarySort | None = None
    start: int | None = None
    summary_type: WidgetSummaryType | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: MonitorSummaryWidgetDefinitionType
    last_triggered_format: str | None = None
    show_status: bool | None = None


WidgetTickEdge = Literal["bottom", "left", "right", "top"]

NoteWidgetDefinitionType = Literal["note"]


class NoteWidgetDefinition(Generated):
    background_color: str | None = None
    content: str
    font_size: str | None = None
    has_padding: bool | None = None
    show_tick: bool | None = None
    text_align: WidgetTextAlign | None = None
    tick_edge: WidgetTickEdge | None = None
    tick_pos: str | None = None
    type: NoteWidgetDefinitionType
    vertical_align: WidgetVerticalAlign | None = None
    title_size: str | None = None
    title_align: WidgetTextAlign | None = None
    title: str | None = None


class PowerpackTemplateVariableContents(Generated):
    name: str
    prefix: str | None = None
    values: list[str]


class PowerpackTemplateVariables(Generated):
    controlled_by_powerpack: list[PowerpackTemplateVariableContents] | None = None
    controlled_externally: list[PowerpackTemplateVariableContents] | None = None


PowerpackWidgetDefinitionType = Literal["powerpack"]


class PowerpackWidgetDefinition(Generated):
    background_color: str | None = None
    banner_img: str | None = None
    powerpack_id: str
    show_title: bool | None = None
    template_variables: PowerpackTemplateVariables | None = None
    title: str | None = None
    type: PowerpackWidgetDefinitionType
    title_size: str | None = None
    title_align: WidgetTextAlign | None = None


PointPlotWidgetLegendType = Literal["automatic", "none"]


class PointPlotWidgetLegend(Generated):
    type: PointPlotWidgetLegendType


PointPlotDimension = Literal["group", "radius", "time", "y"]


class PointPlotProjectionDimension(Generated):
    alias: str | None = None
    column: str
    dimension: PointPlotDimension


PointPlotProjectionType = Literal["point_plot"]


class PointPlotProjection(Generated):
    dimensions: list[PointPlotProjectionDimension]
    extra_columns: list[str] | None = None
    type: PointPlotProjectionType


class DataProjectionQuery(Generated):
    data_source: str
    indexes: list[str] | None = None
    query_string: str
    storage: str | None = None


DataProjectionRequestType = Literal["data_projection"]


class PointPlotWidgetRequest(Generated):
    limit: int | None = None
    projection: PointPlotProjection
    query: DataProjectionQuery
    request_type: DataProjectionRequestType


PointPlotWidgetDefinitionType = Literal["point_plot"]


class PointPlotWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    legend: PointPlotWidgetLegend | None = None
    markers: list[WidgetMarker] | None = None
    requests: list[PointPlotWidgetRequest]
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: PointPlotWidgetDefinitionType
    yaxis: WidgetAxis | None = None


QueryValueWidgetComparisonDirectionality = Literal["decrease_better", "increase_better", "neutral"]


class ComparisonCustomTimeframe(Generated):
    from_: int = Field(alias="from")
    to: int


ComparisonDurationType = Literal[
    "custom_timeframe", "previous_day", "previous_month", "previous_timeframe", "previous_week"
]


class ComparisonDuration(Generated):
    custom_timeframe: ComparisonCustomTimeframe | None = None
    type: ComparisonDurationType


QueryValueWidgetComparisonType = Literal["absolute", "both", "relative"]


class QueryValueWidgetComparison(Generated):
    directionality: QueryValueWidgetComparisonDirectionality | None = None
    duration: ComparisonDuration
    type: QueryValueWidgetComparisonType | None = None


class QueryValueWidgetRequest(Generated):
    aggregator: WidgetAggregator | None = None
    apm_query: LogQueryDefinition | None = None
    audit_query: LogQueryDefinition | None = None
    comparison: QueryValueWidgetComparison | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None


TimeseriesBackgroundType = Literal["area", "bars"]


class TimeseriesBackground(Generated):
    type: TimeseriesBackgroundType
    yaxis: WidgetAxis | None = None


QueryValueWidgetDefinitionType = Literal["query_value"]


class QueryValueWidgetDefinition(Generated):
    autoscale: bool | None = None
    custom_links: list[WidgetCustomLink] | None = None
    custom_unit: str | None = None
    description: str | None = None
    precision: int | None = None
    requests: list[QueryValueWidgetRequest] = Field(max_length=1, min_length=1)
    text_align: WidgetTextAlign | None = None
    time: WidgetTime | None = None
    timeseries_background: TimeseriesBackground | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: QueryValueWidgetDefinitionType


RetentionCurveRequestType = Literal["retention_curve"]


class RetentionCurveStyle(Generated):
    palette: str | None = None


class RetentionCurveWidgetRequest(Generated):
    query: RetentionQuery
    request_type: RetentionCurveRequestType
    style: RetentionCurveStyle | None = None


RetentionCurveWidgetDefinitionType = Literal["retention_curve"]


class RetentionCurveWidgetDefinition(Generated):
    description: str | None = None
    requests: list[RetentionCurveWidgetRequest] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: RetentionCurveWidgetDefinitionType


class RunWorkflowWidgetInput(Generated):
    name: str
    value: str


RunWorkflowWidgetDefinitionType = Literal["run_workflow"]


class RunWorkflowWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    inputs: list[RunWorkflowWidgetInput] | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: RunWorkflowWidgetDefinitionType
    workflow_id: str


class SLOListWidgetQuery(Generated):
    limit: int | None = Field(default=None, le=100, ge=1)
    query_string: str
    sort: list[WidgetFieldSort] | None = None


SLOListWidgetRequestType = Literal["slo_list"]


class SLOListWidgetRequest(Generated):
    query: SLOListWidgetQuery
    request_type: SLOListWidgetRequestType


SLOListWidgetDefinitionType = Literal["slo_list"]


class SLOListWidgetDefinition(Generated):
    description: str | None = None
    requests: list[SLOListWidgetRequest] = Field(max_length=1, min_length=1)
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: SLOListWidgetDefinitionType


WidgetTimeWindows = Literal[
    "30d", "7d", "90d", "global_time", "month_to_date", "previous_month", "previous_week", "week_to_date"
]

SLOWidgetDefinitionType = Literal["slo"]

WidgetViewMode = Literal["both", "component", "overall"]


class SLOWidgetDefinition(Generated):
    additional_query_filters: str | None = None
    description: str | None = None
    global_time_target: str | None = None
    show_error_budget: bool | None = None
    slo_id: str | None = None
    time_windows: list[WidgetTimeWindows] | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: SLOWidgetDefinitionType
    view_mode: WidgetViewMode | None = None
    view_type: str | None = None


ScatterplotDimension = Literal["color", "radius", "x", "y"]


class ScatterplotWidgetFormula(Generated):
    alias: str | None = None
    dimension: ScatterplotDimension
    formula: str


class ScatterplotTableRequest(Generated):
    formulas: list[ScatterplotWidgetFormula] | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None


ScatterplotWidgetAggregator = Literal["avg", "last", "max", "min", "sum"]


class ScatterPlotRequest(Generated):
    aggregator: ScatterplotWidgetAggregator | None = None
    apm_query: LogQueryDefinition | None = None
    event_query: LogQueryDefinition | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None


class ScatterPlotWidgetDefinitionRequests(Generated):
    table: ScatterplotTableRequest | None = None
    x: ScatterPlotRequest | None = None
    y: ScatterPlotRequest | None = None


ScatterPlotWidgetDefinitionType = Literal["scatterplot"]


class ScatterPlotWidgetDefinition(Generated):
    color_by_groups: list[str] | None = None
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: ScatterPlotWidgetDefinitionRequests
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: ScatterPlotWidgetDefinitionType
    xaxis: WidgetAxis | None = None
    yaxis: WidgetAxis | None = None


SankeyRumDataSource = Literal["product_analytics", "rum"]


class SankeyJoinKeys(Generated):
    primary: str
    secondary: list[str] | None = None


SankeyRumQueryMode = Literal["source", "target"]


class ProductAnalyticsAudienceOccurrenceFilter(Generated):
    operator: str | None = None
    value: str | None = None


class SankeyRumQuery(Generated):
    audience_filters: ProductAnalyticsAudienceFilters | None = None
    data_source: SankeyRumDataSource
    entries_per_step: int | None = None
    join_keys: SankeyJoinKeys | None = None
    mode: SankeyRumQueryMode
    number_of_steps: int | None = None
    occurrences: ProductAnalyticsAudienceOccurrenceFilter | None = None
    query_string: str
    source: str | None = None
    subquery_id: str | None = None
    target: str | None = None


SankeyWidgetDefinitionType = Literal["sankey"]


class SankeyRumRequest(Generated):
    query: SankeyRumQuery
    request_type: SankeyWidgetDefinitionType


class SankeyNetworkQueryCompute(Generated):
    aggregation: EventsAggregation
    metric: str


SankeyNetworkDataSource = Literal["network", "network_device_flows"]

SankeyNetworkQueryMode = Literal["target"]


class SankeyNetworkQuerySort(Generated):
    field: str | None = None
    order: WidgetSort | None = None


class SankeyNetworkQuery(Generated):
    compute: SankeyNetworkQueryCompute | None = None
    data_source: SankeyNetworkDataSource
    group_by: list[str]
    limit: int
    mode: SankeyNetworkQueryMode | None = None
    query_string: str
    should_exclude_missing: bool | None = None
    sort: SankeyNetworkQuerySort | None = None


SankeyNetworkRequestType = Literal["netflow_sankey"]


class SankeyNetworkRequest(Generated):
    query: SankeyNetworkQuery
    request_type: SankeyNetworkRequestType


SankeyWidgetRequest = Annotated[
    SankeyRumRequest | SankeyNetworkRequest, Choice("request_type", SankeyRumRequest, SankeyNetworkRequest)
]


class SankeyWidgetDefinition(Generated):
    requests: list[SankeyWidgetRequest] = Field(min_length=1)
    show_other_links: bool | None = None
    sort_nodes: bool | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: SankeyWidgetDefinitionType


ServiceMapWidgetDefinitionType = Literal["servicemap"]


class ServiceMapWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    filters: list[str] = Field(min_length=1)
    service: str
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: ServiceMapWidgetDefinitionType


WidgetServiceSummaryDisplayFormat = Literal["one_column", "three_column", "two_column"]

WidgetSizeFormat = Literal["large", "medium", "small"]

ServiceSummaryWidgetDefinitionType = Literal["trace_service"]


class ServiceSummaryWidgetDefinition(Generated):
    description: str | None = None
    display_format: WidgetServiceSummaryDisplayFormat | None = None
    env: str
    service: str
    show_breakdown: bool | None = None
    show_distribution: bool | None = None
    show_errors: bool | None = None
    show_hits: bool | None = None
    show_latency: bool | None = None
    show_resource_list: bool | None = None
    size_format: WidgetSizeFormat | None = None
    span_name: str
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: ServiceSummaryWidgetDefinitionType


SplitGraphVizSize = Literal["lg", "md", "sm", "xs"]

SunburstWidgetLegendTableType = Literal["none", "table"]


class SunburstWidgetLegendTable(Generated):
    type: SunburstWidgetLegendTableType


SunburstWidgetLegendInlineAutomaticType = Literal["automatic", "inline"]


class SunburstWidgetLegendInlineAutomatic(Generated):
    hide_percent: bool | None = None
    hide_value: bool | None = None
    type: SunburstWidgetLegendInlineAutomaticType


SunburstWidgetLegend = Annotated[
    SunburstWidgetLegendTable | SunburstWidgetLegendInlineAutomatic,
    Choice("type", SunburstWidgetLegendTable, SunburstWidgetLegendInlineAutomatic),
]


class SunburstWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    audit_query: LogQueryDefinition | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    sort: WidgetSortBy | None = None
    style: WidgetStyle | None = None


SunburstWidgetDefinitionType = Literal["sunburst"]


class SunburstWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    hide_total: bool | None = None
    legend: SunburstWidgetLegend | None = None
    requests: list[SunburstWidgetRequest] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: SunburstWidgetDefinitionType


TableWidgetHasSearchBar = Literal["always", "auto", "never"]


class TableWidgetRequest(Generated):
    aggregator: WidgetAggregator | None = None
    alias: str | None = None
    apm_query: LogQueryDefinition | None = None
    apm_stats_query: ApmStatsQueryDefinition | None = None
    cell_display_mode: list[TableWidgetCellDisplayMode] | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    limit: int | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    order: WidgetSort | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    sort: WidgetSortBy | None = None
    text_formats: list[list[TableWidgetTextFormatRule]] | None = None
    request_type: Literal["table"] | None = None
    rows: dict[str, Any] | None = None
    columns: list[dict[str, Any]] | None = None


TableWidgetDefinitionType = Literal["query_table"]


class TableWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    has_search_bar: TableWidgetHasSearchBar | None = None
    requests: list[TableWidgetRequest]
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: TableWidgetDefinitionType


TimeseriesWidgetLegendColumn = Literal["avg", "max", "min", "sum", "value"]

TimeseriesWidgetLegendLayout = Literal["auto", "horizontal", "vertical"]

WidgetDisplayType = Literal["area", "bars", "line", "overlay"]


class TimeseriesWidgetExpressionAlias(Generated):
    alias_name: str | None = None
    expression: str


class TimeseriesRequestStyle(Generated):
    has_value_labels: bool | None = None
    line_type: WidgetLineType | None = None
    line_width: WidgetLineWidth | None = None
    order_by: WidgetStyleOrderBy | None = None
    palette: str | None = None
    color_order: str | None = None
    order_reverse: bool | None = None


class TimeseriesWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    audit_query: LogQueryDefinition | None = None
    display_type: WidgetDisplayType | None = None
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    metadata: list[TimeseriesWidgetExpressionAlias] | None = None
    network_query: LogQueryDefinition | None = None
    on_right_yaxis: bool | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    style: TimeseriesRequestStyle | None = None


TimeseriesWidgetDefinitionType = Literal["timeseries"]


class TimeseriesWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    events: list[WidgetEvent] | None = None
    legend_columns: list[TimeseriesWidgetLegendColumn] | None = None
    legend_layout: TimeseriesWidgetLegendLayout | None = None
    legend_size: str | None = None
    markers: list[WidgetMarker] | None = None
    requests: list[TimeseriesWidgetRequest] = Field(min_length=1)
    right_yaxis: WidgetAxis | None = None
    show_legend: bool | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: TimeseriesWidgetDefinitionType
    yaxis: WidgetAxis | None = None


class ToplistWidgetRequest(Generated):
    apm_query: LogQueryDefinition | None = None
    audit_query: LogQueryDefinition | None = None
    conditional_formats: list[AnyWidgetConditionalFormat] | None = Field(default=None, min_length=1)
    event_query: LogQueryDefinition | None = None
    formulas: list[WidgetFormula] | None = None
    log_query: LogQueryDefinition | None = None
    network_query: LogQueryDefinition | None = None
    process_query: ProcessQueryDefinition | None = None
    profile_metrics_query: LogQueryDefinition | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    rum_query: LogQueryDefinition | None = None
    security_query: LogQueryDefinition | None = None
    sort: WidgetSortBy | None = None
    style: WidgetRequestStyle | None = None


ToplistWidgetLegend = Literal["automatic", "inline", "none"]

ToplistWidgetStackedType = Literal["stacked"]


class ToplistWidgetStacked(Generated):
    legend: ToplistWidgetLegend | None = None
    type: ToplistWidgetStackedType


ToplistWidgetFlatType = Literal["flat"]


class ToplistWidgetFlat(Generated):
    type: ToplistWidgetFlatType


ToplistWidgetDisplay = Annotated[
    ToplistWidgetStacked | ToplistWidgetFlat, Choice("type", ToplistWidgetStacked, ToplistWidgetFlat)
]

ToplistWidgetScaling = Literal["absolute", "relative"]


class ToplistWidgetStyle(Generated):
    display: ToplistWidgetDisplay | None = None
    palette: str | None = None
    scaling: ToplistWidgetScaling | None = None


ToplistWidgetDefinitionType = Literal["toplist"]


class ToplistWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: list[ToplistWidgetRequest]
    style: ToplistWidgetStyle | None = None
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: ToplistWidgetDefinitionType


TreeMapColorBy = Literal["user"]

TreeMapGroupBy = Literal["family", "process", "user"]


class TreeMapWidgetRequest(Generated):
    formulas: list[WidgetFormula] | None = None
    q: str | None = None
    queries: list[FormulaAndFunctionQueryDefinition] | None = None
    response_format: FormulaAndFunctionResponseFormat | None = None
    sort: WidgetSortBy | None = None
    style: WidgetRequestStyle | None = None


TreeMapSizeBy = Literal["pct_cpu", "pct_mem"]

TreeMapWidgetDefinitionType = Literal["treemap"]


class TreeMapWidgetDefinition(Generated):
    color_by: TreeMapColorBy | None = None
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    group_by: TreeMapGroupBy | None = None
    requests: list[TreeMapWidgetRequest] = Field(max_length=1, min_length=1)
    size_by: TreeMapSizeBy | None = None
    time: WidgetTime | None = None
    title: str | None = None
    type: TreeMapWidgetDefinitionType
    title_size: str | None = None
    title_align: WidgetTextAlign | None = None


SplitGraphSourceWidgetDefinition = Annotated[
    BarChartWidgetDefinition
    | ChangeWidgetDefinition
    | GeomapWidgetDefinition
    | QueryValueWidgetDefinition
    | ScatterPlotWidgetDefinition
    | SunburstWidgetDefinition
    | TableWidgetDefinition
    | TimeseriesWidgetDefinition
    | ToplistWidgetDefinition
    | TreeMapWidgetDefinition,
    Choice(
        "type",
        BarChartWidgetDefinition,
        ChangeWidgetDefinition,
        GeomapWidgetDefinition,
        QueryValueWidgetDefinition,
        ScatterPlotWidgetDefinition,
        SunburstWidgetDefinition,
        TableWidgetDefinition,
        TimeseriesWidgetDefinition,
        ToplistWidgetDefinition,
        TreeMapWidgetDefinition,
    ),
]


class SplitConfigSortCompute(Generated):
    aggregation: str
    metric: str


class SplitSort(Generated):
    compute: SplitConfigSortCompute | None = None
    order: WidgetSort


class SplitDimension(Generated):
    one_graph_per: str


class SplitVectorEntryItem(Generated):
    tag_key: str = Field(min_length=1)
    tag_values: list[str]


class SplitConfig(Generated):
    limit: int = Field(le=500, ge=1)
    sort: SplitSort
    split_dimensions: list[SplitDimension] = Field(max_length=1, min_length=1)
    static_splits: list[list[SplitVectorEntryItem]] | None = Field(default=None, max_length=500)


SplitGraphWidgetDefinitionType = Literal["split_group"]


class SplitGraphWidgetDefinition(Generated):
    has_uniform_y_axes: bool | None = None
    size: SplitGraphVizSize
    source_widget_definition: SplitGraphSourceWidgetDefinition
    split_config: SplitConfig
    time: WidgetTime | None = None
    title: str | None = None
    type: SplitGraphWidgetDefinitionType
    title_size: str | None = None
    title_align: WidgetTextAlign | None = None


TopologyQueryDataStreamsDataSource = Literal["data_streams"]


class TopologyQueryDataStreams(Generated):
    data_source: TopologyQueryDataStreamsDataSource
    filters: list[str] = Field(min_length=1)
    query_string: str | None = None
    service: str


TopologyRequestType = Literal["topology"]


class TopologyRequestDataStreams(Generated):
    query: TopologyQueryDataStreams | None = None
    request_type: TopologyRequestType | None = None


TopologyMapWidgetDefinitionType = Literal["topology_map"]


class TopologyMapWidgetDefinitionDataStreams(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: list[TopologyRequestDataStreams] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: TopologyMapWidgetDefinitionType


TopologyQueryServiceMapDataSource = Literal["service_map"]


class TopologyQueryServiceMap(Generated):
    data_source: TopologyQueryServiceMapDataSource
    filters: list[str] = Field(min_length=1)
    query_string: str | None = None
    service: str


class TopologyRequestServiceMap(Generated):
    query: TopologyQueryServiceMap | None = None
    request_type: TopologyRequestType | None = None


class TopologyMapWidgetDefinitionServiceMap(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    description: str | None = None
    requests: list[TopologyRequestServiceMap] = Field(min_length=1)
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: TopologyMapWidgetDefinitionType


WildcardWidgetRequest = Annotated[
    TreeMapWidgetRequest | TimeseriesWidgetRequest | ListStreamWidgetRequest | DistributionWidgetRequest,
    Choice(None, TreeMapWidgetRequest, TimeseriesWidgetRequest, ListStreamWidgetRequest, DistributionWidgetRequest),
]

WildcardWidgetSpecificationType = Literal["vega", "vega-lite"]


class WildcardWidgetSpecification(Generated):
    contents: dict[str, Any]
    type: WildcardWidgetSpecificationType


WildcardWidgetDefinitionType = Literal["wildcard"]


class WildcardWidgetDefinition(Generated):
    custom_links: list[WidgetCustomLink] | None = None
    requests: list[WildcardWidgetRequest]
    specification: WildcardWidgetSpecification
    time: WidgetTime | None = None
    title: str | None = None
    title_align: WidgetTextAlign | None = None
    title_size: str | None = None
    type: WildcardWidgetDefinitionType


class CustomWidgetDefinition(Opaque):
    type: Literal["custom"]


class UptimeWidgetDefinition(Opaque):
    type: Literal["uptime"]


WidgetDefinition = Annotated[
    AlertGraphWidgetDefinition
    | AlertValueWidgetDefinition
    | BarChartWidgetDefinition
    | ChangeWidgetDefinition
    | CheckStatusWidgetDefinition
    | CohortWidgetDefinition
    | DistributionWidgetDefinition
    | EmbeddedAppWidgetDefinition
    | EventStreamWidgetDefinition
    | EventTimelineWidgetDefinition
    | FreeTextWidgetDefinition
    | FunnelWidgetDefinition
    | ProductAnalyticsFunnelWidgetDefinition
    | GeomapWidgetDefinition
    | GroupWidgetDefinition
    | HeatgridWidgetDefinition
    | HeatMapWidgetDefinition
    | HostMapWidgetDefinition
    | IFrameWidgetDefinition
    | ImageWidgetDefinition
    | ListStreamWidgetDefinition
    | LogStreamWidgetDefinition
    | MonitorSummaryWidgetDefinition
    | NoteWidgetDefinition
    | PowerpackWidgetDefinition
    | PointPlotWidgetDefinition
    | QueryValueWidgetDefinition
    | RetentionCurveWidgetDefinition
    | RunWorkflowWidgetDefinition
    | SLOListWidgetDefinition
    | SLOWidgetDefinition
    | ScatterPlotWidgetDefinition
    | SankeyWidgetDefinition
    | ServiceMapWidgetDefinition
    | ServiceSummaryWidgetDefinition
    | SplitGraphWidgetDefinition
    | SunburstWidgetDefinition
    | TableWidgetDefinition
    | TimeseriesWidgetDefinition
    | ToplistWidgetDefinition
    | TopologyMapWidgetDefinitionDataStreams
    | TopologyMapWidgetDefinitionServiceMap
    | TreeMapWidgetDefinition
    | WildcardWidgetDefinition
    | CustomWidgetDefinition
    | UptimeWidgetDefinition,
    Choice(
        "type",
        AlertGraphWidgetDefinition,
        AlertValueWidgetDefinition,
        BarChartWidgetDefinition,
        ChangeWidgetDefinition,
        CheckStatusWidgetDefinition,
        CohortWidgetDefinition,
        DistributionWidgetDefinition,
        EmbeddedAppWidgetDefinition,
        EventStreamWidgetDefinition,
        EventTimelineWidgetDefinition,
        FreeTextWidgetDefinition,
        FunnelWidgetDefinition,
        ProductAnalyticsFunnelWidgetDefinition,
        GeomapWidgetDefinition,
        GroupWidgetDefinition,
        HeatgridWidgetDefinition,
        HeatMapWidgetDefinition,
        HostMapWidgetDefinition,
        IFrameWidgetDefinition,
        ImageWidgetDefinition,
        ListStreamWidgetDefinition,
        LogStreamWidgetDefinition,
        MonitorSummaryWidgetDefinition,
        NoteWidgetDefinition,
        PowerpackWidgetDefinition,
        PointPlotWidgetDefinition,
        QueryValueWidgetDefinition,
        RetentionCurveWidgetDefinition,
        RunWorkflowWidgetDefinition,
        SLOListWidgetDefinition,
        SLOWidgetDefinition,
        ScatterPlotWidgetDefinition,
        SankeyWidgetDefinition,
        ServiceMapWidgetDefinition,
        ServiceSummaryWidgetDefinition,
        SplitGraphWidgetDefinition,
        SunburstWidgetDefinition,
        TableWidgetDefinition,
        TimeseriesWidgetDefinition,
        ToplistWidgetDefinition,
        TopologyMapWidgetDefinitionDataStreams,
        TopologyMapWidgetDefinitionServiceMap,
        TreeMapWidgetDefinition,
        WildcardWidgetDefinition,
        CustomWidgetDefinition,
        UptimeWidgetDefinition,
    ),
]
