"""Learning from cases and outcomes, in rows and on both databases: a second person, the owner's talk, the owner told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.casework.cases import close, current
from bot.casework.outcomes import OutcomeRefused, record_outcome
from bot.casework.words import Words, answer
from bot.desk.model import GENERAL, Case, Member, Role
from bot.desk.outcomes import LATELY, Result, Why
from bot.learning.labels import Labels
from bot.learning.promoting import NothingToLearn
from bot.learning.proposals import Wanted, carry_out, draft_of, quizzes
from bot.storage.desk.outcomes import approvals, declined_lately
from bot.storage.desk.people import add_member
from bot.storage.desk.promotions import NotReviewable, asked_before, propose, review, waiting_for_review
from bot.storage.desk.tables import promotions, referrals
from bot.storage.store import Store, TurnRecord
from tests.casework.desks import DESK, ICBC, NOW, People, known, opened, people

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def there(store: Store) -> People:
    return people(store)


def closed(there: People, owner: str = "tg:7", said: str = "可以，一年后提前还不收费。") -> Case:
    case = opened(there, owner)
    with there.desk.store.begin() as connection:
        answer(connection, there.desk, case, there.clerk, Words(said), LATER)
    with there.desk.store.begin() as connection:
        return close(connection, there.desk, current(connection, case.id), there.clerk, LATER)


def supervisor(store: Store) -> Member:
    with store.begin() as connection:
        return add_member(connection, Member(0, GENERAL, "赵主任", Role.SUPERVISOR))


def test_what_one_proposed_another_accepts(store: Store, there: People) -> None:
    case, second = closed(there), supervisor(store)
    with store.begin() as connection:
        draft = draft_of(connection, case, Wanted("faq", questions=("提前还款收费吗",)))
        made = propose(connection, case, draft, there.clerk, LATER)
        assert waiting_for_review(connection, GENERAL) == [made]
        assert waiting_for_review(connection, ICBC.id) == []
        assert asked_before(connection) == [], "nothing counts before a second person has seen it"
        with pytest.raises(NotReviewable, match="proposed"):
            review(connection, made, there.clerk, True, LATER)
        assert review(connection, made, second, True, LATER).accepted
        with pytest.raises(NotReviewable, match="already"):
            review(connection, made, there.other, False, LATER)
        (found,) = asked_before(connection)
        assert (found.questions, found.answer, found.bank) == (("提前还款收费吗",), "可以，一年后提前还不收费。", DESK.name)
        assert waiting_for_review(connection) == []


def test_the_database_itself_wants_two_people(store: Store, there: People) -> None:
    same = {"bank_id": GENERAL, "kind": "faq", "draft": {}, "by_id": there.clerk.id, "reviewer_id": there.clerk.id, "at": NOW}
    with pytest.raises(IntegrityError), store.begin() as connection:
        connection.execute(insert(promotions).values(**same))


def test_what_was_refused_is_never_told(store: Store, there: People) -> None:
    case, second = closed(there), supervisor(store)
    with store.begin() as connection:
        made = propose(connection, case, draft_of(connection, case, Wanted("faq")), there.clerk, LATER)
        review(connection, made, second, False, LATER)
        assert asked_before(connection) == []


def test_a_message_is_learnt_from_the_turn_it_was_written_in(store: Store, there: People, tmp_path: Path) -> None:
    case, second = closed(there), supervisor(store)
    with store.begin() as connection:
        with pytest.raises(NothingToLearn, match="not written"):
            draft_of(connection, case, Wanted("message", intent="ask_human"))
        store.note_turn(connection, "tg:7", TurnRecord({"text": case.question}, "ask_human", [], [], "0" * 64), NOW)
    with store.begin() as connection:
        with pytest.raises(NothingToLearn, match="intent"):
            draft_of(connection, case, Wanted("message", intent="dance"))
        made = propose(connection, case, draft_of(connection, case, Wanted("message", intent="ask_human")), there.clerk, LATER)
        carry_out(review(connection, made, second, True, LATER), tmp_path)
    (label,) = Labels(tmp_path / "nlu" / "labels.jsonl").read()
    assert (label.text, label.intent) == ("想找人问问", "ask_human")


def test_an_accepted_entry_becomes_a_file_for_its_author(store: Store, there: People, tmp_path: Path) -> None:
    case, second = closed(there), supervisor(store)
    with store.begin() as connection:
        draft = draft_of(connection, case, Wanted("entry", name="提前还款", entry="def-early"))
        made = review(connection, propose(connection, case, draft, there.clerk, LATER), second, True, LATER)
    assert carry_out(made, tmp_path) == str(tmp_path / "drafts" / "def-early.yaml")
    assert "一年后提前还不收费" in (tmp_path / "drafts" / "def-early.yaml").read_text("utf-8")


def test_closed_cases_become_quizzes(store: Store, there: People) -> None:
    second = supervisor(store)
    with store.begin() as connection, pytest.raises(NothingToLearn):
        draft_of(connection, closed(there), Wanted("quiz"))
    closed(there, "tg:8", "信用贷不用抵押，主要看流水。")
    case = closed(there, "tg:9", "资料齐了三个工作日放款。")
    with store.begin() as connection:
        draft = draft_of(connection, case, Wanted("quiz"))
        review(connection, propose(connection, case, draft, there.clerk, LATER), second, True, LATER)
        (quiz,) = quizzes(connection, [], "zh", 5, Random(1))
    assert quiz.answers[quiz.right] == "资料齐了三个工作日放款。"
    assert "综合服务台" in quiz.why


def test_what_is_proposed_outlives_its_owner_without_a_trace_of_them(store: Store, there: People) -> None:
    case, second = closed(there), supervisor(store)
    with store.begin() as connection:
        made = propose(connection, case, draft_of(connection, case, Wanted("faq")), there.clerk, LATER)
        review(connection, made, second, True, LATER)
        store.erase(connection, case.owner)
    with store.begin() as connection:
        assert connection.execute(select(promotions.c.case_id)).scalar_one() is None
        assert len(asked_before(connection)) == 1


def referral(store: Store, receipt: str = "R-1", bank: str = ICBC.id, owner: str = "tg:7") -> None:
    known(store, owner)
    values = {"receipt": receipt, "owner_id": owner, "bank_id": bank, "product": "prd-x", "fields": [], "pack": {}, "given_at": NOW}
    with store.begin() as connection:
        connection.execute(insert(referrals).values(**values, expires_at=NOW + timedelta(days=30)))


def texts(store: Store) -> list[tuple[int, str, list[str]]]:
    return [(chat, message["text"], [button["id"] for button in message["buttons"]]) for _, chat, message in store.unsent()]


def test_the_owner_hears_what_became_of_an_application_and_what_next(store: Store, there: People) -> None:
    referral(store)
    with store.begin() as connection:
        record_outcome(connection, there.desk, "R-1", there.at_icbc, Result(True, Decimal(300000), Decimal("0.0385")), LATER)
        with pytest.raises(OutcomeRefused, match="already"):
            record_outcome(connection, there.desk, "R-1", there.at_icbc, Result(False, why=Why.OTHER), LATER)
    ((chat, text, buttons),) = texts(store)
    assert chat == 7
    assert "工商银行批了 30万元，年利率 3.85%" in text
    assert buttons == ["e:loan_matures_in_days"]


@pytest.mark.parametrize("why", list(Why))
def test_a_refusal_names_the_reason_and_other_ways(store: Store, there: People, why: Why) -> None:
    referral(store)
    with store.begin() as connection:
        record_outcome(connection, there.desk, "R-1", there.at_icbc, Result(False, why=why), LATER)
    ((_, text, buttons),) = texts(store)
    assert "没有批，原因是" in text
    assert buttons == ["m", "i", "h"]


def test_what_was_declined_counts_for_its_owner_for_a_while(store: Store, there: People) -> None:
    for number, (owner, product, result) in enumerate(
        (
            ("tg:7", "prd-x", Result(False, why=Why.DEBTS)),
            ("tg:7", None, Result(False, why=Why.OTHER)),
            ("tg:7", "prd-y", Result(True, Decimal(1))),
            ("tg:8", "prd-z", Result(False, why=Why.DEBTS)),
        )
    ):
        referral(store, f"R-{number}", owner=owner)
        with store.begin() as connection:
            connection.execute(update(referrals).where(referrals.c.receipt == f"R-{number}").values(product=product))
            record_outcome(connection, there.desk, f"R-{number}", there.at_icbc, result, LATER)
    with store.begin() as connection:
        assert declined_lately(connection, "tg:7", LATER + LATELY - timedelta(days=1)) == {"prd-x", ICBC.id}
        assert declined_lately(connection, "tg:7", LATER + LATELY) == frozenset()


def test_nobody_tells_of_another_banks_referral(store: Store, there: People) -> None:
    referral(store)
    refused = []
    for receipt, member in (("R-1", there.clerk), ("R-9", there.at_icbc), ("R-1", replace(there.at_icbc, role=Role.POLICY))):
        with store.begin() as connection, pytest.raises(OutcomeRefused) as told:
            record_outcome(connection, there.desk, receipt, member, Result(False, why=Why.OTHER), LATER)
        refused.append(str(told.value).replace(receipt, "…"))
    assert len(set(refused)) == 1
    assert texts(store) == []


def test_outcomes_count_once_there_are_twenty(store: Store, there: People) -> None:
    for number in range(20):
        referral(store, f"R-{number}", owner=f"tg:{100 + number}")
        result = Result(True, Decimal(100000)) if number < 5 else Result(False, why=Why.DEBTS)
        with store.begin() as connection:
            assert approvals(connection) == {}
            record_outcome(connection, there.desk, f"R-{number}", there.at_icbc, result, LATER)
    with store.begin() as connection:
        assert approvals(connection) == {"prd-x": Decimal("0.25"), ICBC.id: Decimal("0.25")}
