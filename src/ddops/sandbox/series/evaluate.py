"""A metric query worked out: series aggregated over time and space, then calculated with.

Datadog does the same in this order (docs: metrics). What it does beside is left out: it interpolates gauges over gaps
of up to five minutes before it aggregates them; here `.fill(linear)` has to ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ddops.query.tree import Arithmetic, Call, Expression, Negative, Number, Parenthesis, Series
from ddops.sandbox.points import Points
from ddops.sandbox.series.aggregation import aggregated
from ddops.sandbox.series.arithmetic import Value, combined
from ddops.sandbox.series.functions import applied
from ddops.sandbox.series.line import Line, NotServed
from ddops.sandbox.series.span import Span


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The points of an org, and the time that is asked for."""

    points: Points
    span: Span

    def lines(self, expression: Expression) -> list[Line]:
        """The lines that one expression gives, in the order of their groups; groups without a point have none. Raises
        NotServed for what the sandbox cannot work out."""
        value = self._value(expression)
        if isinstance(value, Number):
            raise NotServed(f"{expression} names no metric")
        return sorted((line for line in value if line.points), key=lambda line: sorted(line.group))

    def _value(self, node: Expression) -> Value:
        match node:
            case Number():
                return node
            case Series():
                return tuple(aggregated(node, self.points, self.span))
            case Negative():
                return combined("-", Number("0"), self._value(node.operand))
            case Arithmetic():
                value = self._value(node.operands[0])
                for sign, operand in zip(node.operators, node.operands[1:], strict=True):
                    value = combined(sign, value, self._value(operand))
                return value
            case Call() | Parenthesis() if node.by or node.methods:
                raise NotServed(f"{node}: the sandbox rolls up and groups series alone")
            case Parenthesis():
                return self._value(node.inner)
            case Call():
                return self._called(node)
            case _:
                raise NotServed(f"{node} is no metric query")

    def _called(self, call: Call) -> Value:
        inner = call.arguments[0]
        value = self._value(inner) if isinstance(inner, Expression) else None
        if value is None or isinstance(value, Number):
            raise NotServed(f"{call}: expected a metric query in {call.function}(…)")
        return applied(call, value, lambda line: self.span.buckets(line.interval))
