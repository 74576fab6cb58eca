"""The functions that metric queries know (docs: dashboards/functions; reference: monitor queries, 2.10)."""

from __future__ import annotations

import re

TIME_AGGREGATORS = ("avg", "sum", "min", "max", "percentile")
"""Of a monitor's window. `percentile` is for distributions."""

SPACE_AGGREGATORS = ("avg", "sum", "min", "max", "count", "stddev", "histogram")
"""Of a series, beside the percentiles `p50` … `p99.9` of distributions; shipped dashboards have the last two."""

EVENT_AGGREGATORS = ("count", "cardinality", "avg", "sum", "min", "max", "median", "stddev")
"""Of an event-style `.rollup`, beside `pc75` … `pc99`."""

FILLS = ("linear", "last", "zero", "null")
"""The methods of `.fill`."""

METHODS = ("as_count", "as_rate", "fill", "rollup", "weighted")
"""What can follow a series."""

FUNCTIONS = frozenset(
    [
        # arithmetic, interpolation, exclusion, counts
        *(
            "abs",
            "log2",
            "log10",
            "cumsum",
            "integral",
            "default_zero",
            "fill",
            "exclude_null",
            "clamp_min",
            "clamp_max",
            "cutoff_min",
            "cutoff_max",
            "count_nonzero",
            "count_not_null",
        ),
        # rates and regression
        *(
            "per_second",
            "per_minute",
            "per_hour",
            "dt",
            "diff",
            "monotonic_diff",
            "derivative",
            "throughput",
            "robust_trend",
            "trend_line",
            "piecewise_constant",
        ),
        # time
        *(
            "rollup",
            "moving_rollup",
            "reduce",
            "timeshift",
            "hour_before",
            "day_before",
            "week_before",
            "month_before",
            "calendar_shift",
        ),
        # algorithms, rank, smoothing
        *("anomalies", "outliers", "forecast", "top", "autosmooth"),
        # nested queries: an aggregator over a first one
        *("avg", "sum", "min", "max", "count", "stddev", "percentile"),
        # methods that formulas write as functions
        *("as_count", "as_rate", "weighted"),
    ]
)
_FAMILIES = re.compile(
    r"(?:ewma|median|rollingavg)_\d+|(?:top|bottom)(?:\d+|_)?\w*|is_\w+|\w+_before|p\d{1,2}(?:\.\d+)?|\w+_by", re.ASCII
)
"""Names made of a stem and a number or a suffix: `ewma_20`, `top10_mean`, `is_greater`."""

_PERCENTILE = re.compile(r"p\d{1,2}(?:\.\d+)?|p100", re.ASCII)
_EVENT_PERCENTILE = re.compile(r"pc?\d{1,2}(?:\.\d+)?", re.ASCII)


def is_function(name: str) -> bool:
    return name in FUNCTIONS or _FAMILIES.fullmatch(name) is not None


def is_space_aggregator(name: str) -> bool:
    return name in SPACE_AGGREGATORS or _PERCENTILE.fullmatch(name) is not None


def is_event_aggregator(name: str) -> bool:
    return name in EVENT_AGGREGATORS or _EVENT_PERCENTILE.fullmatch(name) is not None
