"""The preview as somebody uses it who writes a dashboard: a browser beside the editor."""

import os
import re
import signal
import sys

import pytest

from tests.process import started

DASHBOARD = "dashboards/shop/overview.yaml"
WAIT = 20_000
"""Milliseconds, for a machine that is busy; it takes a fraction of a second."""


@pytest.fixture
def preview(workspace):
    """`ddops preview` in a process of its own: the process, and where it serves."""
    command = [sys.executable, "-m", "ddops", "preview", "--org", "sandbox", "--no-open"]
    with started(command, cwd=workspace.root, env={"PATH": os.environ["PATH"]}) as running:
        assert running.stderr is not None
        for line in running.stderr:
            found = re.search(r"showing (\S+),", line)
            if found:
                yield running, found[1]
                break


def test_it_shows_what_is_saved_until_it_ends(preview, opened, workspace):
    process, url = preview
    found = opened(url)
    page, plan = found.page, found.page.frame_locator("#page")
    plan.get_by_role("heading", name="Plan for sandbox").wait_for(timeout=WAIT)
    assert page.title() == "Plan for sandbox · ddops preview"
    plan.locator("summary", has_text="shop/monitor/latency").click()
    plan.locator("summary", has_text="shop/dashboard/overview").focus()
    page.frames[1].evaluate("scrollTo(0, 300)")

    # A save is shown, and what was folded, focused and scrolled to stays so.
    workspace.replace(DASHBOARD, "Hello from", "Greetings from")
    plan.get_by_text("Greetings from Shop").first.wait_for(timeout=WAIT)
    page.get_by_role("status").get_by_text("as of").wait_for(timeout=WAIT)
    state = """() => ({
        y: scrollY,
        folds: [...document.querySelectorAll('details')].filter(one => !one.open).map(one => one.id),
        focused: document.activeElement.textContent,
    })"""
    after = page.frames[1].evaluate(state)
    assert after["y"] == 300
    assert after["focused"].startswith("create shop/dashboard/overview")
    latency = plan.locator("details", has=page.locator("summary", has_text="shop/monitor/latency"))
    assert latency.first.get_attribute("open") is None

    # A mistake is shown where it is, and goes when it is mended.
    workspace.replace(DASHBOARD, "type: note", "type: nota")
    plan.get_by_text(re.compile(rf"{DASHBOARD}:\d+:\d+")).wait_for(timeout=WAIT)
    workspace.replace(DASHBOARD, "type: nota", "type: note")
    plan.get_by_text("Greetings from Shop").first.wait_for(timeout=WAIT)

    assert {request.split("/")[2] for request in found.requests} == {url.split("/")[2]}
    assert found.complaints == []

    process.send_signal(signal.SIGINT)
    page.get_by_text("The preview has ended").wait_for(timeout=WAIT)
    assert process.wait() == 0
    plan.get_by_text("Greetings from Shop").first.wait_for(timeout=WAIT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_is_for_everybody(opened, scheme):
    from ddops.preview.server import Preview
    from ddops.report.problems import problems

    with Preview() as serving:
        serving.show(problems(["monitors/shop.yaml:1:2: wrong"]))
        found = opened(serving.url, scheme=scheme, width=320, bypass_csp=True)
        found.page.frame_locator("#page").get_by_text("wrong").wait_for(timeout=WAIT)
        serving.waiting()
        found.page.get_by_role("status").get_by_text("Planning").wait_for(timeout=WAIT)
        assert found.violations() == []
        assert found.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
