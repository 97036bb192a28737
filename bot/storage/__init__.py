"""Tables, repositories and migrations. SQLite by default, PostgreSQL by URL; nothing here knows how to talk to an owner."""
