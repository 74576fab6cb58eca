"""What ddops takes from the environment. Nothing else reads it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddops.report.contract import Screen

NARROWEST, WIDEST = 60, 120
"""Columns; a narrower terminal breaks lines itself, and longer lines are hard to read."""


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


def screen(no_color: bool = False) -> Screen:
    """What standard output shows. A terminal shows colour unless somebody said no (NO_COLOR, https://no-color.org), and
    lines as wide as it is; what is no terminal always gets the same."""
    from ddops.report.contract import Screen

    if not sys.stdout.isatty():
        return Screen()
    columns = shutil.get_terminal_size().columns
    colour = not no_color and not os.environ.get("NO_COLOR")
    return Screen(colour, min(max(columns, NARROWEST), WIDEST))


def is_at_a_screen() -> bool:
    """Whether a person is here who could look at a browser's window: at a terminal, and on Unix with a display."""
    has_display = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stderr.isatty() and has_display
