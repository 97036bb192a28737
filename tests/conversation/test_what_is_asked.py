"""What owners ask about grade, price and choice in few words, and what would be if."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.conversation.answers.comparing import compare
from bot.conversation.answers.costs import what_it_costs
from bot.conversation.answers.differences import matters
from bot.conversation.answers.how_long import how_to_go_about
from bot.conversation.answers.money import improve, why
from bot.conversation.answers.offers import compared
from bot.conversation.answers.refused import said_no
from bot.conversation.answers.results import show_results
from bot.conversation.answers.supposed import what_if
from bot.conversation.doubted import how_not_news
from bot.conversation.facts import take
from bot.conversation.intent import intent_of
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.weak_points import weak_points
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
SHOP: dict[str, Any] = {
    "industry": "catering", "region": "350500", "employees": 3, "annual_revenue": 400_000, "net_profit": -150_000, "overdue_12m": 3,
    "total_assets": 500_000, "total_liabilities": 900_000, "amount_sought": 300_000, "purpose": "working_capital", "collateral": ["none"],
}  # fmt: skip
WORKS: dict[str, Any] = {
    "industry": "industry", "region": "350102", "legal_form": "company", "age_months": 96, "employees": 32, "annual_revenue": 16_000_000,
    "net_profit": 1_200_000, "amount_sought": 2_000_000, "purpose": "equipment", "collateral": ["real_estate"],
    "collateral_value": 3_000_000,
}  # fmt: skip


def scene(world: World, text: str, language: str, facts: dict[str, Any], intent: str | None = None, sure: float = 0.9) -> Scene:
    extraction = extract_facts(text, today=TODAY)
    before = Dialogue(firm=Firm.of(facts, TODAY), language=language, shown=True)
    taken = take(before, extraction, TODAY, asks=True)
    return Scene(world, before.but(firm=taken.firm), TODAY, Understanding(intent, sure, extraction, (), language), taken, text)


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ("ask_compare", ["最便宜的", "最快的", "能借最多的", "最快的是哪个", "哪个放款最快", "最多的是哪家", "哪个利息最低",
                         "最便宜的贷款",
                         "cheapest first", "which is fastest", "which lends the most", "most money first",
                         "which has the lowest interest", "最多的排前面", "按最便宜排", "最快的优先", "order by most", "sort by cost",
                         "please rank them by speed"]),
        ("rating", ["报告", "出一份报告", "给份报告", "报告给我", "report", "give me the report", "send me a report please"]),
        ("ask_why", ["给我打几分", "我的等级是多少", "为什么评这么低", "为什么是这个等级", "what grade am I and why",
                     "why is my score so low",
                     "how do you rate me", "打几分", "多少分", "我能得多少分呢", "为什么是这个分", "凭什么给这个分数",
                     "score me", "my rating",
                     "please rate my business", "our grade?", "how would we score"]),
        ("ask_match", ["还能去哪里借", "还可以找谁", "还有哪里能办", "能不能批", "where else can I go", "will we be approved"]),
        ("apply_again", ["多久后能再申请", "when can I apply again"]),
        ("matters", ["有影响吗", "does that matter"]),
        ("who_decides", ["最后谁说了算", "是你批吗", "你能做主吗", "这个结果准吗", "who decides in the end", "do you decide",
                         "how sure is that", "who has the final say"]),
        ("about_us", ["你们跟银行什么关系？收不收费？", "你们是哪家公司的", "你们是银行吗", "这个收费吗", "要收费吗", "你们靠什么赚钱",
                      "are you a bank?", "is it free?", "who is behind this", "how do you make money", "do you charge a fee"]),
        ("rate_within", ["能做到3个点以下吗", "3.5%能拿到吗", "is 4% possible", "can you do better than 3",
                         "what's the lowest rate"]),
        ("ask_repayment", ["ok and interest only?", "那等额本息呢", "先息后本的话"]),
        ("who_decides", ["are you sure about that", "你确定吗"]),
        ("send_file", ["把我的资料发给银行吧", "send my info to the best bank", "forward our file to the lender please"]),
        ("call_off", ["先别发", "资料先别给银行", "算了先别发了", "actually no, dont send", "please do not share it"]),
    ],
)  # fmt: skip
def test_few_words_are_heard_whatever_the_guess(world: World, wanted: str, texts: list[str]) -> None:
    for text in texts:
        assert intent_of(scene(world, text, "zh", SHOP, "state_facts"), Dialogue()) == wanted, text


@pytest.mark.parametrize(
    "text",
    [
        "最多能借多少",
        "最快多久放款",
        "征信报告怎么查",
        "审计报告多少钱",
        "最低工资多少",
        "利率是怎么定的",
        "what is a credit report",
        "最近三年的报表",
        "分多少期还",
        "credit score of a person",
        "what is a rating agency",
    ],
)
def test_what_only_sounds_like_it_keeps_its_guess(world: World, text: str) -> None:
    assert intent_of(scene(world, text, "zh", {}, "ask_terms"), Dialogue()) == "ask_terms"


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("zh", "实际一年成本到底多少", ["连评估、担保这些费用实际约", "每借1万元用一年约付", "一年成本约"]),
        ("zh", "利率大概多少", ["您符合的贷款", "每借1万元"]),
        ("en", "what does it really cost per year", ["with the fees about", "a year on each CNY 10,000", "their cost comes to"]),
        ("en", "what interest would I pay", ["What the loans you fit", "before any profit"]),
    ],
)
def test_what_it_costs_counts_fees_and_what_is_left_of_them(world: World, language: str, text: str, parts: list[str]) -> None:
    answer = what_it_costs(scene(world, text, language, WORKS))
    assert answer is not None
    assert [part for part in parts if part not in answer.replies[0].text] == []
    assert answer.sources


def test_the_cost_of_a_weak_firm_says_that_banks_refuse_rather(world: World) -> None:
    weak, nobody = (what_it_costs(scene(world, "利率多少", "zh", facts)) for facts in (SHOP, {}))
    assert weak is not None
    assert nobody is not None
    assert "而是不批" in weak.replies[0].text
    assert "银行公布的利率在" in nobody.replies[0].text
    assert len(nobody.replies) == 2, "and the first question"


@pytest.mark.parametrize(
    "text", ["微捷贷利率多少", "20万一年利息多少", "能贷多少，利率多少", "借10万三年一共要付多少", "随借随还 用10天多少利息"]
)
def test_a_loan_or_figures_named_are_another_question(world: World, text: str) -> None:
    assert what_it_costs(scene(world, text, "zh", WORKS)) is None


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("zh", "如果今年赚了30万呢", ["净利润：30万元", "一年内还不上的可能从约"]),
        ("en", "what if I made a profit of 300k this year", ["net profit: CNY 300,000", "instead of about"]),
        ("en", "what if our tax grade were A", ["tax credit grade: A", "The grade stays E."]),
        ("zh", "要是我能拿房子抵押呢", ["抵质押物：房产", "等级不变，还是 E。"]),
        ("zh", "如果利润是900万呢", ["净赚的比营业额还多"]),
        ("zh", "要是我把逾期还清了呢", ["近12个月的次数要随时间才降下来"]),
        ("en", "what if I pay off the late ones", ["only falls with time"]),
    ],
)
def test_a_case_supposed_tells_the_grade_and_is_not_kept(world: World, language: str, text: str, parts: list[str]) -> None:
    here = scene(world, text, language, SHOP)
    before = Dialogue(firm=Firm.of(SHOP, TODAY), language=language)
    answer = what_if(here, before)
    assert answer is not None
    assert [part for part in parts if part not in answer.replies[0].text] == []
    assert answer.dialogue.firm == before.firm
    shown = [line for reply in answer.replies for line in reply.text.splitlines() if line.lstrip().startswith(("来源：", "Source: "))]
    assert len(answer.sources) == len(shown)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [("en", "what if I had a guarantor", "Suppose this: there is a guarantor."), ("zh", "如果有人担保呢", "假设有担保人，")],
)
def test_whether_there_is_something_is_supposed_in_its_own_words(world: World, language: str, text: str, told: str) -> None:
    answer = what_if(scene(world, text, language, WORKS), Dialogue(firm=Firm.of(WORKS, TODAY), language=language))
    assert answer is not None
    assert answer.replies[0].text.startswith(told)
    assert answer.sources


def test_nobody_who_said_what_the_money_is_for_is_told_to_say_otherwise(world: World) -> None:
    shop = {**SHOP, "purpose": "stock_purchase", "annual_revenue": 6_000_000, "employees": 28, "industry": "industry"}
    answer = improve(scene(world, "怎么提高", "zh", shop))
    assert "确实要把钱用在" not in answer.replies[0].text


BIG: dict[str, Any] = {
    "industry": "wholesale", "region": "440100", "legal_form": "company", "age_months": 60, "employees": 20, "annual_revenue": 15_000_000,
    "amount_sought": 40_000_000,
}  # fmt: skip


def test_a_firm_whose_only_lender_turns_it_away_is_told_the_next_way(world: World) -> None:
    head, loans, *_ = (reply.text for reply in show_results(scene(world, "看结果", "zh", BIG)).replies)
    assert "先找 农业银行 小企业简式贷：再回答2个问题，就知道这一款行不行" in head
    assert "要借的钱是一年营业额的2.7倍" in head
    (against,) = (line for line in loans.splitlines() if "自己有要求" in line)
    assert against.count("您这边：4000万元") == 1, "one limit is enough"
    assert "青海" not in against


def test_where_the_cheapest_are_asked_for_an_unknown_price_is_said_to_be_one(world: World) -> None:
    facts = {**WORKS, "collateral": ["receivables"], "receivables": 1_800_000, "annual_revenue": 9_000_000, "amount_sought": 1_000_000}
    text = compare(scene(world, "which is cheapest", "en", facts)).replies[0].text
    first, *others = text.split("\n\n")[1:]
    assert "a year" in first.splitlines()[1]
    assert any("what it costs a year: not known" in block for block in others)


def test_whether_a_fact_matters_is_told_by_the_firm_without_it(world: World) -> None:
    here = scene(world, "有影响吗", "zh", {**SHOP, "credit_inquiries_6m": 9})
    told = matters(here.with_dialogue(here.dialogue.but(recent=("employees", "credit_inquiries_6m")))).replies[0].text
    assert "查询次数是9次" in told
    assert "不算进预审等级" in told
    assert "银行审批时一般会先看" in told


def test_who_was_refused_hears_the_weak_points_and_no_other_places(world: World) -> None:
    assert list(weak_points(Firm.of(SHOP, TODAY), "zh")) == ["近12个月逾期3次", "去年亏损", "欠款是资产的180%"]
    assert list(weak_points(Firm.of({"net_profit": 9_000_000, "annual_revenue": 1_000_000, "age_months": 0}, TODAY), "en")) == [
        "less than a year in business"
    ]
    told = why(scene(world, "被银行拒了，为什么", "zh", SHOP)).replies[0].text
    assert "近12个月逾期3次" in told
    assert "网贷通" in told
    assert "大庆" not in told


@pytest.mark.parametrize(
    ("text", "language", "asked_of"),
    [
        ("i was declined by CCB last month, why would that be", "en", "CCB"),
        ("被银行拒了，为什么啊", "zh", "银行"),
        ("why was I declined", "en", None),
        ("为什么我不符合", "zh", None),
        ("其他银行为什么不行", "zh", None),
    ],
)
def test_why_a_bank_said_no_is_no_question_about_the_advisor(world: World, text: str, language: str, asked_of: str | None) -> None:
    told = said_no(scene(world, text, language, SHOP), "ask_why")
    assert (told is None) == (asked_of is None)
    assert told is None or asked_of in told.replies[0].text


@pytest.mark.parametrize(
    ("text", "intent"),
    [("那个设备更新的怎么弄", "ask_process"), ("how do I go about the update grant", "ask_process"), ("政策更新怎么订", "subscribe")],
)
def test_how_a_thing_is_done_is_no_wish_for_news(text: str, intent: str) -> None:
    assert how_not_news("subscribe", text) == intent


def test_how_long_a_subsidy_takes_is_no_question_for_some_loan(world: World) -> None:
    here = scene(world, "多久能下来", "zh", SHOP)
    spoken_of = here.with_dialogue(here.dialogue.but(focus="sub-equipment-renewal-2026"))
    assert "农业银行" not in how_to_go_about(spoken_of).replies[0].text


def test_who_wants_more_money_is_sent_to_no_stock_exchange(world: World) -> None:
    told = (
        improve(scene(world, "怎样能多借点", "zh", {"industry": "catering", "legal_form": "sole_trader", "region": "350111"}))
        .replies[0]
        .text
    )
    assert "上市" not in told
    assert "怎么修复信用" in improve(scene(world, "怎么提高", "zh", SHOP)).replies[0].text


@pytest.mark.parametrize(("wish", "text"), [("cheapest", "最便宜的"), ("fastest", "最快的"), ("most", "most money first")])
def test_a_wish_orders_what_may_fit_where_nothing_is_certain(world: World, wish: str, text: str) -> None:
    young = {"industry": "catering", "region": "350111", "amount_sought": 150_000}
    answer = compare(scene(world, text, "zh", young))
    assert "有希望的" in answer.replies[0].text
    assert answer.dialogue.wish == wish
    named = replace(scene(world, "cheapest first", "en", WORKS).understanding, topics=("prg-coordination-2024", "prg-8dept-23"))
    loans = compare(replace(scene(world, "cheapest first", "en", WORKS), understanding=named))
    assert all(source.startswith("prd-") for source in loans.sources)


def test_a_grade_of_little_says_between_what_it_lies(world: World) -> None:
    told = show_results(scene(world, "看结果", "zh", {"industry": "catering", "amount_sought": 150_000})).replies[0].text
    assert "说全了可能在 A 到 E 之间" in told


@pytest.mark.parametrize(
    "text",
    [
        "担保公司收费吗", "评估费要多少钱", "谁能给我担保", "会不会把我资料给别人", "银行谁来批的快", "will you send my file to anybody",
        "do I have to send the statements again?", "who decides the collateral value at the bank, a valuer?", "免费的培训有吗",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_is_left_to_the_guess(world: World, text: str) -> None:
    assert intent_of(scene(world, text, "zh", SHOP, "ask_terms"), Dialogue()) not in ("about_us", "send_file", "call_off")


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        (
            "zh",
            "A是月息6厘，等额本息，三年，手续费3个点；B是年化5.8%先息后本一年；C是日息万三，随借随还",
            ["· B：约5.8%（1年）", "· A：约9.27%（3年）", "· C：约10.95%（没说期限，先按1年算）"],
        ),
        (
            "en",
            "offer A: 6% a year, 12 months, fee 3%; offer B: 9% a year, interest only, 12 months",
            ["· B: about 9% (1 year)", "· A: about 11.74% (1 year)"],
        ),
    ],
)
def test_offers_stand_side_by_side_by_their_real_cost(world: World, language: str, text: str, lines: list[str]) -> None:
    there = scene(world, text, language, {"amount_sought": 300_000})
    answer = compared(there)
    assert answer is not None
    assert answer.replies[0].text.splitlines()[1:-1] == lines
    assert answer.dialogue.firm.facts.keys() == {"amount_sought"}


@pytest.mark.parametrize(
    "text", ["我做五金；缺30万", "A是年化5%，一年", "年化5%；等额本息多少", "exports 45% of turnover; profit 3% of turnover"]
)
def test_one_offer_is_not_compared(world: World, text: str) -> None:
    assert compared(scene(world, text, "zh", {})) is None


@pytest.mark.parametrize(
    ("guess", "sure", "text", "wanted"),
    [
        ("ask_documents", 0.73, "那边要打仗吗", "unknown_question"),
        ("ask_documents", 0.73, "要带什么", "ask_documents"),
        ("ask_documents", 0.95, "那边要打仗吗", "ask_documents"),
        ("ask_privacy", 0.6, "银行对我们好不好", "unknown_question"),
        ("report_hardship", 0.9, "跟室友合伙，他出钱我出力", "only_heard"),
        ("report_hardship", 0.9, "客户还欠我180万，下个月到账", "state_facts"),
        ("report_hardship", 0.9, "这个月工资发不出来", "report_hardship"),
    ],
)
def test_a_guess_that_the_words_do_not_bear_out_is_not_answered(world: World, guess: str, sure: float, text: str, wanted: str) -> None:
    there = scene(world, text, "zh", {}, guess, sure)
    assert intent_of(there, Dialogue(language="zh")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("对，删", "affirm"), ("确定删除", "affirm"), ("删除我的数据", "delete_data"), ("先不删", "deny")]
)
def test_a_yes_to_erasing_may_say_so(world: World, text: str, wanted: str) -> None:
    there = scene(world, text, "zh", {}, "delete_data")
    assert intent_of(there, Dialogue(language="zh", pending="erase")) == wanted
