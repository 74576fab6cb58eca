"""Writes a workspace as a large organisation's teams would: products with routes and a runbook, monitors with
`for_each`, presets, thresholds and messages, dashboards of many widgets. The same numbers give the same files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

ORG = "acme"
API_KEY_ENV, APP_KEY_ENV = "ACME_DD_API_KEY", "ACME_DD_APP_KEY"
SUBJECTS = ("claims", "letters", "appeals", "messaging", "pharmacy", "records", "appointments", "payments", "forms")
PARTS = ("api", "worker", "gateway", "web", "search", "export", "intake", "sync", "upload", "notify")
MONITORS_OF_A_PRODUCT = 250
MONITORS_OF_A_FILE = 50


def write(root: Path, *, monitors: int, dashboards: int, widgets: int) -> None:
    """Fills the directory `root` with a workspace of so many monitors and dashboards, after `for_each`."""
    products = _products(max(1, monitors // MONITORS_OF_A_PRODUCT))
    _file(root / "ddops.yaml", CONFIG)
    _file(root / "presets" / "upstream-errors.yaml", PRESET)
    for name in products:
        _file(root / "products" / f"{name}.yaml", PRODUCT.format(name=name, title=name.replace("-", " ").title()))
        _file(root / "runbooks" / f"{name}.md", RUNBOOK)
    for index, name in enumerate(products):
        parts = _parts(monitors * (index + 1) // len(products) - monitors * index // len(products))
        for number, (part, texts) in enumerate(parts):
            _file(
                root / "monitors" / name / f"{part}-{number + 1}.yaml",
                f"product: {name}\nmonitors:\n" + "\n".join(texts),
            )
    for index in range(dashboards):
        name = products[index % len(products)]
        part = f"{PARTS[index % len(PARTS)]}-{index // len(products) + 1}"
        _file(root / "dashboards" / name / f"{part}.yaml", _dashboard(name, part, widgets))


def _products(count: int) -> list[str]:
    pairs = (f"{subject}-{part}" for part in PARTS for subject in SUBJECTS)
    numbered = (f"{SUBJECTS[index % len(SUBJECTS)]}-{index}" for index in itertools.count())
    return list(itertools.islice(itertools.chain(pairs, numbered), count))


def _parts(monitors: int) -> Iterator[tuple[str, list[str]]]:
    """The files of one product's monitors: (what they watch, the monitors' text)."""
    shapes = itertools.cycle(SHAPES)
    left = monitors
    number = 0
    for part in itertools.cycle(PARTS):
        if left == 0:
            return
        texts, room = [], min(left, MONITORS_OF_A_FILE)
        left -= room
        while room:
            size, text = next((size, text) for size, text in shapes if size <= room)
            number += 1
            texts.append(text.replace("PART", part).replace("NUMBER", str(number)).replace("LIMIT", str(20 + number)))
            room -= size
        yield part, texts


def _dashboard(product: str, part: str, widgets: int) -> str:
    shapes = itertools.islice(itertools.cycle(WIDGETS), widgets)
    texts = (
        text.replace("PRODUCT", product)
        .replace("NUMBER", str(index + 1))
        .replace("X", str(3 * (index % 4)))
        .replace("ROW", str(2 * (index // 4)))
        for index, text in enumerate(shapes)
    )
    return DASHBOARD.format(name=product, part=part) + "".join(texts)


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


CONFIG = f"""\
workspace: acme
source_url: https://git.example.com/acme/monitoring/blob/main
orgs:
  {ORG}: {{site: datadoghq.com, subdomain: acme, api_key_env: {API_KEY_ENV}, app_key_env: {APP_KEY_ENV}}}
policy:
  required_tags: [env, team, itportfolio, service]
  tag_values: {{env: [sandbox, dev, staging, prod]}}
"""

PRODUCT = """\
product: {name}
title: {title}
org: acme
team: {name}
tags: {{itportfolio: benefits-delivery, service: {name}}}
links: {{apm: "https://acme.datadoghq.com/apm/services/{name}"}}
runbook: {{file: runbooks/{name}.md}}
channels:
  alerts: {{slack: {name}-alerts}}
  on-call: {{pagerduty: {name}}}
  mail: {{email: {name}@example.com}}
routes:
  - name: page
    match: {{env: prod, priority: [1, 2]}}
    states: [alert, no_data, recovery]
    notify: [on-call, alerts]
  - {{match: {{env: prod}}, states: [warning], notify: [alerts]}}
  - {{match: {{env: prod, priority: 3}}, states: [alert, no_data, recovery], notify: [alerts]}}
  - {{match: {{env: staging}}, notify: [alerts]}}
  - {{name: vendor, opt_in: true, states: [alert], notify: [mail]}}
"""

RUNBOOK = """\
# Runbook
## Errors
Look at the traces first, then at the last deployment.
## Latency
Is it the database, an upstream system, or load?
## Saturation
Scale out, then find out what filled it.
"""

PRESET = """\
preset: upstream-errors
kind: monitor
description: Calls of an upstream system that fail.
parameters:
  system: {description: the system as the metric tags it}
  critical: {description: failures in five minutes, default: 50}
body:
  type: query alert
  query: >-
    sum(last_5m):sum:api.external.failed{service:${product.tags.service},system:${system},env:${env}}.as_count()
    > ${critical}
  priority: 3
  runbook: errors
  options:
    thresholds: {critical: "${critical}"}
    require_full_window: false
    on_missing_data: default
"""

SHAPES: tuple[tuple[int, str], ...] = (
    (
        1,
        """\
  - key: PART-errors-NUMBER
    name: "[prod] ${product.title}: PART answers with errors (NUMBER)"
    type: query alert
    query: >-
      sum(last_5m):sum:trace.rack.request.errors{env:prod,service:${product},resource:PART_NUMBER}.as_count() > LIMIT
    message: |
      PART answered {{value}} requests with an error in five minutes (limit {{threshold}}).

      First: did somebody deploy? Then the traces: ${product.links.apm}
    priority: 1
    runbook: errors
    routes: {add: [vendor]}
    tags: ["env:prod", "component:PART"]
    options:
      thresholds: {critical: LIMIT, warning: 10}
      evaluation_delay: 60
      require_full_window: false
      renotify_interval: 30
      renotify_occurrences: 4
      renotify_statuses: [alert]
""",
    ),
    (
        2,
        """\
  - key: PART-latency-NUMBER
    for_each: {env: [prod, staging]}
    name: "[${env}] ${product.title}: PART is slow (NUMBER)"
    type: query alert
    # The promise is a second; half a second more is what users begin to complain about.
    query: "avg(last_10m):p95:trace.rack.request{env:${env},service:${product},resource:PART_NUMBER} > 1.5"
    message: |
      The slowest twentieth of the requests takes {{value}} s.
      {{#is_warning}}Not a reason to get up yet.{{/is_warning}}
    priority: 2
    runbook: latency
    tags: ["component:PART"]
    options:
      thresholds: {critical: 1.5, warning: 1.0, critical_recovery: 1.2, warning_recovery: 0.8}
      notify_no_data: false
      require_full_window: true
      include_tags: true
    overrides:
      - {match: {env: staging}, set: {priority: 4, options: {evaluation_delay: 120}}}
""",
    ),
    (
        4,
        """\
  - key: PART-queue-NUMBER
    for_each:
      env: [prod, staging]
      queue:
        default: {limit: 500}
        bulk: {limit: 5000}
    name: "[${env}] ${product.title}: the queue ${queue} of PART grows (NUMBER)"
    type: query alert
    query: >-
      min(last_15m):max:sidekiq.queue.size{env:${env},service:${product},queue:${queue}-NUMBER} by {host}
      > ${queue.limit}
    message: |
      {{value}} jobs wait in ${queue} on {{host.name}}, and have for a quarter of an hour.
    priority: 3
    runbook: saturation
    options:
      thresholds: {critical: "${queue.limit}"}
      new_group_delay: 300
      require_full_window: false
""",
    ),
    (
        2,
        """\
  - key: PART-upstream-NUMBER
    preset: upstream-errors
    with: {system: PART-NUMBER, critical: LIMIT}
    for_each: {env: [prod, staging]}
    name: "[${env}] ${product.title}: the system behind PART fails (NUMBER)"
    message: |
      {{value}} calls of the system behind PART failed in five minutes. It is not ours: tell its owners.
""",
    ),
    (
        1,
        """\
  - key: PART-log-NUMBER
    name: "[prod] ${product.title}: PART logs failed sign-ins (NUMBER)"
    type: log alert
    query: >-
      logs("service:${product} env:prod @part:PART-NUMBER status:error").index("*").rollup("count").last("10m") > LIMIT
    message: |
      {{value}} sign-ins failed in ten minutes.
    priority: 3
    tags: ["env:prod"]
    options:
      thresholds: {critical: LIMIT}
      enable_logs_sample: true
""",
    ),
)
"""How many monitors a text becomes, and the text."""

DASHBOARD = """\
product: {name}
title: "${{product.title}}: {part}"
description: What {part} does, for whoever is on call.
layout_type: ordered
template_variables:
  - {{name: env, prefix: env, available_values: [prod, staging], defaults: [prod]}}
  - {{name: host, prefix: host, available_values: [], defaults: ["*"]}}
widgets:
"""

WIDGETS = (
    """\
  - definition:
      type: timeseries
      title: Requests by status (NUMBER)
      show_legend: true
      legend_layout: auto
      legend_columns: [avg, max, value]
      requests:
        - response_format: timeseries
          queries:
            - data_source: metrics
              name: query1
              query: sum:trace.rack.request.hits{service:PRODUCT,$env,$host} by {http.status_code}.as_count()
            - data_source: metrics
              name: query2
              query: sum:trace.rack.request.errors{service:PRODUCT,$env,$host}.as_count()
          formulas:
            - {formula: query1, alias: requests}
            - {formula: query2, alias: errors}
          display_type: bars
          style: {palette: dog_classic, line_type: solid, line_width: normal}
    layout: {x: X, y: ROW, width: 3, height: 2}
""",
    """\
  - definition:
      type: query_value
      title: Error rate (NUMBER)
      autoscale: false
      precision: 1
      custom_unit: "%"
      requests:
        - response_format: scalar
          queries:
            - data_source: metrics
              name: bad
              query: sum:trace.rack.request.errors{service:PRODUCT,$env}.as_count()
              aggregator: sum
            - data_source: metrics
              name: all
              query: sum:trace.rack.request.hits{service:PRODUCT,$env}.as_count()
              aggregator: sum
          formulas:
            - {formula: default_zero(bad) / all * 100}
          conditional_formats:
            - {comparator: ">=", value: 10, palette: white_on_red}
            - {comparator: ">=", value: 5, palette: black_on_light_yellow}
            - {comparator: "<", value: 5, palette: black_on_light_green}
    layout: {x: X, y: ROW, width: 3, height: 2}
""",
    """\
  - definition:
      type: toplist
      title: Slowest resources (NUMBER)
      requests:
        - response_format: scalar
          queries:
            - data_source: metrics
              name: query1
              query: p95:trace.rack.request{service:PRODUCT,$env,$host} by {resource_name}
              aggregator: avg
          formulas:
            - formula: query1
              limit: {count: 10, order: desc}
    layout: {x: X, y: ROW, width: 3, height: 2}
""",
    """\
  - definition:
      type: note
      content: |
        ## What to look at (NUMBER)
        Errors first, then latency, then the queues. **Runbook:** in the message of the alert.
      background_color: white
      font_size: "14"
      text_align: left
      show_tick: false
    layout: {x: X, y: ROW, width: 3, height: 2}
""",
)
