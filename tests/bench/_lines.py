"""What every benchmark shares: the figure it reports, its size, percentiles, and data kept outside the project."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PROJECT = Path(__file__).resolve().parents[2]
DATA_VARIABLE = "ADVISOR_BENCH_DATA"
#: The day benchmarks take it to be, so that the same entries are in force in every run.
TODAY = date(2026, 11, 21)


class Missing(Exception):
    """A benchmark lacks something it needs; the message says in one line what and how to provide it."""


@dataclass(frozen=True)
class Figure:
    """One measured figure. `target` and `ok` are None without a target; `versus` names the yardstick of the same run."""

    figure: str
    value: float
    unit: str
    target: float | None = None
    ok: bool | None = None
    versus: str | None = None

    def line(self, bench: str) -> str:
        """The figure as its JSON line."""
        return json.dumps({"bench": bench, **asdict(self)}, ensure_ascii=False, allow_nan=False)


def at_most(figure: str, value: float, unit: str, target: float, versus: str | None = None) -> Figure:
    """A figure whose target is an upper bound."""
    return Figure(figure, value, unit, target, value <= target, versus)


def at_least(figure: str, value: float, unit: str, target: float, versus: str | None = None) -> Figure:
    """A figure whose target is a lower bound."""
    return Figure(figure, value, unit, target, value >= target, versus)


@dataclass(frozen=True)
class Size:
    """How much a benchmark does: the short size by default, the record's size with SIZE=full."""

    full: bool = False

    def pick(self, short: int, full: int) -> int:
        """The number that belongs to this size."""
        return full if self.full else short


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of a hundred values do not exceed (nearest rank, no interpolation)."""
    if not values or not 0 < percent <= 100:
        raise ValueError("a percentile needs values and a rank above 0 and up to 100")
    return sorted(values)[math.ceil(percent / 100 * len(values)) - 1]


def rounded(value: float) -> float:
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")


def ms(seconds: float) -> float:
    """Seconds as milliseconds."""
    return rounded(seconds * 1000)


def timed(work: Callable[[T], object], items: Iterable[T], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Seconds that each call took by a clock."""
    took = []
    for item in items:
        start = clock()
        work(item)
        took.append(clock() - start)
    return took


def data_file(path: str) -> Path:
    """A file of the data folder that is not part of the project. Raises Missing."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        raise Missing(f"set {DATA_VARIABLE} to the folder that holds {path}")
    file = Path(folder, path)
    if not file.is_file():
        raise Missing(f"{path} is not in the folder that {DATA_VARIABLE} names")
    return file


def owners_texts() -> list[str]:
    """What owners write, in Chinese and English: the texts the project develops against, used here as load only."""
    lines = (PROJECT / "nlu" / "linking" / "messages" / "understanding_dev.jsonl").read_text("utf-8").splitlines()
    return [str(json.loads(line)["text"]) for line in lines if line.strip()]
