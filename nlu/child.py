"""A child process with a port of its own: whether it has ended, and ending it with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket


async def end(process: asyncio.subprocess.Process, goodbye_s: float) -> None:
    """Closes its input, asks it to stop, then ends its whole process group."""
    if process.stdin is not None:
        process.stdin.close()
    if not await ended(process, goodbye_s):
        _signal_group(process.pid, signal.SIGTERM)
        await ended(process, goodbye_s)
    _signal_group(process.pid, signal.SIGKILL)  # whatever it started and left behind, too
    await process.wait()


async def ended(process: asyncio.subprocess.Process, within_s: float) -> bool:
    """Whether it ends within so many seconds."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), within_s)
    return process.returncode is not None


def free_port() -> int:
    """Returns a loopback port that was free a moment ago; a start that loses it since then fails."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
