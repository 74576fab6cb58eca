"""The rules by data: `tests/lint_cases/RULE.yaml` holds cases of one rule (their form: `cases.py`)."""

import re
from pathlib import Path

import pytest

import ddops.lint.rules
from ddops.compile import compile_specs
from ddops.discovery import modules
from ddops.lint.about import every, offline, online, page
from ddops.lint.finding import Severity
from ddops.lint.run import lint
from tests.lint.cases import CASES, cases, found, place

RULES = {name.replace("_", "-") for name in modules(ddops.lint.rules)}
DOCS = Path(__file__).parent.parent.parent / "docs" / "rules.md"


@pytest.mark.parametrize(
    ("rule", "case"), [pytest.param(rule, case, id=f"{rule}: {case['name']}") for rule, case in cases()]
)
def test_a_rule_finds_this_and_nothing_else(workspace, rule, case):
    findings = [finding for finding in found(workspace, case) if finding.rule == rule]
    said = [f"{one.address.key if one.address else one.product}: {one.message}" for one in findings]
    assert len(said) == len(case["findings"]), said
    for message, expected in zip(said, case["findings"], strict=True):
        assert message.startswith(expected.removesuffix("…")) if expected.endswith("…") else message == expected
    if "places" in case:
        assert [place(workspace, finding) for finding in findings] == case["places"]


def test_every_rule_has_cases_that_find_something_and_that_find_nothing():
    by_rule: dict[str, set[bool]] = {}
    for rule, case in cases():
        by_rule.setdefault(rule, set()).add(bool(case["findings"]))
    assert by_rule == {rule: {True, False} for rule in RULES}
    assert {path.stem.replace("_", "-") for path in CASES.glob("*.yaml")} == RULES


@pytest.mark.parametrize("about", every().values(), ids=every())
def test_every_rule_says_what_it_is_for(about):
    assert re.fullmatch(r"[A-Z`].*\.", about.what), "a sentence first"
    assert re.search(r"^Why: .+^Fix: ", about.text, re.MULTILINE | re.DOTALL), "then `Why: …` and `Fix: …`"


def test_no_two_rules_have_one_name():
    assert not offline().keys() & online().keys()


def test_the_page_of_the_rules_has_every_one_as_it_is():
    assert DOCS.read_text("utf-8") == page(), "`make rules` writes docs/rules.md anew"


def test_findings_stand_in_the_order_of_the_files_once_for_all_orgs(workspace):
    workspace.replace("products/shop.yaml", "org: main", "org: [main, partner]")
    workspace.write("ddops.yaml", (workspace.root / "ddops.yaml").read_text() + "policy: {required_tags: [b, a]}\n")
    catalog = workspace.load()
    findings = [one for one in lint(compile_specs(catalog), catalog) if one.rule == "required-tags"]
    assert [(str(finding.source), finding.subject, finding.severity) for finding in findings] == [
        (f"monitors/shop.yaml:{line}:5", f"shop/monitor/{key}", Severity.ERROR)
        for line, key in [(3, "errors.prod"), (3, "errors.staging"), (12, "latency")]
        for _ in range(2)
    ]
