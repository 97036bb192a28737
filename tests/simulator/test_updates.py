"""getUpdates: what is not confirmed comes again, one poller at a time, and nothing is lost."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.faults import Faults
from bot.simulator.refusals import OTHER_POLLER, POLL_ENDED_BY_WEBHOOK, WEBHOOK_ACTIVE
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
