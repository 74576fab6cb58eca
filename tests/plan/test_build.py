"""What a plan does with what it finds in an org."""

import pytest

from tests.online import NOTHING
from tests.plan.specs import LAYOUT, LOGS, QUERY, QUEUE

SLO = {
    "type": "metric",
    "query": {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"},
    "thresholds": [{"timeframe": "7d", "target": 99}],
}
TITLE = {"monitor": "name", "dashboard": "title", "slo": "name"}


class TestOwnership:
    def test_objects_without_our_marker_are_untouched(self, orgs, workspace):
        others = [
            orgs.main.create("monitor", {"name": "Theirs", "type": "query alert", "query": QUERY, "tags": ["ddops:x"]}),
            orgs.main.create(
                "dashboard", {"title": "Theirs", "layout_type": "ordered", "widgets": [], "description": "ddops:"}
            ),
            orgs.main.create("slo", {**SLO, "name": "Theirs"}),
        ]
        orgs.apply()
        workspace.replace("products/shop.yaml", "team: shop-team", "team: other-team")
        orgs.apply()
        for file in ("monitors/shop.yaml", "dashboards/shop/overview.yaml", "slos/shop.yaml"):
            workspace.remove(file)
        assert orgs.plan()["summary"] == {**NOTHING, "delete": 5}
        orgs.apply()
        for kind, other in zip(("monitor", "dashboard", "slo"), others, strict=True):
            (left,) = orgs.main.all(kind)
            times = [body.get("modified") or body["modified_at"] for body in (left, other)]
            assert (left["id"], times[0]) == (other["id"], times[1])

    def test_two_workspaces_in_one_org_never_touch_each_other(self, orgs, workspace):
        orgs.apply()
        workspace.replace("ddops.yaml", "workspace: acme", "workspace: other")
        workspace.replace("monitors/shop.yaml", "name: Shop is slow", "name: Another shop is slow")
        workspace.replace("monitors/shop.yaml", "Shop errors", "Another shop's errors")
        assert orgs.plan()["summary"] == {**NOTHING, "create": 5}
        orgs.apply()
        assert len(orgs.main.all("monitor")) == 6
        for file in ("monitors/shop.yaml", "dashboards/shop/overview.yaml", "slos/shop.yaml"):
            workspace.remove(file)
        orgs.apply()
        assert orgs.main.titles("monitor") == ["Shop is slow", "[prod] Shop errors", "[staging] Shop errors"]
        assert len(orgs.main.all("dashboard")) == len(orgs.main.all("slo")) == 1

    @pytest.mark.parametrize("kind", ["monitor", "dashboard", "slo"])
    def test_a_clone_made_in_the_ui_is_left_alone_and_noted(self, orgs, workspace, kind):
        orgs.apply()
        original = orgs.main.all(kind)[0]
        # An id is no age: of ten clones of a dashboard some have a smaller one than the original.
        clones = [orgs.main.clone(kind, original["id"], **{TITLE[kind]: f"Clone {number}"}) for number in range(10)]
        plan = orgs.plan()
        assert plan["changes"] == []
        assert len(plan["notes"]) == 10
        for clone in clones:
            (note,) = [note for note in plan["notes"] if f" {clone['id']} " in note]
            assert f"carries a copy of the marker of {original['id']}" in note
            assert "left alone" in note
        workspace.replace("products/shop.yaml", "team: shop-team", "team: other-team")
        assert {change["id"] for change in orgs.plan()["changes"]}.isdisjoint(str(clone["id"]) for clone in clones)

    def test_a_clone_can_become_a_resource_of_its_own(self, orgs, workspace):
        orgs.apply()
        original = orgs.main.one("monitor", "Shop is slow")
        clone = orgs.main.clone("monitor", original["id"], name="Queue", query=QUERY, options={})
        workspace.write("monitors/queue.yaml", QUEUE + f"    adopt: {clone['id']}\n")
        plan = orgs.plan()
        assert [(change["action"], change["address"]) for change in plan["changes"]] == [
            ("adopt", "shop/monitor/queue")
        ]
        assert plan["notes"] == []
        orgs.apply()
        assert (orgs.changes(), len(orgs.main.all("monitor"))) == ([], 4)

    def test_what_somebody_wrote_below_a_dashboards_marker_does_not_hide_it(self, orgs):
        orgs.apply()
        overview = orgs.main.one("dashboard", "Shop")
        orgs.main.edit("dashboard", overview["id"], description=overview["description"] + "\n\nAsk Ann.")
        (change,) = orgs.plan()["changes"]
        assert (change["action"], change["id"]) == ("update", overview["id"])
        (field,) = change["fields"]
        assert (field["path"], field["before"].strip(), field["after"]) == ("description", "Ask Ann.", None)
        orgs.apply()
        assert orgs.changes() == []


class TestReplace:
    def test_another_type_is_a_delete_and_a_create(self, orgs, workspace):
        workspace.write("monitors/queue.yaml", QUEUE)
        orgs.apply()
        before = orgs.main.one("monitor", "Queue")
        workspace.replace("monitors/queue.yaml", "type: query alert", "type: log alert")
        workspace.replace("monitors/queue.yaml", QUERY, LOGS)
        changes = orgs.plan()["changes"]
        assert [(change["action"], change["address"], change["id"]) for change in changes] == [
            ("delete", "shop/monitor/queue", str(before["id"])),
            ("create", "shop/monitor/queue", None),
        ]
        for change in changes:
            assert change["notes"] == [
                "the API does not change type in place: deleted and created anew, without its history"
            ]
        assert "without its history" in orgs("plan").stdout
        orgs.apply()
        assert orgs.main.one("monitor", "Queue")["id"] != before["id"]
        assert orgs.changes() == []

    def test_another_layout_too(self, orgs, workspace):
        orgs.apply()
        workspace.write(
            "dashboards/shop/overview.yaml",
            "product: shop\ntitle: Shop\nlayout_type: free\n"
            f"widgets:\n  - {LAYOUT}\n    definition: {{type: note, content: Hi}}\n",
        )
        assert orgs.changes() == [
            ("delete", "shop/dashboard/overview"),
            ("create", "shop/dashboard/overview"),
            ("update", "shop/monitor/errors.prod"),
            ("update", "shop/monitor/errors.staging"),
        ]
        orgs.apply()
        overview = orgs.main.one("dashboard", "Shop")
        assert f"/dashboard/{overview['id']}" in orgs.main.one("monitor", "[prod] Shop errors")["message"]
        assert orgs.changes() == []

    def test_what_names_it_moves_over_before_it_goes(self, orgs, workspace):
        """The API refuses to delete a monitor that an SLO counts."""
        orgs.apply()
        workspace.write("monitors/queue.yaml", QUEUE)
        workspace.replace("slos/shop.yaml", "${monitor:errors.prod}", "${monitor:queue}")
        orgs.apply()
        workspace.replace("monitors/queue.yaml", "type: query alert", "type: log alert")
        workspace.replace("monitors/queue.yaml", QUERY, LOGS)
        assert orgs.changes() == [
            ("create", "shop/monitor/queue"),
            ("update", "shop/slo/availability"),
            ("delete", "shop/monitor/queue"),
        ]
        orgs.apply()
        assert orgs.main.one("slo", "Shop answers")["monitor_ids"] == [orgs.main.one("monitor", "Queue")["id"]]
        assert orgs.changes() == []


FULL = """\
    message: Drain it.
    priority: 2
    tags: ["a:b"]
    options: {thresholds: {critical: 7}, renotify_interval: 30}
"""


@pytest.mark.parametrize("rest", ["", "    message: null\n    priority: null\n    tags: null\n    options: null\n"])
def test_what_is_taken_out_of_a_spec_is_cleared(orgs, workspace, rest):
    workspace.write("monitors/queue.yaml", QUEUE + FULL)
    orgs.apply()
    workspace.write("monitors/queue.yaml", QUEUE + rest)
    orgs.apply()
    queue = orgs.main.one("monitor", "Queue")
    assert (queue["message"], queue["priority"]) == ("", None)
    assert not queue["options"].keys() & {"thresholds", "renotify_interval"}
    assert orgs.changes() == []


def test_an_escaped_reference_stays_a_text(orgs, workspace):
    orgs.apply()
    workspace.write(
        "monitors/queue.yaml", QUEUE + "    message: 'See $${monitor:shop/latency} and ${monitor:latency}.'\n"
    )
    orgs.apply()
    latency = orgs.main.one("monitor", "Shop is slow")
    assert orgs.main.one("monitor", "Queue")["message"] == f"See ${{monitor:shop/latency}} and {latency['id']}."
    assert orgs.changes() == []


class TestWhatPeopleDoInTheUi:
    def test_an_edit_is_undone(self, orgs):
        orgs.apply()
        latency = orgs.main.one("monitor", "Shop is slow")
        orgs.main.edit("monitor", latency["id"], name="Mine", priority=1, options={"thresholds": {"critical": 2.5}})
        (change,) = orgs.plan()["changes"]
        assert {field["path"]: (field["before"], field["after"]) for field in change["fields"]} == {
            "name": ("Mine", "Shop is slow"),
            "options.thresholds.warning": (None, 1),
            "priority": (1, None),
        }
        orgs.apply()
        assert orgs.changes() == []

    def test_a_deleted_object_is_created_again(self, orgs):
        orgs.apply()
        orgs.main.delete("monitor", orgs.main.one("monitor", "Shop is slow")["id"])
        assert orgs.changes() == [("create", "shop/monitor/latency"), ("update", "shop/dashboard/overview")]
        orgs.apply()
        assert orgs.changes() == []

    def test_a_mute_is_not_fought(self, orgs, workspace):
        orgs.apply()
        latency = orgs.main.one("monitor", "Shop is slow")
        muted = {**latency["options"], "silenced": {"*": None}}
        orgs.main.edit("monitor", latency["id"], options=muted)
        assert orgs.changes() == []
        workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
        (change,) = orgs.plan()["changes"]
        assert [field["path"] for field in change["fields"]] == ["options.thresholds.warning"]
        orgs.apply()
        after = orgs.main.one("monitor", "Shop is slow")["options"]
        assert (after["silenced"], after["thresholds"]["warning"]) == ({"*": None}, 2)

    def test_who_may_edit_is_not_fought(self, orgs, workspace):
        orgs.apply()
        overview = orgs.main.one("dashboard", "Shop")
        orgs.main.edit("dashboard", overview["id"], restricted_roles=["a-role"])
        orgs.main.edit("monitor", orgs.main.one("monitor", "Shop is slow")["id"], restricted_roles=["a-role"])
        assert orgs.changes() == []
        workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: The shop")
        workspace.replace("monitors/shop.yaml", "name: Shop is slow", "name: The shop is slow")
        orgs.apply()
        assert orgs.main.one("dashboard", "The shop")["restricted_roles"] == ["a-role"]
        assert orgs.main.one("monitor", "The shop is slow")["restricted_roles"] == ["a-role"]

    def test_a_field_that_we_do_not_know_is_kept_and_noted(self, orgs, workspace):
        orgs.apply()
        latency = orgs.main.one("monitor", "Shop is slow")
        orgs.main.edit("monitor", latency["id"], options={**latency["options"], "brand_new": {"a": [1]}})
        assert orgs.changes() == []
        workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 2}")
        (change,) = orgs.plan()["changes"]
        assert [field["path"] for field in change["fields"]] == ["options.thresholds.warning"]
        assert change["notes"] == ["unknown to this version of ddops and kept as it is: options.brand_new"]
        orgs.apply()
        assert orgs.main.one("monitor", "Shop is slow")["options"]["brand_new"] == {"a": [1]}
        assert orgs.changes() == []
