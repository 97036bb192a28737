"""A sum a month said alone behind what is owed is what goes out for it, and behind anything else it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.conversation.after_loans import repaid_each_month
from bot.conversation.model import Dialogue
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
OWES = Firm.of({"existing_loans": 260_000, "annual_revenue": 3_300_000}, TODAY)


@pytest.mark.parametrize(
    ("text", "recent", "repaid"),
    [
        ("7k a month", ("annual_revenue", "existing_loans"), Decimal(7_000)),
        ("monthly 380k", ("existing_loans",), Decimal(380_000)),
        ("we pay 7,200 per month", ("existing_loans",), Decimal(7_200)),
        ("每个月8千", ("existing_loans",), Decimal(8_000)),
        ("7k a month", ("existing_loans", "annual_revenue"), None),
        ("sales are 70k a month", ("existing_loans",), None),
        ("12 staff", ("existing_loans",), None),
    ],
)
def test_a_sum_a_month_behind_what_is_owed_is_repaid(text: str, recent: tuple[str, ...], repaid: Decimal | None) -> None:
    heard = repaid_each_month(text, extract_facts(text, today=TODAY), Dialogue(firm=OWES, recent=recent))
    assert heard.facts.get("monthly_debt_service") == repaid
    assert repaid is None or set(heard.facts) == {"monthly_debt_service"}


def test_what_is_known_to_be_repaid_is_not_told_anew() -> None:
    firm = OWES.having(*Firm.of({"monthly_debt_service": 9_000}, TODAY).facts.values())
    heard = repaid_each_month("7k a month", extract_facts("7k a month", today=TODAY), Dialogue(firm=firm, recent=("existing_loans",)))
    assert "monthly_debt_service" not in heard.facts
