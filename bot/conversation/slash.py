"""Telegram's slash commands, which work in every channel: each stands for an intent, whatever the language server thinks."""

from __future__ import annotations

import re

#: What a t.me link may pass on: https://t.me/<bot>?start=entry_<id> arrives as "/start entry_<id>".
_LINK = re.compile(r"/start(?:@\w+)?\s+(?:entry|bulletin)_([A-Za-z0-9_-]+)\s*", re.IGNORECASE)
_START = re.compile(r"/start(?:@\w+)?(?:\s|$)", re.IGNORECASE)

_COMMANDS = {
    "start": "greet",
    "help": "greet",
    "match": "ask_match",
    "card": "summary",
    "report": "rating",
    "shared": "shared",
    "looks": "who_looked",
    "subsidy": "ask_subsidy",
    "guarantee": "ask_guarantee",
    "documents": "ask_documents",
    "restart": "restart",
    "privacy": "ask_privacy",
    "export": "export_data",
    "delete": "delete_data",
    "subscribe": "subscribe",
    "news": "news_settings",
    "stop": "unsubscribe",
    "language": "set_language",
    "human": "ask_human",
}


def slash_intent(text: str) -> str | None:
    """The intent of a slash command such as /restart or /start@bot; None for any other text."""
    if not text.startswith("/"):
        return None
    return _COMMANDS.get(text[1:].split(maxsplit=1)[0].split("@")[0].lower() if len(text) > 1 else "")


def linked_entry(text: str) -> str | None:
    """The id that the link behind a /start names, known or not; None for any other text."""
    found = _LINK.fullmatch(text)
    return found[1] if found else None


def words_of(text: str) -> str:
    """What an owner said in words: what follows /start comes from a link, and its figures are nobody's."""
    return "" if _START.match(text) else text
