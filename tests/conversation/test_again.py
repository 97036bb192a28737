"""What is asked twice goes on to the next step, and a vague question follows the talk."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.answers.comparing import compare
from bot.conversation.facts import Taken
from bot.conversation.heard import Heard
from bot.conversation.intent import intent_of
from bot.conversation.kept import dialogue_from_json, dialogue_to_json
from bot.conversation.model import Answer, Dialogue, Understanding
from bot.conversation.several import questions_in
from bot.conversation.thread import is_vague
from bot.conversation.turn import turn
from bot.conversation.typed import as_meant
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
SHOP = Firm.of({"industry": "retail", "region": "330100", "annual_revenue": 2_600_000}, TODAY)


def said(dialogue: Dialogue, text: str, intent: str, world: World, topics: tuple[str, ...] = ()) -> Answer:
    return turn(dialogue, Heard(text=text), Understanding(intent, 0.9, extract_facts(text, today=TODAY), topics, "zh"), world, TODAY)


@pytest.mark.parametrize(
    ("intent", "first", "again"),
    [
        ("report_hardship", "撑不下去了", "店里两个月没开张，工资都发不出"), ("ask_privacy", "你们怎么处理我的资料", "我的信息安全吗"),
        ("ask_scam_check", "放款前先交3000是不是骗子", "让我先交保证金，是骗子吗"), ("complain", "你们这服务太差", "我要投诉，太差了"),
        ("ask_renewal", "贷款到期能续吗", "续贷要准备啥"),
    ],
)  # fmt: skip
def test_the_second_time_it_is_said_in_other_words(world: World, intent: str, first: str, again: str) -> None:
    one = said(Dialogue(), first, intent, world)
    kept = dialogue_from_json(dialogue_to_json(one.dialogue), one.dialogue.firm)
    other = said(kept, again, intent, world)
    assert one.replies[0].text != other.replies[0].text
    assert len(other.replies[0].text) <= len(one.replies[0].text) + 80


def test_a_loan_that_falls_due_in_hardship_gets_the_steps_of_renewal(world: World) -> None:
    one = said(Dialogue(), "撑不下去了", "report_hardship", world)
    assert "书面申请" in said(one.dialogue, "贷款下个月就到期，根本还不上", "report_hardship", world).replies[-1].text


def test_what_to_do_after_personal_data_were_given_is_about_that(world: World) -> None:
    one = said(Dialogue(), "我点了链接，填了身份证", "complain", world)
    assert "冻结" in one.replies[0].text
    assert "再打 110" in said(one.dialogue, "那我现在要咋办", "ask_process", world).replies[0].text


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("流程怎么走", True), ("接下来呢", True), ("那具体怎么办", True), ("下一步干嘛", True), ("what next?", True),
        ("续贷流程怎么走", False),
        ("微捷贷怎么办", False), ("怎么提高额度", False), ("这个补贴怎么申请", False),
    ],
)  # fmt: skip
def test_a_question_on_how_to_go_about_it_may_say_nothing_of_what(text: str, vague: bool) -> None:
    assert is_vague(text) is vague


def test_a_vague_question_follows_the_talk_and_not_a_loan_spoken_of_before_it_moved_on(world: World) -> None:
    loan = said(Dialogue(firm=SHOP), "微捷贷怎么样", "ask_terms", world, ("prd-abc-weijiedai",))
    assert "微捷贷" in said(loan.dialogue, "流程怎么走", "ask_process", world).replies[0].text
    moved = said(loan.dialogue, "你们有没有隐藏的费用", "ask_terms", world)
    steps = said(moved.dialogue, "流程怎么走", "ask_process", world).replies[0]
    assert "微捷贷" not in steps.text
    assert steps.buttons[0].id == "p:prd-abc-weijiedai"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我这8万 邮储和建行哪家好", ("建设银行", "邮储银行")),
        ("建行和招行哪个便宜", ("建设银行", "招商银行")), ("工行还是农行利息低", ("农业银行", "工商银行")),
        ("建行跟农行比，哪家额度高", ("农业银行", "建设银行")),
    ],
)  # fmt: skip
def test_two_banks_are_compared_by_the_best_loan_of_each(world: World, text: str, names: tuple[str, str]) -> None:
    heard = Understanding("ask_compare", 0.9, extract_facts(text, today=TODAY), (), "zh")
    first = compare(Scene(world, Dialogue(firm=SHOP), TODAY, heard, Taken(SHOP, (), False), text)).replies[0].text.splitlines()[0]
    assert all(name in part for name, part in zip(names, first.split("｜"), strict=True))


def test_a_bank_of_the_place_beside_one_that_is_known(world: World) -> None:
    text = "镇上只有信用社和邮政银行，哪个好办"
    heard = Understanding("ask_compare", 0.9, extract_facts(text, today=TODAY), (), "zh")
    told = compare(Scene(world, Dialogue(firm=SHOP), TODAY, heard, Taken(SHOP, (), False), text))
    assert "信用社" in told.replies[0].text
    assert "邮储银行" in told.replies[1].text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("好的谢谢 那要多久", "那要多久"), ("thanks 那怎么申请", "那怎么申请"), ("谢谢", "谢谢"), ("谢谢你听我说", "谢谢你听我说"),
        ("1、没有抵押能贷多少 2、几天能到账", "没有抵押能贷多少 ；几天能到账"), ("一个是农行的，一个是建行的",
        "一个是农行的，一个是建行的"),
        ("一是能不能贷，二是利息几个点", "能不能贷，；利息几个点"), ("3.5万，2.8万", "3.5万，2.8万"),
    ],
)  # fmt: skip
def test_thanks_and_numbers_of_a_list_are_not_what_is_meant(text: str, meant: str) -> None:
    assert as_meant(text) == meant


def test_dictated_questions_are_told_apart_where_others_write_commas() -> None:
    assert questions_in("啥时候能到账啊 利息高不高 提前还要不要违约金") == ("啥时候能到账啊", "利息高不高", "提前还要不要违约金")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("你记的流水是多少", "noted"), ("你现在记的我是借多少", "noted"), ("刚才我说了多少个工人", "noted"), ("你记了我什么", "noted"),
        ("你是人吗", "software"), ("结果", "ask_match"), ("贷50万 利息最低多少", "ask_compare"),
        ("这些够了吗", "ask_match"), ("那你会骗人吗", "trust"), ("你背后是ChatGPT吗", "software"), ("程序能办贷款？", "software"),
        ("别发那些官话了", "plain_words"), ("你说的话算数吗", "who_decides"), ("能不能说简单点嘛", "unclear"),
    ],
)  # fmt: skip
def test_words_about_the_talk_are_heard_whatever_the_guess(world: World, text: str, wanted: str) -> None:
    heard = Understanding("out_of_scope", 0.4, extract_facts(text, today=TODAY), (), "zh")
    assert intent_of(Scene(world, Dialogue(), TODAY, heard, Taken(Firm(), (), False), text), Dialogue()) == wanted
