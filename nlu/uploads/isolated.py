"""What runs in the process that reads one file: it gives up what it does not need, reads, writes the findings, and ends.

What holds where: limits of memory, processor time and files by the kernel everywhere; no network by a namespace of its own where
Linux lets an ordinary process have one; and everywhere a hook that refuses sockets, programs and writing to files to anything that
goes through Python. A fault in a library of machine code is held by the first two only.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from nlu.uploads import sentences, wire
from nlu.uploads.document import UnreadableError
from nlu.uploads.read import read

_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_NO_NEW_PRIVILEGES = 38
_REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.remove", "os.rename", "os.kill")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Reads the file that stands on standard input after one line of JSON, and writes what was found to standard output."""
    answer = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints is not part of the answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    asked = json.loads(sys.stdin.buffer.readline())
    confine(memory=int(asked["memory"]), seconds=int(asked["seconds"]))
    content = sys.stdin.buffer.read()
    with answer:
        today, pictures = date.fromisoformat(asked["today"]), bool(asked["pictures"])
        answer.write(_answer(lambda: wire.written(read(content, asked["name"], today, pictures=pictures))))


def _answer(reading: Callable[[], bytes]) -> bytes:
    try:
        return reading()
    except UnreadableError as error:
        return wire.refused(error.sentence)
    except (MemoryError, RecursionError):
        return wire.refused(sentences.TOO_MUCH_WORK)
    except Exception as error:  # a fault of ours or of a library: told to the log by its place, for its words may be the owner's
        place = traceback.extract_tb(error.__traceback__)[-1]
        return wire.failed(f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}")


def confine(memory: int, seconds: int) -> bool:
    """Gives up what reading does not need, for good; whether the kernel keeps the process off every network."""
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already, or the system has no such limit
            resource.setrlimit(limit, (value, value))
    offline = _leave_network()
    sys.addaudithook(_refuse)
    return offline


def _leave_network() -> bool:
    library = ctypes.CDLL(None)
    if not hasattr(library, "unshare"):
        return False
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return any(library.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER))


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED) or (event == "open" and isinstance(given[2], int) and given[2] & _WRITING):
        raise PermissionError(f"{event} is not for reading a file")
