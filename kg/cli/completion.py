"""``kg completion``: completion of commands, options and names in the shell."""

# ruff: noqa: D301 - in a help text \b is the backspace by which click keeps the lines of an example

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.terminal import emit
from kg.errors import UsageError

__all__ = ["completion"]

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS), required=False)
def completion(shell: str | None) -> None:
    """Print the completion script of your shell.

    It completes commands, options, and names from the graph in output/.

    \b
    kg completion bash >> ~/.bashrc
    kg completion zsh >> ~/.zshrc
    kg completion fish > ~/.config/fish/completions/kg.fish
    """
    from click.shell_completion import get_completion_class

    shell = shell or Path(os.environ.get("SHELL", "")).name
    make = get_completion_class(shell) if shell in _SHELLS else None
    if make is None:
        raise UsageError("the shell is not one of bash, zsh and fish", remedy="name it: kg completion bash")
    root = click.get_current_context().find_root().command
    emit(make(root, {}, "kg", "_KG_COMPLETE").source() + "\n")
