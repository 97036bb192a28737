"""What people do with a case, on both databases: exactly one wins, the owner is told, the group is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.casework.cases import Request, assign, cancel, claim, close, current, holder, move, open_for, rate, release, reopen
from bot.casework.words import Words, amend, answer, heard, note
from bot.desk.model import Ended, Reason, Taken
from bot.storage.desk.cases import events_of
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from tests.casework.desks import ICBC, NOW, opened, people, state_of

LATER = NOW + timedelta(minutes=20)


def test_a_case_opens_with_its_clocks_and_is_shown(store: Store) -> None:
    at = people(store)
    case = opened(at)
    assert (case.status, case.turn, case.waiting_since) == ("open", "staff", NOW)
    assert case.respond_by is not None
    assert NOW < case.respond_by < case.resolve_by
    assert at.shown.calls == [("opened", case.id, "general")]
    with store.begin() as connection, pytest.raises(Taken):
        open_for(connection, at.desk, Request("tg:7", Reason.SCAM, None, "再问一个", "zh", {}), ICBC, NOW)


def test_of_two_who_press_at_once_the_second_learns_who_was_first(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        claim(connection, at.desk, case, at.clerk, NOW)
    with store.begin() as connection:
        with pytest.raises(Taken):
            claim(connection, at.desk, case, at.other, NOW)
        assert holder(connection, case.id) == at.clerk


def test_giving_on_and_giving_back(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        case = assign(connection, at.desk, case, at.clerk, at.other, NOW)
        assert (case.status, case.assignee) == ("claimed", at.other.id)
        case = release(connection, at.desk, case, at.other, NOW)
        assert (case.status, case.assignee) == ("open", None)
        with pytest.raises(Taken):
            release(connection, at.desk, case, at.other, NOW)
        assert [event["event"] for event in events_of(connection, case.id)] == ["opened", "assigned", "released"]


def test_an_answer_reaches_the_owners_chat_under_the_name_of_who_gave_it(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        said = answer(connection, at.desk, case, at.clerk, Words("可以的，带上执照来。"), LATER)
        now_is = current(connection, case.id)
    [(row, chat, message)] = store.unsent()
    assert (row, chat) == (said.mirror, 7)
    assert message["text"] == "综合服务台 李经理：\n可以的，带上执照来。"
    assert (now_is.status, now_is.assignee, now_is.turn) == ("claimed", at.clerk.id, "owner")
    assert (now_is.first_answered_at, now_is.waiting_since, now_is.respond_by) == (LATER, None, None)
    assert state_of(store)["with_person"] is True
    assert ("said by staff", case.id, "可以的，带上执照来。") in at.shown.calls


def test_where_nothing_can_be_brought_the_answer_waits(store: Store) -> None:
    at = people(store)
    case = opened(at, "terminal:me")
    with store.begin() as connection:
        said = answer(connection, at.desk, case, at.clerk, Words("好的"), LATER)
        amend(connection, at.desk, said, "好的，明天", LATER)
        close(connection, at.desk, current(connection, case.id), at.clerk, LATER)
    assert store.unsent() == []
    texts = [reply["text"] for reply in state_of(store, "terminal:me")["waiting"]]
    assert texts[:2] == ["综合服务台 李经理：\n好的", "综合服务台 李经理：\n好的，明天"]
    assert len(texts) == 3
    assert "已办结" in texts[2]


def test_the_clock_runs_from_the_first_word_that_waits(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        answer(connection, at.desk, case, at.clerk, Words("请说"), LATER)
        first = heard(connection, at.desk, current(connection, case.id), Words("第一句", chat=7, message=11), LATER)
        waiting = current(connection, case.id)
        heard(connection, at.desk, waiting, Words("第二句", chat=7, message=12), LATER + timedelta(hours=1))
        assert current(connection, case.id) == waiting
    assert (waiting.turn, waiting.waiting_since) == ("staff", LATER)
    assert (first.chat, first.message) == (7, 11)


def test_a_note_never_reaches_the_owner(store: Store) -> None:
    at = people(store)
    case = opened(at)
    before = state_of(store)
    with store.begin() as connection:
        noted = note(connection, at.desk, case, at.clerk, Words("负债偏高"), NOW)
        amend(connection, at.desk, noted, "负债太高", NOW)
        assert [(one.author, one.text) for one in said_in(connection, case.id)] == [("note", "负债太高")]
    assert store.unsent() == []
    assert state_of(store) == before


def test_closing_tells_the_owner_and_gives_the_talk_back(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        ended = close(connection, at.desk, case, at.clerk, LATER)
        with pytest.raises(Taken):
            answer(connection, at.desk, case, at.clerk, Words("还有"), LATER)
        rate(connection, ended, 5)
        assert current(connection, case.id).rating == 5
    assert (ended.status, ended.outcome, ended.closed_at) == ("closed", Ended.ANSWERED, LATER)
    [(_, _, message)] = store.unsent()
    assert [button["id"] for button in message["buttons"]] == [*(f"o:rate:{case.id}:{n}" for n in range(1, 6)), f"o:again:{case.id}"]
    assert (state_of(store)["case"], state_of(store)["with_person"]) == (None, False)


def test_taken_up_again_by_the_owner_it_waits_for_the_staff(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        ended = close(connection, at.desk, claim(connection, at.desk, case, at.clerk, NOW), at.clerk, NOW)
        again = reopen(connection, at.desk, ended, None, LATER)
        assert (again.status, again.assignee, again.turn, again.waiting_since) == ("claimed", at.clerk.id, "staff", LATER)
        assert (again.closed_at, again.outcome) == (None, None)
        with pytest.raises(Taken):
            reopen(connection, at.desk, again, at.clerk, LATER)


def test_a_case_that_is_closed_stays_closed_while_another_is_open(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        ended = cancel(connection, at.desk, case, NOW)
    opened(at)
    with store.begin() as connection, pytest.raises(Taken):
        reopen(connection, at.desk, ended, at.clerk, LATER)


def test_moving_takes_the_question_along_and_nothing_else(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        heard(connection, at.desk, case, Words("只给综合台看的话"), NOW)
        note(connection, at.desk, case, at.clerk, Words("内部的话"), NOW)
        moved = move(connection, at.desk, current(connection, case.id), at.clerk, ICBC, LATER, {})
        assert (moved.bank, moved.question, moved.status) == (ICBC.id, case.question, "open")
        assert said_in(connection, moved.id) == []
        assert current(connection, case.id).outcome is Ended.MOVED
    assert state_of(store)["case"] == moved.id
    [(_, _, message)] = store.unsent()
    assert "工商银行" in message["text"]
    assert at.shown.calls[-2:] == [("changed", case.id, "closed"), ("opened", moved.id, ICBC.id)]


def test_an_edited_answer_takes_the_place_of_the_first(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        said = answer(connection, at.desk, case, at.clerk, Words("利率 4%"), NOW)
        amend(connection, at.desk, said, "利率 3.5%", LATER)
        assert said_in(connection, case.id)[0].text == "利率 3.5%"
    first, second = store.unsent()
    assert second[2]["text"] == "综合服务台 李经理：\n利率 3.5%"
    assert [post.is_edit for post in store.posts([first[0], second[0]])] == [False]  # the edit waits for what it changes


def test_whoever_erased_everything_is_told_nothing(store: Store) -> None:
    at = people(store)
    case = opened(at)
    with store.begin() as connection:
        store.erase(connection, "tg:7")
    with store.begin() as connection, pytest.raises(Taken):
        answer(connection, at.desk, case, at.clerk, Words("您好"), LATER)
    assert store.unsent() == []
