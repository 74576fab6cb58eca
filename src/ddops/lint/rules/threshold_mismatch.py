"""The critical threshold in the options is the number that the query compares with; the API refuses anything else
(`Alert threshold (90.0) does not match that used in the query (200.0).`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddops.catalog.config import Policy
from ddops.compile import Desired
from ddops.lint.finding import Rule, Severity

_COMPARED = re.compile(r"(?:[<>]=?|==|!=)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*$")


def check(resource: Desired, _: Policy) -> Iterator[str]:
    thresholds = (resource.payload.get("options") or {}).get("thresholds") or {}
    critical = thresholds.get("critical")
    compared = _COMPARED.search(resource.payload["query"])
    if isinstance(critical, int | float) and compared is not None and float(compared[1]) != critical:
        yield f"options.thresholds.critical is {critical:g}, and the query compares with {compared[1]}; make them equal"


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
