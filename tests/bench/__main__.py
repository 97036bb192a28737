"""Runs the benchmarks: `python -m tests.bench [NAME]`. One JSON line for each figure on standard output, nothing else.

Exit status: 0 when it ran, whatever the figures say; 1 when a benchmark broke off; 2 for an unknown name or size;
3 when the one benchmark asked for lacks its data. Every benchmark runs in a process of its own under a time limit.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from tests.bench._lines import PROJECT, Figure, Missing, Size

HERE = Path(__file__).resolve().parent
RAN, BROKE, UNUSABLE, NO_DATA = 0, 1, 2, 3
#: Seconds: all benchmarks at the short size, and one of them. The record's size has no limit.
ALL_AT_MOST, ONE_AT_MOST = 29 * 60.0, 10 * 60.0


def names(folder: Path = HERE) -> list[str]:
    """The benchmarks there are: every module of the folder that is neither shared code (`_`) nor a test."""
    return sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith(("_", "test_")))


def main(arguments: list[str], package: str = "tests.bench", folder: Path = HERE) -> int:
    """Run the benchmark named, or all of them; returns the exit status."""
    known, wanted = names(folder), os.environ.get("SIZE") or "short"
    if len(arguments) > 1 or not set(arguments) <= set(known):
        return _tell(f"unknown benchmark {' '.join(arguments)!r}; known: {', '.join(known)}", UNUSABLE)
    if wanted not in ("short", "full"):
        return _tell(f"SIZE is short or full, not {wanted!r}", UNUSABLE)
    size = Size(full=wanted == "full")
    return run_one(arguments[0], size, package) if arguments else _run_all(known, size, package)


def run_one(name: str, size: Size, package: str = "tests.bench") -> int:
    """Run one benchmark in this process and print its figures as they come."""
    printed, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints stays off standard output
    try:
        for figure in _figures(importlib.import_module(f"{package}.{name}"), size):
            print(figure.line(name), file=printed, flush=True)
    except Missing as error:
        return _tell(f"{name}: {error}", NO_DATA)
    finally:
        sys.stdout = printed
    return RAN


def _figures(module: ModuleType, size: Size) -> Iterator[Figure]:
    run: Callable[[Size], Iterator[Figure]] = module.run
    return run(size)


def _run_all(known: list[str], size: Size, package: str) -> int:
    """Run every benchmark in turn; one that lacks its data or breaks off does not stop the next."""
    end, statuses = time.monotonic() + ALL_AT_MOST, []
    for name in known:
        limit = None if size.full else min(ONE_AT_MOST, end - time.monotonic())
        statuses.append(run_apart(name, limit, package))
    return BROKE if set(statuses) - {RAN, NO_DATA} else RAN


def run_apart(name: str, limit: float | None, package: str = "tests.bench") -> int:
    """Run one benchmark in a process of its own, ended after `limit` seconds; returns its exit status."""
    if limit is not None and limit <= 0:
        return _tell(f"{name}: no time left", BROKE)
    with subprocess.Popen([sys.executable, "-m", package, name], cwd=PROJECT, process_group=0) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return _tell(f"{name}: stopped after {limit:.0f} s", BROKE)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _tell(line: str, status: int) -> int:
    print(f"bench: {line}", file=sys.stderr, flush=True)
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
