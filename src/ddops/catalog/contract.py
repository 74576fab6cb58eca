"""What the other layers see of a workspace. Who has it from elsewhere than the files (cli/snapshot.py) need not import
what reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ddops.address import Address
from ddops.catalog.config import Config
from ddops.kinds.contract import Spec
from ddops.product import Product

if TYPE_CHECKING:
    from ddops.catalog.layers import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What the YAML says. `specs` stand in the order of their addresses. `files` holds a digest of each file that was
    read, by its path in the workspace."""

    config: Config
    products: Mapping[str, Product]
    specs: tuple[Spec, ...]
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    made: Mapping[tuple[str, Address], Made] = field(default_factory=dict, repr=False, compare=False)
    """What each resource is made of, by org and address; empty where the files were not read (cli/snapshot.py)."""
    made_products: Mapping[str, Made] = field(default_factory=dict, repr=False)
    """The same of each product."""
