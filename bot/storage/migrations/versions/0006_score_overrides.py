"""decisions against the card's grade, in a log to which rows are only ever added"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEPT = ("id", "at", "by_whom", "from_grade", "to_grade", "why", "card")
_REFUSED = "overrides are kept as they were written"


def upgrade() -> None:
    op.create_table(
        "score_overrides",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.String(length=80), nullable=True, comment="None once the owner is erased"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_whom", sa.String(length=80), nullable=False),
        sa.Column("from_grade", sa.String(length=8), nullable=False),
        sa.Column("to_grade", sa.String(length=8), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("card", sa.String(length=40), nullable=False, comment="version of the card that gave the grade"),
        sa.ForeignKeyConstraint(["owner_id"], ["owners.id"], name=op.f("fk_score_overrides_owner_id_owners"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_overrides")),
    )
    op.create_index(op.f("ix_score_overrides_owner_id"), "score_overrides", ["owner_id"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    """An update may forget the owner, and nothing else."""
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _KEPT)
    op.execute(
        f"CREATE TRIGGER score_overrides_kept BEFORE UPDATE ON score_overrides WHEN {changed} OR NEW.owner_id IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )
    op.execute(f"CREATE TRIGGER score_overrides_stay BEFORE DELETE ON score_overrides BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END")


def _guard_postgresql() -> None:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _KEPT)
    op.execute(
        "CREATE FUNCTION score_overrides_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER score_overrides_kept BEFORE UPDATE ON score_overrides FOR EACH ROW WHEN ({changed} OR NEW.owner_id IS NOT NULL) "
        "EXECUTE FUNCTION score_overrides_refuse()"
    )
    op.execute("CREATE TRIGGER score_overrides_stay BEFORE DELETE ON score_overrides FOR EACH ROW EXECUTE FUNCTION score_overrides_refuse()")


def downgrade() -> None:
    op.drop_table("score_overrides")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION score_overrides_refuse()")
