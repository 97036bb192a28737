"""Owners' words find the entry they mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Entry, Standing
from knowledge.pack import load_pack
from knowledge.search import SearchIndex, fold, tokens

DAY = date(2026, 11, 21)
PACK = load_pack()
INDEX = SearchIndex(PACK, DAY)


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
    plain = {
        "id": entry_id,
        "kind": "subsidy",
        "status": "in_force",
        "confidence": "high",
        "name": {"zh": zh, "en": en},
        "summary": {"zh": f"{zh}的说明。", "en": f"About {en}."},
        "source": {"issuer": {"zh": "财政部", "en": "Ministry of Finance"}},
        "checked": DAY,
    }
    return Entry.model_validate(plain | changes)


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
        ("ＶＡＴ发票", "sub-invoice"),
        ("invioce loan", "sub-invoice"),
        ("What is a Government Guarantee?", "sub-guarantee"),
        ("goverment guarentee", "sub-guarantee"),
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


def test_what_is_for_elsewhere_scores_lower_and_the_rest_the_same() -> None:
    anywhere = {hit.entry: hit.score for hit in SMALL.search("设备贴息")}
    in_fujian = {hit.entry: hit.score for hit in SMALL.search("设备贴息", region="350100")}
    assert in_fujian["sub-fujian"] == anywhere["sub-fujian"] == anywhere["sub-guangdong"]
    assert in_fujian["sub-guangdong"] < anywhere["sub-guangdong"] / 2


def test_national_entries_do_not_sink_for_a_region() -> None:
    assert SMALL.search("发票贷", region="350102") == SMALL.search("发票贷")


def test_what_has_ended_comes_after_what_is_in_force() -> None:
    assert [hit.entry for hit in SMALL.search("就业补贴")][:2] == ["sub-new", "sub-old"]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert SearchIndex([], DAY).search("贷款") == ()


def test_no_more_than_asked_for() -> None:
    assert len(found("贷款", limit=3)) == 3
    assert found("贷款", limit=3) == found("贷款", limit=10)[:3]


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
