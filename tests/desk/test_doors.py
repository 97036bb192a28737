"""Links that sign in once, and visits that end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.desk.model import GENERAL, Bank, Member, Role
from bot.storage.desk.doors import (
    IDLE_AT_MOST,
    LINK_LASTS,
    VISIT_LASTS,
    begin_visit,
    end_visit,
    end_visits_of,
    keep_subject,
    link_works,
    member_by_subject,
    new_link,
    use_link,
    visit_of,
)
from bot.storage.desk.people import add_member, dismiss, keep_bank
from bot.storage.store import Store

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def member(store: Store) -> Member:
    with store.begin() as connection:
        keep_bank(connection, Bank(GENERAL, {"zh": "综合服务台", "en": "General desk"}, None, {}))
        return add_member(connection, Member(0, GENERAL, "甲", Role.AGENT))


def test_a_link_signs_in_once(store: Store, member: Member) -> None:
    with store.begin() as connection:
        secret = new_link(connection, member.id, NOW)
        assert link_works(connection, secret, NOW)
        assert link_works(connection, secret, NOW), "asking uses nothing up: a preview of the link may ask as well"
        assert use_link(connection, secret, NOW) == member
        assert not link_works(connection, secret, NOW)
        assert use_link(connection, secret, NOW) is None


@pytest.mark.parametrize(("after", "works"), [(LINK_LASTS, True), (LINK_LASTS + SECOND, False)])
def test_a_link_works_for_a_while(store: Store, member: Member, after: timedelta, works: bool) -> None:
    with store.begin() as connection:
        secret = new_link(connection, member.id, NOW)
        assert link_works(connection, secret, NOW + after) is works
        assert (use_link(connection, secret, NOW + after) == member) is works


@pytest.mark.parametrize("secret", ["", "x", "0" * 43])
def test_what_is_no_link_signs_nobody_in(store: Store, member: Member, secret: str) -> None:
    with store.begin() as connection:
        new_link(connection, member.id, NOW)
        assert use_link(connection, secret, NOW) is None
        assert visit_of(connection, secret, NOW) is None


def test_a_visit_ends_when_nothing_is_done(store: Store, member: Member) -> None:
    with store.begin() as connection:
        secret = begin_visit(connection, member, NOW)
        late = NOW + IDLE_AT_MOST - SECOND
        assert visit_of(connection, secret, late, click=False) is not None
        assert visit_of(connection, secret, NOW + IDLE_AT_MOST) is None, "what a page asks by itself keeps no visit alive"
        assert visit_of(connection, secret, late) is not None
        assert visit_of(connection, secret, late + IDLE_AT_MOST - SECOND) is not None


def test_a_visit_ends_after_a_working_day(store: Store, member: Member) -> None:
    with store.begin() as connection:
        secret, moment = begin_visit(connection, member, NOW), NOW
        while moment < NOW + VISIT_LASTS - timedelta(minutes=20):
            moment += timedelta(minutes=20)
            visit = visit_of(connection, secret, moment)
            assert (visit is None) is (moment >= NOW + VISIT_LASTS)
        assert visit_of(connection, secret, NOW + VISIT_LASTS) is None


def test_a_visit_ends_at_the_door(store: Store, member: Member) -> None:
    with store.begin() as connection:
        secret, other = begin_visit(connection, member, NOW), begin_visit(connection, member, NOW)
        visit = visit_of(connection, secret, NOW)
        assert visit is not None
        end_visit(connection, visit, NOW)
        assert visit_of(connection, secret, NOW) is None
        assert visit_of(connection, other, NOW) is not None, "another browser stays signed in"


def test_whoever_works_here_no_more_is_out(store: Store, member: Member) -> None:
    with store.begin() as connection:
        secret, link = begin_visit(connection, member, NOW), new_link(connection, member.id, NOW)
        keep_subject(connection, member.id, "https://id.bank.example 7")
        dismiss(connection, member.id)
        assert visit_of(connection, secret, NOW) is None
        assert use_link(connection, link, NOW) is None
        assert member_by_subject(connection, "https://id.bank.example 7") is None
        end_visits_of(connection, member.id, NOW)
        assert not link_works(connection, link, NOW)


def test_a_name_at_the_bank_is_one_person(store: Store, member: Member) -> None:
    with store.begin() as connection:
        other = add_member(connection, Member(0, GENERAL, "乙", Role.AGENT))
        keep_subject(connection, member.id, "https://id.bank.example 7")
        assert member_by_subject(connection, "https://id.bank.example 7") == member
    with pytest.raises(IntegrityError), store.begin() as connection:
        keep_subject(connection, other.id, "https://id.bank.example 7")
