"""Alembic's entry: runs the migrations on the connection that bot.storage.database hands over."""

from alembic import context

import bot.storage.bulletins.tables  # noqa: F401 (these tables belong to the metadata)
import bot.storage.desk.tables  # noqa: F401
from bot.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
