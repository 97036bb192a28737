"""What owners ask before and beside their figures, what they put right in passing, and what such words do not tell of the firm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.answers.comparing import compare, terms_or_rates
from bot.conversation.answers.facts import ask_which
from bot.conversation.answers.first_look import what_fits
from bot.conversation.answers.instalments import over_years
from bot.conversation.answers.plain import as_noted, set_language
from bot.conversation.answers.refused import said_no
from bot.conversation.answers.sums import worked_out
from bot.conversation.answers.talk import on_the_way
from bot.conversation.facts import Taken, take
from bot.conversation.intent import intent_of
from bot.conversation.mending import mended
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.wanted import wanted_in
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.facts import Ambiguity
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
SALON: dict[str, Any] = {"employees": 8, "annual_revenue": 1_200_000, "amount_sought": 200_000}


def scene(world: World, text: str, intent: str | None, firm: dict[str, Any], language: str = "en", **kept: Any) -> Scene:
    extraction = extract_facts(text, today=TODAY)
    before = Dialogue(firm=Firm.of(firm, TODAY), language=language, **kept)
    taken = take(before, extraction, TODAY)
    topics = kept.pop("topics", ())
    return Scene(world, before.but(firm=taken.firm), TODAY, Understanding(intent, 0.9, extraction, topics, language), taken, text)


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("foreign_owner", ["You people give loan to foreigner?", "can an expat get a business loan",
                           "does my residence permit matter for the loan",
                           "my visa is work type only, any problem for loan?", "外国人当老板能贷款吗", "法人是外籍，能申请吗"]),
        ("found_me", ["hey, where did you get my phone number from", "how did you find me?", "你怎么有我的手机号"]),
        ("trust", ["and why should i believe you", "how do I know this isn't a scam", "how are you any different"]),
        ("should_borrow", ["is it silly to borrow for that?", "should i take a loan", "这笔钱该不该借"]),
        ("common:what_banks_look_at", ["how do banks decide how much I can get?", "what do banks check first", "银行主要看什么"]),
        ("pays_late", ["what happens if I'm late?", "what if we miss an instalment"]),
        ("common:buyer_does_not_pay", ["what if the customer doesn't pay"]),
        ("common:if_refused", ["and what if CCB refuses?", "what if the bank says no"]),
        ("rate_may_move", ["is it a fixed rate or could it go up", "利率会变吗"]),
        ("personal_guarantee", ["would i have to guarantee it personally?", "do I have to sign a personal guarantee"]),
        ("common:cannot_repay", ["will they take my house", "could the bank sell our flat"]),
        ("data_where", ["where is this stored, in China?", "我的数据存在哪"]),
        ("ask_documents", ["what do I have to prepare?", "What would I need to get ready", "great, what should i bring"]),
        ("ask_repayment", ["my boss wants to know what we'd pay for 1.5m over 12 months", "can you put that in a table please"]),
        ("ask_match", ["money", "i need a loan", "so what would you do?"]),
        ("which_trade", ["shop", "i have a small factory", "开了个小店"]),
        ("skip", ["dunno", "hmm, not sure yet", "no idea"]),
        ("who_decides", ["thanks, who would decide on this, you?", "you sure? my friend says 10%"]),
        ("say_to_bank", ["what should I say to the bank", "怎么跟银行开口"]),
        ("common:press_for_payment", ["can i make them pay"]),
        ("what_to_tell", ["ok. what info do you need minimum", "你需要知道我哪些情况"]),
        ("complain", ["thanks for nothing", "you're no help"]),
    ],
)  # fmt: skip
def test_plain_questions_are_heard_by_their_words(wanted: str, texts: list[str]) -> None:
    assert {text: wanted_in(text) for text in texts} == dict.fromkeys(texts, wanted)


@pytest.mark.parametrize(
    "text",
    ["we sell to foreigners, can we get a loan", "foreign employees need insurance", "where is the stock kept", "what do I pay tax on",
     "i have a shop in Hefei", "is the fixed asset subsidy open to me", "money from customers is late", "房子可以抵押吗"],
)  # fmt: skip
def test_what_only_sounds_like_them_is_left_alone(text: str) -> None:
    assert wanted_in(text) not in {
        "foreign_owner",
        "data_where",
        "ask_repayment",
        "which_trade",
        "rate_may_move",
        "ask_match",
        "property_at_risk",
    }


@pytest.mark.parametrize(
    ("text", "guess", "heard"),
    [
        ("hello i'm writing for my dad, he doesn't speak english", "set_language", "on_behalf"),
        ("my boss asked me to find out", "greet", "on_behalf"),
        ("i'm writing for my dad, which papers?", "ask_documents", "ask_documents"),
        ("please speak english", "set_language", "set_language"),
        ("Thank you. Our loan is 5 million", "thank", "state_facts"),
        ("one buyer is 70% of our sales, is that bad?", "complain", "matters"),
    ],
)
def test_for_whom_and_beside_what_something_is_said(world: World, text: str, guess: str, heard: str) -> None:
    assert intent_of(scene(world, text, guess, SALON), Dialogue()) == heard


@pytest.mark.parametrize(("text", "language"), [("I don't speak chinese well", "en"), ("我不会英文", "zh"), ("speak chinese please", "zh")])
def test_a_language_one_does_not_speak_is_a_wish_for_the_other(world: World, text: str, language: str) -> None:
    assert set_language(scene(world, text, "set_language", {})).dialogue.language == language


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("oh no, 9", "employees", 9),
        ("sorry, I meant 250k", "amount_sought", Decimal(250_000)),
        ("no wait, 1.3 million", "annual_revenue", Decimal(1_300_000)),
        ("no I said 210k, not 200k", "amount_sought", Decimal(210_000)),
        ("no I said 62m not 6.2", None, None),
        ("hmm no, 8.5", None, None),
    ],
)
def test_a_bare_figure_puts_right_what_it_is_near_to(text: str, name: str | None, value: object) -> None:
    dialogue = Dialogue(firm=Firm.of(SALON, TODAY), recent=("employees", "amount_sought", "annual_revenue"))
    taken = take(dialogue, extract_facts(text, today=TODAY), TODAY)
    assert {change.fact.name: change.fact.value for change in taken.changes} == ({} if name is None else {name: value})


@pytest.mark.parametrize(
    ("said", "after"), [("we're both from Yunnan", "532901"), ("no, it is in Yunnan", "530000"), ("Kunming", "530100")]
)
def test_a_wider_place_does_not_move_the_firm(said: str, after: str) -> None:
    dialogue = Dialogue(firm=Firm.of({"region": "532901"}, TODAY))
    assert take(dialogue, extract_facts(said, today=TODAY), TODAY).firm["region"] == after


@pytest.mark.parametrize(
    ("asking", "text", "facts"),
    [
        ("guarantor", "would a cooperative help?", {}),
        ("collateral", "do we have to pledge the factory?", {}),
        ("guarantor", "80k for crates", {"amount_sought": Decimal(80_000)}),
        ("collateral", "is our flat at risk?", {}),
        ("collateral", "we can pledge the factory", {"collateral": ("real_estate",)}),
        ("guarantor", "my brother would help", {"guarantor": True}),
        ("collateral", "we don't have tax records", {}),
        ("collateral", "we don't have anything", {"collateral": ("none",)}),
        ("region", "is that the same for a one-man business?", {}),
        ("age_months", "machines bought 2019", {}),
        ("age_months", "6 staff, i owe them one month", {"employees": 6}),
        ("age_months", "two months behind with the rent", {}),
        ("age_months", "340k open at the bank, 2 yrs left", {"existing_loans": Decimal(340_000)}),
        ("age_months", "I have a UK masters from 2023, does it count as graduate?", {}),
    ],
)
def test_what_a_case_or_paper_is_asked_of_tells_nothing_of_the_firm(asking: str, text: str, facts: dict[str, object]) -> None:
    plain, heard = (extract_facts(text, today=TODAY, asking=one) for one in (None, asking))
    assert mended(text, asking, plain, heard).facts == facts


def test_a_figure_that_cannot_be_the_answer_is_not_offered_as_one(world: World) -> None:
    impossible = Ambiguity(("age_months",), (Decimal(3_600_000), Decimal(300_000)), 0, 6, "300000")
    told = ask_which(impossible, scene(world, "300000", "state_facts", {}, asking="age_months"))
    assert not told.replies[-1].buttons
    assert "300000" in told.replies[-1].text


@pytest.mark.parametrize(
    ("text", "known", "shown", "lists"),
    [
        ("bakery, is a loan possible?", {}, False, 0),
        ("bakery in Xiamen with 1m revenue, is a loan possible?", {}, False, 3),
        ("i have no house here", SALON, True, 0),
        ("show me the loans again", SALON, True, 3),
    ],
)
def test_a_list_is_shown_where_it_helps(world: World, text: str, known: dict[str, Any], shown: bool, lists: int) -> None:
    told = what_fits(scene(world, text, "ask_match", known, shown=shown))
    heads = {"LOANS", "GUARANTEES", "SUBSIDIES AND TAX RELIEF"}
    assert sum(reply.text.splitlines()[0] in heads for reply in told.replies) == lists


@pytest.mark.parametrize(
    ("text", "intent", "says"),
    [
        ("the bank never told us why they said no", "ask_why", "was it the credit record"),
        ("BOC said our cash flow was too weak", "state_facts", "Bank of China said no"),
    ],
)
def test_a_no_without_a_reason_or_with_one_has_its_answer(world: World, text: str, intent: str, says: str) -> None:
    told = said_no(scene(world, text, intent, SALON, "zh" if "银" in text else "en"), intent)
    assert told is not None
    assert says in told.replies[0].text


def test_a_sum_is_worked_out_over_other_years_with_the_unit_left_out(world: World) -> None:
    told = over_years(scene(world, "ouch. and over five?", "state_facts", SALON | {"term_months": 36, "max_rate": Decimal("0.04")}))
    assert told is not None
    assert "for 5 years" in told.replies[0].text
    assert over_years(scene(world, "and over five?", "state_facts", {})) is None
    asked = scene(world, "and over five?", "restart", SALON | {"term_months": 36, "max_rate": Decimal("0.04")})
    assert worked_out(asked, "restart") is not None, "no guess of a fresh start throws away what was told"


def test_what_stands_as_it_should_is_said_to_stand(world: World) -> None:
    kept = {"recent": ("amount_sought", "employees")}
    told = as_noted(scene(world, "no, I said 200k not 20k", "state_facts", SALON, **kept))
    assert told is not None
    assert "CNY 200,000" in told.replies[0].text
    assert as_noted(scene(world, "no, I said 300k not 30k", "state_facts", SALON, **kept)) is None


def test_after_an_answer_on_the_way_the_questions_go_on(world: World) -> None:
    told = on_the_way("foreign_owner")(scene(world, "my company is in Yiwu, 4 years", "ask_match", {}))
    assert told.dialogue.asking is not None
    assert on_the_way("foreign_owner")(scene(world, "can foreigners borrow?", "ask_match", {})).dialogue.asking is None


def test_two_words_are_each_explained_and_an_offer_stands_beside_a_bank_loan(world: World) -> None:
    def compared(text: str, *topics: str) -> str:
        asked = scene(world, text, "ask_compare", SALON)
        heard = Understanding("ask_compare", 0.9, asked.understanding.extraction, topics, "en")
        told = compare(Scene(world, asked.dialogue, TODAY, heard, Taken(asked.dialogue.firm, (), False), text))
        return "\n".join(reply.text for reply in told.replies)

    words = compared("difference between factoring and a pledge", "def-mortgage-vs-pledge", "def-factoring")
    assert words.index("Factoring") < words.index("Mortgage and pledge")
    assert compared("leasing compared with a bank loan", "def-lease", "prd-leasing").startswith("Equipment leasing ｜")


def test_rates_are_those_of_loans_after_something_that_has_none(world: World) -> None:
    told = terms_or_rates(scene(world, "rates?", "ask_terms", SALON, focus="gua-measures-2025"))
    assert "cheapest first" in told.replies[0].text
