"""The sliding windows, by a clock that is moved by hand."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.limits import CHAT, GROUP, OVERALL, Limits, Window, wait_for
from tests.simulator.local import Local

PRIVATE, SUPERGROUP = 7, -1007


@pytest.mark.parametrize(
    ("sent", "now", "more", "wait"),
    [
        ([], 0.0, 1, 0.0),
        ([0.0], 0.5, 1, 0.0),
        ([0.0, 0.2], 0.5, 1, 9.5),
        ([0.0, 0.2], 10.0, 1, 0.0),  # what is exactly as old as the window has left it
        ([0.0, 0.2], 10.0, 2, 0.2),
        ([0.0, 0.2], 0.5, 5, 9.7),  # more than fit at all wait until the window is empty
        ([], 0.0, 5, 0.0),
    ],
)
def test_the_wait_for_a_window_of_two_in_ten_seconds(sent: list[float], now: float, more: int, wait: float) -> None:
    assert wait_for(Window(2, 10.0), deque(sent), now, more) == pytest.approx(wait)


@given(st.lists(st.tuples(st.floats(0, 5), st.sampled_from([PRIVATE, 8, SUPERGROUP])), max_size=200))
def test_no_window_ever_holds_more_than_it_may(steps: list[tuple[float, int]]) -> None:
    limits, now = Limits(on=True), 0.0
    passed: list[tuple[float, int]] = []
    for pause, chat in steps:
        now += pause
        wait = limits.admit(now, chat, chat < 0)
        if wait == 0:
            passed.append((now, chat))
        else:
            assert 1 <= wait <= 60
    for moment, chat in passed:
        same = [at for at, where in passed if where == chat]
        assert sum(moment - OVERALL.seconds < at <= moment for at, _ in passed) <= OVERALL.count
        assert sum(moment - CHAT.seconds < at <= moment for at in same) <= CHAT.count
        assert chat > 0 or sum(moment - GROUP.seconds < at <= moment for at in same) <= GROUP.count


@given(st.integers(0, 50), st.sampled_from([PRIVATE, SUPERGROUP]))
def test_after_the_wait_the_message_passes(before: int, chat: int) -> None:
    limits = Limits(on=True)
    for _ in range(before):
        limits.admit(0.0, chat, chat < 0)
    wait = limits.admit(0.0, chat, chat < 0)
    assert limits.admit(float(wait), chat, chat < 0) == 0 or wait == 0


def test_one_a_second_is_never_refused_in_a_private_chat_and_twenty_a_minute_in_a_group() -> None:
    limits = Limits(on=True)
    assert [limits.admit(float(second), PRIVATE, False) for second in range(100)] == [0] * 100
    waits = [limits.admit(1000.0 + second, SUPERGROUP, True) for second in range(21)]
    assert waits == [0] * 20 + [40]


async def test_a_flood_is_answered_with_429(local: Local) -> None:
    person = local.world.person("Wang")
    person.start()
    local.world.limits.on = True
    bodies = [await local.call("sendMessage", chat_id=person.id, text=str(number)) for number in range(4)]
    assert [body["ok"] for body in bodies] == [True, True, True, False]
    refused = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 3", "parameters": {"retry_after": 3}}
    assert bodies[3] == refused
    local.clock.advance(3)
    await local.result("sendMessage", chat_id=person.id, text="again")
    assert [seen.text for seen in person.sees()] == ["/start", "0", "1", "2", "again"]
