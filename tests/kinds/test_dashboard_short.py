"""The short form of widgets: what it becomes, where it puts widgets, and what is wrong with it where it was written."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ddops.catalog.explain import explain
from ddops.kinds.dashboard import KIND
from ddops.kinds.dashboard.widget import GRID, WIDGETS
from ddops.location import Location, dotted
from tests.kinds.specs import faults


def full(text, **fields):
    """The widgets of a dashboard in short form, which has to be right."""
    body = {"title": "T", "widgets": yaml.safe_load(text), **fields}
    expanded = KIND.expanded(body)
    assert [*expanded.faults] == []
    assert faults(KIND, expanded.body) == {}
    return expanded.body


def definition(text):
    return full(f"- {text}")["widgets"][0]["definition"]


def metric(query, name="query1", **fields):
    return {"data_source": "metrics", "name": name, "query": query, **fields}


def logs(query, compute=None, **fields):
    compute = compute or {"aggregation": "count"}
    body = {"data_source": "logs", "name": "query1", "indexes": ["*"], "search": {"query": query}, "compute": compute}
    return {**body, **fields}


def group_by(facet, limit=10, **sort):
    return {"facet": facet, "limit": limit, "sort": {"aggregation": "count", **sort, "order": "desc"}}


def graph(kind, form, queries, formulas=({"formula": "query1"},), **fields):
    request = {"response_format": form, "queries": list(queries), "formulas": list(formulas)}
    return {"type": kind, "requests": [{**request, **fields}]}


CPU, HITS = "avg:cpu{$env} by {host}", "sum:hits{*}.as_count()"


@pytest.mark.parametrize(
    ("widget", "expected"),
    [
        (f"{{timeseries: '{CPU}'}}", graph("timeseries", "timeseries", [metric(CPU)])),
        (f"{{timeseries: '{CPU}', title: CPU}}", {**graph("timeseries", "timeseries", [metric(CPU)]), "title": "CPU"}),
        (
            f"{{timeseries: '{CPU}', display_type: bars, style: {{palette: warm}}, yaxis: {{min: '0'}}}}",
            {
                **graph("timeseries", "timeseries", [metric(CPU)], display_type="bars", style={"palette": "warm"}),
                "yaxis": {"min": "0"},
            },
        ),
        (
            f"{{timeseries: ['{CPU}', '{HITS}']}}",
            graph(
                *("timeseries", "timeseries", [metric(CPU), metric(HITS, "query2")]),
                [{"formula": "query1"}, {"formula": "query2"}],
            ),
        ),
        (
            f"{{timeseries: {{errors: '{HITS}', hits: '{HITS}'}}, formula: 100 * errors / hits, alias: '%'}}",
            graph(
                *("timeseries", "timeseries", [metric(HITS, "errors"), metric(HITS, "hits")]),
                [{"formula": "100 * errors / hits", "alias": "%"}],
            ),
        ),
        # Without a formula each query is drawn, under its name.
        (
            f"{{timeseries: {{cpu: '{CPU}', hits: '{HITS}'}}}}",
            graph(
                *("timeseries", "timeseries", [metric(CPU, "cpu"), metric(HITS, "hits")]),
                [{"formula": "cpu", "alias": "cpu"}, {"formula": "hits", "alias": "hits"}],
            ),
        ),
        # `errors` is a source of events as well; a metric query under it is a query of that name.
        (
            f"{{timeseries: {{errors: '{HITS}'}}, formula: 60 * errors}}",
            graph("timeseries", "timeseries", [metric(HITS, "errors")], [{"formula": "60 * errors"}]),
        ),
        (f"{{query_value: '{CPU}'}}", graph("query_value", "scalar", [metric(CPU, aggregator="avg")])),
        (f"{{query_value: '{HITS}'}}", graph("query_value", "scalar", [metric(HITS, aggregator="sum")])),
        (
            "{query_value: 'p95:lat{*}'}",
            graph("query_value", "scalar", [metric("p95:lat{*}", aggregator="percentile")]),
        ),
        (
            f"{{query_value: '{HITS}', aggregator: last, precision: 1}}",
            {**graph("query_value", "scalar", [metric(HITS, aggregator="last")]), "precision": 1},
        ),
        (
            f"{{query_value: {{metrics: '{CPU}', aggregator: max}}}}",
            graph("query_value", "scalar", [metric(CPU, aggregator="max")]),
        ),
        (
            "{toplist: {logs: 'service:x status:error', by: host}, limit: 5}",
            graph(
                *("toplist", "scalar", [logs("service:x status:error", group_by=[group_by("host")])]),
                sort={"count": 5, "order_by": [{"type": "formula", "index": 0, "order": "desc"}]},
            ),
        ),
        (
            "{query_table: {logs: x, compute: pc95(@duration), by: [a, b], limit: 3, index: main, storage: hot}}",
            graph(
                *("query_table", "scalar"),
                [
                    logs(
                        *("x", {"aggregation": "pc95", "metric": "@duration"}),
                        indexes=["main"],
                        group_by=[group_by(f, 3, aggregation="pc95", metric="@duration") for f in "ab"],
                        storage="hot",
                    )
                ],
            ),
        ),
        (
            f"{{query_table: '{CPU}', cell_display_mode: bar}}",
            graph(
                *("query_table", "scalar", [metric(CPU, aggregator="avg")]),
                [{"formula": "query1", "cell_display_mode": "bar"}],
            ),
        ),
        (
            f"{{change: '{CPU}', compare_to: day_before, increase_good: true}}",
            graph(
                *("change", "scalar", [metric(CPU, aggregator="avg")]),
                [{"formula": "day_before(query1)"}, {"formula": "query1"}],
                compare_to="day_before",
                increase_good=True,
            ),
        ),
        ("{heatmap: {logs: x}}", graph("heatmap", "timeseries", [logs("x")])),
        (
            "{distribution: {logs: x, compute: avg(@duration)}}",
            {
                "type": "distribution",
                "requests": [
                    {
                        "request_type": "histogram",
                        "query": logs("x", {"aggregation": "avg", "metric": "@duration"}),
                    }
                ],
            },
        ),
        (
            f"{{scatterplot: {{x: '{CPU}', y: '{HITS}'}}}}",
            {
                "type": "scatterplot",
                "requests": {
                    "table": {
                        "response_format": "scalar",
                        "queries": [metric(CPU, "x", aggregator="avg"), metric(HITS, "y", aggregator="sum")],
                        "formulas": [{"dimension": "x", "formula": "x"}, {"dimension": "y", "formula": "y"}],
                    }
                },
            },
        ),
        (f"{{hostmap: '{CPU}'}}", {"type": "hostmap", "requests": {"fill": {"q": CPU}}}),
        (
            "{list_stream: 'service:x', columns: [host, {field: '@a', width: compact}]}",
            {
                "type": "list_stream",
                "requests": [
                    {
                        "response_format": "event_list",
                        "query": {"data_source": "logs_stream", "query_string": "service:x"},
                        "columns": [{"field": "host", "width": "auto"}, {"field": "@a", "width": "compact"}],
                    }
                ],
            },
        ),
        (
            "{list_stream: {event: 'source:deploy', event_size: s}}",
            {
                "type": "list_stream",
                "requests": [
                    {
                        "response_format": "event_list",
                        "query": {"data_source": "event_stream", "query_string": "source:deploy", "event_size": "s"},
                        "columns": [],
                    }
                ],
            },
        ),
        (
            "{slo_list: 'team:x'}",
            {
                "type": "slo_list",
                "requests": [{"request_type": "slo_list", "query": {"query_string": "team:x"}}],
            },
        ),
        ("{note: '## What'}", {"type": "note", "content": "## What"}),
        ("{alert_graph: '12'}", {"type": "alert_graph", "alert_id": "12", "viz_type": "timeseries"}),
        (
            "{slo: ab, time_windows: [7d]}",
            {"type": "slo", "slo_id": "ab", "view_type": "detail", "view_mode": "overall", "time_windows": ["7d"]},
        ),
        # `group` is a type as well; beside a check it is a field.
        (
            "{check_status: http.can_connect, group: 'host:a'}",
            {"type": "check_status", "check": "http.can_connect", "grouping": "check", "group": "host:a"},
        ),
        # What has no subject takes the fields of its definition.
        (
            "{sunburst: {requests: [{q: x}], hide_total: true}}",
            {"type": "sunburst", "requests": [{"q": "x"}], "hide_total": True},
        ),
        ("{custom: {anything: [1]}}", {"type": "custom", "anything": [1]}),
    ],
)
def test_a_short_widget_becomes_the_full_one(widget, expected):
    assert definition(widget) == expected


def layouts(widgets):
    return [tuple(one["layout"][side] for side in ("x", "y", "width", "height")) for one in widgets]


def test_widgets_are_placed_in_their_order():
    board = full(
        f"""
        - note: "## What this is"
        - {{timeseries: "{CPU}"}}
        - {{query_value: "{CPU}"}}
        - {{query_value: "{CPU}", width: 2, height: 1}}
        - {{query_value: "{CPU}"}}
        - group: Traffic
          widgets:
            - {{timeseries: "{CPU}"}}
            - {{timeseries: "{CPU}"}}
            - {{list_stream: "x"}}
        - definition: {{type: note, content: "a\\nb\\nc\\nd"}}
        """
    )
    assert (board["layout_type"], board["reflow_type"]) == ("ordered", "fixed")
    assert layouts(board["widgets"]) == [
        (0, 0, 12, 1),
        (0, 1, 6, 3),
        (6, 1, 3, 3),  # as tall as the tallest of its row
        (9, 1, 2, 1),  # unless it says
        (0, 4, 3, 2),
        (0, 6, 12, 8),  # the title, and two rows of 3 and 4
        (0, 14, 12, 2),
    ]
    assert layouts(board["widgets"][5]["definition"]["widgets"]) == [(0, 0, 6, 3), (6, 0, 6, 3), (0, 3, 12, 4)]


@pytest.mark.parametrize(
    ("fields", "placed"),
    [
        ({"layout_type": "free"}, False),
        ({"reflow_type": "auto"}, False),
        ({"reflow_type": "fixed"}, True),
        ({"layout_type": "ordered"}, True),
    ],
)
def test_where_widgets_are_placed(fields, placed):
    body = KIND.expanded({"title": "T", "widgets": [{"note": "x"}], **fields}).body
    assert ("layout" in body["widgets"][0]) is placed
    assert body.get("reflow_type") == ("fixed" if placed else fields.get("reflow_type"))


def test_what_says_where_it_stands_is_left_there():
    layout = {"x": 1, "y": 2, "width": 3, "height": 4}
    body = {"title": "T", "layout_type": "ordered", "widgets": [{"note": "x", "layout": layout}]}
    expanded = KIND.expanded(body).body
    assert [one["layout"] for one in expanded["widgets"]] == [layout]
    assert "reflow_type" not in expanded


def test_a_dashboard_in_full_is_left_as_it_is():
    body = {"title": "T", "layout_type": "ordered", "widgets": [{"definition": {"type": "note", "content": "x"}}]}
    assert KIND.expanded(body).body is body
    fixed = KIND.expanded({**body, "reflow_type": "fixed"}).body
    assert layouts(fixed["widgets"]) == [(0, 0, 12, 1)]


def test_a_group_in_full_can_hold_short_widgets():
    group = {"type": "group", "layout_type": "ordered", "widgets": [{"note": "x"}, {"note": "y"}]}
    body = {"title": "T", "widgets": [{"definition": group, "layout": {"x": 0, "y": 0, "width": 4, "height": 3}}]}
    (widget,) = KIND.expanded(body).body["widgets"]
    assert layouts(widget["definition"]["widgets"]) == [(0, 0, 4, 1), (0, 1, 4, 1)]


TYPES = sorted(set(WIDGETS.words) - {"group"})


@given(st.lists(st.tuples(st.sampled_from(TYPES), st.none() | st.integers(1, 12), st.none() | st.integers(1, 9))))
@settings(max_examples=60)
def test_placed_widgets_fill_rows_and_never_overlap(asked):
    widgets = [
        {
            "definition": {"type": kind},
            **({"width": width} if width else {}),
            **({"height": height} if height else {}),
        }
        for kind, width, height in asked
    ]
    placed = KIND.expanded({"title": "T", "layout_type": "ordered", "reflow_type": "fixed", "widgets": widgets}).body
    taken: set[tuple[int, int]] = set()
    for (x, y, width, height), (_, wide, high) in zip(layouts(placed["widgets"]), asked, strict=True):
        assert x + width <= GRID
        assert width == (wide or width)
        assert height == (high or height)
        cells = {(x + dx, y + dy) for dx in range(width) for dy in range(height)}
        assert not cells & taken
        taken |= cells


HEAD = "product: shop\ntitle: T\nwidgets:\n"
"""Three lines; a case begins in line 4."""


@pytest.fixture
def problems(workspace):
    for path in ("dashboards/shop/overview.yaml", "monitors/shop.yaml", "slos/shop.yaml"):
        workspace.remove(path)

    def found(text):
        workspace.write("dashboards/board.yaml", HEAD + text)
        return [problem.removeprefix("dashboards/board.yaml:") for problem in workspace.problems()]

    return found


@pytest.mark.parametrize(
    ("widget", "said"),
    [
        ("- {timeserie: x}", "4:4: unknown type of a widget 'timeserie'; did you mean 'timeseries'?"),
        (
            "- {title: x}",
            "4:3: widgets[0]: says neither `definition` nor a type of widget, as `timeseries: QUERY` does",
        ),
        ("- {note: x, image: y}", "4:3: widgets[0]: is note and image at once; one widget is of one type"),
        (f"- {{timeseries: '{CPU}', titel: x}}", "4:43: unknown field 'titel'; did you mean 'title'?"),
        (f"- {{timeseries: '{CPU}', yaxis: {{scael: log}}}}", "4:51: unknown field 'scael'; did you mean 'scale'?"),
        (f"- {{timeseries: '{CPU}', style: {{palete: x}}}}", "4:51: unknown field 'palete'; did you mean 'palette'?"),
        (
            f"- {{timeseries: '{CPU}', display_type: bar}}",
            "4:57: widgets[0].display_type: 'bar' is not allowed; did you mean 'bars'?",
        ),
        ("- {timeseries: {logs: x, indx: y}}", "4:26: unknown field 'indx'; did you mean 'index'?"),
        (
            "- {timeseries: {logs: x, compute: 'avg('}}",
            "4:35: widgets[0].timeseries.compute: should be `count`, or an aggregation of a field as `pc95(@duration)`",
        ),
        (
            "- {timeseries: {logs: x, compute: 5}}",
            "4:35: widgets[0].timeseries.compute: should be `count`, or an aggregation of a field as `pc95(@duration)`",
        ),
        ("- {timeseries: {logs: x, storage: 5}}", "4:35: widgets[0].timeseries.storage: should be text, not 5; put it"),
        (
            "- {timeseries: {logs: x, by: [a, 5]}}",
            "4:34: widgets[0].timeseries.by[1].facet: should be text, not 5; put",
        ),
        ("- {timeseries: {logs: x, limit: 5}}", "4:33: widgets[0].timeseries.limit: goes with `by`"),
        (
            "- {timeseries: 5}",
            "4:16: widgets[0].timeseries: should be a query, a list of them or a mapping from names t",
        ),
        ("- {timeseries: [5]}", "4:17: widgets[0].timeseries[0]: should be a metric query or a mapping with the query"),
        ("- {timeseries: {'a b': x}}", "4:24: widgets[0].timeseries.a b: 'a b' is no name for a formula: letters"),
        ("- {timeseries: {a: {lgs: x}}}", "4:17: unknown source of a query 'a'; known: "),
        (
            f"- {{query_value: '{CPU}', aggregator: lst}}",
            "4:56: widgets[0].aggregator: 'lst' is not allowed; did you mean 'last'?",
        ),
        (f"- {{timeseries: '{CPU}', aggregator: max}}", "4:43: unknown field 'aggregator'; "),
        (f"- {{query_value: '{CPU}', width: 13}}", "4:51: widgets[0].width: should be a whole number from 1 to 12"),
        (
            f"- {{query_value: '{CPU}', width: 3, layout: {{x: 0, y: 0, width: 3, height: 2}}}}",
            "4:51: widgets[0].width: is for the automatic layout; this dashboard's widgets have layouts",
        ),
        (
            f"- {{timeseries: '{CPU}', requests: []}}",
            "4:53: widgets[0].requests: `timeseries` gives the queries; say the",
        ),
        (
            "- {cohort: x}",
            "4:12: widgets[0].cohort: has no short form; its fields go below it: `cohort: {requests: …}`",
        ),
        ("- {distribution: ['a{*}', 'b{*}']}", "4:18: widgets[0].distribution: has one query"),
        (
            "- {scatterplot: 'a{*}'}",
            "4:17: widgets[0].scatterplot: should be a query for each dimension: `{x: QUERY, y",
        ),
        (
            "- {list_stream: {log: x}}",
            "4:17: widgets[0].list_stream: should be the search of one source, as `logs: QUER",
        ),
        ("- {trace_service: x, env: y}", "4:3: the field 'span_name' is missing in widgets[0]"),
        ("- {note: 5}", "4:10: widgets[0].note: should be text, not 5; put it in quotes"),
        (
            "- group: A\n  widgets:\n  - {note: x, contnet: y}",
            "6:15: unknown field 'contnet'; did you mean 'content'?",
        ),
        ("- group: A\n  widgets:\n  - {group: B}", "6:5: widgets[0].widgets[0]: a group cannot stand in a group"),
        ("- group: A\n  widgets: x", "5:12: widgets[0].widgets: should be a list, not 'x'"),
        ("- group: A\n  widgets:\n  - {slo: '${slo:nope}'}", "6:11: ${slo:shop/nope}: there is no shop/slo/nope"),
        ("- {alert_graph: '${monitor:x'}", "4:17: '${' without its '}'"),
    ],
)
def test_what_is_wrong_is_said_where_it_was_written(problems, widget, said):
    (found,) = problems(widget)
    assert found.startswith(said)


def test_the_example_of_the_documentation_is_right(workspace):
    page = Path(__file__).parents[2] / "docs" / "kinds" / "dashboard.md"
    example = page.read_text().split("```yaml\n")[1].split("```")[0]
    workspace.write("dashboards/shop/overview.yaml", example)
    assert workspace.problems() == []


WORDS = [
    *(
        "group",
        "timeseries",
        "query_value",
        "scatterplot",
        "hostmap",
        "list_stream",
        "definition",
        "widgets",
        "requests",
    ),
    *("queries", "logs", "metrics", "slo", "x", "y", "by", "compute", "limit", "formula", "title", "width", "height"),
    *("layout", "type", "unchecked", "columns", "alias", "data_source", "name"),
]

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 20)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "x", CPU, "avg("]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*TYPES[::5], *WORDS]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4), st.sampled_from(["ordered", "free", None]))
@settings(max_examples=300)
def test_whatever_is_written_is_explained(widgets, layout_type):
    body = {"title": "T", "widgets": widgets, **({"layout_type": layout_type} if layout_type else {})}
    expanded = KIND.expanded(body)
    if expanded.faults or not faults(KIND, expanded.body):
        return

    def located(path, key):
        return Location(dotted(expanded.origin(path)))

    with pytest.raises(ValidationError) as refused:
        KIND.model.model_validate(expanded.body)
    assert explain(refused.value, KIND.model, expanded.body, located, (), expanded.origin)
