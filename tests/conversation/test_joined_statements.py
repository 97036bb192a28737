"""Statements of one account that come one after the other: one figure by month to confirm, and what does not meet is asked about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.conversation.model import Answer
from bot.conversation.signals.sources import sources
from bot.conversation.world import World
from nlu.uploads.document import Findings
from nlu.uploads.read import read
from tests.conversation.test_papers import Talk
from tests.uploads.businesses import Business, stretch

TODAY = date(2026, 11, 21)
SHOP = Business(first=date(2026, 1, 1))
#: An account of the same firm at another bank.
OTHER = Business(first=SHOP.first, takings=3000, rent=3000, wages=9000, instalment=0)
NUMBER, ELSEWHERE = "6222 0210 0123 4567", "6217 0000 0000 8888"


def statement(first: date, last: date, shop: Business = SHOP, number: str = NUMBER) -> Findings:
    return read(stretch(shop, first, last, number), "x", TODAY)


def mean(shop: Business = SHOP) -> Decimal:
    """What comes in on average by the statement of all days."""
    return Decimal(str(statement(shop.first, shop.last, shop).facts["monthly_inflow"]))


def said(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


def months(talk: Talk) -> int:
    account = sources(talk.dialogue.papers).account
    return 0 if account is None else sum(one.full for one in account.inflow)


def test_three_statements_in_any_order_are_one_account(world: World) -> None:
    talk = Talk(world)
    parts = [statement(date(2026, 5, 1), date(2026, 7, 31)), statement(date(2026, 1, 1), date(2026, 5, 20))]
    parts.append(statement(date(2026, 7, 15), SHOP.last))
    for part in parts:
        talk.send(part)
        talk.say("对", None)
    assert talk.facts["monthly_inflow"] == mean()
    assert months(talk) == 10
    account = sources(talk.dialogue.papers).account
    assert account is not None
    assert account.until == SHOP.last


def test_all_of_them_in_one_message_are_confirmed_at_once(world: World) -> None:
    talk = Talk(world)
    answer = talk.send(statement(date(2026, 1, 1), date(2026, 5, 20)), statement(date(2026, 5, 21), SHOP.last))
    assert "另一个账户" not in said(answer)
    talk.say("对", None)
    assert talk.facts["monthly_inflow"] == mean()
    assert not any(paper.waits for paper in talk.dialogue.papers)


def test_two_halves_of_a_month_are_a_month(world: World) -> None:
    talk = Talk(world)
    talk.send(statement(date(2026, 3, 1), date(2026, 3, 14)))
    assert "monthly_inflow" not in talk.facts
    talk.send(statement(date(2026, 3, 15), date(2026, 3, 31)))
    talk.say("对", None)
    assert talk.facts["monthly_inflow"] == statement(date(2026, 3, 1), date(2026, 3, 31)).facts["monthly_inflow"]


def test_balances_that_do_not_meet_keep_the_figure_waiting(world: World) -> None:
    talk = Talk(world)
    talk.send(statement(date(2026, 1, 1), date(2026, 5, 20)))
    talk.say("对", None)
    first = talk.facts["monthly_inflow"]
    richer = Business(first=SHOP.first, opening=SHOP.opening + 777)
    answer = talk.send(statement(date(2026, 5, 21), SHOP.last, richer))
    assert "接不上" in said(answer)
    talk.say("对", None)
    assert talk.facts["monthly_inflow"] == first
    talk.press(f"f:take:{talk.dialogue.papers[-1].id}:monthly_inflow")
    assert talk.facts["monthly_inflow"] == mean()


def test_another_account_beside_is_added_up_as_before(world: World) -> None:
    talk = Talk(world)
    talk.send(statement(OTHER.first, OTHER.last, OTHER, ELSEWHERE))
    talk.say("对", None)
    talk.send(statement(date(2026, 1, 1), date(2026, 5, 20)))
    answer = talk.send(statement(date(2026, 5, 21), SHOP.last))
    assert "同一个账户" in said(answer)
    talk.press(f"f:sum:{talk.dialogue.papers[-1].id}:monthly_inflow")
    assert talk.facts["monthly_inflow"] == mean() + mean(OTHER)


def test_what_is_thrown_away_counts_no_more(world: World) -> None:
    talk = Talk(world)
    talk.send(statement(date(2026, 1, 1), date(2026, 5, 31)))
    talk.send(statement(date(2026, 6, 1), SHOP.last))
    talk.press(f"f:no:{talk.dialogue.papers[0].batch}")
    talk.say("对", None)
    later = statement(date(2026, 6, 1), SHOP.last)
    assert talk.facts["monthly_inflow"] == later.facts["monthly_inflow"]
    assert months(talk) == 5


def test_a_statement_read_anew_is_joined_again(world: World) -> None:
    talk = Talk(world)
    first = statement(date(2026, 1, 1), date(2026, 5, 31))
    talk.send(first)
    talk.send(statement(date(2026, 6, 1), SHOP.last))
    talk.say("对", None)
    last = talk.dialogue.papers[-1].id
    talk.press(f"f:new:{last}")
    assert talk.dialogue.papers[-1].waits
    talk.say("对", None)
    assert talk.facts["monthly_inflow"] == mean()
