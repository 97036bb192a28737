"""Temporary files of tests live in memory where the machine has enough: no test is about the speed of a disk, and waiting for one
took longer than most of what is tested."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_SHARED_MEMORY = Path("/dev/shm")
_ENOUGH = 2 << 30  # bytes; a whole run leaves less than a tenth of it behind at any time


def use_memory_for_temporary_files() -> None:
    """For this process and those it starts. Whoever has set TMPDIR knows better."""
    if "TMPDIR" not in os.environ and _usable(_SHARED_MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(_SHARED_MEMORY)


def _usable(folder: Path) -> bool:
    try:
        there = os.statvfs(folder)
    except OSError:
        return False
    programs_may_run = not there.f_flag & os.ST_NOEXEC
    return programs_may_run and os.access(folder, os.W_OK) and there.f_bavail * there.f_frsize >= _ENOUGH
