import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddops.kinds.contract import kinds
from ddops.plan.compare import differences
from tests.meaning.changes import monitor, of

DASHBOARD = kinds()["dashboard"]


def widget(title, y=None, height=3, x=0, **definition):
    body = {
        "definition": {"type": "timeseries", "title": title, "requests": [{"q": f"avg:{title}{{*}}"}], **definition}
    }
    return body if y is None else {**body, "layout": {"x": x, "y": y, "width": 6, "height": height}}


def group(title, y, height, *widgets):
    definition = {"type": "group", "title": title, "layout_type": "ordered", "widgets": list(widgets)}
    return {"definition": definition, "layout": {"x": 0, "y": y, "width": 12, "height": height}}


def stack(titles, start=0):
    return [widget(title, start + index * 3) for index, title in enumerate(titles)]


def board(widgets, **more):
    return {"title": "Shop", "layout_type": "ordered", "widgets": widgets, **more}


FLOW = [widget(title) for title in "abcdef"]
GROUPED = [group("G", 0, 4, widget("a", 0)), widget("b", 4), widget("c", 7)]

CASES = {
    "one inserted on top": (FLOW, [widget("new"), *FLOW], ["widgets[0]"], ['added timeseries "new"']),
    "one taken out on top": (FLOW, FLOW[1:], ["widgets[0]"], ['removed timeseries "a"']),
    "the last comes first": (
        FLOW,
        [FLOW[5], *FLOW[:5]],
        ["widgets[0].position"],
        ['moved timeseries "f" moved from place 6 to 1'],
    ),
    "one changed where it stands": (
        FLOW,
        [widget("a", yaxis={"scale": "log"}), *FLOW[1:]],
        ["widgets[0].definition.yaxis"],
        ['changed timeseries "a"'],
    ),
    "one inserted on a grid pushes the others": (
        stack("abcdef"),
        [widget("new", 0), *stack("abcdef", 3)],
        ["widgets[0]"],
        ['added timeseries "new"'],
    ),
    "one that moves on a grid pushes the others": (
        stack("abcdef"),
        [widget("f", 0), *stack("abcde", 3)],
        ["widgets[0].layout"],
        ['moved timeseries "f" moved from column 0 row 15 to column 0 row 0'],
    ),
    "one that grows pushes the others": (
        stack("abc"),
        [widget("a", 0, 5), *stack("bc", 5)],
        ["widgets[0].layout"],
        ['moved timeseries "a" resized from 6 × 3 to 6 × 5'],
    ),
    "all moved, pushed by none": (stack("ab"), stack("ab", 2), ["widgets[0].layout", "widgets[1].layout"], None),
    "one new in a group": (
        GROUPED,
        [group("G", 0, 7, widget("a", 0), widget("n", 3)), widget("b", 7), widget("c", 10)],
        ["widgets[0].definition.widgets[1]"],
        ['added timeseries "n" in group "G"'],
    ),
    "one goes into a group": (
        GROUPED,
        [group("G", 0, 7, widget("a", 0), widget("c", 3)), widget("b", 7)],
        ["widgets[0].definition.widgets[1].position"],
        ['moved timeseries "c" in group "G" moved into group "G"'],
    ),
    "a group is dissolved": (
        GROUPED,
        [widget("a", 0), widget("b", 3), widget("c", 7)],
        ["widgets[0].position", "widgets[0]"],
        ['moved timeseries "a" moved out of its group', 'removed group "G"'],
    ),
    "moved and changed": (
        FLOW,
        [widget("f", show_legend=True), *FLOW[:5]],
        ["widgets[0].position", "widgets[0].definition.show_legend"],
        ['changed timeseries "f" moved from place 6 to 1'],
    ),
    "its own fields come first": (FLOW, FLOW[1:], ["title", "widgets[0]"], None),
}


@pytest.mark.parametrize("name", CASES)
def test_widgets_are_matched_by_what_they_are(name):
    before, after, paths, told = CASES[name]
    live, payload = board(before), board(after, **({"title": "x"} if "title" in paths else {}))
    assert [one.path for one in differences(DASHBOARD, payload, live)] == paths
    if told is not None:
        parts = of("dashboard", live, payload).parts
        assert [
            " ".join(filter(None, [one.what, one.label, one.group and f"in {one.group}", one.moved])) for one in parts
        ] == told


def test_in_a_free_layout_nothing_makes_room():
    live, payload = (board(widgets, layout_type="free") for widgets in (stack("ab"), [widget("n", 0), *stack("ab", 3)]))
    paths = [one.path for one in differences(DASHBOARD, payload, live)]
    assert paths == ["widgets[0]", "widgets[1].layout", "widgets[2].layout"]


def test_an_id_says_more_than_a_title():
    live = board([{"id": 1, **widget("a")}, {"id": 2, **widget("b")}])
    payload = board([{"id": 2, **widget("a")}, {"id": 1, **widget("c")}])
    paths = {one.path.partition(".")[2] for one in differences(DASHBOARD, payload, live)}
    assert paths == {"position", "definition.title", "definition.requests[0].q"}


ANY = st.recursive(
    st.builds(widget, st.sampled_from("abc"), st.none() | st.integers(0, 9), st.integers(1, 3), st.integers(0, 6)),
    lambda inner: st.builds(lambda y, found: group("G", y, 4, *found), st.integers(0, 9), st.lists(inner, max_size=3)),
    max_leaves=6,
)


@given(st.lists(ANY, max_size=5), st.lists(ANY, max_size=5))
def test_whatever_differs_is_told_as_a_whole(before, after):
    live, payload = board(before), board(after)
    found = differences(DASHBOARD, payload, live)
    assert bool(found) is (live != payload)
    told = of("dashboard", live, payload)
    paths = [one.path for one in told.differences]
    for part in told.parts:
        paths += [one.path for one in part.differences] or [part.path]
    assert sorted(paths) == sorted(one.path for one in found)


@pytest.mark.parametrize(
    ("before", "after", "path", "expected"),
    [
        ({"tags": ["a", "b"]}, {"tags": ["b", "c"]}, "tags", {"added": ("c",), "removed": ("a",)}),
        ({"priority": 2}, {"priority": 3}, "priority", {"before": 2, "after": 3, "sense": None}),
        ({"name": "a b"}, {"name": "a c"}, "name", {"words": (("kept", "a "), ("removed", "b"), ("added", "c"))}),
    ],
)
def test_fields(before, after, path, expected):
    (found,) = of("monitor", monitor(**before), monitor(**after)).differences
    assert found.path == found.name == path
    assert {name: getattr(found, name) for name in expected} == expected


LESS = {"query": "avg(last_5m):avg:shop.free{*} < 5"}
SENSES = [
    ("monitor", {}, {"options": {"thresholds": {"critical": 95}}}, "looser"),
    ("monitor", {}, {"options": {"thresholds": {"critical": 85}}}, "tighter"),
    ("monitor", LESS, {**LESS, "options": {"thresholds": {"critical": 4}}}, "looser"),
    ("monitor", {}, {"query": "avg(last_5m):avg:shop.latency{env:prod,service:shop} by {host} > 95"}, "looser"),
    ("monitor", {}, {"query": "avg(last_5m):avg:shop.latency{env:prod} by {host} > 95"}, None),
    ("monitor", {}, {"query": "avg(last_5m):avg:shop.latency{env:prod,service:shop} by {host} < 95"}, None),
    ("monitor", {}, {"query": "nonsense"}, None),
    ("monitor", {}, {"priority": 5}, None),
]


CHECK = {"type": "service check", "query": '"ntp.in_sync".over("*").by("host").last(%d).count_by_status()'}
FORMULA = {"type": "log alert", "query": 'formula("a * 100").last("5m") > %d'}
AMONG = [
    ("query", {"query": "avg(last_5m):avg:shop.latency{*} * 1000 > 90000"}, 90000, None),
    ("query", {"query": "avg(last_1h):avg:shop.latency{env:prod,service:shop} by {host} > 95"}, 95, None),
    ("query", {"query": "avg(last_5m):avg:shop.latency{env:prod, service:shop} by {host} > 95"}, 95, "looser"),
]


@pytest.mark.parametrize(("path", "after", "critical", "sense"), AMONG)
def test_a_number_is_looser_only_of_what_was_compared_before(path, after, critical, sense):
    told = of("monitor", monitor(), monitor(**after, options={"thresholds": {"critical": critical}}))
    found = {one.path: one.sense for one in told.differences}
    assert found == {path: sense, "options.thresholds.critical": sense}


def test_a_check_looks_at_as_many_runs_as_its_thresholds_want():
    before, after = ({**CHECK, "query": CHECK["query"] % runs} for runs in (4, 6))
    told = of(
        "monitor",
        monitor(**before, options={"thresholds": {"critical": 3}}),
        monitor(**after, options={"thresholds": {"critical": 5}}),
    )
    assert {one.path: one.sense for one in told.differences}["options.thresholds.critical"] == "looser"


def test_another_variable_is_another_measure():
    searches = [[{"name": "a", "data_source": "logs", "search": {"query": one}}] for one in ("a", "b")]
    old, new = (
        monitor(type="log alert", query=FORMULA["query"] % number, options={"variables": variables})
        for number, variables in zip((90, 95), searches, strict=True)
    )
    assert {one.sense for one in of("monitor", old, new).differences} == {None}


@pytest.mark.parametrize(("kind", "before", "after", "sense"), SENSES)
def test_thresholds_are_looser_or_tighter(kind, before, after, sense):
    (found,) = of(kind, monitor(**before), monitor(**after)).differences
    assert found.sense == sense


def promised(*targets):
    named = [dict(zip(("timeframe", "target", "warning"), one, strict=False)) for one in targets]
    return {"name": "Shop answers", "type": "metric", "thresholds": named}


@pytest.mark.parametrize(
    ("before", "after", "sense"),
    [
        ([("7d", 99.9)], [("7d", 99.5)], "looser"),
        ([("7d", 99.5)], [("7d", 99.9)], "tighter"),
        ([("7d", 99.5, 99.8)], [("7d", 99.5, 99.7)], "looser"),
        ([("7d", 99.5), ("30d", 99)], [("30d", 98), ("7d", 99.5)], "looser"),
        ([("7d", 99.5), ("30d", 99)], [("30d", 99.1), ("7d", 99.4)], None),
        ([("7d", 99.5)], [("30d", 99.5)], None),
        ([("7d", 99.5)], [("7d", 99.5, 99.8)], None),
    ],
)
def test_targets_are_looser_or_tighter(before, after, sense):
    (found,) = of("slo", promised(*before), promised(*after)).differences
    assert (found.path, found.sense) == ("thresholds", sense)
