import copy
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ddops.address import Marker
from ddops.kinds.contract import Body, Kind, Normal, kinds, mark
from ddops.plan.carry import carry_unknown
from ddops.plan.change import FieldChange
from ddops.plan.compare import differences, normalise

MONITOR, DASHBOARD, SLO = kinds()["monitor"], kinds()["dashboard"], kinds()["slo"]
BODY: Body = {"name": "n", "type": "query alert", "query": "q > 1", "options": {"thresholds": {"critical": 1}}}
FILLED: Body = {  # what an answer has beside what was sent
    "id": 1,
    "created": "2024",
    "multi": False,
    "overall_state": "OK",
    "priority": None,
    "draft_status": "published",
    "tags": [],
    "restricted_roles": None,
    "assets": [],
}
FILLED_OPTIONS = {"notify_audit": False, "silenced": {}, "include_tags": True, "new_host_delay": 300}


def changes(kind: Kind, payload: Body, live: Body) -> dict[str, tuple[object, object]]:
    return {change.path: (change.before, change.after) for change in differences(kind, payload, live)}


def test_what_the_server_fills_in_is_no_difference():
    options = {**BODY["options"], **FILLED_OPTIONS, "thresholds": {"critical": 1.0}}
    assert differences(MONITOR, BODY, {**BODY, **FILLED, "options": options}) == ()


@pytest.mark.parametrize(
    ("payload", "live"),
    [
        ({"type": "query alert"}, {"type": "metric alert"}),
        ({"query": " q > 1\n", "message": "m\n"}, {"query": "q > 1", "message": "m"}),
        ({"message": "m", "priority": 0}, {"message": "m", "priority": None}),
        ({"tags": ["a", "b"]}, {"tags": ["b", "a"]}),
        ({"options": {}}, {}),
        ({"options": {"timeout_h": None, "evaluation_delay": 0}}, {"options": {"renotify_interval": 0}}),
        ({"options": {"thresholds": {"critical": 1, "warning": None}}}, {"options": {"thresholds": {"critical": 1.0}}}),
        ({"options": {"thresholds": {"warning": None}}}, {}),
        ({"options": {"notify_no_data": False, "no_data_timeframe": 10}}, {"options": {"no_data_timeframe": None}}),
        ({"options": {"new_group_delay": 60}}, {"options": {"new_group_delay": 60, "new_host_delay": 600}}),
        ({}, {"draft_status": "draft", "restricted_roles": ["r"], "options": {"silenced": {"*": None}}}),
        ({"assets": [{"name": "a"}]}, {"assets": None}),
        (
            {"assets": [{"name": "a"}]},
            {"assets": [{"name": "a", "monitor_id": 1, "options": {}, "resource_key": None}]},
        ),
    ],
)
def test_monitors_that_are_the_same(payload, live):
    assert differences(MONITOR, payload, live) == ()


@pytest.mark.parametrize(
    ("payload", "live", "found"),
    [
        (
            {"options": {"thresholds": {"critical": 5}}},
            {"options": {"thresholds": {"critical": 6.5}}},
            {"options.thresholds.critical": (6.5, 5)},
        ),
        ({"options": {}}, {"options": {"thresholds": {"warning": 1}}}, {"options.thresholds.warning": (1, None)}),
        ({"tags": ["b", "a"]}, {"tags": ["a"]}, {"tags": (["a"], ["a", "b"])}),
        ({}, {"priority": 2}, {"priority": (2, None)}),
        ({"type": "log alert"}, {"type": "query alert"}, {"type": ("query alert", "log alert")}),
        ({"draft_status": "published"}, {"draft_status": "draft"}, {"draft_status": ("draft", None)}),
        (
            {"options": {"notify_no_data": True, "no_data_timeframe": 10}},
            {"options": {"notify_no_data": False}},
            {"options.notify_no_data": (None, True), "options.no_data_timeframe": (None, 10)},
        ),
        (
            {"options": {"notify_no_data": False}},
            {"options": {"notify_no_data": True, "no_data_timeframe": 20}},
            {"options.notify_no_data": (True, None), "options.no_data_timeframe": (20, None)},
        ),
        (
            {"options": {"notify_no_data": True, "no_data_timeframe": 10}},
            {"options": {"notify_no_data": True, "no_data_timeframe": 20}},
            {"options.no_data_timeframe": (20, 10)},
        ),
        (
            {"options": {"include_tags": False}},
            {"options": {"include_tags": True}},
            {"options.include_tags": (None, False)},
        ),
    ],
)
def test_monitors_that_differ(payload, live, found):
    assert changes(MONITOR, payload, live) == found


def widget(title="t", **definition):
    return {"definition": {"type": "note", "title": title, **definition}}


@pytest.mark.parametrize(
    ("payload", "live", "found"),
    [
        (
            {"widgets": [widget(), widget("new", text="what it says")]},
            {"widgets": [{"id": 1, **widget()}, {"id": 2, **widget("old", text="what it says")}]},
            {"widgets[1].definition.title": ("old", "new")},
        ),
        ({"widgets": [widget()]}, {"widgets": []}, {"widgets[0]": (None, widget())}),
        ({"widgets": [widget(n=1)]}, {"widgets": [widget(n=1.0)]}, {}),
        ({"widgets": [widget(n=1)]}, {"widgets": [widget(n=True)]}, {"widgets[0].definition.n": (True, 1)}),
        (
            {"widgets": [widget(l=[1, 2])]},
            {"widgets": [widget(l=[2, 1])]},
            {"widgets[0].definition.l": ([2, 1], [1, 2])},
        ),
        ({"widgets": [widget()]}, {"widgets": [widget(title_size="16", time={})], "notify_list": None}, {}),
        ({"notify_list": ["b", "a"]}, {"notify_list": ["a", "b"], "is_read_only": True}, {}),
        (
            {"widgets": [widget()], "tabs": [{"id": "x", "widget_ids": ["@1"]}]},
            {"widgets": [{"id": 7, **widget()}], "tabs": [{"id": "x", "widget_ids": [7]}]},
            {},
        ),
    ],
)
def test_dashboards(payload, live, found):
    assert changes(DASHBOARD, payload, live) == found


QUERIES = [{"name": "q1", "query": "sum:good"}, {"name": "q2", "query": "sum:bad"}]
COUNT = {"good_events_formula": {"formula": "q1"}, "bad_events_formula": {"formula": "q2"}, "queries": QUERIES}
DERIVED = {"numerator": "sum:good", "denominator": "(sum:good) + (sum:bad)"}
BY_COUNT = {"sli_specification": {"count": COUNT}}
OTHER_COUNT = {"sli_specification": {"count": {**COUNT, "bad_events_formula": {"formula": "q1"}}}}


@pytest.mark.parametrize(
    ("payload", "live", "paths"),
    [
        ({"query": DERIVED}, {"query": DERIVED, **BY_COUNT}, []),
        (BY_COUNT, {"query": DERIVED, **BY_COUNT}, []),
        (BY_COUNT, {"query": DERIVED}, []),
        (BY_COUNT, {"query": {**DERIVED, "numerator": "sum:other"}}, ["query.numerator"]),
        (
            BY_COUNT,
            {"query": {"numerator": "as the server writes it"}, **OTHER_COUNT},
            ["sli_specification.count.bad_events_formula.formula"],
        ),
        ({"tags": ["b", "a"]}, {"tags": ["a", "b"], "description": "", "timeframe": "7d"}, []),
        ({"timeframe": "30d"}, {"timeframe": "7d"}, ["timeframe"]),
    ],
)
def test_slos(payload, live, paths):
    assert list(changes(SLO, payload, live)) == paths


@pytest.mark.parametrize("kind", [MONITOR, DASHBOARD, SLO], ids=lambda kind: kind.name)
@pytest.mark.parametrize("protected", [True, False])
def test_the_marker_is_no_difference(kind, protected):
    body = {"tags": ["a:b"], "description": "d"}
    assert differences(kind, body, mark(kind, body, Marker("va", "rms", "k"), protected=protected)) == ()


class Inner(BaseModel):
    known: int = 0


class Outer(BaseModel):
    inner: Inner | None = None
    listed: list[Inner] | None = None


OUTER = replace(MONITOR, model=Outer, normal=Normal(read_only=frozenset({"id", "inner.seen"})))


@pytest.mark.parametrize(
    ("payload", "live", "sent", "paths"),
    [
        ({"inner": {"known": 1}}, {"inner": {"known": 2}, "id": 3}, {"inner": {"known": 1}}, []),
        ({}, {"new": [1]}, {"new": [1]}, ["new"]),
        ({"new": 2}, {"new": 1}, {"new": 2}, []),
        ({"inner": {"known": 1}}, {"inner": {"x": 1, "seen": 2}}, {"inner": {"known": 1, "x": 1}}, ["inner.x"]),
        ({}, {"inner": {"known": 2, "x": 1}}, {"inner": {"x": 1}}, ["inner.x"]),
        ({"listed": []}, {"listed": [{"x": 1}]}, {"listed": []}, []),
    ],
)
def test_fields_that_nobody_knows_are_kept(payload, live, sent, paths):
    before = copy.deepcopy((payload, live))
    assert carry_unknown(OUTER, payload, live) == (sent, paths)
    assert (payload, live) == before


def test_a_real_answer_has_nothing_unknown():
    live = {**BODY, **FILLED, "options": {**FILLED_OPTIONS, "new_option": 1}, "new_field": {"a": 1}}
    sent, paths = carry_unknown(MONITOR, BODY, live)
    assert paths == ["options.new_option", "new_field"]
    assert differences(MONITOR, sent, live) == (FieldChange("options.thresholds.critical", None, 1),)


def schedule(payload: dict, live: dict) -> Iterable[str]:
    return ["list[].b"] if live.get("off") else []


TABLE = Normal(
    read_only=frozenset({"id", "list[].id", "map.*.id"}),
    absent={"a": (None, 0), "map": ({},), "map.*": (None, {}), "map.exact": (1,), "list[].c": (False,)},
    unordered=frozenset({"set"}),
    trimmed=frozenset({"text"}),
    aliases={"word": {"old": "new"}},
    if_set=frozenset({"ui", "map.ui"}),
    conditional=schedule,
)
MADE = replace(MONITOR, normal=TABLE)


@pytest.mark.parametrize(
    ("body", "normal"),
    [
        ({"id": 1, "a": 0, "b": 0}, {"b": 0}),
        ({"a": False}, {"a": False}),
        ({"map": {"x": {"id": 1}, "exact": 1, "null": None}}, {}),
        ({"map": {"exact": None, "other": 1}}, {"map": {"other": 1}}),
        ({"list": [{"id": 1, "b": 2.0, "c": False}, {"c": 0}]}, {"list": [{"b": 2}, {"c": 0}]}),
        ({"list": [{"b": 1, "d": 1}], "off": 1}, {"list": [{"d": 1}], "off": 1}),
        ({"set": [2.0, 10, 1]}, {"set": [1, 10, 2]}),
        ({"text": " a ", "word": "old", "other": " old "}, {"text": "a", "word": "new", "other": " old "}),
    ],
)
def test_a_table_says_what_a_body_is_compared_as(body, normal):
    before = copy.deepcopy(body)
    assert normalise(MADE, body) == normal
    assert body == before


def test_what_people_set_in_the_ui_counts_only_where_the_spec_sets_it():
    live = {"ui": 1, "map": {"ui": 2}}
    assert changes(MADE, {}, live) == {}
    assert changes(MADE, {"ui": 2, "map": {"ui": 1}}, live) == {"ui": (1, 2), "map.ui": (2, 1)}


SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.sampled_from(["", " a", "old", "ok"])
KEYS = st.sampled_from(
    [
        *("id", "name", "type", "tags", "options", "thresholds", "critical", "silenced", "notify_no_data", "query"),
        *("no_data_timeframe", "widgets", "definition", "layout", "tabs", "sli_specification", "assets", "description"),
    ]
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))
WIDGET_IDS = st.integers(0, 9)
SHAPES = {  # what the API answers is always so
    "options": st.dictionaries(KEYS, JSON) | st.none(),
    "tags": st.lists(st.sampled_from(["a", "b:c", "ddops:va/rms/k"])) | st.none(),
    "widgets": st.lists(
        st.fixed_dictionaries({"definition": st.dictionaries(KEYS, JSON)}, optional={"id": WIDGET_IDS})
    ),
    "tabs": st.lists(st.fixed_dictionaries({"widget_ids": st.lists(st.integers(0, 9))})) | st.none(),
    "description": st.sampled_from([None, "", "d\n\nddops:va/rms/k"]),
    "sli_specification": st.none() | st.fixed_dictionaries({"count": st.just(COUNT)}),
    "query": st.sampled_from(["q > 1", None, DERIVED]),
    "thresholds": st.lists(st.fixed_dictionaries({"target": st.floats(1, 99)})),
    "name": SCALARS,
    "type": st.sampled_from(["metric alert", "query alert"]),
    "id": WIDGET_IDS,
}
BODIES = st.fixed_dictionaries({}, optional=SHAPES)


@pytest.mark.parametrize("kind", [MONITOR, DASHBOARD, SLO], ids=lambda kind: kind.name)
@settings(max_examples=50)
@given(body=BODIES)
def test_normalising_twice_changes_nothing_more(kind, body):
    before = copy.deepcopy(body)
    once = normalise(kind, body)
    assert normalise(kind, once) == once
    assert differences(kind, body, body) == ()
    assert body == before
