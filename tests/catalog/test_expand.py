"""One resource to its specs. Each case is a monitor's words beside the fields that it must have, and what comes out."""

import pytest

from ddops.compile import compile_specs
from ddops.plan.resolve import unresolved

HEAD = "product: shop\nmonitors:\n- key: k\n  name: n\n  type: query alert\n  query: q > 1\n"
"""Six lines; a case begins in line 7."""


@pytest.fixture
def monitor(workspace):
    """Writes the one monitor of the workspace: `HEAD` and the lines of a case."""
    workspace.remove("dashboards/shop/overview.yaml")
    workspace.remove("slos/shop.yaml")

    def write(text: str, head: str = HEAD) -> None:
        workspace.write("monitors/shop.yaml", head + text)

    return write


def specs(workspace):
    return {f"{spec.address.key}@{spec.org}": spec for spec in workspace.load().specs}


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("", ["k@main"]),
        ("  org: partner", ["k@partner"]),
        ("  org: [main, partner, main]", ["k@main", "k@partner"]),
        ("  for_each: {}", ["k@main"]),
        ("  for_each: {env: [prod, staging]}", ["k.prod@main", "k.staging@main"]),
        (
            "  for_each: {env: [b, a], n: [1, 2.5, true]}",
            [f"k.{e}.{n}@main" for e in "ab" for n in ("1", "2.5", "true")],
        ),
        ("  for_each: {endpoint: {refill: {limit: 5}, list: }}", ["k.list@main", "k.refill@main"]),
        ("  for_each: {env: [a]}\n  org: [main, partner]", ["k.a@main", "k.a@partner"]),
    ],
)
def test_a_resource_for_each_combination_and_org(workspace, monitor, words, keys):
    monitor(words)
    assert list(specs(workspace)) == keys


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("  message: ${key} ${org} ${product}", "k main shop"),
        ("  for_each: {env: [prod]}\n  message: ${key} ${env}", "k.prod prod"),
        ("  for_each: {e: {refill: {limit: 5}}}\n  message: ${e} ${e.limit}", "refill 5"),
        ("  for_each: {e: {refill: {text: '${product.title} $${x}'}}}\n  message: ${e.text}", "Shop ${x}"),
        ("  message: see ${dashboard:other/x.url} $${key}", None),
        ("  message: '{{#is_alert}}{{value}}{{/is_alert}} $env'", "{{#is_alert}}{{value}}{{/is_alert}} $env"),
        ("  message: ${product.runbook}", "https://git.example.com/acme/monitoring/blob/main/runbooks/shop.md"),
    ],
)
def test_variables(workspace, monitor, words, message):
    monitor(words)
    if message is None:
        assert workspace.problems()
    else:
        (spec,) = specs(workspace).values()
        assert unresolved(spec.body)["message"] == message


def test_values_keep_their_type(workspace, monitor):
    monitor(
        "  for_each: {e: {a: {p: 2, on: true, t: {critical: 5}, f: 0.5}}}\n"
        "  priority: ${e.p}\n  options: {include_tags: '${e.on}', thresholds: '${e.t}', evaluation_delay: 60}\n"
        "  protect: ${e.on}\n  adopt: ${e.p}\n"
    )
    (spec,) = specs(workspace).values()
    assert spec.body["priority"] == 2
    assert spec.body["options"] == {"include_tags": True, "thresholds": {"critical": 5}, "evaluation_delay": 60}
    assert (spec.protect, spec.adopt) == (True, 2)
    assert dict(spec.variables) == {"e": "a"}


def test_overrides_are_laid_over_where_they_match(workspace, monitor):
    monitor(
        "  for_each: {env: [prod, staging, dev]}\n  org: [main, partner]\n  tags: [a]\n"
        "  options: {thresholds: {critical: 5, warning: 2}, timeout_h: 1}\n"
        "  overrides:\n"
        "  - {match: {env: staging}, set: {priority: 4, options: {thresholds: {critical: 9}}}}\n"
        "  - {match: {env: [staging, dev]}, set: {tags: [b], message: '${env}'}}\n"
        "  - {match: {env: dev, org: partner}, set: {options: {timeout_h: null}, adopt: 7, protect: true}}\n"
    )
    found = specs(workspace)
    assert "priority" not in found["k.prod@main"].body
    staging = found["k.staging@main"].body
    assert staging["priority"] == 4
    assert staging["options"] == {"thresholds": {"critical": 9, "warning": 2}, "timeout_h": 1}
    assert (staging["tags"], staging["message"]) == (["b"], "staging")
    assert found["k.dev@partner"].body["options"]["timeout_h"] is None
    assert (found["k.dev@partner"].adopt, found["k.dev@partner"].protect) == (7, True)
    assert (found["k.dev@main"].adopt, found["k.dev@main"].protect) == (None, False)
    assert found["k.prod@main"].body["options"] == {"thresholds": {"critical": 5, "warning": 2}, "timeout_h": 1}


PRESET = """\
preset: limits
kind: monitor
parameters:
  metric: {description: the metric}
  limit: {default: 5}
  tags: {default: ["t:${env}"]}
  options: {default: {timeout_h: 1}}
body:
  type: query alert
  query: "avg(last_5m):avg:${metric}{env:${env}} > ${limit}"
  tags: ${tags}
  options: ${options}
  message: from the preset
"""


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (
            "{metric: m}",
            {"query": "avg(last_5m):avg:m{env:prod} > 5", "tags": ["t:prod"], "options": {"timeout_h": 1}},
        ),
        ("{metric: '${product}.m', limit: 0.5}", {"query": "avg(last_5m):avg:shop.m{env:prod} > 0.5"}),
        ("{metric: m, tags: [], options: {include_tags: false}}", {"tags": [], "options": {"include_tags": False}}),
        ("{metric: m, limit: true}", {"query": "avg(last_5m):avg:m{env:prod} > true", "message": "from the preset"}),
    ],
)
def test_a_preset_with_parameters(workspace, monitor, given, fields):
    workspace.write("presets/limits.yaml", PRESET)
    monitor(
        f"  with: {given}\n  for_each: {{env: [prod]}}\n",
        "product: shop\nmonitors:\n- key: k\n  name: n\n  preset: limits\n",
    )
    (spec,) = specs(workspace).values()
    assert {name: spec.body[name] for name in fields} == fields


def test_a_resource_is_laid_over_its_preset(workspace, monitor):
    workspace.write("presets/limits.yaml", PRESET)
    monitor("  preset: limits\n  with: {metric: m}\n  for_each: {env: [a]}\n  options: {include_tags: true}\n")
    (spec,) = specs(workspace).values()
    assert spec.body["query"] == "q > 1"
    assert spec.body["options"] == {"timeout_h": 1, "include_tags": True}


WITH_PRESET = "product: shop\nmonitors:\n- key: k\n  name: n\n  preset: limits\n  for_each: {env: [prod]}\n"
PLAIN = "(write $${ for a plain ${)"
FILE = "monitors/shop.yaml"


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ("  org: mian", ["7:8: unknown org 'mian'; did you mean 'main'?"]),
        ("  org: [main, prtner, mian]", 2),
        ("  org: []", ["7:8: org: should not be empty"]),
        ("  org: {a: 1}", ["7:8: org: should be text or a list, not a mapping"]),
        ("  org: [[main]]", ["7:9: org[0]: should be text, not a list"]),
        ("  org: ${product}", ["7:8: org: '${product}' is no name: lower case letters, digits, '-' and '_'"]),
        ("  for_each: {env: []}", ["7:19: for_each.env: should not be empty"]),
        ("  for_each: {env: {}}", ["7:19: for_each.env: should not be empty"]),
        ("  for_each:", ["7:12: for_each: should be a mapping; there is no value"]),
        (
            "  for_each: {env: [prod, Prod]}",
            ["7:26: 'Prod' cannot stand in a key: lower case letters, digits, '-' and '_'"],
        ),
        (
            "  for_each: {env: {Prod: {}}}",
            ["7:20: 'Prod' cannot stand in a key: lower case letters, digits, '-' and '_'"],
        ),
        ("  for_each: {env: ['', 'a b', a.]}", 3),
        ("  for_each: {env: [prod, prod, 1, '1']}", ["7:26: 'prod' stands twice", "7:35: '1' stands twice"]),
        ("  for_each: {org: [a]}", ["7:14: ${org} has a meaning already; take another name"]),
        ("  for_each: {e: {a: 5}}", ["7:21: for_each.e.a: should be a mapping, not 5"]),
        ("  for_each: {e: {a: {x: '${nope}'}}}", [f"7:25: unknown variable 'nope'; known: key, org, product {PLAIN}"]),
        (
            "  for_each: {env: [prod]}\n  overrides: [{match: {en: a}, set: {priority: 1}}]",
            ["8:24: unknown variable 'en'; did you mean 'env'?"],
        ),
        (
            "  for_each: {env: [prod]}\n  overrides: [{match: {env: [prod, prd]}, set: {priority: 1}}]",
            ["8:36: unknown value of env 'prd'; did you mean 'prod'?"],
        ),
        (
            "  overrides: [{match: {org: partner}, set: {priority: 1}}]",
            ["7:29: unknown value of org 'partner'; known: main"],
        ),
        (
            "  for_each: {env: [prod]}\n  overrides: [{match: {env: prod}, set: {priority: 9, optoins: {}}}]",
            ["8:52: priority: should be at most 5, not 9", "8:55: unknown field 'optoins'; did you mean 'options'?"],
        ),
        (
            "  for_each: {env: [prod]}\n  overrides: [{match: {env: prod}, set: {key: x, org: y, for_each: {}}}]",
            [
                "8:42: an override cannot set `key`",
                "8:50: an override cannot set `org`",
                "8:58: an override cannot set `for_each`",
            ],
        ),
        ("  overrides: [{match: {}, set: {}}]", 2),
        ("  overrides: [null]", ["7:15: overrides[0]: should be a mapping; there is no value"]),
        (
            "  options: {thresholds: {critical: a}}\n  for_each: {env: [prod]}\n"
            "  overrides: [{match: {env: prod}, set: {options: {thresholds: {warning: b}}}}]",
            [
                "7:36: options.thresholds.critical: should be a number, not 'a'",
                "9:74: options.thresholds.warning: should be a number, not 'b'",
            ],
        ),
        ("  preset: limts", ["7:11: unknown preset 'limts'; did you mean 'limits'?"]),
        ("  with: {a: 1}", ["7:3: `with` gives parameters to a `preset`, and there is none"]),
        ("  adopt: {mian: 5}", ["7:11: unknown org 'mian'; did you mean 'main'?"]),
        (
            "  for_each: {env: [a, b]}\n  adopt: 5",
            ["8:10: adopt: shop/monitor/k.a takes over the monitor 5 of 'main' already"],
        ),
        ("  adopt: [5]", ["7:10: adopt: should be the id of a live object, or a map from org to id"]),
        ("  adopt: {main: {}}", ["7:10: adopt: should be the id of a live object, or a map from org to id"]),
        ("  adopt: true", ["7:10: adopt: should be the id of a live object, or a map from org to id"]),
        ("  protect: yes", ["7:12: protect: should be true or false, not 'yes'"]),
        ("  protect:", ["7:11: protect: should be true or false; there is no value"]),
        ("  protect: 'true'", ["7:12: protect: should be true or false, not 'true'; take it out of the quotes"]),
        ("  runbook: eror", ["7:12: unknown section of the runbook 'eror'; did you mean 'errors'?"]),
        ("  routes: {add: [vendr], skip: [prod-page, x]}", 2),
        ("  message: ${prodct}", [f"7:12: unknown variable 'prodct'; did you mean 'product'? {PLAIN}"]),
        ("  options: {'${key}': 1}", ["7:13: '${key}': a variable cannot stand in a key"]),
        ("  message: ${product.tags}", ["7:12: message: should be text, not a mapping"]),
        (
            "  message: ${nope}\n  tgs: []\n  runbook: nope",
            [
                f"7:12: unknown variable 'nope'; known: key, org, product {PLAIN}",
                "8:3: unknown field 'tgs'; did you mean 'tags'?",
            ],
        ),
        (
            "  message: ${monitor:q}",
            ["7:12: ${monitor:shop/q}: there is no shop/monitor/q; did you mean shop/monitor/k?"],
        ),
        ("  tags: [a, '${slo:x/y} ${slo:x/z.url}']", 2),
        (
            "  '<<': {a: 1}",
            ["7:3: unknown field '<<'; known: adopt, assets, draft_status, for_each, "],
        ),
        (
            '  "a\\nb": 1',
            [r"7:3: unknown field 'a\nb'; known: adopt, assets, draft_status, for_each, "],
        ),
    ],
)
def test_what_is_wrong_with_a_resource(workspace, monitor, words, problems):
    workspace.write("presets/limits.yaml", PRESET)
    monitor(words)
    found = workspace.problems()
    if isinstance(problems, int):
        assert len(found) == problems
    else:
        assert len(found) == len(problems)
        for said, expected in zip(found, problems, strict=True):
            assert said.startswith(f"{FILE}:{expected}")
    assert all(said.startswith(FILE) and "\n" not in said for said in found)


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ("  with: {}", ["monitors/shop.yaml:5:11: the preset 'limits' needs the parameter 'metric' (under `with`)"]),
        (
            "  with: {metrc: m, metric: m}",
            ["monitors/shop.yaml:7:10: unknown parameter 'metrc'; did you mean 'metric'?"],
        ),
        (
            "  with: {metric: {a: 1}}",
            ["presets/limits.yaml:10:10: ${metric} is not one value and cannot stand inside a text"],
        ),
        (
            "  with: {metric: '${nope}'}",
            [f"monitors/shop.yaml:7:18: unknown variable 'nope'; known: env, key, org, product {PLAIN}"],
        ),
        # A value from a parameter is wrong where the parameter is given, or where its default stands.
        ("  with: {metric: m, tags: 5}", ["monitors/shop.yaml:7:27: tags: should be a list, not 5"]),
        (
            "  with: {metric: m, tags: [a, 5]}",
            ["monitors/shop.yaml:7:31: tags[1]: should be text, not 5; put it in quotes"],
        ),
        (
            "  with: {metric: m, options: {timout_h: 1}}",
            ["monitors/shop.yaml:7:31: unknown field 'timout_h'; did you mean 'timeout_h'?"],
        ),
        (
            "  with: {metric: m}\n  options: {timeout_h: x, include_tags: y}",
            [
                "monitors/shop.yaml:8:24: options.timeout_h: should be a whole number, not 'x'",
                "monitors/shop.yaml:8:41: options.include_tags: should be true or false, not 'y'",
            ],
        ),
    ],
)
def test_what_is_wrong_with_the_use_of_a_preset(workspace, monitor, words, problems):
    workspace.write("presets/limits.yaml", PRESET)
    monitor(words, WITH_PRESET)
    assert workspace.problems() == problems


@pytest.mark.parametrize(
    ("before", "after", "problems"),
    [
        (
            "type: query alert",
            "type: query alrt",
            ["9:9: type: 'query alrt' is not allowed; did you mean 'query alert'?"],
        ),
        ("message: from", "mesage: from", ["13:3: unknown field 'mesage'; did you mean 'message'?"]),
        ("{timeout_h: 1}", "{timeout_h: x}", ["7:34: options.timeout_h: should be a whole number, not 'x'"]),
        ("${limit}", "${limt}", [f"10:10: unknown variable 'limt'; did you mean 'limit'? {PLAIN}"]),
        ("kind: monitor", "kind: monitr", ["2:7: unknown kind 'monitr'; did you mean 'monitor'?"]),
        (
            "body:\n",
            "body:\n  key: x\n  for_each: {a: [b]}\n",
            ["9:3: a preset cannot set `key`", "10:3: a preset cannot set `for_each`"],
        ),
        ("  metric:", "  key:", ["4:3: ${key} has a meaning already; take another name"]),
        ("body:", "bdy:", ["1:1: the field 'body' is missing", "8:1: unknown field 'bdy'; did you mean 'body'?"]),
        ("preset: limits", "preset: [", 1),
    ],
)
def test_what_is_wrong_in_a_preset_is_said_there_alone(workspace, monitor, before, after, problems):
    workspace.write("presets/limits.yaml", PRESET)
    workspace.replace("presets/limits.yaml", before, after)
    monitor("  with: {metric: m}\n", WITH_PRESET)
    found = workspace.problems()
    if isinstance(problems, int):
        assert len(found) == problems
    else:
        assert found == [f"presets/limits.yaml:{problem}" for problem in problems]


def test_a_preset_is_for_one_kind(workspace, monitor):
    workspace.write("presets/limits.yaml", PRESET.replace("kind: monitor", "kind: slo"))
    monitor("  with: {metric: m}\n", WITH_PRESET)
    assert workspace.problems() == ["monitors/shop.yaml:5:11: the preset 'limits' is for the kind 'slo', not 'monitor'"]


@pytest.mark.parametrize("key", ["A", "a b", "a.b", "a/b", "-a", "é", ""])
def test_a_key_is_a_name(workspace, monitor, key):
    monitor("", HEAD.replace("key: k", f"key: '{key}'"))
    assert workspace.problems() == [
        f"monitors/shop.yaml:3:8: '{key}' is no key: lower case letters, digits, '-' and '_'"
    ]


def test_a_marker_fits_into_a_tag(workspace, monitor):
    longest = "k" * (200 - len("ddops:acme/shop/"))
    monitor("", HEAD.replace("key: k", f"key: {longest}"))
    assert workspace.problems() == []
    monitor("", HEAD.replace("key: k", f"key: {longest}k"))
    (problem,) = workspace.problems()
    assert problem.endswith("is longer than the 200 characters of a tag; shorten the key")


def test_an_escaped_text_reaches_the_payload_as_it_reads(workspace, monitor):
    monitor("  message: 'run $${HOME}/x ${product}'\n")
    (desired,) = compile_specs(workspace.load())
    assert unresolved(desired.payload)["message"] == "run ${HOME}/x shop"
