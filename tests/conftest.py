"""What tests of every part share: a small workspace on disk, and the command line in this process."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from ddops.catalog.contract import Catalog
from ddops.catalog.load import load
from ddops.cli import exits, group
from ddops.errors import SpecError

FILES = {
    "ddops.yaml": """\
workspace: acme
source_url: https://git.example.com/acme/monitoring/blob/main
orgs:
  main: {subdomain: acme}
  partner: {site: datadoghq.eu, api_key_env: PARTNER_API_KEY, app_key_env: PARTNER_APP_KEY}
""",
    "products/shop.yaml": """\
product: shop
title: Shop
org: main
team: shop-team
tags: {service: shop}
links: {status: "https://status.example.com"}
runbook: {file: runbooks/shop.md}
channels:
  alerts: {slack: shop-alerts}
  page: {pagerduty: Shop}
  vendor: {email: vendor@example.com}
routes:
  - {name: prod-page, match: {env: prod, priority: [1, 2]}, states: [alert, recovery], notify: [page, alerts]}
  - {match: {env: staging}, notify: [alerts]}
  - {name: vendor, opt_in: true, notify: [vendor]}
""",
    "runbooks/shop.md": "# Shop\n\n## Errors\n\nRoll back.\n\n## Latency\n\nScale out.\n",
    "presets/errors.yaml": """\
preset: errors
kind: monitor
parameters:
  metric: {description: the metric that counts errors}
  critical: {default: 50}
body:
  type: query alert
  query: "sum(last_5m):sum:${metric}{env:${env}}.as_count() > ${critical}"
  options: {thresholds: {critical: "${critical}"}}
""",
    "monitors/shop.yaml": """\
product: shop
monitors:
  - key: errors
    for_each: {env: [prod, staging]}
    preset: errors
    with: {metric: shop.errors}
    name: "[${env}] Shop errors"
    message: "{{value}} errors. ${dashboard:overview.url}"
    priority: 2
    runbook: errors
    overrides: [{match: {env: staging}, set: {priority: 4}}]
  - key: latency
    name: Shop is slow
    type: query alert
    query: avg(last_5m):avg:shop.latency{env:prod} > 2.5
    tags: ["env:prod"]
    routes: {add: [vendor]}
    options: {thresholds: {critical: 2.5, warning: 1}}
    runbook: latency
""",
    "dashboards/shop/overview.yaml": """\
product: shop
title: Shop
layout_type: ordered
widgets:
  - definition: {type: note, content: "Hello from ${product.title}"}
  - definition: {type: alert_graph, alert_id: "${monitor:latency}", viz_type: timeseries}
""",
    "slos/shop.yaml": """\
product: shop
slos:
  - key: availability
    name: Shop answers
    type: monitor
    monitor_ids: ["${monitor:errors.prod}"]
    thresholds: [{timeframe: 30d, target: 99.5}]
""",
}
"""One product with a resource of every kind, in one of two orgs: four monitors' worth of features (`for_each`, a
preset, an override, routes) and references between kinds. Resources: shop/monitor/errors.prod, …/errors.staging,
…/latency, shop/dashboard/overview, shop/slo/availability."""


def pytest_configure(config: pytest.Config) -> None:
    """Ctrl-C is to reach the tests, and the processes that they start: a shell has what it starts in the background
    ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True)
class Workspace:
    """A workspace on disk."""

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        """Puts a file there, in place of what stood there; folders are made."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def replace(self, path: str, before: str, after: str) -> Path:
        """Edits a file: `before` must stand in it once."""
        text = (self.root / path).read_text("utf-8")
        assert text.count(before) == 1, f"'{before}' stands {text.count(before)} times in {path}"
        return self.write(path, text.replace(before, after))

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def load(self) -> Catalog:
        return load(self.root)

    def problems(self) -> list[str]:
        """What loading says is wrong, each as it is printed."""
        try:
            load(self.root)
        except SpecError as error:
            return [str(problem) for problem in error.problems]
        return []


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A small valid workspace (`FILES`) in a directory of its own."""
    made = Workspace(tmp_path / "workspace")
    for path, text in FILES.items():
        made.write(path, text)
    return made


@dataclass(frozen=True)
class Run:
    """What a command did."""

    exit_code: int
    stdout: str
    stderr: str


KEPT = ("PATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "PYTEST_CURRENT_TEST")


@pytest.fixture
def ddops(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """`ddops("plan", "--org", "sandbox", env={…}, input="yes\\n", terminal=True)` runs the command line in this
    process, in the workspace's directory. The environment is empty but for `env` (and what the system needs);
    `terminal` says that standard input, output and error are one."""

    def run(*args: str, env: Mapping[str, str] | None = None, input: str | None = None, terminal: bool = False) -> Run:
        monkeypatch.chdir(workspace.root)
        variables = dict.fromkeys((name for name in os.environ if name not in KEPT), None) | dict(env or {})
        with CliRunner().isolation(input=input, env=variables) as (stdout, stderr, _):
            if terminal:
                for stream in (sys.stdin, sys.stdout, sys.stderr):
                    monkeypatch.setattr(stream, "isatty", lambda: True)
            try:
                code = exits.guarded(lambda: group.main([*args], prog_name="ddops", standalone_mode=False))
            except SystemExit as leaving:  # how click ends a completion
                code = int(leaving.code or 0)
            sys.stdout.flush()
            sys.stderr.flush()
            return Run(int(code), stdout.getvalue().decode(), stderr.getvalue().decode())

    return run
