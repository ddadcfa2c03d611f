"""What all commands share: how errors leave, colour and width of the terminal, progress, options, choices."""

from __future__ import annotations

import io
import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kg.model import ReadFailure

__all__ = [
    "Commands",
    "Table",
    "confidence_option",
    "emit",
    "format_option",
    "painter",
    "plot_option",
    "progress",
    "report_failures",
    "save_plot",
    "show_version",
    "terminal_width",
    "utf8",
]

F = TypeVar("F", bound=Callable[..., Any])

_INTERRUPTED, _READER_GONE = 130, 141
_BAR_AFTER_SECONDS = 1.0
_FAILURES_SHOWN = 20
_STYLES: Mapping[str, dict[str, Any]] = {
    "label": {"bold": True},
    "relation": {"fg": "cyan"},
    "quote": {"fg": "green"},
    "source": {"fg": "yellow"},
    "mark": {"dim": True},
}


class Commands(click.Group):
    """A group whose commands may raise :class:`KgError`: it leaves as one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and settle how the process ends."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KgError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            _leave_stdout()
            ctx.exit(_READER_GONE)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(_INTERRUPTED)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of a session: build first."""
        return list(self.commands)


def _leave_stdout() -> None:
    """Point standard output at nothing, so that no later flush finds the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, io.UnsupportedOperation):
        sys.stdout = io.StringIO()


def utf8(stream: IO[str]) -> None:
    """Write UTF-8 and plain newlines whatever the locale; on a terminal only replace what it cannot show."""
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", newline="\n")


def emit(text: str) -> None:
    """Write data to standard output as it is; on a terminal through the user's pager where it is longer than that."""
    if sys.stdout.isatty() and sys.stdin.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        os.environ.setdefault("LESS", "-RFX")  # colours as they are, long lines too, and nothing wiped at the end
        click.echo_via_pager(text, color=True)
    else:
        sys.stdout.write(text)


def terminal_width() -> int | None:
    """Give the width of the terminal, or ``None`` where the output is piped and must not be wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def painter() -> Callable[[str, str], str]:
    """Give a function that colours a piece of text by its role; on a pipe, or with NO_COLOR, it leaves it as it is."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return lambda role, text: text
    return lambda role, text: click.style(text, **_STYLES[role])


@contextmanager
def progress() -> Iterator[Callable[[str, int], None]]:
    """Show the step and the papers done on a terminal's standard error, once the work has taken a second."""
    if not sys.stderr.isatty():
        yield lambda step, done: None
        return
    begun = time.monotonic()
    bars: list[tuple[Any, Any]] = []

    def tell(step: str, done: int) -> None:
        if not bars and time.monotonic() - begun > _BAR_AFTER_SECONDS:
            bars.append(_start_bar())
        for bar, task in bars:
            bar.update(task, description=step, completed=done)

    try:
        yield tell
    finally:
        for bar, _ in bars:
            bar.stop()


def _start_bar() -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} papers"))
    bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    task = bar.add_task("reading", total=None)
    bar.start()
    return bar, task


def report_failures(failures: Sequence[ReadFailure]) -> None:
    """Warn of each piece of the input that could not be read, the first ones in full."""
    for failure in failures[:_FAILURES_SHOWN]:
        click.echo(f"Warning: {failure.source}:{failure.line}: {failure.reason}", err=True)
    if (more := len(failures) - _FAILURES_SHOWN) > 0:
        click.echo(f"Warning: {more} more entries could not be read.", err=True)


class Table(click.ParamType[str]):
    """One of the names of a table that is loaded only when it is needed, so that ``kg --help`` stays fast."""

    name = "name"

    def __init__(self, load: Callable[[], Iterable[str]]) -> None:
        self.load = load

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the names as click shows choices."""
        names = "|".join(self.load())
        return f"{{{names}}}" if param.required and param.param_type_name == "argument" else f"[{names}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a name of the table."""
        names = list(self.load())
        if value not in names:
            self.fail(f"{value!r} is not one of {', '.join(names)}.", param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the names that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in self.load() if name.startswith(incomplete)]


def format_option(*formats: str) -> Callable[[F], F]:
    """Add ``--format``; the first of the formats is the default."""
    return click.option(
        "--format", "-f", "format_", type=click.Choice(formats), default=formats[0], show_default=True,
        help="How to write the answer.",
    )  # fmt: skip


def plot_option(command: F) -> F:
    """Add ``--plot`` to a command whose answer can be drawn."""
    return click.option(
        "--plot", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", callback=_check_picture,
        help="Also draw it into this .svg or .png file (needs matplotlib).",
    )(command)  # fmt: skip


def _check_picture(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    if value and value.suffix.lower() not in (".svg", ".png"):
        raise click.BadParameter(f"{value} is neither .svg nor .png; end its name in one of them.")
    return value


def save_plot(figure: Any, path: Path) -> None:
    """Write a picture of ``kg.plots``, and say where it is on standard error."""
    from kg.plots import write_picture

    write_picture(figure, path)
    click.echo(f"wrote {path}", err=True)


class _Share(click.FloatRange):
    """A number from 0 to 1; what is no number is outside of every range, which click's own does not see."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        share = super().convert(value, param, ctx)
        if math.isnan(share):
            self.fail(f"{value} is not in the range 0<=x<=1.", param, ctx)
        return share


def confidence_option(command: F) -> F:
    """Add ``--min-confidence`` to a command that extracts claims or shows extracted ones."""
    return click.option(
        "--min-confidence", type=_Share(0, 1), default=0.0, show_default=True, metavar="X",
        help="Leave out claims that are extracted with less confidence than this, from 0 to 1.",
    )(command)  # fmt: skip


def show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the version of the installed package and leave."""
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"kg {version('modelkin')}")
    except PackageNotFoundError:
        click.echo(f"kg, run from {Path(__file__).parents[2]} without being installed")
    ctx.exit()
