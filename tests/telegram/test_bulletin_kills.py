"""A bulletin through the sender while that is killed with -9 again and again, the clock running ten times as fast."""

from __future__ import annotations

from pathlib import Path

from tests.bench.bulletin import broadcast

FIRMS, KILLS, FASTER = 400, 5, 10


async def test_nothing_is_lost_refused_or_told_twice_beyond_what_was_in_flight(tmp_path: Path) -> None:
    figures = {figure.figure: figure for figure in await broadcast(FIRMS, KILLS, FASTER, tmp_path / "advisor.db")}
    assert figures["kills"].value == KILLS
    for name in ("delivered", "lost", "duplicates", "refused_by_rate", "report_off_by"):
        assert figures[name].ok, figures[name]
