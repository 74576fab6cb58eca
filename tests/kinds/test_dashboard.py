import copy

import pytest
from datadog_api_client.v1.model.dashboard import Dashboard as ClientDashboard
from datadog_api_client.v1.model.dashboard_fixed_timeframe import DashboardFixedTimeframe
from datadog_api_client.v1.model.dashboard_layout_type import DashboardLayoutType
from datadog_api_client.v1.model.dashboard_live_timeframe import DashboardLiveTimeframe
from datadog_api_client.v1.model.dashboard_reflow_type import DashboardReflowType
from datadog_api_client.v1.model.dashboard_tab import DashboardTab
from datadog_api_client.v1.model.dashboard_template_variable import DashboardTemplateVariable
from datadog_api_client.v1.model.dashboard_template_variable_preset import DashboardTemplateVariablePreset
from datadog_api_client.v1.model.dashboard_template_variable_preset_value import DashboardTemplateVariablePresetValue
from datadog_api_client.v1.model.widget import Widget as ClientWidget
from datadog_api_client.v1.model.widget_definition import WidgetDefinition
from datadog_api_client.v1.model.widget_layout import WidgetLayout
from datadog_api_client.v1.model.widget_live_span_unit import WidgetLiveSpanUnit

from ddops.kinds.dashboard import KIND
from ddops.kinds.dashboard import model as ours
from ddops.kinds.dashboard.body import PASTED
from ddops.kinds.dashboard.widget import WIDGETS, Layout, Widget
from tests.kinds.client import unknown_to, values, words
from tests.kinds.specs import SETTING, faults, spec

NOTE = {"definition": {"type": "note", "content": "x"}}
TAB_ID = "5b153b9e-f858-5650-9ad0-34d241bfd781"


def at(x, y, width, height):
    return {"x": x, "y": y, "width": width, "height": height}


def group(*widgets, **definition):
    return {"definition": {"type": "group", "layout_type": "ordered", "widgets": list(widgets), **definition}}


def dashboard(*widgets, **fields):
    return {"title": "RMS", "layout_type": "ordered", "widgets": list(widgets), **fields}


@pytest.mark.parametrize(
    ("model", "client_model", "below"),
    [
        (ours.Dashboard, ClientDashboard, ""),
        (Widget, ClientWidget, "widgets[]."),
        (Layout, WidgetLayout, "-"),
        (ours.TemplateVariable, DashboardTemplateVariable, "-"),
        (ours.Preset, DashboardTemplateVariablePreset, "-"),
        (ours.PresetValue, DashboardTemplateVariablePresetValue, "-"),
        (ours.Tab, DashboardTab, "-"),
        (ours.Timeframe, DashboardLiveTimeframe, "-"),
        (ours.Timeframe, DashboardFixedTimeframe, "-"),
    ],
)
def test_every_field_of_the_client_is_known(model, client_model, below):
    assert unknown_to(model, client_model, PASTED, below) == set()


@pytest.mark.parametrize(
    ("annotation", "client_enum"),
    [
        (ours.Dashboard.model_fields["layout_type"].annotation, DashboardLayoutType),
        (ours.Dashboard.model_fields["reflow_type"].annotation, DashboardReflowType),
        (ours.Timeframe.model_fields["unit"].annotation, WidgetLiveSpanUnit),
    ],
)
def test_every_value_of_the_client_is_allowed_and_no_other(annotation, client_enum):
    assert words(annotation) == values(client_enum)


def test_every_widget_of_the_client_is_known():
    assert set(WIDGETS.words) == types_of(WidgetDefinition) | {"custom", "uptime"}


def types_of(definition):
    if "type" in getattr(definition, "openapi_types", {}):
        return values(definition.openapi_types["type"][0])
    return set().union(*map(types_of, definition._composed_schemas["oneOf"]))


FIXED = {"reflow_type": "fixed"}


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        (dashboard(NOTE, reflow_type="none"), ("reflow_type",), "'auto' or 'fixed'"),
        (dashboard(layout_type="grid"), ("layout_type",), "'ordered' or 'free'"),
        (dashboard(layout_type="free", reflow_type="auto"), ("reflow_type",), "goes with `layout_type: ordered`"),
        (dashboard(NOTE, **FIXED), ("widgets", 0, "layout"), "with `reflow_type: fixed` every widget has a `layout`"),
        (dashboard(NOTE, layout_type="free"), ("widgets", 0, "layout"), "with `layout_type: free`"),
        (dashboard({**NOTE, "layout": at(0, 0, 1, 1)}, reflow_type="auto"), ("widgets", 0, "layout"), "leave it out"),
        (dashboard({**NOTE, "layout": at(-1, 0, 1, 1)}, **FIXED), ("widgets", 0, "layout", "x"), "greater than"),
        (dashboard({**NOTE, "layout": at(8, 0, 6, 1)}, **FIXED), ("widgets", 0, "layout", "width"), "is 14"),
        (
            dashboard({**group({**NOTE, "layout": at(4, 0, 4, 1)}), "layout": at(0, 0, 6, 2)}, **FIXED),
            ("widgets", 0, "definition", "widgets", 0, "layout", "width"),
            "is 8, beyond the 6 columns",
        ),
        (dashboard({"definition": {"type": "notes"}}), ("widgets", 0, "definition", "type"), "'note'"),
        (dashboard({"definition": {}}), ("widgets", 0, "definition", "type"), "required"),
        (dashboard({"definition": {"type": "group"}}), ("widgets", 0, "definition", "layout_type"), "required"),
        (
            dashboard(group({"definition": {"type": "notes"}})),
            ("widgets", 0, "definition", "widgets", 0, "definition", "type"),
            "'note'",
        ),
        (
            dashboard(group(group())),
            ("widgets", 0, "definition", "widgets", 0, "definition", "type"),
            "a group cannot stand in a group",
        ),
        (dashboard({**NOTE, "layuot": {}}), ("widgets", 0, "layuot"), "not permitted"),
        (dashboard(tags=["env:prod"]), ("tags", 0), "team:"),
        (dashboard(tags=["team:a"] * 6), ("tags",), "at most 5"),
        (
            dashboard(template_variables=[{"name": "env", "default": "a", "defaults": ["a"]}]),
            ("template_variables", 0, "default"),
            "stand together",
        ),
        (
            dashboard(template_variables=[{"name": "env", "defaults": []}]),
            ("template_variables", 0, "defaults"),
            "at least 1 item",
        ),
        (
            dashboard(template_variables=[{"name": "env"}, {"name": "env"}]),
            ("template_variables", 1, "name"),
            "two template variables",
        ),
        (
            dashboard(
                template_variables=[{"name": "e"}],
                template_variable_presets=[
                    {"name": "p", "template_variables": [{"name": "e", "value": "a", "values": ["a"]}]}
                ],
            ),
            ("template_variable_presets", 0, "template_variables", 0, "value"),
            "stand together",
        ),
        (
            dashboard(NOTE, tabs=[{"id": TAB_ID, "name": "t", "widget_ids": ["@2"]}]),
            ("tabs", 0, "widget_ids", 0),
            "no position",
        ),
        (dashboard(NOTE, tabs=[{"id": "t", "name": "t", "widget_ids": []}]), ("tabs", 0, "id"), "UUID"),
        (
            dashboard(default_timeframe={"type": "live", "value": 1}),
            ("default_timeframe",),
            "`type`, `unit`, `value`",
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_place(body, place, says):
    found = faults(KIND, body)
    assert place in found
    assert says in found[place]


def test_an_export_of_the_ui_can_be_pasted():
    tab = {"id": TAB_ID, "name": "t", "widget_ids": [8, 7]}
    export = dashboard(
        {"id": 7, **NOTE},
        {"id": 8, **group({"id": 9, **NOTE})},
        id="abc-def-ghi",
        url="/dashboard/abc-def-ghi",
        author_handle="x",
        modified_at="2024",
        tabs=[tab],
        reflow_type=None,
    )
    before = copy.deepcopy(export)
    assert faults(KIND, export) == {}
    assert KIND.payload(spec(KIND, export), SETTING) == dashboard(
        NOTE, group(NOTE), tabs=[{**tab, "widget_ids": ["@2", "@1"]}], tags=["team:rms"]
    )
    assert export == before


def test_the_teams_tag_is_added_unless_the_spec_has_tags():
    assert KIND.payload(spec(KIND, dashboard()), SETTING)["tags"] == ["team:rms"]
    assert KIND.payload(spec(KIND, dashboard(tags=[])), SETTING)["tags"] == []


def test_a_dashboard_needs_the_monitors_and_slos_of_its_widgets():
    alert = {"definition": {"type": "alert_graph", "alert_id": "12"}}
    slo = {"definition": {"type": "slo", "slo_id": "ab"}}
    query = {"definition": {"type": "timeseries", "requests": [{"queries": [{"data_source": "slo", "slo_id": "cd"}]}]}}
    pack = {"definition": {"type": "powerpack", "powerpack_id": "ef"}}
    needs = [("monitor", "12"), ("slo", "ab"), ("slo", "cd"), ("powerpack", "ef")]
    assert list(KIND.refers(dashboard(alert, group(slo, query), pack))) == needs
