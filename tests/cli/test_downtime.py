"""Downtimes that somebody made or cancelled in the UI."""

import pytest

SPEC = """\
product: shop
key: window
scope: env:prod
monitor_identifier: {{monitor_tags: ['service:shop']}}
adopt: {id}
"""


@pytest.fixture
def downtime(orgs):
    body = {"scope": "env:prod", "monitor_identifier": {"monitor_tags": ["service:shop"]}, "message": "Mine."}
    return orgs.main.create("downtime", body)


def test_one_is_adopted_in_place(orgs, workspace, downtime):
    workspace.write("downtimes/shop/window.yaml", SPEC.format(id=downtime["id"]))
    orgs.apply()
    (found,) = orgs.main.all("downtime")
    assert found["id"] == downtime["id"]
    assert found["message"] == "ddops:acme/shop/window"
    assert found["schedule"]["start"] is not None
    assert orgs.changes() == []


def test_one_that_is_cancelled_is_not_there(orgs, workspace, downtime):
    orgs.main.delete("downtime", downtime["id"])
    workspace.write("downtimes/shop/window.yaml", SPEC.format(id=downtime["id"]))
    run = orgs("plan")
    assert run.exit_code == 1
    assert f"adopt: the org 'main' has no downtime {downtime['id']}" in run.stderr


def test_one_that_somebody_cancelled_is_made_again(orgs, workspace):
    workspace.write("downtimes/shop/window.yaml", SPEC.format(id="").replace("adopt: \n", ""))
    orgs.apply()
    (made,) = orgs.main.all("downtime")
    orgs.main.delete("downtime", made["id"])
    assert orgs.changes() == [("create", "shop/downtime/window")]
    orgs.apply()
    assert orgs.changes() == []


def test_it_goes_before_its_monitor(orgs, workspace):
    spec = SPEC.format(id="").replace("adopt: \n", "")
    spec = spec.replace("{monitor_tags: ['service:shop']}", "{monitor_id: '${monitor:spare}'}")
    monitor = "product: shop\nkey: spare\nname: n\ntype: query alert\nquery: 'avg(last_5m):avg:a{*} > 1'\n"
    workspace.write("downtimes/shop/window.yaml", spec)
    workspace.write("monitors/shop/spare.yaml", monitor)
    orgs.apply()
    (found,) = orgs.main.all("downtime")
    assert found["monitor_identifier"] == {"monitor_id": orgs.main.one("monitor", "n")["id"]}
    workspace.remove("downtimes/shop/window.yaml")
    workspace.remove("monitors/shop/spare.yaml")
    assert orgs.changes() == [("delete", "shop/downtime/window"), ("delete", "shop/monitor/spare")]
