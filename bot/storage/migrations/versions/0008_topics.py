"""topics of the staff's groups: what of a case is shown there, what waits to be shown, and whom the group was told something"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    shown = "Telegram's number of what shows it in the case's topic; 0 where it could not be shown"
    op.add_column("case_messages", sa.Column("topic_message", sa.BigInteger(), nullable=True, comment=shown))
    as_of = "the words as they stood at this moment are shown there"
    op.add_column("case_messages", sa.Column("topic_shown_at", _MOMENT, nullable=True, comment=as_of))
    op.create_table(
        "topics",
        sa.Column("case_id", _NUMBER, sa.ForeignKey("cases.id", name="fk_topics_case_id_cases", ondelete="CASCADE"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="the staff's group that it is in"),
        sa.Column("thread_id", sa.BigInteger(), comment="Telegram's number of it; None until it is made, and again when it was lost"),
        sa.Column("head_id", sa.BigInteger(), comment="Telegram's number of its first message, which has the buttons"),
        sa.Column("head", sa.String(64), comment="digest of what the first message shows"),
        sa.Column("title", sa.String(128)),
        sa.Column("titled_at", _MOMENT),
        sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false(), comment="as Telegram has it"),
        sa.Column("menu", sa.String(8), nullable=False, server_default="", comment="what its buttons offer just now: assign or canned"),
        sa.Column(
            "lost", sa.SmallInteger(), nullable=False, server_default="0", comment="how often it was lost since something was shown in it"
        ),
        sa.Column("row_id", sa.BigInteger(), comment="the open row of the outbox that brings it up to date; None where nothing is to be done"),
        sa.Column("wanted", sa.Integer(), nullable=False, server_default="0", comment="counts the wishes; changing it locks the row"),
        sa.PrimaryKeyConstraint("case_id", name="pk_topics"),
    )
    op.create_index("ix_topics_thread", "topics", ["chat_id", "thread_id"])
    op.create_table(
        "topic_lines",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("case_id", _NUMBER, sa.ForeignKey("cases.id", name="fk_topic_lines_case_id_cases", ondelete="CASCADE"), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("message", sa.JSON(), nullable=False, comment="what the desk itself has to say in the topic; the row goes once it stands there"),
        sa.PrimaryKeyConstraint("id", name="pk_topic_lines"),
    )
    op.create_index("ix_topic_lines_case_id", "topic_lines", ["case_id"])
    op.create_table(
        "group_hints",
        sa.Column("chat_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False, autoincrement=False, comment="who was told; 0 for everybody"),
        sa.Column("hint", sa.String(16), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "telegram_id", "hint", name="pk_group_hints"),
    )


def downgrade() -> None:
    op.drop_table("group_hints")
    op.drop_index("ix_topic_lines_case_id", table_name="topic_lines")
    op.drop_table("topic_lines")
    op.drop_index("ix_topics_thread", table_name="topics")
    op.drop_table("topics")
    op.drop_column("case_messages", "topic_shown_at")
    op.drop_column("case_messages", "topic_message")
