from __future__ import annotations

import pytest

PATH = "/api/v1/synthetics/tests"
STATUS = {"type": "statusCode", "operator": "is", "target": 200}
URL = {"method": "GET", "url": "https://a"}
STEP = {"name": "first", "subtype": "http", "request": URL, "assertions": [STATUS]}
CLICK = {"name": "buy", "type": "click", "params": {}}


def http(**fields):
    return {
        "name": "Shop answers",
        "type": "api",
        "subtype": "http",
        "message": "@slack-shop",
        "locations": ["aws:eu-central-1"],
        "tags": ["env:prod"],
        "config": {"request": URL, "assertions": [STATUS]},
        "options": {"tick_every": 60},
    } | fields


def browser(*steps, **fields):
    return http(type="browser", subtype=None, config={"request": URL, "assertions": []}, steps=[*steps], **fields)


def multi(*steps):
    return http(subtype="multi", config={"steps": [*steps]})


def made(org, body):
    return org.made(f"{PATH}/{body['type']}", body)


def test_a_create_signs_and_fills_in(org):
    test = made(
        org, http(subtype=None, tags=None, options={"tick_every": 60, "monitor_options": {"renotify_interval": 5}})
    )
    assert (test["subtype"], test["status"], test["tags"], test["deleted_at"]) == ("http", "live", [], None)
    assert test["options"] == {
        "tick_every": 60,
        "bits_ai_auto_investigate": False,
        "monitor_options": {
            "renotify_interval": 5,
            "include_tags": True,
            "new_host_delay": 300,
            "notify_audit": False,
            "on_missing_data": "show_no_data",
        },
    }
    read = org.call("GET", f"{PATH}/api/{test['public_id']}")[1]
    assert test.keys() - read.keys() == {"created_by", "modified_by", "org_id", "deleted_at"}
    assert "bits_ai_auto_investigate" not in read["options"]
    assert read["creator"] == test["created_by"]


def test_an_update_replaces_the_whole_but_for_the_status(org):
    test = made(org, http(status="paused", options={"tick_every": 60, "retry": {"count": 1}}))
    path = f"{PATH}/api/{test['public_id']}"
    status, answer = org.call(
        "PUT", path, http(name="new", options={"tick_every": 90, "monitor_options": {"renotify_interval": 1}})
    )
    assert (status, answer["name"], answer["status"]) == (200, "new", "paused")
    assert answer["options"] == {
        "tick_every": 90,
        "monitor_options": {"renotify_interval": 1},
        "bits_ai_auto_investigate": False,
    }
    assert (answer["monitor_id"], answer["created_at"]) == (test["monitor_id"], test["created_at"])


def test_the_steps_of_a_browser_test_are_read_by_its_own_path(org):
    test = made(org, browser(CLICK, {"name": "see", "type": "assertPageContains", "params": {}}))
    assert (test["status"], test["stepCount"]) == (
        "paused",
        {"assertions": 1, "nested_steps": 0, "subtests": 0, "total": 2},
    )
    ids = [step["public_id"] for step in test["steps"]]
    assert len({*ids}) == 2
    id = test["public_id"]
    assert "steps" not in org.call("GET", f"{PATH}/{id}")[1]
    assert org.call("GET", f"{PATH}/browser/{id}")[1]["steps"] == test["steps"]
    updated = org.call("PUT", f"{PATH}/browser/{id}", browser(test["steps"][0]))[1]
    assert updated["steps"][0]["public_id"] not in ids
    assert org.call("GET", f"{PATH}/api/{id}") == (404, {"errors": ["Synthetics test not found"]})
    assert org.call("GET", PATH)[1]["tests"][0].keys() & {"steps", "stepCount"} == set()


def test_the_steps_of_an_api_test_keep_ids_that_are_sent(org):
    test = made(org, multi(STEP))
    (step,) = test["config"]["steps"]
    path = f"{PATH}/api/{test['public_id']}"
    kept = org.call("PUT", path, multi({**STEP, "name": "other"}, step))[1]["config"]["steps"]
    assert kept[1]["id"] == step["id"]
    assert kept[0]["id"] != step["id"]


def test_secrets_are_not_given_back(org):
    certificate = {"cert": {"filename": "a", "content": "secret"}, "key": {"content": "secret"}}
    file = {"name": "f", "content": "secret", "encoding": "base64"}
    variables = [
        {"name": "A", "type": "text", "secure": True, "pattern": "secret"},
        {"name": "B", "type": "text", "pattern": "p"},
    ]
    config = {
        "request": {**URL, "certificate": certificate, "files": [file]},
        "assertions": [STATUS],
        "configVariables": variables,
    }
    test = made(org, http(config=config))
    request = test["config"]["request"]
    assert request["certificate"] == {"cert": {"filename": "a"}, "key": {}}
    assert request["files"][0].keys() == {"name", "bucketKey"}
    assert request["files"][0]["bucketKey"].startswith(f"api-upload-file/{test['public_id']}/")
    assert test["config"]["configVariables"] == [{"name": "A", "type": "text", "secure": True}, variables[1]]


def test_a_mobile_test_runs_where_the_phones_are(org):
    options = {"tick_every": 300, "device_ids": ["iphone"]}
    test = made(org, http(type="mobile", subtype=None, locations=None, config={}, steps=[], options=options))
    assert (test["locations"], test["status"]) == (["aws:us-west-2"], "paused")
    assert "steps" not in test


class TestMonitor:
    def test_it_has_the_tests_tags_and_some_of_its_own(self, org):
        test = made(org, http(subtype="ssl", options={"tick_every": 60, "monitor_priority": 2}))
        status, monitor = org.call("GET", f"/api/v1/monitor/{test['monitor_id']}")
        own = ["check_type:api-ssl", "check_status:live", "probe_dc:aws:eu-central-1"]
        assert (status, monitor["type"], monitor["tags"]) == (200, "synthetics alert", ["env:prod", *own])
        assert (monitor["name"], monitor["priority"]) == ("[Synthetics] Shop answers", 2)
        assert [listed["id"] for listed in org.call("GET", "/api/v1/monitor")[1]] == [test["monitor_id"]]

    def test_it_follows_its_test(self, org):
        test = made(org, http())
        id, monitor = test["public_id"], f"/api/v1/monitor/{test['monitor_id']}"
        org.call("PUT", f"{PATH}/api/{id}", http(options={"tick_every": 60, "monitor_name": "named"}))
        assert org.call("PUT", f"{PATH}/{id}/status", {"new_status": "paused"}) == (200, True)
        after = org.call("GET", monitor)[1]
        assert (after["name"], "check_status:paused" in after["tags"]) == ("named", True)
        assert org.call("GET", f"{PATH}/{id}")[1]["status"] == "paused"
        org.call("POST", f"{PATH}/delete", {"public_ids": [id]})
        assert org.call("GET", monitor)[0] == 404

    def test_a_test_whose_monitor_a_composite_uses_is_deleted_by_force_only(self, org):
        one, two = (made(org, http(name=name)) for name in "ab")
        query = f"{one['monitor_id']} && {two['monitor_id']}"
        org.made("/api/v1/monitor", {"type": "composite", "query": query, "name": "both"})
        delete = {"public_ids": [one["public_id"]]}
        status, answer = org.call("POST", f"{PATH}/delete", delete)
        assert (status, "used elsewhere" in answer["errors"][0]) == (400, True)
        assert org.call("POST", f"{PATH}/delete", delete | {"force_delete_dependencies": True})[0] == 200


def test_a_test_that_another_plays_is_deleted_with_it_or_by_force(org):
    played = made(org, http(name="log in"))["public_id"]
    step = {"name": "log in", "subtype": "playSubTest", "subtestPublicId": played}
    player = made(org, multi(step))["public_id"]
    answer = org.call("PUT", f"{PATH}/api/{player}", multi(step))[1]
    assert answer["config"]["steps"][0]["subtest"]["name"] == "log in"
    assert "subtest" not in org.call("GET", f"{PATH}/api/{player}")[1]["config"]["steps"][0]
    assert org.call("POST", f"{PATH}/delete", {"public_ids": [played]})[0] == 400
    status, answer = org.call("POST", f"{PATH}/delete", {"public_ids": [played, player]})
    assert (status, [test["public_id"] for test in answer["deleted_tests"]]) == (200, [played, player])


def test_a_subtest_counts_with_its_own_steps(org):
    played = made(org, browser(CLICK, CLICK))["public_id"]
    step = {"name": "s", "type": "playSubTest", "params": {"subtestPublicId": played}}
    assert made(org, browser(CLICK, step))["stepCount"] == {
        "assertions": 0,
        "nested_steps": 0,
        "subtests": 1,
        "total": 3,
    }


def test_a_patch_is_a_list_of_operations(org):
    test = made(org, http(config={"request": URL, "assertions": [STATUS, {**STATUS, "target": 201}]}))
    operations = [
        {"op": "replace", "path": "/name", "value": "new"},
        {"op": "remove", "path": "/config/assertions/0"},
        {"op": "add", "path": "/tags/-", "value": "a:b"},
    ]
    status, answer = org.call("PATCH", f"{PATH}/{test['public_id']}", {"data": operations})
    assert (status, answer["name"], answer["tags"]) == (200, "new", ["env:prod", "a:b"])
    assert [assertion["target"] for assertion in answer["config"]["assertions"]] == [201]
    for wrong in (None, [1], [{"op": "remove", "path": "/no/such"}], [{"op": "replace", "path": "name", "value": 1}]):
        assert org.call("PATCH", f"{PATH}/{test['public_id']}", {"data": wrong})[0] == 400


def test_the_list_is_paged_and_searched(org):
    ids = [made(org, http(name=f"Name {n}", tags=[f"n:{n}"]))["public_id"] for n in range(3)]
    page = org.call("GET", PATH, page_size=2, page_number=1)[1]["tests"]
    assert [test["public_id"] for test in page] == ids[2:]
    assert len(org.call("GET", PATH)[1]["tests"]) == 3
    found = org.call("GET", f"{PATH}/search", text="tag:n:1 name")[1]
    assert ([test["public_id"] for test in found["tests"]], found["total"]) == ([ids[1]], 1)
    assert org.call("GET", f"{PATH}/search", facets_only="true")[1] == {"facets": [], "tests": [], "total": 3}


REFUSED = [
    (
        {"config": {"request": URL, "assertions": []}, "options": {}},
        "Minimum number of elements in parameter 'assertions' should be 1\nRequired parameter 'tick_every' is missing",
    ),
    ({"subtype": "multi"}, "Minimum number of elements in parameter 'steps' should be 1"),
    ({"name": None}, "Required parameter 'name' is missing"),
    ({"locations": []}, "Required parameter 'locations' is missing"),
    ({"status": "on"}, "Value of parameter 'status' should be any of these ['live', 'paused']"),
    ({"subtype": "ftp"}, "Value of parameter 'subtype' should be any of these"),
    ({"type": "browser"}, "Value of parameter 'type' should be any of these ['api']"),
    ({"options": {"tick_every": 5}}, "Value of parameter 'tick_every' should be between 30 and 604800"),
    ({"tags": "a"}, "Value of parameter 'tags' is invalid"),
    (
        {"subtype": "multi", "config": {"steps": [{"subtype": "playSubTest", "subtestPublicId": "abc-def-ghi"}]}},
        "Invalid steps data: subtest id",
    ),
]


@pytest.mark.parametrize(("fields", "error"), REFUSED)
def test_refusals(org, fields, error):
    status, answer = org.call("POST", f"{PATH}/api", http(**fields))
    assert status == 400
    assert answer["errors"][0].startswith(error)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "abc-def-ghi", None),
        ("GET", "api/abc-def-ghi", None),
        ("PUT", "api/abc-def-ghi", http()),
        ("PUT", "abc-def-ghi/status", {"new_status": "live"}),
        ("PATCH", "abc-def-ghi", {"data": []}),
        ("POST", "delete", {"public_ids": ["abc-def-ghi"]}),
    ],
)
def test_a_missing_test(org, method, path, body):
    assert org.call(method, f"{PATH}/{path}", body) == (404, {"errors": ["Synthetics test not found"]})


@pytest.mark.parametrize("body", [{}, {"public_ids": []}, {"public_ids": [1]}])
def test_a_delete_names_tests(org, body):
    assert org.call("POST", f"{PATH}/delete", body)[0] == 400
