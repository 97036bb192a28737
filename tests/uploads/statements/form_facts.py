"""The facts that a balance sheet and an income statement state, by their items."""

from __future__ import annotations

BALANCE_FACTS = {
    "total_assets": "total_assets", "total_liabilities": "total_liabilities", "equity": "equity", "cash": "cash",
    "receivables": "receivables",
    "inventory": "inventory", "fixed_assets": "fixed_assets", "short_term_debt": "short", "long_term_debt": "long",
    "current_assets": "current_assets", "current_liabilities": "current_liabilities", "existing_loans": "short+long",
}  # fmt: skip

INCOME_FACTS = {
    "annual_revenue": "revenue", "operating_cost": "cost", "gross_profit": "revenue-cost", "operating_profit": "operating",
    "finance_cost": "finance",
    "net_profit": "net",
}  # fmt: skip
