"""What is told as a share of the revenue is worked out, where the revenue is known and the words name what it is a share for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.conversation.shares import shares_told
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
KNOWN = Firm.of({"annual_revenue": 2_500_000}, TODAY)
SHARED = {"net_profit", "export_revenue", "platform_sales"}


def told(text: str, firm: Firm = KNOWN) -> dict[str, object]:
    facts = shares_told(text, extract_facts(text, today=TODAY), firm).facts
    return {name: value for name, value in facts.items() if name in SHARED}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("profit, well, maybe ten percent of that", {"net_profit": Decimal(250_000)}),
        ("we keep about 12% of turnover as profit", {"net_profit": Decimal(300_000)}),
        ("revenue: 260k. profit: don't laugh, 20% of that", {"net_profit": Decimal(52_000)}),
        ("800k sales, of that maybe 15% is profit", {"net_profit": Decimal(120_000)}),
        ("exports are 30% of turnover", {"export_revenue": Decimal(750_000)}),
        ("a third of our revenue comes from abroad", {"export_revenue": Decimal(833_000)}),
        ("2m turnover, of which 40% through Meituan", {"platform_sales": Decimal(800_000)}),
        ("net profit 10% of revenue, wages 30% of revenue", {"net_profit": Decimal(250_000)}),
        ("rent is 8% of turnover", {}),
        ("gross profit is 30% of sales", {}),
        ("10% of sales go to schools, 20% of it is profit", {}),
        ("profit is up 10%", {}),
        ("the profit tax is 5% of that", {}),
    ],
)
def test_a_share_of_the_revenue_is_a_sum(text: str, facts: dict[str, object]) -> None:
    assert told(text) == facts


def test_what_a_cost_takes_is_no_customers_share() -> None:
    heard = extract_facts("sell twice a year, about 2 million, feed eats 70% of it", today=TODAY)
    assert set(shares_told("sell twice a year, about 2 million, feed eats 70% of it", heard, Firm()).facts) == {"annual_revenue"}
    one = "about 2 million, one restaurant takes 70% of it"
    assert "largest_customer_share" in shares_told(one, extract_facts(one, today=TODAY), Firm()).facts


def test_without_a_revenue_nothing_is_worked_out() -> None:
    assert told("profit is about 10% of turnover", Firm()) == {}
    assert extract_facts("profit is about 10% of turnover", today=TODAY).facts == {}


def test_what_is_worked_out_is_about_right_and_no_longer_loose() -> None:
    heard = shares_told("profit is 10% of turnover", extract_facts("profit is 10% of turnover", today=TODAY), KNOWN)
    assert [mention.approximate for mention in heard.mentions if mention.name == "net_profit"] == [True]
    assert not heard.loose
