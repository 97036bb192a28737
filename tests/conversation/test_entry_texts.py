"""What an owner reads of an entry: ranges where sources disagree, what holds now, and what a lender offers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from bot.conversation.render import brief, detail, match_lines, prose, standing_line
from bot.conversation.sources import source_named, validity
from bot.matching.match import match_one
from knowledge.authoring.diff import raw_of
from knowledge.conditions import leaves
from knowledge.eligibility import Status
from knowledge.entries import Entry, Standing
from knowledge.firm import Firm
from tests.shipped import shipped

PACK = shipped()
DAY = date(2026, 11, 21)


def told(entry_id: str, language: str) -> str:
    return detail(match_one(PACK, PACK[entry_id], {}, DAY, None), language, DAY, PACK)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", ("新招比例 15%", "到 2023 年底", "现在 10%", "小微企业创业担保贷款")),
        ("en", ("15% new hires", "until the end of 2023", "now 10%")),
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


#: Rules without a single fact in them: whatever a firm tells, somebody has to look.
BY_HAND_ALONE = {
    "prd-baoduicang": ("厂家愿不愿意承诺回购没卖掉的货", "whether the maker undertakes to buy back unsold goods"),
    "prd-bocom-dlc": ("有没有真实的国内贸易合同", "whether there is a genuine domestic trade contract"),
    "prg-online-lending": ("放款方是不是持牌机构", "whether whoever lends holds a licence"),
}


def test_these_are_all_that_no_fact_can_settle() -> None:
    rules = [entry for entry in PACK if entry.rule is not None and entry.audience == "owner" and entry.standing(DAY) is Standing.IN_FORCE]
    assert {entry.id for entry in rules if entry.rule is not None and not list(leaves(entry.rule))} == set(BY_HAND_ALONE)


@pytest.mark.parametrize("entry_id", BY_HAND_ALONE)
@pytest.mark.parametrize("facts", [{}, {"region": "350100", "industry": "retail", "employees": 9, "annual_revenue": 900_000}])
def test_what_only_a_person_can_check_is_never_a_yes_or_a_no(entry_id: str, facts: dict[str, Any]) -> None:
    match = match_one(PACK, PACK[entry_id], Firm.of(facts, DAY), DAY, None)
    zh, en = BY_HAND_ALONE[entry_id]
    assert (match.status, match.judgement.missing) == (Status.UNKNOWN, ())
    for render in (detail, brief):
        assert f"还不能确定：需要有人核实{zh}\n" in render(match, "zh", DAY, PACK)
        assert f"Cannot tell yet: a person has to check {en}\n" in render(match, "en", DAY, PACK)
    assert f"还不能确定：需要有人核实{zh}" in "".join(match_lines(match, "zh", DAY, PACK))


def test_a_date_that_an_age_leaves_open_is_for_a_person_to_check() -> None:
    """Two years on 21 November 2026: founded between 22 October and 21 November 2024."""
    when = {"fact": "founded", "until": "2024-11-01"}
    entry = Entry.model_validate(raw_of(PACK, "sub-fj-tech-transform") | {"when": when, "region": {"within": "100000"}, "cases": []})
    match = match_one(PACK, entry, Firm.of({"age_months": 24}, DAY), DAY, None)
    assert standing_line(match, "zh", PACK) == "还不能确定：需要有人核实成立日期不晚于2024年11月1日"
    assert standing_line(match, "en", PACK) == "Cannot tell yet: a person has to check founding date on or before 1 November 2024"


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        ({"existing_loans": 0}, "有存量贷款", "a loan to renew"),
        ({"existing_loans": 100_000, "legal_form": "sole_trader"}, "到期前申请、信用状况良好", "apply before it falls due, good credit"),
        ({"existing_loans": 100_000, "legal_form": "sole_trader", "loan_matures_in_days": 30, "blacklisted": False},
         "个体工商户、有存量贷款、到期前申请、信用状况良好", "sole trader, a loan to renew, apply before it falls due, good credit"),
    ],
)  # fmt: skip
def test_what_decided_is_told_in_the_words_of_the_document(facts: dict[str, Any], zh: str, en: str) -> None:
    entry = PACK["prg-renewal-2024-13"]
    match = match_one(PACK, entry, Firm.of(facts, DAY), DAY, None)
    assert f"\n文件里的说法：{zh}\n" in detail(match, "zh", DAY, PACK)
    assert f"\nIn the document's words: {en}\n" in detail(match, "en", DAY, PACK)
    assert entry.source.number
    assert entry.source.number in detail(match, "en", DAY, PACK)


@pytest.mark.parametrize(
    ("entry_id", "zh", "en"),
    [
        ("prg-renewal-2024-13", "来源：金融监管总局 金规〔2024〕13号（2024-09-24）",
         "Source: National Financial Regulatory Administration, “Notice on loan renewal for small and micro firms” "
         "(金规〔2024〕13号, 2024-09-24)"),
        ("tax-fi-interest-vat-100", "来源：财政部 税务总局公告2023年第13号",
         "Source: Ministry of Finance and State Taxation Administration, “Announcement on tax policies that support the financing of small "
         "firms” (财政部 税务总局公告2023年第13号)"),
        ("gua-fee-reward", "来源：财政部、工业和信息化部 财建〔2021〕106号；财建〔2023〕103号（2023-05-31）",
         "Source: Ministry of Finance and Ministry of Industry and Information Technology, “Notice on SME development funds for lower "
         "guarantee fees” (财建〔2021〕106号, 财建〔2023〕103号, 2023-05-31)"),
        ("prd-icbc-wangdaitong", "来源：中国工商银行《网贷通产品介绍》", "Source: ICBC, “Online revolving loan”"),
    ],
)  # fmt: skip
def test_a_source_names_its_document(entry_id: str, zh: str, en: str) -> None:
    assert (source_named(PACK[entry_id], "zh"), source_named(PACK[entry_id], "en")) == (zh, en)


def test_in_english_a_source_is_chinese_in_its_number_only() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    for entry in PACK:
        told = source_named(entry, "en").replace((entry.source.number or "-").replace("；", ", "), "")
        assert not han.search(told), told
        assert not re.search(r"\b(NFRA|PBoC|MIIT|NDRC|CBIRC)\b", told), told


def test_what_has_ended_promises_no_money() -> None:
    facts = Firm.of({"amount_sought": 300_000, "region": "350100", "legal_form": "sole_trader"}, DAY)
    ended = PACK["sub-fj-tizhizengchan-2023-3"]
    text = detail(match_one(PACK, ended, facts, DAY, None), "en", DAY, PACK)
    assert "you need" not in text
    assert "no end date" not in text
    assert text.splitlines()[0] == ended.name.en
    assert text.splitlines()[2].startswith("No longer in force; see")
