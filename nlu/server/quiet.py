"""What both programs of this room do first: no telemetry, no chatter, no graphics card, and an end with the parent."""

from __future__ import annotations

import logging
import os
import select
import signal
import threading
import time
import warnings
from typing import BinaryIO

_SETTINGS = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",  # Rasa would copy training results beside the project
    "SANIC_WORKERS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "MPLBACKEND": "Agg",
}
_PARENT_CHECK_S = 1.0


def prepare() -> None:
    """Sets the process up for a quiet Rasa; must run before anything imports it."""
    os.environ.update(_SETTINGS)
    # Some libraries put their own filters back; what is never shown needs no filter.
    warnings.showwarning = lambda *_, **__: None
    logging.disable(logging.WARNING)
    import structlog

    # Rasa's own events go past `logging`, and at their lowest level they hold what the owner wrote.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def end_with_parent(stdin: BinaryIO) -> None:
    """Watches from a thread for the end of `stdin` or of the parent, then kills this process and its group.

    A pipe closes however its writer dies, SIGKILL included. The parent's id is watched too, because a sibling may
    have inherited the writing end.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            readable, _, _ = select.select([stdin], [], [], _PARENT_CHECK_S)
            if readable and not os.read(stdin.fileno(), 4096):
                break
        # Started by hand the group may be the shell's own, which is not ours to end.
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def end_with_main_process() -> None:
    """Watches from a thread of a worker for the end of the process that made it, then ends the worker.

    A worker's standard input is not the server's, so that it cannot watch the pipe itself.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_CHECK_S)
        os._exit(0)

    threading.Thread(target=watch, name="main-process-watch", daemon=True).start()


def read_line(stdin: BinaryIO) -> str:
    """Reads one line byte by byte, so that nothing is left in a buffer that `select` cannot see."""
    line = bytearray()
    while (byte := os.read(stdin.fileno(), 1)) not in (b"", b"\n"):
        line += byte
    return line.decode("utf-8").strip()
