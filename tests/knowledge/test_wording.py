"""Values and rules as owners read them, in both languages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.conditions import OPERATORS, Finding, try_on
from knowledge.derived import DERIVED
from knowledge.firm import FactType, spec_of, vocabulary
from knowledge.formats import fact_label, fact_value, file_size, money, months, percent, plain, points, rough_money
from knowledge.reading import read_condition
from knowledge.wording import reason, requirement

DAY = date(2026, 11, 21)

D = Decimal
LANGUAGES = st.sampled_from(["zh", "en"])

# -- values ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (D(0), "0元", "CNY 0"),
        (D("0.01"), "0.01元", "CNY 0.01"),
        (D(1), "1元", "CNY 1"),
        (D("1234.5"), "1,234.50元", "CNY 1,234.50"),
        (D(9_999), "9,999元", "CNY 9,999"),
        (D(10_000), "1万元", "CNY 10,000"),
        (D("10000.01"), "10,000.01元", "CNY 10,000.01"),
        (D(10_100), "1.01万元", "CNY 10,100"),
        (D(10_001), "10,001元", "CNY 10,001"),
        (D(500_000), "50万元", "CNY 500,000"),
        (D("5E+5"), "50万元", "CNY 500,000"),
        (D(999_999), "999,999元", "CNY 999,999"),
        (D(1_000_000), "100万元", "CNY 1 million"),
        (D(2_800_000), "280万元", "CNY 2.8 million"),
        (D(12_345_678), "12,345,678元", "CNY 12,345,678"),
        (D(99_990_000), "9999万元", "CNY 99.99 million"),
        (D(100_000_000), "1亿元", "CNY 100 million"),
        (D(120_000_000), "1.2亿元", "CNY 120 million"),
        (D(123_450_000), "12345万元", "CNY 123.45 million"),
        (D(1_000_000_000), "10亿元", "CNY 1 billion"),
        (D(-500_000), "-50万元", "-CNY 500,000"),
        (D("-0.5"), "-0.50元", "-CNY 0.50"),
    ],
)
def test_money(yuan: Decimal, zh: str, en: str) -> None:
    assert (money(yuan, "zh"), money(yuan, "en")) == (zh, en)


_UNITS = {"元": 1, "万元": 10**4, "亿元": 10**8, "": 1, "million": 10**6, "billion": 10**9}


def amount_of(text: str) -> Decimal:
    """The amount a shown sum says; a second reading, independent of how it was written."""
    found = re.fullmatch(r"(-?)(?:CNY )?([0-9,.]+) ?(元|万元|亿元|million|billion|)", text)
    assert found, text
    sign, digits, unit = found.groups()
    return D(f"{sign}{digits.replace(',', '')}") * _UNITS[unit]


CENTS = st.integers(-(10**15), 10**15)
ROUND_SUMS = st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(-99_999, 99_999), st.integers(0, 12))


@given(CENTS | ROUND_SUMS, LANGUAGES)
def test_money_shown_is_the_exact_amount(cents: int, language: str) -> None:
    yuan = D(cents) / 100
    assert amount_of(money(yuan, language)) == yuan


@given(CENTS | ROUND_SUMS, CENTS | ROUND_SUMS, LANGUAGES)
def test_different_sums_look_different(one: int, other: int, language: str) -> None:
    assert (money(D(one) / 100, language) == money(D(other) / 100, language)) == (one == other)


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (D(0), "0元", "CNY 0"),
        (D(7), "7元", "CNY 7"),
        (D("123.4"), "123元", "CNY 123"),
        (D(48_672), "4.87万元", "CNY 48,700"),
        (D(999_400), "99.9万元", "CNY 999,000"),
        (D(999_500), "100万元", "CNY 1 million"),
        (D(1_234_567), "123万元", "CNY 1.23 million"),
        (D(1_235_000), "124万元", "CNY 1.24 million"),
        (D(-1_234_567), "-123万元", "-CNY 1.23 million"),
    ],
)
def test_an_estimate_shows_three_figures(yuan: Decimal, zh: str, en: str) -> None:
    assert (rough_money(yuan, "zh"), rough_money(yuan, "en")) == (zh, en)


@given(st.integers(1, 10**13).map(D), LANGUAGES)
def test_an_estimate_is_within_half_a_percent(yuan: Decimal, language: str) -> None:
    assert abs(amount_of(rough_money(yuan, language)) - yuan) <= yuan / 200


@pytest.mark.parametrize(
    ("fraction", "places", "shown"),
    [
        (D("0.0435"), 2, "4.35%"),
        (D("0.03"), 2, "3%"),
        (D("0.045"), 2, "4.5%"),
        (D("0.1"), 2, "10%"),
        (D("1"), 2, "100%"),
        (D("0"), 2, "0%"),
        (D("0.00005"), 2, "0.01%"),
        (D("0.7046"), 1, "70.5%"),
        (D("-0.015"), 2, "-1.5%"),
        (0.29, 2, "29%"),
    ],
)
def test_rates(fraction: Decimal | float, places: int, shown: str) -> None:
    assert percent(fraction, places) == shown


@pytest.mark.parametrize(
    ("fraction", "zh", "en"),
    [
        (D("0.01"), "1个百分点", "1 percentage point"),
        (D("0.015"), "1.5个百分点", "1.5 percentage points"),
        (D("0.02"), "2个百分点", "2 percentage points"),
        (D("0.005"), "0.5个百分点", "0.5 percentage points"),
    ],
)
def test_percentage_points(fraction: Decimal, zh: str, en: str) -> None:
    assert (points(fraction, "zh"), points(fraction, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (0, "0个月", "0 months"),
        (1, "1个月", "1 month"),
        (6, "6个月", "6 months"),
        (11, "11个月", "11 months"),
        (12, "1年", "1 year"),
        (13, "1年零1个月", "1 year 1 month"),
        (18, "1年零6个月", "1 year 6 months"),
        (24, "2年", "2 years"),
        (36, "3年", "3 years"),
        (38, "3年零2个月", "3 years 2 months"),
    ],
)
def test_durations(count: int, zh: str, en: str) -> None:
    assert (months(count, "zh"), months(count, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("number", "shown"), [("10", "10"), ("10.0", "10"), ("0.50", "0.5"), ("1E+3", "1000"), ("100", "100"), ("0.00", "0")]
)
def test_plain_numbers(number: str, shown: str) -> None:
    assert plain(D(number)) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "1 KB"), (1, "1 KB"), (1024, "1 KB"), (2048, "2 KB"), (1024 * 1024 - 1, "1024 KB"), (1024 * 1024, "1 MB"),
        (3_355_443, "3.2 MB"), (20 * 1024 * 1024, "20 MB"),
    ],
)  # fmt: skip
def test_a_file_s_size(size: int, shown: str) -> None:
    assert file_size(size) == shown


@pytest.mark.parametrize(
    ("fact", "raw", "zh", "en"),
    [
        ("annual_revenue", 2_800_000, "280万元", "CNY 2.8 million"),
        ("max_rate", 0.0435, "4.35%", "4.35%"),
        ("age_months", 18, "1年零6个月", "1 year 6 months"),
        ("employees", 8, "8人", "8 people"),
        ("employees", 9_999, "9999人", "9,999 people"),
        ("employees", 10_000, "1万人", "10,000 people"),
        ("employees", 12_500, "1.25万人", "12,500 people"),
        ("employees", 12_345, "12345人", "12,345 people"),
        ("patents", 3, "3项", "3"),
        ("overdue_12m", 0, "0次", "0"),
        ("customer_count", 3, "3", "3"),
        ("blacklisted", False, "不是失信被执行人", "not on the court defaulter list"),
        ("blacklisted", True, "是失信被执行人", "on the court defaulter list"),
        ("legal_form", "sole_trader", "个体工商户", "sole trader"),
        ("collateral", ["vehicle", "real_estate"], "房产、车辆", "property, vehicle"),
        ("region", "350100", "福州市", "Fuzhou"),
        ("firm_name", "榕城面馆", "榕城面馆", "榕城面馆"),
    ],
)
def test_a_fact_as_people_read_it(fact: str, raw: Any, zh: str, en: str) -> None:
    value = spec_of(fact).parse(raw)
    assert (fact_value(fact, value, "zh"), fact_value(fact, value, "en")) == (zh, en)


def test_a_worked_out_fact_as_people_read_it() -> None:
    assert (fact_value("size_class", "micro", "zh"), fact_value("size_class", "micro", "en")) == ("微型企业", "micro firm")
    assert fact_value("debt_ratio", D(2) / D(3), "en") == "66.7%"
    assert (fact_value("months_to_maturity", 14, "zh"), fact_value("months_to_maturity", 1, "en")) == ("1年零2个月", "1 month")


def test_every_fact_has_a_label_to_show() -> None:
    for language in ("zh", "en"):
        labels = [fact_label(name, language) for name in (*vocabulary(), *DERIVED)]
        assert all(labels)
        assert len(set(labels)) == len(labels)


# -- rules -------------------------------------------------------------------------------------------------------------------

FUZHOU = {"fact": "region", "within": "350100"}
TOLD = [
    # condition, told, told of its negation
    ({"fact": "legal_form", "is": "company"}, ("主体类型须为公司", "legal form must be company"),
     ("主体类型不能是公司", "legal form must not be company")),
    ({"fact": "legal_form", "is_not": "company"}, ("主体类型不能是公司", "legal form must not be company"),
     ("主体类型须为公司", "legal form must be company")),
    ({"fact": "tax_grade", "in": ["A", "B"]}, ("纳税信用等级须为A 级或B 级", "tax credit grade must be A or B"),
     ("纳税信用等级不能是A 级或B 级", "tax credit grade must not be A or B")),
    ({"fact": "tax_grade", "not_in": ["D"]}, ("纳税信用等级不能是D 级", "tax credit grade must not be D"),
     ("纳税信用等级须为D 级", "tax credit grade must be D")),
    ({"fact": "age_months", "at_least": 24}, ("经营年限不少于2年", "time in business of at least 2 years"),
     ("经营年限低于2年", "time in business below 2 years")),
    ({"fact": "amount_sought", "at_most": 500_000}, ("需要金额不超过50万元", "amount needed of at most CNY 500,000"),
     ("需要金额超过50万元", "amount needed above CNY 500,000")),
    ({"fact": "net_profit", "more_than": 0}, ("净利润超过0元", "net profit above CNY 0"),
     ("净利润不超过0元", "net profit of at most CNY 0")),
    ({"fact": "debt_ratio", "less_than": 0.7}, ("资产负债率低于70%", "debt ratio below 70%"),
     ("资产负债率不少于70%", "debt ratio of at least 70%")),
    ({"fact": "owner_age", "between": [18, 60]}, ("经营者年龄在18岁到60岁之间", "owner's age between 18 years and 60 years"),
     ("经营者年龄不在18岁到60岁之间", "owner's age not between 18 years and 60 years")),
    ({"fact": "collateral", "includes": ["real_estate", "deposit"]},
     ("抵质押物须有房产或存单", "security on offer must include property or deposit"),
     ("抵质押物不能有房产或存单", "security on offer must not include property or deposit")),
    (FUZHOU, ("须在福州市", "must be in Fuzhou"), ("不含福州市", "outside Fuzhou")),
    ({"fact": "size_class", "in": ["micro", "small"]}, ("企业规模须为微型企业或小型企业", "size class must be micro firm or small firm"),
     ("企业规模不能是微型企业或小型企业", "size class must not be micro firm or small firm")),
    ({"fact": "founded", "from": "2025-01-01"}, ("成立日期不早于2025年1月1日", "founding date on or after 1 January 2025"),
     ("成立日期早于2025年1月1日", "founding date before 1 January 2025")),
    ({"fact": "founded", "until": "2022-06-30"}, ("成立日期不晚于2022年6月30日", "founding date on or before 30 June 2022"),
     ("成立日期晚于2022年6月30日", "founding date after 30 June 2022")),
    ({"fact": "loan_due", "between": ["2026-01-01", "2027-09-30"]},
     ("贷款到期日在2026年1月1日到2027年9月30日之间", "due date of the loan between 1 January 2026 and 30 September 2027"),
     ("贷款到期日不在2026年1月1日到2027年9月30日之间", "due date of the loan not between 1 January 2026 and 30 September 2027")),
    ({"fact": "today", "from": "2026-03-01"}, ("从2026年3月1日起", "from 1 March 2026"), ("在2026年3月1日以前", "before 1 March 2026")),
    ({"fact": "today", "until": "2026-12-31"}, ("到2026年12月31日为止", "until 31 December 2026"),
     ("在2026年12月31日以后", "after 31 December 2026")),
    ({"fact": "today", "between": ["2026-04-25", "2026-05-25"]},
     ("在2026年4月25日到2026年5月25日之间", "between 25 April 2026 and 25 May 2026"),
     ("不在2026年4月25日到2026年5月25日之间", "not between 25 April 2026 and 25 May 2026")),
    ({"fact": "tax_arrears", "is": False}, ("没有欠税", "no tax owed"), ("有欠税", "tax is owed")),
    ({"fact": "tax_arrears", "is": True}, ("有欠税", "tax is owed"), ("没有欠税", "no tax owed")),
    ({"fact": "tax_arrears", "is_not": True}, ("没有欠税", "no tax owed"), ("有欠税", "tax is owed")),
    ({"fact": "tax_arrears", "is_not": False}, ("有欠税", "tax is owed"), ("没有欠税", "no tax owed")),
    ({"fact": "tax_arrears", "in": [False]}, ("没有欠税", "no tax owed"), ("有欠税", "tax is owed")),
    ({"fact": "tax_arrears", "not_in": [True]}, ("没有欠税", "no tax owed"), ("有欠税", "tax is owed")),
    ({"check": {"zh": "征信良好", "en": "a clean credit file"}}, ("征信良好", "a clean credit file"), None),
]  # fmt: skip


def finding(raw: dict[str, Any], **facts: Any) -> Finding:
    (found,) = try_on(read_condition(raw), {name: spec_of(name).parse(value) for name, value in facts.items()}, DAY).findings
    return found


def both(found: Finding) -> tuple[str, str]:
    return requirement(found, "zh"), requirement(found, "en")


@pytest.mark.parametrize(("raw", "told", "negated"), TOLD, ids=[str(raw) for raw, _, _ in TOLD])
def test_a_rule_in_words(raw: dict[str, Any], told: tuple[str, str], negated: tuple[str, str] | None) -> None:
    assert both(finding(raw)) == told
    assert both(finding({"not": {"not": raw}})) == told
    if negated is not None:
        assert both(finding({"not": raw})) == negated


def test_every_operator_is_told_above() -> None:
    assert {key for raw, _, _ in TOLD for key in raw} >= set(OPERATORS)


@pytest.mark.parametrize(
    ("raw", "facts", "zh", "en"),
    [
        ({"fact": "age_months", "at_least": 24}, {"age_months": 12},
         "经营年限不少于2年（您这边：1年）", "time in business of at least 2 years (yours: 1 year)"),
        ({"fact": "age_months", "at_least": 24}, {}, "经营年限不少于2年", "time in business of at least 2 years"),
        ({"fact": "tax_arrears", "is": False}, {"tax_arrears": True}, "没有欠税（您这边：有欠税）", "no tax owed (yours: tax is owed)"),
        ({"fact": "tax_arrears", "is": False}, {"tax_arrears": False}, "没有欠税", "no tax owed"),
        ({"not": {"fact": "tax_arrears", "is": True}}, {"tax_arrears": False}, "没有欠税", "no tax owed"),
        ({"not": FUZHOU}, {"region": "350100"}, "不含福州市（您这边：福州市）", "outside Fuzhou (yours: Fuzhou)"),
        ({"fact": "debt_ratio", "at_most": 0.7}, {"total_liabilities": 80, "total_assets": 100},
         "资产负债率不超过70%（您这边：80%）", "debt ratio of at most 70% (yours: 80%)"),
        ({"fact": "size_class", "is": "micro"}, {"industry": "retail", "employees": 10},
         "企业规模须为微型企业", "size class must be micro firm"),
        ({"fact": "founded", "until": "2022-06-30"}, {"age_months": 24},
         "成立日期不晚于2022年6月30日（您这边：2024年10月22日到2024年11月21日之间）",
         "founding date on or before 30 June 2022 (yours: between 22 October 2024 and 21 November 2024)"),
        ({"fact": "loan_due", "until": "2026-12-31"}, {"loan_matures_in_days": 41},
         "贷款到期日不晚于2026年12月31日（您这边：2027年1月1日）",
         "due date of the loan on or before 31 December 2026 (yours: 1 January 2027)"),
        ({"fact": "today", "from": "2027-03-01"}, {}, "从2027年3月1日起（今天是2026年11月21日）",
         "from 1 March 2027 (today is 21 November 2026)"),
        ({"check": {"zh": "征信良好", "en": "a clean credit file"}}, {}, "征信良好", "a clean credit file"),
    ],
)  # fmt: skip
def test_a_reason_says_what_was_known(raw: dict[str, Any], facts: dict[str, Any], zh: str, en: str) -> None:
    found = finding(raw, **facts)
    assert (reason(found, "zh"), reason(found, "en")) == (zh, en)


_FLAGS = [name for name, spec in vocabulary().items() if spec.type is FactType.FLAG]


@given(st.sampled_from(_FLAGS), st.sampled_from(["is", "is_not"]), st.booleans(), st.booleans(), st.booleans(), LANGUAGES)
def test_a_flag_that_fits_reads_as_the_firms_own_phrase(
    fact: str, operator: str, needed: bool, negated: bool, value: bool, language: str
) -> None:
    """The rule reads like the firm's own answer exactly when that answer fits."""
    leaf = {"fact": fact, operator: needed}
    found = finding({"not": leaf} if negated else leaf, **{fact: value})
    assert (requirement(found, language) == fact_value(fact, value, language)) == (found.truth == "true")
