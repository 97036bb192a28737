"""Who wants to hear of what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, insert, select, update

from bot.storage.bulletins.tables import muted_topics, subscriptions
from bot.storage.database import insert_new
from bot.storage.tables import chats


def subscribe(connection: Connection, owner: str, chat_id: int, language: str, now: datetime) -> None:
    """From now on an owner hears of measures, in a chat and a language; whatever was muted is heard again."""
    if not insert_new(connection, subscriptions, owner_id=owner, chat_id=chat_id, language=language, at=now):
        mine = subscriptions.c.owner_id == owner
        connection.execute(update(subscriptions).where(mine).values(chat_id=chat_id, language=language, at=now, muted_at=None))
        connection.execute(delete(muted_topics).where(muted_topics.c.owner_id == owner))


def mute(connection: Connection, owner: str, topic: str | None, now: datetime) -> None:
    """Nothing more of a kind of entry; with None nothing at all."""
    if topic is None:
        connection.execute(update(subscriptions).where(subscriptions.c.owner_id == owner).values(muted_at=now))
    elif not connection.execute(select(muted_topics).where(_muted(owner, topic))).first():
        connection.execute(insert(muted_topics).values(owner_id=owner, topic=topic))


def listening(topic: str | None) -> Select[tuple[str]]:
    """Owners who can be told of a topic; with None those who may be told that they were told something wrong, whatever it was of."""
    query = select(subscriptions.c.owner_id).where(subscriptions.c.muted_at.is_(None), ~_unreachable())
    if topic is not None:
        query = query.where(~exists().where(muted_topics.c.owner_id == subscriptions.c.owner_id, muted_topics.c.topic == topic))
    return query


def _muted(owner: str, topic: str) -> ColumnElement[bool]:
    return (muted_topics.c.owner_id == owner) & (muted_topics.c.topic == topic)


def _unreachable() -> ColumnElement[bool]:
    return exists().where(chats.c.chat_id == subscriptions.c.chat_id, chats.c.unreachable)
