"""reminders that owners asked for"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = {"sqlite_where": sa.text("said_at IS NULL"), "postgresql_where": sa.text("said_at IS NULL")}


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("owner_id", sa.String(length=80), nullable=False),
        sa.Column("entry", sa.String(length=80), nullable=False, comment="id of the entry that opens on that day"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True, comment="where it goes; None on channels that bring nothing by themselves"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name=op.f("fk_reminders_owner_id_owners"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "entry", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index("ix_reminders_open", ["due_on"], unique=False, **_OPEN)


def downgrade() -> None:
    op.drop_table("reminders")
