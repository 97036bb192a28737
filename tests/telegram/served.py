"""What a served channel has done: which updates are closed and how, what was heard, said and sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from bot.storage.inbox import Letter
from bot.storage.store import Store
from bot.storage.tables import updates
from tests.telegram.fake_api import FakeTelegram


def outcomes(store: Store) -> dict[int, str | None]:
    with store.engine.connect() as connection:
        return {row.update_id: row.outcome for row in connection.execute(select(updates.c.update_id, updates.c.outcome))}


def heard(store: Store, owner: str) -> list[str]:
    return [turn["heard"].get("text") or turn["heard"].get("press") for turn in store.transcript(owner)]


def all_sent(store: Store) -> bool:
    # In this order: the commit that closes an update also posts its replies.
    return store.open_updates() == [] and store.waiting_chats() == []


def keep(store: Store, chat: int, update: dict[str, Any]) -> Letter:
    letter = Letter(update["update_id"], chat, json.dumps(update))
    store.keep_updates([letter], datetime.now(UTC))
    return letter


async def written(telegram: FakeTelegram, store: Store, text: str) -> Letter:
    """A text of owner 1 that is stored."""
    await telegram.say(1, text)
    return keep(store, 1, telegram.waiting[-1])


def said(store: Store, owner: str) -> list[str]:
    return [reply["text"] for turn in store.transcript(owner) for reply in turn["said"]]
