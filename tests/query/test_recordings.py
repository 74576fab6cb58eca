"""Every query that the real API accepted parses and prints back; those that it refused do not parse.

The recordings are no part of the repository: `DDOPS_RECORDED` names their folder, `../shared/recorded` is the default.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddops.query.dashboard import parse_formula, parse_metric, parse_search
from ddops.query.explain import explain
from ddops.query.monitor import parse
from ddops.query.syntax import QuerySyntaxError

RECORDED = Path(os.environ.get("DDOPS_RECORDED", Path(__file__).parents[3] / "shared" / "recorded"))
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="there are no recordings here")


def interactions() -> Iterator[dict[str, Any]]:
    with (RECORDED / "interactions.jsonl").open() as lines:
        yield from map(json.loads, lines)


def sent() -> Iterator[tuple[str, str, int, str]]:
    """Type, query, status and answer of each monitor that was sent."""
    for one in interactions():
        body, answer = one["request"], one["response"]
        if one["path"].startswith("/api/v1/monitor") and isinstance(body, dict) and isinstance(body.get("query"), str):
            kept = answer if isinstance(answer, dict) else {}
            if type := body.get("type") or kept.get("type"):
                yield type, body["query"], one["status"], json.dumps(answer)


def shipped() -> Iterator[tuple[str, str]]:
    for path in sorted((RECORDED / "monitors").glob("*.json")):
        body = json.loads(path.read_text())
        body = body.get("definition", body)
        yield body["type"], body["query"]
    for path in sorted((RECORDED / "catalog").glob("*.yaml")):
        for body in yaml.safe_load(path.read_text()).values():
            if "${" not in body["query"]:
                yield body["type"], body["query"]


def within(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in a body."""
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def dashboards() -> Iterator[dict[str, Any]]:
    for path in sorted((RECORDED / "dashboards").glob("*.json")):
        yield from within(json.loads(path.read_text()))
    for one in interactions():
        if one["path"].startswith("/api/v1/dashboard") and one["status"] < 300 and one["method"] in ("POST", "PUT"):
            yield from within(one["request"])


def test_accepted_monitors():
    found = [(type, query) for type, query, status, _ in sent() if status < 300]
    found += shipped()
    assert found
    for type, query in found:
        tree = parse(type, query)
        assert str(tree) == query
        assert parse(type, tree.canonical) == tree
        assert explain(tree)


def test_refused_monitors():
    refused = [(type, query) for type, query, _, answer in sent() if "'query' is invalid" in answer]
    assert refused
    for type, query in refused:
        with pytest.raises(QuerySyntaxError):
            parse(type, query)


def test_dashboards():
    counts = {"metrics": 0, "formula": 0, "search": 0}
    for node in dashboards():
        if node.get("data_source") in ("metrics", "cloud_cost") and isinstance(node.get("query"), str):
            counts["metrics"] += 1
            graph = parse_metric(node["query"])
            assert parse_metric(graph.canonical) == graph
        if isinstance(node.get("formula"), str):
            counts["formula"] += 1
            formula = parse_formula(node["formula"])
            assert parse_formula(str(formula)) == formula
        search = node.get("search")
        text = search.get("query") if isinstance(search, dict) else node.get("query_string")
        if isinstance(text, str):
            counts["search"] += 1
            assert parse_search(str(parse_search(text))) == parse_search(text)
        # The `q` of an overlay of events is a search.
        if isinstance(node.get("q"), str) and "{" in node["q"]:
            graph = parse_metric(node["q"])
            assert parse_metric(graph.canonical) == graph
    assert all(counts.values())
