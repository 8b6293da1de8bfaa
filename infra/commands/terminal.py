"""How commands speak: results on standard output, the rest on standard error, no tracebacks.

Consoles are made when they are used, so that they follow a redirected output.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer.core import TyperGroup

from domain.errors import ThroughcareError
from infra.logging import configure_logging
from infra.settings import Settings, load_settings

FAILED: Final = 1
"""The exit code of a command that could not do what it was asked; 2 is wrong usage."""

_PIPE_WIDTH: Final = 160
"""Wide enough that no table is folded where nobody looks at the width."""

_LINES: Final = 10
"""How many lines a long piece of work prints where no bar can be drawn."""


class Commands(TyperGroup):
    """Commands whose expected errors are one sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the base class's types are private
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ThroughcareError as error:
            tell(str(error))
            raise typer.Exit(FAILED) from None


def group(name: str | None = None, *, help: str) -> typer.Typer:  # noqa: A002 - typer's own word
    """Return an empty group of commands."""
    return typer.Typer(
        name=name,
        help=help,
        cls=Commands,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def settings_for(process: str) -> Settings:
    """Return the settings, with logging as they ask for.

    Raises:
        InvalidSettingsError: A setting cannot be used.
    """
    settings = load_settings()
    configure_logging(settings.log, process=process)
    # What a migration does is told by the command, in one sentence.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return settings


def show(result: RenderableType) -> None:
    """Print a result, for people and for pipes."""
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    console.print(result, markup=False, soft_wrap=isinstance(result, str))


def tell(sentence: str) -> None:
    """Say what is going on, beside the results."""
    Console(file=sys.stderr, highlight=False).print(sentence, markup=False, soft_wrap=True)


@contextmanager
def progress(work: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far a long piece of work is: a bar on a terminal, a few plain lines elsewhere.

    Yields:
        A function to be told how many of `total` are done.
    """
    console = Console(file=sys.stderr, highlight=False)
    if not console.is_terminal:
        yield _lines(work, total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(work, total=total)
        yield lambda done: bar.update(task, completed=done)


def _lines(work: str, total: int) -> Callable[[int], None]:
    told = 0

    def advance(done: int) -> None:
        nonlocal told
        reached = done * _LINES // max(total, 1)
        if reached > told:
            told = reached
            tell(f"{work}: {done} of {total}")

    return advance
