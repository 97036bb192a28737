"""What owners ask in a worry or in passing, by its words in both languages: fees, an end, old debts, reminders, whether it is a machine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.conversation.answers.entry import terms
from bot.conversation.answers.talk import remind_me
from bot.conversation.doubted import is_doubted
from bot.conversation.facts import Taken
from bot.conversation.intent import intent_of
from bot.conversation.model import Dialogue, Part, Understanding
from bot.conversation.several import questions_in
from bot.conversation.tongue import switched_to, without_switch
from bot.conversation.wanted import wanted_in
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)


def scene(world: World, text: str, firm: dict[str, Any] | None = None, parts: tuple[Part, ...] = (), **kept: Any) -> Scene:
    dialogue = Dialogue(firm=Firm.of(firm or {}, TODAY), language="en", **kept)
    intent = parts[0].intent if parts else "ask_terms"
    heard = Understanding(intent, 1.0, extract_facts(text, today=TODAY), (), "en", parts)
    return Scene(world, dialogue, TODAY, heard, Taken(dialogue.firm, (), False), text)


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("common:appraisal_fee", ["who pays the appraisal fee if I put up my flat?", "how much is the valuation",
                                  "the appraiser the bank sent billed me 2,600", "评估费谁出"]),
        ("common:mortgage_registration_fee", ["and the registration fee at the property office?", "抵押登记费要我交吗"]),
        ("common:notary_fee", ["does the bank take a notary fee too?", "do i need a notary", "要不要公证"]),
        ("common:property_insurance", ["do I have to buy insurance on the flat?",
                                       "and the bank made us take out fire insurance as well", "房子必须买保险吗"]),
        ("common:mortgage_fees", ["what fees are there with a mortgage", "who bears the appraisal and registration fees",
                                  "抵押贷款有哪些费用"]),
        ("common:which_fees", ["are there any hidden fees?", "what comes on top of the interest?", "除了利息还有什么费用"]),
        ("common:bank_charges", ['bank charged me 3000 "consulting fee" and 2% upfront', "the icbc guy wants 1.5% handling charge",
                                 "can he force me to buy the insurance?",
                                 "they say i must keep 30k on deposit with them", "i want my fee back", "银行收了我两千咨询费"]),
        ("common:mark_of_that", ["does that leave a mark", "这会影响征信吗"]),
        ("ask_privacy", ["do you learn from what i type"]),
        ("common:is_it_allowed", ["is that even legal", "can they do that???", "这样合法吗"]),
        ("common:what_banks_look_at", ["do they all check credit"]),
        ("common:cannot_repay", ["i'm scared they take mum's flat", "is our flat at risk?",
                                 "my parents put up their flat. will they lose it", "what happens to me if it isn't enough"]),
        ("common:sold_on", ["do you sell my chats"]),
        ("who_decides", ["what happens when you are wrong"]),
        ("common:new_for_old", ["should i take another loan to pay them", "borrow to pay off the cards?", "再借一笔还网贷行吗"]),
        ("common:which_debt_first", ["what should i pay first"]),
        ("common:ask_for_relief", ["is it possible to pay later this month?", "can I put december off", "can i postpone the instalment",
                                   "is there any way the bank gives me more time", "could the bank stretch it",
                                   "can they wait a month or two", "can we skip january?",
                                   "could they lower the payment for a few months?"]),
        ("pays_late", ["and if I just dont pay once", "what if i don't pay this month"]),
        ("common:closing_at_once", ["do we have to pay all at once when we deregister the company?",
                                   "must we pay it all back then", "店关了要一次还清吗"]),
        ("common:closing_sell", ["the equipment is worth 60k, can i sell it", "can we sell the machines", "can we sell the saws before",
                                 "who gets the money first, bank or workers", "设备能卖吗"]),
        ("common:closing_down", ["we are closing our restaurant", "we give up the factory in march",
                                 "how do i close the company with a loan still open?"]),
        ("common:closing_with_loan", ["公司注销了贷款怎么办"]),
        ("common:stamp_duty", ["boss asks if stamp duty applies", "is there stamp duty on the contract"]),
        ("common:start_again", ["and later can i open something new?", "could i borrow again one day"]),
        ("common:divorce", ["and what if we divorce", "离婚了贷款谁还"]),
        ("common:at_home", ["i can't stop crying", "my mother doesn't know", "i'm typing with tears in my eyes",
                             "i don't think i can go on with this shop", "my wife doesn't know how bad it is", "i feel so ashamed"]),
        ("common:spouse_signs", ["my wife doesn't know, can I still borrow?"]),
        ("common:too_old", ["my son says I am too old for a loan", "is 62 too old to borrow", "am I too old",
                            "is sixty one too old", "我六十多岁了还能贷吗"]),
        ("common:rented_land", ["my land is rented from the village collective, can it be a pledge", "承包的地能抵押吗"]),
        ("common:secured_or_not", ["do i need to pledge my flat"]),
        ("common:repaid_once_a_year", ["can i pay back after selling", "seriously, repay in autumn ok?"]),
        ("common:rates_in_talk", ["the bank man says 6 li, is it good"]),
        ("common:interest_and_tax", ["could we deduct the interest"]),
        ("common:originals_or_copies", ["in which form, originals or copies?", "复印件行吗"]),
        ("remind_me", ["ok remind me in february, I'm busy", "no news please. just ping me next month", "text me when it's time",
                       "can you remind me", "下个月提醒我一下", "到时候叫我"]),
        ("reassure", ["i am sorry for telling you this", "sorry to ask so much",
                       "i'm sorry, you must hear this all day", "不好意思问了您这么多"]),
        ("unclear", ["what did you say I cannot read so much", "shorter please", "please say it shorter"]),
        ("noted", ["do you remember what i said first"]),
        ("common:heirs", ["my husband died in march and now the bank wants me to pay his loan", "我爸去世了，他的贷款要我还吗",
                          "do i have to take over his debt"]),
        ("common:tax_on_loan", ["do i pay tax on the loan", "贷款要交税吗"]),
        ("common:leaves_a_mark", ["will it hurt my credit if i ask"]),
        ("foreign_owner", ["can a foreigner co-own it"]),
        ("software", ["what model are you running on", "say banana if you are human", "you're just a bot",
                      "prove you are not a robot", "who am i talking to, human or machine"]),
        ("trust", ["do you make things up?", "do you make up your numbers", "how do i know the numbers are right"]),
        ("about_us", ["who wrote you", "which company built you", "you are on their side arent you"]),
        ("ask_scam_check", ["[CMB] your limit of 300,000 is ready, from 3.6%. Click http://cmb-loan.xyz/ap",
                            "您的额度已到账，点击链接领取"]),
        ("ask_match", ["If no house mortgage can or not?"]),
    ],
)  # fmt: skip
def test_worries_are_heard_by_their_words(wanted: str, texts: list[str]) -> None:
    assert {text: wanted_in(text) for text in texts} == dict.fromkeys(texts, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "our registration fee for the company was 2000", "we do property appraisal for banks", "health insurance for staff",
        "i need money for renovation and insurance", "remind me what papers i need", "remind me when there is a new subsidy",
        "can someone from the bank call me", "we run a consulting firm, our fees are 3000 per client", "customers pay later",
        "i want to borrow to pay suppliers", "i need a new loan to pay wages", "the van is too old", "can i sell on taobao",
        "i want to open a new shop", "we have no house but can pledge the van", "where do i register", "they deduct interest in advance",
        "pigs died, the loan of 300k is running", "do copies have to be notarised", "photo ok?", "can we start again", "照片可以吗",
        "which company owns my data", "your updates wake me up at night, switch off", "don't notify me again", "以后不用通知我",
        "出了事担保公司替我还了以后找不找我要", "提交以后谁联系我", "compare the cost of factoring and a mortgage", "离婚房子怎么分",
        "借新还旧可以吗",
        "customers delay payment for months", "could an adviser call me tomorrow morning",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_worry_is_left_alone(text: str) -> None:
    wanted = wanted_in(text) or ""
    assert not wanted.startswith("common:")
    assert wanted not in {"remind_me", "reassure", "noted", "ask_match"}


def test_who_wants_a_reminder_hears_of_what_there_are_reminders(world: World) -> None:
    told = remind_me(scene(world, "ping me next month", {"region": "440300", "industry": "catering", "age_months": 20}))
    assert "cannot write to you on a day of your choice" in told.replies[0].text
    assert [button.id for button in told.replies[0].buttons if button.id.startswith(("t:", "news:"))]
    assert told.dialogue.news is None, "nobody is signed up for news who asks for a reminder"


@pytest.mark.parametrize(
    ("text", "language", "rest"),
    [
        ("back to english please, do i need a guarantor", "en", "do i need a guarantor"),
        ("ok english again. our two buyers are 60% of sales", "en", "our two buyers are 60% of sales"),
        ("说中文吧，要什么材料", "zh", "要什么材料"),
        ("用中文问吧，利息大概多少", "zh", "利息大概多少"),
        ("back to english", None, "back to english"),
        ("english teacher, 3 staff", None, "english teacher, 3 staff"),
        ("English, maths and piano lessons, 12 staff", None, "English, maths and piano lessons, 12 staff"),
        ("we teach english. 12 staff", None, "we teach english. 12 staff"),
        ("中文培训学校，12个人", None, "中文培训学校，12个人"),
    ],
)
def test_a_language_is_gone_back_to_and_what_is_said_behind_it_is_heard(text: str, language: str | None, rest: str) -> None:
    assert (switched_to(text), without_switch(text)) == (language, rest)


@pytest.mark.parametrize(("text", "doubted"), [("do you still have it", True), ("let's start over", False), ("从头来", False)])
def test_nothing_is_set_aside_on_a_guess_that_no_word_bears_out(text: str, doubted: bool) -> None:
    assert is_doubted("restart", 0.7, text) is doubted


def test_several_questions_are_all_answered_though_one_has_words_of_its_own(world: World) -> None:
    text = "three things: how much can i get, how fast, and do i need my wife to sign?"
    assert len(questions_in(text)) == 3
    assert len(questions_in("Q1 how much could I get Q2 at what rate is it Q3 do i need collateral")) == 3
    parts = (Part("ask_match", (), "how much can i get"), Part("common:spouse_signs", (), "do i need my wife to sign"))
    assert intent_of(scene(world, text, parts=parts), Dialogue()) == "ask_match"


@pytest.mark.parametrize(
    ("text", "guess", "heard"),
    [
        ("sorry that was the sms in chinese", "set_language", "only_heard"),
        ("in chinese please", "set_language", "set_language"),
        ("i never signed anything", "deny", "only_heard"),
        ("my brother does not know about the loan", "deny", "only_heard"),
        ("no, never", "deny", "deny"),
        ("i don't want to say", "deny", "deny"),
    ],
)
def test_how_things_are_is_no_wish_for_a_language_and_no_no(world: World, text: str, guess: str, heard: str) -> None:
    said = scene(world, text)
    told = Understanding(guess, 0.7, extract_facts(text, today=TODAY), (), "en")
    assert intent_of(Scene(world, said.dialogue, TODAY, told, said.taken, text), Dialogue()) == heard


@pytest.mark.parametrize(("text", "asks_which"), [("can they do that???", False), ("how much interest is it?", True)])
def test_only_who_asks_after_a_loan_is_asked_which(world: World, text: str, asks_which: bool) -> None:
    assert (terms(scene(world, text)).replies[0].text == "Which one do you mean?") is asks_which
