"""The files that a new workspace begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORKSPACE = """\
# The workspace: what this repository is called in the orgs, where they are, what every monitor must carry.
workspace: {name}

# Where a reader finds this repository's files; the links from alerts to runbooks start with it.
# source_url: https://github.com/OWNER/REPO/blob/main

orgs:
  main:
    site: datadoghq.com          # or datadoghq.eu, us3.datadoghq.com, us5.datadoghq.com, ddog-gov.com, …
    # subdomain: example         # where the org has a host name of its own: https://example.datadoghq.com
    api_key_env: DD_API_KEY      # the names of the environment variables that hold the keys, never the keys
    app_key_env: DD_APP_KEY

policy:
  required_tags: [env, service, team]
  tag_values:
    env: [prod, staging]
"""

PRODUCT = """\
# Who: what one team runs and is paged for.
product: example
title: Example
description: What it is, in one line.
org: main
team: example                    # becomes the tag team:example of everything that belongs to it
tags: {service: example}
runbook: {file: runbooks/example.md}

# Where a notification can go, by names of your own.
channels:
  alerts: {slack: example-alerts}
  on-call: {pagerduty: Example}

# Every route that matches a monitor adds its channels to the message.
routes:
  - name: prod-page
    match: {env: prod, priority: [1, 2]}
    states: [alert, no_data, recovery]
    notify: [on-call, alerts]
  - {match: {env: prod}, states: [warning], notify: [alerts]}
  - {match: {env: staging}, notify: [alerts]}
"""

MONITORS = """\
# What to watch. The fields are those of Datadog's API; what its UI exports can be pasted.
product: example
monitors:
  - key: errors
    for_each: {env: [prod, staging]}               # two monitors: errors.prod and errors.staging
    name: "[${env}] Example answers with errors"
    type: query alert
    query: sum(last_5m):sum:trace.http.request.errors{service:example,env:${env}}.as_count() > 50
    message: |
      {{value}} requests failed in five minutes (limit {{threshold}}).
    priority: 2
    runbook: errors                                # a section of the runbook; its link ends the message
    options:
      thresholds: {critical: 50, warning: 20}
      on_missing_data: default                     # no error is no data, and good
      require_full_window: false
    overrides: [{match: {env: staging}, set: {priority: 4}}]
"""

RUNBOOK = """\
# Example: what to do when it rings

## Errors

1. Was there a deployment? Roll it back.
2. Look at the slowest and the failing requests of the service in APM.
3. Is an upstream down? Tell its team.
"""

IGNORED = ".ddops/"
"""The sandbox org, caches and the schemas for the editor."""


def workspace(directory: str) -> Mapping[str, str]:
    """The text of each file of a new workspace in a directory of that name, by path."""
    return {
        "ddops.yaml": WORKSPACE.replace("{name}", slug(directory)),
        "products/example.yaml": PRODUCT,
        "monitors/example.yaml": MONITORS,
        "runbooks/example.md": RUNBOOK,
    }


def slug(directory: str) -> str:
    """A name for the workspace.

    >>> slug("My Monitoring")
    'my-monitoring'
    """
    return re.sub(r"[^a-z0-9]+", "-", directory.lower()).strip("-") or "monitoring"
