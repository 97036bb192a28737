"""What the desk keeps of an owner beside their cases, as plain JSON: referrals, and who looked at what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.storage.desk.cases import utc
from bot.storage.desk.tables import looks, referrals, staff


def referrals_of(connection: Connection, owner: str) -> list[dict[str, Any]]:
    """Every referral of an owner, oldest first, with what was shared as long as it is not taken back."""
    rows = connection.execute(select(referrals).where(referrals.c.owner_id == owner).order_by(referrals.c.id))
    return [
        {
            "receipt": row.receipt,
            "bank": row.bank_id,
            "product": row.product,
            "fields": row.fields,
            "shared": row.pack,
            "given_at": utc(row.given_at).isoformat(),
            "expires_at": utc(row.expires_at).isoformat(),
            "revoked_at": utc(row.revoked_at).isoformat() if row.revoked_at else None,
            "outcome": row.outcome,
        }
        for row in rows
    ]


def looks_at(connection: Connection, owner: str) -> list[dict[str, Any]]:
    """Who of which bank looked at what of an owner, oldest first; of a person their role, not their name."""
    query = (
        select(looks.c.at, looks.c.bank_id, looks.c.what, staff.c.role)
        .outerjoin(staff, looks.c.staff_id == staff.c.id)
        .where(looks.c.owner_id == owner)
        .order_by(looks.c.id)
    )
    return [{"at": utc(row.at).isoformat(), "bank": row.bank_id, "what": row.what, "role": row.role} for row in connection.execute(query)]
