"""Files made to hurt: whether each gets its sentence, how long the worst takes, and how much memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlu.uploads.document import Sentence
from nlu.uploads.isolation import Limits
from tests.bench._lines import TODAY, Figure, Size, at_least, at_most, percentile, rounded
from tests.uploads.hostile import HOSTILE, Hostile

#: Seconds that any file may take, and files there must be.
SLOWEST, FILES = 30.0, 40


@dataclass(frozen=True)
class _Reading:
    """How a file was answered: as it should be or not, in how many seconds, with how much memory in MB."""

    answered: bool
    seconds: float
    peak: float


def run(_size: Size) -> Iterator[Figure]:
    """Every hostile file, one after another, each in a process of its own as the bot reads it."""
    with tempfile.TemporaryDirectory() as folder:
        read = [_read(hostile, Path(folder, "file")) for hostile in HOSTILE.values()]
    took = [one.seconds for one in read]
    yield at_least("files", len(read), "files", FILES)
    yield at_least("answered", rounded(sum(one.answered for one in read) / len(read)), "share", 1.0)
    yield Figure("seconds_p50", rounded(percentile(took, 50)), "s")
    yield at_most("seconds_max", rounded(max(took)), "s", SLOWEST)
    yield at_most("memory_max", rounded(max(one.peak for one in read)), "MB", rounded(Limits().memory / 2**20 * 1.1))


def _read(hostile: Hostile, path: Path) -> _Reading:
    path.write_bytes(hostile.make())
    asked = [sys.executable, "-m", "tests.bench._peak", str(path), TODAY.isoformat()]
    told = json.loads(subprocess.run(asked, check=True, capture_output=True, timeout=2 * SLOWEST).stdout)
    return _Reading(_is_right(hostile, told["found"], told["sentence"]), told["seconds"], told["peak"])


def _is_right(hostile: Hostile, found: bool, sentence: list[str] | None) -> bool:
    if sentence is None:
        return not found and not hostile.said
    return Sentence(*sentence) in hostile.said
