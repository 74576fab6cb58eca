"""`routing: rules`: a product's routes as notification rules, from the files to the org and back."""

import pytest

RULES = ["shop/notification_rule/env-staging", "shop/notification_rule/prod-page", "shop/notification_rule/vendor"]


@pytest.fixture
def by_rules(orgs, workspace):
    """The workspace was applied with messages; now its product says rules."""
    orgs.apply()
    workspace.replace("products/shop.yaml", "routes:\n", "routing: rules\nroutes:\n")
    orgs.server.requests.clear()


def test_rules_are_there_before_a_monitor_does_without_handles(orgs, by_rules):
    changes = orgs.changes()
    assert changes[:3] == [("create", rule) for rule in RULES]
    assert sorted(changes[3:]) == [
        ("update", "shop/monitor/errors.prod"),
        ("update", "shop/monitor/errors.staging"),
        ("update", "shop/monitor/latency"),
    ]
    orgs.apply()
    assert orgs.changes() == []
    writes = [path for _, path in orgs.writes()]
    rules = [index for index, path in enumerate(writes) if path.endswith("/notification_rule")]
    assert max(rules) < min(index for index, path in enumerate(writes) if path.startswith("/api/v1/monitor/"))


def test_monitors_have_tags_in_place_of_handles(orgs, by_rules):
    orgs.apply()
    found = {body["name"]: body for body in orgs.main.all("monitor")}
    routes = {name: [tag for tag in body["tags"] if tag.startswith("ddops-route:")] for name, body in found.items()}
    assert routes == {
        "[prod] Shop errors": ["ddops-route:acme/shop/prod-page"],
        "[staging] Shop errors": ["ddops-route:acme/shop/env-staging"],
        "Shop is slow": ["ddops-route:acme/shop/vendor"],
    }
    assert not any("@" in body["message"] for body in found.values())
    rules = {body["name"].partition(" [")[0]: body for body in orgs.main.all("notification_rule")}
    assert sorted(rules) == ["Shop: env-staging", "Shop: prod-page", "Shop: vendor"]
    assert rules["Shop: vendor"]["recipients"] == ["vendor@example.com"]
    assert rules["Shop: vendor"]["filter"] == {"tags": ["ddops-route:acme/shop/vendor"]}


def test_another_channel_changes_one_rule_and_no_monitor(orgs, by_rules, workspace):
    orgs.apply()
    workspace.replace(
        "products/shop.yaml", "match: {env: staging}, notify: [alerts]", "match: {env: staging}, notify: [page]"
    )
    (change,) = orgs.plan()["changes"]
    assert (change["action"], change["address"]) == ("update", "shop/notification_rule/env-staging")
    assert change["fields"] == [{"path": "recipients", "before": ["slack-shop-alerts"], "after": ["pagerduty-Shop"]}]


def test_a_tag_that_somebody_took_off_is_put_back(orgs, by_rules):
    orgs.apply()
    latency = orgs.main.one("monitor", "Shop is slow")
    kept = [tag for tag in latency["tags"] if not tag.startswith("ddops-route:")]
    orgs.main.edit("monitor", latency["id"], tags=kept)
    assert orgs.changes() == [("update", "shop/monitor/latency")]


def test_rules_go_once_the_monitors_have_handles_again(orgs, by_rules, workspace):
    orgs.apply()
    workspace.replace("products/shop.yaml", "routing: rules\n", "")
    changes = orgs.changes()
    assert [action for action, _ in changes] == ["update"] * 3 + ["delete"] * 3
    assert changes[3:] == [("delete", rule) for rule in RULES]
    orgs.apply("--max-change", "100")
    assert orgs.changes() == []
    assert orgs.main.all("notification_rule") == []


def test_a_renamed_route_is_never_missing(orgs, by_rules, workspace):
    orgs.apply()
    workspace.replace("products/shop.yaml", "name: prod-page", "name: prod-urgent")
    assert orgs.changes() == [
        ("create", "shop/notification_rule/prod-urgent"),
        ("update", "shop/monitor/errors.prod"),
        ("delete", "shop/notification_rule/prod-page"),
    ]


def test_what_a_rule_cannot_say_is_an_error_in_the_products_file(orgs, by_rules, workspace):
    orgs.server.requests.clear()
    workspace.replace("products/shop.yaml", "states: [alert, recovery]", "states: [alert, renotify]")
    run = orgs("plan")
    assert run.exit_code == 1
    assert "products/shop.yaml:14:77: a notification rule cannot tell `renotify`, only alert" in run.stderr
    assert list(orgs.server.requests) == []


def test_more_recipients_than_a_rule_has_are_an_error_in_the_products_file(workspace):
    channels = "".join(f"  c{number}: {{slack: c{number}}}\n" for number in range(21))
    names = ", ".join(f"c{number}" for number in range(21))
    workspace.replace("products/shop.yaml", "channels:\n", f"routing: rules\nchannels:\n{channels}")
    workspace.replace("products/shop.yaml", "{match: {env: staging}, notify: [alerts]}", f"{{notify: [{names}]}}")
    (problem,) = workspace.problems()
    assert problem.startswith("products/shop.yaml:36:14: ")
    assert "a notification rule has at most 20 recipients, and here are 21; make two routes" in problem


def test_an_org_has_1000_rules(workspace):
    rule = "name: 'rule ${n}', filter: {tags: ['a:b']}, recipients: [slack-a]"

    def write(count):
        values = ", ".join(map(str, range(count)))
        text = f"product: shop\nnotification_rules:\n  - {{key: r, for_each: {{n: [{values}]}}, {rule}}}\n"
        workspace.write("notification_rules/shop.yaml", text)
        return workspace.problems()

    assert write(1000) == []
    (problem,) = write(1001)
    assert problem == (
        "notification_rules/shop.yaml:3:5: an org has at most 1000 notification_rules, and this is one more for 'main'"
    )
