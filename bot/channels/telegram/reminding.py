"""Bringing reminders to Telegram: once a minute what is due goes into the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.channels.telegram.messages import outgoing
from bot.channels.telegram.trouble import patiently
from bot.conversation.model import Reply
from bot.reminders import say_due
from bot.service import Advisor
from bot.storage.reminders import Due

LOOK_EVERY = 60.0


async def remind(advisor: Advisor, wake_sender: Callable[[], None], every: float = LOOK_EVERY) -> None:
    """Until cancelled; `every` is in seconds. The message commits with the reminder's being said, so it is neither lost nor doubled."""

    def post(connection: Connection, due: Due, reply: Reply) -> None:
        assert due.chat_id is not None
        advisor.store.post(connection, due.owner, due.chat_id, outgoing([reply]), datetime.now(UTC), kind="reminder")

    while True:
        if await patiently(lambda: say_due(advisor, alongside=post)):
            wake_sender()
        await asyncio.sleep(every)
