"""Finds the route for a method and a path."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable

from ddops.sandbox import kinds
from ddops.sandbox.exchange import Route


def collect_routes() -> list[Route]:
    """The ROUTES of every module in `ddops.sandbox.kinds`."""
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return [route for name in names for route in importlib.import_module(f"{kinds.__name__}.{name}").ROUTES]


class Router:
    """Matches literal paths first, then those with placeholders."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._literal: dict[str, dict[str, Route]] = {}
        self._patterns: list[tuple[re.Pattern[str], str, Route]] = []
        for route in routes:
            if "{" in route.path:
                pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path))
                self._patterns.append((pattern, route.method, route))
            else:
                self._literal.setdefault(route.path, {})[route.method] = route

    def find(self, method: str, path: str) -> tuple[Route | None, dict[str, str], bool]:
        """The route, its placeholders, and whether the path is known at all (under another method, perhaps)."""
        if path in self._literal:
            return self._literal[path].get(method), {}, True
        known = False
        for pattern, route_method, route in self._patterns:
            if match := pattern.fullmatch(path):
                if route_method == method:
                    return route, match.groupdict(), True
                known = True
        return None, {}, known
