"""The sliding windows, by a clock that is moved by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.limits import BURST, CHAT, GROUP, OVERALL, Limits, Sent, Window
from tests.simulator.local import Local

PRIVATE, SUPERGROUP = 7, -1007
#: Seconds up to five that add up exactly.
PAUSES = st.integers(0, 320).map(lambda parts: parts / 64)


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
    window = Sent(Window(2, 10.0))
    for moment in sent:
        window.count(PRIVATE, moment, 1)
    assert window.wait_for(PRIVATE, now, more) == pytest.approx(wait)
    assert window.wait_for(8, now, more) == 0, "another chat has a window of its own"


def test_the_windows_are_thirty_a_second_one_a_second_a_chat_and_twenty_a_minute_a_group() -> None:
    assert (Window(30, 1.0), Window(1, 1.0), Window(20, 60.0)) == (OVERALL, CHAT, GROUP)


@given(st.lists(st.tuples(PAUSES, st.sampled_from([PRIVATE, 8, SUPERGROUP])), max_size=200), st.sampled_from([CHAT, BURST]))
def test_no_window_ever_holds_more_than_it_may(steps: list[tuple[float, int]], in_chat: Window) -> None:
    limits, now = Limits(on=True, chat=in_chat), 0.0
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
        assert sum(moment - in_chat.seconds < at <= moment for at in same) <= in_chat.count
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


def test_refused_messages_do_not_count() -> None:
    limits = Limits(on=True)
    assert limits.admit(0.0, PRIVATE, False) == 0
    assert [limits.admit(moment, PRIVATE, False) for moment in (0.2, 0.5, 0.9)] == [1, 1, 1]
    assert limits.admit(1.0, PRIVATE, False) == 0


@pytest.mark.parametrize(("window", "waits"), [(CHAT, [0, 1, 1, 1]), (BURST, [0, 0, 0, 3])])
def test_a_burst_passes_only_where_bursts_are_tolerated(window: Window, waits: list[int]) -> None:
    limits = Limits(on=True, chat=window)
    assert [limits.admit(0.0, PRIVATE, False) for _ in waits] == waits


def test_the_thirty_first_message_of_a_second_waits_whoever_it_is_for() -> None:
    limits = Limits(on=True)
    assert [limits.admit(chat / 100, chat, False) for chat in range(31)] == [0] * 30 + [1]
    assert limits.admit(1.0, 30, False) == 0


def test_a_hundred_thousand_chats_leave_nothing_behind() -> None:
    limits = Limits(on=True, overall=Window(1_000_000, 1.0))
    assert {limits.admit(chat / 10_000, chat, True) for chat in range(100_000)} == {0}
    assert limits.admit(1000.0, PRIVATE, False) == 0
    assert len(limits) == 4, "one message of one chat, over all and in the chat"


async def test_a_flood_is_answered_with_429(local: Local) -> None:
    person = local.world.person("Wang")
    person.start()
    local.world.limits.on = True
    bodies = [await local.call("sendMessage", chat_id=person.id, text=str(number)) for number in range(2)]
    assert [body["ok"] for body in bodies] == [True, False]
    refused = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}}
    assert bodies[1] == refused
    local.clock.advance(1)
    await local.result("sendMessage", chat_id=person.id, text="again")
    assert [seen.text for seen in person.sees()] == ["/start", "0", "again"]


@pytest.mark.parametrize("group", [False, True])
async def test_what_is_refused_for_another_reason_does_not_count(local: Local, group: bool) -> None:
    person = local.world.person("Wang")
    person.start()
    market = local.world.group("Market", person)
    market.add_bot()
    chat = market.id if group else person.id
    local.world.limits.on = True
    assert (await local.refusal("sendMessage", chat_id=chat, text="x" * 5000))[0] == 400
    assert len(local.world.limits) == 0
    await local.result("sendMessage", chat_id=chat, text="x")
    assert (await local.refusal("sendMessage", chat_id=chat, text="x"))[0] == 429


async def test_an_album_counts_as_all_its_messages(local: Local) -> None:
    person = local.world.person("Wang")
    person.start()
    sizes = person.send_photo().content["photo"]
    local.world.limits.on = True
    await local.result("sendMediaGroup", chat_id=person.id, media=[{"type": "photo", "media": sizes[-1]["file_id"]}] * 2)
    local.clock.advance(0.5)
    assert (await local.refusal("sendMessage", chat_id=person.id, text="x"))[0] == 429
