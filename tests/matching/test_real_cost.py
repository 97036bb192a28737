"""What a loan really costs a firm, by hand beside it: fees of a mortgage, guarantee fees, and the subsidy that saves most."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.matching.cost import RealCost, guaranteed_cost, real_cost, surcharge
from bot.matching.match import Match, match_all, match_one
from knowledge.entries import Entry
from tests.matching.test_match import DAY, entry, pack, typed

D = Decimal
LOAN = entry("prd-loan", offer={"mechanism": "unsecured", "cap": 1_000_000, "rate": {"low": 0.04, "high": 0.04}})
HOUSE = entry("prd-house", offer={"mechanism": "mortgage", "cap": 1_000_000, "term_months": 12, "rate": {"low": 0.04, "high": 0.04}})
BACKED = entry("prd-backed", offer={"mechanism": "x", "cap": 100_000, "rate": {"low": 0.04, "high": 0.04}, "guarantee_fee": 0.01})
POINT = entry("sub-point", "subsidy", {"subsidy": {"points": 0.01}})
HALF = entry("sub-half", "subsidy", {"subsidy": {"share": 0.5, "principal_cap": 50_000}})
OWN_LOAN = entry("sub-own", "subsidy", {"mechanism": "startup_guaranteed", "subsidy": {"share": 0.5}})
NOT_OURS = entry("sub-not-ours", "subsidy", {"subsidy": {"points": 0.03}}, when={"fact": "employees", "at_least": 1000})
ANYBODY = entry("prd-any", offer={"cap": 100_000, "rate": {"low": 0.04, "high": 0.04}},
                provider={"id": "various", "name": {"zh": "多家", "en": "several"}})  # fmt: skip
ALL = pack(LOAN, HOUSE, BACKED, POINT, HALF, OWN_LOAN, NOT_OURS, ANYBODY)


def cost(product: Entry, *subsidies: Entry, **known: Any) -> RealCost:
    facts = typed(**{"annual_revenue": 1_000_000, "employees": 5} | known)
    helping = [match_one(ALL, scheme, facts, DAY, None) for scheme in subsidies]
    found = real_cost(match_one(ALL, product, facts, DAY, None), facts, None, helping)
    assert found is not None
    return found


def rounded(rate: Decimal) -> Decimal:
    return rate.quantize(D("0.0001"))


def test_without_fees_and_subsidy_the_cost_is_the_rate() -> None:
    found = cost(LOAN, amount_sought=100_000)
    assert (found.principal, found.months, dict(found.costs)) == (100_000, 12, {})
    assert rounded(found.quoted) == rounded(found.gross) == rounded(found.net) == D("0.0400")
    assert not found.fees_tell
    assert not found.subsidy_tells


def test_a_house_costs_more_than_its_rate() -> None:
    found = cost(HOUSE, amount_sought=700_000, collateral=["real_estate"], collateral_value=1_000_000)
    assert dict(found.costs) == {"valuation": 5000, "notary": 2100, "registration": 550, "insurance": 500}
    assert rounded(found.gross) == D("0.0520")  # as in tests/scoring/test_mortgage_costs.py
    assert found.fees_tell


@pytest.mark.parametrize("known", [{}, {"collateral": ["real_estate"]}, {"collateral": ["equipment"], "collateral_value": 1_000_000}])
def test_costs_of_a_mortgage_need_a_house_and_its_value(known: dict[str, Any]) -> None:
    facts = typed(amount_sought=700_000, **known)
    found = real_cost(match_one(ALL, HOUSE, facts, DAY, None), facts, None)
    assert found is None or not found.costs


def test_a_guarantee_fee_counts() -> None:
    found = cost(BACKED, amount_sought=100_000)
    assert dict(found.costs) == {"guarantee": 1000}
    assert rounded(found.gross) == D("0.0503")  # 1,000 at first and 4 % on 99,000


def test_a_loan_with_a_guarantee_costs_both() -> None:
    guarantee = entry("gua-fee", "guarantee", {"cap": 100_000, "guarantee_fee": 0.01})
    facts = typed(amount_sought=100_000)
    backed, loan = (match_one(pack(guarantee, LOAN), one, facts, DAY, None) for one in (guarantee, LOAN))
    found = guaranteed_cost(backed, loan, facts, None)
    assert found is not None
    assert (rounded(found.quoted), rounded(found.gross), found.principal) == (D("0.0400"), D("0.0503"), 100_000)
    assert guaranteed_cost(loan, loan, facts, None) is None


@pytest.mark.parametrize(
    ("subsidies", "net", "by", "why"),
    [
        ((), "0.0400", None, "nothing helps"),
        ((POINT,), "0.0300", "sub-point", "a point off"),
        ((HALF,), "0.0300", "sub-half", "half the interest on half the sum"),
        ((OWN_LOAN,), "0.0400", None, "a subsidy on a loan of its own kind"),
        ((NOT_OURS,), "0.0400", None, "a subsidy the firm does not get"),
        ((NOT_OURS, OWN_LOAN, POINT), "0.0300", "sub-point", "the one that counts"),
    ],
)
def test_net_of_the_subsidy_that_saves_most(subsidies: tuple[Entry, ...], net: str, by: str | None, why: str) -> None:
    found = cost(LOAN, *subsidies, amount_sought=100_000)
    assert (rounded(found.net), found.helped_by) == (D(net), by), why


def test_subsidies_are_paid_on_loans_of_banks() -> None:
    assert cost(ANYBODY, POINT, amount_sought=100_000).helped_by is None


def test_nothing_is_told_without_a_rate_or_an_amount() -> None:
    quiet = pack(entry("prd-quiet", offer={"mechanism": "y"}))
    assert real_cost(match_one(quiet, quiet["prd-quiet"], typed(amount_sought=1000), DAY, None), typed(amount_sought=1000), None) is None
    assert real_cost(match_one(ALL, LOAN, {}, DAY, None), {}, None) is None


def test_fees_count_in_the_order_of_loans() -> None:
    facts = typed(amount_sought=700_000, collateral=["real_estate"], collateral_value=1_000_000)
    matches: dict[str, Match] = {match.entry.id: match for match in match_all(ALL, facts, DAY, None)}
    assert surcharge(matches["prd-loan"], facts) == 0
    assert D("0.011") < surcharge(matches["prd-house"], facts) < D("0.013")
