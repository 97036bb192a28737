"""The way into the console: /console gives members of staff a link that works once; from anybody else it is a word like others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from telegram import Update
from telegram.constants import ChatType

from bot.channels.telegram.desk.wording import staff_text
from bot.storage.desk.doors import new_link
from bot.storage.desk.people import member_by_telegram

_COMMAND = "/console"


def asks_for_console(update: Update) -> bool:
    """Whether somebody asks for the console in their private chat."""
    message = update.message
    if message is None or message.text is None or message.chat.type != ChatType.PRIVATE:
        return False
    return message.text.split("@")[0].strip().lower() == _COMMAND


def console_words(connection: Connection, telegram_id: int, address: str | None, now: datetime) -> str | None:
    """What a member of staff is told; None for anybody else."""
    member = member_by_telegram(connection, telegram_id)
    if member is None:
        return None
    if address is None:
        return staff_text("console_nowhere", member.language)
    return staff_text("console_link", member.language, link=f"{address}/sign-in/{new_link(connection, member.id, now)}")
