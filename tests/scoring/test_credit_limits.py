"""Likely limits: tables with boundaries, and what must hold for any firm."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.limits import FORMULAS, GRADE_FACTORS, Basis, LimitSpec, debt_service_capacity, likely_limit, round_down

D = Decimal
TAX = Basis("tax_multiple", D(8))
SALES = Basis("revenue_share", D("0.2"))
HOUSE = Basis("collateral_ltv", D("0.7"))
ORDER = Basis("order_advance", D("0.8"))
OWED = Basis("receivable_advance", D("0.8"))
STOCK = Basis("inventory_haircut", D("0.6"))
INVOICED = Basis("invoiced_share", D("0.1"))


@pytest.mark.parametrize(
    ("spec", "facts", "grade", "ceiling", "binding", "missing", "why"),
    [
        (LimitSpec(bases=(TAX,)), {"annual_tax_paid": D(50000)}, None, 400000, "tax_multiple", (), "multiple"),
        (LimitSpec(D(300000), (TAX,)), {"annual_tax_paid": D(50000)}, None, 300000, "cap", (), "cap below basis"),
        (LimitSpec(D(400000), (TAX,)), {"annual_tax_paid": D(50000)}, None, 400000, "tax_multiple", (), "cap equals basis"),
        (LimitSpec(D(300000), (TAX,)), {}, None, None, None, ("annual_tax_paid",), "unknown is not zero, nor the cap"),
        (LimitSpec(D(300000), (TAX,)), {"annual_tax_paid": D(0)}, None, 0, "tax_multiple", (), "a known zero is zero"),
        (LimitSpec(D(300000)), {}, None, 300000, "cap", (), "a cap alone"),
        (LimitSpec(), {"monthly_inflow": D(9), "monthly_debt_service": D(0)}, None, None, None, (), "nothing stated"),
        (
            LimitSpec(bases=(TAX, SALES)),
            {"annual_tax_paid": D(20000), "annual_revenue": D(2000000)},
            None, 400000, "revenue_share", (), "the best basis",
        ),
        (
            LimitSpec(bases=(TAX, SALES)),
            {"annual_tax_paid": D(20000)},
            None, 160000, "tax_multiple", ("annual_revenue",), "the best basis known",
        ),
        (
            LimitSpec(bases=(TAX, SALES), all_must_hold=True),
            {"annual_tax_paid": D(20000), "annual_revenue": D(2000000)},
            None, 160000, "tax_multiple", (), "all must hold",
        ),
        (
            LimitSpec(D(5000000), (TAX, SALES), all_must_hold=True),
            {"annual_tax_paid": D(20000)},
            None, None, None, ("annual_revenue",), "all must hold and one is unknown",
        ),
        (LimitSpec(bases=(TAX,)), {"annual_tax_paid": D(50000)}, "D", 200000, "tax_multiple", (), "grade halves"),
        (LimitSpec(bases=(HOUSE,)), {"collateral_value": D(1000000)}, "E", 700000, "collateral_ltv", (), "secured: no grade"),
        (
            LimitSpec(bases=(TAX,)),
            {"annual_tax_paid": D(50000), "monthly_inflow": D(100000), "monthly_debt_service": D(10000)},
            None, 240000, "debt_service", (), "0.3 x 100,000 - 10,000 over twelve months",
        ),
        (
            LimitSpec(bases=(TAX,)),
            {"annual_tax_paid": D(50000), "monthly_inflow": D(100000), "monthly_debt_service": D(30000)},
            None, 0, "debt_service", (), "no free cash left",
        ),
        (
            LimitSpec(bases=(TAX,)),
            {"annual_tax_paid": D(50000), "monthly_inflow": D(100000), "monthly_debt_service": D(10000), "term_months": 24},
            None, 400000, "tax_multiple", (), "a longer term repays more",
        ),
        (
            LimitSpec(bases=(ORDER,)),
            {"order_value": D(500000), "monthly_inflow": D(1), "monthly_debt_service": D(1)},
            None, 400000, "order_advance", (), "an order repays itself",
        ),
        (
            LimitSpec(bases=(TAX, ORDER)),
            {"annual_tax_paid": D(90000), "order_value": D(200000), "monthly_inflow": D(1), "monthly_debt_service": D(1)},
            None, 160000, "order_advance", (), "the best after debt service",
        ),
        (
            LimitSpec(D(3000000), cap_name="guarantee_cap"), {},
            None, 3000000, "guarantee_cap", (), "what a guarantor stands for one borrower",
        ),
        (
            LimitSpec(bases=(INVOICED,)), {"invoiced_sales": D(2000000), "void_invoice_rate": D("0.25")},
            None, 150000, "invoiced_share", (), "voided invoices are no sales",
        ),
        (
            LimitSpec(bases=(OWED,)), {"receivables": D(1000000), "annual_revenue": D(3650000)},
            None, 780000, "receivable_advance", (), "900,000 up to ninety days old, the rest older: 0.8 x 975,000",
        ),
        (
            LimitSpec(bases=(OWED,)), {"receivables": D(1000000)},
            None, 600000, "receivable_advance", (), "of unknown age: three quarters",
        ),
        (
            LimitSpec(bases=(OWED,)),
            {"receivables": D(1000000), "annual_revenue": D(9000000), "largest_customer_share": D("0.8")},
            None, 560000, "receivable_advance", (), "one buyer owes 80 %: what is above half is left out",
        ),
        (
            LimitSpec(bases=(OWED,)),
            {"receivables": D(1000000), "annual_revenue": D(9000000), "largest_customer_share": D("0.8"), "core_buyer": True},
            None, 800000, "receivable_advance", (), "an anchor company may owe it all",
        ),
        (
            LimitSpec(bases=(STOCK,)), {"inventory": D(1000000)},
            None, 600000, "inventory_haircut", (), "stock by its haircut",
        ),
    ],
)  # fmt: skip
def test_ceilings(
    spec: LimitSpec,
    facts: dict[str, Any],
    grade: str | None,
    ceiling: int | None,
    binding: str | None,
    missing: tuple[str, ...],
    why: str,
) -> None:
    limit = likely_limit(spec, facts, grade)
    assert (limit.ceiling, limit.ceiling_binding, limit.missing) == (ceiling, binding, missing), why
    assert (limit.amount, limit.binding) == (ceiling, binding), why


@pytest.mark.parametrize(
    ("asked", "amount", "binding"),
    [(399999, 399999, "amount_sought"), (400000, 400000, "tax_multiple"), (400001, 400000, "tax_multiple")],
)
def test_what_was_asked_for_is_kept_apart_from_the_ceiling(asked: int, amount: int, binding: str) -> None:
    limit = likely_limit(LimitSpec(bases=(TAX,)), {"annual_tax_paid": D(50000), "amount_sought": D(asked)})
    assert limit.amount == amount
    assert limit.binding == binding
    assert limit.ceiling == 400000
    assert limit.ceiling_binding == "tax_multiple"


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0", 0), ("999.99", 0), ("1000", 1000), ("99999", 99000), ("100000", 100000), ("109999", 100000), ("-5", 0)],
)
def test_rounding_down(amount: str, rounded: int) -> None:
    assert round_down(D(amount)) == rounded


def test_parts_show_their_making() -> None:
    limit = likely_limit(LimitSpec(D(900000), (TAX,)), {"annual_tax_paid": D(50000)}, "B")
    assert [(part.name, part.fact, part.factor, part.amount) for part in limit.parts] == [
        ("tax_multiple", "annual_tax_paid", D("7.2"), D(360000)),
        ("cap", None, None, D(900000)),
    ]
    assert limit.refines == ("monthly_inflow", "monthly_debt_service")


def test_debt_service_counts_interest() -> None:
    facts: dict[str, Any] = {"monthly_inflow": D(100000), "monthly_debt_service": D(0), "term_months": 12}
    capacity = debt_service_capacity(facts, LimitSpec(annual_rate=D("0.12")))
    assert capacity is not None
    repaid = capacity * D("1.01") ** 12  # what it grows to is what twelve payments grow to
    assert abs(repaid - sum(D(30000) * D("1.01") ** n for n in range(12))) < D("0.01")


@pytest.mark.parametrize("facts", [{}, {"monthly_inflow": D(5)}, {"monthly_debt_service": D(5)}])
def test_debt_service_needs_both_figures(facts: dict[str, Any]) -> None:
    assert debt_service_capacity(facts, LimitSpec()) is None


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="unknown limit formula 'net_worth'"):
        Basis("net_worth", D(1))
    with pytest.raises(ValueError, match="factor of tax_multiple"):
        Basis("tax_multiple", D(-1))
    with pytest.raises(ValueError, match="unknown grade 'F'"):
        likely_limit(LimitSpec(D(1)), {}, "F")
    with pytest.raises(TypeError, match="annual_tax_paid"):
        likely_limit(LimitSpec(bases=(TAX,)), {"annual_tax_paid": True})


MONEY = st.decimals(0, 10**9, places=2)
SPECS = st.builds(
    LimitSpec,
    st.none() | MONEY,
    st.lists(
        st.builds(Basis, st.sampled_from(sorted(FORMULAS)), st.decimals(0, 20, places=2)), max_size=4
    ).map(tuple),
    st.booleans(),
)  # fmt: skip
FACTS = st.fixed_dictionaries(
    {},
    optional={formula.fact: MONEY for formula in FORMULAS.values()} | {"monthly_debt_service": MONEY, "amount_sought": MONEY},
)
GRADES = st.none() | st.sampled_from(sorted(GRADE_FACTORS))


@given(SPECS, FACTS, GRADES, MONEY, st.sampled_from(sorted({f.fact for f in FORMULAS.values()} | {"amount_sought"})))
def test_more_of_anything_never_lowers_the_limit(
    spec: LimitSpec, facts: dict[str, Any], grade: str | None, more: Decimal, fact: str
) -> None:
    if fact not in facts:
        return
    before, after = likely_limit(spec, facts, grade), likely_limit(spec, facts | {fact: facts[fact] + more}, grade)
    assert (before.amount is None) == (after.amount is None)
    if before.amount is not None and after.amount is not None:
        assert after.amount >= before.amount


@given(SPECS, FACTS, GRADES)
def test_limits_are_sound(spec: LimitSpec, facts: dict[str, Any], grade: str | None) -> None:
    limit = likely_limit(spec, facts, grade)
    assert set(limit.missing).isdisjoint(facts)
    assert {FORMULAS[basis.formula].fact for basis in spec.bases} - set(facts) == set(limit.missing)
    if limit.amount is None or limit.ceiling is None:
        assert limit.binding is None
        assert limit.missing or not spec.bases
        return
    assert 0 <= limit.amount <= limit.ceiling
    assert spec.cap is None or limit.ceiling <= spec.cap
    assert limit.ceiling_binding in {part.name for part in limit.parts}


@given(SPECS, FACTS)
def test_a_better_grade_never_lowers_the_limit(spec: LimitSpec, facts: dict[str, Any]) -> None:
    amounts = [likely_limit(spec, facts, grade).amount for grade in "ABCDE"]
    known = [amount for amount in amounts if amount is not None]
    assert len(known) in {0, 5}
    assert known == sorted(known, reverse=True)
