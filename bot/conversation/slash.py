"""Telegram's slash commands, which work in every channel: each stands for an intent, whatever the language server thinks."""

from __future__ import annotations

_COMMANDS = {
    "start": "greet",
    "help": "greet",
    "match": "ask_match",
    "subsidy": "ask_subsidy",
    "guarantee": "ask_guarantee",
    "documents": "ask_documents",
    "restart": "restart",
    "privacy": "ask_privacy",
    "export": "export_data",
    "delete": "delete_data",
    "subscribe": "subscribe",
    "stop": "unsubscribe",
    "language": "set_language",
    "human": "ask_human",
}


def slash_intent(text: str) -> str | None:
    """The intent of a slash command such as /restart or /start@bot; None for any other text."""
    if not text.startswith("/"):
        return None
    return _COMMANDS.get(text[1:].split(maxsplit=1)[0].split("@")[0].lower() if len(text) > 1 else "")
