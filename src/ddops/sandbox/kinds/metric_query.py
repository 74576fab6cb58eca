"""Metric queries over the points that were submitted here."""

from __future__ import annotations

import math

from ddops.query.dashboard import parse_metric
from ddops.query.syntax import QuerySyntaxError
from ddops.query.tree import group_keys
from ddops.sandbox.exchange import Answer, Bucket, Request, Route, answer, refuse
from ddops.sandbox.points import LATEST
from ddops.sandbox.series.answer import body, refusal, told
from ddops.sandbox.series.evaluate import Evaluation
from ddops.sandbox.series.line import NotServed
from ddops.sandbox.series.span import Span

QUERY = Bucket("query", 1600, 3600)


def query(request: Request) -> Answer:
    """`GET /api/v1/query?from=SECONDS&to=SECONDS&query=QUERY`."""
    start, end = (_seconds(request, name) for name in ("from", "to"))
    if end <= start:
        refuse(400, "The parameter 'to' must be later than 'from'")
    text = request.query.get("query", "")
    if not text.strip():
        refuse(400, "The parameter 'query' is required")
    evaluation = Evaluation(request.org.points, Span(start, end))
    try:
        graph = parse_metric(text)
        found = [(line, index) for index, one in enumerate(graph.expressions) for line in evaluation.lines(one)]
    except QuerySyntaxError as error:
        return answer(refusal(text, start, end, f"Error parsing query: unable to parse {text}: {error}"))
    except NotServed as error:
        return answer(refusal(text, start, end, f"Error evaluating query: {error}"))
    return answer(body(text, start, end, group_keys(graph), (told(line, index) for line, index in found)))


def _seconds(request: Request, name: str) -> int:
    """A time; parts of a second are dropped (seen in datadogpy's cassettes)."""
    given = request.query.get(name, "")
    if not given:
        refuse(400, f"The parameter '{name}' is required")
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= LATEST:
        refuse(400, f"The value provided for parameter '{name}' is invalid: expected seconds since the epoch")
    return int(seconds)


ROUTES = (Route("GET", "/api/v1/query", QUERY, query),)
