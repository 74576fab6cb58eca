"""ddops completion"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete ddops's commands, options and products.

    \b
    eval "$(ddops completion bash)"                                  # in ~/.bashrc
    eval "$(ddops completion zsh)"                                   # in ~/.zshrc
    ddops completion fish > ~/.config/fish/completions/ddops.fish
    """
    shell_class = get_completion_class(shell)
    assert shell_class is not None
    click.echo(shell_class(ctx.find_root().command, {}, "ddops", "_DDOPS_COMPLETE").source())


COMMAND = command
