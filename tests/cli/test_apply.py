import re
import signal
import threading

import orjson
import pytest

from ddops.sandbox.server import Sandbox


def press_ctrl_c() -> None:
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, signal.SIGINT)


def test_it_shows_the_plan_asks_and_applies(orgs):
    run = orgs("apply", terminal=True, input="yes\n")
    assert run.exit_code == 0
    assert "Plan: 5 to create" in run.stdout
    assert "Apply these 5 changes to 'all'? Only 'yes' is a yes" in run.stderr
    assert orgs.changes() == []


@pytest.mark.parametrize("answer", ["y", "YES", "no", "yes please"])
def test_only_yes_is_a_yes(orgs, answer):
    run = orgs("apply", terminal=True, input=f"{answer}\n")
    assert run.exit_code == 1
    assert "not applied" in run.stderr
    assert orgs.writes() == []


def test_the_end_of_the_input_is_no_yes(orgs):
    run = orgs("apply", terminal=True, input="")
    assert run.exit_code == 130
    assert "nothing was changed" in run.stderr
    assert orgs.writes() == []


def test_without_a_terminal_it_does_not_ask(orgs):
    run = orgs("apply", input="yes\n")
    assert run.exit_code == 1
    assert "no terminal" in run.stderr
    assert "--yes" in run.stderr
    assert list(orgs.server.requests) == []


def test_nothing_to_do_needs_no_yes(orgs):
    orgs.apply()
    run = orgs("apply", "--no-color", terminal=True, input="")
    assert (run.exit_code, run.stdout) == (0, "No changes: 5 resources are as the specs say.\n")


def outcomes(run):
    """A line for each outcome, with what goes on below it, and the one that counts them."""
    text = run.stdout[run.stdout.rindex("Plan:") :].split("\n", 1)[1]
    return re.sub(r"\n +", " ", text).splitlines()


def test_it_says_how_far_it_is_and_links_what_it_made(orgs):
    run = orgs.apply()
    steps = [line for line in run.stderr.splitlines() if line.startswith("[")]
    assert [step.split("]")[0] for step in steps] == [f"[{number}/5" for number in range(1, 6)]
    assert steps[0] == "[1/5] create shop/monitor/latency: done"
    latency = orgs.main.one("monitor", "Shop is slow")
    page = f"https://acme.datadoghq.com/monitors/{latency['id']}"
    assert f"done  create shop/monitor/latency in main {page}" in outcomes(run)
    assert run.stdout.splitlines()[-1] == "5 done"


def test_references_are_filled_in_by_the_run_that_creates_them(orgs):
    orgs.apply()
    latency, errors = orgs.main.one("monitor", "Shop is slow"), orgs.main.one("monitor", "[prod] Shop errors")
    overview, availability = orgs.main.one("dashboard", "Shop"), orgs.main.one("slo", "Shop answers")
    assert overview["widgets"][1]["definition"]["alert_id"] == str(latency["id"])
    assert f"errors. https://acme.datadoghq.com/dashboard/{overview['id']}\n" in errors["message"]
    assert availability["monitor_ids"] == [errors["id"]]


def test_a_failure_stops_only_what_depends_on_it(orgs, workspace):
    workspace.replace(
        "monitors/shop.yaml",
        "options: {thresholds: {critical: 2.5, warning: 1}}",
        "options: {thresholds: {critical: 2.5, warning: 9}}\n    ignore: {threshold-order: the API is to refuse it}",
    )
    workspace.write(
        "monitors/free.yaml",
        "product: shop\nmonitors: [{key: free, name: Free, type: query alert, query: 'avg(last_5m):avg:a{*} > 1'}]\n",
    )
    run = orgs("apply", "--yes")
    assert run.exit_code == 1
    lines = outcomes(run)
    results = {line.split()[2]: line.split()[0] for line in lines[:-1]}
    assert results == {
        "shop/monitor/latency": "failed",
        "shop/monitor/free": "done",
        "shop/dashboard/overview": "skipped",
        "shop/monitor/errors.prod": "skipped",
        "shop/monitor/errors.staging": "skipped",
        "shop/slo/availability": "skipped",
    }
    assert lines[-1] == "1 done, 1 failed, 4 skipped"
    assert any("shop/slo/availability" in line and "needs shop/monitor/errors.prod" in line for line in lines)
    assert any("shop/monitor/latency" in line and "POST /api/v1/monitor: 400" in line for line in lines)
    assert orgs.main.titles("monitor") == ["Free"]
    assert [address for _, address in orgs.changes()] == [
        address for address in results if address != "shop/monitor/free"
    ]


def test_what_the_org_refuses_to_delete_is_named_and_the_rest_is_done(orgs, workspace):
    orgs.apply()
    latency = orgs.main.one("monitor", "Shop is slow")["id"]
    orgs.main.create("monitor", {"name": "Theirs", "type": "composite", "query": f"{latency} && !{latency}"})
    for file in ("monitors/shop.yaml", "slos/shop.yaml", "dashboards/shop/overview.yaml"):
        workspace.remove(file)
    run = orgs("apply", "--yes")
    assert run.exit_code == 1
    assert run.stdout.splitlines()[-1] == "4 done, 1 failed"
    (failed,) = [text for text in outcomes(run) if text.startswith("failed")]
    assert "delete shop/monitor/latency" in failed
    assert "is referenced in composite monitors" in failed
    assert orgs.main.titles("monitor") == ["Shop is slow", "Theirs"]


class TestSavedPlan:
    @pytest.fixture
    def saved(self, orgs, workspace):
        """Applies the workspace, then saves a plan that changes one monitor."""
        orgs.apply()
        workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
        run = orgs("plan", "--out", "plan.json")
        assert run.exit_code == 0
        orgs.server.requests.clear()

    def refused(self, orgs, *says):
        run = orgs("apply", "plan.json")
        assert run.exit_code == 1
        assert "changed since this plan was saved" in run.stderr
        for words in says:
            assert words in run.stderr
        assert orgs.writes() == []

    def test_exactly_that_is_done_without_asking(self, orgs, saved):
        latency = orgs.main.one("monitor", "Shop is slow")
        run = orgs("apply", "plan.json")
        assert run.exit_code == 0
        assert orgs.writes() == [("PUT", f"/api/v1/monitor/{latency['id']}")]
        assert orgs.changes() == []

    def test_a_second_time_it_is_refused(self, orgs, saved):
        assert orgs("apply", "plan.json").exit_code == 0
        orgs.server.requests.clear()
        self.refused(orgs, "shop/monitor/latency in main: update was planned, and is not needed any more")

    def test_an_edit_of_a_spec_that_it_changes(self, orgs, saved, workspace):
        workspace.replace("monitors/shop.yaml", "warning: 2}", "warning: 2.2}")
        self.refused(orgs, "shop/monitor/latency in main", "options.thresholds.warning")

    def test_an_edit_of_another_spec(self, orgs, saved, workspace):
        workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: The Shop")
        self.refused(orgs, "shop/dashboard/overview in main: update is needed now, and was not planned")

    def test_an_edit_that_only_moves_lines_is_none(self, orgs, saved, workspace):
        workspace.replace("monitors/shop.yaml", "product: shop\n", "# Monitors of the shop.\nproduct: shop\n")
        assert orgs("apply", "plan.json").exit_code == 0

    def test_lines_that_moved_are_not_named_beside_what_did(self, orgs, saved, workspace):
        workspace.replace("monitors/shop.yaml", "product: shop\n", "# Monitors of the shop.\nproduct: shop\n")
        workspace.replace("slos/shop.yaml", "target: 99.5", "target: 99.9")
        run = orgs("apply", "plan.json")
        assert "shop/slo/availability" in run.stderr
        assert "shop/monitor/latency" not in run.stderr

    def test_somebody_changed_what_it_changes(self, orgs, saved):
        latency = orgs.main.one("monitor", "Shop is slow")
        orgs.main.edit("monitor", latency["id"], message="Nothing to see.")
        orgs.server.requests.clear()
        self.refused(orgs, f"shop/monitor/latency in main: somebody changed {latency['id']} in the org", "message")

    def test_somebody_changed_something_else(self, orgs, saved):
        orgs.main.edit("dashboard", orgs.main.one("dashboard", "Shop")["id"], title="Mine")
        orgs.server.requests.clear()
        self.refused(orgs, "shop/dashboard/overview in main: update is needed now, and was not planned")

    def test_somebody_deleted_what_it_changes(self, orgs, saved):
        orgs.main.delete("monitor", orgs.main.one("monitor", "Shop is slow")["id"])
        orgs.server.requests.clear()
        self.refused(
            orgs,
            "shop/monitor/latency in main: create is needed now, and was not planned",
            "shop/monitor/latency in main: update was planned, and is not needed any more",
        )

    def test_an_object_was_adopted_since(self, orgs, saved, workspace):
        other = orgs.main.create("monitor", {"name": "n", "type": "query alert", "query": "avg(last_1h):avg:a{*} > 1"})
        orgs.server.requests.clear()
        workspace.write(
            "monitors/more.yaml",
            "product: shop\nmonitors: [{key: more, name: n, type: query alert, "
            f"query: 'avg(last_1h):avg:a{{*}} > 1', adopt: {other['id']}}}]\n",
        )
        self.refused(orgs, "shop/monitor/more in main: adopt is needed now, and was not planned")

    def test_somebody_elses_object_is_nobodys_business(self, orgs, saved):
        orgs.main.create("monitor", {"name": "n", "type": "query alert", "query": "avg(last_1h):avg:a{*} > 1"})
        assert orgs("apply", "plan.json").exit_code == 0

    def test_it_keeps_to_its_products_and_its_org(self, orgs, workspace):
        workspace.write("products/cart.yaml", "product: cart\ntitle: Cart\norg: main\nteam: cart\n")
        workspace.write(
            "monitors/cart.yaml",
            "product: cart\nmonitors: [{key: a, name: Cart, type: query alert, query: 'avg(last_5m):avg:a{*} > 1'}]\n",
        )
        assert orgs("plan", "cart", "--org", "main", "--out", "plan.json").exit_code == 0
        assert orgs("apply", "plan.json").exit_code == 0
        assert orgs.main.titles("monitor") == ["Cart"]

    def test_it_is_for_its_org_alone(self, orgs, saved):
        run = orgs("apply", "plan.json", "--org", "sandbox")
        assert run.exit_code == 1
        assert "the saved plan is for the org 'all'" in run.stderr

    def test_without_its_keys_it_does_not_go_to_the_sandbox(self, orgs, saved):
        run = orgs.run("apply", "plan.json")
        assert run.exit_code == 1
        assert "the saved plan is for the org 'all', and this run is for 'sandbox'" in run.stderr


class TestInterrupted:
    """Ctrl-C reaches the process while the org works on the second of three creates, each of which needs the one
    before it. Signals are handled in the main thread, which waits for that answer."""

    @pytest.fixture
    def server(self):
        def clock() -> float:
            posts = [path for method, path in sandbox.requests if method == "POST"]
            if len(posts) == 2 and not pressed.is_set():
                pressed.set()
                press_ctrl_c()
            return 1_700_000_000.0

        pressed = threading.Event()
        with Sandbox(None, rate_limit=10**6, clock=clock) as sandbox:
            yield sandbox

    def test_what_is_under_way_is_finished_and_everything_is_said(self, orgs):
        run = orgs("apply", "--yes")
        assert run.exit_code == 130
        lines = outcomes(run)
        assert [" ".join(line.split()[:4]) for line in lines[:2]] == [
            "done create shop/monitor/latency in",
            "done create shop/dashboard/overview in",
        ]
        assert lines[2:] == [
            "not reached  create shop/monitor/errors.prod in main: interrupted",
            "not reached  create shop/monitor/errors.staging in main: interrupted",
            "not reached  create shop/slo/availability in main: interrupted",
            "2 done, 3 not reached",
        ]
        assert "nothing was changed" not in run.stderr
        assert (orgs.main.titles("monitor"), orgs.main.titles("dashboard")) == (["Shop is slow"], ["Shop"])

    def test_the_next_run_goes_on_from_there(self, orgs):
        assert orgs("apply", "--yes").exit_code == 130
        assert orgs.plan()["summary"] == {"create": 3, "update": 0, "adopt": 0, "delete": 0, "unchanged": 2}
        orgs.apply()
        assert orgs.changes() == []

    def test_afterwards_ctrl_c_is_what_it_was(self, orgs):
        before = signal.getsignal(signal.SIGINT)
        orgs("apply", "--yes")
        assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_while_the_org_is_read_changes_nothing(ddops):
    def clock() -> float:
        if not pressed.is_set():
            pressed.set()
            press_ctrl_c()
        return 1_700_000_000.0

    pressed = threading.Event()
    with Sandbox(None, clock=clock) as sandbox:
        keys = dict.fromkeys(("DD_API_KEY", "DD_APP_KEY", "PARTNER_API_KEY", "PARTNER_APP_KEY"), "a-key-of-a-test")
        run = ddops("apply", "--yes", env={"DDOPS_API_URL": sandbox.url, **keys})
        assert run.exit_code == 130
        assert "interrupted; nothing was changed" in run.stderr
        assert all(method == "GET" for method, _ in sandbox.requests)


def test_keys_stand_nowhere(orgs, workspace):
    orgs.apply()
    orgs.main.edit("monitor", orgs.main.one("monitor", "Shop is slow")["id"], priority=3)
    runs = [
        orgs("plan", "--format", "json", "--out", "plan.json"),
        orgs("apply", "plan.json"),
        orgs("plan", env={"DDOPS_API_URL": orgs.server.url + "/nowhere"}),
    ]
    written = [file.read_bytes() for file in workspace.root.rglob("*") if file.is_file()]
    said = [orjson.dumps([run.stdout, run.stderr]) for run in runs]
    for name, key in orgs.env.items():
        if name.endswith("_KEY"):
            assert not any(key.encode() in text for text in [*written, *said]), name
