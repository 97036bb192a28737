"""A message is read the same however its parts are set apart: with commas of either width, blanks, emojis, or a polite lead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.mentions import by_rules
from nlu.text import normalise, without_pictures

TODAY = date(2026, 11, 21)


def read(text: str) -> dict[str, Any]:
    return dict(by_rules(text, today=TODAY)[0].facts)


TOLD = [
    "卖手抓饼的，想贷五万，没有逾期",
    "泡沫箱厂，有厂房可抵，逾期过一次",
    "做精密减速机，宁波，一百六十个人，营收1.2亿，要3000万扩产",
    "我退伍回来开的汽修厂，在阜阳，干了四年，员工5个，场地租的，想借25万添举升机",
    "员工52，去年赚了8万，想借30万备货",
    "卖米粉十一年了，想借二十万",
]


@pytest.mark.parametrize("mark", [",", " ", "。", "😂", "\n"], ids=["half-width", "blank", "stop", "emoji", "line"])
@pytest.mark.parametrize("text", TOLD)
def test_parts_may_be_set_apart_by_any_mark(text: str, mark: str) -> None:
    assert len(read(text)) >= 2
    assert read(text.replace("，", mark)) == read(text)


@pytest.mark.parametrize("text", ["never paid late, piano shop", "Glass cutting, 12 people, need 50k"])
def test_a_new_line_ends_what_stands_on_it(text: str) -> None:
    assert len(read(text)) >= 2
    assert read(text.replace(", ", "\n")) == read(text)


@pytest.mark.parametrize("ends", ["🙏🙏", "👍🏻", "☎️"])
@pytest.mark.parametrize("text", ["每个月还两千八", "员工22", "公司名叫青岛海默物流有限公司"])
def test_an_emoji_at_the_end_is_no_part_of_it(text: str, ends: str) -> None:
    assert read(text + ends) == read(text) != {}


@pytest.mark.parametrize("lead", ["老师我想问一下，", "你好我想咨询下，", "就是想问问："])
def test_may_i_ask_wants_nothing_by_itself(lead: str) -> None:
    assert read(lead + "公司做小程序开发的") == {"industry": "software_it"}


@pytest.mark.parametrize("text", ["50 万", "2023年 610万", "去年 卖了300万", "12 个人", "大概 50万 左右", "want 50 万 for stock", "3 点"])
def test_a_blank_within_a_figure_or_behind_a_time_is_no_comma(text: str) -> None:
    assert "，" not in normalise(text)


@pytest.mark.parametrize("text", ["👍", "🙏🙏", "1️⃣"])
def test_emojis_alone_stay_what_they_are(text: str) -> None:
    assert without_pictures(text) == text


@given(st.text(max_size=60))
def test_every_place_in_the_text_stays_where_it_is(text: str) -> None:
    assert len(normalise(text)) == len(without_pictures(text)) == len(text)
