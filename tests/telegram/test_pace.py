"""The pace of sending, on a clock that only moves when somebody waits."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.pace import Pace, Rates
from bot.simulator.limits import Limits
from bot.storage.posts import Lane


class Run:
    """Sends as a sender would: whatever may leave leaves at once, each message is so long under way."""

    def __init__(self, rates: Rates, took: float) -> None:
        self.now, self.took = 0.0, took
        self.pace = Pace(rates, lambda: self.now)
        self.left: list[tuple[float, Lane, int]] = []
        self._under_way: list[tuple[float, int]] = []

    def send(self, wanted: Sequence[tuple[float, Lane, int]]) -> None:
        """Wanted are (from when on, lane, chat); live ones go first, each lane in order."""
        queues = {lane: [item for item in sorted(wanted) if item[1] is lane] for lane in Lane}
        while any(queues.values()) or self._under_way:
            steps = [self._step(queues[lane]) for lane in Lane]
            if all(step > self.now for step in steps):
                self._to(min([*steps, *(self._under_way[0][:1] if self._under_way else [])]))

    def _step(self, queue: list[tuple[float, Lane, int]]) -> float:
        """Send the first of a queue if it may leave; otherwise when to look again."""
        if not queue:
            return math.inf
        since, lane, chat = queue[0]
        if chat in {busy for _, busy in self._under_way}:
            return math.inf  # one message at a time in a chat
        free = max(since, self.pace.chat_free_at(chat), self.now + self.pace.wait(lane))
        if free > self.now:
            return free
        queue.pop(0)
        self.pace.left(lane)
        self.left.append((self.now, lane, chat))
        heapq.heappush(self._under_way, (self.now + self.took, chat))
        return self.now

    def _to(self, moment: float) -> None:
        self.now = moment
        while self._under_way and self._under_way[0][0] <= moment:
            self.pace.answered(heapq.heappop(self._under_way)[1], took=self.took)


@pytest.mark.parametrize("took", [0.0, 0.02, 0.4, 1.7])
@pytest.mark.parametrize("arrives", [0.0, 0.5, 1.0])
def test_telegram_never_counts_more_than_thirty_in_a_second(took: float, arrives: float) -> None:
    run = Run(Rates(), took)
    run.send([(0.0, Lane.LIVE, chat) for chat in range(200)])
    let_pass = [at + arrives * took for at, _, _ in run.left]
    assert len(let_pass) == 200
    assert all(later - earlier > 1.0 for earlier, later in zip(let_pass, let_pass[30:], strict=False))


def test_at_twenty_milliseconds_almost_all_of_what_is_allowed_is_used() -> None:
    run = Run(Rates(), 0.02)
    run.send([(0.0, Lane.BULK, chat) for chat in range(900)])
    assert 800 / (run.left[860][0] - run.left[60][0]) > 0.985 * 30


@given(st.lists(st.tuples(st.floats(0.01, 0.3), st.floats(0, 0.2), st.floats(0, 0.2)), min_size=60, max_size=300), st.floats(0, 1))
@settings(deadline=None, max_examples=40)
def test_ways_of_any_length_refuse_nothing(ways: list[tuple[float, float, float]], place: float) -> None:
    """Each message takes the shortest way and delays of its own before and after Telegram lets it pass."""
    now, shortest = 0.0, 0.01
    pace = Pace(Rates(), lambda: now)
    under_way: list[tuple[float, float]] = []
    passed: list[float] = []
    for _, before, after in ways:
        while (wait := pace.wait(Lane.LIVE)) > 0:
            now = min(now + wait, under_way[0][0] if under_way else math.inf)
            while under_way and under_way[0][0] <= now:
                pace.answered(len(passed), took=heapq.heappop(under_way)[1])
        pace.left(Lane.LIVE)
        passed.append(now + shortest * place + before)
        heapq.heappush(under_way, (now + shortest + before + after, shortest + before + after))
    passed.sort()
    assert all(later - earlier > 1.0 for earlier, later in zip(passed, passed[30:], strict=False))


@given(
    wanted=st.lists(st.tuples(st.floats(0, 60), st.sampled_from(Lane), st.sampled_from([1, 2, 3, -4])), min_size=1, max_size=80),
    took=st.sampled_from([0.0, 0.02, 0.3, 1.1]),
)
@settings(deadline=None, max_examples=60)
def test_strict_limits_refuse_nothing(wanted: list[tuple[float, Lane, int]], took: float) -> None:
    run, limits = Run(Rates(), took), Limits(on=True)
    run.send(wanted)
    assert len(run.left) == len(wanted)
    assert [limits.admit(at, chat, chat < 0) for at, _, chat in run.left] == [0] * len(wanted)


@given(
    bursts=st.lists(st.tuples(st.floats(0, 3_600), st.sampled_from([-4, -5]), st.integers(1, 45)), min_size=1, max_size=25),
    took=st.sampled_from([0.0, 0.05, 0.8]),
)
@settings(deadline=None, max_examples=25)
def test_for_hours_no_group_gets_more_than_twenty_a_minute_and_all_of_it_in_the_end(
    bursts: list[tuple[float, int, int]], took: float
) -> None:
    run = Run(Rates(), took)
    run.send([(at, Lane.LIVE, group) for at, group, count in bursts for _ in range(count)])
    for group in (-4, -5):
        sent = [at for at, _, chat in run.left if chat == group]
        assert len(sent) == sum(count for _, to, count in bursts if to == group), "what is held back still goes out"
        assert all(later - earlier > 60.0 for earlier, later in zip(sent, sent[20:], strict=False))
        assert all(later - earlier > 1.0 for earlier, later in pairwise(sent))


def test_a_broadcast_leaves_evenly_and_a_live_message_hardly_waits() -> None:
    run = Run(Rates(), 0.05)
    live = [(10 + 0.37 * number, Lane.LIVE, 10_000 + number) for number in range(40)]
    run.send([(0.0, Lane.BULK, chat) for chat in range(1_000)] + live)
    waits = [at - since for (since, _, _), at in zip(live, [at for at, lane, _ in run.left if lane is Lane.LIVE], strict=True)]
    assert max(waits) < 0.1
    bulk = [at for at, lane, _ in run.left if lane is Lane.BULK]
    assert max(later - earlier for earlier, later in pairwise(bulk)) < 0.25  # once, when room is first kept for who chats


def test_while_people_chat_a_share_is_kept_for_them_and_afterwards_not() -> None:
    run = Run(Rates(reserve=4), 0.0)
    run.send([(0.0, Lane.BULK, chat) for chat in range(1_200)] + [(5.0, Lane.LIVE, 9_000), (9.0, Lane.LIVE, 9_001)])
    bulk = [at for at, lane, _ in run.left if lane is Lane.BULK]

    def rate(begin: float, end: float) -> float:
        return sum(begin <= at < end for at in bulk) / (end - begin)

    assert rate(7, 17) == pytest.approx(26, abs=0.5)
    assert rate(25, 35) == pytest.approx(30, abs=0.5)


def test_what_an_earlier_process_sent_counts() -> None:
    pace = Pace(Rates(), lambda: 100.0)
    for _ in range(30):
        pace.happened(1, 0.4)
    assert pace.wait(Lane.LIVE) == pytest.approx(0.6, abs=0.01)
    assert pace.chat_free_at(1) == pytest.approx(100.6, abs=0.01)
    for number in range(20):
        pace.happened(-5, 50.0 - number)
    assert pace.chat_free_at(-5) == pytest.approx(110.0, abs=0.2)


def test_many_chats_are_not_remembered_for_ever() -> None:
    now = 0.0
    pace = Pace(Rates(), lambda: now)
    for chat in range(30_000):
        now = float(chat)
        pace.happened(chat, 0.0)
    assert len(pace._chats) <= 10_001


def test_what_is_paid_for_has_a_window_of_its_own_of_a_thousand_a_second() -> None:
    now = [0.0]
    pace = Pace(Rates(), lambda: now[0])
    for chat in range(1000):
        assert pace.wait(Lane.PAID) == 0.0
        pace.left(Lane.PAID)
        pace.answered(chat, lane=Lane.PAID)
    assert pace.wait(Lane.PAID) > 0.99
    assert pace.wait(Lane.LIVE) == 0.0, "whoever chats does not wait for it"
    assert pace.chat_free_at(7) > 0.99, "a chat takes one message a second all the same"
    now[0] = 1.01
    assert pace.wait(Lane.PAID) == 0.0
