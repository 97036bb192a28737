"""Owners' words find the entry they mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Entry, Standing
from knowledge.pack import load_pack
from knowledge.regions import COUNTRY, contains
from knowledge.search import FLOOR, SearchIndex, fold, tokens
from knowledge.search.examples import examples
from knowledge.search.places import named_place
from knowledge.search.synonyms import synonyms
from tests.bench.search import TARGET_FALSE, TARGET_HIT1, TARGET_HIT3, measure, questions
from tests.made_entries import made_entry
from tests.shipped import TODAY, searched, shipped

DAY = TODAY
PACK = shipped()
INDEX = searched()


def names(entry: Entry) -> tuple[str, ...]:
    return (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en)


def found(text: str, **options: Any) -> list[str]:
    return [hit.entry for hit in INDEX.search(text, **options)]


def bears_a_name_in(entry: Entry, text: str) -> bool:
    return any(fold(name) in fold(text) for name in names(entry))


NAMES = [
    pytest.param(entry, language, id=f"{entry.id}-{language}")
    for entry in PACK
    if entry.standing(DAY) is Standing.IN_FORCE
    for language in ("zh", "en")
]


@pytest.mark.parametrize(("entry", "language"), NAMES)
def test_an_entry_is_found_by_its_name(entry: Entry, language: str) -> None:
    """First; a tie is allowed only where a term's own entry (ip pledge) bears a name that is part of a product's (ip-pledge loan)."""
    text = entry.name[language]
    order = found(text)
    above = [PACK[other] for other in order[: order.index(entry.id)]]
    assert len(above) <= 1
    assert all(other.kind != entry.kind and bears_a_name_in(other, text) for other in above), [other.id for other in above]


def test_names_that_tie_are_few() -> None:
    tied = [(entry.id, language) for entry, language in (param.values for param in NAMES) if found(entry.name[language])[0] != entry.id]
    assert len(tied) <= len(NAMES) * 0.04, tied


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in PACK if entry.standing(DAY) is not Standing.IN_FORCE])
def test_an_ended_entry_is_still_found_behind_what_is_in_force(entry: Entry) -> None:
    for language in ("zh", "en"):
        order = found(entry.name[language])
        assert entry.id in order[:3], order
        assert all(PACK[other].standing(DAY) is Standing.IN_FORCE for other in order[: order.index(entry.id)])


# -- a small pack of our own ---------------------------------------------------------------------------------------------------


def made(entry_id: str, zh: str, en: str, **changes: Any) -> Entry:
    return made_entry(entry_id, zh=zh, en=en, **changes)


SMALL = SearchIndex(
    [
        made("sub-invoice", "发票贷", "Invoice loan", also={"zh": ["开票贷款"], "en": ["VAT invoice credit"]}),
        made("sub-guarantee", "政府担保", "Government guarantee", also={"zh": ["没抵押怎么贷款"], "en": ["no collateral"]}),
        made("sub-fujian", "设备贴息", "Equipment subsidy", region={"within": "350000"}),
        made("sub-guangdong", "设备贴息", "Equipment subsidy", region={"within": "440000"}),
        made("sub-old", "就业补贴", "Hiring grant", status="superseded"),
        made("sub-new", "就业补贴", "Hiring grant"),
    ],
    DAY,
)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("发票贷", "sub-invoice"),
        ("请问发票贷是什么？", "sub-invoice"),
        ("我想了解一下开票贷款", "sub-invoice"),
        ("invoice loan", "sub-invoice"),
        ("INVOICE LOAN", "sub-invoice"),
        ("ｉｎｖｏｉｃｅ　ｌｏａｎ", "sub-invoice"),
        ("vat invoice credit", "sub-invoice"),
        ("What is a Government Guarantee?", "sub-guarantee"),
        ("没抵押怎么贷款", "sub-guarantee"),
        ("I have no collateral", "sub-guarantee"),
        ("政府可以担保吗", "sub-guarantee"),
    ],
)
def test_variants_find_the_entry(text: str, entry: str) -> None:
    assert SMALL.search(text)[0].entry == entry


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "？？？", "。，！……", "...", "?!", "👍", "——", "什么", "吗？", "what is the", "How much?"]
)
def test_nothing_to_look_for_finds_nothing(text: str) -> None:
    assert found(text) == []
    assert SMALL.search(text) == ()


@pytest.mark.parametrize("text", ["zzqqxx", "хлеб", "犇羴鱻"])
def test_words_nobody_uses_find_nothing(text: str) -> None:
    assert SMALL.search(text) == ()


@pytest.mark.parametrize(
    ("region", "order"),
    [
        ("350000", ["sub-fujian", "sub-guangdong"]),
        ("350102", ["sub-fujian", "sub-guangdong"]),
        ("440000", ["sub-guangdong", "sub-fujian"]),
        ("440300", ["sub-guangdong", "sub-fujian"]),
        (None, ["sub-fujian", "sub-guangdong"]),
        ("100000", ["sub-fujian", "sub-guangdong"]),
    ],
)
def test_entries_for_elsewhere_sink(region: str | None, order: list[str]) -> None:
    assert [hit.entry for hit in SMALL.search("设备贴息", region=region)][:2] == order


def test_what_is_for_elsewhere_scores_lower_and_what_is_done_here_a_little_higher() -> None:
    anywhere = {hit.entry: hit.score for hit in SMALL.search("设备贴息")}
    in_fujian = {hit.entry: hit.score for hit in SMALL.search("设备贴息", region="350100")}
    assert in_fujian["sub-fujian"] >= anywhere["sub-fujian"]
    assert in_fujian["sub-guangdong"] < anywhere["sub-guangdong"]


def test_national_entries_do_not_sink_for_a_region() -> None:
    assert SMALL.search("发票贷", region="350102")[0] == SMALL.search("发票贷")[0]


# -- the shipped pack, asked as owners ask -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("政府给贴利息吗", "sub-service-loan-2026"),
        ("小规摸纳税人开票几个点", "tax-vat-3to1"),
        ("goverment guarentee for my shop, no colateral", "gua-measures-2025"),
        ("invioce data loan what is it", "def-invoice-loan"),
        ("农航微捷贷利率", "prd-abc-weijiedai"),
        ("听说招工要占百分之十五才能贷，现在还是吗", "sub-startup-loan-old"),
        ("財金〔2026〕5号 服务业贴息", "sub-service-loan-2026"),
        ("什么是LPR", "def-lpr"),
        ("贴息", "def-interest-subsidy"),
        ("微业贷和云税贷哪个好", "prd-ccb-yunshui"),
    ],
)
def test_owners_words_find_the_entry(text: str, entry: str) -> None:
    assert found(text)[0] == entry


@pytest.mark.parametrize(
    "text",
    [
        "去日本要办什么签证",
        "商标被人抢注了怎么办",
        "员工离职要赔多少钱",
        "今天天气怎么样",
        "how do I get a visa for Canada",
        "which shares should I buy",
        "my landlord keeps the deposit",
        "我想借二十万",
        "贷款",
        "有什么补贴？",
        "we are in Shenzhen",
    ],
)
def test_what_the_knowledge_is_not_about_gets_no_answer(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "region", "first"),
    [
        ("创业担保贷款怎么申请", "440300", "sub-sz-startup-loan"),
        ("泉州大学生创业担保贷款", None, "sub-fj-startup-loan"),
        ("泉州大学生创业担保贷款", "440300", "sub-fj-startup-loan"),
        ("创业担保贷款怎么申请", "510100", "sub-startup-loan-person"),
        ("创业担保贷款怎么申请", None, "sub-startup-loan-person"),
    ],
)
def test_the_place_named_counts_before_the_askers_and_both_before_everywhere(text: str, region: str | None, first: str) -> None:
    assert found(text, region=region)[0] == first


def test_a_question_about_the_whole_country_is_not_answered_by_a_local_entry_elsewhere() -> None:
    national = [entry for entry in examples().entries if PACK[entry].region.within == COUNTRY]
    for question in [question for entry in national for question in examples().entries[entry]][::9]:
        hits = found(question, region="510100")
        if hits and named_place(fold(question)) is None:
            assert contains(PACK[hits[0]].region.within, "510100"), question


def test_the_best_hit_answers_or_there_is_none() -> None:
    for question in (*examples().nothing[::7], *examples().entries["sub-service-loan-2026"]):
        hits = INDEX.search(question)
        assert not hits or hits[0].score >= FLOOR


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("泉州刚毕业", "泉州"),
        ("a shop in Shenzhen", "shenzhen"),
        ("漳浦县的厂", "漳浦县"),
        ("福州市晋安区", "晋安区"),
        ("银行合作的贷款", None),
        ("yuexinrong", None),
        ("在订单县里", None),
    ],
)
def test_places_are_found_where_the_name_leaves_no_doubt(text: str, name: str | None) -> None:
    place = named_place(fold(text))
    assert (place.name if place else None) == name


def test_the_questions_learned_from_are_about_entries_there_are_and_none_is_measured_on() -> None:
    assert set(examples().entries) <= set(PACK.entries)
    learned = {*examples().nothing, *(question for questions in examples().entries.values() for question in questions)}
    measured = {asked["text"] for split in ("valid", "test") for asked in questions(split)}
    assert not learned & measured
    assert len(measured) >= 560


def test_the_measured_questions_name_entries_there_are() -> None:
    for asked in (*questions("valid"), *questions("test")):
        assert set(asked["entries"]) <= set(PACK.entries)
        assert bool(asked["entries"]) is asked["covered"]


def test_search_holds_its_targets_on_the_validation_questions() -> None:
    shares = measure(lambda asked: found(asked["text"], region=asked["region"]), questions("valid"))
    assert shares.hit1 >= TARGET_HIT1
    assert shares.hit3 >= TARGET_HIT3
    assert shares.false <= TARGET_FALSE


def test_concepts_are_shared_by_both_languages() -> None:
    assert synonyms().concepts("利息能补吗") & synonyms().concepts("interest")
    assert "hire" in synonyms().concepts("we hired two")
    assert "hire" not in synonyms().concepts("shire horses")


def test_what_has_ended_comes_after_what_is_in_force() -> None:
    assert [hit.entry for hit in SMALL.search("就业补贴")][:2] == ["sub-new", "sub-old"]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert SearchIndex([], DAY).search("贷款") == ()


def test_no_more_than_asked_for() -> None:
    assert len(found("服务业贷款贴息", limit=3)) == 3
    assert found("服务业贷款贴息", limit=3) == found("服务业贷款贴息", limit=10)[:3]


WORDS = st.sampled_from(["贷款", "贴息", "担保", "发票", "tax", "loan", "guarantee", "福建", "设备", "？", " ", "VAT", "怎么"])


@given(st.lists(WORDS, max_size=6).map("".join) | st.text(max_size=30), st.sampled_from([None, "350100", "440000"]))
def test_any_text_gives_hits_in_order_and_always_the_same(text: str, region: str | None) -> None:
    hits = INDEX.search(text, region=region)
    assert hits == INDEX.search(text, region=region)
    assert [(-hit.score, hit.entry) for hit in hits] == sorted((-hit.score, hit.entry) for hit in hits)
    assert len({hit.entry for hit in hits}) == len(hits)
    assert all(hit.score > 0 for hit in hits)
    assert not hits or any(True for _ in tokens(text))


def test_an_index_built_again_answers_alike() -> None:
    again = SearchIndex(load_pack(), DAY)
    for text in ("创业担保贷款", "hiring subsidy", "没有抵押物怎么贷款", "小微企业所得税优惠"):
        assert again.search(text) == INDEX.search(text)


@given(st.text(alphabet="abcXYZ贷款ＡＢｃ１2？ ", max_size=20))
def test_case_and_width_do_not_matter(text: str) -> None:
    half = text.translate({ord(wide): narrow for wide, narrow in zip("ＡＢｃ１？", "ABc1?", strict=True)})
    assert list(tokens(text)) == list(tokens(half.upper())) == list(tokens(half.lower()))
