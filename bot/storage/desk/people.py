"""Banks and their staff, in rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.desk.model import Bank, Member, Role
from bot.storage.desk.tables import banks, staff


def keep_bank(connection: Connection, bank: Bank) -> None:
    """Add a bank, or change it to what is given. Raises IntegrityError where its group is another bank's."""
    values = {
        "name_zh": bank.name["zh"],
        "name_en": bank.name["en"],
        "group_chat": bank.group_chat,
        "hours": dict(bank.hours),
        "active": True,
    }
    if connection.execute(update(banks).where(banks.c.id == bank.id).values(**values)).rowcount == 0:
        connection.execute(insert(banks).values(id=bank.id, **values))


def bank_of(connection: Connection, bank_id: str) -> Bank | None:
    row = connection.execute(select(banks).where(banks.c.id == bank_id, banks.c.active)).one_or_none()
    return _bank(row) if row else None


def bank_in(connection: Connection, group_chat: int) -> Bank | None:
    """The bank whose staff meet in a group."""
    row = connection.execute(select(banks).where(banks.c.group_chat == group_chat, banks.c.active)).one_or_none()
    return _bank(row) if row else None


def every_bank(connection: Connection) -> list[Bank]:
    """By id."""
    return [_bank(row) for row in connection.execute(select(banks).where(banks.c.active).order_by(banks.c.id))]


def add_member(connection: Connection, member: Member) -> Member:
    """Add somebody; the number given back is theirs, whatever `member` said."""
    values = {
        "bank_id": member.bank,
        "name": member.name,
        "role": member.role.value,
        "telegram_id": member.telegram_id,
        "region": member.region,
        "office": member.office,
        "language": member.language,
        "deputy": member.deputy,
    }
    row = connection.execute(insert(staff).values(**values).returning(staff)).one()
    return _member(row)


def member_of(connection: Connection, staff_id: int) -> Member | None:
    """Somebody who still works here."""
    row = connection.execute(select(staff).where(staff.c.id == staff_id, staff.c.active)).one_or_none()
    return _member(row) if row else None


def member_by_telegram(connection: Connection, telegram_id: int) -> Member | None:
    row = connection.execute(select(staff).where(staff.c.telegram_id == telegram_id, staff.c.active)).one_or_none()
    return _member(row) if row else None


def members(connection: Connection, bank_id: str | None = None) -> list[Member]:
    """Everybody who works here, or those of one bank, by name."""
    query = select(staff).where(staff.c.active).order_by(staff.c.name, staff.c.id)
    if bank_id is not None:
        query = query.where(staff.c.bank_id == bank_id)
    return [_member(row) for row in connection.execute(query)]


def dismiss(connection: Connection, staff_id: int) -> None:
    """Somebody works here no more; what they wrote stays theirs."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(active=False, telegram_id=None, subject=None))


def _bank(row: Any) -> Bank:
    return Bank(row.id, {"zh": row.name_zh, "en": row.name_en}, row.group_chat, row.hours)


def _member(row: Any) -> Member:
    return Member(row.id, row.bank_id, row.name, Role(row.role), row.language, row.telegram_id, row.region, row.office, row.deputy)
