"""The tables. Their shape changes only through a migration under `migrations/versions`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    text,
)

from knowledge.sql.columns import fact_columns

metadata = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: SQLite numbers rows by itself only for INTEGER keys.
row_id = BigInteger().with_variant(Integer(), "sqlite")

owners = Table(
    "owners",
    metadata,
    Column("id", String(80), primary_key=True, comment="channel and its own id, such as tg:4711"),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(40), nullable=False),
    Column("value", JSON, nullable=False, comment="plain JSON in the units of the vocabulary"),
    Column("source", String(8), nullable=False, comment="said, file or staff"),
    Column("as_of", Date, nullable=False),
    Column("approximate", Boolean, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("retired_at", DateTime(timezone=True), comment="when a later value, or a restart, took its place"),
)
Index(
    "uq_facts_current",
    facts.c.owner_id,
    facts.c.name,
    unique=True,
    sqlite_where=text("retired_at IS NULL"),
    postgresql_where=text("retired_at IS NULL"),
)

portfolio = Table(
    "portfolio",
    metadata,
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), primary_key=True),
    # One column for each fact of the vocabulary. A new fact needs a migration that adds its column.
    *fact_columns(),
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("version", Integer, nullable=False, comment="counts the turns; a turn commits only on the version it read"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("heard", JSON, nullable=False),
    Column("intent", String(40)),
    Column("said", JSON, nullable=False),
    Column("sources", JSON, nullable=False, comment="entries the answer drew on"),
    Column("pack_digest", String(64), nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, comment="None for kinds of update that belong to no chat"),
    Column("body", Text, nullable=False, comment="the update as Telegram sent it"),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("done_at", DateTime(timezone=True)),
    Column("outcome", String(16), comment="answered, skipped or failed"),
    Index("ix_updates_open", "chat_id", "update_id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), comment="None once the owner is erased, and for groups"),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False, comment="a name of bot.storage.outbox.KINDS"),
    Column("lane", SmallInteger, nullable=False, comment="a value of bot.storage.outbox.Lane, or 9 where it was halted"),
    Column("message", JSON, nullable=False, comment="one message as the channel sends it; empty once it is closed"),
    Column("edits", ForeignKey("outbox.id", ondelete="CASCADE"), index=True, comment="the row whose message this one takes the place of"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True), comment="set when it may have arrived although nothing was heard of it"),
    Column("closed_at", DateTime(timezone=True), index=True),
    Column("outcome", String(16), comment="sent, unsubscribed, dead or unknown"),
    Column("message_id", BigInteger, comment="Telegram's number of the message, once it is sent"),
    Column("reason", String(16), comment="of a dead one: late, gone, refused or broken"),
    CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="final"),
    CheckConstraint("outcome IN ('sent', 'unsubscribed', 'dead', 'unknown')", name="outcome"),
    Index("ix_outbox_open", "lane", "id", sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    Index("ix_outbox_open_chat", "chat_id", sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    # A number is never given twice: the sender knows a message by it, also after others were erased.
    sqlite_autoincrement=True,
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("unreachable", Boolean, nullable=False, server_default=false(), comment="blocked by its owner, or the bot was put out"),
    Column("moved_to", BigInteger, comment="the number of the supergroup that this group became"),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), primary_key=True),
    Column("entry", String(80), primary_key=True, comment="id of the entry that opens on that day"),
    Column("due_on", Date, nullable=False),
    Column("chat_id", BigInteger, comment="where it goes; None on channels that bring nothing by themselves"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("said_at", DateTime(timezone=True)),
    Index("ix_reminders_open", "due_on", sqlite_where=text("said_at IS NULL"), postgresql_where=text("said_at IS NULL")),
)

packs = Table(
    "packs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
    Column("entries", JSON, nullable=False, comment="id -> file and text of the entry as it stood, so that past answers can be replayed"),
)

pack_events = Table(
    "pack_events",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("digest", ForeignKey("packs.digest"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("event", String(8), nullable=False, comment="written by an author, or loaded to answer from"),
    Column("author", String(80)),
    Column("note", Text),
    CheckConstraint("event IN ('written', 'loaded')", name="event"),
)

score_overrides = Table(
    "score_overrides",
    metadata,
    Column("id", row_id, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="SET NULL"), index=True, comment="None once the owner is erased"),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by_whom", String(80), nullable=False),
    Column("from_grade", String(8), nullable=False),
    Column("to_grade", String(8), nullable=False),
    Column("why", Text, nullable=False),
    Column("card", String(40), nullable=False, comment="version of the card that gave the grade"),
    # Rows are only ever added: triggers of its migration refuse to change or delete one, but for forgetting its owner.
)
