"""What a rule is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ddops.address import Address
from ddops.compile import Desired
from ddops.kinds.contract import Body
from ddops.location import Location, NodePath
from ddops.org.contract import Org
from ddops.product import Product

if TYPE_CHECKING:  # whoever shows findings needs no rules, nor what they look at
    from ddops.lint.context import Context


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Replace:
    """A fix: the scalar at `path` becomes `value`."""

    path: NodePath
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Remove:
    """A fix: the key or the list item at `path` goes, with all below it."""

    path: NodePath


@dataclass(frozen=True, slots=True)
class Insert:
    """A fix: the mapping at `path` gets the new key `key` with a scalar or a short list."""

    path: NodePath
    key: str
    value: Any


Fix = Replace | Remove | Insert
"""A change of the spec that is certainly meant. Its paths are those of the spec's body; whether it can be made in the
file (the value stands there itself, in no variable, and for no resource that is right as it is) is found out later."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule says is wrong: one sentence that names what is wrong and what would be right.

    `path` is the place in the spec's body (or in the product's file) that it is about: `("options", "thresholds",
    "critical")`; where that does not stand there, the nearest part around it that does. With `key`, the key that leads
    there is meant rather than its value. `severity` where it is another one than the rule's. `address` where it is
    about another resource than the one at hand.
    """

    message: str
    path: NodePath = ()
    key: bool = False
    fix: Fix | None = None
    severity: Severity | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`check` is asked of every resource of one of the `kinds`, in each of its orgs; what it says of one resource for
    several orgs counts once. The module's docstring is the rule's documentation (lint/about.py)."""

    severity: Severity
    kinds: frozenset[str]
    check: Callable[[Desired, Context], Iterable[Flaw]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRule:
    """`check` is asked of every product; paths of its flaws are paths in the product's file."""

    severity: Severity
    check: Callable[[Product, Context], Iterable[Flaw]]


@dataclass(frozen=True, slots=True)
class Place:
    """What was checked: a resource of an org, or a product where `address` is None. `begin` is where it stands."""

    product: str
    address: Address | None = None
    org: str = ""
    begin: Location | None = None

    @classmethod
    def of(cls, one: Desired) -> Place:
        return cls(one.address.product, one.address, one.org, one.spec.source)


@dataclass(frozen=True, slots=True)
class Changed:
    """A resource that an org does not hold as it should. `id` is None for one that it does not hold at all; `payload`
    is what it would be sent. `waits` for one that needs what is not there yet: `${…}` stands in its payload for an id,
    elsewhere than in its message."""

    resource: Desired
    payload: Body
    id: str | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an online rule is asked: whether `org` can do with the resources that go there. `now` is the time in seconds
    since the epoch."""

    org: Org
    resources: Sequence[Desired]
    changed: Sequence[Changed]
    context: Context
    now: int


class CannotTell(Exception):
    """An online rule does not know: the org did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineRule:
    """`check` is asked once for each org. It may raise CannotTell or ApiError, which is said as a note."""

    severity: Severity
    kinds: frozenset[str]
    check: Callable[[Question], Iterable[tuple[Place, Flaw]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A flaw of a resource, or of a product where `address` is None, with its place in the files."""

    rule: str
    severity: Severity
    product: str
    address: Address | None = None
    message: str
    source: Location

    @property
    def subject(self) -> str:
        """The address, or the product's name."""
        return self.product if self.address is None else str(self.address)
