"""What is drawn for a terminal, whatever it is made of."""

import re
import subprocess
import sys
from dataclasses import replace

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from ddops.address import Address
from ddops.lint.finding import Finding
from ddops.lint.finding import Severity as Grade
from ddops.location import Location
from ddops.meaning.contract import Meaning, PlanMeaning, Risk, Severity, Together
from ddops.plan.change import Action, Cause, Change, Plan, Revision
from ddops.report import drift
from ddops.report.contract import Review, Screen
from ddops.report.terminal.drawing import Line, column, lines, table
from ddops.report.terminal.unified import unified
from ddops.report.text import FORMAT, lint
from ddops.report.words import CONTROL
from tests.report import hostile

NAMED = re.compile(r"^(. (create|update|adopt|delete)|changed|missing|unexpected|not taken over)  ")
"""A line that begins with what is done to an address, and stays whole."""
MARKUP = ":smile: [bold]x[/bold] [link=https://e.ex]y[/link] [/] \\[a]"
ENVIRONMENT = """\
TERM=dumb COLORTERM=truecolor NO_COLOR=1 FORCE_COLOR=1 TTY_COMPATIBLE=1 TTY_INTERACTIVE=1
COLUMNS=200 LINES=3 JUPYTER_COLUMNS=9 LANG=C LC_ALL=C PYTHONIOENCODING=ascii"""
SLOW = "shop/monitor/a-very-long-name-of-a-monitor-that-somebody-thought-of.prod"


def told(made, screen):
    """All that a terminal can be told of it."""
    yield FORMAT.plan(made.review, screen)
    yield drift.text(made.plan, screen)
    yield FORMAT.outcomes(made.outcomes, screen)
    yield lint(made.findings, made.plan.notes, screen)


def changes(count, *risks, action=Action.UPDATE, products=("shop",), kinds=("monitor",), **more):
    """Changes of so many keys of each product and kind, all with the risks."""
    found = [
        Change(address=Address(product, kind, f"key-{number}"), org="main", action=action, title="t", **more)
        for product in products
        for kind in kinds
        for number in range(count)
    ]
    meaning = Meaning(risks=tuple(Risk(risk="r", severity=one, message="m") for one in risks))
    return [(one, meaning) for one in found]


def review(*found, base=None, **told):
    made = Plan(
        org="main",
        workspace="acme",
        products=None,
        changes=tuple(change for change, _ in found),
        unchanged=2,
        managed={},
        notes=(),
        refusals=(),
        fingerprint="f",
        base=base,
    )
    return Review(made, PlanMeaning(changes=tuple(meaning for _, meaning in found), **told))


def top(review, columns=80):
    """The lines of the plan's first table, without its summary."""
    return FORMAT.plan(review, Screen(columns=columns)).split("\n\n")[1].split("\n")


@given(hostile.made, st.sampled_from([60, 80, 120]))
@settings(deadline=None, max_examples=50)
def test_no_line_is_wider_than_the_terminal(made, columns):
    """But those that hold what is looked for and clicked: findings, URLs, and what is done to an address."""
    screen = Screen(columns=columns)
    for text in (FORMAT.plan(replace(made.review, findings=()), screen), drift.text(made.plan, screen)):
        wide = [line for line in text.split("\n") if cell_len(line) > columns]
        assert [line for line in wide if "://" not in line and not NAMED.match(line)] == []


@given(hostile.made)
@settings(deadline=None, max_examples=50)
def test_colour_is_all_that_a_terminal_is_told_beside_the_text(made):
    for coloured, plain in zip(told(made, Screen(colour=True)), told(made, Screen()), strict=True):
        assert click.unstyle(coloured) == plain
        assert CONTROL.search(re.sub(r"\x1b\[[0-9;]+m", "", coloured)) is None
        assert [line for line in plain.split("\n") if line != line.rstrip(" ")] == []


def test_nothing_is_markup():
    change = Change(
        address=Address(MARKUP, "monitor", MARKUP), org=MARKUP, action=Action.UPDATE, title=MARKUP, notes=(MARKUP,)
    )
    together = Together(text=MARKUP, addresses=(MARKUP,), severity=Severity.HIGH)
    found = (change, Meaning(risks=(Risk(risk="r", severity=Severity.LOW, message=MARKUP),)))
    made = review(found, found, risks=(together,))
    finding = Finding(rule=MARKUP, severity=Grade.ERROR, product="p", message=MARKUP, source=Location(MARKUP, 1, 1))
    for screen in (Screen(columns=120), Screen(colour=True, columns=120)):
        shown = click.unstyle(FORMAT.plan(replace(made, findings=(finding,)), screen))
        assert shown.count(MARKUP) >= 12
        assert "\N{SMILING FACE WITH OPEN MOUTH AND SMILING EYES}" not in shown


def test_how_a_monitor_would_have_done_is_said():
    assert "    backtest: In the last " in FORMAT.plan(hostile.Made(["shop"]).review, Screen())


@pytest.mark.parametrize("colour", [True, False])
def test_the_environment_says_nothing(colour, monkeypatch):
    made = hostile.Made(["shop is slow", "a" * 200])
    before = list(told(made, Screen(colour)))
    for variable in ENVIRONMENT.split():
        name, _, value = variable.partition("=")
        monkeypatch.setenv(name, value)
        assert list(told(made, Screen(colour))) == before


def test_a_plan_without_changes_imports_no_rich():
    code = (
        "import sys; from ddops.cli.planning import formats; from ddops.plan.change import Plan; "
        "from ddops.meaning.contract import PlanMeaning; from ddops.report.contract import Review, Screen; "
        "plan = Plan(org='o', workspace='w', products=None, changes=(), unchanged=1, managed={}, notes=(), "
        "refusals=(), fingerprint='f'); from ddops.report.drift import text; text(plan, Screen(True)); "
        "formats()['text'].plan(Review(plan, PlanMeaning(changes=())), Screen(True)); print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


class TestTheTableOfChanges:
    def test_one_change_needs_none(self):
        assert top(review(*changes(1)))[0] == "~ update  shop/monitor/key-0"

    def test_a_row_for_each_with_what_tells_them_apart(self):
        one, other = changes(1, Severity.LOW, Severity.HIGH, cause=Cause.YOURS)[0], changes(1)[0]
        other = replace(other[0], org="partner", action=Action.ADOPT), other[1]
        assert top(review(one, other, base=Revision("main", "abc"))) == [
            "change    address             org      cause    risk",
            "────────────────────────────────────────────────────",
            "~ update  shop/monitor/key-0  main     yours    high",
            "@ adopt   shop/monitor/key-0  partner  unknown  –",
        ]

    def test_many_are_counted_by_product_and_kind_the_worst_first(self):
        made = [
            *changes(20, products=("cart", "shop"), kinds=("monitor",)),
            *changes(3, Severity.MEDIUM, Severity.HIGH, action=Action.DELETE, kinds=("slo",)),
            *changes(2, Severity.LOW, products=("cart",)),
        ]
        assert top(review(*made)) == [
            "product  kind     ~ update  - delete  worst risk",
            "────────────────────────────────────────────────",
            "shop     slo             –         3  high",
            "cart     monitor        22         –  low",
            "shop     monitor        20         –  –",
        ]

    def test_of_very_many_the_rest_is_counted(self):
        made = review(*changes(2, products=[f"p{number:02}" for number in range(50)]))
        assert len(top(made)) == 2 + 30 + 1
        assert top(made)[-1] == "… 20 more products and kinds, 40 changes"


class TestAddresses:
    def shown(self, *addresses, columns=80):
        together = Together(text="prod alerts no longer page PagerDuty Shop", addresses=addresses)
        return FORMAT.plan(review(*changes(1), notifications=(together,)), Screen(columns=columns)).split("\n")

    def test_they_stand_beside_the_text_where_there_is_room_and_below_it_where_not(self):
        assert self.shown("a/monitor/b", "c/monitor/d")[2:6] == [
            "   Who is notified differently                where",
            "─" * 57,
            ">  prod alerts no longer page PagerDuty Shop  a/monitor/b",
            "                                              c/monitor/d",
        ]
        assert self.shown(SLOW)[2:6] == [
            "   Who is notified differently",
            "─" * (5 + len(SLOW)),
            ">  prod alerts no longer page PagerDuty Shop",
            f"     {SLOW}",
        ]

    @pytest.mark.parametrize("columns", [80, 100, 120])
    def test_they_are_whole(self, columns):
        assert any(line.endswith(f" {SLOW}") for line in self.shown("a/b/c", SLOW, columns=columns))

    def test_one_that_has_no_room_in_the_table_of_changes_is_in_two_lines(self):
        one, other = ((replace(change, address=Address.parse(SLOW)), meaning) for change, meaning in changes(2))
        assert top(review(one, other), columns=82)[2] == f"~ update  {SLOW}"
        assert top(review(one, other))[2:4] == [
            "~ update  shop/monitor/",
            "            a-very-long-name-of-a-monitor-that-somebody-thought-of.prod",
        ]

    @pytest.mark.parametrize("length", [70, 200, 900])
    def test_nothing_of_them_is_cut(self, length):
        """Not even of those that no terminal has room for."""
        long = Address("shop", "monitor", "x" * length)
        found = [(replace(change, address=long), meaning) for change, meaning in changes(2, Severity.HIGH)]
        together = Together(text="m", addresses=(str(long),), severity=Severity.HIGH)
        made = review(*found, notifications=(together,), risks=(together,))
        for text in (FORMAT.plan(made, Screen()), drift.text(made.plan, Screen())):
            first, *tables = [part for part in text.split("\n\n") if "───" in part]
            assert [first.count("x"), *(part.count("x") for part in tables)] == [2 * length, *[length] * len(tables)]
            assert "…" not in text

    def test_the_first_ones_are_named(self):
        assert [line.strip() for line in self.shown(*"abcde")[4:8]][2:] == ["c", "and 2 more"]


class TestLines:
    def drawn(self, text, columns=40, **how):
        return list(lines([Line(Text(text), **how)], Screen(columns=columns)))

    def test_they_are_broken_at_blanks_and_go_on_further_in(self):
        text = "one two three four five six seven eight nine ten"
        assert self.drawn(text, indent=4) == [
            "    one two three four five six seven",
            "      eight nine ten",
        ]

    def test_a_url_is_never_broken(self):
        url = f"https://acme.datadoghq.com/monitors/{'7' * 60}?a=(b)"
        assert self.drawn(f"see {url} there") == ["see", f"  {url}", "  there"]

    def test_a_query_is_broken_behind_brackets_and_commas(self):
        assert self.drawn("query: sum(last_5m):default_zero(sum:shop.checkouts.failed{env:prod,host:a}) > 1") == [
            "query: sum(last_5m):default_zero(",
            "  sum:shop.checkouts.failed{env:prod,",
            "  host:a}) > 1",
        ]

    def test_anything_else_is_broken_where_it_has_to_be(self):
        assert self.drawn("x" * 50) == ["x" * 38, f"  {'x' * 12}"]
        assert [cell_len(line) for line in self.drawn("界" * 50)] == [38, 40, 26]

    def test_a_table_is_one_too(self):
        drawn = table(column("a"), column("b"))
        drawn.add_row("1", "2")
        assert list(lines([drawn], Screen())) == ["a  b", "────", "1  2"]


class TestDiffs:
    def shown(self, before, after):
        return list(lines(unified(before, after), Screen(columns=40)))[1:]

    def test_a_line_that_goes_on_says_so_where_its_sign_would_stand(self):
        text = "  a line of words that is long enough to go on"
        assert self.shown(f"{text}\nx", f"{text}\ny") == [
            "   a line of words that is long enough",
            "↳  to go on",
            "-x",
            "+y",
        ]

    def test_blanks_at_the_end_are_seen_where_they_changed(self):
        assert self.shown("a  \nb \n c", "a\nb \n c") == ["-a··", "+a", " b", "  c"]
