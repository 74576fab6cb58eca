"""What is asked of an org, over HTTP, and what becomes of the answers."""

import threading
from dataclasses import replace

import pytest

from ddops.address import Address
from ddops.backtest.ask import MOST_ASKED, MOST_CURVES, backtests
from ddops.backtest.sentence import sentence
from ddops.plan.change import Action
from tests.backtest.made import ASKED, QUERY, START, change, monitor, when
from tests.org.scripted import Reply

END = START + 86_400
NOW = END + 17
OLD, NEW = monitor(QUERY.replace("50", "40"), critical=40.0), monitor(critical=50.0, warning=20)
LOGS = monitor('logs("*").index("*").rollup("count").last("5m") > 1', "log alert")


def series(*values, scope="*", start=START, unit=None):
    points = [[1000 * (start + 300 * at), value] for at, value in enumerate(values)]
    return {"scope": scope, "pointlist": points, "unit": [unit and {"short_name": unit}, None]}


def answer(*found):
    return Reply(body={"status": "ok", "series": list(found)})


@pytest.fixture
def ask(scripted):
    """Asks about changes an org that answers by a script; gives the backtests and the queries that it was asked."""

    def run(script, *changes, **org):
        server, connected = scripted(script if callable(script) else lambda asked: script, **org)
        found = backtests(changes, {"acme": connected}, NOW)
        return found, [asked.query for asked in server.asked]

    return run


def test_a_changed_threshold_is_tried_on_the_past(ask):
    values = [60, 45, None, 10]
    (found,), asked = ask(answer(series(*values, unit="ms")), change(before=OLD, payload=NEW))
    assert asked == [{"from": str(START), "to": str(END), "query": ASKED}]
    assert (found.org, found.address) == ("acme", Address("shop", "monitor", "errors"))
    assert (found.query, found.window, found.start, found.end, found.unit) == (ASKED, 300, START, END, "ms")
    assert found.before == when(critical=40)
    assert found.after == when(critical=50, warning=20)
    assert [one.points for one in found.curves] == [((START, 60), (START + 300, 45), (START + 900, 10))]
    assert sentence(found).startswith(
        "In the last day 1 of 3 evaluations would have alerted; with the old threshold 2."
    )


@pytest.mark.parametrize(
    ("before", "after", "sides", "query_changes"),
    [
        (None, NEW, (False, True), False),
        (OLD, None, (True, False), False),
        (monitor(QUERY.replace("5m", "10m")), NEW, (False, True), True),
        (LOGS, NEW, (False, True), True),
        ({"type": "query alert"}, NEW, (False, True), True),
        (monitor(QUERY.replace("> 50", "< 1")), NEW, (True, True), False),
    ],
)
def test_a_condition_counts_where_it_is_for_the_same_query(ask, before, after, sides, query_changes):
    action = Action.UPDATE if after else Action.DELETE
    (found,), _ = ask(answer(series(1, 2)), change(action=action, before=before, payload=after))
    assert (found.before is not None, found.after is not None) == sides
    assert found.query_changes is query_changes


def test_the_number_of_the_query_is_critical_where_no_option_says_so(ask):
    (found,), _ = ask(answer(series(1)), change(payload={"type": "query alert", "query": QUERY}))
    assert found.after == when(critical=50)


def test_thresholds_that_are_no_numbers_are_left_out(ask):
    odd = monitor(warning="20", ok=1, critical_recovery=float("inf"), critical_query="avg:a{*}", warning_recovery=True)
    (found,), _ = ask(answer(series(1)), change(payload=odd))
    assert found.after == when(critical=50)


def test_a_monitor_that_is_replaced_is_one(ask):
    gone, new = change(action=Action.DELETE, before=OLD), change(action=Action.CREATE, payload=NEW)
    (found,), _ = ask(answer(series(1)), gone, new)
    assert (found.before, found.after) == (when(critical=40), when(critical=50, warning=20))


def test_a_group_without_the_key_is_none(ask):
    """Monitors leave it out."""
    found, _ = ask(
        answer(series(60, scope="host:N/A,env:prod"), series(60, scope="host:a,x:N/Ave")), change(payload=NEW)
    )
    assert [curve.scope for curve in found[0].curves] == ["host:a,x:N/Ave"]
    found, _ = ask(answer(series(60, scope="env:prod,host:N/A")), change(payload=NEW))
    assert found[0].curves == ()


def test_a_monitor_that_looks_back_is_asked_of_that_time(ask):
    late = {**NEW, "options": {**NEW["options"], "evaluation_delay": 900}}
    (found,), asked = ask(answer(series(1)), change(before=OLD, payload=late))
    assert (found.start, found.end) == (START - 900, END - 900)
    assert [(one["from"], one["to"]) for one in asked] == [(str(START - 900), str(END - 900))]


def test_a_monitor_that_waits_for_a_full_window_has_its_doubts(ask):
    waits = {**NEW, "options": {**NEW["options"], "require_full_window": True}}
    (found,), _ = ask(answer(series(60)), change(before=OLD, payload=waits))
    assert "leaves out windows that are not full of data" in found.doubts[0]
    assert sentence(found).startswith("In the last day about 1 of 1 evaluation would have alerted")


def test_a_monitor_that_looks_at_times_of_its_own_is_not_asked_about(ask):
    daily = {"custom_schedule": {"recurrences": [{"rrule": "FREQ=DAILY;INTERVAL=1"}]}}
    body = {**NEW, "options": {**NEW["options"], "scheduling_options": daily}}
    (found,), asked = ask(answer(series(60)), change(before=OLD, payload=body))
    assert asked == []
    assert found.missing == "it looks at times of its own (`custom_schedule`)"


def test_what_watches_nothing_is_not_asked_about(ask):
    board = replace(change(payload={"title": "x"}), address=Address("shop", "dashboard", "x"))
    found, asked = ask(answer(), board, change(payload={"options": 7, "type": 1}), change("logs", payload=LOGS))
    assert asked == []
    assert [one.missing for one in found] == ["it watches events, not a metric"]
    assert found[0].query is None


def test_the_groups_that_came_farthest_are_shown_and_all_are_counted(ask):
    groups = [series(10 * at, scope=f"host:{at}") for at in range(30)]
    (found,), _ = ask(answer(*groups), change(before=OLD, payload=NEW))
    assert [curve.scope for curve in found.curves] == [f"host:{29 - at}" for at in range(MOST_CURVES)]
    assert found.more == 30 - MOST_CURVES
    assert sentence(found).startswith(
        "In the last day 24 of 30 evaluations would have alerted, in 24 of 30 groups; with the old threshold 25, in 25 "
        "groups."
    )
    low = monitor(QUERY.replace("> 50", "< 50"))
    (found,), _ = ask(answer(*groups), change(payload=low))
    assert found.curves[0].scope == "host:0"


def test_the_evaluation_under_way_does_not_count(ask):
    (found,), _ = ask(answer(series(1, 2, start=END - 300)), change(payload=NEW))
    assert found.curves[0].points == ((END - 300, 1),)


def test_nothing_in_the_span_is_said(ask):
    for found in (answer(), answer(series(None)), answer(series(1, start=START - 600))):
        (one,), _ = ask(found, change(payload=NEW))
        assert one.curves == ()
        assert one.missing == (
            "the org has no data for the query in the last day; are the names of the metric and its tags right?"
        )


def test_a_query_is_asked_once(ask):
    found, asked = ask(answer(series(1)), change("a", payload=NEW), change("b", payload=OLD))
    assert len(asked) == 1
    assert [one.address.key for one in found] == ["a", "b"]
    assert all(one.curves for one in found)


def of(number):
    return monitor(QUERY.replace("shop", f"shop{number}"))


def test_a_query_that_is_refused_is_said_and_the_others_are_answered(ask):
    refused = Reply(400, {"errors": ["unknown function"]})
    found, asked = ask(
        lambda asked: refused if "shop1" in asked.query["query"] else answer(series(1)),
        *(change(str(number), payload=of(number)) for number in range(3)),
    )
    assert len(asked) == 3
    assert [one.missing for one in found] == ["", "the org refuses the query: unknown function", ""]


@pytest.mark.parametrize(("status", "says"), [(403, "Forbidden"), (429, "Too many"), (500, "Oops")])
def test_an_org_that_does_not_answer_is_not_asked_on_and_on(ask, naps, status, says):
    changes = [change(str(number), payload=of(number)) for number in range(60)]
    found, asked = ask(Reply(status, {"errors": [says]}), *changes)
    assert len({query["query"] for query in asked}) < 60
    assert all(one.missing.startswith(f"the org does not answer: {says}") for one in found)


def test_of_very_many_those_that_alert_otherwise_come_first(ask):
    same = [change(f"same{at}", before=of(at), payload=of(at)) for at in range(MOST_ASKED)]
    found, asked = ask(answer(series(1)), *same, change("other", before=OLD, payload=NEW))
    assert len(asked) == MOST_ASKED
    assert found[-1].curves
    assert [one.address.key for one in found if one.missing] == [f"same{MOST_ASKED - 1}"]
    assert found[-2].missing == f"the plan has more than the {MOST_ASKED} queries that an org is asked"


@pytest.mark.parametrize("script", [answer(), Reply(400, {"errors": ["no"]})])
def test_of_a_sandbox_without_data_nothing_is_said(ask, script):
    found, _ = ask(script, change(payload=NEW), change("logs", payload=LOGS), is_sandbox=True)
    assert found == ()


def test_nobody_waits_for_long(scripted):
    late = threading.Event()
    _, org = scripted(lambda asked: late.wait() and answer(series(1)))
    try:
        (found,) = backtests([change(payload=NEW)], {"acme": org}, NOW, patience=0.01)
    finally:
        late.set()
    assert found.missing == "the org did not answer within 0 seconds"


def test_how_far_it_is_is_told(scripted):
    lines: list[str] = []
    _, org = scripted(lambda asked: answer(series(1)))
    backtests([change(payload=NEW)], {"acme": org}, NOW, lines.append)
    assert lines == ["acme: 1 of 1 metric queries answered"]
