"""Which industries, titles, grades, purposes and founders each entry takes: tables written from the documents.

For each entry a firm that has everything else, then every value of the choice in turn. What is named neither as taken nor
as left to a person is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from knowledge.conditions import Truth, try_on
from knowledge.firm import FactType, spec_of
from tests.shipped import shipped

PACK = shipped()
SIXTEEN = frozenset(spec_of("industry").choices)
GRADES_AB = ({"A", "B"}, set[str]())
GRADES_ABM = ({"A", "B", "M"}, set[str]())
FOUNDERS = {"graduate", "veteran", "returning_migrant", "registered_unemployed", "disabled", "rural"}
TITLES = {"innovative", "specialised", "little_giant"}
Row = tuple[str, str, dict[str, Any], set[str], set[str]]

#: entry, fact, the rest of the firm, values taken, values left to a person
ROWS: tuple[Row, ...] = (
    # 服务业: 餐饮住宿、零售 by industry; 健康、养老、托育、家政、文化娱乐、旅游、体育、数字、绿色 lie within wider industries
    (
        "sub-service-loan-2026",
        "industry",
        {"purpose": "premises"},
        {"catering", "accommodation", "retail"},
        {"other", "information_transmission", "software_it", "leasing_business_services"},
    ),
    (
        "sub-service-loan-2026",
        "purpose",
        {"industry": "catering"},
        {"working_capital", "equipment", "stock_purchase", "premises", "wages"},
        {"rd", "export", "other"},
    ),
    ("sub-service-loan-2025", "industry", {}, {"catering", "accommodation"}, {"other", "leasing_business_services"}),
    # 五部门: 农林牧渔、信息和软件服务、物流服务 whole; manufacturing and the rest by what they make or serve
    (
        "sub-sme-fixed-loan-2026",
        "industry",
        {"employees": 10, "annual_revenue": 3_000_000, "total_assets": 3_000_000, "private_owned": True, "purpose": "equipment"},
        {"agriculture", "information_transmission", "software_it", "warehousing", "postal"},
        {"industry", "construction", "wholesale", "transport", "property_management", "leasing_business_services", "other"},
    ),
    (
        "sub-sme-fixed-loan-2026",
        "purpose",
        {"industry": "agriculture", "annual_revenue": 3_000_000, "private_owned": True},
        {"equipment", "premises"},
        set(),
    ),
    # 设备更新: 工业、建筑和市政、交通运输、物流 whole; other fields by the equipment
    (
        "sub-equipment-renewal-2026",
        "industry",
        {"purpose": "equipment"},
        {"industry", "construction", "transport", "warehousing", "postal"},
        set(SIXTEEN) - {"industry", "construction", "transport", "warehousing", "postal"},
    ),
    ("sub-equipment-renewal-2026", "purpose", {"industry": "industry"}, {"equipment"}, set()),
    (
        "tax-rd-super-deduction",
        "industry",
        {"legal_form": "company", "rd_spend": 1},
        set(SIXTEEN)
        - {"accommodation", "catering", "wholesale", "retail", "real_estate", "property_management", "leasing_business_services"},
        set(),
    ),
    (
        "sub-fj-zjtx-loan-2026",
        "industry",
        {"region": "350100", "specialised_level": "specialised"},
        {"industry", "information_transmission", "software_it"},
        {"transport", "warehousing", "postal", "wholesale", "leasing_business_services", "other"},
    ),
    ("sub-fj-zjtx-loan-2026", "specialised_level", {"region": "350100", "industry": "industry"}, {"specialised", "little_giant"}, set()),
    ("prd-icbc-jingying", "industry", {"age_months": 24}, set(SIXTEEN) - {"real_estate"}, set()),
    (
        "prd-webank-weiye",
        "industry",
        {"age_months": 24, "invoiced_sales": 1_000_000, "owner_age": 40, "owner_share": 1},
        set(SIXTEEN) - {"real_estate"},
        set(),
    ),
    ("prd-kunlun-e", "industry", {"region": "230600", "age_months": 24}, set(SIXTEEN) - {"real_estate"}, set()),
    (
        "prd-ccb-shanying-agri",
        "industry",
        {"region": "230600", "age_months": 24, "owner_age": 40},
        {"agriculture"},
        set(SIXTEEN) - {"agriculture"},
    ),
    # 广东: manufacturers for plant and equipment; certified high-tech firms also for research
    (
        "sub-gd-mfg-hnte",
        "purpose",
        {"region": "440100", "industry": "industry", "high_tech": False, "blacklisted": False},
        {"premises", "equipment"},
        {"rd"},
    ),
    (
        "sub-gd-mfg-hnte",
        "purpose",
        {"region": "440100", "industry": "software_it", "high_tech": True, "blacklisted": False},
        {"premises", "equipment", "rd"},
        {"working_capital", "stock_purchase", "wages", "other"},
    ),
    ("sub-fj-tech-transform", "purpose", {"region": "350100"}, set(), {"equipment", "premises"}),
    (
        "gua-private-invest-2026",
        "purpose",
        {"industry": "retail", "employees": 3, "annual_revenue": 500_000, "term_months": 24, "blacklisted": False},
        {"equipment", "stock_purchase", "premises", "working_capital"},
        {"wages", "rd", "export", "other"},
    ),
    ("prd-leasing", "purpose", {}, set(), {"equipment"}),
    ("prg-crowdfunding-presale", "purpose", {}, set(), {"stock_purchase", "equipment", "working_capital", "rd", "other"}),
    # titles
    (
        "gua-tech-2024",
        "specialised_level",
        {"industry": "software_it", "employees": 30, "annual_revenue": 6_000_000, "tech_sme": False, "high_tech": False},
        TITLES,
        {"none"},
    ),
    ("prd-hrb-kexin", "specialised_level", {"region": "230100", "tech_sme": False, "high_tech": False}, TITLES, set()),
    (
        "def-xjr-2026",
        "specialised_level",
        {"annual_revenue": 50_000_000, "total_liabilities": 0, "total_assets": 1, "rd_spend": 1_500_000},
        {"specialised", "little_giant"},
        set(),
    ),
    (
        "def-zjtx-2026",
        "specialised_level",
        {"tech_sme": False, "annual_revenue": 15_000_000, "total_liabilities": 0, "total_assets": 1, "rd_spend": 1_000_000},
        TITLES,
        set(),
    ),
    ("sub-gd-zjtx-2026", "specialised_level", {"region": "440100"}, set(), {"specialised"}),
    # tax grades
    ("prg-bank-tax", "tax_grade", {}, *GRADES_ABM),
    ("prd-ccb-yunshui", "tax_grade", {"annual_tax_paid": 10_000}, *GRADES_ABM),
    (
        "prd-abc-nashui",
        "tax_grade",
        {"age_months": 24, "annual_tax_paid": 10_000, "tax_arrears": False, "owner_age": 40, "existing_loans": 0},
        *GRADES_ABM,
    ),
    (
        "prd-abc-weijiedai",
        "tax_grade",
        {
            "age_months": 24,
            "owner_age": 40,
            "owner_share": 1,
            "annual_tax_paid": 10_000,
            "tax_arrears": False,
            "existing_loans": 0,
            "credit_inquiries_6m": 0,
        },
        *GRADES_AB,
    ),
    (
        "prd-boc-yinshui",
        "tax_grade",
        {
            "age_months": 24,
            "owner_age": 40,
            "annual_tax_paid": 50_000,
            "annual_revenue": 2_000_000,
            "total_liabilities": 0,
            "total_assets": 1,
            "net_profit": 0,
            "credit_inquiries_3m": 0,
            "credit_inquiries_6m": 0,
        },
        *GRADES_AB,
    ),
    (
        "prd-cmb-zhaoqi",
        "tax_grade",
        {
            "industry": "retail",
            "employees": 9,
            "annual_revenue": 900_000,
            "age_months": 24,
            "annual_tax_paid": 1,
            "owner_age": 40,
            "net_profit": 1,
        },
        *GRADES_AB,
    ),
    ("prd-psbc-xiaowei", "tax_grade", {"age_months": 24, "invoiced_sales": 5_000_000}, *GRADES_AB),
    # who the business is
    ("tax-vat-threshold-10wan", "vat_taxpayer", {"monthly_sales": 50_000}, {"small_scale"}, set()),
    ("tax-vat-3to1", "vat_taxpayer", {}, {"small_scale"}, set()),
    ("tax-iit-individual-biz", "legal_form", {}, {"sole_trader"}, set()),
    ("tax-cit-small-low-profit", "legal_form", {"taxable_income": 1, "employees": 1, "total_assets": 1}, {"company", "cooperative"}, set()),
    ("tax-rd-super-deduction", "legal_form", {"industry": "software_it", "rd_spend": 1}, {"company", "cooperative"}, set()),
    ("sub-fz-rongteng", "legal_form", {"region": "350100"}, set(), {"company"}),
    (
        "prg-coordination-2024",
        "legal_form",
        {
            "industry": "industry",
            "employees": 400,
            "annual_revenue": 30_000_000,
            "fixed_premises": True,
            "blacklisted": False,
            "age_months": 24,
        },
        {"sole_trader", "cooperative"},
        set(),
    ),
    (
        "prg-renewal-2024-13",
        "legal_form",
        {
            "industry": "industry",
            "employees": 1000,
            "annual_revenue": 400_000_000,
            "existing_loans": 1,
            "loan_matures_in_days": 30,
            "blacklisted": False,
        },
        {"sole_trader"},
        set(),
    ),
    (
        "gua-employment-2025",
        "owner_group",
        {"existing_loans": 1, "industry": "industry", "employees": 400, "annual_revenue": 30_000_000},
        FOUNDERS,
        set(),
    ),
    (
        "sub-startup-loan-person",
        "owner_group",
        {"platform": "none", "legal_form": "company", "industry": "industry", "employees": 400, "annual_revenue": 30_000_000},
        FOUNDERS,
        set(),
    ),
    (
        "sub-startup-loan-person",
        "platform",
        {"owner_group": ["woman"], "legal_form": "company", "industry": "industry", "employees": 400, "annual_revenue": 30_000_000},
        set(spec_of("platform").choices) - {"none"},
        set(),
    ),
    # what it can pledge
    (
        "prd-icbc-wangdaitong",
        "collateral",
        {"industry": "retail", "employees": 9, "annual_revenue": 900_000},
        {"real_estate", "deposit"},
        set(),
    ),
    (
        "prd-abc-zhidong",
        "collateral",
        {"industry": "retail", "employees": 9, "annual_revenue": 900_000, "guarantor": False},
        {"real_estate", "equipment", "vehicle", "receivables", "inventory", "ip", "deposit"},
        set(),
    ),
    (
        "prd-villagebank-renewal",
        "collateral",
        {"existing_loans": 1, "blacklisted": False, "guarantor": False},
        {"real_estate", "equipment", "vehicle", "inventory"},
        set(),
    ),
    ("prg-movable-registration", "collateral", {}, {"equipment", "inventory", "receivables", "deposit"}, set()),
    ("prg-zhongzheng", "collateral", {"receivables": 0, "government_contract": False}, {"receivables"}, set()),
)


def every_value() -> Iterator[Any]:
    for number, (entry_id, fact, rest, taken, checked) in enumerate(ROWS):
        for value in spec_of(fact).choices:
            truth = Truth.TRUE if value in taken else Truth.UNKNOWN if value in checked else Truth.FALSE
            yield pytest.param(entry_id, fact, value, rest, truth, id=f"{number}-{entry_id}-{fact}-{value}")


@pytest.mark.parametrize(("entry_id", "fact", "value", "rest", "expected"), list(every_value()))
def test_every_value_of_a_choice(entry_id: str, fact: str, value: str, rest: Mapping[str, Any], expected: Truth) -> None:
    rule = PACK[entry_id].rule
    assert rule is not None
    raw = {**rest, fact: [value] if spec_of(fact).type is FactType.CHOICES else value}
    assert try_on(rule, {name: spec_of(name).parse(given) for name, given in raw.items()}, PACK[entry_id].checked).truth is expected


def test_the_tables_name_values_of_the_vocabulary() -> None:
    for entry_id, fact, _, taken, checked in ROWS:
        assert taken | checked <= set(spec_of(fact).choices), (entry_id, fact)
        assert not taken & checked
