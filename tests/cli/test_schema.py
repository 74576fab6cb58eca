"""`ddops schema`: what it writes, and that the schemas and the reader agree on what people write."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from ddops.catalog.reader import parse
from ddops.kinds.contract import kinds
from ddops.schema.files import files

ROOT = Path(__file__).parent.parent.parent
FILES = files()
PATHS = sorted((name, path) for name, file in FILES.items() for pattern in file.patterns for path in ROOT.glob(pattern))
VALIDATORS: dict = {}


def faults(name, data):
    """What the schema finds, by place."""
    if name not in VALIDATORS:
        VALIDATORS[name] = jsonschema.Draft7Validator(json.loads(FILES[name].text()))
    return {".".join(map(str, error.absolute_path)): error.message for error in VALIDATORS[name].iter_errors(data)}


def read(text):
    return parse("file.yaml", text).data


MONITOR = {"key": "a", "name": "n", "type": "query alert", "query": "avg(last_5m):avg:a{*} > 5"}
DASHBOARD = {"product": "shop", "title": "t", "layout_type": "ordered"}


@pytest.mark.parametrize("name", FILES)
def test_every_schema_is_one_and_closed(name):
    schema = FILES[name].schema()
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    references = set(re.findall(r'"\$ref": "([^"]+)"', FILES[name].text()))
    assert {f"#/definitions/{one}" for one in schema["definitions"]} >= references
    assert "$defs" not in FILES[name].text()


def test_there_is_a_schema_for_every_file_of_a_workspace():
    assert set(FILES) == {"workspace", "product", "preset", *kinds()}


@pytest.mark.parametrize(("name", "path"), PATHS, ids=lambda one: one.name if isinstance(one, Path) else one)
def test_shipped_files_pass(name, path):
    assert faults(name, read(path.read_text("utf-8"))) == {}


EXAMPLES = [
    (path, name, example)
    for path in sorted((ROOT / "docs" / "kinds").glob("*.md"))
    for block in re.findall(r"^```yaml\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for example in re.split(r"^(?=# [a-z_]+/\S+\.yaml)", block, flags=re.MULTILINE)
    for name, file in FILES.items()
    if example.startswith(f"# {file.patterns[0].partition('/')[0]}/") and name != "product"
]


@pytest.mark.parametrize(
    ("path", "name", "example"), EXAMPLES, ids=lambda one: one.name if isinstance(one, Path) else ""
)
def test_the_examples_of_the_documentation_pass(path, name, example):
    assert faults(name, read(example)) == {}


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("workspace", {"workspace": "a", "orgs": {"main": {"sight": "x"}}}, "orgs.main"),
        ("workspace", {"workspace": "a", "orgs": {"main": {"name": "main"}}}, "orgs.main"),
        ("workspace", {"workspace": "A b", "orgs": {"main": {}}}, "workspace"),
        ("product", {"product": "a", "title": "A", "org": "main", "team": "a", "chanels": {}}, ""),
        ("product", {"product": "a", "title": "A", "org": "main", "team": 3}, "team"),
        ("preset", {"preset": "a", "kind": "monitor", "body": {"nmae": "x"}}, "body"),
        ("preset", {"preset": "a", "kind": "monitr", "body": {}}, "kind"),
        ("preset", {"preset": "a", "kind": "monitor", "body": {"key": "x"}}, "body"),
        ("monitor", {"monitors": []}, ""),
        ("monitor", {"product": "shop", "monitors": [MONITOR], "title": "x"}, ""),
        ("monitor", {"product": "shop", "monitors": [{**MONITOR, "messsage": "x"}]}, "monitors.0"),
        ("monitor", {"product": "shop", "monitors": [{**MONITOR, "type": "qery alert"}]}, "monitors.0.type"),
        ("monitor", {"product": "shop", "monitors": [{**MONITOR, "priority": 6}]}, "monitors.0.priority"),
        ("monitor", {"product": "shop", "monitors": [{**MONITOR, "priority": "2"}]}, "monitors.0.priority"),
        ("monitor", {"product": "shop", "monitors": [{**MONITOR, "options": {"threshold": {}}}]}, "monitors.0.options"),
        ("monitor", {"product": "shop", "monitors": [{"key": "a", "name": "n"}]}, "monitors.0"),
        ("monitor", {"product": "shop", "monitors": [{**MONITOR, "key": 3}]}, "monitors.0.key"),
        ("monitor", {"product": "shop", "monitors": [{"preset": "p", "key": "a", "nmae": "x"}]}, "monitors.0"),
        (
            "monitor",
            {"product": "shop", **MONITOR, "overrides": [{"match": {"env": "a"}, "set": {"prio": 1}}]},
            "overrides.0.set",
        ),
        ("monitor", {"product": "shop", **MONITOR, "nmae": "x"}, ""),
        ("dashboard", {**DASHBOARD, "widgets": [{"definition": {"type": "nte"}}]}, "widgets.0"),
        ("dashboard", {**DASHBOARD, "widgets": [{"timeseris": "avg:a{*}"}]}, "widgets.0"),
        ("dashboard", {**DASHBOARD, "widgets": [{"timeseries": "avg:a{*}", "titel": "x"}]}, "widgets.0"),
        ("dashboard", {**DASHBOARD, "widgets": [{"definition": {"type": "note", "content": "", "x": 1}}]}, "widgets.0"),
        ("slo", {"product": "shop", "name": "n", "type": "metric"}, ""),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(name, data, place):
    assert place in faults(name, data)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("monitor", "{product: shop, key: a, preset: p, with: {limit: 5}, name: n}"),
        (
            "monitor",
            "{product: shop, name: n, type: query alert, query: q, options: {thresholds: {critical: '${limit}'}}}",
        ),
        ("monitor", "{product: shop, name: n, type: query alert, query: q, options: '${options}', priority: '${p}'}"),
        ("monitor", "{product: shop, name: n, type: '${type}', query: q, options: {notify_no_data: '${flag}'}}"),
        (
            "monitor",
            "{product: shop, name: n, type: query alert, query: q, id: 5, created: x, options: {silenced: {}}}",
        ),
        (
            "monitor",
            "{product: shop, name: n, type: query alert, query: q, for_each: {env: [a, b]},"
            " overrides: [{match: {env: [a]}, set: {priority: 4, options: {notify_audit: true}, protect: true}}]}",
        ),
        ("monitor", "{product: shop, monitors: []}"),
        ("slo", "{product: shop, preset: p, query: {denominator: q}}"),
        ("dashboard", "{product: shop, title: t, widgets: [{timeseries: 'avg:a{*}', title: t, width: 6}]}"),
        (
            "dashboard",
            "{product: shop, title: t, widgets: [{group: G, widgets: [{toplist: {a: 'avg:a{*} by {b}'}, limit: 5}]},"
            " {note: hello}, {unchecked: true, definition: {type: new, what: ever}}]}",
        ),
    ],
)
def test_what_is_right_passes(name, text):
    assert faults(name, read(text)) == {}


def test_the_fields_of_a_monitor_have_descriptions():
    definitions = FILES["monitor"].schema()["definitions"]
    for name in ("monitor", "monitor.Options"):
        fields = definitions[name]["properties"]
        assert [field for field, one in fields.items() if not one.get("description")] == []


def test_the_names_and_their_files(ddops):
    run = ddops("schema")
    assert (run.exit_code, run.stderr) == (0, "")
    assert re.search(r"^monitor +monitors/\*\*/\*\.yaml monitors/\*\*/\*\.yml$", run.stdout, re.MULTILINE)
    assert re.search(r"^workspace +ddops\.yaml$", run.stdout, re.MULTILINE)


def test_one_schema_is_printed_the_same_every_time(ddops):
    first, second = ddops("schema", "monitor"), ddops("schema", "monitor")
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["title"] == "A file of monitors"


def test_schemas_are_written(ddops, workspace):
    run = ddops("schema", "--out", "schemas")
    assert (run.exit_code, run.stderr) == (0, "")
    assert {path.stem for path in (workspace.root / "schemas").iterdir()} == set(FILES)
    assert ddops("schema", "slo", "--out", "other").stdout.split() == ["other/slo.json"]


def test_an_unknown_kind(ddops):
    run = ddops("schema", "moniter")
    assert (run.exit_code, run.stderr) == (1, "unknown kind 'moniter'; did you mean 'monitor'?\n")
