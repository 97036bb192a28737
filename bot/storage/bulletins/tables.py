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
    Text,
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
    Column("approved_draft", JSON, comment="as it was approved last; stays when it is changed, for the next to approve it"),
    Column("corrects_id", ForeignKey("bulletins.id"), index=True),
    Column("started_at", DateTime(timezone=True)),
    Column("complete", Boolean, nullable=False, server_default=false(), comment="every firm that it is for has a row"),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint("status IN ('draft', 'approved', 'sending', 'held', 'sent', 'stopped')", name="status"),
    CheckConstraint("approver_id <> author_id", name="second_person"),
    CheckConstraint("status IN ('draft', 'stopped') OR approved_digest IS NOT NULL", name="approved"),
)

bulletin_events = Table(
    "bulletin_events",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("bulletin_id", ForeignKey("bulletins.id"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("event", String(16), nullable=False, comment="written, changed, approved, returned, started, gathered, held, stopped or sent"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL"), comment="None where nobody did it"),
    Column("digest", String(64), nullable=False, comment="of the draft at that moment"),
)

bulletin_rows = Table(
    "bulletin_rows",
    metadata,
    Column("bulletin_id", ForeignKey("bulletins.id"), primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("chat_id", BigInteger, comment="None where the owner fetches what there is, on a channel that brings nothing by itself"),
    Column("language", String(2), nullable=False),
    # Never set to NULL by itself: what has no row in the outbox is given one.
    Column("post_id", ForeignKey("outbox.id"), index=True, comment="the row of the outbox that brings it, maybe with others"),
    Column("ending", String(16), comment="how it ended outside the outbox: sent where it is fetched, unsubscribed, expired, stopped"),
    Column("fits", Boolean, comment="what the rule said when the firm was chosen; NULL where it could not tell yet, and one question goes"),
    Column("chosen_at", DateTime(timezone=True), comment="when the rule was tried"),
    Column("due_at", DateTime(timezone=True), comment="held back until then: the owner hears at most so often, or once a day"),
    Column("asked", String(40), comment="the fact that was asked for"),
    Column("opened_at", DateTime(timezone=True), comment="when the owner first looked whether it applies, or answered"),
    Column("found", String(10), comment="what that look said: a value of knowledge.eligibility.Status"),
    Column("applied_at", DateTime(timezone=True), comment="when the owner said that they applied"),
    CheckConstraint("ending IN ('sent', 'unsubscribed', 'expired', 'stopped')", name="ending"),
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
    Column("chat_id", BigInteger, comment="where bulletins go; None on channels that bring nothing by themselves"),
    Column("language", String(2), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("muted_at", DateTime(timezone=True), comment="wants to hear of nothing any more"),
    Column("region", String(6), comment="only of measures for this place or a part of it; None for all that fit"),
    Column("weekly", Integer, nullable=False, server_default="3", comment="messages in seven days at most"),
    Column("digest", Boolean, nullable=False, server_default=false(), comment="once a day, all in one message"),
)

muted_topics = Table(
    "muted_topics",
    metadata,
    Column("owner_id", ForeignKey("subscriptions.owner_id", ondelete="CASCADE"), primary_key=True),
    Column("topic", String(16), primary_key=True, comment="a kind of entry"),
)

entry_drafts = Table(
    "entry_drafts",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("text", Text, nullable=False, comment="the entry as it stands in a file of the knowledge"),
    Column("status", String(8), nullable=False, comment="a value of bot.bulletins.entries.EntryStatus"),
    Column("version", Integer, nullable=False, comment="counts the changes; one commits only on the version it read"),
    Column("author_id", ForeignKey("staff.id", ondelete="SET NULL"), comment="who changed it last"),
    Column("approver_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("decided_at", DateTime(timezone=True), comment="when it was approved or dropped"),
    Column("entry_id", String(80), comment="of an approved one: the entry that it is"),
    Column("replaces", String(64), comment="of an approved one: the digest of the text that it stands in for; None where there was none"),
    Column("taken", Integer, unique=True, comment="of approved ones: in which order they were approved"),
    CheckConstraint("status IN ('draft', 'approved', 'dropped')", name="status"),
    CheckConstraint("approver_id <> author_id", name="second_person"),
    CheckConstraint("status <> 'approved' OR (entry_id IS NOT NULL AND taken IS NOT NULL)", name="approved"),
)

compositions = Table(
    "compositions",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("step", String(16), nullable=False, comment="a value of bot.bulletins.composing.Step"),
    Column("draft", JSON, nullable=False, comment="what an officer has written so far in the chat"),
)
