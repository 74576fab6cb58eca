import re
from dataclasses import replace

from hypothesis import given, settings

from ddops.plan.change import Action, FieldChange
from ddops.report import drift
from ddops.report.contract import Screen
from ddops.report.drifted import MOST
from ddops.report.escape import is_page
from ddops.report.words import CONTROL
from tests.report import hostile, rendered


def written(plan):
    return drift.markdown(plan, Screen())


@given(hostile.made)
@settings(deadline=None)
def test_nothing_of_drift_is_more_than_text(made):
    text = written(made.plan)
    found = rendered.html(text)
    assert CONTROL.search(text) is None
    assert set(found.tags) <= rendered.TAGS
    assert (found.attributes, found.other, found.open, rendered.active(text)) == ([], [], [], [])
    assert all(is_page(href) for href in rendered.links(text))
    assert not {token.type for token in rendered.tokens(text)} & rendered.NEVER


def test_it_says_what_is_where():
    plan = hostile.Made(["shop"]).plan
    fields = (
        FieldChange("priority", 1, 2),
        FieldChange("message", "a\nb", "a\nc"),
        FieldChange("name", None, "x" * 200),
    )
    one = replace(plan.changes[1], action=Action.UPDATE, fields=fields, source=None, author=None)
    text = written(replace(plan, changes=(one, plan.changes[3]), notes=()))
    assert text.startswith(
        "## Drift in `shop`: 1 changed, 1 unexpected\n\nThe org is not as the specs say. An apply puts that right; "
        "`ddops drift --adopt` writes it into the specs instead.\n\n- changed `shop/dashboard/shop` in `shop` shop\n"
    )
    assert "`priority`: `2` in the specs, `1` in the org" in text
    assert "```diff\n@@ -1,2 +1,2 @@\n a\n-c\n+b\n```" in text
    assert re.search(r"`name` \(- the specs, \+ the org\):\n\n```diff\n- x{200}\n```", text)
    assert "and no spec asks for it" in text


def test_no_drift_is_one_line():
    plan = replace(hostile.Made(["shop"]).plan, changes=(), notes=())
    assert written(plan) == "## Drift in `shop`: none"


def test_drift_of_any_size_fits():
    plan = hostile.Made(["`" * 9_000]).plan
    text = written(replace(plan, changes=plan.changes * 300, notes=plan.notes * 300))
    assert len(text.encode()) <= MOST
    assert text.splitlines()[-1].startswith("**Cut to fit:** details of 900 of 900 resources.")
    assert "ddops show" not in text
