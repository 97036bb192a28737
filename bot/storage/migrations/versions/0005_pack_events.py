"""when each version of the knowledge was written or loaded, and by whom"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COMMENT = "id -> file and text of the entry as it stood, so that past answers can be replayed"


def upgrade() -> None:
    events = op.create_table(
        "pack_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=8), nullable=False, comment="written by an author, or loaded to answer from"),
        sa.Column("author", sa.String(length=80), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("event IN ('written', 'loaded')", name=op.f("ck_pack_events_event")),
        sa.ForeignKeyConstraint(["digest"], ["packs.digest"], name=op.f("fk_pack_events_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_events")),
    )
    packs = sa.table("packs", sa.column("digest"), sa.column("loaded_at", sa.DateTime(timezone=True)))
    first = sa.select(packs.c.digest, packs.c.loaded_at, sa.literal("loaded")).order_by(packs.c.loaded_at)
    op.execute(sa.insert(events).from_select(["digest", "at", "event"], first))
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.alter_column("packs", "entries", existing_type=sa.JSON(), existing_nullable=False, comment=_COMMENT)


def downgrade() -> None:
    op.drop_table("pack_events")
