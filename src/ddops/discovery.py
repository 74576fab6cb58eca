"""Collects one named constant from each module of a package, so that adding a rule, a kind, a format or a command is
adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any


def modules(package: ModuleType) -> Iterator[str]:
    """The names of the package's modules, in alphabetical order, without importing them."""
    yield from sorted(info.name for info in pkgutil.iter_modules(package.__path__))


def collect(package: ModuleType, constant: str) -> dict[str, Any]:
    """Imports the package's modules and gives each one's `constant` by the module's name; a module without it is
    none of the things collected (a contract, a shared part) and is passed over."""
    found = {}
    for name in modules(package):
        module = importlib.import_module(f"{package.__name__}.{name}")
        if hasattr(module, constant):
            found[name] = getattr(module, constant)
    return found
