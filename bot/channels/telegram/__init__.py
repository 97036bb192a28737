"""Telegram: updates are stored before they are acknowledged, chats are answered in order, replies leave through the outbox."""

import os

# python-telegram-bot's documented way to choose its coming type for waiting times; without it every 429 prints a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
