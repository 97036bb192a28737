"""The clocks in the titles of topics: looked at again and again, and edited sparingly."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.channels.telegram.desk.plan import RENAME_EVERY, RENAMES_A_MINUTE
from bot.channels.telegram.desk.wording import group_language, tells_otherwise
from bot.channels.telegram.trouble import patiently
from bot.storage.desk.people import every_bank, members
from bot.storage.desk.topics import live_topics, renamed_since, want
from bot.storage.store import Store

LOOK_EVERY = 15.0


async def keep_titles(store: Store, wake_sender: Callable[[], None], every: float = LOOK_EVERY) -> None:
    """Until cancelled; `every` is in seconds."""

    def look() -> int:
        with store.begin() as connection:
            return want_titles(connection, store, datetime.now(UTC))

    while True:
        if await patiently(look):
            wake_sender()
        await asyncio.sleep(every)


def want_titles(connection: Connection, store: Store, now: datetime) -> int:
    """Have the titles edited that tell another state or time than there is, the most urgent first; gives how many."""
    banks = {bank.id: (bank, group_language(members(connection, bank.id))) for bank in every_bank(connection)}
    room: Counter[int] = Counter()
    wanted = 0
    for case, topic in live_topics(connection):
        if case.bank not in banks or topic.title is None:
            continue
        bank, language = banks[case.bank]
        rested = topic.titled_at is None or now - topic.titled_at >= RENAME_EVERY
        if not rested or not tells_otherwise(topic.title, case, bank, language, now):
            continue
        if topic.chat not in room:
            room[topic.chat] = RENAMES_A_MINUTE - renamed_since(connection, topic.chat, now - timedelta(minutes=1))
        if room[topic.chat] > 0:
            room[topic.chat] -= 1
            wanted += 1
            want(connection, store, case.id, topic.chat, now)
    return wanted
