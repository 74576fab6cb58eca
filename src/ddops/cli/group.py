"""A command that has commands."""

from __future__ import annotations

import click


class Group(click.Group):
    """Answers an unknown command with the nearest one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from ddops.catalog.nearest import unknown

            if self.get_command(ctx, args[0]) is not None:
                raise
            raise click.UsageError(unknown("command", args[0], self.list_commands(ctx)), ctx) from error
