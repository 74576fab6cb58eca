"""The workspace as the last run compiled and linted it, so that what did not change is not read as YAML again.

It counts as long as every file of the workspace is what it was, to the byte.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from ddops.address import Address
from ddops.catalog.config import Config
from ddops.catalog.contract import Catalog
from ddops.catalog.inputs import unchanged
from ddops.cli import kept
from ddops.compile import Desired
from ddops.kinds.contract import Body, Spec, kinds
from ddops.lint.finding import Finding
from ddops.location import Location
from ddops.product import Product

NAME = "workspace"
LENGTH = 8
"""Bytes in front that say how long the digests of the files are: they alone are read where a file has changed."""
Compiled = tuple[Catalog, tuple[Desired, ...], tuple[Finding, ...]]
"""The specs of a directory, compiled and linted."""


def recall(root: Path, folder: Path) -> Compiled | None:
    """The workspace at `root`, None where it is not as it was when it was kept in the directory `folder`."""
    content = kept.read(folder / NAME)
    if content is None:
        return None
    end = LENGTH + int.from_bytes(content[:LENGTH], "big")
    digests = orjson.loads(content[LENGTH:end])
    return _compiled(orjson.loads(content[end:]), digests) if unchanged(root, digests) else None


def keep(compiled: Compiled, folder: Path) -> None:
    """Writes the workspace down in the directory `folder`, in place of what was there."""
    try:
        files = orjson.dumps(compiled[0].files)
        content = b"".join([len(files).to_bytes(LENGTH, "big"), files, orjson.dumps(_plain(compiled))])
    except TypeError:  # a number or a text that JSON cannot hold
        return
    kept.write(folder / NAME, content)


@cache
def _findings() -> TypeAdapter[tuple[Finding, ...]]:
    return TypeAdapter(tuple[Finding, ...])


def _plain(compiled: Compiled) -> list[Any]:
    """The workspace as JSON knows it."""
    catalog, resources, findings = compiled
    return [
        catalog.config.model_dump(by_alias=True, exclude_unset=True),
        [product.model_dump(by_alias=True, exclude_unset=True) for product in catalog.products.values()],
        [_resource(desired) for desired in resources],
        _findings().dump_python(findings, mode="json"),
    ]


def _compiled(plain: Any, files: dict[str, str]) -> Compiled:
    config, products, resources, findings = plain
    by_name = {product["product"]: Product.model_validate(product) for product in products}
    desired = tuple(_desired(by_name, *resource) for resource in resources)
    catalog = Catalog(
        config=Config.model_validate(config),
        products=by_name,
        specs=tuple(sorted((one.spec for one in desired), key=lambda spec: (spec.address, spec.org))),
        files=files,
    )
    return catalog, desired, _findings().validate_python(findings) if findings else ()


def _resource(desired: Desired) -> list[Any]:
    """Most of a payload is the spec's own and kept once: such a field is its name alone here."""
    spec, address = desired.spec, desired.address
    own = [[key] if spec.body.get(key, spec) is value else [key, value] for key, value in desired.payload.items()]
    needs = [[need.product, need.kind, need.key] for need in desired.needs]
    place = [spec.source.path, spec.source.line, spec.source.column]
    where = [address.product, address.kind, address.key]
    words = [spec.adopt, spec.protect, sorted(spec.inherits)]
    return [where, spec.org, dict(spec.variables), *words, place, spec.body, own, needs]


def _desired(
    products: dict[str, Product],
    where: list[str],
    org: str,
    variables: dict[str, str],
    adopt: str | int | None,
    protect: bool,
    inherits: list[str],
    place: tuple[str, int, int],
    body: Body,
    own: list[list[Any]],
    needs: list[list[str]],
) -> Desired:
    spec = Spec(
        address=Address(*where),
        org=org,
        product=products[where[0]],
        body=body,
        variables=variables,
        adopt=adopt,
        protect=protect,
        inherits=frozenset(inherits),
        source=Location(*place),
    )
    return Desired(
        spec=spec,
        kind=kinds()[where[1]],
        payload={field[0]: field[1] if len(field) == 2 else body[field[0]] for field in own},
        needs=frozenset(Address(*need) for need in needs),
    )
