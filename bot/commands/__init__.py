"""Groups of commands that `bot.cli` puts together."""
