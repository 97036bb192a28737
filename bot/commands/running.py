"""Running one command: its troubles in a line, a quiet end on Ctrl-C, and standard output for answers alone."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import typer

from bot.commands.unusable import Unusable
from bot.settings import Settings, read_settings

#: What runs the work of one command.
Run = Callable[[Callable[[Settings], Awaitable[None]]], None]


def tell(line: str) -> None:
    """Progress goes to standard error, so that standard output carries answers only."""
    print(line, file=sys.stderr, flush=True)


def run(work: Callable[[Settings], Awaitable[None]]) -> None:
    """Run a command; known troubles become one line and exit code 2, a closed pipe or Ctrl-C a quiet end."""
    from bot.commands.knowledge.loading import WouldDrop
    from bot.storage.database import DatabaseError
    from nlu.model import NluSetupError

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = read_settings()
    except ValueError as error:
        tell(f"advisor: {error}")
        raise typer.Exit(2) from None
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        asyncio.run(_until_told_to_stop(work(settings)))
    except (Unusable, DatabaseError, NluSetupError, WouldDrop) as error:
        tell(f"advisor: {error}")
        raise typer.Exit(2) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(130) from None


@contextmanager
def only_ours() -> Iterator[TextIO]:
    """Standard output for our own lines alone: what a library in C prints there goes to standard error meanwhile."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(kept), "w", encoding="utf-8") as sink:
            yield sink
    finally:
        os.dup2(kept, 1)
        os.close(kept)


async def _until_told_to_stop(work: Awaitable[None]) -> None:
    """A terminate signal unwinds like Ctrl-C does, so that the language server is stopped on the way out."""
    task = asyncio.ensure_future(work)
    for name in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    await task
