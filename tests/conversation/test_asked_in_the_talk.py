"""What staff answered before, told in the talk: with its question, its source and its day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.casework.cases import Request, open_for
from bot.casework.ports import Desk
from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.desk.model import GENERAL, Bank, Member, Reason, Role
from bot.service import Advisor
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.desk.promotions import Draft, propose, review
from bot.storage.desk.tables import referrals
from bot.storage.store import Store
from nlu.client import IntentGuess
from tests.casework.desks import DESK, ICBC, known

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)


class Guesses:
    """A language server that takes everything for the same."""

    def __init__(self, intent: str, confidence: float = 0.9) -> None:
        self.guess = IntentGuess(intent, confidence, ((intent, confidence),), None)

    async def parse(self, text: str) -> IntentGuess:
        return self.guess


def learnt(store: Store, *, accepted: bool) -> None:
    with store.begin() as connection:
        for bank in (DESK, ICBC):
            keep_bank(connection, bank)
        first, second = (add_member(connection, Member(0, GENERAL, name, Role.SUPERVISOR)) for name in ("李经理", "赵主任"))
    known(store, "tg:8")
    with store.begin() as connection:
        case = open_for(connection, Desk(store), Request("tg:8", Reason.ASKED, None, "?", "zh", {}), DESK, NOW)
        content = {"language": "zh", "questions": ["换了法人贷款还能续吗"], "answer": "可以，带上新执照去柜台换签。", "on": "2026-11-20"}
        made = propose(connection, case, Draft("faq", content), first, NOW)
        review(connection, made, second, accepted, NOW)


@pytest.mark.parametrize(
    ("intent", "text", "told"),
    [
        ("ask_renewal", "换了法人贷款还能续吗？", True),
        ("out_of_scope", "法人换了，贷款能续吗", True),
        ("ask_renewal", "法人换了，贷款能续吗", False),
        ("ask_renewal", "贷款快到期了怎么办", False),
    ],
)
async def test_the_answer_is_told_with_its_question_and_source(store: Store, world: World, intent: str, text: str, told: bool) -> None:
    learnt(store, accepted=True)
    outcome = await Advisor(store, world, Guesses(intent), lambda: NOW).hear("tg:7", Heard(text=text))
    said = "\n".join(reply.text for reply in outcome.replies)
    assert ("有人问过：“换了法人贷款还能续吗”" in said) == told
    if told:
        assert "带上新执照去柜台换签" in said
        assert "综合服务台工作人员 2026年11月20日答复，已由第二人复核" in said
        assert outcome.sources == ("faq-1",)


async def test_what_was_refused_is_not(store: Store, world: World) -> None:
    learnt(store, accepted=False)
    outcome = await Advisor(store, world, Guesses("ask_renewal"), lambda: NOW).hear("tg:7", Heard(text="换了法人贷款还能续吗"))
    assert "有人问过" not in outcome.replies[0].text


async def test_shares_of_approvals_reach_the_order_of_loans(store: Store, world: World) -> None:
    advisor = Advisor(store, world, Guesses("ask_match"), lambda: NOW)
    say = "我在福州开餐馆三年了，12个人，去年营业额280万，想借50万，房产抵押，没有逾期，纳税A级"
    before = await advisor.hear("tg:7", Heard(text=say))
    first = next(source for source in before.sources if source.startswith("prd-"))
    with store.begin() as connection:
        keep_bank(connection, Bank(ICBC.id, ICBC.name, None, {}))
        for number in range(20):
            values = {"receipt": f"R{number}", "owner_id": "tg:7", "bank_id": ICBC.id, "product": first, "fields": [], "pack": {}}
            outcome = {"approved": False, "amount": None, "rate": None, "why": "debts"}
            connection.execute(insert(referrals).values(**values, given_at=NOW, expires_at=NOW, outcome=outcome, outcome_at=NOW))
    after = await advisor.hear("tg:7", Heard(text="看结果"))
    assert next(source for source in after.sources if source.startswith("prd-")) != first
