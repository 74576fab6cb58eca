"""The calls that plan and apply make, against the sandbox over real HTTP."""

import os
import subprocess
import sys

import pytest

from ddops import __version__
from ddops.catalog.config import OrgConfig
from ddops.errors import ApiError, UsageError
from ddops.org.http import HttpOrg
from tests.org.conftest import API_KEY, APP_KEY, DASHBOARD, MONITOR, SLO
from tests.org.scripted import Reply

KINDS = pytest.mark.parametrize("kind", [MONITOR, DASHBOARD, SLO], ids=lambda kind: kind.name)
TITLE = {"monitor": "name", "dashboard": "title", "slo": "name"}


@KINDS
def test_an_object_is_created_read_changed_and_deleted(org, payloads, kind):
    payload = payloads[kind.name]()
    created = org.create(kind, payload)
    id_ = str(created["id"])
    assert org.get(kind, id_)[TITLE[kind.name]] == payload[TITLE[kind.name]]

    updated = org.update(kind, id_, {**payload, TITLE[kind.name]: "Another"})
    assert updated[TITLE[kind.name]] == "Another"
    assert [body[TITLE[kind.name]] for body in org.read([kind], lambda *_: True)[kind.name]] == ["Another"]

    org.delete(kind, id_)
    assert org.get(kind, id_) is None
    org.delete(kind, id_)


@KINDS
def test_an_update_of_what_is_gone_is_refused(org, payloads, kind):
    id_ = str(org.create(kind, payloads[kind.name]())["id"])
    org.delete(kind, id_)
    with pytest.raises(ApiError) as refused:
        org.update(kind, id_, payloads[kind.name]())
    assert (refused.value.status, refused.value.method) == (404, "PUT")
    assert "not found" in str(refused.value)


def test_a_monitor_is_validated_and_nothing_is_created(org, payloads, sandbox):
    org.validate(MONITOR, payloads["monitor"]())
    with pytest.raises(ApiError, match="POST /api/v1/monitor/validate: 400 "):
        org.validate(MONITOR, {**payloads["monitor"](), "query": "nonsense"})
    assert org.read([MONITOR], lambda *_: True) == {"monitor": []}


def test_a_kind_without_a_validation_call_is_not_asked(org, payloads, sandbox):
    org.validate(DASHBOARD, payloads["dashboard"]())
    assert not sandbox.requests


def test_a_monitor_that_an_slo_needs_is_not_deleted(org, payloads):
    id_ = org.create(MONITOR, payloads["monitor"]())["id"]
    slo = {**payloads["slo"](), "type": "monitor", "monitor_ids": [id_]}
    del slo["query"]
    org.create(SLO, slo)
    with pytest.raises(ApiError, match=r"is referenced in slos.*; delete or change what refers to it first$"):
        org.delete(MONITOR, str(id_))


def test_a_duplicate_of_ones_own_is_that_object(org, payloads):
    payload = payloads["monitor"]()
    assert org.create(MONITOR, payload)["id"] == org.create(MONITOR, payload)["id"]


def test_a_duplicate_of_anothers_is_refused_with_a_way_out(org, payloads):
    payload = payloads["monitor"]()
    id_ = org.create(MONITOR, {**payload, "tags": ["env:prod"]})["id"]
    with pytest.raises(ApiError, match=rf"400 Duplicate of an existing.*{id_}.*write `adopt: {id_}` to take"):
        org.create(MONITOR, payload)


@pytest.mark.parametrize("id_", ["..", "", "1/../2", "1?force=true", "a b", "%2e"])
def test_what_cannot_be_an_id_is_not_asked_for(org, sandbox, id_):
    with pytest.raises(UsageError, match="no id of a monitor"):
        org.get(MONITOR, id_)
    assert not sandbox.requests


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, "https://acme.us3.datadoghq.com/monitors/123"),
        ({"is_sandbox": True}, "sandbox://vagov/monitors/123"),
    ],
)
def test_an_object_has_a_page(connect, given, url):
    config = OrgConfig(name="vagov", site="us3.datadoghq.com", subdomain="acme")
    org = connect("http://127.0.0.1:1", config=config, **given)
    assert (org.name, org.is_sandbox) == ("vagov", "is_sandbox" in given)
    assert org.url(MONITOR, "123") == url


@pytest.mark.parametrize("key", ["", " ", "abc def", "abc\n", "abc\r\nX-Evil: 1", "schlüssel"])
@pytest.mark.parametrize("which", ["api_key", "app_key"])
def test_what_cannot_be_a_key_is_refused_without_showing_it(connect, which, key):
    with pytest.raises(UsageError) as refused:
        connect("http://127.0.0.1:1", **{which: key})
    assert "DD_APP_KEY" if which == "app_key" else "DD_API_KEY" in str(refused.value)
    assert not key.strip() or key.strip() not in str(refused.value)


@pytest.mark.parametrize("site", ["datadoghq.eu", "no.such.site"])
def test_our_keys_and_address_win_over_the_environment(scripted, monkeypatch, site):
    for name, value in {"DD_SITE": site, "DD_API_KEY": "env-api-key", "DD_APP_KEY": "env-app-key"}.items():
        monkeypatch.setenv(name, value)
    server, org = scripted(lambda asked: Reply(body={"id": 1}))
    org.get(MONITOR, "1")
    (asked,) = server.asked
    assert asked.headers["DD-API-KEY"] == API_KEY
    assert asked.headers["DD-APPLICATION-KEY"] == APP_KEY
    assert asked.headers["User-Agent"] == f"ddops/{__version__}"


def test_keys_are_in_no_repr(connect):
    org = connect("http://127.0.0.1:1")
    shown = repr(org) + "".join(repr(part) for part in vars(org).values())
    assert API_KEY not in shown
    assert APP_KEY not in shown


def test_the_official_clients_models_are_not_imported():
    models = "('datadog_api_client.v1', 'datadog_api_client.v2')"
    code = f"import sys, ddops.org.http; print(*[name for name in sys.modules if name.startswith({models})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ})
    assert (done.returncode, done.stdout.split()) == (0, [])


def test_an_org_is_one_of_the_contract():
    from ddops.org.contract import Org

    org: Org = HttpOrg(
        OrgConfig(name="acme"), api_key=API_KEY, app_key=APP_KEY, base_url="http://127.0.0.1:1", is_sandbox=True
    )
    assert org.name == "acme"
