"""The tables of bulletins. Their shape changes only through a migration under `bot/storage/migrations/versions`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    false,
    text,
)

from bot.storage.tables import metadata, row_id

bulletins = Table(
    "bulletins",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("draft", JSON, nullable=False, comment="what bot.bulletins.model.Draft writes"),
    Column("status", String(8), nullable=False, comment="a value of bot.bulletins.model.Status"),
    Column("version", Integer, nullable=False, comment="counts the changes; one commits only on the version it read"),
    Column("author_id", ForeignKey("staff.id", ondelete="SET NULL"), comment="who changed it last"),
    Column("approver_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("approved_digest", String(64), comment="of the draft as it was approved"),
    Column("approved_at", DateTime(timezone=True)),
    Column("corrects_id", ForeignKey("bulletins.id"), index=True),
    Column("started_at", DateTime(timezone=True)),
    Column("complete", Boolean, nullable=False, server_default=false(), comment="every firm that it is for has a row"),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint("status IN ('draft', 'approved', 'sending', 'sent', 'stopped')", name="status"),
    CheckConstraint("approver_id <> author_id", name="second_person"),
    CheckConstraint("status IN ('draft', 'stopped') OR approved_digest IS NOT NULL", name="approved"),
)

bulletin_events = Table(
    "bulletin_events",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("bulletin_id", ForeignKey("bulletins.id"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("event", String(16), nullable=False, comment="written, changed, approved, started, stopped or sent"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL"), comment="None where nobody did it"),
    Column("digest", String(64), nullable=False, comment="of the draft at that moment"),
)

bulletin_rows = Table(
    "bulletin_rows",
    metadata,
    Column("bulletin_id", ForeignKey("bulletins.id"), primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("language", String(2), nullable=False),
    # Never set to NULL by itself: what has no row in the outbox is given one.
    Column("post_id", ForeignKey("outbox.id"), index=True, comment="the row of the outbox that brings it"),
    Column("ending", String(16), comment="how it ended without leaving: unsubscribed, expired or stopped"),
    CheckConstraint("ending IN ('unsubscribed', 'expired', 'stopped')", name="ending"),
    Index(
        "ix_bulletin_rows_waiting",
        "bulletin_id",
        "owner_id",
        sqlite_where=text("post_id IS NULL AND ending IS NULL"),
        postgresql_where=text("post_id IS NULL AND ending IS NULL"),
    ),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("language", String(2), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("muted_at", DateTime(timezone=True), comment="wants to hear of nothing any more"),
)

muted_topics = Table(
    "muted_topics",
    metadata,
    Column("owner_id", ForeignKey("subscriptions.owner_id", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(16), primary_key=True, comment="a kind of entry"),
)
