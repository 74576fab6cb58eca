"""Who made each field of a dashboard differ, wherever its widgets stand in the specs, at the base and in the org."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.kinds.contract import kinds
from ddops.plan.carry import carry
from ddops.plan.compare import differences
from ddops.plan.field_cause import by_field

DASHBOARD = kinds()["dashboard"]


def widget(metric, title=None, **definition):
    request = {"q": f"avg:{metric.replace(' ', '.')}{{*}}"}
    return {"definition": {"type": "timeseries", "title": title or metric, "requests": [request], **definition}}


def board(*widgets):
    return {"title": "Shop", "layout_type": "ordered", "widgets": list(widgets)}


def numbered(body):
    """As the org holds it: every widget has an id."""
    live = copy.deepcopy(body)
    for number, one in enumerate(live["widgets"]):
        one["id"] = 100 + number
    return live


def causes(then, now, live):
    sent, wanted = (carry(DASHBOARD, copy.deepcopy(body), live)[0] for body in (then, now))
    found = by_field(DASHBOARD, differences(DASHBOARD, wanted, live), live, sent, wanted, beside=([], []))
    return {one.path: str(one.cause) for one in found}


FLOW = [widget(title) for title in ("alpha one", "beta two", "gamma three", "delta four")]
LOG = {"yaxis": {"scale": "log"}}


def test_a_widget_on_top_moves_no_blame():
    live = numbered(board(*FLOW))
    live["widgets"][1]["definition"]["title"] = "beta two of theirs"
    now = board(widget("new"), *FLOW[:3], widget("delta four", **LOG))
    assert causes(board(*FLOW), now, live) == {
        "widgets[0]": "yours",
        "widgets[2].definition.title": "drift",
        "widgets[4].definition.yaxis": "yours",
    }


def test_what_somebody_added_is_theirs_and_what_was_taken_out_is_yours():
    live = numbered(board(widget("theirs"), *FLOW))
    assert causes(board(*FLOW), board(*FLOW[1:]), live) == {"widgets[0]": "drift", "widgets[1]": "yours"}


def test_what_somebody_took_out_comes_back():
    live = numbered(board(*FLOW[1:]))
    now = board(widget("new"), *FLOW)
    assert causes(board(*FLOW), now, live) == {"widgets[0]": "yours", "widgets[1]": "drift"}


def test_the_same_widget_by_both():
    live = numbered(board(*FLOW))
    live["widgets"][1]["definition"]["title"] = "beta two of theirs"
    now = board(widget("new"), FLOW[0], widget("beta two", "beta two of mine"), *FLOW[2:])
    assert causes(board(*FLOW), now, live)["widgets[2].definition.title"] == "both"


@pytest.mark.parametrize("swapped", [[1, 0, 2, 3], [3, 0, 1, 2], [0, 2, 1, 3]])
def test_who_moved_a_widget(swapped):
    moved = board(*(FLOW[index] for index in swapped))
    top = widget("new")
    assert set(causes(board(*FLOW), board(top, *FLOW), numbered(moved)).values()) == {"yours", "drift"}
    found = causes(board(*FLOW), board(top, *moved["widgets"]), numbered(board(*FLOW)))
    assert set(found.values()) == {"yours"}


EDITS = st.lists(st.sampled_from(["keep", "title", "drop"]), min_size=6, max_size=6)


@given(EDITS, EDITS, st.booleans())
def test_edits_of_different_widgets_are_told_apart(mine, theirs, on_top):
    """Of each widget at most one side changes something: mine of the first three, theirs of the others."""
    titles = ["alpha one", "beta two", "gamma three", "delta four", "eps five", "zeta six"]
    then = board(*map(widget, titles))

    def edited(edits, word, rows):
        found = []
        for row, (title, edit) in enumerate(zip(titles, edits, strict=True)):
            if row not in rows or edit == "keep":
                found.append(widget(title))
            elif edit == "title":
                found.append(widget(title, f"{word} {title}"))
        return found

    now = board(*([widget("new")] if on_top else []), *edited(mine, "mine", range(3)))
    live = numbered(board(*edited(theirs, "theirs", range(3, 6))))
    paths = {one.path: one for one in differences(DASHBOARD, carry(DASHBOARD, now, live)[0], live)}
    for path, cause in causes(then, now, live).items():
        said = str(paths[path].before) + str(paths[path].after)
        is_mine = "mine" in said or "new" in said or any(title in said for title in titles[:3])
        assert cause == ("yours" if is_mine else "drift")
