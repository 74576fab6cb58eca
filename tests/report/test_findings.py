"""Findings in each format."""

import re

import orjson
import pytest

from ddops.address import Address
from ddops.cli.planning import findings_formats
from ddops.lint.about import every
from ddops.lint.finding import Finding, Severity
from ddops.location import Location
from ddops.report.contract import Screen

EVIL = "a\x1b[2J\u202e\x9b\r\n::set-output name=x::y,z:%0A\u2028"


def finding(**given):
    usual = {
        "rule": "required-tags",
        "severity": Severity.ERROR,
        "product": "shop",
        "address": Address("shop", "monitor", "k"),
        "message": "the tag is missing",
        "source": Location("monitors/shop.yaml", 3, 5),
    }
    return Finding(**{**usual, **given})


def shown(name, *findings, notes=()):
    return findings_formats()[name](findings, notes, Screen())


def test_there_are_these():
    assert set(findings_formats()) == {"text", "json", "sarif", "github"}


def test_as_text():
    info = finding(severity=Severity.INFO, address=None, message="m")
    assert shown("text", finding(), info, finding(), notes=["main: not asked"]).splitlines() == [
        "monitors/shop.yaml:3:5: error: shop/monitor/k: the tag is missing [required-tags]",
        "monitors/shop.yaml:3:5: info: shop: m [required-tags]",
        "monitors/shop.yaml:3:5: error: shop/monitor/k: the tag is missing [required-tags]",
        "",
        "note: main: not asked",
        "2 errors, 1 info",
    ]
    assert shown("text") == "no findings"


def test_as_json():
    assert orjson.loads(shown("json", finding(address=None), notes=["n"])) == {
        "findings": [
            {
                "rule": "required-tags",
                "severity": "error",
                "address": "shop",
                "message": "the tag is missing",
                "source": {"path": "monitors/shop.yaml", "line": 3, "column": 5},
            }
        ],
        "notes": ["n"],
    }


def test_as_workflow_commands():
    found = [finding(), finding(severity=Severity.WARNING), finding(severity=Severity.INFO)]
    place = "file=monitors/shop.yaml,line=3,col=5,title=required-tags::shop/monitor/k: the tag is missing"
    assert shown("github", *found, notes=["main: n"]).splitlines() == [
        f"::error {place}",
        f"::warning {place}",
        f"::notice {place}",
        "::notice::main: n",
    ]
    assert shown("github") == ""


def test_no_text_ends_a_workflow_command_or_begins_another():
    evil = finding(message=EVIL, source=Location(EVIL, 1, 1), address=Address("shop", "monitor", EVIL))
    (command, note) = shown("github", evil, notes=[EVIL]).split("\n")
    whole = re.fullmatch(r"::error ([^:]*)::(.*)", command)
    assert whole is not None
    properties, message = whole.groups()
    assert [one.partition("=")[0] for one in properties.split(",")] == ["file", "line", "col", "title"]
    assert "%0A" in message
    assert "%250A" in message
    assert note.startswith("::notice::a")


@pytest.mark.parametrize("name", sorted(findings_formats()))
def test_nothing_reaches_the_terminal_as_it_is(name):
    evil = finding(message=EVIL, source=Location(EVIL, 1, 1), address=Address("shop", "monitor", EVIL), rule=EVIL)
    text = shown(name, evil, notes=[EVIL])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", text)
    assert not [line for line in text.split("\n") if line.startswith("::set-output")]


# SARIF: what the schema of 2.1.0 asks of the parts that are used (sections 3.13, 3.14, 3.19, 3.20, 3.27, 3.49).


def has(value, required, optional=()):
    assert set(required) <= value.keys() <= {*required, *optional}
    for key, kind in dict(required).items():
        assert isinstance(value[key], kind), key


def test_sarif_is_as_its_schema_says():
    found = [finding(), finding(severity=Severity.WARNING, address=None), finding(severity=Severity.INFO)]
    log = orjson.loads(shown("sarif", *found, notes=["n"]))
    has(log, {"$schema": str, "version": str, "runs": list})
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    has(run, {"tool": dict, "results": list, "invocations": list, "columnKind": str})
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    has(driver, {"name": str, "version": str, "rules": list})
    rules = driver["rules"]
    assert [rule["id"] for rule in rules] == list(every())
    for rule in rules:
        has(
            rule, {"id": str, "shortDescription": dict, "fullDescription": dict, "help": dict}, ["defaultConfiguration"]
        )
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note", "none")
        assert all(isinstance(rule[key]["text"], str) for key in ("shortDescription", "fullDescription", "help"))
    (invocation,) = run["invocations"]
    has(invocation, {"executionSuccessful": bool, "toolExecutionNotifications": list})
    assert invocation["toolExecutionNotifications"] == [{"level": "note", "message": {"text": "n"}}]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    for result in run["results"]:
        has(result, {"ruleId": str, "level": str, "message": dict, "locations": list}, ["ruleIndex"])
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (place,) = result["locations"]
        has(place, {"physicalLocation": dict, "logicalLocations": list})
        assert place["physicalLocation"] == {
            "artifactLocation": {"uri": "monitors/shop.yaml"},
            "region": {"startLine": 3, "startColumn": 5},
        }


def test_sarif_names_files_by_uri():
    log = orjson.loads(shown("sarif", finding(source=Location("monitors/a b#%ü.yaml"))))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "monitors/a%20b%23%25%C3%BC.yaml"
