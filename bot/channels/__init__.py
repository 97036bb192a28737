"""The ways people reach the advisor: the terminal, JSON lines, Telegram. Thin shells: no rule, no SQL."""
