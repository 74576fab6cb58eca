"""What a rule says of a resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ddops.address import Address
from ddops.catalog.config import Policy
from ddops.compile import Desired
from ddops.location import Location


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    rule: str
    severity: Severity
    address: Address
    message: str
    source: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`check` gives a message for each thing that is wrong with a resource of one of the `kinds`."""

    severity: Severity
    kinds: frozenset[str]
    check: Callable[[Desired, Policy], Iterable[str]]
