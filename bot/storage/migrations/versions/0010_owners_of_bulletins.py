"""bulletins, the owners' side: how often and of which place, what was asked and answered, and why a message did not arrive"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WAITS = sa.text("post_id IS NULL AND ending IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("subscriptions") as batch_op:
        batch_op.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.add_column(sa.Column("region", sa.String(6), nullable=True))
        batch_op.add_column(sa.Column("weekly", sa.Integer(), nullable=False, server_default="3"))
        batch_op.add_column(sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("ix_bulletin_rows_waiting", "bulletin_rows")
    with op.batch_alter_table("bulletin_rows") as batch_op:
        batch_op.drop_constraint(op.f("ck_bulletin_rows_ending"), type_="check")
        batch_op.create_check_constraint(op.f("ck_bulletin_rows_ending"), "ending IN ('sent', 'unsubscribed', 'expired', 'stopped')")
        batch_op.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.add_column(sa.Column("fits", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("chosen_at", _MOMENT, nullable=True))
        batch_op.add_column(sa.Column("due_at", _MOMENT, nullable=True))
        batch_op.add_column(sa.Column("asked", sa.String(40), nullable=True))
        batch_op.add_column(sa.Column("opened_at", _MOMENT, nullable=True))
        batch_op.add_column(sa.Column("found", sa.String(10), nullable=True))
        batch_op.add_column(sa.Column("applied_at", _MOMENT, nullable=True))
    op.create_index("ix_bulletin_rows_waiting", "bulletin_rows", ["bulletin_id", "owner_id"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_index("ix_bulletin_rows_owner_id", "bulletin_rows", ["owner_id"])
    op.execute("UPDATE bulletin_rows SET fits = true")
    op.add_column("outbox", sa.Column("reason", sa.String(16), nullable=True))
    op.create_table(
        "compositions",
        sa.Column("staff_id", _NUMBER, nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_compositions_staff_id_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_compositions"),
    )


def downgrade() -> None:
    op.drop_table("compositions")
    op.drop_column("outbox", "reason")
    op.drop_index("ix_bulletin_rows_owner_id", "bulletin_rows")
    op.drop_index("ix_bulletin_rows_waiting", "bulletin_rows")
    op.execute("DELETE FROM bulletin_rows WHERE chat_id IS NULL")
    op.execute("DELETE FROM subscriptions WHERE chat_id IS NULL")
    with op.batch_alter_table("bulletin_rows") as batch_op:
        batch_op.drop_constraint(op.f("ck_bulletin_rows_ending"), type_="check")
        batch_op.create_check_constraint(op.f("ck_bulletin_rows_ending"), "ending IN ('unsubscribed', 'expired', 'stopped')")
        batch_op.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=False)
        for name in ("applied_at", "found", "opened_at", "asked", "due_at", "chosen_at", "fits"):
            batch_op.drop_column(name)
    op.create_index("ix_bulletin_rows_waiting", "bulletin_rows", ["bulletin_id", "owner_id"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    with op.batch_alter_table("subscriptions") as batch_op:
        batch_op.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=False)
        for name in ("digest", "weekly", "region"):
            batch_op.drop_column(name)
