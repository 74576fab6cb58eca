"""What a preview shows of the files as they are, and when it looks at them anew."""

import gc
import re
import socket
import time

import pytest

from ddops.cli.environment import Environment
from ddops.cli.previewing import Answers, Asked, page
from ddops.cli.watching import Watch
from ddops.errors import UsageError

LATENCY = "shop/monitor/latency"


@pytest.fixture
def shown(orgs, workspace):
    """`shown(*names, base=None)` is the page of the workspace against the orgs, as it is served."""

    remembered: Answers = {}

    def show(*names, base=None, org="main", is_first=False):
        asked = Asked(workspace.root, names, org, base, Environment(orgs.env), remembered)
        return page(asked, lambda line: None, is_first=is_first)

    return show


def test_all_that_would_change(shown):
    found = shown()
    assert found.said == "main: Plan: 5 to create, 0 to update, 0 to adopt, 0 to delete, 0 unchanged."
    assert "<h1>Plan for main</h1>" in found.html
    assert found.html.count("<summary>create") == 5


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([LATENCY], [LATENCY]),
        (["shop/monitor/errors"], ["shop/monitor/errors.prod", "shop/monitor/errors.staging"]),
        (["shop/dashboard", LATENCY], ["shop/dashboard/overview", LATENCY]),
        (["shop"], ["shop/dashboard/overview", "shop/monitor/errors.prod", "shop/monitor/errors.staging", LATENCY]),
    ],
)
@pytest.mark.parametrize("is_applied", [False, True])
def test_what_was_asked_for_whether_it_changes_or_not(shown, orgs, names, expected, is_applied):
    if is_applied:
        orgs.apply()
    found = shown(*names)
    subjects = re.findall(r"<summary>(?!Routes)[^<]*<code>([^<]*)</code>", found.html)
    assert set(expected) <= set(subjects)
    assert "shop" in names or set(subjects) == set(expected)
    assert ("What stays as it is" in found.html) == is_applied
    assert ("<summary>create" in found.html) != is_applied


def test_what_stays_shows_what_it_is(shown, orgs):
    orgs.apply()
    assert "avg(last_5m):avg:shop.latency{env:prod} &gt; 2.5" in shown(LATENCY).html
    assert "<figcaption>Layout</figcaption>" in shown("shop/dashboard/overview").html


def test_what_a_resource_names_need_not_be_in_the_org_yet(shown):
    assert shown("shop/slo/availability").said.startswith("main: Plan: 1 to create")


def test_what_is_not_shown_counts_for_who_hears(shown, orgs, workspace):
    orgs.apply()
    workspace.replace("products/shop.yaml", "routes:\n", "routing: rules\nroutes:\n")
    found = shown(LATENCY)
    assert found.said.startswith("main: Plan: 0 to create, 1 to update")
    assert "ddops-route:acme/shop/vendor" in found.html
    assert "nobody hears" not in found.html
    workspace.replace("monitors/shop.yaml", "priority: 2", "priority: 3")
    assert "nobody hears" not in shown(LATENCY).html
    assert "nobody hears" in shown("shop/monitor/errors").html


def test_what_the_specs_let_go(shown, orgs, workspace):
    orgs.apply()
    workspace.remove("slos/shop.yaml")
    assert "<summary>delete <code>shop/slo/availability</code>" in shown("shop/slo/availability").html


def test_problems_are_on_the_page_until_they_are_mended(shown, workspace):
    workspace.replace("monitors/shop.yaml", "query alert", "qeury alert")
    found = shown()
    assert found.said.startswith("monitors/shop.yaml:14:11: type:")
    assert "<h1>A problem</h1>" in found.html
    workspace.replace("monitors/shop.yaml", "qeury alert", "query alert")
    assert "<h1>Plan for main</h1>" in shown().html


def test_a_problem_is_text(shown, workspace):
    workspace.replace("monitors/shop.yaml", "query alert", "<script>alert(1)</script>")
    assert "<script" not in shown().html


def test_an_org_that_refuses_is_on_the_page(shown, orgs, workspace, server):
    found = shown()
    orgs.env["DD_APP_KEY"] = ""
    assert "<h1>A problem</h1>" in shown().html
    assert "keys are missing: set DD_APP_KEY" in shown().said
    assert found.files >= {"monitors/shop.yaml", "runbooks/shop.md"}


@pytest.mark.parametrize(
    ("names", "org", "says"),
    [
        (["shop/monitor/latencyy"], "main", "unknown address 'shop/monitor/latencyy'; did you mean"),
        (["shop/monitor/latenc"], "main", "unknown address"),
        ([], "mian", "unknown org 'mian'; did you mean 'main'?"),
    ],
)
def test_what_the_command_line_asks_for_in_vain(shown, names, org, says):
    with pytest.raises(UsageError, match=says):
        shown(*names, org=org, is_first=True)
    # Later on it is something that came with a file.
    assert says in shown(*names, org=org).said


def test_a_save_does_not_ask_the_org_for_the_same_points_again(shown, orgs, workspace):
    now = int(time.time()) // 300 * 300
    points = [{"timestamp": at, "value": 1.5} for at in range(now - 86_400, now + 3600, 300)]
    series = {"metric": "shop.latency", "type": 3, "tags": ["env:prod"], "points": points}
    assert orgs.main.call("POST", "/api/v2/series", {"series": [series]})[0] == 202
    orgs.apply()
    workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 1.2}")
    assert "288 would have warned; with the old threshold as many" in shown("shop/monitor").html
    asked = orgs.server.requests.count(("GET", "/api/v1/query"))
    workspace.replace("monitors/shop.yaml", "warning: 1.2}", "warning: 2}")
    assert "None would have warned; with the old threshold 288" in shown("shop/monitor").html
    # Of errors there are no points, and there may be some by now.
    assert orgs.server.requests.count(("GET", "/api/v1/query")) - asked == asked - 1 == 2


def test_plans_that_were_shown_are_let_go(shown, workspace):
    shown()
    counts: list[tuple[str, int]] = []
    for warning in ("1.1", "1.2", "1.3"):
        workspace.replace("monitors/shop.yaml", f"warning: {counts[-1][0] if counts else 1}}}", f"warning: {warning}}}")
        shown()
        counts.append((warning, len(gc.get_objects())))
    assert gc.get_freeze_count() == 0
    assert counts[-1][1] - counts[0][1] < 1000


def test_a_command_line_that_is_wrong_ends_it(ddops):
    run = ddops("preview", "nope", "--org", "sandbox", "--no-open")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.startswith("unknown address 'nope'")


def test_a_port_that_is_taken(ddops):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = ddops("preview", "--org", "sandbox", "--port", str(port), "--no-open")
    assert run.exit_code == 1
    assert run.stderr == f"cannot serve on port {port}: Address already in use; choose another with --port\n"


@pytest.fixture
def watch(workspace):
    return Watch(workspace.root)


def waits(saves, timeout=2.0):
    """Whether nothing comes for a while: a thread looks for it."""
    import threading

    came = threading.Event()

    def look():
        next(saves)
        came.set()

    threading.Thread(target=look, daemon=True).start()
    return not came.wait(timeout)


def save(workspace):
    workspace.replace("monitors/shop.yaml", "Shop is slow", "Shop is slower")


def come(workspace):
    workspace.write("monitors/more.yml", "product: shop\nmonitors: []\n")


def go(workspace):
    workspace.remove("slos/shop.yaml")


def configure(workspace):
    workspace.replace("ddops.yaml", "acme/monitoring", "acme/other")


def fill_a_new_folder(workspace):
    workspace.write("synthetics/shop/new.yaml", "product: shop\n")


def edit_a_runbook(workspace):
    workspace.write("runbooks/shop.md", "# Other\n")


@pytest.mark.parametrize("edit", [save, come, go, configure, fill_a_new_folder, edit_a_runbook])
def test_each_save_counts_once(workspace, watch, edit):
    saves = watch.saves()
    next(saves)
    watch.add(["runbooks/shop.md"])
    edit(workspace)
    next(saves)
    assert waits(saves, 0.5)


def test_what_is_not_of_the_workspace_does_not_count(workspace, watch):
    saves = watch.saves()
    next(saves)
    workspace.write(".ddops/cache/x", "x")
    workspace.write("README.md", "x")
    workspace.write("monitors/.swp.yaml", "x")
    assert waits(saves, 0.5)


def test_a_save_while_the_page_is_made_counts(workspace, watch):
    saves = watch.saves()
    next(saves)
    watch.add(["runbooks/shop.md"])
    edit_a_runbook(workspace)
    watch.add(["runbooks/shop.md"])
    next(saves)
