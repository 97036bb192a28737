"""The desk in a bank's staff group on Telegram: a topic for each case. The database is the truth, a topic is a view of it."""
