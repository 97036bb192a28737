"""What an owner is shown of a photo: every figure beside its row, digit by digit, the doubtful ones first, and nothing of it kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from bot.conversation.answers.photo_rows import printed, row_sheets
from bot.conversation.heard import Heard, Reading
from bot.conversation.kept import reply_to_json
from bot.conversation.papers import Doubt, Item, paper_of
from bot.conversation.picture import picture_from_json, picture_to_json
from bot.conversation.row_sheet import RowSheet
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.store import Store
from bot.uploads.ports import Progress, Upload
from knowledge.firm import vocabulary
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence, Strip
from nlu.uploads.grid import At, Box, Cutting
from nlu.uploads.kinds import Kind

TODAY = date(2026, 11, 21)
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
WHY = Sentence("对不上。", "It does not fit.")
MONEY = [name for name, spec in vocabulary().items() if spec.type == "money"]


def strip(fact: str, shade: int) -> Strip:
    return Strip(fact, Cutting(8, 4, bytes([shade] * 96)))


def findings(facts: list[str], doubts: tuple[str, ...] = ()) -> Findings:
    """A photo of one figure a line."""
    figures = tuple(
        Figure(fact, Decimal(1000 + row), fact, (At(None, row, 1, Box(1, 0, row, 1, row)),), YEAR) for row, fact in enumerate(facts)
    )
    strips = tuple(strip(fact, row) for row, fact in enumerate(facts))
    checks = (Check("sum", False, WHY, doubts),) if doubts else ()
    return Findings(Document.INCOME_STATEMENT, figures, checks, YEAR, strips=strips)


def sheets(found: Findings, language: str = "zh") -> list[RowSheet]:
    replies = row_sheets(paper_of(found, "photo.jpg", "0" * 64, "00000000", TODAY), found.strips, language)
    return [reply.card for reply in replies if isinstance(reply.card, RowSheet)]


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        ("123000", 1, "123,000.00 元", "CNY 123,000.00"),
        ("-871616.11", 1, "-871,616.11 元", "-CNY 871,616.11"),
        ("0", 1, "0.00 元", "CNY 0.00"),
        ("1234500", 1000, "1,234.50 千元", "CNY 1,234.50 thousand"),
        ("123456.78", 10000, "12.345678 万元", "12.345678 × CNY 10,000"),
        ("3000000", 1000000, "300万元", "CNY 3 million"),
    ],
)
def test_a_figure_is_written_as_it_stands_on_the_paper(value: str, unit: int, zh: str, en: str) -> None:
    item = Item("net_profit", Decimal(value), Sentence("", ""), TODAY, unit=unit)
    assert (printed(item, "zh"), printed(item, "en")) == (zh, en)


def test_a_figure_whose_unit_is_open_is_a_bare_number() -> None:
    item = Item("net_profit", Decimal(1234), Sentence("", ""), TODAY, doubts=(Doubt("unit", WHY),))
    assert printed(item, "zh") == "1,234"


def test_a_share_is_written_as_people_read_it() -> None:
    assert printed(Item("largest_customer_share", Decimal("0.25"), Sentence("", ""), TODAY), "zh") == "25%"


def test_figures_that_wait_for_a_decision_come_first_and_are_marked() -> None:
    (sheet,) = sheets(findings(["annual_revenue", "operating_cost", "net_profit"], doubts=("net_profit",)))
    assert [(row.label, row.open) for row in sheet.rows] == [("净利润", True), ("年营业收入", False), ("营业成本", False)]
    assert sheet.document == "利润表（2025年）"
    assert sheet.part == ""


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (10, [10]), (11, [6, 5]), (21, [7, 7, 7])])
def test_long_statements_are_shown_in_even_parts_that_a_phone_can_show(count: int, sizes: list[int]) -> None:
    shown = sheets(findings(MONEY[:count]), "en")
    assert [len(sheet.rows) for sheet in shown] == sizes
    assert [sheet.part for sheet in shown] == ([""] if len(sizes) == 1 else [f"{n} of {len(sizes)}" for n in range(1, len(sizes) + 1)])
    assert len({sheet.file_name for sheet in shown}) == len(sizes)


def test_figures_that_were_read_in_one_place_stand_together() -> None:
    found = findings(["short_term_debt", "existing_loans"])
    same = Findings(
        found.document,
        tuple(Figure(figure.fact, Decimal(5), "短期借款", figure.at, YEAR) for figure in found.figures),
        period=YEAR,
        strips=tuple(strip(figure.fact, 7) for figure in found.figures),
    )
    (sheet,) = sheets(same)
    assert [row.label for row in sheet.rows] == ["短期借款、存量贷款余额"]


def test_a_file_that_was_no_photo_has_no_sheet() -> None:
    found = findings(["net_profit"])
    assert list(row_sheets(paper_of(found, "a.xlsx", "0" * 64, "00000000", TODAY), (), "zh")) == []


def test_a_sheet_comes_back_from_the_outbox_as_it_went() -> None:
    (sheet,) = sheets(findings(["annual_revenue", "net_profit"], doubts=("net_profit",)))
    assert picture_from_json(json.loads(json.dumps(picture_to_json(sheet)))) == sheet


class PhotoReader:
    """Reads one photo, whatever is sent."""

    async def read(self, upload: Upload, progress: Progress) -> Reading:
        del progress
        return Reading(Kind.JPEG, len(upload.content), findings(["annual_revenue", "net_profit"]))


async def test_the_sheet_is_sent_before_the_figures_and_nothing_of_the_photo_is_kept(world: World, store: Store) -> None:
    advisor = Advisor(store, world, None, reader=PhotoReader())
    outcome = await advisor.hear("a", Heard(file="photo.jpg"), upload=Upload("photo.jpg", b"photo"), language="en")
    shown = [isinstance(reply.card, RowSheet) for reply in outcome.replies]
    assert shown == [True, False]
    assert "Please compare" in outcome.replies[0].text
    (sheet,) = [reply.card for reply in outcome.replies if isinstance(reply.card, RowSheet)]
    pictures = [strips[0] for strips in picture_to_json(sheet)["strips"]]
    kept = json.dumps([store.transcript("a"), store.recall("a").state])
    assert sheet.file_name in kept
    assert not any(picture in kept for picture in pictures)
    assert "strips" not in reply_to_json(outcome.replies[0])["card"]
