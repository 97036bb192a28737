"""The plots of what figures show: drawn for a phone in both languages, every word printed, nothing over the edge."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from bot.conversation.papers import Held, paper_of
from bot.conversation.plot import Column, Plot, Row, plot_to_json
from bot.conversation.signals.gathered import Gathered, Signal, gathered
from bot.conversation.signals.plots import plot
from bot.conversation.signals.words import finding
from bot.pictures.card import WIDTH
from bot.pictures.chart import picture_png
from bot.pictures.draw import draw
from knowledge.firm import Firm
from nlu.uploads.read import read
from tests.pictures.reading import pixels, read_pdf, size_of
from tests.uploads.businesses import Business, statement
from tests.uploads.owners import OWNERS

TODAY = date(2026, 11, 21)
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
#: As many words and bars as there may be.
CROWDED = Plot(
    "en",
    "A title that is as long as titles ever get to be on a phone",
    "A finding that goes on for several lines, " * 8,
    "x.png",
    unit="thousands of something",
    columns=tuple(Column(f"{month}月", float(month - 8) * 1e9, "poor", float(month) * 1e9) for month in range(1, 25)),
    ticks=tuple((place * 1e9, f"{place}00") for place in (-10, 0, 10, 20, 30)),
    level=(5e9, "the level " * 4),
    legend=(("plain", "lately " * 3), ("faint", "before " * 3)),
    notes=("A note that goes on for long. " * 6,) * 3,
)
ROWS = Plot("zh", "客户", "很多客户", "x.png", rows=tuple(Row("名字很长很长的有限责任公司" * 2, 0.0, 1.0, "100%") for _ in range(8)))


@pytest.fixture(scope="module")
def whole() -> Gathered:
    firm, papers = Firm(), []
    for number, content in enumerate((statement(Business()), OWNERS["invoices"](), OWNERS["statements"]())):
        paper = paper_of(read(content, "x", TODAY), "x", f"{number:08}" * 8, "b", TODAY)
        papers.append(paper.holding([item.fact for item in paper.items], Held.FILE))
        firm = firm.having(*(item.as_fact() for item in paper.items))
    return gathered(papers, firm, TODAY)


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060]", "", text)


def words_of(made: Plot) -> list[str]:
    """Every text that is on a plot."""
    rows = [text for row in made.rows for text in (row.label, row.text)]
    labels = [one.label for one in (*made.columns, *made.points)]
    level = [made.level[1]] if made.level else []
    return [made.title, made.finding, made.unit, *rows, *labels, *level, *(name for _, name in (*made.ticks, *made.legend)), *made.notes]


@BOTH
@pytest.mark.parametrize("signal", Signal)
def test_every_word_of_a_plot_is_printed(whole: Gathered, signal: Signal, language: str) -> None:
    made = plot(signal, whole, finding(signal, whole, language, "存货质押"), language)
    printed = read_pdf(draw("plot", {"plot": plot_to_json(made)}, "pdf", archival=True)).text
    assert [text for text in words_of(made) if bare(text) not in printed] == []


@BOTH
@pytest.mark.parametrize("signal", Signal)
def test_a_plot_is_drawn_for_a_phone(whole: Gathered, signal: Signal, language: str) -> None:
    made = plot(signal, whole, finding(signal, whole, language, "存货质押"), language)
    width, height = size_of(picture_png(made))
    assert width == WIDTH
    assert height <= 2 * WIDTH


@pytest.mark.parametrize("made", [CROWDED, ROWS])
def test_nothing_runs_over_the_edge(made: Plot) -> None:
    drawn = pixels(picture_png(made))
    edges = np.concatenate([drawn[:, :12], drawn[:, -12:]], axis=1).reshape(-1, drawn.shape[-1])
    assert len(np.unique(edges, axis=0)) == 2, "only the head's and the paper's colour"


@pytest.mark.parametrize("values", [(0.0,), (0.0, 0.0), (-3.0, 5.0), (5.0,) * 24])
def test_any_columns_are_drawn(values: tuple[float, ...]) -> None:
    made = Plot(
        "zh", "题", "话", "x.png", columns=tuple(Column("1月", value) for value in values), ticks=((-5.0, "-5"), (0.0, "0"), (5.0, "5"))
    )
    assert size_of(picture_png(made))[0] == WIDTH


def test_an_owners_words_are_text() -> None:
    made = Plot("zh", "#panic(1)", "*x* $y$ \\ `z`", "x.png", rows=(Row('#import "a"', 0.0, 0.5, "<b>"),))
    printed = read_pdf(draw("plot", {"plot": plot_to_json(made)}, "pdf")).text
    assert all(bare(text) in printed for text in words_of(made))
