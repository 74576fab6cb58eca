"""Where a fix that a rule offers can be made in the files, and where it is left out."""

import pytest

from ddops.compile import compile_specs
from ddops.lint.finding import Flaw, Insert, ProductRule, Remove, Replace, Rule, Severity
from ddops.lint.fix import mend
from ddops.lint.run import examine


@pytest.fixture
def mended(workspace, monkeypatch):
    """Has one rule offer a fix for the monitors whose keys are given (or for the product), and gives the lines of each
    file that are not what they were, as (before, after)."""

    def run(fix, *keys):
        if keys:
            rule: Rule | ProductRule = Rule(
                severity=Severity.ERROR,
                kinds=frozenset({"monitor"}),
                check=lambda one, _: [Flaw("wrong", fix.path, fix=fix)] if one.address.key in keys else [],
            )
        else:
            rule = ProductRule(severity=Severity.ERROR, check=lambda product, _: [Flaw("wrong", fix=fix)])
        monkeypatch.setattr("ddops.lint.run.offline", lambda: {"a-rule": rule})
        catalog = workspace.load()
        found = mend(examine(compile_specs(catalog), catalog))
        changed = {}
        for path, document in found.documents.items():
            before = (workspace.root / path).read_text().splitlines()
            after = document.text.splitlines()
            changed[path] = (
                [line for line in before if line not in after],
                [line for line in after if line not in before],
            )
        assert found.count == len(changed)
        return changed

    return run


WARNING = ("options", "thresholds", "warning")


def test_in_the_resource_itself(mended):
    line = "    options: {thresholds: {critical: 2.5, warning: 1}}"
    assert mended(Replace(WARNING, 2), "latency") == {
        "monitors/shop.yaml": ([line], [line.replace("warning: 1", "warning: 2")])
    }
    assert mended(Remove(WARNING), "latency") == {"monitors/shop.yaml": ([line], [line.replace(", warning: 1", "")])}
    assert mended(Insert(("options",), "renotify_interval", 60), "latency") == {
        "monitors/shop.yaml": ([line], [line[:-1] + ", renotify_interval: 60}"])
    }
    assert mended(Insert(("options", "threshold_windows"), "x", "a b"), "latency") == {
        "monitors/shop.yaml": ([line], [line[:-1] + ", threshold_windows: {x: a b}}"])
    }


def test_for_every_combination_or_for_none(mended):
    both = ("errors.prod", "errors.staging")
    assert mended(Replace(("priority",), 3), "errors.prod") == {}, "the other one has it from an override"
    assert mended(Insert((), "protect", True), "errors.prod") == {}
    assert mended(Insert((), "protect", True), *both) == {"monitors/shop.yaml": ([], ["    protect: true"])}
    assert mended(Insert(("options",), "notify_audit", False), *both) == {
        "monitors/shop.yaml": ([], ["    options: {notify_audit: false}"])
    }


def test_in_an_override_that_is_for_it_alone(mended):
    line = "    overrides: [{match: {env: staging}, set: {priority: 4}}]"
    assert mended(Replace(("priority",), 3), "errors.staging") == {
        "monitors/shop.yaml": ([line], [line.replace("4", "3")])
    }
    assert mended(Remove(("priority",)), "errors.staging") == {}, "what stands below would come forth"


def test_in_a_preset(mended, workspace):
    both = ("errors.prod", "errors.staging")
    assert mended(Replace(("type",), "log alert"), *both) == {
        "presets/errors.yaml": (["  type: query alert"], ["  type: log alert"])
    }
    assert mended(Replace(("type",), "log alert"), "errors.prod") == {}
    assert mended(Replace(("options", "thresholds", "critical"), 5), *both) == {}, "a parameter stands there"
    assert mended(Replace(("query",), "x"), *both) == {}


def test_in_a_product(mended):
    assert mended(Remove(("channels", "alerts"))) == {"products/shop.yaml": (["  alerts: {slack: shop-alerts}"], [])}
    assert mended(Replace(("nothing",), 1)) == {}


def test_what_a_rule_offers_for_what_is_not_there(mended):
    assert mended(Replace(("escalation_message",), "x"), "latency") == {}
    assert mended(Remove(("options", "renotify_interval")), "latency") == {}
    assert mended(Insert(("options", "thresholds"), "warning", 2), "latency") == {}


def test_a_part_of_a_short_form_is_left(mended, workspace, monkeypatch):
    rule = Rule(
        severity=Severity.ERROR,
        kinds=frozenset({"dashboard"}),
        check=lambda one, _: [Flaw("wrong", fix=Replace(("widgets", 0, "definition", "type"), "free_text"))],
    )
    workspace.write("dashboards/shop/overview.yaml", "product: shop\ntitle: Shop\nwidgets:\n- note: Hello\n")
    monkeypatch.setattr("ddops.lint.run.offline", lambda: {"a-rule": rule})
    try:
        catalog = workspace.load()
    except Exception as error:
        pytest.skip(f"no such short form: {error}")
    assert mend(examine(compile_specs(catalog), catalog)).documents == {}
