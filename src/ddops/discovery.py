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
    found = {name: one(package, constant, name) for name in modules(package)}
    return {name: value for name, value in found.items() if value is not None}


def one(package: ModuleType, constant: str, name: str) -> Any:
    """That of one module, the only one to be imported; None where the package has no such module, or it has none."""
    if name not in modules(package):
        return None
    return getattr(importlib.import_module(f"{package.__name__}.{name}"), constant, None)
