"""`ddops lint`. What each rule finds is said elsewhere (tests/lint_cases); here `tag-values` stands for all of them."""

import orjson
import pytest

POLICY = "policy: {tag_values: {env: [production]}}\n"
MONITOR = """\
# Whom it may concern.
product: shop
monitors:
  - key: disk   # the key
    name: " Disk is full "   # a name with blanks around it
    type: metric alert       # an old name
    runbook: errors
    query: avg(last_5m):avg:shop.disk{env:prod} by {region} > 90
    tags: ["env:prod"]

    # thresholds
    options: {thresholds: {critical: 90}}
"""


def one_rule(found, rule="tag-values"):
    return [finding for finding in found if finding["rule"] == rule]


@pytest.fixture
def wrong(workspace):
    """Two resources with a value that the policy does not allow."""
    workspace.write("ddops.yaml", (workspace.root / "ddops.yaml").read_text() + POLICY)
    return workspace


def lint(ddops, *args, **how):
    run = ddops("lint", "--format", "json", *args, **how)
    assert run.stderr == ""
    return orjson.loads(run.stdout)


def test_findings_have_their_places(ddops, wrong):
    found = one_rule(lint(ddops)["findings"])
    assert [(one["address"], one["source"]) for one in found] == [
        ("shop/monitor/errors.prod", {"path": "monitors/shop.yaml", "line": 3, "column": 5}),
        ("shop/monitor/errors.staging", {"path": "monitors/shop.yaml", "line": 3, "column": 5}),
        ("shop/monitor/latency", {"path": "monitors/shop.yaml", "line": 16, "column": 12}),
    ]
    assert one_rule(lint(ddops)["findings"]) == found, "the same where they were kept"


def test_as_text(ddops, wrong):
    run = ddops("lint")
    assert run.exit_code == 1
    expected = "monitors/shop.yaml:16:12: error: shop/monitor/latency: unknown value of the tag 'env' 'prod'; known:"
    assert any(line.startswith(expected) for line in run.stdout.splitlines())
    assert run.stdout.splitlines()[-1].startswith("3 errors")
    assert "\x1b[1;31merror\x1b[0m" in ddops("lint", terminal=True).stdout


def test_what_is_known_is_ignored_with_a_reason(ddops, wrong):
    wrong.replace("monitors/shop.yaml", "    routes: {add: [vendor]}", "    ignore: {tag-values: it is being renamed}")
    assert [one["address"] for one in one_rule(lint(ddops)["findings"])] == [
        "shop/monitor/errors.prod",
        "shop/monitor/errors.staging",
    ]
    wrong.replace(
        "presets/errors.yaml", "  type: query alert", "  ignore: [{tag-values: as well}]\n  type: query alert"
    )
    found = lint(ddops)["findings"]
    assert one_rule(found) == one_rule(found, "unused-ignore") == []


@pytest.mark.parametrize(
    ("written", "column", "message"),
    [
        ("[tag-values]", 14, "ignore[0]: 'tag-values' is ignored for no reason; a reason is needed: …"),
        ("tag-values", 13, "ignore: 'tag-values' is ignored for no reason; a reason is needed: …"),
        ('{tag-values: ""}', 26, 'ignore.tag-values: why? a reason is needed: `ignore: {tag-values: "the reason"}`'),
        ("{tag-values: }", 26, "ignore.tag-values: why? …"),
        ("[{tag-values: 5}]", 27, "ignore[0].tag-values: why? …"),
        ("5", 13, "ignore: should be a mapping from rules to reasons, …"),
        ("[[tag-values]]", 14, "ignore[0]: should be a mapping from rules to reasons, …"),
    ],
)
@pytest.mark.parametrize("path", ["monitors/shop.yaml", "products/shop.yaml"])
def test_an_ignore_needs_a_reason(workspace, path, written, column, message):
    if path == "monitors/shop.yaml":
        workspace.replace(path, "    routes: {add: [vendor]}", f"    ignore: {written}")
    else:
        column -= 4
        message = message if written != "5" else "ignore: should be a mapping, …"
        workspace.write(path, (workspace.root / path).read_text() + f"ignore: {written}\n")
    (problem,) = workspace.problems()
    assert problem.split(":", 3)[2] == str(column)
    said = problem.split(": ", 1)[1]
    assert said.startswith(message.removesuffix("…")) if message.endswith("…") else said == message


def test_only_some_products(ddops, wrong):
    wrong.write("products/cart.yaml", "{product: cart, title: Cart, org: main, team: cart}")
    monitor = "{key: k, name: n, type: query alert, query: 'avg(last_5m):avg:m{*} > 1', tags: ['env:x']}"
    wrong.write("monitors/cart.yaml", f"product: cart\nmonitors: [{monitor}]")
    assert len(one_rule(lint(ddops)["findings"])) == 4
    assert [one["address"] for one in one_rule(lint(ddops, "cart")["findings"])] == ["cart/monitor/k"]
    run = ddops("lint", "crat")
    assert (run.exit_code, run.stderr) == (1, "unknown product 'crat'; did you mean 'cart'?\n")


def test_an_information_does_not_fail(ddops, workspace, monkeypatch):
    from ddops.lint import about
    from ddops.lint.finding import Flaw, ProductRule, Severity

    def only(severity):
        rule = ProductRule(severity=severity, check=lambda product, context: [Flaw("said", ("team",))])
        monkeypatch.setattr("ddops.lint.run.offline", lambda: {"a-rule": rule})
        workspace.write("ddops.yaml", (workspace.root / "ddops.yaml").read_text() + "\n")
        return ddops("lint"), ddops("validate")

    assert about.offline()
    for run in only(Severity.INFO):
        assert run.exit_code == 0
        assert "products/shop.yaml:4:7: info: shop: said [a-rule]" in run.stdout
    assert [run.exit_code for run in only(Severity.WARNING)] == [1, 1]
    assert [run.exit_code for run in only(Severity.ERROR)] == [1, 1]


def test_the_rules_explain_themselves(ddops, workspace):
    workspace.remove("ddops.yaml")
    listed = ddops("lint", "--rules").stdout.splitlines()
    assert any(line.split()[:2] == ["tag-values", "error"] for line in listed)
    run = ddops("lint", "--explain", "tag-values")
    assert run.exit_code == 0
    assert run.stdout.startswith("tag-values\n\nError; looks at monitors.\n\n")
    assert {"Why", "Fix"} <= {line.partition(":")[0] for line in run.stdout.splitlines()}
    run = ddops("lint", "--explain", "tag-value")
    assert (run.exit_code, run.stderr) == (1, "unknown rule 'tag-value'; did you mean 'tag-values'?\n")


# --fix


def test_what_is_certain_is_mended_and_nothing_else(ddops, workspace):
    workspace.write("monitors/disk.yaml", MONITOR)
    workspace.write(
        "monitors/bom.yaml", b"\xef\xbb\xbf" + MONITOR.replace("disk", "bom").replace("\n", "\r\n").encode()
    )
    others = {path: path.read_bytes() for path in workspace.root.rglob("*.yaml") if path.stem not in ("disk", "bom")}
    run = ddops("lint", "--fix")
    assert run.stderr == "ddops: mended in 4 places\n"
    mended = MONITOR.replace('" Disk is full "', '"Disk is full"').replace("metric alert", "query alert")
    assert (workspace.root / "monitors/disk.yaml").read_text() == mended
    bom = b"\xef\xbb\xbf" + mended.replace("disk", "bom").replace("\n", "\r\n").encode()
    assert (workspace.root / "monitors/bom.yaml").read_bytes() == bom
    assert {path: path.read_bytes() for path in others} == others
    assert ddops("lint", "--fix").stderr == "ddops: mended in 0 places\n"
    assert "metric-alert-type" not in ddops("lint").stdout


def test_only_the_products_that_are_named_are_mended(ddops, workspace):
    workspace.write("products/cart.yaml", "{product: cart, title: Cart, org: main, team: cart}")
    workspace.write("monitors/disk.yaml", MONITOR)
    assert ddops("lint", "--fix", "cart").stderr == "ddops: mended in 0 places\n"


@pytest.mark.parametrize(
    "item",
    [
        'name: "${env} "\n    type: query alert',  # a part of a text is a variable
        "name: n\n    for_each: {type: {a: {is: metric alert}, b: {is: query alert}}}\n    type: ${type.is}",
        "name: n\n    type: >-\n      metric alert",
    ],
)
def test_what_is_not_certain_is_left(ddops, workspace, item):
    query = "query: avg(last_5m):avg:m{env:prod} > 1"
    for_each = "" if "for_each" in item else "for_each: {env: [prod]}\n    "
    text = f"product: shop\nmonitors:\n  - key: k\n    {for_each}{item}\n    {query}\n"
    file = workspace.write("monitors/k.yaml", text)
    run = ddops("lint", "--fix")
    assert run.stderr == "ddops: mended in 0 places\n"
    assert file.read_text() == text


def test_a_shared_preset_is_mended_only_for_all(ddops, workspace):
    workspace.replace("presets/errors.yaml", "type: query alert", "type: metric alert")
    other = "{key: own, preset: errors, with: {metric: m}, for_each: {env: [prod]}, name: n, type: query alert}"
    file = workspace.write("monitors/own.yaml", f"product: shop\nmonitors: [{other}]\n")
    assert ddops("lint", "--fix").stderr == "ddops: mended in 0 places\n"
    file.unlink()
    assert ddops("lint", "--fix").stderr == "ddops: mended in 1 place\n"
    assert "type: query alert" in (workspace.root / "presets/errors.yaml").read_text()


@pytest.mark.parametrize("worse", [2, "text"], ids=["another finding", "no workspace any more"])
def test_what_makes_it_worse_is_taken_back(ddops, workspace, monkeypatch, worse):
    from ddops.lint.finding import Flaw, Replace, Rule, Severity

    def check(resource, context):
        if resource.address.key == "latency":
            yield Flaw("a finding", fix=Replace(("options", "thresholds", "warning"), worse))
            if resource.spec.body["options"]["thresholds"]["warning"] != 1:
                yield Flaw("one more")

    rule = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
    monkeypatch.setattr("ddops.lint.run.offline", lambda: {"a-rule": rule})
    before = (workspace.root / "monitors/shop.yaml").read_bytes()
    run = ddops("lint", "--fix")
    assert (run.exit_code, run.stderr) == (1, "ddops: mended in 0 places\n")
    assert (workspace.root / "monitors/shop.yaml").read_bytes() == before


# --org


def test_the_sandbox_knows_no_handle_and_no_metric(ddops, workspace):
    run = ddops("lint", "--org", "sandbox")
    notes = [line for line in run.stdout.splitlines() if line.startswith("note: ")]
    assert notes == [
        "note: main: handle-not-in-org was not checked: the org lists no handle at all",
        "note: main: metric-not-seen was not checked: the org lists no metric at all",
    ]


def configure(ui, *, services=("Shop",), series=()):
    for name in services:
        body = {"service_name": name, "service_key": "k"}
        assert ui.call("POST", "/api/v1/integration/pagerduty/configuration/services", body)[0] == 201
    body = {"series": [{"metric": metric, "tags": tags, "points": []} for metric, tags in series]}
    assert ui.call("POST", "/api/v2/series", body)[0] == 202


def online(orgs, *args):
    run = orgs("lint", "--org", "main", "--format", "json", *args)
    assert run.stderr == ""
    found = orjson.loads(run.stdout)
    return [(one["rule"], one["address"], one["source"]["line"], one["message"]) for one in found["findings"]], found


def test_handles_that_the_org_lacks(orgs, workspace):
    configure(orgs.main, services=["Shap"])
    workspace.replace(
        "monitors/shop.yaml", "    routes: {add: [vendor]}", '    message: "@webhook-x @a@b.example @pagerduty"'
    )
    found, _ = online(orgs)
    assert [one[:3] for one in found if one[0] == "handle-not-in-org"] == [
        ("handle-not-in-org", "shop/monitor/latency", 17),
        ("handle-not-in-org", "shop", 9),
        ("handle-not-in-org", "shop", 10),
    ]
    messages = [one[3] for one in found if one[0] == "handle-not-in-org"]
    assert messages[2] == "unknown handle '@pagerduty-Shop'; did you mean '@pagerduty-Shap'? (in the org 'main')"


def test_a_user_that_the_org_lacks(orgs, workspace):
    configure(orgs.main)
    mailed, _ = online(orgs)
    assert not [one for one in mailed if "vendor@example.com" in one[3]]  # any address is a handle
    workspace.replace("products/shop.yaml", "email: vendor@example.com", "user: vendor@example.com")
    found, _ = online(orgs)
    messages = [one[3] for one in found if one[0] == "handle-not-in-org"]
    assert "unknown Datadog user '@vendor@example.com'; there is none (in the org 'main')" in messages


def test_metrics_and_tags_that_the_org_has_not_seen(orgs, workspace, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_700_010_000.0)  # a while after the server's clock
    configure(orgs.main, series=[("shop.errors", ["env:prod"]), ("shop.latencies", [])])
    found, _ = online(orgs)
    assert [
        (rule, address, message) for rule, address, _, message in found if rule.startswith(("metric-", "tag-w"))
    ] == [
        (
            "metric-not-seen",
            "shop/monitor/latency",
            "the org 'main' has not seen the metric shop.latency for 7 days; did you mean shop.latencies?",
        ),
        (
            "tag-without-value",
            "shop/monitor/errors.staging",
            "unknown value of shop.errors's tag 'env' 'staging'; known: prod (in the org 'main')",
        ),
    ]
    configure(orgs.main, services=["Shop"], series=[("shop.errors", ["env:staging"]), ("shop.latency", ["env:prod"])])
    assert not [one for one in online(orgs)[0] if one[0] in ("metric-not-seen", "tag-without-value")]


def test_what_the_api_refuses(orgs, workspace):
    orgs.apply()
    assert not [one for one in online(orgs)[0] if one[0] == "refused-by-api"], "only what changed is asked for"
    asked = [request for request in orgs.writes() if request[1].endswith("/validate")]
    assert asked == []
    workspace.replace("monitors/shop.yaml", "name: Shop is slow", "name: Shop is slower")
    online(orgs)
    (call,) = [path for _, path in orgs.writes() if path.endswith("/validate")]
    assert call.split("/")[-2].isdigit(), "an edit of the monitor that is there"


def test_a_refusal_says_why_at_its_place_and_can_be_ignored(orgs, workspace):
    workspace.replace("monitors/shop.yaml", "avg(last_5m):avg:shop.latency", "avg(last_7y):avg:shop.latency")
    found, _ = online(orgs)
    ((_, address, line, message),) = [one for one in found if one[0] == "refused-by-api"]
    assert (address, line) == ("shop/monitor/latency", 12)
    assert message.startswith("the org 'main' refuses it: ")
    ignored = "    ignore: {refused-by-api: because, query-syntax: because}"
    workspace.replace("monitors/shop.yaml", "    routes: {add: [vendor]}", ignored)
    assert not [one for one in online(orgs)[0] if one[0] == "refused-by-api"]


def test_nothing_is_changed(orgs, workspace):
    online(orgs)
    assert all(path.endswith("/validate") for _, path in orgs.writes())
    assert orgs.main.all("monitor") == []
