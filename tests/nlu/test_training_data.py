"""The messages that the intent model learns from: many for each intent, varied, apart from those it is measured on."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.regions import level, regions
from nlu.server.lint import Limits, faults, forms, in_frames, mask, measure, near_copies, same, units

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "nlu" / "server" / "data"
LANGUAGES = ("zh", "en")
INTENTS = sorted(path.stem for path in (DATA / "zh").glob("*.yml"))
SPLITS = ("valid", "test")
AT_LEAST = Counter(dict.fromkeys(INTENTS, 120)) | Counter(out_of_scope=400, state_facts=400)
LIMITS = Limits()
# Messages of a split keep more distance from training than those of one file from each other.
APART = 0.5
SLIPS = re.compile(
    # By pinyin input: loan, interest, credit record, pledge, guarantee, subsidy, renewal, turnover, limit, apply, approve ...
    "代款|待款|带款|代宽|贷宽|贷欵|袋多少|利西|利吸|利律|贴习|征兴|正信|抵鸭|抵丫|抵压|丹保|单保|但保|旦保|补帖|补铁|贴西|续代|续待|叙贷|展其|徐贷"
    "|营夜|原工|城立|鹅度|年华|期线|手序|申清|申情|身请|题交|审匹|放宽要|材聊|财料|正件|直照|身分证|流呈|饱理|平分|巨绝|片子|骗纸|推定|退定|丁阅|订月"
    r"|\b(?:intrest|interests|wat|wats|whats|wich|hw|wen|shud|aply|plz|pls|u|ur|yrs|dont|cant|thnak|thanx|informations|datas|lone|lowns"
    r"|garantor|gaurantor|gaurantee|guarenter|guarentee|documnets|statment|lisence|extention|extand|renewl|renewel|subcribe|unsuscribe"
    r"|unsubcribe|subsidi|goverment|montly|calcualte|improove|delet|dlete|uplod|uplaod|downlod|exprot|huamn|englsih|engish|inglish|speek"
    r"|restrat|strat|proces|aplication|aproved|diffrence|beter|somethng|mony|scamm|skam|rite|rong|corect|helo|colateral|collatral|skore)\b"
)


def _place_names() -> re.Pattern[str]:
    """Provinces and prefecture cities as people say them, in both languages."""
    found = [region for region in regions().values() if level(region.code) != "county"]
    chinese = {re.sub("(市|省|地区|盟|特别行政区)$", "", region.zh) for region in found}
    names = {name for name in chinese if len(name) > 1} | {region.en.lower() for region in found}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


PLACES = _place_names()


@cache
def messages(language: str, intent: str) -> tuple[str, ...]:
    (block,) = yaml.safe_load((DATA / language / f"{intent}.yml").read_text("utf-8"))["nlu"]
    assert block["intent"] == intent
    return tuple(line.removeprefix("- ") for line in block["examples"].splitlines())


def split(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (PROJECT / "tests" / "data" / f"intents_{name}.jsonl").read_text("utf-8").splitlines()]


def everything(language: str) -> list[str]:
    return [text for intent in INTENTS for text in messages(language, intent)]


# The training messages


@pytest.mark.parametrize(("language", "intent"), [*itertools.product(LANGUAGES, INTENTS)])
def test_a_file_holds_many_varied_messages(language: str, intent: str) -> None:
    limits = Limits(messages=AT_LEAST[intent])
    assert faults(measure(messages(language, intent), PLACES), limits) == []


def test_no_message_is_taught_twice_or_for_two_intents() -> None:
    homes = Counter(same(text) for language in LANGUAGES for text in everything(language))
    assert [text for text, count in homes.items() if count > 1] == []


@pytest.mark.parametrize(
    ("language", "form", "least", "most"),
    [
        # People on a phone leave most full stops out, but not all of them.
        ("zh", "punctuated", 0.10, 0.60),
        ("en", "punctuated", 0.10, 0.60),
        # The rare forms must be there often enough to be learnt, and rarely enough to stay a side matter.
        ("zh", "mixed", 0.03, 0.20),
        ("en", "mixed", 0.01, 0.20),
        ("zh", "emoji", 0.004, 0.10),
        ("en", "emoji", 0.003, 0.10),
        ("zh", "full_width_digits", 0.002, 0.10),
        ("zh", "slips", 0.01, 0.15),
        ("en", "slips", 0.015, 0.15),
    ],
)
def test_a_language_holds_the_forms_people_use(language: str, form: str, least: float, most: float) -> None:
    assert least <= getattr(forms(everything(language), SLIPS), form) <= most


@pytest.mark.parametrize(("language", "short", "long"), [("zh", 4, 40), ("en", 12, 100)])
def test_each_language_has_single_words_and_long_stories(language: str, short: int, long: int) -> None:
    lengths = [len(text) for text in everything(language)]
    assert sum(length <= short for length in lengths) > 0.03 * len(lengths)
    assert sum(length >= long for length in lengths) > 0.01 * len(lengths)


# The splits to measure with


@pytest.mark.parametrize("name", SPLITS)
def test_a_split_covers_every_intent_in_each_way_of_writing(name: str) -> None:
    rows = split(name)
    assert all(set(row) == {"id", "language", "intent", "text"} for row in rows)
    assert [row["id"] for row in rows] == [f"{name}-{number:04d}" for number in range(1, len(rows) + 1)]
    assert {row["intent"] for row in rows} == set(INTENTS)
    counts = Counter((row["intent"], row["language"]) for row in rows)
    for intent in INTENTS:
        assert counts[intent, "zh"] >= 5
        assert counts[intent, "en"] >= 5
        assert counts[intent, "mixed"] >= 3


@pytest.mark.parametrize("name", SPLITS)
def test_a_split_shares_no_message_with_training(name: str) -> None:
    taught = [text for language in LANGUAGES for text in everything(language)]
    assert near_copies([row["text"] for row in split(name)], taught, PLACES, APART) == []


def test_the_splits_share_no_message() -> None:
    first, second = ([row["text"] for row in split(name)] for name in SPLITS)
    assert near_copies(first, second, PLACES, APART) == []
    assert near_copies(first, names=PLACES) == near_copies(second, names=PLACES) == []


# The lint itself

TERMS = "保理 授信 质押 展期 担保 贴现 抵押率 等额本息 循环贷 保函 承兑 票据 信用证 首贷 普惠 过桥 代偿 敞口 基点 折旧".split()
TRADES = "面馆 五金店 模具厂 民宿 药店 鞋厂 水果店 修车行 洗衣店 花店 养鸡场 茶园".split()
CITIES = "福州 泉州 苏州 郑州 成都 昆明 沈阳 太原 兰州 南宁".split()
WORDS = "factoring collateral tenor LPR leasing discounting amortization equity dilution covenant haircut drawdown rollover surety".split()
FARMS = {
    "one slot": [
        f"{before}{term}{after}" for term in TERMS for before, after in (("", "是什么意思"), ("请问什么叫", ""), ("给我讲讲", "是啥"))
    ]
    + [f"我想知道{term}指的是什么" for term in TERMS]
    + [f"不懂{term}，解释一下" for term in TERMS],
    "places and trades": [f"我在{city}开{trade}，想贷20万，能批吗" for city, trade in itertools.product(CITIES, TRADES)],
    "polite frames": [
        f"{before}{core}{after}"
        for before in ("请问", "麻烦问下", "想问一下", "咨询下", "老师")
        for core in ("贷款利率是多少", "最长能贷几年", "额度最高给多少", "要不要抵押物", "怎么还款", "可以提前还吗", "有没有手续费")
        for after in ("", "呢", "啊", "谢谢")
    ],
    "English words": [
        f"{before}{word}{after}"
        for word in WORDS
        for before, after in (
            ("what is ", ""),
            ("can you explain ", " to me please"),
            ("i do not understand the word ", ""),
            ("please tell me what ", " means"),
            ("what does ", " mean"),
            ("meaning of ", ""),
            ("could you kindly explain ", ""),
            ("i never heard of ", ", what is that"),
        )
    ],
    "English figures": [
        f"I run a {trade} in {city} with {staff} staff"
        for trade in ("bakery", "garage", "farm", "salon", "hotel")
        for city in ("Wuhan", "Yiwu", "Dalian", "Xiamen", "Foshan")
        for staff in range(3, 9)
    ],
}


@pytest.mark.parametrize("name", FARMS)
def test_a_template_farm_is_found(name: str) -> None:
    farm = FARMS[name]
    assert len(farm) >= LIMITS.messages
    found = " ".join(faults(measure(farm, PLACES), LIMITS))
    assert "framed" in found
    assert "boilerplate" in found
    assert "variety" in found


@pytest.mark.parametrize("name", FARMS)
def test_a_farm_among_natural_messages_is_found(name: str) -> None:
    natural = messages("zh", "ask_why")[:100]
    assert faults(measure(natural, PLACES), LIMITS) == []
    assert faults(measure([*natural, *FARMS[name][:60]], PLACES), LIMITS) != []


def test_too_few_messages_and_equal_ones_are_found() -> None:
    natural = messages("en", "ask_why")[:100]
    assert faults(measure(natural[:99]), LIMITS) == ["99 messages, needs 100"]
    assert faults(measure([*natural, natural[7].upper() + " !"]), LIMITS)[0] == f"the same message twice: {same(natural[7])}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("贷50万用三年", "贷#万用#年"),
        ("１，２００元", "#元"),
        ("Revenue 1.5M in 2023", "revenue #m in #"),
        ("我在泉州和福州各开了一家", "我在@和@各开了一家"),
        ("a shop in Xi'an", "a shop in @"),
        ("一样的", "一样的"),
    ],
)
def test_figures_and_places_are_masked(text: str, masked: str) -> None:
    assert mask(text, PLACES) == masked


def test_units_are_characters_words_and_symbols() -> None:
    assert units("想apply, 那个loan👍 don't #") == ("想", "apply", "那", "个", "loan", "👍", "don't", "#")


@pytest.mark.parametrize(
    ("text", "other", "alike"),
    [
        ("我想贷五十万", "我想贷三十万。", True),  # only the figure differs
        ("Can I repay early without any penalty?", "can i repay earlier without any penalty", True),
        ("在苏州开面馆能贷款吗", "在郑州开面馆能贷款吗", True),
        ("利率是多少", "额度是多少", False),
        ("50万", "30万", False),  # two answers to one question
        ("50万", "５０万！", True),  # the same answer
        ("why was I declined", "why did they turn my shop down", False),
        ("👍", "🙏", False),
        ("？", "。", False),
    ],
)
def test_near_copies(text: str, other: str, alike: bool) -> None:
    assert near_copies([text], [other], PLACES) == ([(text, other)] if alike else [])
    assert near_copies([other, text], names=PLACES) == ([(text, other)] if alike else [])


def test_a_frame_needs_several_messages() -> None:
    frame = [tuple(f"能不能给我讲讲{term}这个词") for term in ("保理", "展期", "代偿", "敞口", "贴现")]
    assert in_frames(frame) == [True] * 5
    assert in_frames(frame[:4]) == [False] * 4


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_texts_can_be_measured(texts: list[str]) -> None:
    found = measure(texts, PLACES)
    assert found.messages == len(texts)
    for share in (found.alike, found.framed, found.boilerplate, found.variety):
        assert 0 <= share <= 1


@given(st.text(alphabet="贷款利息多少抵押怎么办loan 5", min_size=1, max_size=30))
def test_every_message_is_a_copy_of_itself(text: str) -> None:
    assert near_copies([text, text]) == [(text, text)]
