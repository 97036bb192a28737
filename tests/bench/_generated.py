"""Invented small firms of the usual trades, with figures that hang together. What an owner would not know is left out.

Made without the advisor's own estimates of likely answers, so that a choice of questions is not measured on what it assumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from knowledge.firm import Firm, spec_of, vocabulary
from tests.bench._lines import TODAY


@dataclass(frozen=True)
class Trade:
    """A kind of business: its industry, how common it is, revenue a head, staff, margin, and what it tends to have."""

    industry: str
    common: int
    per_head: int
    staff: tuple[int, int]
    margin: float
    company: float
    traits: frozenset[str] = frozenset()


TRADES = (
    Trade("catering", 18, 130_000, (2, 40), 0.10, 0.30, frozenset({"premises"})),
    Trade("retail", 16, 220_000, (1, 12), 0.12, 0.25, frozenset({"stock"})),
    Trade("retail", 10, 320_000, (1, 15), 0.09, 0.50, frozenset({"stock", "platform"})),
    Trade("wholesale", 12, 900_000, (2, 25), 0.05, 0.65, frozenset({"stock", "credit"})),
    Trade("industry", 16, 420_000, (6, 220), 0.08, 0.90, frozenset({"stock", "credit", "machines", "research"})),
    Trade("software_it", 7, 380_000, (3, 90), 0.14, 0.97, frozenset({"credit", "research"})),
    Trade("transport", 6, 300_000, (1, 40), 0.08, 0.50, frozenset({"vehicles", "credit"})),
    Trade("construction", 5, 500_000, (4, 80), 0.07, 0.90, frozenset({"credit", "machines"})),
    Trade("agriculture", 5, 180_000, (1, 30), 0.15, 0.25, frozenset({"stock"})),
    Trade("leasing_business_services", 3, 300_000, (2, 40), 0.12, 0.85, frozenset({"credit"})),
    Trade("accommodation", 2, 160_000, (3, 30), 0.12, 0.50, frozenset({"premises"})),
)
_PLACES = ("350100", "350100", "350200", "350500", "440100", "440300", "440600", "340100", "330100", "110000", "320500", "420100", "510100")
#: How many owners know a thing off-hand, by how easy it is (knowledge/firm.yaml).
_KNOWS = {5: 0.99, 4: 0.95, 3: 0.85, 2: 0.60, 1: 0.30}


def generated_firms(count: int, seed: int) -> list[Firm]:
    """So many firms, always the same for a seed."""
    random = Random(seed)
    return [Firm.of(_known(random, _firm(random)), TODAY) for _ in range(count)]


def _known(random: Random, facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if random.random() < _KNOWS[spec_of(name).ease]}


def _money(amount: float) -> int:
    """Two significant figures, as owners tell them."""
    step = Decimal(10) ** max(Decimal(int(amount)).adjusted() - 1, 0) if abs(amount) >= 1 else Decimal(1)
    return int((Decimal(int(amount)) / step).to_integral_value() * step)


def _firm(random: Random) -> dict[str, Any]:
    trade = random.choices(TRADES, [item.common for item in TRADES])[0]
    low, high = trade.staff
    staff = max(low, min(high, int(random.lognormvariate(0, 0.9) * low * 2.2)))
    revenue = staff * trade.per_head * random.lognormvariate(0, 0.45)
    company = random.random() < trade.company + (0.25 if staff > 15 else 0)
    facts = {
        "industry": trade.industry,
        "employees": staff,
        "legal_form": "company" if company else random.choices(["sole_trader", "cooperative", "partnership"], [90, 6, 4])[0],
        "region": random.choice(_PLACES),
        "age_months": min(int(random.lognormvariate(3.5, 0.9)) + 2, 300),
        "annual_revenue": _money(revenue),
    }
    facts |= _wishes(random, revenue) | _figures(random, trade, revenue) | _standing(random, company, revenue)
    facts |= _people(random, staff) | _backing(random, trade, facts)
    return {name: value for name, value in facts.items() if vocabulary()[name].ask}


def _wishes(random: Random, revenue: float) -> dict[str, Any]:
    purposes = {"working_capital": 38, "stock_purchase": 18, "equipment": 16, "premises": 12, "refinance": 6, "wages": 5, "rd": 5}
    return {
        "amount_sought": max(_money(revenue * random.uniform(0.05, 0.4)), 10_000),
        "term_months": random.choice([6, 12, 12, 12, 24, 36]),
        "purpose": random.choices(list(purposes), list(purposes.values()))[0],
    }


def _figures(random: Random, trade: Trade, revenue: float) -> dict[str, Any]:
    profit = revenue * random.gauss(trade.margin, 0.06)
    assets = revenue * random.uniform(0.25, 1.1)
    loans = random.choice([0, 0, revenue * random.uniform(0.03, 0.35)])
    owed = min(loans + assets * random.uniform(0.05, 0.5), assets * 1.1)
    on_credit, research = "credit" in trade.traits, "research" in trade.traits and random.random() < 0.45
    online = "platform" in trade.traits
    return {
        "net_profit": _money(profit),
        "total_assets": _money(assets),
        "total_liabilities": _money(owed),
        "existing_loans": _money(loans),
        "monthly_debt_service": _money(loans * 0.04),
        "receivables": _money(revenue * random.uniform(0.03, 0.3)) if on_credit else 0,
        "inventory": _money(revenue * random.uniform(0.03, 0.2)) if "stock" in trade.traits else 0,
        "monthly_inflow": _money(revenue / 12 * random.uniform(0.8, 1.05)),
        "monthly_sales": _money(revenue / 12 * random.uniform(0.6, 1.0)),
        "invoiced_sales": _money(revenue * random.uniform(0.35, 1.0)),
        "annual_tax_paid": _money(revenue * random.uniform(0.0, 0.04)),
        "taxable_income": max(_money(profit * random.uniform(0.8, 1.2)), 0),
        "rd_spend": _money(revenue * random.uniform(0.02, 0.1)) if research else 0,
        "export_revenue": _money(revenue * random.uniform(0.1, 0.7)) if random.random() < 0.08 else 0,
        "order_value": _money(revenue * random.uniform(0.02, 0.2)) if on_credit and random.random() < 0.7 else 0,
        "platform": random.choice(["taobao_tmall", "douyin", "pinduoduo", "jd"]) if online else "none",
        **({"platform_sales": _money(revenue * random.uniform(0.4, 0.95)), "platform_months": random.randint(3, 60)} if online else {}),
        **({"loan_matures_in_days": random.randint(5, 360)} if loans else {}),
    }


def _standing(random: Random, company: bool, revenue: float) -> dict[str, Any]:
    def yes(share: float) -> bool:
        return random.random() < share

    return {
        "tax_grade": random.choices("ABMCD", [15, 40, 33, 9, 3])[0],
        "overdue_12m": random.choices([0, 1, 2, 4, 8], [76, 12, 6, 4, 2])[0],
        "blacklisted": yes(0.02),
        "vat_taxpayer": "general" if company and revenue > 3_000_000 else "small_scale",
        "tax_arrears": yes(0.04),
        "in_litigation": yes(0.05),
        "fixed_premises": yes(0.93),
        "private_owned": yes(0.98),
        "credit_inquiries_3m": int(random.expovariate(0.4)),
        "credit_inquiries_6m": int(random.expovariate(0.22)),
    }


def _people(random: Random, staff: int) -> dict[str, Any]:
    hired = min(int(random.expovariate(1 / max(staff * 0.13, 0.4))), staff)
    groups = {"graduate": 10, "veteran": 4, "returning_migrant": 7, "registered_unemployed": 4, "woman": 28, "rural": 5}
    mine = [name for name, share in groups.items() if random.random() * 100 < share]
    return {
        "new_hires_12m": hired,
        "graduate_hires_12m": sum(random.random() < 0.25 for _ in range(hired)),
        "social_insurance_paid": random.random() < (0.9 if staff > 10 else 0.6),
        "owner_age": int(min(max(random.gauss(41, 9), 19), 72)),
        "owner_share": random.choice([1, 1, 1, 0.7, 0.6, 0.5, 0.34]),
        **({"owner_group": mine} if mine else {}),
    }


def _backing(random: Random, trade: Trade, facts: dict[str, Any]) -> dict[str, Any]:
    held = {"real_estate": 0.24, "vehicle": 0.15, "deposit": 0.03}
    held |= {"equipment": 0.5} if "machines" in trade.traits else {}
    held |= {"vehicle": 0.7} if "vehicles" in trade.traits else {}
    held |= {"receivables": 0.3} if facts["receivables"] else {}
    held |= {"inventory": 0.25} if facts["inventory"] else {}
    has = [name for name, share in held.items() if random.random() < share]
    research = facts["rd_spend"] > 0
    patents = int(random.expovariate(0.3)) if research else 0
    return {
        "collateral": has or ["none"],
        **({"collateral_value": _money(facts["annual_revenue"] * random.uniform(0.1, 0.8))} if has else {}),
        "guarantor": random.random() < 0.4,
        "patents": patents,
        "high_tech": research and patents > 3 and random.random() < 0.6,
        "tech_sme": research and random.random() < 0.45,
        "specialised_level": random.choices(["none", "innovative", "specialised"], [70, 18, 12])[0] if research else "none",
        "core_buyer": "credit" in trade.traits and random.random() < 0.35,
        "government_contract": "credit" in trade.traits and random.random() < 0.12,
    }
