"""Updates of dashboards: the ids of widgets that are still there, and what this version of ddops does not know."""

import copy

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ddops.kinds.contract import kinds
from ddops.plan.carry import carry

DASHBOARD = kinds()["dashboard"]
PATH = "dashboards/shop/overview.yaml"
BOARD = """\
product: shop
title: Shop
layout_type: ordered
tabs:
  - {id: 11111111-2222-4333-8444-555555555555, name: All, widget_ids: ["@2", "@4"]}
widgets:
  - {timeseries: "avg:cpu{*}", title: CPU}
  - {timeseries: "avg:memory{*}", title: Memory}
  - {note: "Look at the graphs on the left first, then at the runbook."}
  - group: Traffic
    widgets:
      - {query_value: "sum:hits{*}.as_count()", title: Hits}
      - {query_value: "sum:errors{*}.as_count()", title: Errors}
"""


def numbered(widgets):
    """What each widget is called and its id, those in groups as well."""
    found = {}
    for widget in widgets:
        definition = widget["definition"]
        found[definition.get("title") or definition.get("content", "")[:4] or definition["type"]] = widget["id"]
        found |= numbered(definition.get("widgets", ()))
    return found


@pytest.fixture
def board(orgs, workspace):
    """Applies the board as it stands, or with its widgets changed, and gives the ids of what is in the org then."""
    workspace.write(PATH, BOARD)

    def apply(change=None):
        if change is not None:
            spec = yaml.safe_load((workspace.root / PATH).read_text())
            change(spec["widgets"])
            workspace.write(PATH, yaml.safe_dump(spec, sort_keys=False))
        orgs.apply()
        assert orgs.changes() == []
        return numbered(orgs.main.one("dashboard", "Shop")["widgets"])

    return apply


def edited(widgets):
    widgets[0]["timeseries"] = "max:cpu{*}"
    widgets[2]["note"] = "Look at the graphs on the right first, then at the runbook."
    widgets[3]["widgets"][1]["title"] = "Failures"


def moved(widgets):
    widgets.reverse()


def inserted(widgets):
    widgets.insert(0, {"timeseries": "avg:disk{*}", "title": "Disk"})


@pytest.mark.parametrize("change", [edited, moved, inserted], ids=lambda change: change.__name__)
def test_widgets_that_are_still_there_keep_their_ids(board, change):
    before, after = board(), board(change)
    renamed = {"Errors": "Failures"} if change is edited else {}
    assert {renamed.get(name, name): widget for name, widget in before.items()}.items() <= after.items()
    assert len(set(after.values())) == len(after)


def test_a_widget_that_moves_into_a_group_keeps_its_id(board):
    before = board()
    after = board(lambda widgets: widgets.insert(0, {"note": "new"}) or widgets[4]["widgets"].append(widgets.pop(1)))
    assert before.items() <= after.items()


def test_another_widget_is_another(board):
    def replaced(widgets):
        widgets[1] = {"timeseries": "avg:queue.depth{*}", "title": "Queue"}

    before, after = board(), board(replaced)
    assert after["Queue"] not in before.values()
    assert {name: one for name, one in before.items() if name != "Memory"}.items() <= after.items()


def test_tabs_lead_to_the_same_widgets(board, orgs):
    before = board()
    assert orgs.main.one("dashboard", "Shop")["tabs"][0]["widget_ids"] == [before["Memory"], before["Traffic"]]
    board(edited)
    assert orgs.main.one("dashboard", "Shop")["tabs"][0]["widget_ids"] == [before["Memory"], before["Traffic"]]


def test_ids_are_no_change(board, orgs, workspace):
    board()
    workspace.replace(PATH, "avg:cpu{*}", "max:cpu{*}")
    (change,) = orgs.plan()["changes"]
    assert [field["path"] for field in change["fields"]] == ["widgets[0].definition.requests[0].queries[0].query"]
    assert change["notes"] == []


NEW_TYPE = {"definition": {"type": "hologram", "beams": 3}, "layout": {"x": 0, "y": 20, "width": 12, "height": 2}}


def in_the_ui(orgs, edit):
    live = orgs.main.one("dashboard", "Shop")
    widgets = copy.deepcopy(live["widgets"])
    edit(widgets)
    orgs.main.edit("dashboard", live["id"], widgets=widgets)


def test_a_field_that_we_do_not_know_is_kept_and_noted(board, orgs, workspace):
    board()

    def edit(widgets):
        widgets[0]["definition"]["sparkle"] = {"level": 3}
        widgets[0]["definition"]["requests"][0]["glow"] = True
        widgets[3]["definition"]["widgets"][1]["definition"]["sparkle"] = 1

    in_the_ui(orgs, edit)
    assert orgs.changes() == []
    # The widget moves and changes; what nobody here knows of it goes with it.
    workspace.replace(PATH, 'widgets:\n  - {timeseries: "avg:cpu', 'widgets:\n  - {note: x}\n  - {timeseries: "max:cpu')
    (change,) = orgs.plan()["changes"]
    assert change["notes"] == [
        "unknown to this version of ddops and kept as it is: widgets[1].definition.requests[0].glow, "
        "widgets[1].definition.sparkle, widgets[4].definition.widgets[1].definition.sparkle"
    ]
    orgs.apply()
    definition = orgs.main.one("dashboard", "Shop")["widgets"][1]["definition"]
    assert (definition["sparkle"], definition["requests"][0]["glow"]) == ({"level": 3}, True)
    assert definition["requests"][0]["queries"][0]["query"] == "max:cpu{*}"
    assert orgs.changes() == []


def test_a_known_field_is_the_specs(board, orgs):
    board()
    in_the_ui(orgs, lambda widgets: widgets[0]["definition"].update(show_legend=True))
    (change,) = orgs.plan()["changes"]
    assert [(field["path"], field["after"]) for field in change["fields"]] == [
        ("widgets[0].definition.show_legend", None)
    ]


def test_a_widget_of_a_type_that_we_do_not_know_is_kept_and_noted(board, orgs, workspace):
    before = board()
    in_the_ui(orgs, lambda widgets: widgets.insert(1, NEW_TYPE))
    assert orgs.changes() == []
    workspace.replace(PATH, "avg:cpu{*}", "max:cpu{*}")
    (change,) = orgs.plan()["changes"]
    assert change["notes"] == [
        "unknown to this version of ddops and kept as it is: widgets[1] (a widget of type 'hologram')"
    ]
    orgs.apply()
    live = orgs.main.one("dashboard", "Shop")
    assert [widget["definition"]["type"] for widget in live["widgets"]] == [
        *("timeseries", "hologram", "timeseries", "note", "group")
    ]
    assert live["tabs"][0]["widget_ids"] == [before["Memory"], before["Traffic"]]
    assert orgs.changes() == []


def test_a_widget_of_a_new_type_can_be_said_unchecked(board, orgs, workspace):
    board()
    workspace.replace(
        PATH, "widgets:\n  - {time", "widgets:\n  - {definition: {type: hologram}, unchecked: true}\n  - {time"
    )
    orgs.apply()
    assert orgs.changes() == []
    assert orgs.main.one("dashboard", "Shop")["widgets"][0]["definition"] == {"type": "hologram"}


NAMES = st.sampled_from(["a", "b", "c", None])
WIDGETS = st.recursive(
    st.builds(
        lambda kind, title, text: {
            "definition": {"type": kind, "content": text, **({"title": title} if title else {})}
        },
        *(st.sampled_from(["note", "timeseries", "hologram"]), NAMES, st.sampled_from(["x y", "x z", "q"])),
    ),
    lambda inner: st.builds(
        lambda widgets: {"definition": {"type": "group", "title": "g", "widgets": widgets}}, st.lists(inner, max_size=3)
    ),
    max_leaves=4,
)


@given(st.lists(WIDGETS, max_size=5), st.lists(WIDGETS, max_size=5))
def test_no_id_is_sent_twice_and_none_is_made_up(wanted, held):
    ids = iter(range(1, 1000))

    def with_ids(widgets):
        return [
            {
                "id": next(ids),
                **one,
                "definition": {
                    **one["definition"],
                    **({"widgets": with_ids(one["definition"]["widgets"])} if "widgets" in one["definition"] else {}),
                },
            }
            for one in widgets
        ]

    def of(widgets):
        for one in widgets:
            yield from [one["id"]] if "id" in one else []
            yield from of(one["definition"].get("widgets", ()))

    live = {"title": "t", "widgets": with_ids(held)}
    payload = {"title": "t", "widgets": wanted}
    sent, _ = carry(DASHBOARD, payload, live)
    assert len(set(of(sent["widgets"]))) == len([*of(sent["widgets"])])
    assert set(of(sent["widgets"])) <= set(of(live["widgets"]))
    # What is there already is sent as it is.
    again, _ = carry(DASHBOARD, {"title": "t", "widgets": held}, live)
    assert again == live
