"""Cases in the database, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.desk.model import GENERAL, Bank, Case, Event, Member, Reason, Role, Taken
from bot.storage.desk.cases import case_of, change, events_of, open_case, open_case_of
from bot.storage.desk.people import add_member, keep_bank, member_by_telegram
from bot.storage.desk.words import add_said, said_at, said_in
from bot.storage.store import Store, TurnRecord

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def opened(store: Store, owner: str = "tg:1") -> Case:
    with store.begin() as connection:
        keep_bank(connection, Bank(GENERAL, {"zh": "综合服务台", "en": "General desk"}, -100, {}))
        store.commit_turn(connection, owner, store.recall(owner), {}, [], TurnRecord({}, None, [], [], "0" * 64), NOW)
        return open_case(
            connection,
            owner=owner,
            bank=GENERAL,
            reason=Reason.ASKED,
            about=None,
            question="想找人问问",
            language="zh",
            pack={},
            now=NOW,
            respond_by=NOW + timedelta(hours=3),
            resolve_by=NOW + timedelta(days=5),
        )


def test_an_owner_has_one_open_case(store: Store) -> None:
    case = opened(store)
    with store.begin() as connection:
        assert open_case_of(connection, "tg:1") == case == case_of(connection, case.id)
    with pytest.raises(IntegrityError):
        opened(store)


def test_of_two_who_claim_at_once_one_wins(store: Store) -> None:
    case = opened(store)
    with store.begin() as connection:
        first = add_member(connection, Member(0, GENERAL, "甲", Role.AGENT, telegram_id=7))
        second = add_member(connection, Member(0, GENERAL, "乙", Role.AGENT))
        assert member_by_telegram(connection, 7) == first
        claimed = change(connection, case, Event.CLAIMED, NOW, first.id, status="claimed", assignee_id=first.id)
        assert (claimed.status, claimed.assignee) == ("claimed", first.id)
        with pytest.raises(Taken):
            change(connection, case, Event.CLAIMED, NOW, second.id, status="claimed", assignee_id=second.id)
        assert [event["event"] for event in events_of(connection, case.id)] == ["opened", "claimed"]


def test_a_message_is_found_by_where_it_was_written(store: Store) -> None:
    case = opened(store)
    with store.begin() as connection:
        said = add_said(connection, case.id, "owner", NOW, text="在吗", chat=1, message=5)
        assert said_at(connection, 1, 5) == said
        assert said_at(connection, 1, 6) is None
        assert said_in(connection, case.id) == [said]
        assert said_in(connection, case.id, after=said.id) == []


def test_whoever_erases_takes_the_cases_along(store: Store) -> None:
    case = opened(store)
    with store.begin() as connection:
        add_said(connection, case.id, "owner", NOW, text="在吗", chat=1, message=5)
        store.erase(connection, "tg:1")
    with store.begin() as connection:
        assert case_of(connection, case.id) is None
        assert said_in(connection, case.id) == []
