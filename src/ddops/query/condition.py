"""Boolean conditions: the scope of a series, the search of an event query, the monitors of a composite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddops.query.node import Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """All items hold. `operators` are those between them as written: `AND`, `and`, `,`, `&&`, or a space."""

    items: tuple[Condition, ...]
    operators: tuple[str, ...]

    def __str__(self) -> str:
        return _between(self.items, self.operators)


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Any item holds; `operators` are `OR`, `or` or `||`."""

    items: tuple[Condition, ...]
    operators: tuple[str, ...]

    def __str__(self) -> str:
        return _between(self.items, self.operators)


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`operator` is `NOT`, `not`, `!` or `-`."""

    item: Condition
    operator: str = "NOT"

    def __str__(self) -> str:
        space = " " if self.operator.isalpha() else ""
        return f"{self.operator}{space}{self.item}"


@dataclass(frozen=True, slots=True)
class Group(Node):
    """A condition in parentheses."""

    item: Condition

    def __str__(self) -> str:
        return f"({self.item})"


@dataclass(frozen=True, slots=True)
class Everything(Node):
    """`*`; an empty search is written as nothing."""

    text: str = "*"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class TemplateVariable(Node):
    """`$env` or `$env.value`: dashboards put a value in its place. `name` is without the dollar sign."""

    name: str

    def __str__(self) -> str:
        return f"${self.name}"


@dataclass(frozen=True, slots=True)
class Tag(Node):
    """`key:value`, or a tag without a value (`value` None). Quotes around a value belong to it."""

    key: str
    value: str | None = None

    def __str__(self) -> str:
        return self.key if self.value is None else f"{self.key}:{self.value}"


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`key IN (a,b)`; `operator` as written, words with one space between them: `IN`, `NOT IN`, `in`, `not in`."""

    key: str
    operator: str
    values: tuple[str, ...]

    @property
    def negated(self) -> bool:
        return len(self.operator) > 2

    def __str__(self) -> str:
        return f"{self.key} {self.operator} ({','.join(self.values)})"


@dataclass(frozen=True, slots=True)
class Term(Node):
    """A word of a search, wildcards and escapes as written."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """A quoted text of a search; `text` is without the quotes."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`>=500` after a facet."""

    comparator: str
    value: str

    def __str__(self) -> str:
        return f"{self.comparator}{self.value}"


@dataclass(frozen=True, slots=True)
class Range(Node):
    """`[400 TO 499]`; curly brackets leave their end out."""

    low: str
    high: str
    brackets: str = "[]"

    def __str__(self) -> str:
        return f"{self.brackets[0]}{self.low} TO {self.high}{self.brackets[1]}"


@dataclass(frozen=True, slots=True)
class Facet(Node):
    """`key:value` of a search: `service:web`, `@http.status_code:[500 TO 599]`, `env:(prod OR staging)`."""

    key: str
    value: Condition

    def __str__(self) -> str:
        return f"{self.key}:{self.value}"


@dataclass(frozen=True, slots=True)
class MonitorId(Node):
    """A monitor of a composite: its number, or ddops' `${monitor:KEY}`."""

    text: str

    def __str__(self) -> str:
        return self.text


Condition = (
    And
    | Or
    | Not
    | Group
    | Everything
    | TemplateVariable
    | Tag
    | Membership
    | Term
    | Phrase
    | Compare
    | Range
    | Facet
    | MonitorId
)


def _between(items: tuple[Condition, ...], operators: tuple[str, ...]) -> str:
    text = str(items[0])
    for operator, item in zip(operators, items[1:], strict=True):
        text += f"{operator if operator in (',', ' ') else f' {operator} '}{item}"
    return text


@dataclass(frozen=True, slots=True)
class Filter:
    """What one tag or facet of a condition asks: that `key` has one of `values` (none: any), or that it has not.

    `node` is where it says so."""

    key: str
    values: tuple[str, ...]
    negated: bool
    node: Node


def filters(condition: Condition) -> Iterator[Filter]:
    """The tags and facets of a condition, wherever they stand in it, in the order of the text."""
    pending: list[tuple[Condition, bool]] = [(condition, False)]
    while pending:
        node, negated = pending.pop()
        if isinstance(node, And | Or):
            pending.extend((item, negated) for item in reversed(node.items))
        elif isinstance(node, Not):
            pending.append((node.item, not negated))
        elif isinstance(node, Group):
            pending.append((node.item, negated))
        elif isinstance(node, Tag):
            yield Filter(node.key, () if node.value is None else (node.value,), negated, node)
        elif isinstance(node, Membership):
            yield Filter(node.key, node.values, negated != node.negated, node)
        elif isinstance(node, Facet):
            inner = node.value.walk()
            yield Filter(node.key, tuple(one.text for one in inner if isinstance(one, Term | Phrase)), negated, node)
