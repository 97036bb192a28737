"""Who of a bank's staff looked at what of an owner, in rows: every look can be read by the owner."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert, select

from bot.desk.model import Case, Member
from bot.desk.sharing import Look, Referral
from bot.storage.desk.tables import looks, referrals, staff
from bot.storage.moments import utc

What = Literal["case", "referral", "pdf", "json"]


def note_look(connection: Connection, of: Case | Referral, member: Member, what: What, now: datetime) -> None:
    """Somebody of the staff looked at a case or a pack, or took it along."""
    referral = of.id if isinstance(of, Referral) else None
    values = {"owner_id": of.owner, "at": now, "bank_id": of.bank, "staff_id": member.id, "what": what, "referral_id": referral}
    connection.execute(insert(looks).values(**values))


def looked_since(connection: Connection, of: Case, member: Member, moment: datetime) -> bool:
    """Whether a look of somebody at an owner's case has been noted since a moment."""
    theirs = (looks.c.owner_id == of.owner) & (looks.c.staff_id == member.id) & (looks.c.what == "case") & (looks.c.at >= moment)
    return connection.execute(select(looks.c.id).where(theirs).limit(1)).first() is not None


def looks_of(connection: Connection, owner: str) -> list[Look]:
    """Who looked at what of an owner, the newest first."""
    query = (
        select(looks.c.at, looks.c.bank_id, staff.c.role, looks.c.what, referrals.c.receipt)
        .outerjoin(staff, looks.c.staff_id == staff.c.id)
        .outerjoin(referrals, looks.c.referral_id == referrals.c.id)
        .where(looks.c.owner_id == owner)
        .order_by(looks.c.id.desc())
    )
    return [Look(utc(row.at), row.bank_id, row.role, row.what, row.receipt) for row in connection.execute(query)]
