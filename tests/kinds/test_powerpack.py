import copy

import pytest
from datadog_api_client.v1.model.group_widget_definition import GroupWidgetDefinition
from datadog_api_client.v1.model.widget_text_align import WidgetTextAlign
from datadog_api_client.v2.model.powerpack_attributes import PowerpackAttributes
from datadog_api_client.v2.model.powerpack_group_widget import PowerpackGroupWidget
from datadog_api_client.v2.model.powerpack_group_widget_definition import PowerpackGroupWidgetDefinition
from datadog_api_client.v2.model.powerpack_group_widget_layout import PowerpackGroupWidgetLayout
from datadog_api_client.v2.model.powerpack_inner_widget_layout import PowerpackInnerWidgetLayout
from datadog_api_client.v2.model.powerpack_inner_widgets import PowerpackInnerWidgets
from datadog_api_client.v2.model.powerpack_template_variable import PowerpackTemplateVariable
from datadog_api_client.v2.model.widget_live_span import WidgetLiveSpan

from ddops.kinds import powerpack as ours
from ddops.kinds.powerpack import KIND
from ddops.plan.compare import differences
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

NOTE = {"definition": {"type": "note", "content": "# Hello\nyou"}}


def pack(*widgets, group=None, **fields):
    definition = {"type": "group", "layout_type": "ordered", "widgets": list(widgets or [NOTE])}
    return {"name": "Shop", "group_widget": {"definition": definition, **(group or {})}, **fields}


@pytest.mark.parametrize(
    ("model", "client_model"),
    [
        (ours.Powerpack, PowerpackAttributes),
        (ours.GroupWidget, PowerpackGroupWidget),
        (ours.GroupDefinition, PowerpackGroupWidgetDefinition),
        (ours.GroupDefinition, GroupWidgetDefinition),
        (ours.Layout, PowerpackGroupWidgetLayout),
        (ours.Layout, PowerpackInnerWidgetLayout),
        (ours.InnerWidget, PowerpackInnerWidgets),
        (ours.TemplateVariable, PowerpackTemplateVariable),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model):
    assert unknown_to(model, client_model) == set()


def test_every_value_of_the_client_is_allowed_and_no_other():
    assert words(ours.LiveSpan) == values(WidgetLiveSpan)
    assert words(ours.GroupDefinition.model_fields["title_align"].annotation) == values(WidgetTextAlign)
    assert PowerpackAttributes.validations["tags"]["max_items"] == ours.MAX_TAGS


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        ({"name": "n"}, ("group_widget",), "required"),
        (pack(tags=["tag:a"] * 9), ("tags",), "at most 8"),
        (pack(group={"live_span": "2h"}), ("group_widget", "live_span"), "'4h'"),
        (pack(group={"layout": {"x": 0, "y": 0, "width": 1}}), ("group_widget", "layout", "height"), "required"),
        (
            pack({"definition": {"type": "group", "widgets": []}}),
            ("group_widget", "definition", "widgets", 0, "definition", "type"),
            "a group cannot stand in a powerpack",
        ),
        (pack({"definition": {}}), ("group_widget", "definition", "widgets", 0, "definition", "type"), "required"),
        (pack({**NOTE, "titel": 1}), ("group_widget", "definition", "widgets", 0, "titel"), "not permitted"),
        (pack(template_variables=[{"name": ""}]), ("template_variables", 0, "name"), "at least 1"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(body, place, says):
    found = faults(KIND, body)
    assert place in found
    assert says in found[place]


def test_what_the_api_answers_can_be_pasted():
    answer = {"id": "5f0c", **pack({"id": 7, **NOTE}, tags=["tag:a"])}
    before = copy.deepcopy(answer)
    assert faults(KIND, answer) == {}
    assert KIND.payload(spec(KIND, answer), SETTING) == pack(tags=["tag:a"])
    assert answer == before


def test_what_the_server_fills_in_is_no_difference():
    layout = {"x": 0, "y": 0, "width": 12, "height": 1}
    live = pack({"id": 7, **NOTE}, group={"layout": layout}, description="", tags=[], template_variables=None, id="x")
    assert differences(KIND, pack(), live) == ()
    (change,) = differences(KIND, pack(group={"layout": {**layout, "height": 3}}), live)
    assert (change.path, change.before) == ("group_widget.layout", None)


def test_a_powerpack_needs_the_monitors_and_slos_of_its_widgets():
    alert = {"definition": {"type": "alert_graph", "alert_id": "12"}}
    query = {"definition": {"type": "timeseries", "requests": [{"queries": [{"data_source": "slo", "slo_id": "cd"}]}]}}
    assert list(KIND.refers(pack(alert, query))) == [("monitor", "12"), ("slo", "cd")]
    assert list(KIND.refers({"name": "empty"})) == []


def test_its_widgets_are_skimmed_by_a_line_each():
    titled = {"definition": {"type": "timeseries", "title": "Requests"}}
    assert list(KIND.outlines["group_widget"](pack(NOTE, titled)["group_widget"])) == [
        "note  # Hello",
        "timeseries  Requests",
    ]
    assert list(KIND.outlines["group_widget"](None)) == []
