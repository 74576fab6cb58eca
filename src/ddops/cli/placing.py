"""Where imported resources are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ddops.catalog.inputs import YAML_ENDINGS
from ddops.errors import UsageError
from ddops.importing.found import Failed
from ddops.importing.run import Imported
from ddops.importing.workspace import Workspace
from ddops.importing.write import one, several

STDOUT = Path("-")


def placed(
    workspace: Workspace, resources: Sequence[Imported], out: Path | None, force: bool, failed: list[Failed]
) -> Iterator[tuple[Path, str, Sequence[Imported]]]:
    """The files that the resources become: path, text and what is in it; what must not be written is in `failed`.

    Each has its own file, `COLLECTION/PRODUCT/KEY.yaml` or `OUT/KEY.yaml`; where `out` is a YAML file all are in that
    one. Raises UsageError where one file cannot hold them.
    """
    if out is not None and out != STDOUT and out.suffix in YAML_ENDINGS:
        kept = [resource for resource in resources if _may(workspace, resource, out, force, failed)]
        if kept:
            yield out, _together(kept, out), kept
        return
    for resource in resources:
        path = _path(workspace, resource, out)
        if path == STDOUT or _may(workspace, resource, path, force, failed):
            yield path, one(resource.address.product, None, resource.item), [resource]


def _path(workspace: Workspace, resource: Imported, out: Path | None) -> Path:
    if out == STDOUT:
        return STDOUT
    folder = out or workspace.root / resource.kind.collection / resource.address.product
    return folder / f"{resource.address.key}.yaml"


def _together(resources: Sequence[Imported], out: Path) -> str:
    first = resources[0]
    if any((one.kind.name, one.address.product) != (first.kind.name, first.address.product) for one in resources):
        raise UsageError(f"--out: {out} holds resources of one kind and one product; give a directory for these")
    product, key = first.address.product, first.address.key
    if len(resources) == 1:
        return one(product, None if key == out.stem else key, first.item)
    return several(product, first.kind.collection, [(resource.address.key, resource.item) for resource in resources])


def _may(workspace: Workspace, resource: Imported, path: Path, force: bool, failed: list[Failed]) -> bool:
    """Whether the file may be written: it is not there, or may be replaced and is where the resource stands already."""
    if path.exists() and not force:
        failed.append(Failed(resource.found.origin, f"{path} is there already; --force writes over it"))
        return False
    for spec in workspace.catalog.specs:
        same = (spec.address.product, spec.address.kind, spec.address.key.partition(".")[0])
        address = resource.address
        if same == (address.product, address.kind, address.key) and (
            (workspace.root / spec.source.path).resolve() != path.resolve()
        ):
            failed.append(
                Failed(resource.found.origin, f"{address} stands in {spec.source} already; take it out there first")
            )
            return False
    return True
