"""A real browser for the pages that ddops writes: headless Chromium, without a network beyond this machine."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.online import orgs, pool, server

__all__ = ["orgs", "pool", "server"]

Scheme = Literal["light", "dark"]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Opened:
    """A page in the browser. `requests` are the addresses that it asked for, its own the first; `complaints` what the
    browser says on its console (its policy's refusals are there) and errors of scripts."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe-core finds that keeps people from using the page; needs `bypass_csp=True`, as it is a script."""
        return [
            f"{one['id']}: {node['target']}: {node['failureSummary']}"
            for one in Axe().run(self.page).response["violations"]
            for node in one["nodes"]
        ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each process of tests. Where there is none the tests are skipped, but on CI they fail."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        says = "no Chromium here; on Debian or Ubuntu: sudo apt-get install chromium"
        pytest.fail(says) if os.environ.get("CI") else pytest.skip(says)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, chromium_sandbox=False, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """`opened(url, scheme="dark", width=320)` opens a page in a profile of its own; other words are those of
    playwright's `new_context`."""
    contexts = []

    def open_(
        url: str, *, scheme: Literal["light", "dark"] = "light", width: int = 1280, height: int = 800, **more: Any
    ) -> Opened:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        found = Opened(context.new_page())
        context.on("request", lambda request: found.requests.append(request.url))
        context.on("console", lambda message: found.complaints.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: found.complaints.append(str(error.error)))
        found.page.goto(url)
        return found

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def page_of(opened: Callable[..., Opened], tmp_path) -> Callable[..., Opened]:
    """`page_of(html, …)` opens a text as a file, like somebody who has downloaded it."""
    numbers = count()

    def open_(text: str, **how: Any) -> Opened:
        file = tmp_path / f"page-{next(numbers)}.html"
        file.write_text(text, "utf-8")
        return opened(file.as_uri(), **how)

    return open_
