"""`advisor rates`: the plot with a lender's own costs, in the format that the file's name asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.rates import rate_plot, write_plot
from bot.pictures.card import WIDTH
from tests.pictures.reading import size_of


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<svg"), ("a.PNG", b"\x89PNG")])
def test_the_ending_says_the_format(tmp_path: Path, name: str, begins: bytes) -> None:
    write_plot(tmp_path / name, "zh", 0.05, 0.03, 0.45)
    assert (tmp_path / name).read_bytes().lstrip().startswith(begins)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.pdf"):
        write_plot(tmp_path / "a.pdf", "zh", 0.05, 0.03, 0.45)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("costs", [(0.0, 0.0, 0.0), (0.02, 0.01, 0.45), (0.9, 0.03, 0.45)])
def test_any_costs_make_a_plot(costs: tuple[float, float, float]) -> None:
    assert size_of(rate_plot("png", "en", *costs))[0] == WIDTH


def test_costs_move_the_curves() -> None:
    assert rate_plot("svg", "en", 0.05, 0.03, 0.45) != rate_plot("svg", "en", 0.02, 0.03, 0.45)
