"""What an owner reads of an entry: ranges where sources disagree, what holds now, and what a lender offers."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.render import detail, prose, validity
from bot.matching.match import match_one
from knowledge.pack import load_pack

PACK = load_pack()
DAY = date(2026, 11, 21)


def told(entry_id: str, language: str) -> str:
    return detail(match_one(PACK, PACK[entry_id], {}, DAY, None), language, DAY, PACK)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", ("新招比例 15%", "到 2023 年底", "现在 10%", "小微企业创业担保贷款")),
        ("en", ("15 % new hires", "until the end of 2023", "now 10 %")),
    ],
)
def test_who_heard_of_the_old_terms_is_told_what_holds_now(language: str, expected: tuple[str, ...]) -> None:
    text = told("sub-startup-loan-old", language)
    for words in expected:
        assert words in text


@pytest.mark.parametrize(
    ("language", "amount", "term"),
    [
        ("zh", "100万元（也有资料写500万元）", "6个月（也有资料写1年）"),
        ("en", "CNY 1 million (CNY 5 million in some sources)", "6 months (1 year in some sources)"),
    ],
)
def test_disputed_figures_are_a_range(language: str, amount: str, term: str) -> None:
    entry = PACK["prd-icbc-jingying"]
    text = prose(entry, entry.summary[language], language)
    assert amount in text
    assert term in text


@pytest.mark.parametrize(("language", "head"), [("zh", "它家的产品："), ("en", "What it offers: ")])
def test_a_lender_tells_its_products(language: str, head: str) -> None:
    text = told("len-icbc", language)
    assert head in text
    for product in PACK["len-icbc"].products:
        assert PACK[product].name[language] in text
    assert head not in told("prd-icbc-jingying", language)


def test_the_fee_of_a_presale_is_told() -> None:
    assert "10%" in told("prg-crowdfunding-presale", "zh")


@pytest.mark.parametrize(("left", "soon"), [(45, True), (46, False), (0, True)])
def test_an_end_is_announced_from_forty_five_days_before(left: int, soon: bool) -> None:
    entry = PACK["sub-service-loan-2026"]
    today = date.fromordinal(date(2026, 12, 31).toordinal() - left)
    assert (entry.ends_soon(today) is not None) is soon
    assert (str(left) in validity(entry, "en", today).replace("2026-12-31", "")) is soon
