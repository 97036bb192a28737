"""Topics in rows: what of a case its topic in the staff's group shows, and what is still to be shown there.

A topic is a view. At most one open row of the outbox brings it up to date, a step at a time; which step that is, is found out right
before it is taken, from what stands here. So whatever came together in the meantime goes out together, and after a crash or a lost topic
nothing has to be remembered but what had been shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from bot.desk.model import Case, Said
from bot.storage.database import insert_new
from bot.storage.desk.cases import adjust, cases_where
from bot.storage.desk.tables import banks, case_messages, cases, group_hints, topic_lines, topics
from bot.storage.desk.words import said_of
from bot.storage.moments import utc
from bot.storage.outbox import Outbox
from bot.storage.tables import outbox

#: The kind of the rows that bring topics up to date; see bot.storage.outbox.KINDS.
KIND = "desk"


@dataclass(frozen=True)
class Topic:
    """What a group shows of a case, as far as Telegram said."""

    case: int
    chat: int
    thread: int | None = None
    head_id: int | None = None
    head: str | None = None
    title: str | None = None
    titled_at: datetime | None = None
    closed: bool = False
    menu: str = ""
    lost: int = 0


@dataclass(frozen=True)
class Line:
    """Something the desk itself has to say in a topic: {"text"}, or {"card"} or {"paper"} as in the outbox."""

    id: int
    message: Mapping[str, Any]


def want(connection: Connection, store: Outbox, case_id: int, chat: int, now: datetime) -> None:
    """Have a topic brought up to date, and made if there is none."""
    mine = topics.c.case_id == case_id
    wish = update(topics).where(mine).values(wanted=topics.c.wanted + 1).returning(topics.c.row_id)
    insert_new(connection, topics, case_id=case_id, chat_id=store.address(connection, chat))
    # From here on the row is locked: whoever closes the row of the outbox at this moment sees what is wanted, or is seen.
    row = connection.execute(wish).scalar_one()
    if row is not None and connection.execute(select(outbox.c.id).where(outbox.c.id == row, outbox.c.closed_at.is_(None))).first():
        return
    row = store.post_one(connection, None, chat, {"case": case_id}, now, KIND)
    connection.execute(update(topics).where(mine).values(row_id=row))


def settle(connection: Connection, row: int) -> Topic | None:
    """A row of the outbox is closed: its topic, locked; None where the case is gone, or another row serves it."""
    done = update(topics).where(topics.c.row_id == row).values(row_id=None, wanted=topics.c.wanted + 1).returning(topics)
    found = connection.execute(done).one_or_none()
    return _topic(found) if found else None


def topic_of(connection: Connection, case_id: int) -> Topic | None:
    found = connection.execute(select(topics).where(topics.c.case_id == case_id)).one_or_none()
    return _topic(found) if found else None


def case_at(connection: Connection, chat: int, thread: int) -> int | None:
    """The case whose topic has a number in a group."""
    query = select(topics.c.case_id).where(topics.c.chat_id == chat, topics.c.thread_id == thread)
    number: int | None = connection.execute(query).scalar_one_or_none()
    return number


def note_topic(connection: Connection, case_id: int, **values: Any) -> None:
    """Note what Telegram shows now; `thread_id` is noted in the case, too."""
    connection.execute(update(topics).where(topics.c.case_id == case_id).values(**values))
    if "thread_id" in values:
        adjust(connection, case_id, topic=values["thread_id"])


def case_answered_by(connection: Connection, row: int) -> int | None:
    """The case whose answer goes to its owner in a row of the outbox."""
    number: int | None = connection.execute(select(case_messages.c.case_id).where(case_messages.c.mirror_id == row).limit(1)).scalar()
    return number


def unshown(connection: Connection, topic: Topic, limit: int) -> list[Said]:
    """What was said in a case and is not in its topic yet, oldest first; what was written there is."""
    elsewhere = or_(case_messages.c.chat_id.is_(None), case_messages.c.chat_id != topic.chat)
    waits = (case_messages.c.case_id == topic.case) & case_messages.c.topic_message.is_(None) & elsewhere
    return [said_of(row) for row in connection.execute(select(case_messages).where(waits).order_by(case_messages.c.id).limit(limit))]


def case_with_words(connection: Connection, chat: int) -> int | None:
    """Of the cases of a group that wait to be shown, the one whose words have waited longest."""
    elsewhere = or_(case_messages.c.chat_id.is_(None), case_messages.c.chat_id != topics.c.chat_id)
    waits = case_messages.c.topic_message.is_(None) & elsewhere
    there = (topics.c.chat_id == chat) & topics.c.row_id.is_not(None) & topics.c.thread_id.is_not(None)
    query = select(topics.c.case_id).join(case_messages, case_messages.c.case_id == topics.c.case_id).where(there, waits)
    number: int | None = connection.execute(query.order_by(case_messages.c.id).limit(1)).scalar()
    return number


def outdated(connection: Connection, topic: Topic) -> tuple[int, list[Said]] | None:
    """The first message of a topic that shows words which were edited since: its number, and all that it shows."""
    mine = (case_messages.c.case_id == topic.case) & (case_messages.c.topic_message > 0)
    changed = mine & (case_messages.c.edited_at > case_messages.c.topic_shown_at)
    number = connection.execute(select(func.min(case_messages.c.topic_message)).where(changed)).scalar()
    if number is None:
        return None
    rows = connection.execute(select(case_messages).where(mine, case_messages.c.topic_message == number).order_by(case_messages.c.id))
    return number, [said_of(row) for row in rows]


def shown_at(connection: Connection, case_id: int, number: int) -> Said | None:
    """The first of what a message of a case's topic shows."""
    shown = (case_messages.c.case_id == case_id) & (case_messages.c.topic_message == number)
    row = connection.execute(select(case_messages).where(shown).order_by(case_messages.c.id).limit(1)).one_or_none()
    return said_of(row) if row else None


def note_shown(connection: Connection, shown: Sequence[tuple[int, int]], as_of: datetime) -> None:
    """Words stand in the topic as they were at a moment: (message of the case, Telegram's number of what shows it)."""
    if shown:
        rows = [{"said": said, "number": number, "as_of": as_of} for said, number in shown]
        written: dict[str, Any] = {"topic_message": bindparam("number"), "topic_shown_at": bindparam("as_of")}
        connection.execute(update(case_messages).where(case_messages.c.id == bindparam("said")).values(**written), rows)


def last_said(connection: Connection, case_id: int, count: int) -> list[Said]:
    """The last words of a case, oldest first."""
    query = select(case_messages).where(case_messages.c.case_id == case_id).order_by(case_messages.c.id.desc()).limit(count)
    return [said_of(row) for row in connection.execute(query)][::-1]


def add_line(connection: Connection, case_id: int, message: Mapping[str, Any], now: datetime) -> None:
    """Something the desk has to say in a topic; `want` brings it there."""
    connection.execute(insert(topic_lines).values(case_id=case_id, at=now, message=dict(message)))


def next_line(connection: Connection, case_id: int) -> Line | None:
    query = select(topic_lines).where(topic_lines.c.case_id == case_id).order_by(topic_lines.c.id).limit(1)
    row = connection.execute(query).one_or_none()
    return Line(row.id, row.message) if row else None


def drop_line(connection: Connection, line: int) -> None:
    connection.execute(delete(topic_lines).where(topic_lines.c.id == line))


def move_group(connection: Connection, old: int, new: int) -> None:
    """A group has another number."""
    connection.execute(update(banks).where(banks.c.group_chat == old).values(group_chat=new))
    connection.execute(update(topics).where(topics.c.chat_id == old).values(chat_id=new))
    connection.execute(update(case_messages).where(case_messages.c.chat_id == old).values(chat_id=new))


def renamed_since(connection: Connection, chat: int, moment: datetime) -> int:
    """How many topics of a group got a title since a moment."""
    query = select(func.count()).where(topics.c.chat_id == chat, topics.c.titled_at > moment)
    return int(connection.execute(query).scalar_one())


def live_topics(connection: Connection) -> list[tuple[Case, Topic]]:
    """The cases that are not closed and have a topic, the next due first."""
    at = {row.case_id: _topic(row) for row in connection.execute(select(topics).join(cases).where(cases.c.status != "closed"))}
    found = cases_where(connection, cases.c.status != "closed", order=[cases.c.respond_by, cases.c.id])
    return [(case, at[case.id]) for case in found if case.id in at]


def live_cases(connection: Connection, bank: str) -> list[int]:
    """The numbers of a bank's cases that are not closed."""
    query = select(cases.c.id).where(cases.c.bank_id == bank, cases.c.status != "closed").order_by(cases.c.id)
    return list(connection.execute(query).scalars())


def may_hint(connection: Connection, chat: int, somebody: int, hint: str, now: datetime, again: timedelta | None = None) -> bool:
    """Whether somebody (0: everybody in a group) is to be told something now, which is then noted; `again`: not before so long."""
    if insert_new(connection, group_hints, chat_id=chat, telegram_id=somebody, hint=hint, at=now):
        return True
    if again is None:
        return False
    mine = (group_hints.c.chat_id == chat) & (group_hints.c.telegram_id == somebody) & (group_hints.c.hint == hint)
    return connection.execute(update(group_hints).where(mine, group_hints.c.at <= now - again).values(at=now)).rowcount == 1


def _topic(row: Any) -> Topic:
    titled = utc(row.titled_at) if row.titled_at else None
    return Topic(row.case_id, row.chat_id, row.thread_id, row.head_id, row.head, row.title, titled, row.closed, row.menu, row.lost)
