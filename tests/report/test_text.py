from dataclasses import replace
from typing import Any

import click
import orjson
import pytest

from ddops.address import Address
from ddops.apply.outcome import Outcome, Result
from ddops.cli.planning import formats
from ddops.lint.finding import Finding, Severity
from ddops.location import Location
from ddops.meaning.read import meaning
from ddops.plan.change import Action, Cause, Change, FieldChange, Plan, Revision
from ddops.report.contract import Review, Screen
from ddops.report.text import findings, summary

SCREEN = Screen()
EVIL = "x\x1b[2J\u202e\x9b1m\ny"
"""Clears the screen, turns the direction of the text, and begins a line of its own."""
SHOWN = r"x\x1b[2J\u202e\x9b1m\ny"


def plan(*changes, notes=(), unchanged=2, org="main"):
    return Plan(
        org=org,
        workspace="acme",
        products=None,
        changes=changes,
        unchanged=unchanged,
        managed={"main": 5},
        notes=notes,
        refusals=(),
        fingerprint="f",
    )


def change(action=Action.UPDATE, *fields, key="latency", kind="monitor", **more):
    defaults = {"org": "main", "title": "Shop is slow", "source": Location("monitors/shop.yaml", 12, 5)}
    return Change(address=Address("shop", kind, key), action=action, fields=fields, **{**defaults, **more})


def printed(made, findings=(), name="text", screen=SCREEN):
    return formats()[name].plan(Review(made, meaning(made), findings), screen)


def text(*changes, **more):
    """The lines of the plan, without the summary at the top."""
    lines = printed(plan(*changes, **more)).split("\n")
    return lines[2:] if changes else lines


def test_a_plan_without_changes_says_so():
    assert text() == ["No changes: 2 resources are as the specs say."]


@pytest.mark.parametrize("name", ["text", "html"])
def test_a_plan_of_what_changed_says_so(name):
    made = replace(plan(change()), since=Revision("main", "c" * 40))
    says = "to delete, 2 unchanged. Only what changed since main is planned."
    assert says in " ".join(printed(made, name=name).split())


@pytest.mark.parametrize("name", ["text", "html"])
def test_whether_the_change_meant_it(name):
    mine, drifted = change(cause=Cause.YOURS), change(key="errors", cause=Cause.DRIFT)
    told = printed(replace(plan(mine, drifted), base=Revision("main", "c" * 40)), name=name)
    assert "Is it what this change meant to do" in told
    assert "1 of 2 changes comes from what changed in the specs since main" in " ".join(told.split())
    assert "1 of 2 changes comes from drift alone" in told


def test_one_resource_a_paragraph_and_the_summary_last():
    url = "https://acme.datadoghq.com/monitors/7"
    assert text(
        change(Action.CREATE, FieldChange("name", None, "n"), FieldChange("tags", None, ["a"])),
        change(
            Action.UPDATE, FieldChange("priority", 2, 3), FieldChange("message", "old", None), url=url, notes=("mind",)
        ),
        change(Action.ADOPT, key="adopted", url=url),
        change(Action.DELETE, key="gone", source=None, url=url),
        notes=("a note",),
    ) == [
        "change    address               risk",
        "────────────────────────────────────",
        "+ create  shop/monitor/latency  –",
        "~ update  shop/monitor/latency  –",
        "@ adopt   shop/monitor/adopted  –",
        "- delete  shop/monitor/gone     high",
        "",
        "risk    What could go wrong            where",
        "────────────────────────────────────────────────────────",
        "! high  deletes its history of alerts  shop/monitor/gone",
        "",
        "+ create  shop/monitor/latency",
        "    Shop is slow",
        "    monitors/shop.yaml:12",
        "      name: n",
        "      tags: [a]",
        "",
        "~ update  shop/monitor/latency",
        "    Shop is slow",
        f"    {url}  monitors/shop.yaml:12",
        "    note: mind",
        "      priority: 2 → 3",
        "      message: old → (none)",
        "",
        "@ adopt  shop/monitor/adopted",
        "    Shop is slow",
        f"    {url}  monitors/shop.yaml:12",
        "",
        "- delete  shop/monitor/gone",
        "    Shop is slow",
        f"    {url}",
        "    ! high: deletes its history of alerts",
        "",
        "note: a note",
        "",
        "Plan: 1 to create, 1 to update, 1 to adopt, 1 to delete, 2 unchanged.",
    ]


def test_the_org_is_named_where_it_is_not_the_one_asked_for():
    assert text(change(), org="all")[0] == "~ update  shop/monitor/latency  in main"


LONG = "first\n" + "\n".join(f"line {number}" for number in range(40))


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (1, "1", ["f: 1 → '1'"]),
        (None, [], ["f: (none) → []"]),
        ({"a": 1}, None, ["f: {a: 1} → (none)"]),
        (LONG, LONG.replace("line 5", "line five"), 8),
        (None, LONG, 44),
        (5, "a\nb", [r'f: 5 → "a\nb"']),
        ({"a": "x" * 60}, {"a": "y" * 60}, 3),
        ("x" * 200, "y" * 200, 3),
        ([{"k": number} for number in range(100)], None, 16),
        ("x" * 5000, "y\nz", 6),
    ],
)
def test_a_field_before_and_after(before, after, lines):
    shown = [line.strip() for line in text(change(Action.UPDATE, FieldChange("f", before, after)))[3:-2]]
    assert len(shown) <= lines + 20 if isinstance(lines, int) else shown == lines
    assert all(len(line) < 1100 for line in shown)
    assert shown[0].startswith("f:")
    assert len(shown) > 1 or not isinstance(lines, int)


def test_a_long_value_of_a_create_is_cut():
    shown = text(change(Action.CREATE, FieldChange("message", None, LONG)))
    assert shown[-3].strip().startswith("… ")
    assert shown[-3].endswith(" more lines")


@pytest.mark.parametrize("name", sorted(formats()))
def test_nothing_from_a_spec_or_an_org_reaches_the_terminal_as_it_is(name):
    made = plan(
        change(
            Action.CREATE, FieldChange(EVIL, None, {EVIL: [EVIL]}), title=EVIL, notes=(EVIL,), url=f"https://x/{EVIL}"
        ),
        change(Action.UPDATE, FieldChange(EVIL, EVIL, 5), FieldChange("b", EVIL * 30, EVIL * 31), key=EVIL),
        change(Action.UPDATE, FieldChange("c", {"a": EVIL * 40}, None), source=Location(EVIL, 1, 1), org=EVIL),
        change(Action.DELETE, key=EVIL, source=None),
        notes=(EVIL,),
    )
    finding = Finding(
        rule="r",
        severity=Severity.ERROR,
        product="p",
        address=Address("p", "k", EVIL),
        message=EVIL,
        source=Location(EVIL, 1, 1),
    )
    outcomes = [Outcome(change=one, result=Result.DONE, url=EVIL) for one in made.changes]
    outcomes += [Outcome(change=one, result=Result.FAILED, why=EVIL) for one in made.changes]
    for shown in (printed(made, [finding], name), formats()[name].outcomes(outcomes, Screen())):
        assert "\x1b" not in shown
        assert "\x9b" not in shown
        assert "\u202e" not in shown


def test_a_text_of_several_lines_begins_no_line_of_its_own_where_one_belongs():
    shown = text(change(title=EVIL, notes=(EVIL,)), notes=(EVIL,))
    assert f"    {SHOWN}" in shown
    assert f"    note: {SHOWN}" in shown
    assert f"note: {SHOWN}" in shown


def test_colour_changes_nothing_but_colour():
    changes = [
        change(Action.CREATE, FieldChange("a", None, 1)),
        change(Action.UPDATE, FieldChange("a", LONG, LONG + "x")),
    ]
    coloured = printed(plan(*changes), screen=Screen(colour=True))
    assert click.unstyle(coloured).split("\n") == printed(plan(*changes)).split("\n")
    assert "\x1b[" in coloured


def test_findings_are_lines_as_compilers_write_them():
    finding = Finding(
        rule="required-tags",
        severity=Severity.ERROR,
        product="shop",
        message="the tag is missing",
        address=Address("shop", "monitor", "k"),
        source=Location("monitors/shop.yaml", 3, 5),
    )
    line = "monitors/shop.yaml:3:5: error: shop/monitor/k: the tag is missing [required-tags]"
    assert list(findings([finding], Screen())) == [line, ""]
    assert list(findings([], Screen())) == []


def test_what_an_apply_did():
    outcomes = [
        Outcome(change=change(Action.CREATE), result=Result.DONE, id="7", url="https://x/7"),
        Outcome(change=change(Action.UPDATE, key="b"), result=Result.FAILED, why="400 bad"),
        Outcome(change=change(Action.DELETE, key="c"), result=Result.SKIPPED, why="b was not done"),
        Outcome(change=change(Action.UPDATE, key="d"), result=Result.NOT_REACHED),
    ]
    assert formats()["text"].outcomes(outcomes, Screen()).split("\n") == [
        "done         create shop/monitor/latency in main  https://x/7",
        "failed       update shop/monitor/b in main: 400 bad",
        "skipped      delete shop/monitor/c in main: b was not done",
        "not reached  update shop/monitor/d in main",
        "1 done, 1 failed, 1 skipped, 1 not reached",
    ]
    assert formats()["text"].outcomes([], Screen()) == "nothing to do"
    assert [one["result"] for one in orjson.loads(formats()["json"].outcomes(outcomes, Screen()))] == [
        *("done", "failed", "skipped", "not reached")
    ]


def test_the_summary_counts():
    assert summary(plan(change())) == "Plan: 0 to create, 1 to update, 0 to adopt, 0 to delete, 2 unchanged."


LIVE: dict[str, Any] = {
    "type": "query alert",
    "query": "avg(last_5m):avg:shop.latency{env:prod} by {host} > 90",
    "tags": ["env:prod"],
}
MESSAGES = (f"It is slow.\nLook at the graphs.\n\n{handle}" for handle in ("@pagerduty-shop", "@slack-shop"))


def test_a_change_that_means_something():
    before, after = ({**LIVE, "message": message} for message in MESSAGES)
    after["query"] = after["query"].replace("90", "95")
    fields = [FieldChange(name, before[name], after[name]) for name in ("query", "message")]
    shown = printed(plan(change(Action.UPDATE, *fields, payload=after, before=before))).split("\n")
    assert shown[1:-2] == [
        "",
        "   Who is notified differently                              where",
        "─" * 80,
        ">  prod alerts and recoveries now post to Slack #shop and   shop/monitor/latency",
        "   no longer page PagerDuty shop, so nobody is paged",
        "",
        "risk    What could go wrong                                 where",
        "─" * 80,
        "! high  stops paging PagerDuty shop on alerts and           shop/monitor/latency",
        "        recoveries",
        "! low   alerts later: critical 90 → 95                      shop/monitor/latency",
        "",
        "~ update  shop/monitor/latency",
        "    Shop is slow",
        "    monitors/shop.yaml:12",
        "    ! high: stops paging PagerDuty shop on alerts and recoveries",
        "    ! low: alerts later: critical 90 → 95",
        "    > prod alerts and recoveries now post to Slack #shop and no longer page",
        "      PagerDuty shop, so nobody is paged",
        "      query: (looser)",
        "        avg(last_5m):avg:shop.latency{env:prod} by {host} > [-90-]{+95+}",
        "      message:",
        "        @@ -2,3 +2,3 @@",
        "         Look at the graphs.",
        "",
        "        -@pagerduty-shop",
        "        +@slack-shop",
    ]


def test_the_words_that_changed_stand_out_in_colour():
    texts = ("It is slow.\nLook at it.", "It is fast.\nLook at it.")
    shown = printed(plan(change(Action.UPDATE, FieldChange("message", *texts))), screen=Screen(colour=True))
    assert "\x1b[1;4;32mfast\x1b[0m" in shown
    assert "\x1b[32mIt is \x1b[0m" in shown
