"""The tables. Their shape changes only through a migration under `migrations/versions`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: SQLite numbers rows by itself only for INTEGER keys.
_RowId = BigInteger().with_variant(Integer(), "sqlite")

owners = Table(
    "owners",
    metadata,
    Column("id", String(80), primary_key=True, comment="channel and its own id, such as tg:4711"),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("id", _RowId, primary_key=True),
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
    Column("id", _RowId, primary_key=True),
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
    Column("id", _RowId, primary_key=True),
    Column("owner_id", ForeignKey("owners.id", ondelete="CASCADE"), comment="None once the owner is erased"),
    Column("chat_id", BigInteger, nullable=False),
    Column("reply", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("outcome", String(16), comment="sent, unsubscribed or dead"),
    Index("ix_outbox_open", "id", sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL")),
    # A number is never given twice: the sender knows a reply by it, also after others were erased.
    sqlite_autoincrement=True,
)

packs = Table(
    "packs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
    Column("entries", JSON, nullable=False, comment="id -> the entry as it stood, so that past answers can be replayed"),
)
