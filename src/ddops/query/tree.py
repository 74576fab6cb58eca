"""The syntax trees of metric expressions and formulas.

Nodes are immutable. Each has `span`, the offsets (start, end) of its text in the query, which says nothing where trees
are compared. `str(node)` is the node in canonical spacing; what people wrote inside (quotes, `AND` or `and`, `0.50`)
stays as it is. Long sums are one node, so that a tree is never deeper than its query nests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ddops.query.condition import Condition
from ddops.query.node import Node


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as written: `5`, `-0.5`, `1e6`."""

    text: str

    @property
    def value(self) -> float:
        return float(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A quoted text; `raw` is what stands between the quotes, escapes as written."""

    raw: str
    quote: str = '"'

    @property
    def value(self) -> str:
        """Without the escapes of quotes."""
        return self.raw.replace('\\"', '"').replace("\\'", "'") if "\\" in self.raw else self.raw

    def __str__(self) -> str:
        return f"{self.quote}{self.raw}{self.quote}"


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A name: a query variable of a formula, or a bare word as an argument (`.fill(zero)`, `.last(10d)`)."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Keyword(Node):
    """`direction='above'` in a call."""

    name: str
    value: Number | Text | Word

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


@dataclass(frozen=True, slots=True)
class Scope(Node):
    """`{env:prod,!team:a}`: what a series is filtered by."""

    condition: Condition

    def __str__(self) -> str:
        return f"{{{self.condition}}}"


@dataclass(frozen=True, slots=True)
class GroupBy(Node):
    """`by {host,env}`; the keys as written."""

    keys: tuple[str, ...]

    def __str__(self) -> str:
        return f"by {{{','.join(self.keys)}}}"


@dataclass(frozen=True, slots=True)
class Method(Node):
    """`.rollup(sum, 60)`: a call after what it applies to."""

    name: str
    arguments: tuple[Argument, ...] = ()

    def __str__(self) -> str:
        return f".{self.name}({', '.join(map(str, self.arguments))})"


@dataclass(frozen=True, slots=True)
class Series(Node):
    """`avg:system.cpu.user{env:prod} by {host}.rollup(max, 60)`.

    `aggregator` is the space aggregator, None where a dashboard leaves it out."""

    aggregator: str | None
    metric: str
    scope: Scope
    by: GroupBy | None = None
    methods: tuple[Method, ...] = ()

    def __str__(self) -> str:
        head = f"{self.aggregator}:" if self.aggregator else ""
        by = f" {self.by}" if self.by else ""
        return f"{head}{self.metric}{self.scope}{by}{_joined(self.methods)}"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`anomalies(avg:m{*}, 'basic', 2)`."""

    function: str
    arguments: tuple[Argument, ...]
    methods: tuple[Method, ...] = ()
    by: GroupBy | None = None

    def __str__(self) -> str:
        by = f" {self.by}" if self.by else ""
        return f"{self.function}({', '.join(map(str, self.arguments))}){by}{_joined(self.methods)}"


@dataclass(frozen=True, slots=True)
class Parenthesis(Node):
    inner: Expression
    methods: tuple[Method, ...] = ()
    by: GroupBy | None = None

    def __str__(self) -> str:
        by = f" {self.by}" if self.by else ""
        return f"({self.inner}){by}{_joined(self.methods)}"


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """`-x`; the sign of a number is in `Number`."""

    operand: Expression

    def __str__(self) -> str:
        return f"-{self.operand}"


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Operands with `+` and `-` between them, or with `*` and `/`: one operator fewer than operands, to be read from
    the left."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]

    def __str__(self) -> str:
        first, *rest = self.operands
        pairs = zip(self.operators, rest, strict=True)
        return f"{first}{''.join(f' {operator} {operand}' for operator, operand in pairs)}"


Expression = Number | Word | Series | Call | Parenthesis | Negative | Arithmetic
Argument = Expression | Text | Keyword | Scope


def _joined(methods: tuple[Method, ...]) -> str:
    return "".join(map(str, methods))


@dataclass(frozen=True, slots=True)
class Graph(Node):
    """What one `q` of a dashboard holds: one expression, or several with commas between them."""

    expressions: tuple[Expression, ...]
    text: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return self.text or self.canonical

    @property
    def canonical(self) -> str:
        return ", ".join(map(str, self.expressions))


def series(node: Node) -> Iterator[Series]:
    """The series of a tree, from left to right."""
    return (found for found in node.walk() if isinstance(found, Series))


def group_keys(node: Node) -> tuple[str, ...]:
    """The keys that a tree groups by, each once."""
    return tuple(dict.fromkeys(key for found in node.walk() if isinstance(found, GroupBy) for key in found.keys))
