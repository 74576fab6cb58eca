import json

import click

SILENT = """\
product: shop
monitors:
  - key: quiet
    name: n
    type: query alert
    query: avg(last_5m):avg:m{*} > 1
    options: {thresholds: {critical: 1, warning: 0.5}}
"""


def test_the_matrix_with_what_nobody_uses_and_nobody_hears(ddops, workspace):
    workspace.write("monitors/quiet.yaml", SILENT)
    workspace.replace("monitors/shop.yaml", "    routes: {add: [vendor]}\n", "")
    run = ddops("routes")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == (
        "shop: 4 monitors\n"
        "monitor            alert        warning  recovery\n"
        "────────────────────────────────────────────────────\n"
        "errors.prod P2     alerts page  –        alerts page\n"
        "errors.staging P4  alerts       –        alerts\n"
        "latency            nobody       nobody   nobody\n"
        "quiet              nobody       nobody   nobody\n"
        "no monitor notifies of no_data, renotify, unknown\n"
        "nobody uses the channel 'vendor' (@vendor@example.com)\n"
        "nobody hears about alert of latency, quiet\n"
        "nobody hears about warning of latency, quiet\n"
        "nobody hears about recovery of latency, quiet\n"
    )


def test_where_names_have_no_room_it_is_a_list(ddops, workspace):
    key = "quiet-" * 9 + "monitor"
    workspace.write("monitors/quiet.yaml", SILENT.replace("key: quiet", f"key: {key}"))
    run = ddops("routes")
    assert max(map(len, run.stdout.splitlines())) <= 80
    assert run.stdout.startswith(
        "shop: 4 monitors\n"
        "errors.prod P2\n"
        "  alert, recovery: alerts page\n"
        "errors.staging P4\n"
        "  alert, recovery: alerts\n"
        "latency\n"
        "  alert, warning, recovery: vendor\n"
        f"{key}\n"
        "  alert, warning, recovery: nobody\n"
        "no monitor notifies of no_data, renotify, unknown\n"
    )
    wide = ddops("routes", terminal=True, env={"COLUMNS": "120"}).stdout
    assert f"\n{key}  nobody       nobody   nobody\n" in click.unstyle(wide)
    assert wide.count("\x1b[1;31mnobody") == 3 + 3
    assert ddops("routes", "--no-color", terminal=True, env={"COLUMNS": "80"}).stdout == run.stdout


def test_as_json(ddops):
    run = ddops("routes", "shop", "--format", "json")
    assert run.exit_code == 0
    (shop,) = json.loads(run.stdout)
    assert shop["product"] == "shop"
    assert [one["address"] for one in shop["monitors"]] == [
        f"shop/monitor/{key}" for key in ("errors.prod", "errors.staging", "latency")
    ]
    assert shop["monitors"][1] == {
        "address": "shop/monitor/errors.staging",
        "org": "main",
        "priority": 4,
        "states": {
            "alert": [{"channel": "alerts", "handle": "@slack-shop-alerts"}],
            "warning": None,
            "no_data": None,
            "recovery": [{"channel": "alerts", "handle": "@slack-shop-alerts"}],
            "renotify": None,
            "unknown": None,
        },
    }
    assert (shop["unused_channels"], shop["unheard_states"]) == ([], {})


def test_a_product_without_monitors(ddops, workspace):
    workspace.write(
        "products/empty.yaml",
        "product: empty\ntitle: E\norg: main\nteam: t\nchannels: {a: {slack: a}}\n",
    )
    assert ddops("routes", "empty").stdout == "empty: 0 monitors\nnobody uses the channel 'a' (@slack-a)\n"
    assert ddops("routes").stdout.count("\n\n") == 1


def test_an_unknown_product(ddops):
    run = ddops("routes", "shp")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == "unknown product 'shp'; did you mean 'shop'?\n"


def test_validate_runs_the_tests_of_a_product(ddops, workspace):
    product = (workspace.root / "products/shop.yaml").read_text()
    tests = "tests:\n  - {given: {state: alert, env: prod}, notifies: [page]}\n"
    workspace.write("products/shop.yaml", product + tests)
    run = ddops("validate")
    lines = [line for line in run.stdout.splitlines() if "[routing-test]" in line]
    place = f"products/shop.yaml:{len(product.splitlines()) + 2}:5"
    assert run.exit_code == 1
    assert lines == [
        f"{place}: error: shop/monitor/latency: tests[0]: page should hear of latency (ok → alert); "
        "notified: vendor [routing-test]"
    ]
    workspace.write("products/shop.yaml", product + tests.replace("env: prod", "env: prod, priority: 2"))
    assert "[routing-test]" not in ddops("validate").stdout


def test_unknown_channels_in_tests_are_errors(workspace):
    product = (workspace.root / "products/shop.yaml").read_text()
    line = len(product.splitlines()) + 2
    workspace.write(
        "products/shop.yaml",
        product + "tests:\n  - {given: {state: alert}, notifies: [pge, '@slack-x'], not_notifies: [vndor]}\n",
    )
    assert workspace.problems() == [
        f"products/shop.yaml:{line}:40: unknown channel 'pge'; did you mean 'page'?",
        f"products/shop.yaml:{line}:73: unknown channel 'vndor'; did you mean 'vendor'?",
    ]


def test_a_test_expects_something_that_can_be(workspace):
    product = (workspace.root / "products/shop.yaml").read_text()
    for given, said in {
        "{given: {state: alert}}": "a test says who is notified",
        "{given: {state: alrt}, notifies: []}": "'alrt' is not allowed; did you mean 'alert'?",
        "{given: {env: prod}, notifies: []}": "the field 'state' is missing",
        "{given: {state: recovery, from: ok}, notifies: []}": "from `ok` there is no recovery",
        "{given: {state: alert}, notfies: []}": "unknown field 'notfies'; did you mean 'notifies'?",
    }.items():
        workspace.write("products/shop.yaml", f"{product}tests: [{given}]\n")
        assert any(said in problem for problem in workspace.problems()), (given, workspace.problems())
