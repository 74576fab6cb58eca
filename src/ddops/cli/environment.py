"""What ddops takes from the environment. Nothing else reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Keys:
    """An org's keys. They are not shown, whatever prints this."""

    api: str = field(repr=False)
    app: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Environment:
    variables: Mapping[str, str] = field(repr=False)

    @property
    def is_ci(self) -> bool:
        """Whether a pipeline runs this (GitHub, GitLab, CircleCI and the others set `CI`)."""
        return self.variables.get("CI", "").lower() not in ("", "0", "false")

    @property
    def api_url(self) -> str | None:
        return self.variables.get("DDOPS_API_URL") or None

    @property
    def allowed_hosts(self) -> frozenset[str]:
        listed = self.variables.get("DDOPS_ALLOWED_HOSTS", "")
        return frozenset(host.strip() for host in listed.split(",") if host.strip())

    def missing(self, *names: str) -> list[str]:
        """Those of the variables that are not set, or empty."""
        return [name for name in dict.fromkeys(names) if not self.variables.get(name, "").strip()]

    def keys(self, api_key_env: str, app_key_env: str) -> Keys:
        return Keys(self.variables[api_key_env].strip(), self.variables[app_key_env].strip())


def environment() -> Environment:
    return Environment(dict(os.environ))


def colour(no_color: bool) -> bool:
    """Whether standard output shows colour: a terminal, and nobody said no (NO_COLOR, https://no-color.org)."""
    return not no_color and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
