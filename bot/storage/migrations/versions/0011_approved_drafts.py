"""bulletins: how each read when it was approved last"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = "as it was approved last; stays when it is changed, for the next to approve it"
    op.add_column("bulletins", sa.Column("approved_draft", sa.JSON(), nullable=True, comment=kept))
    op.execute("UPDATE bulletins SET approved_draft = draft WHERE approved_digest IS NOT NULL")


def downgrade() -> None:
    op.drop_column("bulletins", "approved_draft")
