"""`advisor rates`: the plot of rates with a lender's own costs, as a picture for a report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

from bot.conversation.answers.pricing import band_middles, chart_of
from bot.conversation.texts import say
from bot.pictures.chart import chart_drawn
from scoring.card import default_card
from scoring.quote import ASSUMPTIONS


def rate_plot(kind: Literal["png", "svg"], language: str, funding: float, operating: float, lgd: float) -> bytes:
    """The plot for a lender with these yearly costs (fractions); default probabilities are the middles of the card's grades."""
    money, running, loss = (Decimal(str(value)) for value in (funding, operating, lgd))
    costs = replace(ASSUMPTIONS, funding=money, operating=running, lgd=loss)
    names = {grade: say("chart_grade", language, grade=grade) for grade in "ABC"}
    return chart_drawn(chart_of(language, band_middles(default_card()), names, costs), kind)


def write_plot(path: Path, language: str, funding: float, operating: float, lgd: float) -> None:
    """Write the plot as the ending of the file's name says. Raises `ValueError` for any other ending."""
    ending = path.suffix.lower()
    if ending not in (".png", ".svg"):
        raise ValueError(f"{path.name}: a picture ends in .svg or .png")
    path.write_bytes(rate_plot("png" if ending == ".png" else "svg", language, funding, operating, lgd))
