"""The specs at a revision of the workspace's git repository, compiled by the same code as those of now."""

from __future__ import annotations

from pathlib import Path

from ddops.catalog import config
from ddops.catalog.inputs import PRODUCTS
from ddops.cli.git import Git
from ddops.cli.planning import uncollected
from ddops.compile import compile_specs
from ddops.errors import SpecError
from ddops.kinds.contract import kinds
from ddops.plan.base import Base
from ddops.plan.change import Revision


def bases(root: Path, *refs: str | None) -> list[Base | None]:
    """The specs at each of the refs, None where there is none; a ref that stands twice is read once."""
    read = {ref: base(root, ref) for ref in dict.fromkeys(refs) if ref is not None}
    return [read.get(ref) if ref is not None else None for ref in refs]


def base(root: Path, ref: str) -> Base:
    """The specs at `ref`. What does not compile there is said in it; where there was no `ddops.yaml` yet, it asks for
    nothing. Raises UsageError where git does not know the ref."""
    from ddops.catalog.load import load_what_is_right

    git = Git(root)
    revision = Revision(ref, git.commit(ref))
    with uncollected(), git.at(revision.commit) as folder:
        if not (folder / config.FILE).exists():
            return Base(revision=revision)
        try:
            found = load_what_is_right(folder)
            desired = compile_specs(found.catalog)
        except SpecError as error:
            everywhere = {(None, kind) for kind in kinds()}
            return Base(revision=revision, problems=error.problems, gaps=everywhere, all_products=False)
        return Base(
            revision=revision,
            desired={(one.org, one.address): one for one in desired},
            products=found.catalog.products,
            setting=found.catalog.config,
            problems=sorted(set(found.problems)),
            gaps=frozenset(found.gaps),
            all_products=not any(
                problem.location.path.startswith((config.FILE, PRODUCTS)) for problem in found.problems
            ),
        )
