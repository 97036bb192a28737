"""Clocks watched: warned before, owned up to after, each once, also over restarts, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.casework.cases import close, current
from bot.casework.ports import Desk
from bot.casework.watching import alternatives, watch
from bot.casework.words import Words, answer, heard
from bot.channels.telegram.clocks import watch_clocks
from bot.desk.model import GENERAL, Case, Member, Reason, Role
from bot.storage.desk.cases import adjust, case_of, events_of, open_case
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.desk.statistics import first_answers
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from tests.casework.desks import DESK, ICBC, NOW, People, known, opened, people

HERE = ZoneInfo("Asia/Shanghai")
DEPUTY = 99


def at(clock: str, day: int = 26) -> datetime:
    """A moment of November 2026 on Shanghai's clock; the 26th is a Thursday."""
    return datetime.strptime(f"2026-11-{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=HERE).astimezone(NOW.tzinfo)


@pytest.fixture
def there(store: Store) -> People:
    """A desk with a deputy, whose case was opened at ten in the morning: an answer is due by 13:00."""
    found = people(store)
    with store.begin() as connection:
        add_member(connection, Member(0, GENERAL, "赵主任", Role.SUPERVISOR, telegram_id=DEPUTY, deputy=True))
    return found


def waiting(there: People) -> Case:
    case = opened(there)
    with there.desk.store.begin() as connection:
        adjust(connection, case.id, respond_by=at("13:00"), resolve_by=at("15:30") + timedelta(days=7))
        found = case_of(connection, case.id)
    assert found is not None
    return found


def posts(store: Store) -> list[tuple[int, str, list[str]]]:
    return [(chat, message["text"], [button["id"] for button in message["buttons"]]) for _, chat, message in store.unsent()]


def notes(store: Store, case: Case) -> list[str | None]:
    with store.begin() as connection:
        return [said.text for said in said_in(connection, case.id) if said.author == "note"]


def test_staff_are_warned_once_at_three_quarters(store: Store, there: People) -> None:
    case = waiting(there)
    assert watch(there.desk, at("12:14")) == 0
    assert watch(there.desk, at("12:15")) == 1
    assert notes(store, case) == ["⏳ 客户在等，13:00前要回复。"]
    assert posts(store) == [], "neither the owner nor the deputy is troubled yet"
    assert ("said by note", case.id, "⏳ 客户在等，13:00前要回复。") in there.shown.calls
    assert there.shown.calls[-1][0] == "changed", "the topic's clock follows"
    assert watch(Desk(store), at("12:16")) == 0, "nor after a restart"
    with store.begin() as connection:
        found = case_of(connection, case.id)
        assert found is not None
        assert found.warned_at == at("12:15")
        assert found.escalated_at is None
        assert [event["event"] for event in events_of(connection, case.id)] == ["opened", "warned"]


def test_a_missed_target_is_owned_up_to_and_the_deputy_hears_of_it(store: Store, there: People) -> None:
    case = waiting(there)
    watch(there.desk, at("12:15"))
    assert watch(there.desk, at("13:00")) == 1
    deputy, owner = posts(store)
    assert deputy == (DEPUTY, f"综合服务台 {case.id} 号问题该在13:00前回复，客户还在等。还没有人接。", [])
    assert owner[0] == 7
    assert owner[1].startswith("综合服务台说好13:00前回复您，到现在还没回")
    assert owner[2] == [f"o:move:{ICBC.id}", "o:cancel"]
    assert watch(there.desk, at("13:30")) == 0
    with store.begin() as connection:
        found = case_of(connection, case.id)
        assert found is not None
        assert found.escalated_at == at("13:00")


def test_after_twice_the_time_another_desk_is_offered(store: Store, there: People) -> None:
    waiting(there)
    watch(there.desk, at("13:00"))
    before = len(posts(store))
    assert watch(there.desk, at("15:59")) == 0
    assert watch(there.desk, at("16:00")) == 1
    deputy, owner = posts(store)[before:]
    assert "两倍" in deputy[1]
    assert "建议换一家问问" in owner[1]
    assert watch(there.desk, at("17:00")) == 0


def test_who_was_down_for_long_says_only_how_it_stands(store: Store, there: People) -> None:
    case = waiting(there)
    assert watch(there.desk, at("16:30")) == 1
    assert len(posts(store)) == 2
    assert len(notes(store, case)) == 1
    assert watch(there.desk, at("16:31")) == 0


def test_nobody_is_told_in_the_night(store: Store, there: People) -> None:
    waiting(there)
    assert watch(there.desk, at("22:00")) == 0
    assert watch(there.desk, at("09:00", 27)) == 1


def test_what_breaks_at_closing_time_is_told_at_once(store: Store, there: People) -> None:
    case = waiting(there)
    with store.begin() as connection:
        adjust(connection, case.id, respond_by=at("17:30"))
    assert watch(there.desk, at("17:31")) == 1
    assert "17:30前" in posts(store)[1][1]


def test_an_answer_stops_the_clock_and_the_next_word_starts_another(store: Store, there: People) -> None:
    case = waiting(there)
    watch(there.desk, at("13:00"))
    with store.begin() as connection:
        answer(connection, there.desk, case, there.clerk, Words("可以"), at("13:10"))
    assert watch(there.desk, at("17:00")) == 0
    with store.begin() as connection:
        heard(connection, there.desk, current(connection, case.id), Words("还有一个问题"), at("09:00", 27))
        adjust(connection, case.id, respond_by=at("13:00", 27))
    assert watch(there.desk, at("12:00", 27)) == 1, "warned anew"
    assert watch(there.desk, at("13:00", 27)) == 1
    assert "李经理手里" in posts(store)[-2][1]


def test_a_case_that_drags_on(store: Store, there: People) -> None:
    case = waiting(there)
    with store.begin() as connection:
        answer(connection, there.desk, case, there.clerk, Words("在办"), at("10:30"))
        adjust(connection, case.id, resolve_by=at("15:00", 27))
    assert watch(there.desk, at("13:29")) == 0
    assert watch(there.desk, at("13:30")) == 1, "a quarter of the 2,400 minutes is left"
    assert "办结" in str(notes(store, case)[-1])
    before = len(posts(store))
    assert watch(there.desk, at("15:00", 27)) == 1
    assert [chat for chat, _, _ in posts(store)[before:]] == [DEPUTY], "the desk has answered: the owner is to speak next"
    with store.begin() as connection:
        heard(connection, there.desk, current(connection, case.id), Words("好的"), at("15:10", 27))
    assert watch(there.desk, at("15:11", 27)) == 0


def test_a_closed_case_has_no_clocks(store: Store, there: People) -> None:
    case = waiting(there)
    with store.begin() as connection:
        close(connection, there.desk, case, there.clerk, at("10:30"))
    assert watch(there.desk, at("17:00", 27)) == 0


def test_one_broken_case_keeps_no_other(store: Store, there: People, monkeypatch: pytest.MonkeyPatch) -> None:
    first = waiting(there)
    known(store, "tg:8")
    opened(there, "tg:8")
    said = there.shown.said

    def breaks(connection: Any, case: Case, words: Any) -> None:
        if case.id == first.id:
            raise LookupError
        said(connection, case, words)

    monkeypatch.setattr(there.shown, "said", breaks)
    assert watch(there.desk, at("17:00")) == 1


def test_who_erased_everything_is_told_nothing(store: Store, there: People) -> None:
    waiting(there)
    with store.begin() as connection:
        store.erase(connection, "tg:7")
    assert watch(there.desk, at("16:00")) == 0


def test_only_desks_that_answer_are_offered_and_for_a_banks_own_product_only_the_general_one(store: Store, there: People) -> None:
    case = waiting(there)
    with store.begin() as connection:
        assert [bank.id for bank in alternatives(connection, case, at("13:00"))] == [ICBC.id]
        assert alternatives(connection, replace(case, about="prd-icbc-x"), at("13:00")) == []
        own = replace(case, bank=ICBC.id, about="prd-icbc-x")
        assert [bank.id for bank in alternatives(connection, own, at("13:00"))] == [GENERAL]
        assert alternatives(connection, own, at("17:00")) == [], "the general desk lets somebody wait too long itself"


def answered(store: Store, number: int, minutes: int | None, days_ago: int = 1) -> None:
    """A case of a customer of their own, answered after so many minutes from ten in the morning, or never."""
    start = at("10:00") - timedelta(days=days_ago)
    known(store, f"tg:{100 + number}")
    with store.begin() as connection:
        case = open_case(
            connection,
            owner=f"tg:{100 + number}",
            bank=DESK.id,
            reason=Reason.ASKED,
            about=None,
            question="?",
            language="zh",
            pack={},
            now=start,
            respond_by=start + timedelta(hours=3),
            resolve_by=start + timedelta(days=5),
        )
        if minutes is not None:
            adjust(connection, case.id, first_answered_at=start + timedelta(minutes=minutes), waiting_since=None, respond_by=None)


@pytest.mark.parametrize(
    ("answers", "minutes", "cases", "why"),
    [
        ([], None, 0, "nothing to go by"),
        ([10, 20, 30, 40], None, 4, "four are too few"),
        ([10, 20, 30, 40, 50], 30, 5, "five are enough"),
        ([10, 20, 30, 40, 50, 60], 30, 6, "of two in the middle the quicker"),
        ([10, 20, 30, None, None], 30, 5, "who waits since yesterday counts as waiting"),
        ([10, None, None, None, None], 510, 5, "a desk that does not answer is slow"),
    ],
)
def test_the_median_of_first_answers(
    store: Store, there: People, answers: list[int | None], minutes: int | None, cases: int, why: str
) -> None:
    for number, waited in enumerate(answers):
        answered(store, number, waited)
    with store.begin() as connection:
        found = first_answers(connection, DESK, at("10:00"))
        assert (found.minutes, found.cases) == (minutes, cases), why
        assert found.stale == (None in answers)
        assert first_answers(connection, ICBC, at("10:00")).cases == 0


def test_only_the_last_ninety_days_count(store: Store, there: People) -> None:
    for number in range(6):
        answered(store, number, 60, days_ago=91)
    with store.begin() as connection:
        assert first_answers(connection, DESK, NOW).cases == 0


def test_the_minutes_are_those_of_the_desks_own_hours(store: Store, there: People) -> None:
    bank = replace(DESK, hours={"times": [["10:30", "17:30"]], "targets": {"first": 60}})
    for number in range(5):
        answered(store, number, 45)
    with store.begin() as connection:
        keep_bank(connection, bank)
        assert first_answers(connection, bank, NOW).minutes == 15


async def test_while_serving_the_clocks_wake_the_sender(store: Store, there: People) -> None:
    waiting(there)
    woken = asyncio.Event()
    task = asyncio.create_task(watch_clocks(there.desk, lambda: at("13:00"), woken.set))
    await asyncio.wait_for(woken.wait(), 10)
    task.cancel()
    assert [chat for chat, _, _ in posts(store)] == [DEPUTY, 7]
