"""Owners who asked for policy news when it was only noted in their talk: the migration puts them on the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, column, create_engine, insert, select, table

from bot.conversation.heard import Heard
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.bulletins.tables import subscriptions
from bot.storage.database import MIGRATIONS, open_database
from bot.storage.store import Store
from bot.storage.tables import dialogues, owners

#: The table as it was before: without a place, a limit and a digest.
BEFORE = table("subscriptions", *(column(name) for name in ("owner_id", "chat_id", "language", "at", "muted_at")))
AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
STATES: Mapping[str, dict[str, Any]] = {
    "tg:7": {"subscribed": True, "language": "en", "facts": {"kept": 1}},
    "tg:8": {"subscribed": True},
    "tg:9": {"subscribed": False, "language": "zh"},
    "tg:10": {"language": "zh"},
    "tg:11": {"subscribed": True, "language": "zh"},
    "cli:1": {"subscribed": True, "language": "zh"},
    "tg:-100": {"subscribed": True, "language": "zh"},
}


def left_at(url: str, revision: str) -> Engine:
    """A database as an earlier version of the code left it."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    _to(engine, revision)
    return engine


def _to(engine: Engine, revision: str, step: Any = command.upgrade) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def stored(connection: Connection, owner: str) -> dict[str, Any]:
    return dict(connection.execute(select(dialogues.c.state).where(dialogues.c.owner_id == owner)).scalar_one())


async def test_who_subscribed_earlier_is_on_the_list_and_nobody_else(database_url: str, world: World) -> None:
    before = left_at(database_url, "0009")
    with before.begin() as connection:
        connection.execute(insert(owners), [{"id": owner, "created_at": AT} for owner in STATES])
        connection.execute(insert(dialogues), [{"owner_id": owner, "state": state, "version": 3} for owner, state in STATES.items()])
        # One was on the list already, and had said since that they want nothing any more.
        connection.execute(insert(BEFORE), {"owner_id": "tg:11", "chat_id": 11, "language": "zh", "at": AT, "muted_at": AT})
    before.dispose()
    engine = open_database(database_url)
    with engine.connect() as connection:
        rows = {row.owner_id: row for row in connection.execute(select(subscriptions))}
        assert {owner: (row.chat_id, row.language, row.region, row.weekly, row.digest) for owner, row in rows.items()} == {
            "tg:7": (7, "en", None, 3, False),
            "tg:8": (8, "zh", None, 3, False),
            "tg:11": (11, "zh", None, 3, False),
        }
        assert [owner for owner, row in rows.items() if row.muted_at is not None] == ["tg:11"]
        assert stored(connection, "tg:7") == {**STATES["tg:7"], "news": {"muted": [], "region": None, "weekly": 3, "digest": False}}
        assert {owner: stored(connection, owner) for owner in ("tg:9", "tg:10", "cli:1", "tg:-100")} == {
            owner: STATES[owner] for owner in ("tg:9", "tg:10", "cli:1", "tg:-100")
        }
    # What was put there is what the talk of today reads: a tap on silence takes the owner off the list again.
    advisor = Advisor(Store(engine), world, None)
    assert advisor.dialogue_of("tg:7").news is not None
    await advisor.hear("tg:7", Heard(press="news:off"))
    with engine.connect() as connection:
        silent = connection.execute(select(subscriptions.c.owner_id).where(subscriptions.c.muted_at.is_not(None))).scalars().all()
    assert sorted(silent) == ["tg:11", "tg:7"]
    _to(engine, "0009", command.downgrade)
    _to(engine, "head")
    engine.dispose()
