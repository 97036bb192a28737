"""Referrals in rows: who was let see what until when. A pack that was taken back or has expired reads as gone at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, cast, insert, select, update

from bot.desk.sharing import Referral, ends
from bot.storage.desk.tables import referrals
from bot.storage.moments import utc

_KEPT = [column for column in referrals.c if column.name != "pack"]
_EMPTY: Mapping[str, Any] = {}


def give(
    connection: Connection,
    *,
    receipt: str,
    owner: str,
    bank: str,
    product: str | None,
    fields: Sequence[str],
    pack: Mapping[str, Any],
    now: datetime,
) -> Referral:
    """Let a bank see a pack. Raises IntegrityError for a receipt that there is."""
    values = {
        "receipt": receipt,
        "owner_id": owner,
        "bank_id": bank,
        "product": product,
        "fields": list(fields),
        "pack": dict(pack),
        "given_at": now,
        "expires_at": ends(now),
    }
    return _referral(connection.execute(insert(referrals).values(**values).returning(*_KEPT)).one())


def put_in_case(connection: Connection, referral: Referral, case: int) -> None:
    """The case in which the bank's staff were told of it."""
    connection.execute(update(referrals).where(referrals.c.id == referral.id).values(case_id=case))


def referral_of(connection: Connection, receipt: str) -> Referral | None:
    row = connection.execute(select(*_KEPT).where(referrals.c.receipt == receipt)).one_or_none()
    return _referral(row) if row else None


def given_by(connection: Connection, owner: str) -> list[Referral]:
    """Every referral of an owner, the newest first."""
    query = select(*_KEPT).where(referrals.c.owner_id == owner).order_by(referrals.c.id.desc())
    return [_referral(row) for row in connection.execute(query)]


def given_to(connection: Connection, bank: str, latest: int | None = None) -> list[Referral]:
    """Every referral to a bank, or so many of the latest, the newest first; also those that cannot be seen any more."""
    query = select(*_KEPT).where(referrals.c.bank_id == bank).order_by(referrals.c.id.desc()).limit(latest)
    return [_referral(row) for row in connection.execute(query)]


def pack_in(connection: Connection, referral: Referral, now: datetime) -> Mapping[str, Any]:
    """What the bank sees. Raises Refused once it was taken back or has expired, whether or not it was swept yet."""
    referral.must_be_readable(now)
    pack: Mapping[str, Any] = connection.execute(select(referrals.c.pack).where(referrals.c.id == referral.id)).scalar_one()
    return pack


def contents(connection: Connection, owner: str) -> Mapping[str, Mapping[str, Any]]:
    """What is kept of the packs of an owner, by receipt: for the owner, whose it is; empty once it was taken back or has expired."""
    rows = connection.execute(select(referrals.c.receipt, referrals.c.pack).where(referrals.c.owner_id == owner))
    return {row.receipt: row.pack for row in rows}


def revoke(connection: Connection, referral: Referral, now: datetime) -> bool:
    """Take a pack back: what was in it is gone, and the receipt remains. False where that was done before."""
    mine = (referrals.c.id == referral.id) & referrals.c.revoked_at.is_(None)
    return connection.execute(update(referrals).where(mine).values(revoked_at=now, pack=dict(_EMPTY))).rowcount == 1


def sweep(connection: Connection, now: datetime) -> list[Referral]:
    """Empty what has expired. Gives those that were not empty yet."""
    full = cast(referrals.c.pack, Text) != "{}"
    late = (referrals.c.expires_at <= now) & referrals.c.revoked_at.is_(None) & full
    rows = connection.execute(update(referrals).where(late).values(pack=dict(_EMPTY)).returning(*_KEPT)).all()
    return [_referral(row) for row in rows]


def _referral(row: Any) -> Referral:
    return Referral(
        id=row.id,
        receipt=row.receipt,
        owner=row.owner_id,
        bank=row.bank_id,
        case=row.case_id,
        product=row.product,
        fields=tuple(row.fields),
        given_at=utc(row.given_at),
        expires_at=utc(row.expires_at),
        revoked_at=utc(row.revoked_at) if row.revoked_at else None,
        outcome=row.outcome,
    )
