"""`ddops import`: what is there already becomes files, and a plan of these shows nothing but the adoption."""

import orjson
import pytest

from ddops.catalog.reader import parse
from ddops.kinds.contract import kinds
from tests.online import NOTHING

SLOW = {
    "name": "[prod] Cart is slow",
    "type": "query alert",
    "query": "avg(last_5m):avg:cart.latency{env:prod} > 2.5",
    "message": "${x} is {{value}}.\n\nLook. @slack-shop-alerts",
    "tags": ["env:prod", "team:shop-team", "service:shop"],
    "priority": 3,
    "options": {"thresholds": {"critical": 2.5, "warning": 1}, "notify_no_data": False, "on_missing_data": "default"},
}
BOARD = {
    "title": "Cart",
    "layout_type": "ordered",
    "tags": ["team:shop-team"],
    "template_variables": [{"name": "env", "prefix": "env", "defaults": ["prod"]}],
    "widgets": [{"definition": {"type": "note", "content": "Hello", "title_size": "16"}}],
}


@pytest.fixture
def adoptions(orgs):
    """What a plan shows once what the workspace's own specs ask for is there: (action, address, fields)."""

    def show(*arguments):
        return [
            (change["action"], change["address"], [field["path"] for field in change["fields"]])
            for change in orgs.plan(*arguments)["changes"]
        ]

    orgs.apply()
    return show


def read(workspace, path):
    return parse(path, (workspace.root / path).read_text("utf-8")).data


def test_a_monitor_becomes_a_tidy_file(orgs, workspace, adoptions):
    monitor = orgs.main.create("monitor", SLOW)
    run = orgs("import", "monitor", str(monitor["id"]), "--product", "shop")
    assert (run.exit_code, run.stdout) == (0, "")
    assert run.stderr == (
        f"monitors/shop/prod-cart-is-slow.yaml: shop/monitor/prod-cart-is-slow is monitor {monitor['id']}: "
        "[prod] Cart is slow\n"
    )
    assert (workspace.root / "monitors/shop/prod-cart-is-slow.yaml").read_text("utf-8") == (
        f"""\
product: shop
adopt: {monitor["id"]}
name: "[prod] Cart is slow"
type: query alert
query: avg(last_5m):avg:cart.latency{{env:prod}} > 2.5
message: |-
  $${{x}} is {{{{value}}}}.

  Look. @slack-shop-alerts
priority: 3
tags: [env:prod]
options: {{thresholds: {{critical: 2.5, warning: 1}}}}
"""
    )
    assert adoptions() == [("adopt", "shop/monitor/prod-cart-is-slow", [])]
    orgs.apply()
    assert orgs.plan()["summary"] == {**NOTHING, "unchanged": 6}
    assert orgs.main.get("monitor", monitor["id"])["message"] == SLOW["message"]


def test_a_dashboard_is_known_by_the_address_of_its_page(orgs, workspace, adoptions):
    board = orgs.main.create("dashboard", BOARD)
    address = f"https://acme.datadoghq.com/dashboard/{board['id']}/cart?from=1&to=2"
    run = orgs("import", address, "--product", "shop", "--key", "cart")
    assert run.exit_code == 0, run.stderr
    assert read(workspace, "dashboards/shop/cart.yaml") == {
        "product": "shop",
        "adopt": board["id"],
        "title": "Cart",
        "layout_type": "ordered",
        "template_variables": BOARD["template_variables"],
        "widgets": [{"definition": {"type": "note", "content": "Hello"}}],
    }
    assert adoptions() == [("adopt", "shop/dashboard/cart", [])]


def test_ids_become_references_to_what_is_in_git_or_comes_into_it(orgs, workspace, adoptions):
    latency = orgs.main.one("monitor", "Shop is slow")
    cart = orgs.main.create("monitor", {**SLOW, "name": "Cart"})
    stranger = orgs.main.create("monitor", {**SLOW, "name": "Stranger"})
    both = orgs.main.create(
        "monitor",
        {
            "name": "Both",
            "type": "composite",
            "query": f"{latency['id']} && ({cart['id']} || {stranger['id']})",
            "message": "@slack-shop-alerts",
        },
    )
    slo = orgs.main.create(
        "slo",
        {
            "name": "Cart works",
            "type": "monitor",
            "monitor_ids": [cart["id"], stranger["id"]],
            "thresholds": [{"timeframe": "7d", "target": 99.9}],
        },
    )
    board = orgs.main.create(
        "dashboard",
        {
            "title": "Cart",
            "layout_type": "ordered",
            "widgets": [
                {"definition": {"type": "alert_graph", "alert_id": str(cart["id"]), "viz_type": "timeseries"}},
                {"definition": {"type": "note", "content": f"https://acme.datadoghq.com/monitors/{cart['id']} 1"}},
                {"definition": {"type": "slo", "slo_id": slo["id"], "view_type": "detail", "title": slo["id"]}},
            ],
        },
    )
    pages = {"monitor": "monitors/{}", "slo": "slo?slo_id={}", "dashboard": "dashboard/{}"}
    wanted = [("monitor", cart), ("monitor", both), ("slo", slo), ("dashboard", board)]
    addresses = ["https://acme.datadoghq.com/" + pages[kind].format(body["id"]) for kind, body in wanted]
    run = orgs("import", "--product", "shop", *addresses)
    assert run.exit_code == 0, run.stderr
    assert f"named by id, as not in git: monitor {stranger['id']}" in run.stderr
    query = read(workspace, "monitors/shop/both.yaml")["query"]
    assert query == f"${{monitor:latency}} && (${{monitor:cart}} || {stranger['id']})"
    assert read(workspace, "slos/shop/cart-works.yaml")["monitor_ids"] == ["${monitor:cart}", stranger["id"]]
    definitions = [widget["definition"] for widget in read(workspace, "dashboards/shop/cart.yaml")["widgets"]]
    assert definitions[0]["alert_id"] == "${monitor:cart}"
    assert definitions[1]["content"] == "${monitor:cart.url} 1"
    assert (definitions[2]["slo_id"], definitions[2]["title"]) == ("${slo:cart-works}", slo["id"])
    assert {(action, tuple(fields)) for action, _, fields in adoptions()} == {("adopt", ())}


def test_what_the_product_would_add_is_folded_into_it(orgs, workspace, adoptions):
    ending = "{{#is_alert}}\n@pagerduty-Shop @slack-shop-alerts\n{{/is_alert}}\n{{#is_recovery}}\n"
    ending += "@slack-shop-alerts @pagerduty-Shop\n{{/is_recovery}}"
    compiled = orgs.main.one("monitor", "[prod] Shop errors")["message"]
    runbook = "Runbook: https://git.example.com/acme/monitoring/blob/main/runbooks/shop.md#latency"
    handles = compiled[compiled.index("{{#is_alert}}") :]
    messages = {
        "both": f"Slow.\n\n{runbook}\n\n{handles}",
        "handles": f"Slow.\n\n{handles}",
        "vendor": f"Slow.\n\n@vendor@example.com\n{handles}",
        "other": f"Slow.\n\n{ending}",
        "none": "Slow. @slack-shop-alerts",
    }
    for name, message in messages.items():
        orgs.main.create("monitor", {**SLOW, "name": name, "message": message, "priority": 1})
    run = orgs("import", "--query", "service:shop env:prod AND team:shop-team", "--product", "shop")
    assert run.exit_code == 0, run.stderr
    assert "in git already, and left as they are: " in run.stderr
    found = {name: read(workspace, f"monitors/shop/{name}.yaml") for name in messages}
    words = {
        name: {word: body.get(word) for word in ("message", "runbook", "routes", "inherit")}
        for name, body in found.items()
    }
    nothing = dict.fromkeys(("runbook", "routes", "inherit"))
    assert words["both"] == {**nothing, "message": "Slow.", "runbook": "latency"}
    assert words["handles"] == {**nothing, "message": "Slow."}
    assert words["vendor"] == {**nothing, "message": "Slow.", "routes": {"add": ["vendor"]}}
    assert words["none"] == {**nothing, "message": "Slow. @slack-shop-alerts", "inherit": ["tags"]}
    assert words["other"]["inherit"] == ["tags"]
    assert {(action, tuple(fields)) for action, _, fields in adoptions()} == {("adopt", ())}
    assert len(adoptions()) == len(messages)


def test_a_file_is_never_written_over_unless_that_is_asked_for(orgs, workspace, adoptions):
    monitor = orgs.main.create("monitor", SLOW)
    arguments = ("import", "monitor", str(monitor["id"]), "--product", "shop", "--key", "slow")
    assert orgs(*arguments).exit_code == 0
    file = workspace.write(
        "monitors/shop/slow.yaml", (workspace.root / "monitors/shop/slow.yaml").read_text() + "# mine\n"
    )
    again = orgs(*arguments)
    assert again.exit_code == 1
    assert f"monitor {monitor['id']}: not imported: it is shop/monitor/slow already" in again.stderr
    assert file.read_text().endswith("# mine\n")
    other = orgs.main.create("monitor", {**SLOW, "name": "Other"})
    taken = orgs("import", "monitor", str(other["id"]), "--product", "shop", "--key", "slow")
    assert (taken.exit_code, "'slow' is the key of a monitor of 'shop' already" in taken.stderr) == (1, True)
    assert orgs(*arguments, "--force").exit_code == 0
    assert "# mine" not in file.read_text()
    listed = orgs.main.one("monitor", "Shop is slow")
    inside = orgs("import", "monitor", str(listed["id"]), "--force")
    assert (inside.exit_code, "stands in monitors/shop.yaml:12:5 already" in inside.stderr) == (1, True)


def test_keys_are_made_of_names_and_are_unique(orgs, workspace, adoptions):
    for _ in range(2):
        orgs.main.create("slo", {"name": "Ünique – [Cart]!", "type": "metric", "tags": ["team:shop-team"],
                                 "query": {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"},
                                 "thresholds": [{"timeframe": "7d", "target": 99.0, "warning": 99.5}]})  # fmt: skip
    run = orgs("import", "slo", "--query", "'team:shop-team'")
    assert run.exit_code == 0, run.stderr
    assert sorted(path.name for path in (workspace.root / "slos/shop").iterdir()) == [
        "unique-cart-2.yaml",
        "unique-cart.yaml",
    ]
    assert set(read(workspace, "slos/shop/unique-cart.yaml")) == {
        *("product", "adopt", "inherit", "name", "type", "tags", "thresholds", "sli_specification")
    }
    assert {(action, tuple(fields)) for action, _, fields in adoptions()} == {("adopt", ())}


def test_exported_files_need_no_org(ddops, workspace):
    workspace.write("a.json", orjson.dumps(SLOW))
    workspace.write("b.json", orjson.dumps({"title": "t", "definition": {**SLOW, "id": 5, "name": "Template"}}))
    workspace.write("c.json", orjson.dumps([{**SLOW, "id": 4711, "name": "Exported"}]))
    run = ddops("import", "monitor", "--from-file", "a.json", "b.json", "c.json", "--product", "shop", "--out", "-")
    assert run.exit_code == 0, run.stderr
    documents = [parse("x", text).data for text in run.stdout.split("---\n")]
    assert [document["name"] for document in documents] == ["[prod] Cart is slow", "Template", "Exported"]
    assert [document.get("adopt") for document in documents] == [None, None, 4711]
    assert not (workspace.root / "monitors/shop").exists()


def test_one_file_can_hold_them_all(ddops, workspace):
    workspace.write("all.json", orjson.dumps([SLOW, {**SLOW, "name": "Other"}]))
    run = ddops("import", "monitor", "--from-file", "all.json", "--product", "shop", "--out", "monitors/cart.yaml")
    assert run.exit_code == 0, run.stderr
    keys = [monitor["key"] for monitor in read(workspace, "monitors/cart.yaml")["monitors"]]
    assert keys == ["prod-cart-is-slow", "other"]
    assert workspace.problems() == []


def test_a_terraform_state_names_what_to_import(orgs, workspace, adoptions):
    monitors = [orgs.main.create("monitor", {**SLOW, "name": f"Monitor {number}"}) for number in range(3)]
    board = orgs.main.create("dashboard", BOARD)

    def resource(type_, *instances, **more):
        return {"mode": "managed", "type": type_, "name": "it", "instances": list(instances), **more}

    state = {
        "version": 4,
        "serial": 7,
        "resources": [
            resource("datadog_monitor", *(
                {"index_key": index, "attributes": {"id": str(monitors[index]["id"])}} for index in range(2)
            )),
            resource("datadog_monitor_json", {"attributes": {"id": str(monitors[2]["id"])}}, module='module.a["b"]'),
            resource("datadog_dashboard", {"index_key": "cart", "attributes": {"id": board["id"]}}),
            resource("datadog_role", {"attributes": {"id": "5"}}),
            resource("aws_instance", {"attributes": {"id": "i-5"}}),
            {**resource("datadog_monitor", {"attributes": {"id": "9"}}), "mode": "data"},
        ],
    }  # fmt: skip
    workspace.write("terraform.tfstate", orjson.dumps(state))
    run = orgs("import", "--from-terraform", "terraform.tfstate", "--product", "shop")
    assert run.exit_code == 0, run.stderr
    assert "ddops: datadog_role.it: ddops has no kind for datadog_role; left to Terraform" in run.stderr
    assert [(action, address, fields) for action, address, fields in adoptions()] == [
        ("adopt", "shop/dashboard/cart", []),
        *(("adopt", f"shop/monitor/monitor-{number}", []) for number in range(3)),
    ]


def test_what_is_newer_than_ddops_is_kept_and_named(ddops, workspace):
    body: dict = {
        **BOARD,
        "new_field": {"a": 1},
        "widgets": [
            {"definition": {"type": "hologram", "deep": [1, {"b": 2}]}},
            {
                "definition": {"type": "note", "content": "x", "newest": True},
                "layout": {"x": 0, "y": 0, "width": 1, "height": 1},
            },
            {
                "definition": {
                    "type": "group",
                    "layout_type": "ordered",
                    "widgets": [{"definition": {"type": "hologram"}}],
                }
            },
        ],
    }
    workspace.write("a.json", orjson.dumps(body))
    run = ddops("import", "dashboard", "--from-file", "a.json", "--product", "shop")
    assert run.exit_code == 0, run.stderr
    assert "unknown to this version of ddops, kept as it is and not checked: new_field, widgets[0]" in run.stderr
    found = read(workspace, "dashboards/shop/cart.yaml")
    assert found["unchecked"] == ["new_field"]
    assert [widget.get("unchecked") for widget in found["widgets"]] == [True, True, None]
    assert workspace.problems() == []
    (compiled,) = orjson.loads(ddops("compile", "shop/dashboard/cart").stdout)
    assert [widget["definition"] for widget in compiled["payload"]["widgets"]] == [
        widget["definition"] for widget in body["widgets"]
    ]
    assert compiled["payload"]["new_field"] == {"a": 1}


def test_a_kind_of_monitor_that_nobody_knows_yet_is_imported(ddops, workspace):
    options = {"thresholds": {"critical": 1}, "on_missing_data": "ask_later", "brand_new": [1]}
    workspace.write("a.json", orjson.dumps({**SLOW, "type": "quantum alert", "options": options}))
    run = ddops("import", "monitor", "--from-file", "a.json", "--product", "shop", "--key", "new")
    assert run.exit_code == 0, run.stderr
    assert read(workspace, "monitors/shop/new.yaml")["unchecked"] == [
        *("type", "options.on_missing_data", "options.brand_new")
    ]
    (compiled,) = orjson.loads(ddops("compile", "shop/monitor/new").stdout)
    assert (compiled["payload"]["type"], compiled["payload"]["options"]) == ("quantum alert", options)


OTHERS = {
    "downtime": {"scope": "env:prod", "monitor_identifier": {"monitor_tags": ["team:shop"]}, "message": "Release."},
    "notification_rule": {"name": "Cart", "filter": {"tags": ["team:shop"]}, "recipients": ["slack-shop-alerts"]},
    "monitor_policy": {
        "policy_type": "tag",
        "policy": {"tag_key": "tier", "tag_key_required": False, "valid_tag_values": ["1", "2"]},
    },
    "logs_metric": {"id": "cart.errors", "compute": {"aggregation_type": "count"}, "filter": {"query": "status:error"}},
    "dashboard_list": {"name": "Cart"},
    "powerpack": {
        "name": "Cart",
        "group_widget": {
            "definition": {
                "type": "group",
                "layout_type": "ordered",
                "title": "Cart",
                "widgets": [{"definition": {"type": "note", "content": "Hello"}}],
            },
        },
    },
    "synthetics_test": {
        "name": "Cart answers",
        "type": "api",
        "subtype": "http",
        "message": "Down.",
        "tags": ["env:prod", "team:shop-team", "service:shop"],
        "locations": ["aws:eu-central-1"],
        "config": {
            "request": {"method": "GET", "url": "https://example.com"},
            "assertions": [{"type": "statusCode", "operator": "is", "target": 200}],
        },
        "options": {"tick_every": 60},
    },
    "catalog_entity": {"apiVersion": "v3", "kind": "service", "metadata": {"name": "cart", "tags": ["a:b"]}},
}


@pytest.mark.parametrize("kind", OTHERS)
def test_any_kind_is_imported_alike(orgs, workspace, adoptions, kind):
    live = orgs.main.create(kind, OTHERS[kind])
    run = orgs("import", kind.replace("_", "-"), str(live["id"]), "--product", "shop", "--key", "cart")
    assert run.exit_code == 0, run.stderr
    assert "a plan will change" not in run.stderr
    (file,) = (workspace.root / kinds()[kind].collection / "shop").iterdir()
    assert read(workspace, file.relative_to(workspace.root).as_posix())["adopt"] == live["id"]
    # What has no place for a marker is found by its name, and an object of the catalog gets its marker.
    assert adoptions() in ([(action, f"shop/{kind}/cart", [])] for action in ("adopt", "update")) or not adoptions()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say what to import"),
        (["moniter", "1"], "unknown kind 'moniter'; did you mean 'monitor'?"),
        (["monitor"], "say what to import"),
        (["monitor", "1", "--query", "a:b"], "one of these"),
        (["monitor", "1", "--product", "shopp"], "unknown product 'shopp'; did you mean 'shop'?"),
        (["monitor", "1", "--org", "mian"], "unknown org 'mian'; did you mean 'main'?"),
        (["monitor", "https://acme.datadoghq.com/dashboard/abc"], "is the page of a dashboard, not of a monitor"),
        (["https://acme.datadoghq.com/elsewhere"], "is no page of an object that ddops knows"),
        (["--query", "team:a OR team:b", "--product", "shop"], "`OR` is not supported"),
        (["--query", "-team:a", "--product", "shop"], "`-team:a` is not supported"),
        (["--query", "team:nobody", "--product", "shop"], "has no object with these tags"),
        (["--from-file", "a.json"], "unknown kind 'a.json'"),
        (["monitor", "4711", "--product", "shop"], "monitor 4711: not imported: the org 'main' has no monitor '4711'"),
        (["monitor", "--from-file", "missing.json", "--product", "shop"], "missing.json: No such file or directory"),
        (["monitor", "--from-file", "ddops.yaml", "--product", "shop"], "no monitor: the field 'name' is missing"),
        (["--from-terraform", "ddops.yaml", "--product", "shop"], "ddops.yaml: this is not JSON"),
        (["monitor", "1", "--product", "shop", "--key", "No Key"], "no key"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(orgs, arguments, message):
    run = orgs("import", *arguments)
    assert run.exit_code == 1
    assert message in run.stderr
    assert run.stdout == ""
