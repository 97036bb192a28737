"""bulletins: drafts with their approval, whom each went to, and who wants to hear of what"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def _to(name, column, target, ondelete=None):
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{name}_{column}_{target.split('.')[0]}", ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "bulletins",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False, comment="what bot.bulletins.model.Draft writes"),
        sa.Column("status", sa.String(8), nullable=False, comment="a value of bot.bulletins.model.Status"),
        sa.Column("version", sa.Integer(), nullable=False, comment="counts the changes; one commits only on the version it read"),
        sa.Column("author_id", _NUMBER, comment="who changed it last"),
        sa.Column("approver_id", _NUMBER),
        sa.Column("approved_digest", sa.String(64), comment="of the draft as it was approved"),
        sa.Column("approved_at", _MOMENT),
        sa.Column("corrects_id", _NUMBER),
        sa.Column("started_at", _MOMENT),
        sa.Column("complete", sa.Boolean(), nullable=False, server_default=sa.false(), comment="every firm that it is for has a row"),
        sa.Column("ended_at", _MOMENT),
        sa.CheckConstraint("status IN ('draft', 'approved', 'sending', 'sent', 'stopped')", name=op.f("ck_bulletins_status")),
        sa.CheckConstraint("approver_id <> author_id", name=op.f("ck_bulletins_second_person")),
        sa.CheckConstraint("status IN ('draft', 'stopped') OR approved_digest IS NOT NULL", name=op.f("ck_bulletins_approved")),
        _to("bulletins", "author_id", "staff.id", "SET NULL"),
        _to("bulletins", "approver_id", "staff.id", "SET NULL"),
        _to("bulletins", "corrects_id", "bulletins.id"),
        sa.PrimaryKeyConstraint("id", name="pk_bulletins"),
    )
    op.create_index("ix_bulletins_corrects_id", "bulletins", ["corrects_id"])
    op.create_table(
        "bulletin_events",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("bulletin_id", _NUMBER, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("event", sa.String(16), nullable=False, comment="written, changed, approved, started, stopped or sent"),
        sa.Column("staff_id", _NUMBER, comment="None where nobody did it"),
        sa.Column("digest", sa.String(64), nullable=False, comment="of the draft at that moment"),
        _to("bulletin_events", "bulletin_id", "bulletins.id"),
        _to("bulletin_events", "staff_id", "staff.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin_events"),
    )
    op.create_index("ix_bulletin_events_bulletin_id", "bulletin_events", ["bulletin_id"])
    op.create_table(
        "bulletin_rows",
        sa.Column("bulletin_id", _NUMBER, nullable=False),
        sa.Column("owner_id", sa.String(80), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("post_id", _NUMBER, comment="the row of the outbox that brings it"),
        sa.Column("ending", sa.String(16), comment="how it ended without leaving: unsubscribed, expired or stopped"),
        sa.CheckConstraint("ending IN ('unsubscribed', 'expired', 'stopped')", name=op.f("ck_bulletin_rows_ending")),
        _to("bulletin_rows", "bulletin_id", "bulletins.id"),
        _to("bulletin_rows", "owner_id", "owners.id", "CASCADE"),
        _to("bulletin_rows", "post_id", "outbox.id"),
        sa.PrimaryKeyConstraint("bulletin_id", "owner_id", name="pk_bulletin_rows"),
    )
    op.create_index("ix_bulletin_rows_post_id", "bulletin_rows", ["post_id"])
    waiting = sa.text("post_id IS NULL AND ending IS NULL")
    op.create_index("ix_bulletin_rows_waiting", "bulletin_rows", ["bulletin_id", "owner_id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "subscriptions",
        sa.Column("owner_id", sa.String(80), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("muted_at", _MOMENT, comment="wants to hear of nothing any more"),
        _to("subscriptions", "owner_id", "owners.id", "CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", name="pk_subscriptions"),
    )
    op.create_table(
        "muted_topics",
        sa.Column("owner_id", sa.String(80), nullable=False),
        sa.Column("topic", sa.String(16), nullable=False, comment="a kind of entry"),
        _to("muted_topics", "owner_id", "subscriptions.owner_id", "CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "topic", name="pk_muted_topics"),
    )


def downgrade() -> None:
    for name in ("muted_topics", "subscriptions", "bulletin_rows", "bulletin_events", "bulletins"):
        op.drop_table(name)
