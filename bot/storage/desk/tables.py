"""The desk's tables. Their shape changes only through a migration under `bot/storage/migrations/versions`."""

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
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.storage.tables import metadata, row_id

banks = Table(
    "banks",
    metadata,
    Column("id", String(40), primary_key=True, comment="id of the lender's entry, or general for the desk of everybody else"),
    Column("name_zh", String(80), nullable=False),
    Column("name_en", String(80), nullable=False),
    Column("group_chat", BigInteger, unique=True, comment="the staff's forum group on Telegram"),
    Column("hours", JSON, nullable=False, comment="what bot.desk.clocks reads: days, opening times, holidays, targets in minutes"),
    Column("active", Boolean, nullable=False, server_default=true()),
)

staff = Table(
    "staff",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("bank_id", ForeignKey("banks.id"), index=True, comment="None for policy officers and administrators of the installation"),
    Column("name", String(80), nullable=False),
    Column("role", String(16), nullable=False),
    Column("telegram_id", BigInteger, unique=True),
    Column("subject", String(200), unique=True, comment="issuer and subject of the bank's own sign-in"),
    Column("region", String(6), comment="code of the region that a policy officer speaks for"),
    Column("office", String(80)),
    Column("language", String(2), nullable=False),
    Column("deputy", Boolean, nullable=False, server_default=false(), comment="hears of the bank's cases that wait too long"),
    Column("active", Boolean, nullable=False, server_default=true()),
    CheckConstraint("role IN ('agent', 'supervisor', 'policy', 'admin')", name="role"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("bank_id", ForeignKey("banks.id"), nullable=False),
    Column("reason", String(16), nullable=False, comment="a value of bot.desk.model.Reason"),
    Column("about", String(80), comment="id of the entry that it is about"),
    Column("question", Text, nullable=False, comment="the owner's words that opened it"),
    Column("language", String(2), nullable=False),
    Column("status", String(8), nullable=False, comment="open: nobody has it; claimed; closed"),
    Column("assignee_id", ForeignKey("staff.id", ondelete="SET NULL"), index=True),
    Column("turn", String(8), nullable=False, comment="who is to speak next: staff or owner"),
    Column("version", Integer, nullable=False, comment="counts the changes; one commits only on the version it read"),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("waiting_since", DateTime(timezone=True), comment="the owner's first word that staff have not answered"),
    Column("first_answered_at", DateTime(timezone=True)),
    Column("respond_by", DateTime(timezone=True), comment="when the word that waits is to be answered"),
    Column("resolve_by", DateTime(timezone=True), nullable=False),
    Column("warned_at", DateTime(timezone=True)),
    Column("escalated_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("outcome", String(16), comment="answered, cancelled, moved or lapsed, once it is closed"),
    Column("rating", SmallInteger, comment="1 to 5, as the owner was served"),
    Column("topic", BigInteger, comment="Telegram's number of its topic in the bank's group, once there is one"),
    Column("pack", JSON, nullable=False, comment="the firm's file as it stood when the case was opened"),
    CheckConstraint("status IN ('open', 'claimed', 'closed')", name="status"),
    CheckConstraint("turn IN ('staff', 'owner')", name="turn"),
    CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="ended"),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    Index("ix_cases_queue", "bank_id", "status", "respond_by"),
    # An owner talks with one desk at a time.
    Index("uq_cases_open", "owner_id", unique=True, sqlite_where=text("status <> 'closed'"), postgresql_where=text("status <> 'closed'")),
)

case_messages = Table(
    "case_messages",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("author", String(8), nullable=False, comment="owner, staff, advisor, or note: what only staff see"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("text", Text),
    Column("file", JSON, comment="name, kind and size of a file, and the id by which Telegram gives it again"),
    Column("chat_id", BigInteger, comment="where it was written: the chat and Telegram's number of it; None from the console"),
    Column("message_id", BigInteger),
    Column("mirror_id", ForeignKey("outbox.id", ondelete="SET NULL"), index=True, comment="the row that shows it on the other side"),
    Column("edited_at", DateTime(timezone=True)),
    Column("topic_message", BigInteger, comment="Telegram's number of what shows it in the case's topic; 0 where it could not be shown"),
    Column("topic_shown_at", DateTime(timezone=True), comment="the words as they stood at this moment are shown there"),
    CheckConstraint("author IN ('owner', 'staff', 'advisor', 'note')", name="author"),
    UniqueConstraint("chat_id", "message_id", name="uq_case_messages_written"),
)

topics = Table(
    "topics",
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False, comment="the staff's group that it is in"),
    Column("thread_id", BigInteger, comment="Telegram's number of it; None until it is made, and again when it was lost"),
    Column("head_id", BigInteger, comment="Telegram's number of its first message, which has the buttons"),
    Column("head", String(64), comment="digest of what the first message shows"),
    Column("title", String(128)),
    Column("titled_at", DateTime(timezone=True)),
    Column("closed", Boolean, nullable=False, server_default=false(), comment="as Telegram has it"),
    Column("menu", String(8), nullable=False, server_default="", comment="what its buttons offer just now: assign or canned"),
    Column("lost", SmallInteger, nullable=False, server_default="0", comment="how often it was lost since something was shown in it"),
    Column("row_id", BigInteger, comment="the open row of the outbox that brings it up to date; None where nothing is to be done"),
    Column("wanted", Integer, nullable=False, server_default="0", comment="counts the wishes; changing it locks the row"),
    Index("ix_topics_thread", "chat_id", "thread_id"),
)

topic_lines = Table(
    "topic_lines",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("message", JSON, nullable=False, comment="what the desk itself has to say in the topic; the row goes once it stands there"),
)

group_hints = Table(
    "group_hints",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False, comment="who was told; 0 for everybody"),
    Column("hint", String(16), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)

case_events = Table(
    "case_events",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("event", String(16), nullable=False, comment="a value of bot.desk.model.Event"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL"), comment="None where the advisor or the owner did it"),
    Column("detail", JSON, nullable=False),
)

canned_answers = Table(
    "canned_answers",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("bank_id", ForeignKey("banks.id"), index=True, comment="None for every bank"),
    Column("title", String(80), nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("receipt", String(16), nullable=False, unique=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("bank_id", ForeignKey("banks.id"), nullable=False, index=True),
    Column("case_id", ForeignKey("cases.id", ondelete="SET NULL")),
    Column("product", String(80), comment="id of the entry that is applied for"),
    Column("fields", JSON, nullable=False, comment="the facts and parts that the owner lets this bank see"),
    Column("pack", JSON, nullable=False, comment="what the bank sees: those fields, as they stood; empty once revoked"),
    Column("given_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("outcome", JSON, comment="what became of it: approved with amount and rate, or declined and why"),
    Column("outcome_at", DateTime(timezone=True)),
)

looks = Table(
    "looks",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("bank_id", ForeignKey("banks.id")),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("what", String(16), nullable=False, comment="case, referral, pdf or json"),
    Column("referral_id", ForeignKey("referrals.id", ondelete="SET NULL")),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="of the secret in a one-time link"),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)

visits = Table(
    "visits",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="of the secret in the browser's cookie"),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)

promotions = Table(
    "promotions",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="SET NULL"), comment="None once its owner is erased"),
    Column("bank_id", ForeignKey("banks.id")),
    Column("kind", String(8), nullable=False, comment="entry, faq, message or quiz"),
    Column("draft", JSON, nullable=False),
    Column("by_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reviewer_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("reviewed_at", DateTime(timezone=True)),
    Column("accepted", Boolean),
    CheckConstraint("kind IN ('entry', 'faq', 'message', 'quiz')", name="kind"),
    CheckConstraint("reviewer_id <> by_id", name="second_person"),
)
