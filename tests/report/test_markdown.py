import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddops.address import Address
from ddops.apply.outcome import Outcome, Result
from ddops.github.comment import MARKER
from ddops.lint.finding import Finding
from ddops.lint.finding import Severity as Grade
from ddops.location import Location
from ddops.meaning.contract import (
    Difference,
    Listener,
    Meaning,
    Part,
    PlanMeaning,
    Risk,
    RouteTaken,
    Routing,
    Severity,
    Together,
    What,
)
from ddops.plan.change import Action, Cause, Change, Plan, Revision
from ddops.report import markdown
from ddops.report.contract import Review, Screen
from ddops.report.diagram import flowchart, label
from ddops.report.escape import is_page
from ddops.report.words import CONTROL
from tests.report import hostile, rendered

GITHUB = 65_536
HEADINGS = [
    *["Who is notified differently", "What could go wrong", "Is it what this change meant to do"],
    *["Findings", "Notes", "Details"],
]
PAGE = "https://acme.datadoghq.com/monitors/7"
LABEL = re.compile(r"(?:[^\W_]| |#\d+;)+")


def plan(*pairs, notifications=(), risks=(), routing=(), **more):
    made = Plan(
        **{
            "org": "main",
            "workspace": "acme",
            "products": None,
            "changes": tuple(change for change, _ in pairs),
            "unchanged": 2,
            "managed": {"main": 5},
            "notes": (),
            "refusals": (),
            "fingerprint": "f",
            **more,
        }
    )
    meaning = PlanMeaning(
        changes=tuple(meaning for _, meaning in pairs), notifications=notifications, risks=risks, routing=routing
    )
    return made, meaning


def change(action=Action.UPDATE, *, key="latency", kind="monitor", **more):
    defaults = {"org": "main", "title": "Shop is slow", "source": Location("monitors/shop.yaml", 12, 5), "url": PAGE}
    return Change(address=Address("shop", kind, key), action=action, **{**defaults, **more})


def difference(name, before, after, **more):
    return Difference(path=name, name=name, what=What.CHANGED, before=before, after=after, **more)


def written(made, findings=()):
    return markdown.plan(Review(made[0], made[1], findings), Screen())


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (difference("priority", 2, 1), "`priority`: `2` → `1`"),
        (difference("options.thresholds.critical", 2.5, 5, sense="looser"), "`2.5` → `5` (looser)"),
        (difference("escalation", None, "x"), "`escalation`: `x`"),
        (difference("escalation", "x", None), "`escalation`: `x` → (none)"),
        (difference("tags", ["a"], ["b"], added=("b",), removed=("a",)), "- added `b`\n- removed `a`"),
        (
            difference("message", "a b", "a c", words=(("kept", "a "), ("removed", "b"), ("added", "c"))),
            "<pre>a <del>b</del><ins>c</ins></pre>",
        ),
        (difference("message", "a\nb", None), "```diff\n- a\n- b\n```"),
    ],
)
def test_a_difference(one, says):
    assert says in written(plan((change(), Meaning(differences=(one,)))))


def test_the_whole_of_a_small_plan():
    risk = Risk(risk="stops-paging", severity=Severity.HIGH, message="stops paging PagerDuty shop on alert")
    pager = Listener(handle="@pagerduty-Shop", name="PagerDuty Shop", way="pagerduty", pages=True)
    part = Part(
        path="widgets[1]",
        label='timeseries "Requests"',
        what=What.MOVED,
        moved='moved into group "Traffic"',
        differences=(),
    )
    made = plan(
        (change(), Meaning(differences=(difference("priority", 2, 1),), risks=(risk,))),
        (change(key="overview", kind="dashboard", title="", url=None), Meaning(parts=(part,))),
        notifications=(Together(text="prod alerts now also page PagerDuty Shop", addresses=("a", "b", "c", "d")),),
        risks=(Together(text=risk.message, addresses=("shop/monitor/latency",), severity=Severity.HIGH),),
        routing=(
            Routing(
                product="shop",
                routes=(RouteTaken(name="page", match="env: prod", states=("alert",), listeners=(pager,), uses=1),),
            ),
        ),
        notes=("the org has more",),
    )
    finding = Finding(
        rule="required_tags", severity=Grade.INFO, product="shop", message="has none", source=Location("a.yaml", 1, 2)
    )
    assert written(made, [finding]) == (
        "<!-- ddops plan acme main * -->\n"
        "## Plan for `main`: 2 to update\n\n"
        "2 resources are as the specs say.\n\n"
        "### What changes\n\n"
        "- ✏️ update `shop/monitor/latency` Shop is slow\n"
        "- ✏️ update `shop/dashboard/overview`\n\n"
        "### Who is notified differently\n\n"
        "- prod alerts now also page PagerDuty Shop (`a`, `b`, `c` and 1 more)\n\n"
        "### What could go wrong\n\n"
        "- 🔴 high: stops paging PagerDuty shop on alert (`shop/monitor/latency`)\n\n"
        "### Findings\n\n"
        "<details><summary>1 info</summary>\n\n"
        "- info: `a.yaml:1:2` `shop`: has none (`required_tags`)\n\n"
        "</details>\n\n"
        "### Notes\n\n"
        "- the org has more\n\n"
        "### Details\n\n"
        "<details><summary>update <code>shop/monitor/latency</code> — stops paging PagerDuty shop on alert"
        "</summary>\n\n"
        f"**Shop is slow** · `monitors/shop.yaml:12` · in `main` · [open]({PAGE})\n\n"
        "- **high risk:** stops paging PagerDuty shop on alert\n\n"
        "`priority`: `2` → `1`\n\n"
        "</details>\n\n"
        "<details><summary>update <code>shop/dashboard/overview</code></summary>\n\n"
        "(no title) · `monitors/shop.yaml:12` · in `main`\n\n"
        '**`timeseries "Requests"`**, moved into group "Traffic"\n\n'
        "</details>\n\n"
        "<details><summary>Routes of <code>shop</code></summary>\n\n"
        "```mermaid\n"
        "flowchart LR\n"
        '  product["shop"]\n'
        '  route0(["page #40;1 monitor#41;"])\n'
        '  product -- "env#58; prod" --> route0\n'
        '  channel0["PagerDuty Shop"]:::pages\n'
        '  route0 -- "alert" --> channel0\n'
        "  classDef pages stroke-width:3px\n"
        "```\n\n"
        "</details>"
    )


def test_a_refused_plan_says_so_first():
    text = written(plan((change(), Meaning()), refusals=("too much",)))
    assert text.index("> - too much") < text.index("### What changes")


def test_many_changes_are_counted_first():
    many = [*[change(key=f"m{number}") for number in range(25)], change(Action.DELETE), change(kind="slo")]
    text = written(plan(*[(one, Meaning()) for one in many]))
    assert (
        "### What changes\n\n"
        "- `shop/monitor`: ✏️ 25 to update, ❌ 1 to delete\n"
        "- `shop/slo`: ✏️ 1 to update\n\n"
        "<details><summary>Each of these 27 changes</summary>\n\n"
        "- ✏️ update `shop/monitor/m0` Shop is slow\n"
    ) in text


CAUSES = [
    ([Cause.YOURS], ["the one change comes from what changed in the specs since main"]),
    (
        [Cause.YOURS, Cause.DRIFT, Cause.YOURS],
        [
            "&#50; of 3 changes come from what changed in the specs since main",
            "&#49; of 3 changes comes from drift alone: the org is not as main says, and an apply puts that right "
            "(`shop/monitor/m1`)",
        ],
    ),
    (
        [Cause.BOTH, Cause.BOTH],
        [
            "all 2 changes come from both: the specs changed, and the org was not as main says either "
            "(`shop/monitor/m0`, `shop/monitor/m1`)"
        ],
    ),
    ([None], ["the one change comes from the specs or from drift: main does not say (`shop/monitor/m0`)"]),
]


@pytest.mark.parametrize(("causes", "says"), CAUSES)
def test_whether_the_change_meant_it(causes, says):
    made = plan(
        *[(change(key=f"m{number}", cause=cause), Meaning()) for number, cause in enumerate(causes)],
        base=Revision("main", "c" * 40),
    )
    heading = "### Is it what this change meant to do"
    found = written(made).partition(f"{heading}\n\n")[2].partition("\n\n")[0]
    assert found.splitlines() == [f"- {line}" for line in says]
    assert heading not in written(plan((change(), Meaning())))


def test_each_combination_has_a_marker_of_its_own():
    names = [f"product-{number:03}" for number in range(60)]
    products = [None, ("a",), ("a", "b"), ("a,b",), ("a_b",), ("a b",), names, names[:-1], [*names[:-1], "other"]]
    markers = {markdown.marker(plan(products=one)[0]) for one in products}
    assert len(markers) == len(products) - 1  # no product's name has a comma
    assert [one for one in markers if not MARKER.fullmatch(one.rstrip())] == []


@pytest.mark.parametrize(("count", "says"), [(0, "0 resources are"), (1, "1 resource is"), (2, "2 resources are")])
def test_what_stays_is_counted(count, says):
    assert f"\n\n{says} as the specs say." in written(plan(unchanged=count))


def test_all_orgs():
    assert "## Plan for all orgs: no changes\n" in written(plan(org="all"))


def test_a_plan_without_changes_is_short():
    assert (
        written(plan())
        == "<!-- ddops plan acme main * -->\n## Plan for `main`: no changes\n\n2 resources are as the specs say."
    )


def test_nobody_is_notified_differently():
    assert "### Who is notified differently\n\nNobody.\n" in written(plan((change(), Meaning())))


def test_a_created_dashboard_shows_its_outline():
    widgets = [{"definition": {"type": "note", "content": "```\n# Hello"}}]
    added = Difference(path="widgets", name="widgets", what=What.ADDED, before=None, after=widgets)
    text = written(plan((change(Action.CREATE, kind="dashboard"), Meaning(differences=(added,)))))
    assert "````\nnote  ```\n````" in text


def test_outcomes():
    done = Outcome(change=change(), result=Result.DONE, id="7")
    failed = Outcome(change=change(key="x"), result=Result.FAILED, why="400 @octocat\nno")
    assert markdown.outcomes([done, failed], Screen()) == (
        "## Applied: 1 done, 1 failed\n\n"
        "- ✅ done: update `shop/monitor/latency` in `main`\n"
        "- ❌ failed: update `shop/monitor/x` in `main`: &#52;00 &#64;\u200boctocat&#92;nno\n\n"
    )


LARGE = st.sampled_from(["x" * 20_000, "`" * 9_000, "é🙂" * 3_000, "\n".join(["line of a message"] * 900), "<" * 7_000])


@given(LARGE, st.sampled_from([1, 40, 400]))
@settings(max_examples=12, deadline=None)
def test_a_plan_of_any_size_fits(large, count):
    made = hostile.Made([large])
    one = Meaning(differences=(difference("a", None, large), difference(large, large, 1), difference("b", 1, 2)))
    told = replace(
        made.meaning,
        changes=(*made.meaning.changes, *[one] * count),
        notifications=made.meaning.notifications * count,
        risks=made.meaning.risks * count,
        routing=made.meaning.routing * count,
    )
    found = replace(made.plan, changes=(*made.changes, *[change(title=large)] * count), notes=(large,) * count)
    text = markdown.plan(Review(found, told, made.findings * count), Screen())
    assert len(text.encode()) <= markdown.MOST < GITHUB
    assert text.count("<details") == text.count("</details>")
    assert (rendered.html(text).open, len(rendered.html(text).other)) == ([], 1)


def test_the_longest_details_are_cut_and_the_note_comes_last():
    small = change(key="small"), Meaning(differences=(difference("priority", 2, 1),))
    long = tuple(difference(f"field{number}", "a" * 900, "b" * 900) for number in range(60))
    text = written(plan((change(key="long"), Meaning(differences=long)), small))
    assert "`priority`: `2` → `1`" in text
    assert 10 < text.count("```diff") < 60
    assert f"… {60 - text.count('```diff')} more, cut to fit" in text
    assert text.splitlines()[-1].startswith("**Cut to fit:** details shortened for 1 of the changes.")


def test_what_does_not_fit_at_all_is_counted():
    text = written(plan(*[(change(key=f"monitor-{number}"), Meaning()) for number in range(2_000)]))
    assert "\n- and 1" in text
    assert re.search(r"details left out for 1\d\d\d of the changes\. `ddops plan", text.splitlines()[-1])


def test_of_many_the_worst_keep_their_details_and_none_is_empty():
    risk = Risk(risk="stops-paging", severity=Severity.HIGH, message="stops paging")
    differences = tuple(difference(f"field{number}", "a" * 50, "b" * 50) for number in range(9))
    many = [(change(key=f"m{number}"), Meaning(differences=differences)) for number in range(900)]
    text = written(plan(*many, (change(key="last"), Meaning(risks=(risk,), differences=differences))))
    folds = text.partition("### Details\n\n")[2].split("<details>")[1:]
    assert folds[0].startswith("<summary>update <code>shop/monitor/last</code> — stops paging</summary>")
    assert 50 < len(folds) < 200
    assert [one for one in folds if "**Shop is slow**" not in one] == []


@given(hostile.made)
@settings(deadline=None)
def test_nothing_of_a_plan_is_more_than_text(made):
    text = markdown.plan(made.review, Screen())
    found = rendered.html(text)
    assert CONTROL.search(text) is None
    assert set(found.tags) <= rendered.TAGS
    assert (found.attributes, len(found.other), found.open) == ([("open", None)], 1, [])
    found_marker = MARKER.match(text)
    assert found_marker is not None
    assert found_marker[0] == text.partition("\n")[0] == f"<!--{found.other[0]}-->"
    assert set(rendered.links(text)) == {change.url for change in made.changes if is_page(change.url)}
    assert rendered.active(text) == []
    assert not {token.type for token in rendered.tokens(text)} & rendered.NEVER
    assert rendered.headings(text)[5:] == HEADINGS
    assert found.tags.count("details") == 7


@given(hostile.made)
@settings(deadline=None)
def test_nothing_of_an_outcome_is_more_than_text(made):
    text = markdown.outcomes(made.outcomes, Screen())
    assert set(rendered.html(text).tags) <= {"span"}
    assert (rendered.links(text), rendered.active(text)) == ([], [])


@given(hostile.made)
def test_a_label_of_a_diagram_is_text(made):
    for line in flowchart(made.meaning.routing[0]).splitlines()[1:-1]:
        outside = "".join(line.split('"')[::2])
        inside = line.split('"')[1::2]
        assert line.count('"') % 2 == 0
        assert all(character.isalnum() or character in " -.>()[]:" for character in outside)
        assert [text for text in inside if not LABEL.fullmatch(text) or "direction " in text] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. one", "1#46; one"),
        ("www.evil.example/x", "www#46;evil#46;example#47;x"),
        ("- a_b, c", "#45; a#95;b#44; c"),
        ("direction TB", "direction#32;TB"),
        ("a<br>\n", "a#60;br#62;#92;n"),
        ("é→", "é#8594;"),
        ("", "#40;none#41;"),
    ],
)
def test_what_means_something_in_a_label_is_written_as_a_number(text, written):
    assert label(text) == written


def test_a_plan_of_what_changed_says_so():
    made = plan(since=Revision("main", "c" * 40))
    assert written(made).endswith("2 resources are as the specs say. Only what changed since `main` is planned.")
