"""Definitions of widgets: what is wrong in them is said in its place, with the nearest word of the right model."""

import pytest

from ddops.kinds.dashboard import KIND
from tests.kinds.specs import SETTING, faults, spec

HEAD = "product: shop\ntitle: T\nlayout_type: ordered\nwidgets:\n"
"""Four lines; a case begins in line 5."""

QUERY = "{data_source: metrics, name: a, query: 'avg:x{*}'}"


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
        (
            "{type: timeserie}",
            "5:24: widgets[0].definition.type: 'timeserie' is not allowed; did you mean 'timeseries'?",
        ),
        ("{title: x}", "5:17: the field 'type' is missing in widgets[0].definition"),
        ("{type: note, content: x, contnet: y}", "5:42: unknown field 'contnet'; did you mean 'content'?"),
        ("{type: note}", "5:17: the field 'content' is missing in widgets[0].definition"),
        ("{type: note, content: 5}", "5:39: widgets[0].definition.content: should be text, not 5; put it in quotes"),
        ("{type: timeseries, requests: []}", "5:46: widgets[0].definition.requests: should not be empty"),
        (
            "{type: timeseries, requests: [{q: x, dislay_type: bars}]}",
            "5:54: unknown field 'dislay_type'; did you mean 'display_type'?",
        ),
        (
            "{type: timeseries, requests: [{q: x, display_type: bar}]}",
            "5:68: widgets[0].definition.requests[0].display_type: 'bar' is not allowed; did you mean 'bars'?",
        ),
        # Only a query of metrics has a `query`, only one of events a `search`.
        (
            f"{{type: timeseries, requests: [{{queries: [{QUERY[:-1]}, qery: x}}]}}]}}",
            "5:109: unknown field 'qery'; did you mean 'query'?",
        ),
        (
            "{type: timeseries, requests: [{queries: [{data_source: logs, name: a, serch: {query: x}}]}]}",
            [
                "5:58: the field 'compute' is missing in widgets[0].definition.requests[0].queries[0]",
                "5:87: unknown field 'serch'; did you mean 'search'?",
            ],
        ),
        (
            "{type: timeseries, requests: [{queries: [{data_source: rom, name: a}]}]}",
            "5:72: widgets[0].definition.requests[0].queries[0].data_source: 'rom' is not allowed; did you mean 'rum'?",
        ),
        (
            "{type: split_group, size: md, "
            "split_config: {limit: 1, sort: {order: asc}, split_dimensions: [{one_graph_per: a}]},"
            " source_widget_definition: {type: timeseries, requests: [{q: x, styl: {}}]}}",
            "5:196: unknown field 'styl'; did you mean 'style'?",
        ),
        ("{type: timeseries, requests: [{q: x}], time: {live_span: 2h}}", 1),
        (
            "{type: timeseries, requests: [{q: x}], time: {type: live, unit: minute}}",
            "5:62: the field 'value' is missing in widgets[0].definition.time",
        ),
        (
            "{type: funnel, requests: [{request_type: funnel, query: {data_source: rum, query_string: x, step: []}}]}",
            [
                "5:73: the field 'steps' is missing in widgets[0].definition.requests[0].query",
                "5:109: unknown field 'step'; did you mean 'steps'?",
            ],
        ),
        (
            "{type: group, layout_type: ordered, widgets: [{definition: {type: note, content: x, contnet: y}}]}",
            "5:101: unknown field 'contnet'; did you mean 'content'?",
        ),
        (
            "{type: group, layout_type: ordered, widgets: [{definition: {type: group}}]}",
            "5:83: widgets[0].definition.widgets[0].definition.type: a group cannot stand in a group",
        ),
    ],
)
def test_what_is_wrong_in_a_definition(problems, widget, said):
    found = problems(f"  - definition: {widget}\n")
    if isinstance(said, int):
        assert len(found) == said
    else:
        assert found == (said if isinstance(said, list) else [said])


def test_unchecked_is_a_word_of_ours():
    new = {"type": "hologram", "beams": [{"x": 1}]}
    inner = {"definition": {"type": "note", "content": "x", "brand_new": 1}, "unchecked": True}
    group = {"definition": {"type": "group", "layout_type": "ordered", "widgets": [inner]}}
    body = {"title": "t", "layout_type": "ordered", "widgets": [{"definition": new, "unchecked": True}, group]}
    assert faults(KIND, body) == {}
    sent = KIND.payload(spec(KIND, body), SETTING)["widgets"]
    assert sent[0] == {"definition": new}
    assert sent[1]["definition"]["widgets"] == [{"definition": inner["definition"]}]


@pytest.mark.parametrize(
    ("definition", "place"),
    [({}, ("type",)), ({"type": 5}, ("type",)), ("note", ()), (None, ())],
)
def test_what_is_unchecked_still_has_a_type(definition, place):
    body = {"title": "t", "layout_type": "ordered", "widgets": [{"unchecked": True, "definition": definition}]}
    assert list(faults(KIND, body)) == [("widgets", 0, "definition", *place)]
