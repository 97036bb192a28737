"""A grade in the chat: reasons with their points and what would help, and no probability that the data do not bear out."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.answers.money import why
from bot.conversation.answers.pricing import pricing
from bot.conversation.answers.results import show_results
from bot.conversation.grade_words import grade_span, signed
from bot.conversation.rating.wording import sheet_of
from bot.conversation.terms import rates
from bot.conversation.world import World
from tests.pictures.firms import scene_of
from tests.pictures.rated import report_on

SOUND = {
    "annual_revenue": 5_000_000, "previous_revenue": 4_600_000, "operating_cost": 3_900_000, "gross_profit": 1_100_000,
    "operating_profit": 420_000, "net_profit": 340_000, "finance_cost": 30_000, "total_assets": 3_000_000, "total_liabilities": 1_100_000,
    "equity": 1_900_000, "current_assets": 1_800_000, "current_liabilities": 800_000, "inventory": 400_000, "receivables": 600_000,
}  # fmt: skip
FAILING = {
    "industry": "retail", "invoiced_sales": 30_000, "customer_count": 1, "void_invoice_rate": 0.4, "monthly_inflow_cv": 2,
    "net_profit": -500_000, "total_assets": 600_000, "total_liabilities": 900_000, "equity": -300_000, "current_assets": 100_000,
    "current_liabilities": 700_000,
}  # fmt: skip
ORDINARY = {"industry": "catering", "employees": 12, "amount_sought": 300_000, "purpose": "equipment", "monthly_debt_service": 40_000,
            "annual_revenue": 1_500_000}  # fmt: skip
ASKED = {"zh": "为什么是这个等级", "en": "why this grade"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("facts", [SOUND, FAILING, ORDINARY])
def test_each_reason_has_its_points_and_what_would_help(world: World, facts: dict[str, Any], language: str) -> None:
    scene = replace(scene_of(world, facts, language), text=ASKED[language])
    head, *lines = why(scene).replies[0].text.splitlines()
    assert str(scene.score.points) in head
    unit = " 分" if language == "zh" else " points"
    for reason, line in zip(scene.score.reasons, lines, strict=False):
        assert line.startswith("▲" if reason.points > 0 else "▼")
        assert f"{signed(reason.points)}{unit}" in line
        assert (reason.advice(language) or "") in line
    best, worst = grade_span(scene.score, world.card)
    named = len(scene.score.reasons) + (scene.score.end is not None)
    assert best == worst or f"{best} {'到' if language == 'zh' else 'to'} {worst}" in lines[named]
    weak = [
        "不管等级多少，银行都会先问：去年亏损、欠款是资产的150%。",
        "Whatever the grade, banks will ask about this first: a loss last year, owing 150% of what you own.",
    ]
    assert lines[named + (best != worst) :] == ([weak[language == "en"]] if facts is FAILING else [])


LOSS = {"industry": "industry", "employees": 28, "annual_revenue": 6_200_000, "net_profit": -450_000, "amount_sought": 40_000_000}


@pytest.mark.parametrize(
    ("language", "first", "open_"),
    [
        ("zh", "不管等级多少，银行都会先问：去年亏损、要借的钱是一年营业额的6.5倍。",
         "“净利润”还没算进等级，要和“资产总额”一起才算得出来，也说一下就能算上。"),
        ("en", "Whatever the grade, banks will ask about this first: a loss last year, asking for 6.5 times a year's revenue.",
         "Not in the grade yet: net profit. Tell me total assets as well and it counts."),
    ],
)  # fmt: skip
def test_a_grade_hides_no_loss_and_no_sum_beyond_the_firm(world: World, language: str, first: str, open_: str) -> None:
    scene = replace(scene_of(world, LOSS, language), text=ASKED[language])
    assert scene.score.grade == "A", "the points alone do not see it"
    assert why(scene).replies[0].text.splitlines()[-2:] == [first, open_]
    assert first in show_results(scene).replies[0].text
    told = replace(scene_of(world, {**LOSS, "total_assets": 5_000_000}, language), text=ASKED[language])
    assert open_ not in why(told).replies[0].text


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (SOUND, "约 0.4% 或更低", "about 0.4% or less (the data tell no lower)"),
        (FAILING, "约 30% 或更高", "about 30% or more (the data tell no higher)"),
    ],
)
def test_where_the_data_stop_it_says_so(world: World, facts: dict[str, Any], zh: str, en: str) -> None:
    for language, wanted in (("zh", zh), ("en", en)):
        scene = replace(scene_of(world, facts, language), text=ASKED[language])
        assert wanted in why(scene).replies[0].text
        assert wanted in pricing(scene).replies[0].text
        report = report_on(world, scene.dialogue.firm)
        lines = {line.label: line.value for line in sheet_of(report, language).grade.lines}  # type: ignore[union-attr]
        told = next(iter(lines.values()))
        assert re.search(r"或更[低高]|or (less|more); the data tell no", told)
        assert all("<" not in value for value in lines.values())


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (SOUND, ("风险0.19%或更低，合计约8.2%或更低", "可能到8.3%，也可能更低"), ("about 8.2% or less,", "it may be up to 8.3%, or lower")),
        (FAILING, ("风险13.49%或更高，合计约21.5%或更高", "从15.3%到21.5%，还可能更高", "利率定到15%放款人也要亏", "不会加价，而是不批"),
         ("about 21.5% or more,", "from 15.3% to 21.5%, or more", "loses even at 15%", "sooner refuse than ask more")),
        ({"annual_revenue": 90_000}, ("最高的15%", "在9.8%到17.5%之间", "优先问银行"),
         ("at 15% or above", "from 9.8% to 17.5%;", "ask banks first")),
    ],
)  # fmt: skip
def test_a_price_is_open_where_data_or_counts_end(world: World, facts: dict[str, Any], zh: tuple[str, ...], en: tuple[str, ...]) -> None:
    for language, wanted in (("zh", zh), ("en", en)):
        told = pricing(scene_of(world, facts, language)).replies[0].text
        assert [part for part in wanted if part not in told] == []


@pytest.mark.parametrize(
    ("ends", "open_ends", "zh", "en"),
    [
        (("0.0896", "0.1196"), (False, False), "8.96%–11.96%", "8.96%–11.96%"),
        (("0.0896", "0.2149"), (False, True), "8.96%–21.49%或更高", "8.96%–21.49% or more"),
        (("0.2149", "0.2149"), (False, True), "21.49%或更高", "21.49% or more"),
        (("0.0819", "0.0835"), (True, False), "8.35%或更低", "8.35% or less"),
        (("0.0819", "0.2149"), (True, True), "8.19%或更低到21.49%或更高", "8.19% or less to 21.49% or more"),
    ],
)
def test_a_rate_says_at_which_end_it_is_open(ends: tuple[str, str], open_ends: tuple[bool, bool], zh: str, en: str) -> None:
    low, high = map(Decimal, ends)
    assert (rates(low, high, "zh", open_ends), rates(low, high, "en", open_ends)) == (zh, en)


def test_an_ordinary_probability_is_told_as_it_is(world: World) -> None:
    told = pricing(scene_of(world, ORDINARY, "en")).replies[0].text
    assert "within a year is about 8.3%. " in told
    assert "the data tell" not in told


@pytest.mark.parametrize(("points", "said"), [(26.4, "+26"), (-12.0, "−12"), (0.6, "+0.6"), (-0.5, "−0.5"), (1.0, "+1")])
def test_points_have_a_sign_and_never_read_as_nothing(points: float, said: str) -> None:
    assert signed(points) == said
