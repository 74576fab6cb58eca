"""Cases of one rule each, as `tests/lint_cases/RULE.yaml` holds them.

A case has a `name` and what its workspace holds: a `policy`, `orgs` (`main` where none are named), fields of the
`product`, other `products` by their names, and resources by the list that they stand in (`monitors`, `dashboards`,
`slos`, …), laid over the ones in `LEAST`; one with a `product` is of that one. `findings` are what the rule says, each
as `KEY: message` (`PRODUCT: message` of a product's file); where a message ends in `…` only its beginning counts.
`places`, where it is there, are the paths in the case that the findings stand at, in the same order
(`monitors[0].options.thresholds`).
"""

from pathlib import Path

import orjson

from ddops.catalog.layers import overlay
from ddops.catalog.reader import parse
from ddops.compile import compile_specs
from ddops.kinds.contract import kinds
from ddops.lint.run import lint
from ddops.location import dotted

CASES = Path(__file__).parent.parent / "lint_cases"
PRODUCT = {"product": "shop", "title": "Shop", "org": "main", "team": "shop-team"}
LEAST = {
    "monitors": {"key": "k", "name": "n", "type": "query alert", "query": "avg(last_5m):avg:m{*} > 1"},
    "dashboards": {"key": "k", "title": "t", "layout_type": "ordered", "widgets": []},
    "slos": {
        "key": "k",
        "name": "n",
        "type": "metric",
        "query": {"numerator": "a", "denominator": "b"},
        "thresholds": [{"timeframe": "7d", "target": 99}],
    },
}
MEANT = ("name", "policy", "orgs", "product", "products", "findings", "places")


def cases():
    """Each rule's name and one of its cases."""
    for path in sorted(CASES.glob("*.yaml")):
        document = parse(path.name, path.read_text("utf-8")).data
        for case in document["cases"]:
            yield document["rule"], case


def found(workspace, case):
    """The findings of a workspace that holds the case and nothing else."""
    return lint(*loaded(workspace, case))


def loaded(workspace, case):
    """The case written down, read and compiled."""
    collections = {kind.collection for kind in kinds().values()}
    assert case.keys() <= collections | {*MEANT}, "a case has a word that nobody reads"
    for path in ("monitors/shop.yaml", "dashboards/shop/overview.yaml", "slos/shop.yaml"):
        workspace.remove(path)
    orgs: dict[str, dict] = {name: {} for name in case.get("orgs", ["main"])}
    workspace.write("ddops.yaml", as_yaml({"workspace": "acme", "orgs": orgs, "policy": case.get("policy", {})}))
    products = {"shop": case.get("product", {}), **case.get("products", {})}
    for name, fields in products.items():
        workspace.write(f"products/{name}.yaml", as_yaml({**PRODUCT, "product": name, **fields}))
    for collection in collections & case.keys():
        for index, item in enumerate(case[collection]):
            owner = item.get("product", "shop")
            body = overlay(LEAST.get(collection, {"key": "k"}), {k: v for k, v in item.items() if k != "product"})
            workspace.write(f"{collection}/{owner}/{index:02}.yaml", as_yaml({"product": owner, collection: [body]}))
    catalog = workspace.load()
    return compile_specs(catalog), catalog


def as_yaml(value):
    return orjson.dumps(value)  # JSON is YAML


def place(workspace, finding):
    """The path in the case that a finding stands at."""
    file = finding.source.path
    document = parse(file, (workspace.root / file).read_text("utf-8"))
    folder, _, stem = file.removesuffix(".yaml").rpartition("/")
    collection = folder.partition("/")[0]
    at = (
        "product"
        if stem == "shop"
        else f"products.{stem}"
        if collection == "products"
        else f"{collection}[{int(stem)}]"
    )
    best = max(_nodes(document, document.data, ()), key=lambda one: (one[1] == finding.source, len(one[0])))[0]
    inside = dotted(best if collection == "products" else best[2:])
    return f"{at}.{inside}".removesuffix(".")


def _nodes(document, value, path):
    yield path, document.locate(path)
    if path:
        yield path, document.locate(path, key=True)
    for step, child in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from _nodes(document, child, (*path, step))
