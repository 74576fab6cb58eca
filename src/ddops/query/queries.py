"""The monitor queries, one class for each grammar, and what all of them can be asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ddops.query.condition import Condition, MonitorId
from ddops.query.node import Node
from ddops.query.tree import Argument, Expression, Method, Number, Series, Text, Word, group_keys, series
from ddops.query.window import Window, window


@dataclass(frozen=True, slots=True)
class Threshold(Node):
    """`> 90` at the end of a query; `limit` is the word `threshold` where `options.thresholds` has a query."""

    comparator: str
    limit: Number | Word

    @property
    def value(self) -> float | None:
        """None where the threshold is dynamic."""
        return self.limit.value if isinstance(self.limit, Number) else None

    def __str__(self) -> str:
        return f"{self.comparator} {self.limit}"


@dataclass(frozen=True, slots=True)
class Query(Node):
    """A monitor's query.

    `text` is the query as it was parsed: `str(query)` gives it back to the letter. A changed copy
    (`dataclasses.replace`) has none and prints as its tree says, in canonical spacing.
    """

    text: str = field(default="", init=False, compare=False, repr=False)

    def __str__(self) -> str:
        return self.text or self.canonical

    @property
    def canonical(self) -> str:
        """The query printed from its tree alone."""
        raise NotImplementedError

    def source(self, node: Node) -> str:
        """The text of one of its nodes, as it was written."""
        return self.text[slice(*node.span)]

    @property
    def end(self) -> Threshold | None:
        """The comparator and the number that the query ends in, where its family has them."""
        return None

    @property
    def comparator(self) -> str | None:
        return self.end.comparator if self.end else None

    @property
    def threshold(self) -> float | None:
        return self.end.value if self.end else None

    @property
    def evaluation(self) -> Window | None:
        """How much time the query looks at."""
        return None

    @property
    def group_by(self) -> tuple[str, ...]:
        """The keys that the query groups by; those of a formula stand in the monitor's variables instead."""
        return ()

    @property
    def grouped(self) -> bool:
        """Whether it alerts for each group by itself."""
        return bool(self.group_by)


@dataclass(frozen=True, slots=True)
class Change(Node):
    """`change(avg(last_5m),last_1h)`: `function` is `change` or `pct_change`, `shift` what the value is compared to."""

    function: str
    shift: Window


@dataclass(frozen=True, slots=True)
class MetricQuery(Query):
    """`avg(last_5m):avg:system.cpu.user{*} by {host} > 90`, also with `change(…)`."""

    aggregator: str
    window: Window
    expression: Expression
    end: Threshold
    change: Change | None = None

    @property
    def canonical(self) -> str:
        head = f"{self.aggregator}({self.window})"
        if self.change:
            head = f"{self.change.function}({head},{self.change.shift})"
        return f"{head}:{self.expression} {self.end}"

    @property
    def evaluation(self) -> Window:
        return self.window

    @property
    def group_by(self) -> tuple[str, ...]:
        return group_keys(self.expression)

    @property
    def series(self) -> tuple[Series, ...]:
        return tuple(series(self.expression))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of its metrics, each once."""
        return tuple(dict.fromkeys(one.metric for one in series(self.expression)))


@dataclass(frozen=True, slots=True)
class Chain(Query):
    """A query of calls one after the other: `….rollup("count").by("host").last("5m")`."""

    methods: tuple[Method, ...]

    def method(self, name: str) -> Method | None:
        return next((one for one in self.methods if one.name == name), None)

    def arguments(self, name: str) -> tuple[str, ...]:
        """The arguments of a call as texts, without quotes; none where the query has no such call."""
        found = self.method(name)
        return tuple(plain(one) for one in found.arguments) if found else ()

    @property
    def evaluation(self) -> Window | None:
        for name in ("last", "current"):
            if call := self.method(name):
                found = window(plain(call.arguments[0]), call.arguments[0].span[0])
                return replace(found, kind=name) if found else None
        return None

    @property
    def group_by(self) -> tuple[str, ...]:
        keys = ",".join(self.arguments("by")).split(",")
        return tuple(key.strip() for key in keys if key.strip())


@dataclass(frozen=True, slots=True)
class EventQuery(Chain):
    """`logs("status:error").index("main").rollup("count").by("host").last("5m") > 10`, and its like.

    `source` is the first word, `search` the filter as a condition, `quoted` the filter as it is written."""

    source_name: str
    quoted: Text
    search: Condition
    end: Threshold

    @property
    def canonical(self) -> str:
        return f"{self.source_name}({self.quoted}){''.join(map(str, self.methods))} {self.end}"

    @property
    def indexes(self) -> tuple[str, ...]:
        return tuple(name for names in self.arguments("index") for name in names.split(","))

    @property
    def aggregator(self) -> str:
        """How events become a number; `count` where nothing says so (error tracking)."""
        return (self.arguments("rollup") or ("count",))[0]

    @property
    def measure(self) -> str | None:
        """The facet or measure that is aggregated; None for a count of events."""
        return self.arguments("rollup")[1] if len(self.arguments("rollup")) > 1 else None


@dataclass(frozen=True, slots=True)
class FormulaQuery(Chain):
    """`formula("query1 / query2 * 100").last("15m") >= 5`, over the variables of the monitor's options."""

    expression: Expression
    quote: str
    end: Threshold

    @property
    def canonical(self) -> str:
        return f"formula({self.quote}{self.expression}{self.quote}){''.join(map(str, self.methods))} {self.end}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the queries that it uses, each once."""
        return variables(self.expression)


@dataclass(frozen=True, slots=True)
class ServiceCheckQuery(Chain):
    """`"ntp.in_sync".over("*").by("host").last(2).count_by_status()`. The thresholds are in the options alone."""

    check: Text

    @property
    def canonical(self) -> str:
        return f"{self.check}{''.join(map(str, self.methods))}"

    @property
    def evaluation(self) -> None:
        return None

    @property
    def last(self) -> int:
        """How many of the newest check runs count."""
        return int(self.arguments("last")[0])

    @property
    def percentage(self) -> bool:
        """Whether the thresholds are shares of a cluster (`pct_by_status`)."""
        return self.method("pct_by_status") is not None


@dataclass(frozen=True, slots=True)
class CompositeQuery(Query):
    """`123 && !456`."""

    condition: Condition

    @property
    def canonical(self) -> str:
        return str(self.condition)

    @property
    def monitors(self) -> tuple[str, ...]:
        """Its monitors, each once: numbers, or ddops' references `${monitor:KEY}`."""
        return tuple(dict.fromkeys(node.text for node in self.condition.walk() if isinstance(node, MonitorId)))


@dataclass(frozen=True, slots=True)
class SloQuery(Query):
    """`error_budget("ID").over("30d") > 75`, or
    `burn_rate("ID").over("30d").long_window("1h").short_window("5m") > 14.4`; ID may be ddops' `${slo:KEY}`."""

    function: str
    slo: Text
    over: Window
    end: Threshold
    long_window: Window | None = None
    short_window: Window | None = None
    quote: str = '"'

    @property
    def canonical(self) -> str:
        windows = [("over", self.over), ("long_window", self.long_window), ("short_window", self.short_window)]
        calls = "".join(f".{name}({self.quote}{found}{self.quote})" for name, found in windows if found)
        return f"{self.function}({self.slo}){calls} {self.end}"

    @property
    def evaluation(self) -> Window:
        return self.long_window or self.over


@dataclass(frozen=True, slots=True)
class SyntheticsQuery(Query):
    """What the monitor of a synthetic test has in place of a query."""

    @property
    def canonical(self) -> str:
        return NO_QUERY


NO_QUERY = "no_query"


def plain(node: Argument) -> str:
    """The text of an argument, without quotes."""
    return node.value if isinstance(node, Text) else str(node)


def variables(expression: Expression) -> tuple[str, ...]:
    """The names of queries that a formula uses, each once. A bare word as a later argument of a function is a name as
    well as far as the grammar can tell."""
    return tuple(dict.fromkeys(node.name for node in expression.walk() if isinstance(node, Word)))
