"""getUpdates: what is not confirmed comes again, one poller at a time, and nothing is lost."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.faults import Faults
from bot.simulator.lanes import Lanes
from bot.simulator.refusals import OTHER_POLLER, POLL_ENDED_BY_WEBHOOK, WEBHOOK_ACTIVE
from bot.simulator.state import Json
from bot.simulator.updates import Updates
from tests.simulator.local import Local, until

Steps = st.lists(st.one_of(st.just("new"), st.tuples(st.integers(0, 12), st.integers(1, 5))), max_size=40)


def ids(updates: list[dict[str, object]]) -> list[int]:
    return [int(str(update["update_id"])) for update in updates]


@given(Steps)
@settings(max_examples=60)
def test_each_update_comes_until_it_is_confirmed_and_never_after(steps: list[object]) -> None:
    queue = Updates(Faults(), next_id=1)
    made, confirmed = 0, 0
    for step in steps:
        if step == "new":
            queue.add("message", {"n": made})
            made += 1
            continue
        assert isinstance(step, tuple)
        offset, limit = step
        confirmed = max(confirmed, min(offset - 1, made))
        expected = list(range(confirmed + 1, made + 1))[:limit]
        assert ids(queue.fetch(offset, limit)) == expected


@given(st.integers(0, 8), st.integers(-10, -1))
def test_a_negative_offset_keeps_only_the_last(count: int, offset: int) -> None:
    queue = Updates(Faults(), next_id=1)
    for number in range(count):
        queue.add("message", {"n": number})
    kept = list(range(1, count + 1))[offset:]
    assert ids(queue.fetch(offset, 100)) == kept
    assert ids(queue.fetch(0, 100)) == kept


def test_only_what_was_asked_for_is_queued() -> None:
    queue = Updates(Faults())
    assert queue.add("message_reaction", {}) is None
    assert queue.add("edited_message", {}) is not None
    queue.allow(["callback_query"])
    assert queue.add("message", {}) is None
    assert [list(update)[1] for update in queue.fetch(0, 9)] == ["edited_message"], "what waits already stays"
    queue.allow([])
    assert queue.add("message", {}) is not None


@given(st.integers(1, 6), st.integers(0, 6))
def test_so_many_confirmed_updates_come_once_more(count: int, twice: int) -> None:
    queue = Updates(Faults(duplicates=twice), next_id=1)
    for number in range(count):
        queue.add("message", {"n": number})
    assert ids(queue.fetch(count + 1, 100)) == list(range(1, min(count, twice) + 1))
    assert ids(queue.fetch(count + 1, 100)) == []


def test_so_many_deliveries_come_in_the_wrong_order() -> None:
    queue = Updates(Faults(disorder=1), next_id=1)
    for number in range(3):
        queue.add("message", {"n": number})
    assert ids(queue.fetch(0, 100)) == [3, 2, 1]
    assert ids(queue.fetch(0, 100)) == [1, 2, 3]


def test_a_hundred_thousand_updates_pass_as_fast_as_few() -> None:
    """Looking at all that wait for each batch would take hours; the bound is generous for slow machines."""
    queue = Updates(Faults(), next_id=1)
    for number in range(100_000):
        queue.add("message", {"chat": {"id": number}})
    start, offset, got = time.perf_counter(), 0, 0
    while batch := queue.fetch(offset, 100):
        offset, got = batch[-1]["update_id"] + 1, got + len(batch)
    assert (got, len(queue)) == (100_000, 0)
    assert time.perf_counter() - start < 20


Act = st.one_of(st.tuples(st.just("new"), st.integers(1, 3)), st.tuples(st.sampled_from(["claim", "took", "failed"]), st.integers(0, 5)))


@given(st.lists(Act, max_size=60), st.integers(0, 3))
def test_updates_of_a_chat_leave_one_after_the_other_and_those_of_different_chats_side_by_side(
    acts: list[tuple[str, int]], twice: int
) -> None:
    queue = Updates(Faults(duplicates=twice), next_id=1)
    under_way: list[Json] = []
    taken: dict[int, list[int]] = {1: [], 2: [], 3: []}
    waiting = 0

    def end(number: int, taking: bool) -> None:
        update = under_way.pop(number % len(under_way))
        if taking:
            taken[update["message"]["chat"]["id"]].append(update["update_id"])
            queue.delivered(update)
        queue.release(update)

    for act, number in acts:
        if act == "new":
            queue.add("message", {"chat": {"id": number}})
            waiting += 1
        elif act == "claim":
            busy = {update["message"]["chat"]["id"] for update in under_way}
            free = {update["message"]["chat"]["id"] for update in queue.pending} - busy
            update = queue.claim()
            assert (update is not None) == bool(free)
            under_way += [update] if update else []
        elif under_way:
            end(number, act == "took")
        assert len({update["message"]["chat"]["id"] for update in under_way}) == len(under_way)
    while under_way or (update := queue.claim()):
        under_way += [] if under_way else [update]
        end(0, True)
    assert len(queue) == 0
    assert all(ids_taken == sorted(ids_taken) for ids_taken in taken.values())
    doubled = sum(len(ids_taken) - len(set(ids_taken)) for ids_taken in taken.values())
    assert doubled == min(twice, waiting)
    assert sum(len(set(ids_taken)) for ids_taken in taken.values()) == waiting


@pytest.mark.parametrize(("apart", "together"), [(False, 1), (True, 3)])
def test_a_press_may_overtake_a_message_only_if_told_so(apart: bool, together: int) -> None:
    queue = Updates(Faults(), lanes=Lanes(apart))
    queue.add("message", {"chat": {"id": 1}})
    queue.add("edited_message", {"chat": {"id": 1}})
    queue.add("callback_query", {"message": {"chat": {"id": 1}}})
    queue.add("my_chat_member", {"chat": {"id": 1}})
    assert len(list(iter(queue.claim, None))) == together


async def test_a_long_poll_ends_with_the_first_update(local: Local) -> None:
    person = local.world.person("Wang")
    poll = asyncio.create_task(local.result("getUpdates", timeout=30))
    await until(lambda: ("getUpdates", {"timeout": 30}) in local.world.calls)
    await asyncio.sleep(0.01)
    assert not poll.done()
    person.start("ref")
    assert [update["message"]["text"] for update in await poll] == ["/start ref"]


async def test_a_long_poll_ends_empty_after_its_timeout(local: Local) -> None:
    poll = asyncio.create_task(local.result("getUpdates", timeout=30))
    await until(lambda: bool(local.world.calls))
    await asyncio.sleep(0.01)
    local.clock.advance(29)
    await asyncio.sleep(0.01)
    assert not poll.done()
    local.clock.advance(1)
    assert await poll == []


async def test_the_newer_of_two_pollers_stays(local: Local) -> None:
    first = asyncio.create_task(local.refusal("getUpdates", timeout=30))
    await until(lambda: len(local.world.calls) == 1)
    second = asyncio.create_task(local.result("getUpdates", timeout=40))
    assert await first == (409, f"Conflict: {OTHER_POLLER}")
    local.world.person("Wang").start()
    assert len(await second) == 1


async def test_no_polling_beside_a_webhook(local: Local) -> None:
    poll = asyncio.create_task(local.refusal("getUpdates", timeout=30))
    await until(lambda: bool(local.world.calls))
    await local.result("setWebhook", url="http://127.0.0.1:9/")
    assert await poll == (409, f"Conflict: {POLL_ENDED_BY_WEBHOOK}")
    assert await local.refusal("getUpdates") == (409, f"Conflict: {WEBHOOK_ACTIVE}")
    await local.result("deleteWebhook")
    assert await local.result("getUpdates") == []


@pytest.mark.parametrize("limit", [1, 3])
async def test_the_library_fetches_and_confirms(local: Local, limit: int) -> None:
    person = local.world.person("Wang")
    person.start()
    for number in range(4):
        person.write(str(number))
    first = await local.bot.get_updates(limit=limit)
    assert len(first) == limit
    rest = await local.bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in (*first, *rest) if update.message] == ["/start", "0", "1", "2", "3"]
