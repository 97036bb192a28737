"""A file from a stranger is read in a process of its own, which may fail, hang or be taken over without anything else noticing.

The process is started afresh for each file, with nothing in its environment; what it gives up is in `isolated`. Here its time is kept,
and what it answers is taken for what a stranger says.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

from nlu.uploads import sentences, wire
from nlu.uploads.document import Findings, UnreadableError
from nlu.uploads.kinds import kind_of
from nlu.uploads.opening.limits import LARGEST_FILE
from nlu.uploads.photos import PHOTOS, is_installed

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from nlu.uploads.isolated import main; main()"
_CHUNK = 64 * 1024
#: Bytes of an answer: the figures of 50,000 rows, each with its cells, stay below.
_LONGEST_ANSWER = 32 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one file may take: bytes of address space, seconds of processor time, and seconds in all."""

    memory: int = 1024**3
    processor: int = 20
    seconds: float = 25.0


#: Recognising the characters of a picture needs its models in memory, and some seconds a page of both processors.
PHOTO_LIMITS = Limits(memory=3 * 1024**3, processor=50, seconds=28.0)
#: Each loop's turn to recognise characters: one picture at a time, as each takes all processors and a gigabyte of memory.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def read_isolated(content: bytes, name: str, today: date, limits: Limits | None = None) -> Findings:
    """What a file states; see `read`. Raises UnreadableError, whatever the file did to its reader.

    Takes the seconds of the limits at most, or of PHOTO_LIMITS once it is a photo's or a scan's turn where those can be read.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableError(sentences.TOO_BIG)
    if not is_installed() or kind_of(content) not in PHOTOS:
        try:
            return await _read(content, name, today, limits or Limits())
        except UnreadableError as error:
            if error.sentence not in (sentences.PICTURE, sentences.ONLY_PICTURES):
                raise
            if not is_installed():
                _log.warning("a photo or scan was not read: `make photos` installs what that needs")
                raise
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        return await _read(content, name, today, limits or PHOTO_LIMITS, pictures=True)


async def _read(content: bytes, name: str, today: date, limits: Limits, pictures: bool = False) -> Findings:
    asked = {"name": name, "today": today.isoformat(), "memory": limits.memory, "seconds": limits.processor, "pictures": pictures}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, str(_ROOT)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limits.seconds):
            answer, _ = await asyncio.gather(_answer(process), _feed(process, json.dumps(asked).encode() + b"\n", content))
            status = await process.wait()
    except TimeoutError:
        _log.warning("reading a file took more than %s s", limits.seconds)
        raise UnreadableError(sentences.TOO_MUCH_WORK) from None
    finally:
        await _end(process)
    return _findings(answer, status)


def _findings(answer: bytes, status: int) -> Findings:
    if status < 0:
        # Killed by a signal: out of memory, out of time, or a fault in a library.
        _log.warning("reading a file was ended by %s", signal.Signals(-status).name)
        raise UnreadableError(sentences.TOO_MUCH_WORK)
    try:
        return wire.taken(answer)
    except wire.GarbledError as error:
        _log.warning("reading a file ended with status %d and no findings (%s)", status, error)
        raise UnreadableError(sentences.FAILED) from None


async def _feed(process: asyncio.subprocess.Process, *pieces: bytes) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended before it had read everything
        for piece in pieces:
            process.stdin.write(piece)
            await process.stdin.drain()
    process.stdin.close()


async def _answer(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    pieces, length = [], 0
    while piece := await process.stdout.read(_CHUNK):
        length += len(piece)
        if length > _LONGEST_ANSWER:
            _kill(process)
            return b""
        pieces.append(piece)
    return b"".join(pieces)


def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


async def _end(process: asyncio.subprocess.Process) -> None:
    """The process and whatever it started are gone, and its pipes closed."""
    if process.returncode is None:
        _kill(process)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    while await process.stdout.read(_CHUNK):
        pass
    await process.wait()
