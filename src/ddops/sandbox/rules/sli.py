"""The two ways to say what a metric SLO counts, and how the server derives one from the other.

`query` holds two metric queries, numerator and denominator. `sli_specification.count` holds named queries and formulas
over them. Whichever is sent, newer recorded answers hold both.
"""

from __future__ import annotations

import re

from ddops.sandbox.exchange import Json

OPERATOR_LEVELS = (("+", "-"), ("*", "/"))
# A metric query: aggregator, metric, scope, perhaps a grouping, then functions such as .as_count().
SERIES = re.compile(
    r"[a-z][a-z0-9]*:[A-Za-z][\w.]*\{[^{}]*\}(?:\s*by\s*\{[^{}]*\})?(?:\.\w+\([^()]*\))*", re.IGNORECASE
)


def query_of(count: Json) -> Json:
    """Numerator and denominator of a `sli_specification.count`.

    With a formula for bad events, the denominator is the sum of both, each in parentheses (recorded).
    """
    queries = {query["name"]: query["query"] for query in count.get("queries", ())}

    def inlined(name: str) -> str:
        formula: str = count[name]["formula"]
        return re.sub(r"[A-Za-z_]\w*(?!\w*\()", lambda match: queries.get(match[0], match[0]), formula)

    good = inlined("good_events_formula")
    if "total_events_formula" in count:
        return {"numerator": good, "denominator": inlined("total_events_formula")}
    return {"numerator": good, "denominator": f"({good}) + ({inlined('bad_events_formula')})"}


def count_of(query: Json) -> Json:
    """`sli_specification.count` for a numerator and a denominator.

    Equal metric queries share one name; every operation stands in parentheses: `(query1 - query2)` (recorded).
    """
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"query{len(names) + 1}")

    good, total = (_parenthesised(SERIES.sub(named, query[part].strip())) for part in ("numerator", "denominator"))
    return {
        "good_events_formula": {"formula": good},
        "total_events_formula": {"formula": total},
        "queries": [{"data_source": "metrics", "name": name, "query": text} for text, name in names.items()],
    }


def _parenthesised(formula: str) -> str:
    tokens = re.findall(r"[A-Za-z_]\w*(?=\()|[A-Za-z_]\w*|\d+(?:\.\d+)?|[-+*/(),]", formula)
    text, rest = _operation(tokens, 0)
    return text if not rest else formula


def _operation(tokens: list[str], level: int) -> tuple[str, list[str]]:
    if level == len(OPERATOR_LEVELS):
        return _operand(tokens)
    left, tokens = _operation(tokens, level + 1)
    while tokens and tokens[0] in OPERATOR_LEVELS[level]:
        operator = tokens[0]
        right, tokens = _operation(tokens[1:], level + 1)
        left = f"({left} {operator} {right})"
    return left, tokens


def _operand(tokens: list[str]) -> tuple[str, list[str]]:
    if not tokens:
        return "", []
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        inner, rest = _operation(rest, 0)
        return inner, rest[1:]
    if rest[:1] == ["("]:
        arguments = []
        while rest and rest[0] in ("(", ","):
            argument, rest = _operation(rest[1:], 0)
            arguments.append(argument)
        return f"{first}({', '.join(arguments)})", rest[1:]
    return first, rest
