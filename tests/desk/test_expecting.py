"""The sentence an owner reads: how long it usually takes, and from when somebody is there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.clocks import Hours, Targets
from bot.desk.expecting import expect, expectation_text

HERE = ZoneInfo("Asia/Shanghai")
USUAL = Hours()
BREAK = Hours.of({"times": [["09:00", "12:00"], ["13:30", "17:30"]]})


def told(clock: str, language: str, hours: Hours = USUAL, usual: int | None = None, **more: Any) -> str:
    now = datetime.strptime(f"2026-{clock}", "%Y-%m-%d %H:%M").replace(tzinfo=HERE)
    return expectation_text(expect(hours, Targets(), usual, now), hours, now, language, **more)


@pytest.mark.parametrize(
    ("clock", "zh", "en"),
    [
        ("11-26 10:00", "。", "."),
        ("11-26 14:30", "。", "."),
        ("11-26 14:31", "；今天17:30下班，可能要到明早9:01。", "; they close at 17:30, so perhaps tomorrow around 9:01."),
        ("11-26 19:40", "；现在19:40已下班，明早9:00后。", "; it is 19:40 now, so tomorrow from 9:00."),
        ("11-26 07:30", "；现在7:30还没上班，今早9:00后。", "; it is 7:30 now, so today from 9:00."),
        ("11-27 19:40", "；现在19:40已下班，下周一9:00后。", "; it is 19:40 now, so on Monday from 9:00."),
        ("11-28 12:00", "；今天休息，下周一9:00后。", "; they are off today, so on Monday from 9:00."),
        ("11-29 12:00", "；今天休息，明早9:00后。", "; they are off today, so tomorrow from 9:00."),
        ("02-13 18:00", "；现在18:00已下班，明早9:00后。", "; it is 18:00 now, so tomorrow from 9:00."),
        (
            "02-14 19:40",
            "；现在19:40已下班，接着春节放假，2月24日9:00后。",
            "; it is 19:40 now and Chinese New Year comes next, so on 24 February from 9:00.",
        ),
        ("02-20 10:00", "；春节放假，下周二9:00后。", "; they are off for Chinese New Year, so on Tuesday from 9:00."),
        ("10-02 10:00", "；国庆节放假，下周四9:00后。", "; they are off for National Day, so on Thursday from 9:00."),
        ("10-06 10:00", "；国庆节放假，周四9:00后。", "; they are off for National Day, so on Thursday from 9:00."),
        ("10-09 19:40", "；现在19:40已下班，明早9:00后。", "; it is 19:40 now, so tomorrow from 9:00."),
        ("01-02 12:00", "；元旦放假，周日9:00后。", "; they are off for New Year's Day, so on Sunday from 9:00."),
    ],
)
def test_the_sentence(clock: str, zh: str, en: str) -> None:
    assert told(clock, "zh") == f"一般3小时内回复{zh}"
    assert told(clock, "en") == f"Usually answered within 3 hours{en}"


def test_a_break_at_noon() -> None:
    assert told("11-26 12:10", "zh", BREAK) == "一般3小时内回复；现在12:10是午休，今天13:30后。"
    assert told("11-26 12:10", "en", BREAK).endswith("; it is 12:10 now, their break, so today from 13:30.")


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (1, "5分钟", "5 minutes"),
        (5, "5分钟", "5 minutes"),
        (6, "10分钟", "10 minutes"),
        (55, "55分钟", "55 minutes"),
        (56, "1小时", "1 hour"),
        (60, "1小时", "1 hour"),
        (61, "1.5小时", "1.5 hours"),
        (90, "1.5小时", "1.5 hours"),
        (91, "2小时", "2 hours"),
        (180, "3小时", "3 hours"),
        (181, "4小时", "4 hours"),
        (510, "9小时", "9 hours"),
        (511, "2个工作日", "2 working days"),
        (1020, "2个工作日", "2 working days"),
        (1021, "3个工作日", "3 working days"),
    ],
)
def test_the_usual_time_is_rounded_up(minutes: int, zh: str, en: str) -> None:
    assert told("11-26 09:00", "zh", usual=minutes) == f"一般{zh}内回复。"
    assert told("11-26 09:00", "en", usual=minutes) == f"Usually answered within {en}."


def test_of_how_many_and_that_it_is_slow() -> None:
    assert told("11-26 09:00", "zh", usual=120, cases=12) == "一般2小时内回复（近90天12个问题的中位数）。"
    assert told("11-26 09:00", "en", usual=120, cases=12) == "Usually answered within 2 hours (the median of 12 questions in 90 days)."
    assert told("11-26 09:00", "zh", usual=1021, stale=True) == "最近回复比较慢，一般要3个工作日。"
    assert told("11-26 09:00", "en", usual=1021, stale=True) == "Answers are slow at the moment, usually 3 working days."


@given(
    st.sampled_from(
        [USUAL, BREAK, Hours.of({"country": "US", "zone": "America/New_York"}), Hours.of({"country": "DE", "zone": "Europe/Berlin"})]
    ),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(HERE)),
    st.integers(1, 5000),
    st.sampled_from(["zh", "en"]),
)
def test_there_is_a_sentence_for_every_moment(hours: Hours, now: datetime, usual: int, language: str) -> None:
    text = expectation_text(expect(hours, Targets(), usual, now), hours, now, language)
    assert text.endswith("。" if language == "zh" else ".")
    assert not any(rest in text for rest in ("{", "}", "None"))
