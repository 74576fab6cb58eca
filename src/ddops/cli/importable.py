"""What a command line of `ddops import` asks for, and from where."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ddops.catalog.config import OrgConfig
from ddops.catalog.contract import Catalog
from ddops.catalog.nearest import unknown
from ddops.cli.environment import Environment
from ddops.cli.orgs import SANDBOX, Target, choose
from ddops.errors import UsageError
from ddops.importing import fetch, terraform
from ddops.importing.exported import exported
from ddops.importing.found import Failed, Found
from ddops.importing.page import identified
from ddops.importing.refer import Object
from ddops.importing.workspace import Workspace
from ddops.kinds.contract import Kind, kinds
from ddops.org.contract import Org
from ddops.product import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The words of the command line: a kind, and then ids, addresses of pages (`objects`) or files; or a query; or
    states."""

    kind: Kind | None
    words: tuple[str, ...]
    objects: tuple[Object, ...]
    query: str | None
    from_file: bool
    states: tuple[Path, ...]

    @classmethod
    def of(cls, arguments: tuple[str, ...], query: str | None, from_file: bool, states: tuple[Path, ...]) -> Wanted:
        """Raises UsageError where the words do not go together."""
        first, *rest = arguments or ("",)
        kind = kinds().get(first.replace("-", "_"))
        words = tuple(rest) if kind is not None or not first else arguments
        if kind is None and first and (from_file or "://" not in first):
            raise UsageError(unknown("kind", first, kinds()))
        ways = [bool(words), query is not None, bool(states)]
        if sum(ways) != 1:
            ask = "ids or addresses of a kind, --query, --from-file or --from-terraform"
            raise UsageError(f"say what to import: {ask}{', one of these' if any(ways) else ''}")
        if from_file and (kind is None or not words):
            raise UsageError("--from-file: say the kind and the files, as in `ddops import monitor --from-file a.json`")
        if states and kind is not None:
            raise UsageError("--from-terraform: the state says what each object is; leave the kind out")
        objects = () if from_file else tuple(identified(kind, word) for word in words)
        return cls(kind=kind, words=words, objects=objects, query=query, from_file=from_file, states=states)

    def from_files(self) -> Iterator[Found]:
        """The objects of the files. Raises UsageError, SpecError, OSError."""
        assert self.kind is not None
        for name in self.words:
            content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            yield from exported(self.kind, name, content)

    def from_org(self, org: Org, workspace: Workspace, failed: list[Failed], notes: list[str]) -> Iterator[Found]:
        """The objects of the org. Raises UsageError, ApiError."""
        if self.words:
            yield from _there(fetch.by_id(org, self.objects), failed)
            return
        if self.query is not None:
            found = fetch.by_tags(org, self.query, [self.kind] if self.kind is not None else kinds().values())
            if not found:
                raise UsageError(f"--query: the org '{org.name}' has no object with these tags")
        else:
            found = _there(fetch.by_id(org, self._managed(notes)), failed)
        held = [one for one in found if workspace.holder(one.kind, one.body) is not None]
        if held:
            notes.append(f"in git already, and left as they are: {len(held)}")
        yield from (one for one in found if one not in held)

    def _managed(self, notes: list[str]) -> list[Object]:
        found: list[Object] = []
        for state in self.states:
            for managed in terraform.managed(str(state), state.read_bytes()):
                if managed.kind is None:
                    notes.append(f"{managed.address}: ddops has no kind for {managed.type}; left to Terraform")
                else:
                    found.append((managed.kind, managed.id))
        return found


def _there(found: Sequence[Found | Failed], failed: list[Failed]) -> list[Found]:
    failed += [one for one in found if isinstance(one, Failed)]
    return [one for one in found if isinstance(one, Found)]


def product_of(catalog: Catalog, name: str | None) -> Product | None:
    """The product of a name. Raises UsageError where there is none."""
    if name is not None and name not in catalog.products:
        raise UsageError(unknown("product", name, catalog.products))
    return None if name is None else catalog.products[name]


def org_of(catalog: Catalog, product: Product | None, org: str | None) -> str:
    """The one org of ddops.yaml that an import is for. Raises UsageError where that is not plain."""
    orgs = catalog.config.orgs
    if org is not None and org != SANDBOX:
        if org not in orgs:
            raise UsageError(unknown("org", org, [*orgs, SANDBOX]))
        return org
    products = catalog.products.values() if product is None else [product]
    names = [*dict.fromkeys(name for one in products for name in one.orgs)] or [*orgs]
    if len(names) > 1 and (org is None or product is None):
        whose = "" if product is not None else ", or whose the objects become with --product"
        raise UsageError(f"say which of {', '.join(names)} they are in with --org{whose}")
    return names[0]


def target_of(name: str, org: str | None, catalog: Catalog, environment: Environment) -> Target:
    """Where the objects of the org `name` are read."""
    config: dict[str, OrgConfig] = {name: catalog.config.orgs[name]}
    return choose(SANDBOX if org == SANDBOX else org, config, environment)
