"""An entry by a form: what its fields make, that they come back as they were, and every fault beside its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape

import pytest

from bot.bulletins.entries import checked
from bot.channels.console.measure_fields import field_of, first_values, read, values_in
from bot.channels.console.measure_parts import example
from knowledge.pack import Pack, load_pack
from tests.bulletins.written import ENTRY_TEXT
from tests.console.bulletin_stage import FAULTY
from tests.console.conftest import Desked
from tests.console.test_measures import plain

TODAY = date(2026, 11, 26)
WHOLE: Mapping[str, str] = {
    **first_values("350000", TODAY),
    **{"verified": "yes", "name_zh": "新招员工补贴", "name_en": "Subsidy for new staff", "valid_until": "2027-12-31"},
    **{"summary_zh": "招人的企业可以领补贴。", "summary_en": "Firms that hire can get a subsidy."},
    **{"issuer_zh": "省人社厅", "issuer_en": "HR department", "title_zh": "补贴办法", "title_en": "Rules", "date": "2026-11-01"},
    **{"fact_1": "近一年新招用人数", "operator_1": "at_least", "value_1": "5人", "fact_3": "行业", "operator_3": "in"},
    **{"value_3": "工业制造、餐饮", "conditions_zh": "没有裁员", "conditions_en": "nobody was dismissed"},
    **{"documents_zh": "劳动合同\n社保记录", "documents_en": "contracts\ninsurance record", "offer_grant_amount": "3000"},
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


def test_a_form_makes_an_entry_that_is_right(pack: Pack) -> None:
    filled = read(WHOLE, TODAY, "zh")
    seen = checked(filled.text, pack)
    assert (filled.faults, seen.found) == ({}, ())
    assert seen.entry is not None
    assert (seen.entry.kind, seen.entry.status, seen.entry.region.within) == ("subsidy", "in_force", "350000")
    assert [one.zh for one in seen.entry.documents] == ["劳动合同", "社保记录"]
    assert (
        "when:\n  all:\n    - fact: new_hires_12m\n      at_least: 5\n    - fact: industry\n      in: [industry, catering]" in filled.text
    )


@pytest.mark.parametrize("change", [{}, {"verified": ""}, {"fact_3": "", "value_3": ""}, {"offer_grant_amount": "", "offer_relief": "50%"}])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_form_wrote_comes_back_into_it(change: Mapping[str, str], language: str) -> None:
    text = read({**WHOLE, **change}, TODAY, "zh").text
    values = values_in(text, language)
    assert values is not None
    assert read(values, date.min, language).text == text


@pytest.mark.parametrize("text", [ENTRY_TEXT, FAULTY, example("350000", TODAY, "zh"), "", "- 1", "id: [", "id: sub-x"])
def test_what_the_form_cannot_hold_is_left_to_the_text(text: str) -> None:
    assert values_in(text, "zh") is None


def test_nothing_of_the_shipped_entries_is_lost_by_the_form(pack: Pack) -> None:
    held = [values for kept in pack.kept.values() if (values := values_in(kept.text, "en")) is not None]
    assert all(read(values, date.min, "en").faults == {} for values in held)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"fact_1": "颜色"}, "row_1", "颜色"),
        ({"operator_1": "within"}, "row_1", "这一项只能这样比："),
        ({"value_1": "很多"}, "row_1", "这里要填：整数"),
        ({"value_3": "炼丹"}, "row_3", "这里要填：农林牧渔"),
        ({"valid_until": "年底"}, "valid_until", "年底"),
        ({"offer_grant_amount": "一些"}, "offer_grant_amount", "一些"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(change: Mapping[str, str], field: str, sentence: str) -> None:
    faults = read({**WHOLE, **change}, TODAY, "zh").faults
    assert set(faults) == {field}
    assert sentence in faults[field][0]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_en": ""}, "name_en"),
        ({"issuer_zh": ""}, "issuer_zh"),
        ({"summary_zh": "每次给3000元。"}, "summary_zh"),
        ({"documents_en": "contracts"}, "documents_en"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
    ],
)
def test_faults_of_the_entry_belong_to_a_field(pack: Pack, change: Mapping[str, str], field: str) -> None:
    found = checked(read({**WHOLE, **change}, TODAY, "zh").text, pack).found
    assert field in {field_of(one) for one in found}


async def test_an_officer_fills_in_the_form_and_another_approves(desked: Desked) -> None:
    async with desked.browser("policy") as browser:
        page = (await browser.get("/measures/new")).text
        assert 'name="name_zh"' in page
        assert "fault-row_1" in page
        told = plain((await browser.post("/measures/check", **{**WHOLE, "value_1": "很多"})).text)
        assert "这里要填：整数" in told
        refused = await browser.post("/measures", **{**WHOLE, "value_1": "很多"})
        assert (refused.status_code, 'value="很多"' in refused.text) == (422, True), "what was typed is there"
        half = await browser.post("/measures", **{**WHOLE, "name_en": ""})
        number = half.headers["location"].partition("?")[0]
        assert number.endswith("/change")
        page = (await browser.get(number)).text
        assert re.search(r'id="fault-name_en"[^>]*><span>[^<]+', page)
        assert "英文名称：" in plain(page)
        figure = plain((await browser.post("/measures/check", **{**WHOLE, "summary_zh": "每次给3000元。"})).text)
        assert "数字填在“给多少”里，这里写 {grant}" in figure
        hidden = re.search(r'name="id" value="([^"]*)"', page)
        assert hidden is not None
        kept = await browser.post(number, **{**WHOLE, "id": hidden[1], "version": "1"})
        number = kept.headers["location"].partition("?")[0]
        assert not number.endswith("/change")
    async with desked.browser("officer") as browser:
        page = unescape((await browser.get(number)).text)
        assert "近一年新招用人数不少于5人" in page
        approved = await browser.post(f"{number}/approve", version="2")
        assert approved.headers["location"].endswith("told=entry_approved")
        assert (await browser.get(f"{number}/change")).status_code == 403
