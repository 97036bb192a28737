"""Who wants to hear of what, how often, and where it goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, insert, or_, select, update

from bot.bulletins.model import Draft
from bot.storage.bulletins.tables import bulletin_rows, bulletins, muted_topics, subscriptions
from bot.storage.database import insert_new
from bot.storage.tables import chats, outbox
from knowledge.regions import parent


@dataclass(frozen=True)
class Subscription:
    """What an owner wants to hear of.

    `muted` are kinds of entry, `region` the place whose measures are wanted (None: all that fit), `weekly` the messages in seven days at
    most, `digest` whether all of a day come in one.
    """

    language: str
    muted: Sequence[str] = field(default_factory=tuple)
    region: str | None = None
    weekly: int = 3
    digest: bool = False


def keep_subscription(connection: Connection, owner: str, wanted: Subscription | None, now: datetime) -> None:
    """Write what an owner wants in place of what they wanted before; None for nothing at all, and then nothing more leaves either.

    Where it goes is said apart, see `address_bulletins`.
    """
    mine = subscriptions.c.owner_id == owner
    if wanted is None:
        mute(connection, owner, None, now)
        take_back(connection, owner, now)
        return
    values = {"language": wanted.language, "region": wanted.region, "weekly": wanted.weekly, "digest": wanted.digest}
    if not insert_new(connection, subscriptions, owner_id=owner, chat_id=None, at=now, **values):
        connection.execute(update(subscriptions).where(mine).values(muted_at=None, **values))
    connection.execute(delete(muted_topics).where(muted_topics.c.owner_id == owner))
    if wanted.muted:
        connection.execute(insert(muted_topics), [{"owner_id": owner, "topic": topic} for topic in dict.fromkeys(wanted.muted)])


def address_bulletins(connection: Connection, owner: str, chat_id: int) -> None:
    """Say where an owner's bulletins go, on a channel that brings messages by itself."""
    connection.execute(update(subscriptions).where(subscriptions.c.owner_id == owner).values(chat_id=chat_id))


def subscribe(connection: Connection, owner: str, chat_id: int, language: str, now: datetime) -> None:
    """From now on an owner hears of measures, in a chat and a language; whatever was muted is heard again."""
    keep_subscription(connection, owner, Subscription(language), now)
    address_bulletins(connection, owner, chat_id)


def mute(connection: Connection, owner: str, topic: str | None, now: datetime) -> None:
    """Nothing more of a kind of entry; with None nothing at all."""
    if topic is None:
        connection.execute(update(subscriptions).where(subscriptions.c.owner_id == owner).values(muted_at=now))
    elif not connection.execute(select(muted_topics).where(_muted(owner, topic))).first():
        connection.execute(insert(muted_topics).values(owner_id=owner, topic=topic))


def listening(topic: str | None, region: str | None = None) -> Select[tuple[str]]:
    """Owners who can be told of a topic in a region; with None those who may be told that what they were told was wrong."""
    return select(subscriptions.c.owner_id).where(listens(topic, region))


def listens(topic: str | None, region: str | None = None) -> ColumnElement[bool]:
    """Whether a subscription is that of an owner who is listening."""
    told = and_(subscriptions.c.muted_at.is_(None), ~_unreachable())
    if topic is not None:
        told = and_(told, ~exists().where(muted_topics.c.owner_id == subscriptions.c.owner_id, muted_topics.c.topic == topic))
    if region is not None:
        told = and_(told, or_(subscriptions.c.region.is_(None), subscriptions.c.region.in_(_around(region))))
    return told


def subscription_of(connection: Connection, owner: str) -> Mapping[str, Any] | None:
    """What is kept of an owner's wishes, as plain JSON."""
    row = connection.execute(select(subscriptions).where(subscriptions.c.owner_id == owner)).mappings().one_or_none()
    if row is None:
        return None
    topics = select(muted_topics.c.topic).where(muted_topics.c.owner_id == owner).order_by(muted_topics.c.topic)
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items() if name != "owner_id"}
    return {**plain, "muted_topics": list(connection.execute(topics).scalars())}


def about_to_leave(connection: Connection, owner: str) -> dict[int, Draft]:
    """News that waits in the outbox for an owner, also together with others in one message; corrections are left out."""
    query = (
        select(bulletins.c.id, bulletins.c.draft)
        .join(bulletin_rows, bulletin_rows.c.bulletin_id == bulletins.c.id)
        .join(outbox, outbox.c.id == bulletin_rows.c.post_id)
        .where(bulletin_rows.c.owner_id == owner, outbox.c.closed_at.is_(None), bulletins.c.corrects_id.is_(None))
    )
    return {row.id: Draft.of(row.draft) for row in connection.execute(query)}


def take_back(connection: Connection, owner: str, now: datetime, numbers: Collection[int] | None = None) -> None:
    """What was about to leave to an owner who wants nothing more, or nothing more of these bulletins, stays.

    What was to leave in the same message and is still wanted is put out anew.
    """
    brings = exists().where(bulletin_rows.c.post_id == outbox.c.id, bulletin_rows.c.owner_id == owner)
    if numbers is not None:
        brings = brings.where(bulletin_rows.c.bulletin_id.in_(numbers))
    mine = outbox.c.closed_at.is_(None) & outbox.c.started_at.is_(None) & (outbox.c.owner_id == owner) & brings
    closing = update(outbox).where(mine).values(closed_at=now, outcome="unsubscribed", message={}).returning(outbox.c.id)
    closed = connection.execute(closing).scalars().all()
    if numbers is not None:
        beside = bulletin_rows.c.post_id.in_(closed) & bulletin_rows.c.bulletin_id.not_in(numbers) & bulletin_rows.c.ending.is_(None)
        connection.execute(update(bulletin_rows).where(beside).values(post_id=None, due_at=now))


def _around(region: str) -> list[str]:
    """A place and every place that it is in."""
    above = parent(region)
    return [region, *(_around(above) if above is not None else ())]


def _muted(owner: str, topic: str) -> ColumnElement[bool]:
    return (muted_topics.c.owner_id == owner) & (muted_topics.c.topic == topic)


def _unreachable() -> ColumnElement[bool]:
    return exists().where(chats.c.chat_id == subscriptions.c.chat_id, chats.c.unreachable)
