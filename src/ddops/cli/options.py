"""Options that several commands have, and how a shell completes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from ddops.plan.limits import MAX_CHANGE

if TYPE_CHECKING:
    from ddops.report.contract import Format


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

changed_since = click.option(
    "--changed-since",
    metavar="REF",
    help="Only resources whose payload differs between this git ref and the working tree, those that are gone too.",
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


class _PlanFormat(click.ParamType["Format"]):
    """A way to write a plan, by its name; they are looked for only when one is asked for."""

    name = "format"

    def _names(self) -> list[str]:
        from ddops.cli.planning import formats

        return list(formats())

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Format:
        from ddops.cli.planning import format_named

        found = format_named(value)
        if found is None:
            self.fail(f"'{value}' is not one of {', '.join(map(repr, self._names()))}.", param, ctx)
        return found

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(self._names())}]"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(name) for name in self._names() if name.startswith(incomplete)]


plan_format = click.option(
    "--format", "plan_format", type=_PlanFormat(), default="text", show_default=True, help="How to write it."
)


def format_option(*names: str) -> Callable[[F], F]:
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to write it.",
    )
