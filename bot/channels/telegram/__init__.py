"""Telegram: updates are stored before they are acknowledged, chats are answered in order, replies leave through the outbox."""

import os
import sys

# python-telegram-bot's documented way to choose its coming type for waiting times; without it every 429 prints a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
# The HTTP library looks for this package, which we have no use for, several times a request; each time through every folder of sys.path.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
