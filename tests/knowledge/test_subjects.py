"""What a question is about: a neighbour that shares only the words of the trade answers nothing, nor what is called otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.security import unknown_security
from bot.understanding import topics_of
from knowledge.pack import load_pack
from knowledge.search import SearchIndex, named_things, sounds_like
from knowledge.search.shared import SharedWords
from knowledge.search.subjects import names_not_here, not_here
from knowledge.search.words import fold
from nlu.mentions import extract_facts

TODAY = date(2026, 11, 27)
PACK = load_pack()
INDEX = SearchIndex(PACK, TODAY)


def topics(text: str) -> tuple[str, ...]:
    return topics_of(INDEX, text, extract_facts(text, today=TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "汇丰那边的企业贷好批吗", "花旗银行有没有给小店的贷款", "农担的人说能担，收费咋样", "网商贷一天多少利息",
        "手里有张商票，能提前换钱不",
        "做信托贷款门槛高吗", "当铺借钱利息咋算", "残保金今年能减不", "比特币能押出钱来吗", "买了出口信用保险，贷款有帮助没",
        "does barclays lend to small companies", "would an entrusted loan suit us", "we hold trade credit insurance, any use",
        "what is a surety bond", "can you reduce my rate", "usdt as security", "solar panel subsidy for our roof",
    ],
)  # fmt: skip
def test_of_what_is_not_here_no_neighbour_is_shown(text: str) -> None:
    assert topics(text) == ()


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("再贷款跟我有啥关系", "prg-pbc-relending-2026"), ("so what's re-lending", "prg-pbc-relending-2026"),
        ("贴息是怎么个算法", "def-interest-subsidy"), ("how do they work out an interest subsidy", "def-interest-subsidy"),
        ("微业贷跟网商贷比哪个强", "prd-webank-weiye"), ("云税待批得快吗", "prd-ccb-yunshui"),
        ("wangdaitong terms", "prd-icbc-wangdaitong"),
        ("chuangye danbao daikuan for my shop", "sub-startup-loan-person"), ("how to become zhuan jing te xin", "def-zjtx-2026"),
        ("我侄子当过兵，用他名字办行不行", "sub-startup-loan-person"),
        ("greenhouse equipment renewal loan, is the interest subsidised", "sub-equipment-renewal-2026"),
        ("仓库里的存货能押不", "prd-bocom-warehouse"), ("专利可以质押吗", "prd-ip-pledge"),
    ],
)  # fmt: skip
def test_what_is_here_is_found(text: str, entry: str) -> None:
    assert entry in topics(text)


def test_every_entry_is_found_by_its_names_whatever_others_are_told_with() -> None:
    for entry in PACK:
        for name in (entry.name.zh, entry.name.en):
            assert INDEX.search(name), name


def test_a_name_of_the_table_is_the_name_of_no_entry() -> None:
    called = {fold(name): entry.id for entry in PACK for name in (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en)}
    assert [name for names in names_not_here().values() for name in names if name in called] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("能在汇丰贷款吗", "汇丰"), ("P2P还能做吗", "P2P"), ("does HSBC have loans for small firms", "HSBC"),
        ("土地承包经营权能贷不", "土地承包"),
        ("我有民生银行的贷款，还能再借吗", None), ("我欠着网商贷三万", None), ("被浦发拒了", None), ("借呗还没还清能贷吗", None),
        ("I have a loan at HSBC, can I get another", None), ("HSBC already turned us down", None), ("经营快贷怎么样", None),
    ],
)  # fmt: skip
def test_what_is_asked_by_name_and_not_what_is_only_spoken_of(text: str, name: str | None) -> None:
    assert not_here(text) == name


@pytest.mark.parametrize(
    ("text", "things", "unknown"),
    [
        ("大棚能抵押吗", ("大棚",), "大棚"), ("我家的养的猪能抵押不", ("养的猪",), "养的猪"), ("黄金可不可以拿去质押", ("黄金",), "黄金"),
        ("铺面能不能抵押", ("铺面",), None), ("专利可以质押吗", ("专利",), None), ("车能抵押吗", ("车",), None),
        ("挖掘机可以抵押不", ("挖掘机",), None),
        ("我能抵押什么", (), None), ("没抵押能贷款吗", (), None), ("有房能不能不抵押", (), None),
        ("can I borrow against my gold watch?", ("gold watch",), "gold watch"),
        ("is a greenhouse accepted as collateral", ("greenhouse",), "greenhouse"),
        ("can we pledge our patents", ("patents",), None), ("could my truck be used as collateral", ("truck",), None),
        ("what do you take as collateral", (), None), ("研发投入能抵多少税", (), None), ("招人能抵税吗", (), None),
    ],
)  # fmt: skip
def test_a_thing_to_stand_as_security_is_known_or_said_to_be_unknown(text: str, things: tuple[str, ...], unknown: str | None) -> None:
    assert named_things(text) == things
    assert unknown_security(INDEX, text, TODAY) == unknown


def test_a_word_carries_where_few_are_told_with_it() -> None:
    told = ["apple loan", "pear loan", "plum loan", "fig loan", "nut loan", "date loan"]
    words = SharedWords(told)
    assert "loan" not in words.carrying("a loan on pears")
    assert words.shares(words.carrying("a loan on pears"), 1)
    assert not any(words.shares(words.carrying("a loan"), at) for at in range(len(told)))
    assert words.told_with("fig") == [3]


@pytest.mark.parametrize(
    ("entry", "term", "alike"),
    [("prd-ccb-yunshui", "云税代", True), ("def-lease", "finance leese", True),
     ("def-lease", "mezzanine finance", False), ("def-lpr", "信保", False)],
)  # fmt: skip
def test_the_nearest_is_named_only_where_it_is_called_nearly_so(entry: str, term: str, alike: bool) -> None:
    assert sounds_like(PACK[entry], term) is alike
