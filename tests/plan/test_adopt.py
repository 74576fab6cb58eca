"""What `adopt` takes over, and what `protect` keeps."""

import pytest

from tests.plan.specs import LAYOUT, LOGS, QUERY, QUEUE


class TestAdopt:
    @pytest.fixture
    def live(self, orgs):
        """A monitor that somebody made in the UI."""
        return orgs.main.create(
            "monitor",
            {
                "name": "By hand",
                "type": "query alert",
                "query": QUERY,
                "message": "Old.",
                "tags": ["a:b"],
                "priority": 3,
            },
        )

    def adopt(self, workspace, live_id, key="queue"):
        workspace.write("monitors/queue.yaml", QUEUE.replace("queue", key, 1) + f"    adopt: {live_id}\n")

    def test_it_takes_an_object_over_in_place(self, orgs, workspace, live):
        self.adopt(workspace, live["id"])
        (change,) = [change for change in orgs.plan()["changes"] if change["action"] == "adopt"]
        assert (change["address"], change["id"]) == ("shop/monitor/queue", str(live["id"]))
        assert {field["path"]: (field["before"], field["after"]) for field in change["fields"]} == {
            "name": ("By hand", "Queue"),
            "tags": (["a:b"], ["service:shop", "team:shop-team"]),
            "message": ("Old.", None),
            "priority": (3, None),
        }
        orgs.apply()
        assert orgs.main.one("monitor", "Queue")["id"] == live["id"]
        assert orgs.changes() == []

    def test_what_refers_to_it_uses_its_id(self, orgs, workspace, live):
        self.adopt(workspace, live["id"])
        workspace.replace("slos/shop.yaml", "${monitor:errors.prod}", "${monitor:queue}")
        orgs.apply()
        assert orgs.main.one("slo", "Shop answers")["monitor_ids"] == [live["id"]]

    def test_an_id_that_the_org_lacks_is_an_error(self, orgs, workspace):
        self.adopt(workspace, 4711)
        run = orgs("plan")
        assert run.exit_code == 1
        assert "monitors/queue.yaml:3:5: shop/monitor/queue: adopt: the org 'main' has no monitor 4711" in run.stderr
        assert orgs.writes() == []

    def test_all_that_cannot_be_adopted_is_named_at_once(self, orgs, workspace):
        self.adopt(workspace, 4711)
        workspace.replace("monitors/shop.yaml", "- key: latency", "- key: latency\n    adopt: 4712")
        run = orgs("plan")
        assert [number in run.stderr for number in ("4711", "4712")] == [True, True]

    def test_an_object_of_another_workspace_is_refused(self, orgs, workspace):
        orgs.apply()
        taken = orgs.main.one("monitor", "Shop is slow")["id"]
        workspace.replace("ddops.yaml", "workspace: acme", "workspace: other")
        self.adopt(workspace, taken)
        run = orgs("plan")
        assert run.exit_code == 1
        assert f"monitor {taken} is managed by the workspace 'acme' as shop/monitor/latency" in run.stderr

    def test_an_object_of_another_resource_is_refused(self, orgs, workspace):
        orgs.apply()
        taken = orgs.main.one("monitor", "Shop is slow")["id"]
        self.adopt(workspace, taken)
        run = orgs("plan")
        assert run.exit_code == 1
        assert f"monitor {taken} is managed as shop/monitor/latency by this workspace" in run.stderr

    def test_one_object_is_adopted_once(self, orgs, workspace, live):
        self.adopt(workspace, live["id"])
        workspace.replace("monitors/shop.yaml", "- key: latency", f"- key: latency\n    adopt: {live['id']}")
        run = orgs("plan")
        assert run.exit_code == 1
        assert f"takes over the monitor {live['id']} of 'main' already" in run.stderr

    def test_a_second_object_is_refused(self, orgs, workspace, live):
        workspace.write("monitors/queue.yaml", QUEUE.replace("> 7", "> 8"))
        orgs.apply()
        self.adopt(workspace, live["id"])
        run = orgs("plan")
        assert run.exit_code == 1
        assert "shop/monitor/queue is monitor" in run.stderr
        assert "already; take `adopt` out" in run.stderr

    def test_a_resource_is_renamed_by_adopting_its_own_object(self, orgs, workspace):
        workspace.write("monitors/queue.yaml", QUEUE)
        orgs.apply()
        live_id = orgs.main.one("monitor", "Queue")["id"]
        self.adopt(workspace, live_id, key="backlog")
        plan = orgs.plan()
        assert [(change["action"], change["address"], change["id"]) for change in plan["changes"]] == [
            ("adopt", "shop/monitor/backlog", str(live_id))
        ]
        assert plan["changes"][0]["fields"] == []
        orgs.apply()
        assert orgs.main.one("monitor", "Queue")["id"] == live_id
        assert orgs.changes() == []

    def test_an_adopt_that_has_outlived_its_object_is_noted(self, orgs, workspace, live):
        """Adopted, then replaced by one of another type: the id is gone, and the marker is elsewhere."""
        self.adopt(workspace, live["id"])
        orgs.apply()
        workspace.replace("monitors/queue.yaml", "type: query alert", "type: log alert")
        workspace.replace("monitors/queue.yaml", QUERY, LOGS)
        orgs.apply()
        plan = orgs.plan()
        assert plan["changes"] == []
        assert len(plan["notes"]) == 1
        assert f"there is no monitor {live['id']} any more" in plan["notes"][0]


class TestProtect:
    @pytest.fixture
    def protected(self, orgs, workspace):
        workspace.write("monitors/queue.yaml", QUEUE + "    protect: true\n")
        workspace.replace("dashboards/shop/overview.yaml", "title: Shop", "title: Shop\nprotect: true")
        orgs.apply()
        assert orgs.changes() == []

    def remove(self, workspace):
        for file in ("monitors/queue.yaml", "monitors/shop.yaml", "slos/shop.yaml", "dashboards/shop/overview.yaml"):
            workspace.remove(file)

    def test_it_outlives_its_spec(self, orgs, workspace, protected):
        self.remove(workspace)
        run = orgs("apply", "--yes")
        assert run.exit_code == 1
        queue, overview = orgs.main.one("monitor", "Queue")["id"], orgs.main.one("dashboard", "Shop")["id"]
        for address, live in (
            ("shop/monitor/queue", f"monitor {queue}"),
            ("shop/dashboard/overview", f"dashboard {overview}"),
        ):
            assert f"refused: {address} ({live} in 'main') is protected and would be deleted" in run.stderr
        assert len(orgs.main.all("monitor")) == 4

    def test_it_is_not_replaced(self, orgs, workspace, protected):
        workspace.replace("dashboards/shop/overview.yaml", "layout_type: ordered", "layout_type: free")
        workspace.replace(
            "dashboards/shop/overview.yaml", "- definition: {type: note,", f"- {LAYOUT}\n    definition: {{type: note,"
        )
        workspace.replace(
            "dashboards/shop/overview.yaml", "- definition: {type: alert", f"- {LAYOUT}\n    definition: {{type: alert"
        )
        run = orgs("plan")
        assert run.exit_code == 1
        assert "shop/dashboard/overview" in run.stderr
        assert "is protected and would be deleted" in run.stderr

    def test_taken_out_and_applied_it_can_go(self, orgs, workspace, protected):
        workspace.replace("monitors/queue.yaml", "    protect: true\n", "")
        workspace.replace("dashboards/shop/overview.yaml", "protect: true\n", "")
        assert [change["fields"] for change in orgs.plan()["changes"]] == [
            [{"path": "protect", "before": True, "after": False}]
        ] * 2
        orgs.apply()
        assert orgs.changes() == []
        self.remove(workspace)
        orgs.apply()
        assert orgs.main.all("monitor") == []

    def test_taking_it_out_with_the_spec_is_not_enough(self, orgs, workspace, protected):
        workspace.remove("monitors/queue.yaml")
        assert orgs("plan").exit_code == 1
