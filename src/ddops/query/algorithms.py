"""What anomaly, outlier and forecast functions are asked to do, as typed values.

Reference: monitor queries, 2.5 to 2.7.
"""

from __future__ import annotations

from dataclasses import dataclass

from ddops.query.queries import plain
from ddops.query.syntax import QuerySyntaxError, one_of, shown
from ddops.query.tree import Argument, Call, Expression, Keyword, Number
from ddops.query.window import Window, window

ANOMALIES = ("basic", "agile", "robust")
OUTLIERS = ("DBSCAN", "MAD", "scaledDBSCAN", "scaledMAD")
FORECASTS = ("linear", "seasonal")

_KEYWORDS = {
    "anomalies": ("direction", "alert_window", "interval", "count_default_zero", "seasonality", "timezone"),
    "outliers": (),
    "forecast": ("interval", "history", "model", "seasonality", "timezone"),
}
_VALUES = {
    "direction": ("both", "above", "below"),
    "count_default_zero": ("true", "false"),
    "seasonality": ("hourly", "daily", "weekly"),
    "model": ("default", "simple", "reactive"),
}


@dataclass(frozen=True, slots=True)
class Algorithm:
    """`name` is `anomalies`, `outliers` or `forecast`.

    `method`: one of `ANOMALIES`, `OUTLIERS` (in the capitals of the query) or `FORECASTS`.
    `tolerance`: the deviations of a band, or an outlier's tolerance; None where it is left out.
    `percent`: of an outlier's points (MAD only). `options`: the keywords, without quotes.
    """

    name: str
    watched: Argument
    method: str
    tolerance: float | None
    percent: float | None
    options: dict[str, str]
    call: Call

    @property
    def alert_window(self) -> Window | None:
        """Of an anomaly, also in `options.threshold_windows.trigger_window`."""
        return window(self.options["alert_window"]) if "alert_window" in self.options else None

    @property
    def interval(self) -> int | None:
        """Seconds of a rollup; `'60m'` counts as well."""
        text = self.options.get("interval", "")
        if text.isdecimal():
            return int(text)
        found = window(text)
        return found.seconds if found else None


def algorithm(expression: Expression) -> Algorithm | None:
    """The first anomaly, outlier or forecast function of an expression."""
    calls = (node for node in expression.walk() if isinstance(node, Call))
    return next((_read(call) for call in calls if call.function in _KEYWORDS), None)


def _read(call: Call) -> Algorithm:
    given = [one for one in call.arguments if not isinstance(one, Keyword)]
    numbers = [one.value if isinstance(one, Number) else None for one in given[2:]] + [None, None]
    options = {one.name: plain(one.value) for one in call.arguments if isinstance(one, Keyword)}
    method = plain(given[1]) if len(given) > 1 else ""
    return Algorithm(call.function, given[0], method, numbers[0], numbers[1], options, call)


def check(text: str, expression: Expression) -> None:
    """Raises QuerySyntaxError for an algorithm, a keyword or a value that there is not."""
    for node in expression.walk():
        if isinstance(node, Call) and node.function in _KEYWORDS:
            _check(text, node)


def _check(text: str, call: Call) -> None:
    given = [one for one in call.arguments if not isinstance(one, Keyword)]
    methods = {"anomalies": ANOMALIES, "outliers": OUTLIERS, "forecast": FORECASTS}[call.function]
    place = given[1] if len(given) > 1 else call
    written = plain(given[1]) if len(given) > 1 else ""
    # The capitals of `dbscan` and `mad` are free.
    if written.lower() not in {method.lower() for method in methods}:
        what = f", not {shown(written)}" if written else ""
        problem = f"expected the algorithm of {call.function}: {_quoted(methods)}{what}"
        raise QuerySyntaxError(text, place.span[0], problem)
    for number in given[2:]:
        if not isinstance(number, Number):
            problem = f"expected a number for {call.function}, not {shown(str(number))}"
            raise QuerySyntaxError(text, number.span[0], problem)
    for one in call.arguments:
        if isinstance(one, Keyword):
            _check_keyword(text, call.function, one)


def _check_keyword(text: str, function: str, found: Keyword) -> None:
    known = _KEYWORDS[function]
    if found.name not in known:
        takes = f"it takes {one_of(known)}" if known else "it takes none"
        raise QuerySyntaxError(text, found.span[0], f"{function} has no keyword '{found.name}'; {takes}")
    value = plain(found.value)
    values = _VALUES.get(found.name)
    if values and value not in values:
        problem = f"expected {_quoted(values)} for {found.name}, not {shown(value)}"
        raise QuerySyntaxError(text, found.value.span[0], problem)
    if found.name == "alert_window" and ((over := window(value)) is None or over.kind != "last"):
        problem = f"expected a window such as 'last_15m' for alert_window, not {shown(value)}"
        raise QuerySyntaxError(text, found.value.span[0], problem)


def _quoted(words: tuple[str, ...]) -> str:
    return one_of(f"'{word}'" for word in words)
