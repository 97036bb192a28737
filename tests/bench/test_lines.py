"""The benchmarks' promise to scripts: the form of a line, what is on standard output, and the exit statuses."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.__main__ import names, run_apart
from tests.bench._lines import DATA_VARIABLE, PROJECT, Figure, Missing, Size, at_least, at_most, data_file, percentile

Ran = subprocess.CompletedProcess[str]
Bench = Callable[..., Ran]

_MAIN = """
import sys
from pathlib import Path
from tests.bench.__main__ import main
raise SystemExit(main(sys.argv[1:], "dummies", Path(__file__).parent))
"""
_DUMMIES = {
    "__main__": _MAIN,
    "_shared": "",
    "test_of_ours": "",
    "fine": """
        from tests.bench._lines import Figure, at_most
        def run(size):
            print("a library chatters")
            yield at_most("p50", size.pick(2, 7), "ms", 5, "什么都不做")
            yield Figure("count", 3, "rows")
        """,
    "hungry": """
        from tests.bench._lines import Figure, data_file
        def run(size):
            yield Figure("bytes", data_file("nlu/x.csv").stat().st_size, "bytes")
        """,
    "broken": """
        def run(size):
            raise ValueError("no")
            yield
        """,
    "slow": """
        import time
        def run(size):
            time.sleep(60)
            yield
        """,
}


@pytest.fixture
def dummies(tmp_path: Path) -> Callable[..., Path]:
    def write(*wanted: str) -> Path:
        folder = tmp_path / "dummies"
        folder.mkdir()
        for name in ("__main__", *wanted):
            text = _DUMMIES[name]
            (folder / f"{name}.py").write_text("\n".join(line.removeprefix(" " * 8) for line in text.splitlines()), "utf-8")
        return tmp_path

    return write


@pytest.fixture
def bench(dummies: Callable[..., Path]) -> Bench:
    """Runs a runner over the dummies named, as a script would."""

    def run(*wanted: str, call: tuple[str, ...] = (), **variables: str) -> Ran:
        path = os.pathsep.join((str(dummies(*wanted)), str(PROJECT)))
        clean = {name: value for name, value in os.environ.items() if name not in ("SIZE", DATA_VARIABLE)}
        command = [sys.executable, "-m", "dummies", *call]
        return subprocess.run(
            command,
            cwd=PROJECT,
            env={**clean, "PYTHONPATH": path, **variables},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def test_each_figure_is_one_line_and_nothing_else_is_printed(bench: Bench) -> None:
    ran = bench("fine", call=("fine",))
    assert ran.returncode == 0
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [
        {"bench": "fine", "figure": "p50", "value": 2, "unit": "ms", "target": 5, "ok": True, "versus": "什么都不做"},
        {"bench": "fine", "figure": "count", "value": 3, "unit": "rows", "target": None, "ok": None, "versus": None},
    ]
    assert "a library chatters" in ran.stderr


def test_a_missed_target_is_told_and_is_no_failure(bench: Bench) -> None:
    ran = bench("fine", call=("fine",), SIZE="full")
    first = json.loads(ran.stdout.splitlines()[0])
    assert (ran.returncode, first["value"], first["ok"]) == (0, 7, False)


@pytest.mark.parametrize(
    ("call", "variables", "status", "says"),
    [
        (("nonsense",), {}, 2, "bench: unknown benchmark 'nonsense'; known: fine, hungry"),
        (("_shared",), {}, 2, "bench: unknown benchmark '_shared'; known: fine, hungry"),
        (("test_of_ours",), {}, 2, "bench: unknown benchmark 'test_of_ours'; known: fine, hungry"),
        (("fine", "hungry"), {}, 2, "bench: unknown benchmark 'fine hungry'; known: fine, hungry"),
        (("fine",), {"SIZE": "huge"}, 2, "bench: SIZE is short or full, not 'huge'"),
        (("hungry",), {}, 3, "bench: hungry: set ADVISOR_BENCH_DATA to the folder that holds nlu/x.csv"),
        (
            ("hungry",),
            {DATA_VARIABLE: "."},
            3,
            "bench: hungry: nlu/x.csv is not in the folder that ADVISOR_BENCH_DATA names",
        ),
    ],
)
def test_what_cannot_run_says_why_in_one_line(
    bench: Bench, call: tuple[str, ...], variables: dict[str, str], status: int, says: str
) -> None:
    ran = bench("fine", "hungry", "_shared", "test_of_ours", call=call, **variables)
    assert (ran.returncode, ran.stdout, ran.stderr.splitlines()) == (status, "", [says])


def test_data_is_found_where_the_variable_says(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "x.csv").write_text("12345")
    ran = bench("hungry", call=("hungry",), **{DATA_VARIABLE: str(tmp_path)})
    assert (ran.returncode, json.loads(ran.stdout)["value"]) == (0, 5)


def test_all_leaves_out_what_lacks_its_data(bench: Bench) -> None:
    ran = bench("fine", "hungry")
    assert ran.returncode == 0
    assert [json.loads(line)["bench"] for line in ran.stdout.splitlines()] == ["fine", "fine"]
    assert "bench: hungry: set" in ran.stderr


def test_all_goes_on_after_one_that_breaks_and_says_so(bench: Bench) -> None:
    ran = bench("broken", "fine")
    assert (ran.returncode, len(ran.stdout.splitlines())) == (1, 2)
    assert "ValueError: no" in ran.stderr


def test_a_benchmark_is_ended_at_its_limit(
    dummies: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(dummies("slow")), str(PROJECT))))
    start = time.monotonic()
    assert run_apart("slow", 1.0, "dummies") == 1
    assert time.monotonic() - start < 30
    assert capfd.readouterr().err == "bench: slow: stopped after 1 s\n"


def test_the_projects_own_benchmarks_are_the_modules_beside_this_test() -> None:
    assert set(names()) >= {"turn", "parse", "banking77", "match", "search", "score", "quantities"}
    assert not [name for name in names() if name.startswith(("_", "test_"))]


@pytest.mark.parametrize(("value", "under", "over"), [(4.9, True, False), (5.0, True, True), (5.1, False, True)])
def test_a_target_is_met_at_its_bound(value: float, under: bool, over: bool) -> None:
    assert at_most("x", value, "ms", 5.0).ok is under
    assert at_least("x", value, "1/s", 5.0).ok is over


def test_a_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError):
        Figure("x", math.nan, "ms").line("b")


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([3.0], 50, 3.0),
        ([4.0, 1.0], 50, 1.0),
        ([4.0, 1.0], 51, 4.0),
        ([float(n) for n in range(1, 101)], 99, 99.0),
        ([2.0, 1.0], 100, 2.0),
    ],
)
def test_percentiles_are_values_that_were_measured(values: list[float], percent: float, expected: float) -> None:
    assert percentile(values, percent) == expected


def test_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError):
        percentile([], 50)


def test_sizes() -> None:
    assert (Size().pick(1, 9), Size(full=True).pick(1, 9)) == (1, 9)


def test_an_empty_variable_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, "")
    with pytest.raises(Missing, match="set ADVISOR_BENCH_DATA"):
        data_file("nlu/x.csv")
