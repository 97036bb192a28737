"""A list of refunds in a file of its own is taken off the orders that it names, whichever came first, and otherwise that is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.conversation.model import Answer
from bot.conversation.signals.sources import sources
from bot.conversation.world import World
from nlu.uploads.document import Findings
from nlu.uploads.read import read
from tests.conversation.test_papers import Talk

TODAY = date(2026, 11, 21)
_GROSS = Decimal(24_000)


def orders() -> Findings:
    """Two orders a month over a year, of 1,000 yuan each."""
    days = ((1, 3), (2, 28))
    rows = [f"T{month:02}{n},2025-{month:02}-{day:02} 10:00:00,1000.00,交易成功,乐乐" for month in range(1, 13) for n, day in days]
    return read("\n".join(["订单编号,订单付款时间,买家实际支付金额,订单状态,买家会员名", *rows, ""]).encode(), "x", TODAY)


def refunds(*rows: str) -> Findings:
    return read("\n".join(["退款编号,订单编号,退款金额,退款状态,退款完结时间", *rows, ""]).encode(), "x", TODAY)


TWO = ("R1,T031,200.00,退款成功,2025-03-20", "R2,T072,1000.00,退款成功,2025-07-20")


def net_sales(talk: Talk) -> Decimal | None:
    shop = sources(talk.dialogue.papers).shop
    return None if shop is None else sum((one.amount for one in shop.months), Decimal(0))


def said(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


@pytest.mark.parametrize("order", [("orders", "refunds"), ("refunds", "orders")])
def test_whichever_comes_first_the_sales_are_net(world: World, order: tuple[str, str]) -> None:
    files = {"orders": orders(), "refunds": refunds(*TWO, "R3,Z999,50.00,退款成功,2025-07-20")}
    talk = Talk(world)
    talk.send(files[order[0]])
    answer = talk.send(files[order[1]])
    assert "退款清单里有 2 单对得上订单号，共 1,200元，已减掉；另有 1 单对不上。" in said(answer)
    talk.say("对", None)
    assert talk.facts["platform_sales"] == _GROSS - 1200
    assert net_sales(talk) == _GROSS - 1200


def test_orders_that_are_in_use_already_are_asked_about_anew(world: World) -> None:
    talk = Talk(world)
    talk.send(orders())
    talk.say("对", None)
    assert talk.facts["platform_sales"] == _GROSS
    answer = talk.send(refunds(*TWO))
    assert "已减掉" in said(answer)
    assert talk.facts["platform_sales"] == _GROSS  # nothing before a yes
    talk.say("对", None)
    assert talk.facts["platform_sales"] == _GROSS - 1200
    assert net_sales(talk) == _GROSS - 1200


def test_both_in_one_message_are_one_set(world: World) -> None:
    talk = Talk(world)
    talk.send(orders(), refunds(*TWO))
    talk.say("对", None)
    assert talk.facts["platform_sales"] == _GROSS - 1200


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (("R1,Z999,200.00,退款成功,2025-03-20",), "一个也对不上"),
        (("R1,T031,20000.00,退款成功,2025-03-20",), "比订单总额还多"),
    ],
)
def test_what_cannot_be_taken_off_is_said(world: World, rows: tuple[str, ...], what: str) -> None:
    talk = Talk(world)
    talk.send(orders())
    talk.say("对", None)
    assert what in said(talk.send(refunds(*rows)))
    talk.say("对", None)
    assert talk.facts["platform_sales"] == _GROSS
    assert net_sales(talk) == _GROSS


def test_a_list_that_comes_again_is_not_taken_off_again(world: World) -> None:
    talk = Talk(world)
    talk.send(orders(), refunds(*TWO))
    talk.send(refunds(*TWO, "R4,Z1,1.00,退款成功,2025-03-20"))
    talk.say("对", None)
    assert talk.facts["platform_sales"] == _GROSS - 1200
