"""Calls one after the other: `.index("main").rollup("count").last("5m")`, and what each may be given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ddops.query import functions
from ddops.query.expression import method
from ddops.query.queries import plain
from ddops.query.syntax import not_known, one_of, shown
from ddops.query.tokens import Cursor
from ddops.query.tree import Keyword, Method, Number, Text
from ddops.query.window import window

Check = Callable[[Cursor, Method], None]
"""Raises QuerySyntaxError where a call's arguments are not those that it takes."""


def calls(cursor: Cursor, known: Mapping[str, Check]) -> tuple[Method, ...]:
    """Parses the calls at the cursor: each must be known and stand once. Raises QuerySyntaxError."""
    found: dict[str, Method] = {}
    while cursor.kinds[cursor.at] == "method":
        one = method(cursor)
        check = known.get(one.name)
        if check is None:
            cursor.refuse(one.span[0], not_known("call", one.name, known))
        if one.name in found:
            cursor.refuse(one.span[0], f"`.{one.name}(…)` stands here twice")
        check(cursor, one)
        found[one.name] = one
    return tuple(found.values())


def needs(cursor: Cursor, found: Iterable[Method], *names: str, example: str) -> None:
    """One of the calls must be there."""
    if not any(one.name in names for one in found):
        what = one_of(f"`.{name}(…)`" for name in names)
        cursor.fail(f"{what}, for example `{example}`")


def nothing(cursor: Cursor, found: Method) -> None:
    if found.arguments:
        cursor.refuse(found.arguments[0].span[0], f"`.{found.name}()` takes no arguments")


def texts(cursor: Cursor, found: Method) -> None:
    """One or more quoted texts, none empty."""
    if not found.arguments:
        cursor.refuse(found.span[0], f"`.{found.name}(…)` needs a quoted text")
    for one in found.arguments:
        if not isinstance(one, Text):
            cursor.refuse(one.span[0], f"expected a quoted text, not {shown(str(one))}")
        if not one.raw.strip():
            cursor.refuse(one.span[0], "an empty text")


def names(cursor: Cursor, found: Method) -> None:
    """One or more names, quoted or not, none empty (data-jobs monitors have them without quotes: recorded)."""
    if not found.arguments:
        cursor.refuse(found.span[0], f"`.{found.name}(…)` needs a name")
    for one in found.arguments:
        if isinstance(one, Keyword | Number) or not all(name.strip() for name in plain(one).split(",")):
            cursor.refuse(one.span[0], f"expected a name, not {shown(str(one))}")


def anything(cursor: Cursor, found: Method) -> None:
    """What it takes is not known well enough to refuse something."""


def only(values: tuple[str, ...]) -> Check:
    """One text out of these."""

    def check(cursor: Cursor, found: Method) -> None:
        if len(found.arguments) != 1 or plain(found.arguments[0]) not in values:
            place = found.arguments[0] if found.arguments else found
            expected = one_of(f'"{value}"' for value in values)
            cursor.refuse(place.span[0], f"expected {expected} for `.{found.name}(…)`")

    return check


def time(units: tuple[str, ...]) -> Check:
    """One window such as "5m"."""

    def check(cursor: Cursor, found: Method) -> None:
        over = window(plain(found.arguments[0])) if len(found.arguments) == 1 else None
        if over is None or over.kind or over.unit not in units:
            place = found.arguments[0] if found.arguments else found
            cursor.refuse(place.span[0], f'expected a window such as "5m", "1h" or "1d" for `.{found.name}(…)`')

    return check


def rollup(cursor: Cursor, found: Method) -> None:
    """`.rollup("count")`, `.rollup("avg", "@duration")`: every aggregator but `count` has its measure."""
    texts(cursor, found)
    aggregator = found.arguments[0]
    if not functions.is_event_aggregator(plain(aggregator)):
        cursor.refuse(aggregator.span[0] + 1, not_known("aggregator", plain(aggregator), functions.EVENT_AGGREGATORS))
    if len(found.arguments) > 2:
        cursor.refuse(found.arguments[2].span[0], "`.rollup(…)` takes an aggregator and a measure")
    if len(found.arguments) == 1 and plain(aggregator) != "count":
        what = "facet" if plain(aggregator) == "cardinality" else "measure"
        cursor.refuse(aggregator.span[1], f'expected the {what}: `.rollup("{plain(aggregator)}", "@duration")`')


def formula_rollup(cursor: Cursor, found: Method) -> None:
    """`.rollup("sum")` of a formula: an aggregator alone, and perhaps seconds."""
    aggregator = found.arguments[0] if found.arguments else None
    if not isinstance(aggregator, Text) or not functions.is_event_aggregator(aggregator.value):
        word = plain(aggregator) if aggregator else ""
        place = aggregator or found
        cursor.refuse(place.span[0], not_known("aggregator", word, functions.EVENT_AGGREGATORS))
