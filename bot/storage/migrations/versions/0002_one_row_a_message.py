"""one outbox row for each message, with its kind, its lane and Telegram's number; what is known of chats"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OPEN = {"sqlite_where": sa.text("closed_at IS NULL"), "postgresql_where": sa.text("closed_at IS NULL")}
_SQLITE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "unreachable", sa.Boolean(), server_default=sa.false(), nullable=False, comment="blocked by its owner, or the bot was put out"
        ),
        sa.Column("moved_to", sa.BigInteger(), nullable=True, comment="the number of the supergroup that this group became"),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats")),
    )
    with op.batch_alter_table("outbox", schema=None, table_kwargs=_SQLITE) as batch_op:
        batch_op.drop_index("ix_outbox_open")
        batch_op.alter_column("reply", new_column_name="message", existing_type=sa.JSON(), existing_nullable=False)
        batch_op.add_column(sa.Column("kind", sa.String(length=16), server_default="reply", nullable=False))
        batch_op.add_column(sa.Column("lane", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("edits", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.BigInteger(), nullable=True))
    _one_row_a_message()
    with op.batch_alter_table("outbox", schema=None, table_kwargs=_SQLITE) as batch_op:
        batch_op.alter_column("kind", server_default=None, existing_type=sa.String(length=16), existing_nullable=False)
        batch_op.alter_column("lane", server_default=None, existing_type=sa.SmallInteger(), existing_nullable=False)
        batch_op.create_foreign_key(op.f("fk_outbox_edits_outbox"), "outbox", ["edits"], ["id"], ondelete="CASCADE")
        batch_op.create_check_constraint(op.f("ck_outbox_final"), "(closed_at IS NULL) = (outcome IS NULL)")
        batch_op.create_check_constraint(op.f("ck_outbox_outcome"), "outcome IN ('sent', 'unsubscribed', 'dead', 'unknown')")
        batch_op.create_index("ix_outbox_open", ["lane", "id"], unique=False, **_OPEN)
        batch_op.create_index("ix_outbox_open_chat", ["chat_id"], unique=False, **_OPEN)
        batch_op.create_index(op.f("ix_outbox_edits"), ["edits"], unique=False)
        batch_op.create_index(op.f("ix_outbox_closed_at"), ["closed_at"], unique=False)


def _one_row_a_message() -> None:
    """A waiting reply with files becomes a row for its text and one for each file."""
    columns = [sa.column(name) for name in ("owner_id", "chat_id", "kind", "lane", "created_at")]
    table = sa.table("outbox", sa.column("id"), sa.column("closed_at"), sa.column("message", sa.JSON()), *columns)
    connection = op.get_bind()
    waiting = connection.execute(sa.select(table).where(table.c.closed_at.is_(None)).order_by(table.c.id)).mappings().all()
    for row in waiting:
        reply = dict(row["message"])
        files = reply.pop("files", [])
        connection.execute(sa.update(table).where(table.c.id == row["id"]).values(message=reply))
        for item in files:
            same = {column.name: row[column.name] for column in columns}
            connection.execute(sa.insert(table).values(**same, message={"document": item}))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None, table_kwargs=_SQLITE) as batch_op:
        for name in ("ix_outbox_closed_at", "ix_outbox_edits", "ix_outbox_open_chat", "ix_outbox_open"):
            batch_op.drop_index(name)
        batch_op.drop_constraint(op.f("ck_outbox_outcome"), type_="check")
        batch_op.drop_constraint(op.f("ck_outbox_final"), type_="check")
        batch_op.drop_constraint(op.f("fk_outbox_edits_outbox"), type_="foreignkey")
        for name in ("message_id", "started_at", "edits", "lane", "kind"):
            batch_op.drop_column(name)
        batch_op.alter_column("message", new_column_name="reply", existing_type=sa.JSON(), existing_nullable=False)
        batch_op.create_index("ix_outbox_open", ["id"], unique=False, **_OPEN)
    op.drop_table("chats")
