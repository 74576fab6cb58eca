"""Options that several commands have, and how a shell completes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ddops.plan.safety import MAX_CHANGE


def _products(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    folder = (ctx.find_root().params.get("directory") or Path()) / "products"
    return sorted(path.stem for path in folder.glob("*.y*ml") if path.stem.startswith(incomplete))


products = click.argument("products", nargs=-1, metavar="[PRODUCT]…", shell_complete=_products)

org = click.option(
    "--org",
    metavar="NAME",
    help="An org of ddops.yaml, or `sandbox`: a local one that stands in for all of them and needs no keys. "
    "Without it: every org, or the sandbox where the environment holds no keys.",
)

no_color = click.option("--no-color", is_flag=True, help="No colour; the variable NO_COLOR says the same.")

max_change = click.option(
    "--max-change",
    type=click.IntRange(0, 100),
    default=MAX_CHANGE,
    show_default=True,
    metavar="PERCENT",
    help="Refuse a plan that updates or deletes more of an org's managed objects than this.",
)


F = TypeVar("F", bound=Callable[..., Any])


def format_option(*names: str) -> Callable[[F], F]:
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to write it.",
    )
