"""Generated specs of every kind and type, as the API takes them, with odd texts and numbers where it takes those."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="$@{}"), max_size=12)
WORDS = st.builds("{} {}".format, st.sampled_from(["Häufige Fehler", "🚨 late", "a: b", "'q\"", "- x", "#1"]), TEXT)
LINES = st.lists(TEXT, max_size=4).map("\n".join)
TAG = st.from_regex(r"[a-z]{1,4}:[a-z0-9_./-]{0,5}[a-z0-9]", fullmatch=True)
NUMBERS = st.one_of(
    st.integers(1, 10**6), st.floats(0.001, 10**6, allow_nan=False).map(lambda number: round(number, 4))
)
ROLES = st.just(["11111111-aaaa-bbbb-cccc-222222222222"])

EVENTS = {
    "event-v2 alert": "events",
    "log alert": "logs",
    "rum alert": "rum",
    "trace-analytics alert": "trace-analytics",
    "error-tracking alert": "error-tracking-rum",
    "ci-pipelines alert": "ci-pipelines",
    "ci-tests alert": "ci-tests",
    "audit alert": "audits",
    "database-monitoring alert": "database-monitoring",
    "network-performance alert": "network-performance",
    "network-path alert": "network-path",
    "llm-observability alert": "llm-observability",
    "process alert": "processes",
}
VARIABLES: dict[str, dict[str, Any]] = {
    "cost alert": {"data_source": "cloud_cost", "query": "sum:aws.cost{*}", "name": "a", "aggregator": "sum"},
    "data-quality alert": {"data_source": "data_quality_metrics", "name": "a", "measure": "row_count", "filter": "x"},
    "data-jobs alert": {"job_type": "databricks.job", "name": "a", "jobs_query": "x", "query_dialect": "metric"},
}
METRIC_QUERIES = (
    "avg(last_5m):avg:a.b{{env:prod}} by {{host,zone}} > {}",
    "change(min(last_1m),last_5m):sum:a{{*}} + sum:c{{*}} > {}",
    "avg(last_4h):anomalies(avg:a.b{{*}}, 'basic', 2) > {}",
    "sum(last_1h):sum:a.b{{*}}.as_count() / sum:c.d{{*}}.as_count() * 100 > {}",
)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


OPTIONS = some(
    evaluation_delay=st.sampled_from([None, 0, 900]),
    require_full_window=st.booleans(),
    new_group_delay=st.sampled_from([None, 0, 60]),
    new_host_delay=st.sampled_from([None, 0, 300, 600]),
    group_retention_duration=st.sampled_from(["90m", "2d"]),
    min_failure_duration=st.sampled_from([0, 60]),
    min_location_failed=st.sampled_from([1, 2]),
    notify_no_data=st.booleans(),
    no_data_timeframe=st.sampled_from([None, 0, 20]),
    timeout_h=st.sampled_from([None, 0, 24]),
    notify_by=st.sampled_from([None, [], ["*"], ["zone"]]),
    renotify_interval=st.sampled_from([None, 0, 30]),
    renotify_occurrences=st.sampled_from([None, 0, 3]),
    renotify_statuses=st.sampled_from([None, [], ["alert"], ["warn", "alert", "no data"]]),
    escalation_message=st.one_of(st.none(), LINES),
    include_tags=st.booleans(),
    notify_audit=st.booleans(),
    notification_preset_name=st.sampled_from([None, "show_all", "hide_query"]),
    enable_logs_sample=st.booleans(),
    groupby_simple_monitor=st.booleans(),
    threshold_windows=st.sampled_from([{}, {"trigger_window": "last_15m", "recovery_window": None}]),
    scheduling_options=st.sampled_from(
        [
            {},
            {"evaluation_window": {}},
            {"evaluation_window": {"day_starts": "04:00", "month_starts": 1}},
            {"custom_schedule": {"recurrences": [{"rrule": "FREQ=DAILY;INTERVAL=1", "timezone": "UTC"}]}},
            {"custom_schedule": None},
        ]
    ),
)


@st.composite
def monitors(draw: Any) -> dict[str, Any]:
    type_ = draw(
        st.sampled_from(["metric alert", "query alert", "service check", "composite", "slo alert", *EVENTS, *VARIABLES])
    )
    options, critical = draw(OPTIONS), draw(NUMBERS)
    thresholds: dict[str, Any] = {"critical": critical}
    if draw(st.booleans()):
        thresholds["warning"] = draw(st.sampled_from([None, critical / 2]))
    if type_ in EVENTS:
        index = '.index("*")' if type_ == "log alert" else ""
        query = f'{EVENTS[type_]}("service:a"){index}.rollup("count").by("zone,host").last("5m") > {critical}'
    elif type_ in VARIABLES:
        query, options["variables"] = f'formula("a").last("7d") > {critical}', [VARIABLES[type_]]
    elif type_ == "service check":
        query, thresholds = (
            '"datadog.agent.up".over("*").by("host").last(4).count_by_status()',
            {"critical": 3, "ok": 1},
        )
    elif type_ == "composite":
        query, thresholds = draw(st.sampled_from(["${monitor:base} && !${monitor:base}", "${monitor:base}"])), {}
    elif type_ == "slo alert":
        query = f'error_budget("${{slo:base}}").over("7d") > {critical}'
    else:
        query = draw(st.sampled_from(METRIC_QUERIES)).format(critical)
        if draw(st.booleans()):
            thresholds["critical_recovery"] = critical / 4
    if type_ == "composite" or draw(st.booleans()):
        options["thresholds"] = thresholds
    elif type_ != "service check" and draw(st.booleans()):
        options["on_missing_data"] = draw(st.sampled_from(["default", "show_no_data", "resolve"]))
        options.pop("notify_no_data", None)
    beside = some(
        message=LINES,
        priority=st.one_of(st.none(), st.integers(1, 5)),
        tags=st.one_of(st.none(), st.lists(TAG, max_size=4)),
        options=st.one_of(st.just(options), st.just(options), st.none())
        if type_ not in VARIABLES
        else st.just(options),
        draft_status=st.sampled_from(["draft", "published"]),
        restricted_roles=st.one_of(st.none(), st.just([]), ROLES),
    )
    return {"name": draw(WORDS), "type": type_, "query": query, **draw(beside)}


QUERIES = [
    {"data_source": "metrics", "name": "good", "query": "sum:a{*}.as_count()"},
    {"data_source": "metrics", "name": "rest", "query": "sum:b{*}.as_count()"},
]
COUNT = {"good_events_formula": {"formula": "good"}, "queries": QUERIES}
SLICE = {"comparator": ">", "threshold": 5, "query": {"formulas": [{"formula": "good"}], "queries": QUERIES[:1]}}
SLIS: dict[str, list[dict[str, Any]]] = {
    "metric": [
        {"query": {"numerator": "sum:a{*}.as_count()", "denominator": "sum:a{*}.as_count() + sum:b{*}.as_count()"}},
        {"sli_specification": {"count": {**COUNT, "total_events_formula": {"formula": "good + rest"}}}},
        {"sli_specification": {"count": {**COUNT, "bad_events_formula": {"formula": "rest"}}}},
    ],
    "time_slice": [
        {"sli_specification": {"time_slice": SLICE}},
        {"sli_specification": {"time_slice": {**SLICE, "threshold": 5.5, "query_interval_seconds": 300}}},
        {"sli_specification": {"time_slice": {**SLICE, "query_interval_seconds": 60}}},
    ],
    "monitor": [
        {"monitor_ids": ["${monitor:base}"]},
        {"monitor_ids": ["${monitor:base}"], "groups": ["host:b", "host:a"]},
    ],
}


@st.composite
def slos(draw: Any) -> dict[str, Any]:
    type_ = draw(st.sampled_from(sorted(SLIS)))
    timeframes = draw(st.lists(st.sampled_from(["7d", "30d", "90d"]), min_size=1, unique=True))
    thresholds = [
        {"timeframe": timeframe, "target": target, **draw(some(warning=st.sampled_from([None, 99.95])))}
        for timeframe, target in zip(timeframes, draw(st.permutations([95, 99.9, 99.123])), strict=False)
    ]
    primary = {"timeframe": thresholds[-1]["timeframe"], "target_threshold": thresholds[-1]["target"]}
    beside = some(description=st.one_of(st.none(), LINES), tags=st.lists(TAG, max_size=4))
    chosen = draw(st.sampled_from([{}, primary, {"timeframe": primary["timeframe"]}]))
    return {
        "name": draw(WORDS),
        "type": type_,
        "thresholds": thresholds,
        **chosen,
        **draw(st.sampled_from(SLIS[type_])),
        **draw(beside),
    }


def graph(type_: str, response: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A widget that shows a formula, with what the UI writes into it."""
    request = {"queries": QUERIES, "formulas": [{"formula": "good / rest"}], "response_format": response}
    return st.fixed_dictionaries(
        {"type": st.just(type_), "requests": st.just([request])},
        optional={
            "title": TEXT,
            "title_size": st.sampled_from(["16", "13"]),
            "title_align": st.sampled_from(["left", "right"]),
            "time": st.sampled_from([{}, {"live_span": "1h"}]),
            "custom_links": st.just([]),
            **fields,
        },
    )


def shown(type_: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A widget that shows another object."""
    return st.just({"type": type_, **fields})


DEFINITIONS = st.one_of(
    st.fixed_dictionaries({"type": st.just("note"), "content": LINES}, optional={"text_align": st.just("left")}),
    graph("timeseries", "timeseries", yaxis=st.just({"min": "0", "include_zero": True}), show_legend=st.booleans()),
    graph("query_value", "scalar", precision=st.integers(0, 5), autoscale=st.booleans()),
    graph("toplist", "scalar"),
    shown("alert_graph", alert_id="${monitor:base}", viz_type="timeseries"),
    shown("slo", slo_id="${slo:base}", view_type="detail", time_windows=["7d"], view_mode="overall"),
)


@st.composite
def dashboards(draw: Any) -> dict[str, Any]:
    layout_type = draw(st.sampled_from(["ordered", "free"]))
    reflow = (
        draw(st.sampled_from([{}, {"reflow_type": "auto"}, {"reflow_type": "fixed"}]))
        if layout_type == "ordered"
        else {}
    )
    placed = layout_type == "free" or reflow.get("reflow_type") == "fixed"
    group = st.fixed_dictionaries(
        {
            "type": st.just("group"),
            "layout_type": st.just("ordered"),
            "widgets": st.lists(st.builds(dict, definition=DEFINITIONS), max_size=2),
        },
        optional={"background_color": st.just("vivid_blue"), "show_title": st.booleans()},
    )
    widgets = [{"definition": definition} for definition in draw(st.lists(st.one_of(DEFINITIONS, group), max_size=4))]
    if placed:
        widgets = [
            {**widget, "layout": {"x": 0, "y": 4 * row, "width": 12, "height": 4}} for row, widget in enumerate(widgets)
        ]
    variables = [
        {
            "name": name,
            **draw(
                some(
                    prefix=st.sampled_from([None, "env"]), available_values=st.just(["a", "b"]), defaults=st.just(["*"])
                )
            ),
        }
        for name in draw(st.lists(st.sampled_from(["env", "host"]), unique=True))
    ]
    tab = {
        "id": "11111111-2222-4333-8444-555555555555",
        "name": "All",
        "widget_ids": [f"@{at}" for at in range(1, len(widgets) + 1)],
    }
    preset = {"name": "p", "template_variables": [{"name": one["name"], "values": ["a"]} for one in variables]}
    beside = some(
        description=st.one_of(st.none(), LINES),
        template_variables=st.just(variables),
        notify_list=st.one_of(st.none(), st.permutations(["a@example.com", "b@example.com"])),
        tags=st.one_of(st.none(), st.just(["team:b", "team:a"])),
        is_read_only=st.booleans(),
        restricted_roles=st.one_of(st.just([]), ROLES),
        tabs=st.just([tab]),
    )
    body = {"title": draw(WORDS), "layout_type": layout_type, **reflow, "widgets": widgets, **draw(beside)}
    if body.get("template_variables") and draw(st.booleans()):
        body["template_variable_presets"] = [preset]
    return body
