"""Which objects a command line, a file or a state names."""

import orjson
import pytest

from ddops.errors import SpecError, UsageError
from ddops.importing.exported import exported
from ddops.importing.key import LONGEST, free, slug
from ddops.importing.page import identified, pages
from ddops.importing.tagged import has, terms
from ddops.importing.terraform import managed
from ddops.kinds.contract import kinds

MONITOR, DASHBOARD, SLO = (kinds()[name] for name in ("monitor", "dashboard", "slo"))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://app.datadoghq.com/monitors/4711", ("monitor", "4711")),
        ("https://vagov.ddog-gov.com/monitors/4711/edit?x=1", ("monitor", "4711")),
        ("https://app.datadoghq.eu/monitors#4711/edit", ("monitor", "4711")),
        ("https://us5.datadoghq.com/dashboard/abc-def-ghi/my-board?from=1&to=2", ("dashboard", "abc-def-ghi")),
        ("https://app.datadoghq.com/dashboard/abc-def-ghi", ("dashboard", "abc-def-ghi")),
        ("https://app.datadoghq.com/dashboard/lists/manual/5", ("dashboard_list", "5")),
        ("https://app.datadoghq.com/slo?slo_id=0aF&timeframe=7d", ("slo", "0aF")),
        ("https://app.datadoghq.com/slo/manage?query=x&slo_id=0aF", ("slo", "0aF")),
        ("https://ap1.datadoghq.com/synthetics/details/abc-def-ghi?from=1", ("synthetics_test", "abc-def-ghi")),
    ],
)
def test_a_page_names_its_object_on_any_site(url, found):
    assert identified(None, url) == found
    assert [(kind.name, object_id) for kind, object_id in pages(f"[a]({url}), b")] == [found]


def test_an_id_needs_a_kind():
    assert identified(MONITOR, "4711") == ("monitor", "4711")
    with pytest.raises(UsageError, match="no kind"):
        identified(None, "4711")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("team:x", ("team:x",)),
        ("team:x env:prod", ("team:x", "env:prod")),
        ("team:x AND env:prod", ("team:x", "env:prod")),
        ("\"team:x\" 'env:prod'", ("team:x", "env:prod")),
        ('tag:"team:x" tags:env:prod', ("team:x", "env:prod")),
        ('team:"two words"', ("team:two words",)),
        ("  Team:X  ", ("team:x",)),
        ("service:shop-*", ("service:shop-*",)),
    ],
)
def test_a_query_is_tags_that_are_all_there(query, found):
    assert terms(query) == found


@pytest.mark.parametrize("query", ["", "  ", "a OR b", "NOT a", "-a", "(a b)", '"a', "a:(b c)"])
def test_what_a_query_cannot_be_is_said(query):
    with pytest.raises(UsageError, match=r"--query: .*a query is tags, each of which has to be there"):
        terms(query)


def test_tags_are_compared_whatever_their_case():
    body = {"tags": ["Team:X", "service:shop-api"]}
    assert has(MONITOR, body, ["team:x", "service:shop-*"])
    assert not has(MONITOR, body, ["team:x", "env:prod"])
    assert not has(kinds()["downtime"], body, ["team:x"])


@pytest.mark.parametrize(
    ("kind", "content", "found"),
    [
        (MONITOR, {"name": "a"}, [(None, {"name": "a"}, False)]),
        (MONITOR, {"name": "a", "id": 1}, [("1", {"name": "a", "id": 1}, False)]),
        (MONITOR, {"name": "a", "id": 1, "created_at": 2}, [("1", {"name": "a", "id": 1, "created_at": 2}, True)]),
        (MONITOR, {"version": 2, "definition": {"id": 1, "name": "a"}}, [(None, {"name": "a"}, False)]),
        (MONITOR, [{"name": "a"}, {"definition": {"name": "b"}}], [(None, {"name": name}, False) for name in "ab"]),
        (SLO, {"data": [{"id": "x"}], "errors": []}, [("x", {"id": "x"}, False)]),
        (DASHBOARD, {"dashboards": [{"id": "x"}, {"id": "y"}]}, [(name, {"id": name}, False) for name in "xy"]),
        (
            kinds()["logs_metric"],
            {"data": {"id": "a.b", "type": "logs_metrics", "attributes": {"compute": {}}}},
            [("a.b", {"id": "a.b", "compute": {}}, False)],
        ),
        (
            kinds()["powerpack"],
            {"data": {"type": "powerpack", "attributes": {"name": "a"}}},
            [(None, {"name": "a"}, False)],
        ),
    ],
)  # fmt: skip
def test_the_forms_of_a_file(kind, content, found):
    objects = exported(kind, "a.json", orjson.dumps(content))
    assert [(one.id, one.body, one.is_answer) for one in objects] == found


def test_a_file_of_yaml_is_as_good():
    (one,) = exported(kinds()["catalog_entity"], "entity.yaml", b"kind: service\nmetadata: {name: a}\n")
    assert one.body == {"kind": "service", "metadata": {"name": "a"}}


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.json", b"{", UsageError),
        ("a.json", b"1", UsageError),
        ("a.json", b"[]", UsageError),
        ("a.yaml", b"a: [", SpecError),
    ],
)
def test_a_file_without_objects_is_said(name, content, error):
    with pytest.raises(error, match=r"a\.(json|yaml)"):
        list(exported(MONITOR, name, content))


def state(**more):
    return orjson.dumps({"version": 4, "resources": [], **more})


def test_a_state_holds_instances_in_modules_counted_and_by_key():
    def resource(**more):
        return {"mode": "managed", "type": "datadog_monitor", "name": "m", **more}

    content = state(
        resources=[
            resource(instances=[{"index_key": index, "attributes": {"id": str(index)}} for index in (0, 1)]),
            resource(module="module.a", instances=[{"index_key": "k", "attributes": {"id": "2"}}]),
            resource(type="datadog_team", instances=[{"attributes": {"id": "3"}}]),
            resource(mode="data", instances=[{"attributes": {"id": "4"}}]),
            resource(instances=[{"attributes": {"id": "5"}, "deposed": "x"}, {"attributes": {}}]),
        ]
    )
    assert [(one.address, one.kind, one.id) for one in managed("s", content)] == [
        ("datadog_monitor.m[0]", "monitor", "0"),
        ("datadog_monitor.m[1]", "monitor", "1"),
        ('module.a.datadog_monitor.m["k"]', "monitor", "2"),
        ("datadog_team.m", None, "3"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "not JSON"), (b"{}", "no Terraform state"), (state(version=3), "of version 3, and ddops reads 4")],
)
def test_what_is_no_state_is_said(content, message):
    with pytest.raises(UsageError, match=message):
        list(managed("s", content))


def test_a_key_is_made_of_a_name():
    assert slug("[Prod] Shop is slow (>2s)") == "prod-shop-is-slow-2s"
    assert slug("Ünïcode – ßtraße") == "unicode-trae"
    assert slug("日本") == ""
    assert len(slug("word " * 50)) <= LONGEST
    assert slug("x" * 200) == "x" * LONGEST
    assert (free("a", {"b"}), free("a", {"a", "a-2"})) == ("a", "a-3")
