"""entries that policy officers write, and bulletins of which only what is held back for owners has not left"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def _states(*names: str) -> None:
    with op.batch_alter_table("bulletins") as batch_op:
        batch_op.drop_constraint(op.f("ck_bulletins_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_bulletins_status"), "status IN (" + ", ".join(f"'{name}'" for name in names) + ")")


def _staff(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_entry_drafts_{column}_staff", ondelete="SET NULL")


def upgrade() -> None:
    _states("draft", "approved", "sending", "held", "sent", "stopped")
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        events = "written, changed, approved, returned, started, gathered, held, stopped or sent"
        op.alter_column("bulletin_events", "event", existing_type=sa.String(16), existing_nullable=False, comment=events)
    op.create_table(
        "entry_drafts",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="the entry as it stands in a file of the knowledge"),
        sa.Column("status", sa.String(8), nullable=False, comment="a value of bot.bulletins.entries.EntryStatus"),
        sa.Column("version", sa.Integer(), nullable=False, comment="counts the changes; one commits only on the version it read"),
        sa.Column("author_id", _NUMBER, nullable=True, comment="who changed it last"),
        sa.Column("approver_id", _NUMBER, nullable=True),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True, comment="when it was approved or dropped"),
        sa.Column("entry_id", sa.String(80), nullable=True, comment="of an approved one: the entry that it is"),
        sa.Column("replaces", sa.String(64), nullable=True, comment="of an approved one: the digest of the text that it stands in for; None where there was none"),
        sa.Column("taken", sa.Integer(), nullable=True, comment="of approved ones: in which order they were approved"),
        sa.CheckConstraint("status IN ('draft', 'approved', 'dropped')", name=op.f("ck_entry_drafts_status")),
        sa.CheckConstraint("approver_id <> author_id", name=op.f("ck_entry_drafts_second_person")),
        sa.CheckConstraint("status <> 'approved' OR (entry_id IS NOT NULL AND taken IS NOT NULL)", name=op.f("ck_entry_drafts_approved")),
        sa.UniqueConstraint("taken", name="uq_entry_drafts_taken"),
        _staff("author_id"),
        _staff("approver_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entry_drafts"),
    )


def downgrade() -> None:
    op.drop_table("entry_drafts")
    op.execute("UPDATE bulletins SET status = 'sending' WHERE status = 'held'")
    _states("draft", "approved", "sending", "sent", "stopped")
