"""Drafts made of a case: masked, in the words of the right answer, of one kind each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest
import yaml

from bot.desk.model import Bank, Case, Reason, Said
from bot.learning.masking import mask, mask_people
from bot.learning.promoting import Lesson, NothingToLearn, entry, faq, lesson, message
from bot.learning.quizzes import from_entry, from_lesson, quiz_from_json, worth_asking
from tests.shipped import shipped

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)
BANK = Bank("general", {"zh": "综合服务台", "en": "the service desk"}, None, {})
CASE = Case(
    id=5, owner="tg:7", bank="general", reason=Reason.ASKED, about=None, question="我是王小明，13800138000，提前还款收费吗", language="zh",
    status="closed", assignee=1, turn="owner", version=3, opened_at=NOW, waiting_since=None, first_answered_at=NOW, respond_by=None,
    resolve_by=NOW,
)  # fmt: skip


def said(number: int, author: str, text: str | None) -> Said:
    return Said(number, CASE.id, NOW, author, 1 if author == "staff" else None, text)  # type: ignore[arg-type]


TALK = [
    said(1, "note", "这个客户是老李介绍的"),
    said(2, "staff", "张总您好，年利率 3.85% 的产品不收，电话 021-58881234。"),
    said(3, "owner", "那我们公司苏州恒达机械有限公司欠了 53 万能提前还一部分吗"),
    said(4, "staff", None),
    said(5, "staff", "可以，一年后免费。"),
]


def test_the_lesson_is_the_answer_with_what_was_asked_before_it() -> None:
    first = lesson(CASE, TALK)
    assert "王小明" not in first.question
    assert "13800138000" not in first.question
    assert "提前还款收费吗" in first.question
    assert "3.85%" in first.answer, "rates are for people to read"
    assert "58881234" not in first.answer
    assert "张总" not in first.answer
    later = lesson(CASE, TALK, 5)
    assert later.answer == "可以，一年后免费。"
    assert "恒达" not in later.question
    assert "53" not in later.question, "an owner's figure is theirs"


@pytest.mark.parametrize("number", [1, 3, 4, 99])
def test_only_words_of_staff_to_the_owner_can_be_learnt(number: int) -> None:
    with pytest.raises(NothingToLearn):
        lesson(CASE, TALK, number)
    with pytest.raises(NothingToLearn):
        lesson(CASE, TALK[:1])


def test_plainer_words_are_masked_as_well() -> None:
    draft = faq(lesson(CASE, TALK), ["提前还款收费吗", "李女士问：能提前还吗"], "年利率 3.85% 的不收，找李女士。")
    assert draft["questions"][0] == "提前还款收费吗"
    assert "李女士" not in str(draft)
    assert "3.85%" in draft["answer"]
    assert draft["on"] == "2026-11-26"


def test_an_entry_is_a_draft_for_an_author() -> None:
    made = entry(lesson(CASE, TALK), BANK, "提前还款", "def-early-repayment")
    plain = yaml.safe_load(made["yaml"])
    assert (plain["id"], plain["kind"], plain["status"], plain["confidence"]) == (
        "def-early-repayment", "definition", "unconfirmed", "medium",
    )  # fmt: skip
    assert "en" not in plain["name"], "the other language is left to the author"
    for name, entry_id in (("", "def-x"), ("提前还款", "../etc/passwd"), ("提前还款", "Def X")):
        with pytest.raises(NothingToLearn):
            entry(lesson(CASE, TALK), BANK, name, entry_id)


def test_a_training_message_is_masked_like_every_other() -> None:
    assert message(3, "2026-11-26", "我是王小明，欠53万", "ask_repayment")["text"] == mask("我是王小明，欠53万")


@pytest.mark.parametrize("text", ["年利率 3.85%，最高 300 万，36 个月", "rate 3.85 %, up to 3,000,000 for 36 months"])
def test_masking_people_leaves_rates_terms_and_amounts(text: str) -> None:
    assert mask_people(text) == text


def answered(case: int, question: str, answer: str, language: str = "zh") -> Lesson:
    return Lesson(case, language, question, answer, date(2026, 11, 1), None)


OTHERS = [
    answered(1, "要抵押吗", "信用贷不用抵押，看流水。"),
    answered(2, "多久放款", "资料齐了三个工作日。"),
    answered(3, "能提前还吗", "可以提前还，一年后免费。"),
    answered(4, "How long?", "Three working days.", "en"),
]


def test_a_quiz_has_three_answers_of_which_one_is_right() -> None:
    right = answered(5, "提前还款收费吗", "可以，一年后提前还免费。")
    quiz = from_lesson(right, OTHERS, "综合服务台", Random(1))
    assert len(set(quiz.answers)) == 3
    assert quiz.answers[quiz.right] == right.answer
    assert "可以提前还，一年后免费。" not in quiz.answers, "the same answer in other words is not wrong"
    assert "Three working days." not in quiz.answers
    assert quiz_from_json(quiz.as_json()) == quiz


def test_without_two_other_answers_there_is_no_quiz() -> None:
    with pytest.raises(NothingToLearn):
        from_lesson(answered(5, "提前还款收费吗", "可以，一年后提前还免费。"), OTHERS[:1], "", Random(1))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_entry_worth_asking_makes_a_quiz(language: str) -> None:
    asked = worth_asking(list(shipped()))
    assert len(asked) >= 20
    for one in asked:
        quiz = from_entry(one, asked, language, "?", "", Random(1))
        assert quiz.answers[quiz.right] == one.summary[language]
        assert len(set(quiz.answers)) == 3
