"""Whose turn it is: order within a chat, nobody waits for another's trouble, nothing forgotten and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.channels.telegram.backlog import Backlog
from bot.storage.posts import Lane, Post

NOW = datetime(2026, 11, 26, tzinfo=UTC)
_KIND = {Lane.LIVE: "reply", Lane.BULK: "bulletin", Lane.PAID: "bulletin_paid"}


def refresh(backlog: Backlog, lane: Lane, found: list[Post], *, whole: bool = True) -> None:
    """What the ledger does after a look into the outbox."""
    missing = backlog.missing(lane, [one.id for one in found], whole=whole)
    backlog.add(one for one in found if one.id in missing)


def post(row: int, chat: int, lane: Lane = Lane.LIVE) -> Post:
    return Post(row, chat, _KIND[lane], {"text": str(row)}, NOW)


def test_a_chat_is_written_to_in_order_one_at_a_time_and_others_go_on() -> None:
    backlog = Backlog()
    refresh(backlog, Lane.LIVE, [post(1, 7), post(2, 7), post(3, 8)])
    first = backlog.next(Lane.LIVE, 0.0)
    assert first is not None
    assert first.id == 1
    backlog.take(first)
    other = backlog.next(Lane.LIVE, 0.0)
    assert other is not None
    assert other.id == 3
    backlog.take(other)
    assert backlog.next(Lane.LIVE, 0.0) is None
    backlog.forget([1])
    backlog.hold(7, 1.0)
    assert backlog.next(Lane.LIVE, 0.5) is None
    assert backlog.next_due() == 1.0
    second = backlog.next(Lane.LIVE, 1.0)
    assert second is not None
    assert second.id == 2


def test_a_bulletin_in_a_chat_does_not_hold_up_its_conversation() -> None:
    backlog = Backlog()
    refresh(backlog, Lane.BULK, [post(1, 7, Lane.BULK)])
    refresh(backlog, Lane.LIVE, [post(2, 7)])
    live = backlog.next(Lane.LIVE, 0.0)
    assert live is not None
    backlog.take(live)
    assert backlog.next(Lane.BULK, 0.0) is None  # one message at a time in a chat
    backlog.forget([2])
    backlog.hold(7, 0.0)
    bulk = backlog.next(Lane.BULK, 0.0)
    assert bulk is not None
    assert bulk.id == 1


def test_what_was_erased_meanwhile_is_gone_and_what_lies_beyond_the_look_is_not() -> None:
    backlog = Backlog()
    refresh(backlog, Lane.LIVE, [post(1, 7), post(2, 8), post(9, 9)])
    refresh(backlog, Lane.LIVE, [post(1, 7), post(3, 8)], whole=False)
    assert [row in backlog for row in (1, 2, 3, 9)] == [True, False, True, True]
    assert backlog.size(Lane.LIVE) == 3


class Sending(RuleBasedStateMachine):
    """A sender at work on a table of rows, with every kind of thing that happens to it, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.backlog = Backlog()
        self.table: dict[int, Post] = {}
        self.under_way: dict[int, Post] = {}
        self.sent: list[Post] = []
        self.now, self.rows = 0.0, 0

    @rule(chat=st.integers(1, 4), lane=st.sampled_from(Lane))
    def written(self, chat: int, lane: Lane) -> None:
        self.rows += 1
        self.table[self.rows] = post(self.rows, chat, lane)

    @rule(limit=st.integers(1, 5))
    def looked(self, limit: int) -> None:
        for lane in Lane:
            waiting = [one for one in self.table.values() if one.how.lane is lane]
            wanted = limit + self.backlog.size(lane)
            refresh(self.backlog, lane, waiting[:wanted], whole=len(waiting) < wanted)

    @rule(lane=st.sampled_from(Lane))
    def leaves(self, lane: Lane) -> None:
        found = self.backlog.next(lane, self.now)
        if found is not None:
            assert found.chat_id not in {one.chat_id for one in self.under_way.values()}
            self.backlog.take(found)
            self.under_way[found.id] = found

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), after=st.floats(0, 3))
    def ends(self, data: st.DataObject, after: float) -> None:
        one = self.under_way.pop(data.draw(st.sampled_from(sorted(self.under_way))))
        self.backlog.hold(one.chat_id, self.now + after)
        self.backlog.forget([one.id])
        if self.table.pop(one.id, None):
            self.sent.append(one)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), after=st.floats(0, 3))
    def fails(self, data: st.DataObject, after: float) -> None:
        one = self.under_way.pop(data.draw(st.sampled_from(sorted(self.under_way))))
        self.backlog.put_back(replace(one, doubtful=True), self.now + after)

    @precondition(lambda self: self.table)
    @rule(data=st.data())
    def erased(self, data: st.DataObject) -> None:
        chat = data.draw(st.sampled_from(sorted({one.chat_id for one in self.table.values()})))
        self.table = {row: one for row, one in self.table.items() if one.chat_id != chat or row in self.under_way}

    @rule(seconds=st.floats(0, 2))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def in_order_and_once(self) -> None:
        ids = [one.id for one in self.sent]
        assert len(ids) == len(set(ids))
        for chat in range(1, 5):
            for lane in Lane:
                mine = [one.id for one in self.sent if one.chat_id == chat and one.how.lane is lane]
                assert mine == sorted(mine)

    def teardown(self) -> None:
        """Whatever happened: in the end everything that was not erased leaves."""
        for one in list(self.under_way.values()):
            self.under_way.pop(one.id)
            self.backlog.put_back(one, self.now)
        for _ in range(4 * self.rows + 4):
            self.looked(5)
            self.now += 10
            for lane in Lane:
                found = self.backlog.next(lane, self.now)
                if found is not None:
                    self.backlog.take(found)
                    self.backlog.hold(found.chat_id, self.now)
                    self.backlog.forget([found.id])
                    assert found.id in self.table
                    self.sent.append(self.table.pop(found.id))
        assert self.table == {}
        self.in_order_and_once()


TestSending = Sending.TestCase
TestSending.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
