"""bulletins, the owners' side: how often and of which place, what was asked and answered, and why a message did not arrive"""

from datetime import UTC, datetime

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
        batch_op.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=True, comment="where bulletins go; None on channels that bring nothing by themselves")
        batch_op.add_column(sa.Column("region", sa.String(6), nullable=True, comment="only of measures for this place or a part of it; None for all that fit"))
        batch_op.add_column(sa.Column("weekly", sa.Integer(), nullable=False, server_default="3", comment="messages in seven days at most"))
        batch_op.add_column(sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.false(), comment="once a day, all in one message"))
    op.drop_index("ix_bulletin_rows_waiting", "bulletin_rows")
    with op.batch_alter_table("bulletin_rows") as batch_op:
        batch_op.drop_constraint(op.f("ck_bulletin_rows_ending"), type_="check")
        batch_op.create_check_constraint(op.f("ck_bulletin_rows_ending"), "ending IN ('sent', 'unsubscribed', 'expired', 'stopped')")
        batch_op.alter_column("chat_id", existing_type=sa.BigInteger(), nullable=True, comment="None where the owner fetches what there is, on a channel that brings nothing by itself")
        batch_op.alter_column("post_id", existing_type=_NUMBER, comment="the row of the outbox that brings it, maybe with others")
        batch_op.alter_column("ending", existing_type=sa.String(16), comment="how it ended outside the outbox: sent where it is fetched, unsubscribed, expired, stopped")
        batch_op.add_column(sa.Column("fits", sa.Boolean(), nullable=True, comment="what the rule said when the firm was chosen; NULL where it could not tell yet, and one question goes"))
        batch_op.add_column(sa.Column("chosen_at", _MOMENT, nullable=True, comment="when the rule was tried"))
        batch_op.add_column(sa.Column("due_at", _MOMENT, nullable=True, comment="held back until then: the owner hears at most so often, or once a day"))
        batch_op.add_column(sa.Column("asked", sa.String(40), nullable=True, comment="the fact that was asked for"))
        batch_op.add_column(sa.Column("opened_at", _MOMENT, nullable=True, comment="when the owner first looked whether it applies, or answered"))
        batch_op.add_column(sa.Column("found", sa.String(10), nullable=True, comment="what that look said: a value of knowledge.eligibility.Status"))
        batch_op.add_column(sa.Column("applied_at", _MOMENT, nullable=True, comment="when the owner said that they applied"))
    op.create_index("ix_bulletin_rows_waiting", "bulletin_rows", ["bulletin_id", "owner_id"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_index("ix_bulletin_rows_owner_id", "bulletin_rows", ["owner_id"])
    op.execute("UPDATE bulletin_rows SET fits = true")
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        lane = "a value of bot.storage.outbox.Lane, or 9 where it was halted"
        op.alter_column("outbox", "lane", existing_type=sa.SmallInteger(), existing_nullable=False, comment=lane)
    op.add_column("outbox", sa.Column("reason", sa.String(16), nullable=True, comment="of a dead one: late, gone, refused or broken"))
    _who_asked_before()
    op.create_table(
        "compositions",
        sa.Column("staff_id", _NUMBER, nullable=False),
        sa.Column("step", sa.String(16), nullable=False, comment="a value of bot.bulletins.composing.Step"),
        sa.Column("draft", sa.JSON(), nullable=False, comment="what an officer has written so far in the chat"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_compositions_staff_id_staff", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_compositions"),
    )


def _who_asked_before() -> None:
    """Owners who had asked for policy news when it was only noted in their dialogue are on the list now."""
    dialogues = sa.table("dialogues", sa.column("owner_id"), sa.column("state", sa.JSON()))
    names = ("owner_id", "chat_id", "language", "at")
    subscriptions = sa.table("subscriptions", *(sa.column(name, _MOMENT if name == "at" else None) for name in names))
    connection = op.get_bind()
    known = set(connection.execute(sa.select(subscriptions.c.owner_id)).scalars())
    now = datetime.now(UTC)
    for owner, state in connection.execute(sa.select(dialogues)).all():
        chat = owner.removeprefix("tg:")
        if not (state or {}).get("subscribed") or owner in known or not (owner.startswith("tg:") and chat.isdigit()):
            continue
        news = {"muted": [], "region": None, "weekly": 3, "digest": False}
        mine = dialogues.c.owner_id == owner
        connection.execute(sa.update(dialogues).where(mine).values(state={**state, "news": news}))
        values = {"owner_id": owner, "chat_id": int(chat), "language": state.get("language", "zh"), "at": now}
        connection.execute(sa.insert(subscriptions).values(**values))


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
