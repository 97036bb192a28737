"""What became of referrals, in rows: told by staff once, counted for the routing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, select, update

from bot.desk.outcomes import LATELY, Result, approval_shares
from bot.storage.desk.tables import referrals


def note_outcome(connection: Connection, receipt: str, result: Result, now: datetime) -> bool:
    """Note what became of a referral; False when that is known already."""
    mine = (referrals.c.receipt == receipt) & referrals.c.outcome_at.is_(None)
    return connection.execute(update(referrals).where(mine).values(outcome=result.as_json(), outcome_at=now)).rowcount == 1


def declined_lately(connection: Connection, owner: str, now: datetime) -> frozenset[str]:
    """What an owner applied for and was declined not long ago: by product, or by bank where none was named."""
    recent = (referrals.c.owner_id == owner) & (referrals.c.outcome_at > now - LATELY)
    rows = connection.execute(select(referrals.c.bank_id, referrals.c.product, referrals.c.outcome).where(recent))
    return frozenset(row.product or row.bank_id for row in rows if not row.outcome["approved"])


def approvals(connection: Connection) -> Mapping[str, Decimal]:
    """The share of applications that each product and each bank approved, where enough outcomes are known."""
    query = select(referrals.c.bank_id, referrals.c.product, referrals.c.outcome).where(referrals.c.outcome_at.is_not(None))
    return approval_shares((row.bank_id, row.product, bool(row.outcome["approved"])) for row in connection.execute(query))
