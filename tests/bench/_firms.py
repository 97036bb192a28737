"""The shipped knowledge, and invented firms of the usual kinds, from hardly to nearly fully known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.conversation.world import World
from knowledge.firm import Firm
from knowledge.pack import load_pack
from knowledge.search import SearchIndex
from scoring.card import default_card
from tests.bench._lines import TODAY

#: A catering firm after a few messages: the middle of a conversation.
TALKING: dict[str, Any] = {
    "legal_form": "company",
    "region": "350100",
    "industry": "catering",
    "age_months": 38,
    "employees": 14,
    "amount_sought": 500000,
    "purpose": "equipment",
    "annual_revenue": 2600000,
    "tax_grade": "B",
    "blacklisted": False,
    "collateral": ["none"],
}
#: A manufacturer with its statements in: nearly everything is known.
OPEN_BOOKS: dict[str, Any] = {
    "legal_form": "company",
    "region": "440300",
    "industry": "industry",
    "age_months": 96,
    "employees": 62,
    "amount_sought": 3000000,
    "term_months": 24,
    "purpose": "working_capital",
    "annual_revenue": 31000000,
    "net_profit": 1450000,
    "total_assets": 24000000,
    "total_liabilities": 13200000,
    "receivables": 6100000,
    "inventory": 3900000,
    "annual_tax_paid": 880000,
    "existing_loans": 2500000,
    "monthly_inflow": 2700000,
    "tax_grade": "A",
    "overdue_12m": 0,
    "blacklisted": False,
    "in_litigation": False,
    "collateral": ["real_estate", "receivables"],
    "collateral_value": 5200000,
    "patents": 7,
    "specialised_level": "specialised",
    "high_tech": True,
    "new_hires_12m": 9,
    "social_insurance_paid": True,
}
#: A shop owner who has said two things.
NEWCOMER: dict[str, Any] = {"legal_form": "sole_trader", "amount_sought": 80000}


def firms() -> tuple[Firm, ...]:
    """The three firms, from hardly to nearly fully known."""
    return tuple(Firm.of(facts, TODAY) for facts in (NEWCOMER, TALKING, OPEN_BOOKS))


def shipped_world() -> World:
    """The knowledge and the scorecard as they ship."""
    pack = load_pack()
    return World(pack, SearchIndex(pack, TODAY), default_card())


def small_world(entries: int = 12) -> World:
    """A few of the shipped entries, spread over all kinds: for benchmarks of what is around a turn, not of the turn."""
    pack = load_pack()
    chosen = list(pack.entries)[:: max(len(pack.entries) // entries, 1)]
    few = replace(pack, entries={name: pack.entries[name] for name in chosen})
    return World(few, SearchIndex(few, TODAY), default_card())
