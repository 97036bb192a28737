"""Every threshold of every rule: at it, just below, just above, on a firm for which that figure alone decides.

The table is written from the documents, in their own units, and not from the rules. `else unknown` says that a firm on
the wrong side may still have another way in, which only a person can check; `(check)` that on the right side something
is still left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pytest

from knowledge.conditions import Leaf, Truth, leaves, try_on
from knowledge.derived import DERIVED
from knowledge.entries import Entry
from knowledge.firm import FactType, FactValue, spec_of
from tests.shipped import shipped

PACK = shipped()
NUMBERS = {FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT}
AMOUNT = "amount_sought <= {} 万元"
HIRING = "new_hire_share >= 10 %{0}; employees > 100 人{0}; new_hire_share >= 5 %{0}"
SMALL_LOW_PROFIT = "taxable_income <= 300 万元; employees <= 300 人; total_assets <= 5000 万元"

DOCUMENTS: Mapping[str, str] = {
    "def-small-low-profit": SMALL_LOW_PROFIT,
    "def-puhui-1000": AMOUNT.format(1000),
    "def-tech-sme-115": "employees <= 500 人; annual_revenue <= 20000 万元; total_assets <= 20000 万元",
    "def-hnte-32": "age_months >= 1 年",
    "def-zjtx-2022": "annual_revenue >= 1000 万元 else unknown; rd_spend >= 100 万元; rd_ratio >= 3 %",
    "def-zjtx-2026": "annual_revenue >= 1500 万元 else unknown; debt_ratio <= 80 %; rd_spend >= 100 万元; rd_ratio >= 3 %",
    "def-xjr-2022": (
        "debt_ratio <= 70 %; annual_revenue >= 10000 万元; rd_ratio >= 3 %; annual_revenue >= 5000 万元 else unknown; rd_ratio >= 6 %"
    ),
    "def-xjr-2026": "annual_revenue >= 5000 万元; debt_ratio <= 75 %; rd_ratio >= 3 %",
    "tax-vat-threshold-10wan": "monthly_sales < 10 万元",
    "tax-vat-2023-19": "monthly_sales <= 10 万元",
    "tax-cit-small-low-profit": SMALL_LOW_PROFIT,
    "tax-six-taxes-two-fees": SMALL_LOW_PROFIT,
    "tax-rd-super-deduction": "rd_spend > 0 万元",
    "tax-hire-key-groups": "new_hires_12m >= 1 人 (check)",
    "sub-startup-loan-sme": HIRING.format(""),
    "sub-startup-loan-old": "new_hire_share >= 15 %; employees > 100 人; new_hire_share >= 8 %",
    "sub-sz-startup-loan": HIRING.format(" else unknown"),
    "sub-gd-startup-loan": HIRING.format(" else unknown"),
    "sub-fj-startup-loan": HIRING.format(" else unknown"),
    "sub-job-expansion-2025": "graduate_hires_12m >= 1 人; new_hires_12m >= 1 人 (check)",
    "sub-graduate-hire-si": "graduate_hires_12m >= 1 人",
    "sub-graduate-hire-oneoff": "graduate_hires_12m >= 1 人",
    "sub-fj-tizhi-2024": "age_months >= 1 年",
    "sub-fj-patent-pledge": "patents >= 1 项",
    "gua-measures-2025": AMOUNT.format(1000),
    "gua-private-invest-2026": "term_months > 1 年",
    "gua-employment-2025": "existing_loans <= 0 万元 (check)",
    "gua-4321-anhui": AMOUNT.format(2000),
    "prg-coordination-2024": "age_months >= 6 月 else unknown",
    "prg-renewal-2024-13": "existing_loans > 0 万元; loan_matures_in_days >= 1 天",
    "prg-renewal-2014-conditions": "existing_loans > 0 万元",
    "prg-zhongzheng": "receivables > 0 万元",
    "prd-icbc-jingying": "age_months >= 1 年",
    "prd-icbc-zhengcai": "age_months >= 2 年",
    "prd-ccb-xinyong": "age_months >= 1 年; owner_age >= 18 岁; owner_age <= 65 岁",
    "prd-ccb-yunshui": "annual_tax_paid >= 1 万元",
    "prd-ccb-shanying-agri": "age_months >= 1 年; owner_age >= 18 岁; owner_age <= 65 岁",
    "prd-abc-weijiedai": (
        "age_months >= 2 年; owner_age >= 18 岁; owner_age <= 65 岁; owner_share >= 20 %; annual_tax_paid >= 1 万元; "
        "existing_loans <= 500 万元; credit_inquiries_6m <= 6 次"
    ),
    "prd-abc-nashui": "age_months >= 2 年; annual_tax_paid >= 1 万元; owner_age >= 18 岁; owner_age <= 65 岁; existing_loans <= 500 万元",
    "prd-abc-ar-pledge": "receivables > 0 万元",
    "prd-bocom-factoring": "receivables > 0 万元",
    "prd-bocom-warehouse": "inventory > 0 万元",
    "prd-boc-yinshui": (
        "age_months >= 2 年; owner_age >= 20 岁; owner_age <= 65 岁; annual_tax_paid >= 5 万元; annual_revenue >= 200 万元; "
        "debt_ratio <= 80 %; net_profit >= 0 万元; credit_inquiries_3m <= 6 次; credit_inquiries_6m <= 12 次"
    ),
    "prd-boc-geren": "owner_age >= 18 岁; owner_age <= 65 岁; age_months >= 1 年; overdue_12m < 6 次",
    "prd-cmb-zhaoqi": (
        "age_months >= 2 年; annual_tax_paid > 0 万元; owner_age >= 22 岁; owner_age <= 65 岁; net_profit > 0 万元 else unknown"
    ),
    "prd-psbc-xiaowei": "age_months >= 2 年; invoiced_sales >= 500 万元",
    "prd-webank-weiye": "age_months >= 2 年; invoiced_sales >= 100 万元; owner_age >= 18 岁; owner_share >= 10 %",
    "prd-kunlun-e": "age_months >= 1 年",
    "prd-order-loan": "order_value > 0 万元",
    "prd-ip-pledge": "patents >= 1 项",
    "prd-villagebank-renewal": "existing_loans > 0 万元",
    "prd-platform-loan": "platform_sales > 0 万元 (check)",
    "prd-payment-flow": "monthly_inflow > 0 万元 (check)",
    "prd-cross-border": "export_revenue > 0 万元 (check)",
    "len-icbc": f"{AMOUNT.format(500)}; {AMOUNT.format(3000)}; {AMOUNT.format(1000)}",
    "len-ccb": AMOUNT.format(500),
    "len-abc": f"{AMOUNT.format(300)}; {AMOUNT.format(3000)}; receivables > 0 万元",
    "len-bocom": f"{AMOUNT.format(2000)}; receivables > 0 万元; inventory > 0 万元",
    "len-boc": f"{AMOUNT.format(300)}; {AMOUNT.format(1000)}",
    "len-cmb": AMOUNT.format(500),
    "len-psbc": f"{AMOUNT.format(300)}; {AMOUNT.format(500)}",
    "len-webank": AMOUNT.format(300),
    "len-kunlun": AMOUNT.format(500),
    "len-harbin": AMOUNT.format(1000),
}
UNITS = {"万元": Decimal(10_000), "%": Decimal("0.01"), "年": Decimal(12), "月": Decimal(1), "人": Decimal(1), "岁": Decimal(1),
         "次": Decimal(1), "项": Decimal(1), "天": Decimal(1)}  # fmt: skip
STEPS = {FactType.MONEY: Decimal("0.01"), FactType.RATE: Decimal("0.0001"), FactType.MONTHS: Decimal(1), FactType.COUNT: Decimal(1)}
MEETS = {">=": (False, True, True), ">": (False, False, True), "<=": (True, True, False), "<": (True, False, False)}
RANK = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
SIGNS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
ROW = re.compile(r"(\w+) (>=|<=|>|<) ([\d.]+) (\S+?)( else unknown)?( \(check\))?")


@dataclass(frozen=True)
class Threshold:
    """One line of a document: the fact, the comparison, the figure in the vocabulary's own unit, and what it settles."""

    fact: str
    sign: str
    bound: Decimal
    met: Truth
    not_met: Truth

    @property
    def kind(self) -> FactType:
        return DERIVED.get(self.fact) or spec_of(self.fact).type


def thresholds(entry_id: str) -> list[Threshold]:
    found = []
    for text in DOCUMENTS[entry_id].split("; "):
        row = ROW.fullmatch(text)
        assert row is not None, text
        fact, sign, number, unit, otherwise, check = row.groups()
        met, not_met = Truth.UNKNOWN if check else Truth.TRUE, Truth.UNKNOWN if otherwise else Truth.FALSE
        found.append(Threshold(fact, sign, Decimal(number) * UNITS[unit], met, not_met))
    return found


def in_the_rule(entry: Entry) -> set[tuple[str, str, Decimal]]:
    """The numeric comparisons of a rule; a band that begins where another ends is one threshold."""
    found: set[tuple[str, str, Decimal]] = set()
    for leaf in leaves(entry.rule) if entry.rule else ():
        if (DERIVED.get(leaf.fact) or spec_of(leaf.fact).type) in NUMBERS:
            found |= set(_comparisons(leaf))
    return {one for one in found if not (one[1] == "<" and (one[0], ">=", one[2]) in found)}


def _comparisons(leaf: Leaf) -> Iterator[tuple[str, str, Decimal]]:
    if leaf.operator == "between":
        yield leaf.fact, ">=", Decimal(leaf.needed[0])
        yield leaf.fact, "<=", Decimal(leaf.needed[1])
    else:
        yield leaf.fact, SIGNS[leaf.operator], Decimal(leaf.needed)


def around(threshold: Threshold, base: Mapping[str, FactValue]) -> list[dict[str, FactValue]]:
    """The firm with the figure just below the bound, at it and just above."""
    fact, bound = threshold.fact, threshold.bound
    if fact == "new_hire_share":
        staff = 20 if bound >= Decimal("0.1") else 200
        hired = int(staff * bound)
        assert hired == staff * bound, "the share must be a whole number of people"
        figures: list[dict[str, FactValue]] = [
            {"employees": staff + 1, "new_hires_12m": hired},
            {"employees": staff, "new_hires_12m": hired},
            {"employees": staff, "new_hires_12m": hired + 1},
        ]
    elif fact in ("debt_ratio", "rd_ratio"):
        above, below = ("total_liabilities", "total_assets") if fact == "debt_ratio" else ("rd_spend", "annual_revenue")
        whole = Decimal(str(base.get(below, 10_000_000)))
        figures = [{above: whole * bound + step, below: whole} for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))]
    else:
        step = STEPS[threshold.kind]
        values = (bound - step, bound, bound + step)
        whole_number = threshold.kind in (FactType.COUNT, FactType.MONTHS)
        figures = [{fact: int(value) if whole_number else value} for value in values]
    return [{**base, **figure} for figure in figures]


def outcomes(entry: Entry, threshold: Threshold, base: Mapping[str, FactValue]) -> tuple[Truth, ...]:
    assert entry.rule is not None
    return tuple(try_on(entry.rule, firm, entry.checked).truth for firm in around(threshold, base))


def firms(entry: Entry) -> Iterator[dict[str, FactValue]]:
    """Firms to vary: those of the entry's own examples, and each of them with room in the other figures."""
    for case in entry.cases:
        yield {name: spec_of(name).parse(raw) for name, raw in case.facts.items()}


@pytest.mark.parametrize(
    ("entry_id", "threshold"),
    [pytest.param(e, t, id=f"{e}-{t.fact}-{t.sign}-{t.bound.normalize():f}") for e in DOCUMENTS for t in thresholds(e)],
)
def test_a_threshold_alone_decides_at_below_and_above(entry_id: str, threshold: Threshold) -> None:
    entry = PACK[entry_id]
    expected = tuple(threshold.met if met else threshold.not_met for met in MEETS[threshold.sign])
    tried = {outcomes(entry, threshold, firm) for firm in firms(entry)}
    assert expected in tried, (
        f"no example firm gives {[str(truth) for truth in expected]} around {threshold.fact} {threshold.sign} {threshold.bound}"
    )
    # Whatever else is known of a firm, being on the right side never counts against it; but more staff or revenue may
    # raise what else is asked for.
    raises = {"employees", "annual_revenue"}
    if threshold.fact not in raises:
        for below, at, above in tried:
            better = (below, at, above) if threshold.sign in (">=", ">") else (above, at, below)
            assert [RANK[truth] for truth in better] == sorted(RANK[truth] for truth in better)


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in PACK if entry.rule])
def test_a_rule_has_the_thresholds_of_its_document_and_no_others(entry: Entry) -> None:
    written = {(t.fact, t.sign, t.bound) for t in thresholds(entry.id)} if entry.id in DOCUMENTS else set()
    assert in_the_rule(entry) == written
